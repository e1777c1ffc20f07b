from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.locks import lock_or_replay

# Compulsory instruction: from the school year of the calendar year of the third birthday (code de
# l'éducation, L131-1).
COMPULSORY_AGE = 3
FAR = 1


class SchoolPupil(models.Model):
    """A child in a school for a year: registered by the mayor or the president, whose certificate
    goes to the school, which admits the child (code de l'éducation, L131-5, D131-3-1).

    A state machine: the access file lets nobody write, the checked methods below do. Nothing of a
    parent is here, both read it.
    """

    _name = "school.pupil"
    _inherit = "school.pupil.kept"
    _description = "Pupil"
    _order = "year_id desc, school_id, lastname, firstname, id"

    child_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("kind", "=", "person")],
    )
    # The school reads these names and no sheet.
    lastname = fields.Char(related="child_id.lastname", store=True)
    firstname = fields.Char(related="child_id.firstname", store=True)
    birthdate = fields.Date(related="child_id.birthdate")
    year_id = fields.Many2one(
        "school.year", "School year", required=True, index=True, ondelete="restrict"
    )
    school_id = fields.Many2one(
        "territory.service",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("kind", "=", "school")],
    )
    level_id = fields.Many2one("school.level", required=True, ondelete="restrict")
    class_id = fields.Many2one("school.class", index="btree_not_null", ondelete="set null")
    state = fields.Selection(
        [
            ("registered", "Registered"),
            ("sent", "Sent to the school head"),
            ("admitted", "Admitted"),
            ("left", "Left"),
        ],
        required=True,
        readonly=True,
        default="registered",
        copy=False,
        group_expand=True,
    )
    certificate = fields.Char(
        readonly=True, copy=False, help="Number of the certificate of registration."
    )
    # It would tell a parent that another one registered the child.
    other_certificates = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Given for the same child on another sheet, before both were joined.",
    )
    date_registered = fields.Date("Registered on", required=True, readonly=True, copy=False)
    date_sent = fields.Date("Sent on", readonly=True, copy=False)
    date_admitted = fields.Date("Admitted on", readonly=True, copy=False)
    date_left = fields.Date("Left on", readonly=True, copy=False)
    warning = fields.Char(compute="_compute_warning")

    _living_uniq = models.UniqueIndex(
        "(child_id, year_id) WHERE state != 'left'",
        "This child is already registered in a school for this year.",
    )
    _certificate_uniq = models.Constraint(
        "UNIQUE(certificate)", "This certificate was given already."
    )
    _left_dated = models.Constraint(
        "CHECK((state = 'left') = (date_left IS NOT NULL))", "Who left has a day for it."
    )
    _school_list_idx = models.Index("(year_id, school_id, class_id)")

    @api.depends("lastname", "firstname", "year_id.name")
    def _compute_display_name(self):
        for pupil in self:
            names = " ".join(filter(None, (pupil.lastname, pupil.firstname)))
            pupil.display_name = f"{names} ({pupil.year_id.name})" if names else ""

    @api.depends("birthdate", "level_id.age", "year_id.date_start")
    def _compute_warning(self):
        for pupil in self:
            pupil.warning = self._get_age_warning(pupil.birthdate, pupil.year_id, pupil.level_id)

    @api.model
    def _living_domain(self):
        return Domain("state", "!=", "left")

    @api.model
    def _current_domain(self):
        """Those who go to school, or are about to."""
        return self._living_domain() & Domain("year_id.date_end", ">=", clock.today())

    @api.model
    def _get_age(self, birthdate, year):
        """The age that makes the level: at the end of the calendar year in which it begins."""
        return year.date_start.year - birthdate.year

    @api.model
    def _get_age_warning(self, birthdate, year, level):
        """What is unusual, in words for the staff; it blocks nothing."""
        if not (birthdate and year and level):
            return False
        age = self._get_age(birthdate, year)
        if age < COMPULSORY_AGE:
            return self.env._(
                "Under three at the end of %(year)s: school is not compulsory yet, the child is "
                "taken where there are places.",
                year=year.date_start.year,
            )
        if level.age and abs(level.age - age) > FAR:
            return self.env._(
                "%(age)s years old in %(year)s: check the level, which is usually that of "
                "children of %(usual)s.",
                age=age,
                year=year.date_start.year,
                usual=level.age,
            )
        return False

    # ------------------------------------------------------------
    # What is done, by whom
    # ------------------------------------------------------------

    @api.model
    def _register_child(self, child, school, year, level):
        """Two agents at the same moment leave one row, that both get.

        :return: the row of this child for this year
        :raise AccessError: the user's service does not read the file of this child
        :raise UserError: what cannot be, or stands already otherwise
        """
        child._check_file_read_by_user()
        child_sudo = child.sudo()
        self._check_registrable(child_sudo, school, year, level)
        child_sudo._meet()
        standing_sudo = self.sudo().search(
            self._living_domain()
            & Domain("child_id", "=", child.id)
            & Domain("year_id", "=", year.id)
        )
        if standing_sudo:
            if (standing_sudo.school_id, standing_sudo.level_id) != (school, level):
                raise UserError(
                    self.env._(
                        "Already registered for %(year)s: %(school)s, %(level)s. End that "
                        "registration first.",
                        year=year.name,
                        school=standing_sudo.school_id.name,
                        level=standing_sudo.level_id.name,
                    )
                )
            return standing_sudo.sudo(self.env.su)
        row_sudo = self.sudo().create(self._prepare(child, school, year, level))
        return row_sudo.sudo(self.env.su)

    @api.model
    def _prepare(self, child, school, year, level):
        """The values of a new row, with its certificate."""
        return {
            "child_id": child.id,
            "school_id": school.id,
            "year_id": year.id,
            "level_id": level.id,
            "service_id": self._find_service_sudo(child.sudo()).id,
            "certificate": year.sudo()._make_certificate(),
            "date_registered": clock.today(),
        }

    @api.model
    def _check_registrable(self, child_sudo, school, year, level):
        if child_sudo.kind != "person" or not child_sudo.is_minor or not child_sudo.active:
            raise UserError(self.env._("Only a child with a date of birth is registered."))
        if not school or school.kind != "school" or not school.active:
            raise UserError(self.env._("Choose a school."))
        if not year or year.date_end < clock.today():
            raise UserError(self.env._("Choose a school year that is not over."))
        if not level or not school._teaches(level):
            raise UserError(
                self.env._(
                    "%(school)s does not have this level: %(level)s.",
                    school=school.name,
                    level=level.name or "",
                )
            )

    def _send(self):
        """The certificate goes to the school head."""
        self._check_office()
        self._move(("registered",), {"state": "sent", "date_sent": clock.today()})

    def _admit(self):
        """By the school head, or by the office that heard it from her."""
        self._check_office_or_school()
        self._move(("sent",), {"state": "admitted", "date_admitted": clock.today()})

    def _leave(self, day=None):
        """:param day: the last day, today unless told; never before the registration"""
        self._check_office_or_school()
        day = day or clock.today()
        if day > clock.today() or any(day < each.date_registered for each in self.sudo()):
            raise UserError(self.env._("The last day is between the registration and today."))
        self._move(
            ("registered", "sent", "admitted"),
            {"state": "left", "date_left": day, "class_id": False},
        )

    def _change_class(self, school_class):
        """:param school_class: of the same school, year and level; none: out of a class"""
        self._check_office_or_school()
        pupils_sudo = self.sudo()
        for pupil_sudo in pupils_sudo if school_class else ():
            if (pupil_sudo.school_id, pupil_sudo.year_id) != (
                school_class.school_id,
                school_class.year_id,
            ):
                raise UserError(self.env._("This class is of another school, or of another year."))
            if pupil_sudo.level_id not in school_class.level_ids:
                raise UserError(
                    self.env._(
                        "%(name)s is in %(level)s, which this class does not have.",
                        name=f"{pupil_sudo.firstname} {pupil_sudo.lastname}",
                        level=pupil_sudo.level_id.name,
                    )
                )
        self._move(("registered", "sent", "admitted"), {"class_id": school_class.id})

    def _take_over(self, other):
        """Another row of the same child and year gives way; in superuser mode."""
        self.ensure_one()
        told = [self.other_certificates, other.other_certificates]
        if other.certificate:
            told.append(f"{other.certificate} ({other.school_id.name})")
        is_same = (other.school_id, other.level_id) == (self.school_id, self.level_id)
        school_class = self.class_id or (other.class_id if is_same else other.class_id.browse())
        other.unlink()
        self.env.flush_all()
        self.write(
            {
                "other_certificates": ", ".join(filter(None, told)),
                "class_id": school_class.id,
            }
        )

    def _move(self, states, values):
        """After the check of the user. Two at once: the second meets what the first one did."""
        pupils_sudo = self.sudo()
        lock_or_replay(pupils_sudo)
        pupils_sudo.invalidate_recordset(["state"])
        if any(pupil_sudo.state not in states for pupil_sudo in pupils_sudo):
            raise UserError(
                self.env._("One of these pupils is no longer in the state that you saw.")
            )
        pupils_sudo.write(values)

    # ------------------------------------------------------------
    # Who
    # ------------------------------------------------------------

    def _is_office(self):
        """Whether the user's service reads the file of this child."""
        self.ensure_one()
        return self.sudo().child_id.sudo(self.env.su)._is_file_read_by_user()

    def _is_school(self):
        """Whether the user works in this school."""
        self.ensure_one()
        user = self.env.user
        return self.sudo().school_id in user.sudo().territory_service_ids and user.has_groups(
            "territory_base.territory_group_agent,territory_base.territory_group_secretary"
        )

    def _get_issuer(self):
        """In whose name the user prints: her service that reads this file; else the territory,
        hence no service."""
        self.ensure_one()
        services_sudo = self.env.user.sudo().territory_service_ids.filtered("reads_family_file")
        readers_sudo = self.sudo().child_id.reader_service_ids
        return (services_sudo & readers_sudo)[:1].sudo(self.env.su)

    def _check_office(self):
        for pupil in self:
            if not pupil._is_office():
                raise AccessError(self.env._("Only a service that reads this file may do this."))

    def _check_office_or_school(self):
        for pupil in self:
            if not pupil._is_office() and not pupil._is_school():
                raise AccessError(
                    self.env._("Only the school, or a service that reads this file, may do this.")
                )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_send(self):
        self._send()

    def action_admit(self):
        self._admit()

    def action_leave(self):
        self._leave()

    def action_export(self):
        """The list per school and class, of these pupils."""
        ids = ",".join(map(str, self.ids))
        return {
            "type": "ir.actions.act_url",
            "url": f"/school/pupils.xlsx?ids={ids}",
            "target": "download",
        }

    def _get_workbook(self):
        """The bytes of a workbook: a sheet per school, its classes one after the other.

        :raise AccessError: when the user may not read one of them
        """
        self.check_access("read")
        labels = self.fields_get(attributes=["string"])
        states = dict(self._fields["state"]._description_selection(self.env))
        names = ("class_id", "level_id", "lastname", "firstname", "birthdate", "state")
        headers = [labels[name]["string"] for name in (*names, "certificate")]
        ordered = self.sorted(
            lambda pupil: (
                pupil.class_id.name or "￿",
                pupil.level_id.sequence,
                pupil.lastname or "",
                pupil.firstname or "",
            )
        )
        sheets = [
            (
                school.name,
                headers,
                [
                    [
                        pupil.class_id.name or None,
                        pupil.level_id.name,
                        pupil.lastname,
                        pupil.firstname,
                        pupil.birthdate,
                        states[pupil.state],
                        pupil.certificate,
                    ]
                    for pupil in pupils
                ],
            )
            for school, pupils in sorted(
                ordered.grouped("school_id").items(), key=lambda pair: pair[0].name
            )
        ]
        return self.env["public.guard"]._xlsx(sheets)
