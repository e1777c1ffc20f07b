from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure_form import engine
from odoo.addons.territory_base import clock

from .procedure_procedure import DEROGATION

STAFF = "base.group_user"
ACCEPTED = ("accepted", "accepted_conditionally")
ACCEPT = ("accept", "accept_conditionally")


class ProcedureRequest(models.Model):
    """An accepted registration makes the pupil. A school out of the sector is a request of its own,
    with its reasons, its delay and the opinion of the mayor of residence (code de l'éducation,
    L212-8, R212-21)."""

    _inherit = "procedure.request"

    registration_id = fields.Many2one(
        "procedure.request",
        "Registration that it goes with",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=STAFF,
    )
    derogation_ids = fields.One2many(
        "procedure.request", "registration_id", "Derogations", readonly=True, groups=STAFF
    )
    derogation_id = fields.Many2one(
        "procedure.request", compute="_compute_derogation_id", groups=STAFF
    )
    school_pupil_id = fields.Many2one(
        "school.pupil",
        "Pupil",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=STAFF,
    )

    @api.depends("derogation_ids")
    @api.depends_context("uid")
    def _compute_derogation_id(self):
        """For those who read it."""
        found = self.search([("registration_id", "in", self.ids)]).grouped("registration_id")
        for request in self:
            request.derogation_id = found.get(request, self.browse())[:1]

    @api.model
    def _prepare_place(self, vals):
        """The town hall of where the child lives gives its opinion on a derogation, unless it is
        the one that decides."""
        place = super()._prepare_place(vals)
        procedure = self.env["procedure.procedure"].browse(vals["procedure_id"])
        if procedure.kind == DEROGATION and place["commune_id"]:
            commune = self.env["territory.commune"].browse(place["commune_id"])
            town_hall = commune.town_hall_id or self.env["territory.service"].search(
                [("kind", "=", "town_hall"), ("commune_ids", "in", commune.ids)], limit=1
            )
            if town_hall and town_hall.id != place["service_id"]:
                place["consulted_service_ids"] = [
                    Command.set((procedure.consulted_service_ids | town_hall).ids)
                ]
        return place

    def _on_submitted(self):
        for request in self:
            answers = request.answers or {}
            if request.procedure_id.is_school_registration and answers.get("derogation"):
                request._file_derogation()
        return super()._on_submitted()

    def _on_accepted(self):
        if self.procedure_id.is_school_registration:
            self._register_pupil()
        return super()._on_accepted()

    def _on_cancelled(self):
        self._tell_derogation_alone()
        return super()._on_cancelled()

    def _on_dropped(self):
        self._tell_derogation_alone()
        return super()._on_dropped()

    def _check_transition(self, name):
        """The school is not known before the derogation is decided."""
        result = super()._check_transition(name)
        undecided = self.derogation_ids.filtered(lambda each: each.state in self._get_open_states())
        if name in ACCEPT and undecided:
            raise UserError(
                self.env._(
                    "Decide the derogation first: %(numbers)s.",
                    numbers=", ".join(undecided.mapped("number")),
                )
            )
        return result

    def _get_decided_facts(self, kind=None):
        """The school of a derogation; of a registration, where the child goes, and the number of
        its certificate."""
        facts = super()._get_decided_facts(kind)
        pupil = self.school_pupil_id
        if pupil:
            told = [pupil.school_id.name, pupil.level_id.name, pupil.year_id.name]
            facts = [*facts, (self.env._("School"), ", ".join(told))]
            if pupil.certificate:
                facts.append((self.env._("Certificate of registration"), pupil.certificate))
        elif self.kind == DEROGATION:
            facts = [*facts, *self._get_answered_facts("school", "level")]
        return facts

    def _get_answered_facts(self, *keys):
        answers = self.answers or {}
        return [
            (question.label, question._format_answer(answers[question.key]))
            for question in self.version_id.field_ids
            if question.key in keys and answers.get(question.key)
        ]

    def _forget(self):
        self.school_pupil_id = False
        return super()._forget()

    # ------------------------------------------------------------
    # Its derogation
    # ------------------------------------------------------------

    def _file_derogation(self):
        """The same answers, filed in the procedure of derogations in the name of the same person.
        What does not hold there refuses nothing here: the service is told. In superuser mode."""
        procedure = self.procedure_id._find_derogation()
        if not procedure or not self.applicant_id:
            self._message_log(body=self.env._("A derogation is asked for: decide it here."))
            return
        try:
            with self.env.cr.savepoint():
                filed = self.env["procedure.request"]._submit(self._prepare_derogation(procedure))
                filed.registration_id = self
        except (AnswersInvalid, UserError):
            self._message_log(
                body=self.env._(
                    "A derogation is asked for, which its own form does not take: decide it here."
                )
            )
            return
        for request, other in ((self, filed), (filed, self)):
            request._message_log(
                body=self.env._("Goes with the request %(number)s.", number=other.number)
            )

    def _prepare_derogation(self, procedure):
        asked = {field.key: field for field in procedure.version_id.field_ids}
        raw = {}
        for field in self.version_id.field_ids:
            value = (self.answers or {}).get(field.key)
            if field.key in asked and asked[field.key].type == field.type and value is not None:
                raw.update(engine.to_raw(field._to_engine()[0], value))
        is_typed = self.channel != "web"
        return Filing(
            procedure=procedure,
            answers=raw,
            applicant=self.applicant_id,
            subjects=self.subject_ids,
            channel=self.channel,
            received_on=clock.local_day(self.date_submitted) if is_typed else None,
        )

    def _tell_derogation_alone(self):
        for derogation in self.derogation_ids:
            if derogation.state in self._get_open_states():
                derogation._message_log(
                    body=self.env._(
                        "The registration %(number)s is withdrawn: this derogation has no object "
                        "any more.",
                        number=self.number,
                    )
                )

    # ------------------------------------------------------------
    # Its pupil
    # ------------------------------------------------------------

    def _register_pupil(self):
        """The pupil of an accepted registration; what lacks is told to the service, and is done by
        hand. In superuser mode."""
        pupil, problem = self._find_or_register_pupil()
        if not pupil:
            self._message_log(body=self.env._("Register this child by hand: %(why)s", why=problem))
            return
        self.school_pupil_id = pupil
        self._message_log(
            body=self.env._(
                "Registered: %(school)s, %(level)s, %(year)s. Certificate %(number)s.",
                school=pupil.school_id.name,
                level=pupil.level_id.name,
                year=pupil.year_id.name,
                number=pupil.certificate or "–",
            )
        )

    def _find_or_register_pupil(self):
        """:return: (the row of the child, why there is none)"""
        Pupil, child = self.env["school.pupil"], self.subject_ids
        if len(child) != 1:
            return Pupil, self.env._("one child is expected in each request.")
        answers = self.answers or {}
        year = self._find_school_year(answers.get("date_start"))
        standing = Pupil.search(
            Pupil._living_domain() & Domain("child_id", "=", child.id)
        ).filtered(lambda row: row.year_id == year)
        if standing:
            # Registered at the counter meanwhile, in the school that was chosen with the parents.
            return standing, ""
        level = self.env["school.level"].search(
            [("code", "=ilike", str(answers.get("level") or "-"))], limit=1
        )
        school = self._find_registered_school(level)
        if not (year and level and school):
            return Pupil, self.env._("its school, its level or its school year is not known.")
        try:
            with self.env.cr.savepoint():
                pupil = Pupil._register_child(child, school, year, level)
        except UserError as refused:
            return Pupil, str(refused)
        if self.service_id.reads_family_file:
            pupil.service_id = self.service_id
        return pupil, ""

    def _find_school_year(self, day):
        Year = self.env["school.year"]
        day = fields.Date.to_date(day) or clock.today()
        return Year._find(day) or Year._find_registering(day)

    def _find_registered_school(self, level):
        """The one that was asked for; where a derogation was refused, the only one of the
        sector."""
        asked = (self.answers or {}).get("school")
        School = self.env["territory.service"]
        if self.derogation_ids and not any(
            derogation.state in ACCEPTED for derogation in self.derogation_ids
        ):
            child = self.subject_ids
            schools = child._find_sector_schools(level)
            return schools if len(schools) == 1 else School
        return School.browse(asked["id"]).exists() if asked else School
