from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.locks import lock_or_replay

# What is written otherwise than by its buttons.
BY_HAND = {"year_id", "school_ids", "line_ids"}


class SchoolClimb(models.Model):
    """The pupils of a year go up a level: proposed one by one, corrected, applied in one go, undone
    while nothing has changed since."""

    _name = "school.climb"
    _description = "Climb to the next year"
    _order = "id desc"
    _rec_name = "year_id"

    year_id = fields.Many2one(
        "school.year",
        "From",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env["school.year"]._find(clock.today()),
    )
    next_year_id = fields.Many2one("school.year", "To", compute="_compute_next_year_id")
    school_ids = fields.Many2many(
        "territory.service",
        string="Schools",
        domain=[("kind", "=", "school")],
        help="Empty: all those whose pupils you read.",
    )
    state = fields.Selection(
        [("draft", "Proposed"), ("applied", "Applied"), ("undone", "Undone")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    line_ids = fields.One2many("school.climb.line", "climb_id", "Pupils", copy=False)
    service_id = fields.Many2one(
        "territory.service",
        "Of the service",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="It alone applies it. Empty: managers.",
    )
    summary = fields.Char(compute="_compute_summary")

    @api.depends("year_id")
    def _compute_next_year_id(self):
        for climb in self:
            climb.next_year_id = climb.year_id and climb.year_id._get_next()

    @api.depends("line_ids.decision", "line_ids.is_incomplete")
    def _compute_summary(self):
        words = dict(self.line_ids._fields["decision"]._description_selection(self.env))
        for climb in self:
            counts = climb.line_ids.grouped("decision")
            told = [
                self.env._("%(decision)s: %(count)s", decision=label, count=len(counts[key]))
                for key, label in words.items()
                if key in counts
            ]
            lacking = len(climb.line_ids.filtered("is_incomplete"))
            if lacking:
                told.append(self.env._("to complete: %(count)s", count=lacking))
            climb.summary = ", ".join(told)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.keys() - BY_HAND for vals in vals_list):
            raise AccessError(self.env._("A climb changes by its buttons only."))
        services_sudo = self.env.user.sudo().territory_service_ids
        own_sudo = services_sudo.filtered("reads_family_file")[:1]
        return super().create([{"service_id": own_sudo.id, **vals} for vals in vals_list])

    def write(self, vals):
        if not self.env.su:
            if vals.keys() - BY_HAND:
                raise AccessError(self.env._("A climb changes by its buttons only."))
            self.check_access("write")
            for climb in self if vals.keys() - {"line_ids"} else ():
                climb._check_draft()
        if "year_id" in vals:
            # They are pupils of another year.
            self.filtered(
                lambda climb: climb.year_id.id != vals["year_id"]
            ).sudo().line_ids.unlink()
        return super().write(vals)

    def action_propose(self):
        """Read the pupils of the year again; what was corrected by hand is proposed anew."""
        self.ensure_one()
        self._check_office()
        self._check_draft()
        if not self.next_year_id:
            raise UserError(self.env._("Enter the next school year first."))
        pupils = self._find_pupils()
        self.sudo().line_ids = [Command.clear()] + [
            Command.create({"pupil_id": pupil.id}) for pupil in pupils
        ]

    def _find_pupils(self):
        """Those of the year that the user's service reads, and that nobody has registered for the
        next one yet."""
        Pupil = self.env["school.pupil"]
        domain = Pupil._living_domain() & Domain("year_id", "=", self.year_id.id)
        if self.school_ids:
            domain &= Domain("school_id", "in", self.school_ids.ids)
        pupils = Pupil.search(domain).filtered(lambda pupil: pupil._is_office())
        registered_sudo = self._find_registered(pupils)
        return pupils.filtered(lambda pupil: pupil.sudo().child_id not in registered_sudo)

    def _find_registered(self, pupils):
        """The children of these who have a living row in the next year, in superuser mode."""
        Pupil_sudo = self.env["school.pupil"].sudo()
        domain = (
            Pupil_sudo._living_domain()
            & Domain("year_id", "=", self.next_year_id.id)
            & Domain("child_id", "in", pupils.sudo().child_id.ids)
        )
        return Pupil_sudo.search(domain).child_id

    def action_apply(self):
        """All or none: what cannot be is told by name before anything is written."""
        self.ensure_one()
        self._check_office()
        self._lock("draft")
        lines = self._find_whole_lines()
        lines.pupil_id._check_office()
        self._check_lines(lines)
        going = lines.filtered(lambda line: line._is_registered())
        rows_sudo = (
            self.env["school.pupil"]
            .sudo()
            .create([line._prepare_row() | line._prepare_certificate() for line in going])
        )
        for line_sudo, row_sudo in zip(going.sudo(), rows_sudo, strict=True):
            line_sudo.write({"next_pupil_id": row_sudo.id, "certificate": row_sudo.certificate})
        self.sudo().state = "applied"

    def _find_whole_lines(self):
        """All its lines; by halves it is neither applied nor undone.

        :raise UserError: the user does not read one of them
        """
        Line = self.env["school.climb.line"]
        own = Domain("climb_id", "=", self.id)
        lines = Line.search(own)
        if len(lines) < Line.sudo().search_count(own):
            raise UserError(
                self.env._(
                    "Some of these pupils are read by another service only: propose them again, "
                    "or ask somebody who reads them all."
                )
            )
        return lines

    def _check_lines(self, lines):
        if not lines:
            raise UserError(self.env._("There is no pupil here: propose them first."))
        incomplete = lines.filtered("is_incomplete")
        gone = lines.filtered(lambda line: line.pupil_id.sudo().state == "left")
        registered_sudo = self._find_registered(lines.pupil_id)
        double = lines.filtered(lambda line: line.pupil_id.sudo().child_id in registered_sudo)
        for wrong, sentence in (
            (incomplete, self.env._("Say which school and which level")),
            (gone, self.env._("They left their school since: propose again")),
            (double, self.env._("Already registered for the next year: propose again")),
        ):
            if wrong:
                raise UserError(
                    self.env._(
                        "%(what)s: %(names)s.",
                        what=sentence,
                        names=", ".join(wrong.mapped("name")),
                    )
                )

    def action_undo(self):
        """The rows that it made go, where each is as it was made. The numbers of their certificates
        stay on the lines, and are given to nobody else: a parent may hold the paper."""
        self.ensure_one()
        self._check_office()
        self._lock("applied")
        whole = self._find_whole_lines()
        whole.pupil_id._check_office()
        lines = whole.filtered(lambda line: line._is_registered())
        changed = lines.filtered(lambda line: not line._is_row_as_made())
        if changed:
            raise UserError(
                self.env._(
                    "These pupils have changed since: %(names)s.",
                    names=", ".join(changed.mapped("name")),
                )
            )
        rows_sudo = lines.sudo().next_pupil_id
        rows_sudo.unlink()
        self.sudo().state = "undone"

    def _lock(self, state):
        """Two at once: the second meets what the first one did."""
        lock_or_replay(self)
        self.invalidate_recordset(["state"])
        self._check_state(state)

    def _check_draft(self):
        self._check_state("draft")

    def _check_state(self, state):
        if self.state != state:
            raise UserError(self.env._("This climb is no longer in the state that you saw."))

    def _check_office(self):
        self.check_access("write")
        user = self.env.user
        if self.env.su or user.has_group("territory_base.territory_group_manager"):
            return
        if not any(user.sudo().territory_service_ids.mapped("reads_family_file")):
            raise AccessError(self.env._("Only a service that reads family files may do this."))
