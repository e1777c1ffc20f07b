from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.territory_base import clock

# Who is that old at the end of the calendar year goes to the collège.
COLLEGE_AGE = 11
# What a row that follows in the same school keeps of the one before.
KEPT = ("state", "date_sent", "date_admitted")


class SchoolClimbLine(models.Model):
    _name = "school.climb.line"
    _description = "Pupil who goes up"
    _order = "climb_id, pupil_id, id"

    climb_id = fields.Many2one("school.climb", required=True, index=True, ondelete="cascade")
    pupil_id = fields.Many2one("school.pupil", required=True, index=True, ondelete="cascade")
    name = fields.Char(compute="_compute_name")
    from_school_id = fields.Many2one(related="pupil_id.school_id", string="School of this year")
    from_level_id = fields.Many2one(related="pupil_id.level_id", string="Level of this year")
    decision = fields.Selection(
        [
            ("up", "Next level"),
            ("stay", "Stays in the level"),
            ("two_up", "Two levels up"),
            ("college", "Goes to the collège"),
            ("moves", "Moves away"),
        ],
        required=True,
        compute="_compute_decision",
        store=True,
        precompute=True,
        readonly=False,
    )
    level_id = fields.Many2one(
        "school.level",
        compute="_compute_level_id",
        store=True,
        precompute=True,
        readonly=False,
    )
    school_id = fields.Many2one(
        "territory.service",
        domain=[("kind", "=", "school")],
        compute="_compute_school_id",
        store=True,
        precompute=True,
        readonly=False,
    )
    is_incomplete = fields.Boolean(compute="_compute_is_incomplete")
    next_pupil_id = fields.Many2one(
        "school.pupil", "Row of the next year", readonly=True, ondelete="set null"
    )
    certificate = fields.Char(
        readonly=True, help="Given by this climb; of nobody, once it is undone."
    )

    @api.depends("pupil_id.lastname", "pupil_id.firstname")
    def _compute_name(self):
        for line in self:
            pupil = line.pupil_id
            line.name = " ".join(filter(None, (pupil.lastname, pupil.firstname)))

    @api.depends("pupil_id")
    def _compute_decision(self):
        """The next level; the collège after the last one. Without levels that follow (ULIS), the
        age says when."""
        for line in self:
            pupil = line.pupil_id
            if pupil.level_id.next_id:
                line.decision = "up"
                continue
            is_last = bool(pupil.level_id.age)
            age = pupil.birthdate and pupil._get_age(pupil.birthdate, pupil.year_id) + 1
            line.decision = "college" if is_last or (age or 0) >= COLLEGE_AGE else "stay"

    @api.depends("decision", "pupil_id")
    def _compute_level_id(self):
        for line in self:
            level = line.pupil_id.level_id
            line.level_id = {
                "up": level.next_id,
                "two_up": level.next_id.next_id,
                "stay": level,
            }.get(line.decision, False)

    @api.depends("level_id", "pupil_id")
    def _compute_school_id(self):
        """The same, else the only one of those that it is grouped with."""
        for line in self:
            school = line.pupil_id.school_id
            line.school_id = school._find_next_school(line.level_id) if line.level_id else False

    @api.depends("decision", "level_id", "school_id.kind", "school_id.active")
    def _compute_is_incomplete(self):
        for line in self:
            school = line.school_id
            line.is_incomplete = line._is_registered() and not (
                line.level_id
                and school.active
                and school.kind == "school"
                and school._teaches(line.level_id)
            )

    def write(self, vals):
        if not self.env.su:
            if set(vals) - {"decision", "level_id", "school_id"}:
                raise UserError(self.env._("Only what becomes of a pupil is corrected here."))
            for climb in self.climb_id:
                climb._check_draft()
        return super().write(vals)

    def _is_registered(self):
        """Whether the pupil has a row in the next year."""
        self.ensure_one()
        return self.decision not in ("college", "moves")

    def _prepare_row(self):
        """A pupil who stays in the school is not registered again: neither certificate nor
        admission are renewed."""
        self.ensure_one()
        pupil_sudo = self.pupil_id.sudo()
        values = {
            "child_id": pupil_sudo.child_id.id,
            "year_id": self.climb_id.next_year_id.id,
            "school_id": self.school_id.id,
            "level_id": self.level_id.id,
            "service_id": pupil_sudo.service_id.id,
            "date_registered": clock.today(),
        }
        if self.school_id == pupil_sudo.school_id:
            values |= {name: pupil_sudo[name] for name in KEPT}
        return values

    def _prepare_certificate(self):
        """Another school, another certificate."""
        self.ensure_one()
        if self.school_id == self.pupil_id.sudo().school_id:
            return {}
        return {"certificate": self.climb_id.next_year_id.sudo()._make_certificate()}

    def _is_row_as_made(self):
        """Whether the row of the next year is there, and nobody has done anything with it."""
        self.ensure_one()
        row_sudo = self.sudo().next_pupil_id
        if not row_sudo or row_sudo.class_id or row_sudo.other_certificates:
            return False
        made = self._prepare_row()
        del made["date_registered"]
        is_new = "state" not in made
        made = {"state": "registered", "date_sent": False, "date_admitted": False} | made
        kept = {name: row_sudo[name] for name in KEPT}
        if not is_new and any(kept[name] != self.pupil_id.sudo()[name] for name in KEPT):
            return False
        return all(
            (row_sudo[name].id if name.endswith("_id") else row_sudo[name]) == value
            for name, value in made.items()
        )
