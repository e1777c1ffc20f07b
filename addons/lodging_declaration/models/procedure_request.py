from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import date_utils

from odoo.addons.procedure.circuit import Transition
from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.territory_base import clock

from .lodging_declaration import IN_FORCE
from .procedure_procedure import FURNISHED, KINDS, NUMBER, OTHER, ROOMS

KIND_OF = {FURNISHED: "furnished", NUMBER: "furnished", ROOMS: "guest_rooms", OTHER: "other"}
# Code du tourisme, D324-13.
ROOMS_MAX, PERSONS_MAX = 5, 15
# A declaration is not answered: nothing is refused, nothing waits for a place.
NOT_DONE = ("refuse", "waiting_list", "accept_conditionally")


class ProcedureRequest(models.Model):
    _name = "procedure.request"
    _inherit = ["procedure.request.lodging.resume", "procedure.request"]

    lodging_ids = fields.One2many(
        "lodging.declaration", "request_id", readonly=True, groups="base.group_user"
    )

    # ------------------------------------------------------------
    # Filing
    # ------------------------------------------------------------

    @api.model
    def _prepare_place(self, vals):
        """The lodging says where, not the home of its declarant."""
        place = super()._prepare_place(vals)
        procedure = self.env["procedure.procedure"].browse(vals["procedure_id"])
        if procedure.kind not in KINDS:
            return place
        return {**place, **self._prepare_lodging_place(procedure, vals["answers"])}

    @api.model
    def _prepare_lodging_place(self, procedure, answers):
        dwellings = self.env["territory.dwelling"]
        dwelling = dwellings._find_or_create_at(answers.get("lodging_address"))
        if not dwelling:
            # Entered as it came, without its address: whoever reads it asks for it.
            return {"dwelling_id": False}
        return {
            "dwelling_id": dwelling.id,
            "commune_id": dwelling.commune_id.id,
            "service_id": procedure._get_service(dwelling.commune_id).id,
        }

    def _check_filing(self):
        errors = super()._check_filing()
        if self.procedure_id.kind in KINDS:
            errors.update(self._check_lodging())
        return errors

    def _check_lodging(self):
        """What the answers may not say, when it is filed and when they are corrected."""
        kind, answers, errors = self.procedure_id.kind, self.answers, {}
        if not self.dwelling_id:
            errors["lodging_address"] = self.env._(
                "This address is outside the territory: the town hall of its commune takes the "
                "declaration."
            )
        if kind == ROOMS:
            errors.update(self._check_rooms(answers))
        if kind == NUMBER and self.dwelling_id and answers.get("lodging_number"):
            problem = self._get_number_problem(answers["lodging_number"])
            if problem:
                errors["lodging_number"] = problem
        return errors

    def _check_rooms(self, answers):
        errors = {}
        if (answers.get("lodging_rooms") or 0) > ROOMS_MAX:
            errors["lodging_rooms"] = self.env._(
                "Guest rooms are at most %(count)s. With more, it is another lodging: call your "
                "town hall.",
                count=ROOMS_MAX,
            )
        if (answers.get("lodging_persons") or 0) > PERSONS_MAX:
            errors["lodging_persons"] = self.env._(
                "Guest rooms are for at most %(count)s persons together.", count=PERSONS_MAX
            )
        return errors

    def _get_number_problem(self, number):
        """It says the commune where the lodging stands; each has its own."""
        commune = self.dwelling_id.commune_id
        # A number may still say a commune that was merged since.
        if self.env["territory.commune"]._find_by_insee(number[:5]) != commune:
            return self.env._(
                "This number is one of another commune: the lodging is at %(commune)s. Check both.",
                commune=commune.name,
            )
        # That of somebody else is not told: the answer would confirm or deny an address.
        declarant = self.acting_for_id or self.applicant_id
        other = declarant and self.env["lodging.declaration"].search(
            [
                ("registration_number", "=", number),
                ("state", "=", "live"),
                ("dwelling_id", "!=", self.dwelling_id.id),
                ("declarant_id", "=", declarant.id),
            ],
            limit=1,
        )
        if other:
            return self.env._(
                "You declared this number for another address. Check it, or call your town hall."
            )
        return ""

    def _on_submitted(self):
        for request in self.filtered(lambda each: each.kind in KINDS):
            # Entered as it came, something lacks: it is declared once that has come.
            if request.state != "to_complete":
                request._declare_lodging()
        return super()._on_submitted()

    def _declare_lodging(self):
        """A row of the register, and its receipt at once."""
        self.ensure_one()
        declaration = self.env["lodging.declaration"].create(self._prepare_lodging())
        declaration._enter()
        self._make_receipt(declaration)

    def _prepare_lodging(self):
        declarant = self.acting_for_id or self.applicant_id
        return {
            "number": self.env["lodging.declaration"]._next_number(self.commune_id),
            "kind": KIND_OF[self.kind],
            "source": "national" if self.kind == NUMBER else "form",
            "request_id": self.id,
            "service_id": self.service_id.id,
            "dwelling_id": self.dwelling_id.id,
            "declarant_id": declarant.id,
            "declarant_name": declarant.name or self.applicant_name,
            "declarant_email": declarant.email or self.applicant_email,
            "declarant_phone": declarant.phone or self.applicant_phone,
            "declarant_address": self._get_declarant_address(declarant),
            "declarant_siret": declarant.company_registry,
            "date_start": clock.local_day(self.date_submitted),
            **self._prepare_lodging_facts(),
        }

    def _get_declarant_address(self, declarant):
        """Where who declares lives, or has her seat."""
        address = (declarant and declarant._get_postal_address()) or {
            "street": self.contact_street,
            "zip": self.contact_zip,
            "city": self.contact_city,
        }
        town = " ".join(filter(None, (address["zip"], address["city"])))
        lines = (address["street"], address.get("street2"), town)
        return ", ".join(filter(None, lines))

    def _get_letter_dwelling(self):
        dwelling = super()._get_letter_dwelling()
        return dwelling.browse() if self.kind in KINDS else dwelling

    def _prepare_lodging_facts(self):
        """What the answers say of the lodging; what this form does not ask is not said."""
        answers = self.answers
        asked = set(self.version_id.field_ids.mapped("key"))
        facts = {
            "lodging_number": ("registration_number", answers.get("lodging_number")),
            "lodging_other": ("other_kind", self._say_answer("lodging_other")),
            "lodging_main_home": ("is_main_home", answers.get("lodging_main_home") == "yes"),
            "lodging_rooms": ("rooms", answers.get("lodging_rooms") or 0),
            "lodging_beds": ("beds", answers.get("lodging_beds") or 0),
            "lodging_persons": ("persons", answers.get("lodging_persons") or 0),
            "lodging_ranking": ("ranking", self._say_ranking()),
            "lodging_periods": ("periods", answers.get("lodging_periods")),
            "lodging_directory": ("wants_directory", bool(answers.get("lodging_directory"))),
        }
        return dict(fact for key, fact in facts.items() if key in asked)

    def _say_ranking(self):
        """Stars with their day, and the label; False for what has neither."""
        stars = self.answers.get("lodging_ranking") not in (None, "none") and self._say_answer(
            "lodging_ranking"
        )
        day = stars and self._say_answer("lodging_ranking_date")
        words = [f"{stars} ({day})" if day else stars, self.answers.get("lodging_label")]
        return ", ".join(filter(None, words)) or False

    def _say_answer(self, key):
        """In the words of the form; False without answer."""
        question = self.version_id.field_ids.filtered(lambda field: field.key == key)
        value = self.answers.get(key)
        return question._format_answer(value) if question and value else False

    def _make_receipt(self, declaration):
        """The receipt that the law wants at once, kept as it was given (D324-1-1, D324-15)."""
        request = self.with_context(lang=self._get_mail_lang())
        body = request._render_letter(
            "receipt",
            template="lodging_declaration.receipt_body",
            declaration=declaration.with_env(request.env),
        )
        name = request.env._("Receipt of declaration %(number)s", number=declaration.number)
        request._make_letter("receipt", name, body)

    def _on_completed(self):
        """What was corrected is what the register says, with another receipt."""
        for request in self.filtered(lambda each: each.kind in KINDS):
            request._correct_lodging()
        return super()._on_completed()

    def _correct_lodging(self):
        """:raise AnswersInvalid: what was corrected says what no declaration may"""
        self.write(self._prepare_lodging_place(self.procedure_id, self.answers))
        errors = self._check_lodging()
        if errors:
            raise AnswersInvalid(errors)
        if not self.lodging_ids:
            self._declare_lodging()
            return
        declaration = self.lodging_ids.filtered(lambda each: each.state in IN_FORCE)
        if not declaration:
            return
        before = declaration._get_facts()
        declaration._correct(self._prepare_lodging_facts())
        if self.dwelling_id != declaration.dwelling_id:
            declaration._move_to(self.dwelling_id, self.service_id)
        if declaration._get_facts() != before:
            self._make_receipt(declaration)

    def _get_settled_sentences(self):
        """The receipt, which the law wants at once."""
        said = super()._get_settled_sentences()
        return said + [
            self.env._("Your receipt is given: %(number)s", number=each.number)
            for each in self._get_lodgings_in_force()
        ]

    def _get_lodgings_in_force(self):
        lodgings = self.env["lodging.declaration"]
        if self.kind in KINDS:
            lodgings = self.lodging_ids.filtered(lambda each: each.state in IN_FORCE)
        return lodgings

    def _is_answered_at_once(self):
        is_answered = super()._is_answered_at_once()
        return is_answered or bool(self._get_lodgings_in_force())

    # ------------------------------------------------------------
    # Circuit
    # ------------------------------------------------------------

    @api.model
    def _get_transitions(self):
        cease = Transition(
            ("submitted", "in_review", "to_complete", "accepted", "closed"),
            "closed",
            "applicant",
            kinds=KINDS,
            effect="_on_lodging_ceased",
            mail="lodging_declaration.mail_ceased",
        )
        return {
            **super()._get_transitions(),
            "lodging_cease": cease,
            # Told by phone or by letter, and entered by the town hall.
            "lodging_cease_entered": cease._replace(actor="agent", is_answer=True),
        }

    def _check_transition(self, name):
        if self.kind in KINDS:
            self._check_lodging_transition(name)
        return super()._check_transition(name)

    def _check_lodging_transition(self, name):
        self._check_lodging_resume(name)
        if name in NOT_DONE:
            raise UserError(
                self.env._(
                    "A declaration is not refused and does not wait: ask for what lacks, or close "
                    "it without a decision."
                )
            )
        in_force = self.lodging_ids.filtered(lambda each: each.state in IN_FORCE)
        if name.startswith("lodging_cease") and not in_force:
            raise UserError(self.env._("This lodging is not declared any more."))
        waiting = in_force.filtered(lambda each: each.state == "to_check")
        if name == "accept" and waiting:
            raise UserError(
                self.env._(
                    "Another declaration is in force for this lodging or with its number "
                    "(%(number)s): say first, in the register, which one stays.",
                    number=waiting[:1].other_id.number or "",
                )
            )

    def _on_accepted(self):
        if self.kind in KINDS:
            self.lodging_ids.date_checked = clock.today()
        return super()._on_accepted()

    def _on_lodging_ceased(self):
        self.lodging_ids._end("ceased")

    def _on_dropped(self):
        self.lodging_ids._take_back()
        return super()._on_dropped()

    def _on_cancelled(self):
        self.lodging_ids._take_back()
        return super()._on_cancelled()

    def _on_reopened(self):
        self.lodging_ids._put_back()
        return super()._on_reopened()

    def _get_mail_template(self, name):
        if name == "accept" and self.kind in KINDS:
            return "lodging_declaration.mail_registered"
        return super()._get_mail_template(name)

    def _get_decision_title(self, kind):
        if kind == "accepted" and self.kind in KINDS:
            return self.env._("Your declaration is registered")
        return super()._get_decision_title(kind)

    def _get_decided_facts(self, kind=None):
        """The receipt, which says all of it, and where the lodging is."""
        facts = super()._get_decided_facts(kind)
        declaration = self.lodging_ids[:1]
        if not declaration:
            return facts
        return [
            *facts,
            (self.env._("Receipt"), declaration.number),
            (self.env._("Lodging"), declaration._get_kind_words()),
            (self.env._("Address of the lodging"), declaration.dwelling_id.display_name),
        ]

    def _get_decision_words(self, kind):
        """A declaration is not accepted: it is received, and checked."""
        if kind == "accepted" and self.kind in KINDS:
            return self.env._("It is registered: you have nothing else to do.")
        return super()._get_decision_words(kind)

    # ------------------------------------------------------------
    # The desk, the end
    # ------------------------------------------------------------

    def action_open_lodging(self):
        """The row of the register that it made."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "lodging.declaration",
            "res_id": self.lodging_ids[:1].id,
            "view_mode": "form",
        }

    def _filter_unfinished(self):
        """While the lodging is let, then as long as the procedure keeps its requests."""
        today = clock.today()
        kept = self.filtered(
            lambda request: any(
                each.state in IN_FORCE
                or each.date_end
                > date_utils.subtract(today, months=request.procedure_id.retention_months)
                for each in request.lodging_ids
            )
        )
        return super()._filter_unfinished() | kept

    def _forget(self):
        """The register keeps the lodging, not who let it."""
        self.lodging_ids._forget_declarant()
        return super()._forget()
