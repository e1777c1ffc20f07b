"""Each persona x each record x each way in. The expected cells are in docs/rights.md."""

from contextlib import closing

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.orm.models import MAGIC_COLUMNS
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..exceptions import AnswersInvalid
from .common import upload
from .record_rights import RecordRights

# persona: records read; then records written by hand (free fields of the request only).
READS = {
    "camille": "request line document decision answer",
    "dominique": "",
    "agent": "request line document decision answer",
    "school_agent": "request line document decision answer",  # Consulted.
    "secretary": "",
    "other_secretary": "",
    "communication": "",
    "dpo": "",
    "manager": "request line document decision answer",
    "administrator": "request line document decision answer",
    "visitor": "",
}
HANDLES = {"agent", "manager", "administrator"}
FREE_WRITES = {"agent", "manager", "administrator"}
TRANSITIONS = {
    "take": lambda request: request.action_take(),
    "completion": lambda request: request.action_ask_completion(
        [{"label": "Bail", "reason": "Il manque"}]
    ),
    "accept": lambda request: request.action_accept(),
    "refuse": lambda request: request.action_refuse("Motif"),
    "drop": lambda request: request.action_drop("Motif"),
    "waiting_list": lambda request: request.action_waiting_list(),
}


@tagged("post_install", "-at_install")
class TestRights(RecordRights):
    reads = READS
    by_hand = {
        "request": {"state": "accepted"},
        "line": {"state": "accepted"},
        "document": {"name": "autre"},
        "decision": {"reasons": "autre"},
        "answer": {"value_text": "autre"},
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure.consulted_service_ids = cls.school
        cls.request = cls._submit()
        # A decision in force, then taken back, so that there is one to read.
        cls.request.with_user(cls.agent).action_accept("Oui")
        cls.request.with_user(cls.agent).action_reopen("Encore")
        cls.records = {
            "request": cls.request,
            "line": cls.request.document_line_ids,
            "document": cls.request.document_line_ids.document_id,
            "decision": cls.request.with_context(active_test=False).decision_ids,
            "answer": cls.request.answer_ids[0],
        }
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_guarded_fields_one_by_one(self):
        Request = self.env["procedure.request"]
        free = Request._get_free_fields()
        guarded = [
            name
            for name, field in Request._fields.items()
            if name not in free and field.store and name not in MAGIC_COLUMNS
        ]
        for user in (self.agent, self.manager, self.administrator):
            request = self.request.with_user(user)
            for name in guarded:
                with self.subTest(f"{user.login}, {name}"), self.assertRaises(AccessError):
                    request.write({name: False})

    def test_follow_up_is_for_the_lead_service(self):
        for persona in READS:
            with self.subTest(persona):
                request = self.request.with_user(getattr(self, persona))
                values = {"step_id": self.procedure.step_ids[0].id, "user_id": self.colleague.id}
                if persona in FREE_WRITES:
                    request.write(values)
                    self.assertEqual(request.step_id, self.procedure.step_ids[0])
                else:
                    with self.assertRaises(AccessError):
                        request.write(values)

    def test_transitions(self):
        request = self._submit()
        for persona in READS:
            user = getattr(self, persona)
            for name, act in TRANSITIONS.items():
                with (
                    self.subTest(f"{persona}, {name}"),
                    closing(self.env.cr.savepoint()),
                ):
                    if persona in HANDLES:
                        act(request.with_user(user))
                        self.assertNotEqual(request.state, "submitted")
                    else:
                        with self.assertRaisesKeeping(AccessError):
                            act(request.with_user(user))
                        self.assertEqual(request.state, "submitted")

    def test_only_managers_write_definitions(self):
        draft = self._procedure("Brouillon", "BRO", self.waste, publish=False)
        version = draft.version_ids
        definitions = {
            draft: {"name": "Autre"},
            version.field_ids[1]: {"label": "Autre"},
            version.field_ids.option_ids[0]: {"label": "Autre"},
            draft.step_ids[0]: {"name": "Autre"},
        }
        counter = self.env["procedure.counter"].search([], limit=1)
        for persona in READS:
            user = getattr(self, persona)
            for record, values in definitions.items():
                with self.subTest(f"{persona}, {record._name}"):
                    if persona in ("manager", "administrator"):
                        record.with_user(user).write(values)
                        continue
                    with self.assertRaises(AccessError):
                        record.with_user(user).write(values)
                    with self.assertRaises(AccessError):
                        record.with_user(user).unlink()
                    with self.assertRaises(AccessError):
                        record.with_user(user).create(values)
            with self.subTest(f"{persona}, counter"), self.assertRaises(AccessError):
                counter.with_user(user).write({"last_number": 99})

    def test_filing_for_a_colleague_stays_closed(self):
        """`_file` is private; the models it feeds refuse creation, for all."""
        for persona in READS:
            user = getattr(self, persona)
            with self.subTest(persona), self.assertRaises(AccessError):
                self.env["procedure.request"].with_user(user).create(
                    {
                        "procedure_id": self.procedure.id,
                        "version_id": self.procedure.version_id.id,
                        "applicant_id": self.camille.partner_id.id,
                    }
                )
        with self.assertRaises(AccessError):
            self.request.with_user(self.manager).copy()

    def test_files(self):
        line = self.records["line"]
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "procedure.document"), ("res_field", "=", "file")]
            + [("res_id", "=", self.records["document"].id)]
        )
        self.assertEqual(len(attachment), 1)
        for persona in READS:
            user = getattr(self, persona)
            self.env.invalidate_all()
            with self.subTest(persona):
                if "document" in READS[persona].split():
                    self.assertEqual(line._get_content_for(user)["content"], upload()["content"])
                    continue
                with self.assertRaises(AccessError):
                    line._get_content_for(user)
                with self.assertRaises(AccessError):
                    attachment.with_user(user).read(["datas"])
                with self.assertRaises(AccessError):
                    self.env["ir.binary"].with_user(user)._find_record(
                        res_model="procedure.document", res_id=self.records["document"].id
                    ).check_access("read")

    def test_another_town_hall_sees_nothing(self):
        self.procedure.local_service_ids = self.town_hall | self.other_town_hall
        request = self._submit()
        self.assertTrue(request.with_user(self.secretary).has_access("read"))
        self.assertFalse(request.with_user(self.other_secretary).has_access("read"))
        self.assertFalse(request.with_user(self.agent).has_access("read"))

    def test_persons_of_a_request(self):
        """The services of a request read who filed it; anonymised, they no longer do."""
        partner = self.camille.partner_id
        self.assertEqual(partner.reader_service_ids, self.waste | self.school)
        self.assertEqual(partner.with_user(self.agent).email, "camille@exemple.fr")
        self.assertFalse(self.dominique.partner_id.with_user(self.agent).has_access("read"))
        with self.assertRaises(AccessError):
            partner.with_user(self.secretary).read(["email"])
        self.request.with_user(self.agent).action_drop("Fini")
        self.request.sudo()._anonymise()
        self.assertFalse(partner.reader_service_ids)
        self.assertFalse(partner.with_user(self.agent).has_access("read"))

    def test_anonymised_means_nothing_is_left_of_the_person(self):
        request = self._submit().sudo()
        with self.assertRaises(UserError):
            request._anonymise()
        request.with_user(self.agent).action_refuse("Hors du territoire")
        document = request.document_line_ids.document_id
        with self.assertRaises(AccessError):
            request.with_user(self.manager)._anonymise()
        request._anonymise()
        self.assertFalse(document.exists())
        for name in ("answers", "answer_ids", "applicant_id", "message_ids", "document_line_ids"):
            self.assertFalse(request[name], name)
        self.assertEqual((request.state, request.decision_ids.kind), ("refused", "refused"))
        self.assertTrue(request.date_anonymised)
        self.assertFalse(request.with_user(self.camille).has_access("read"))

    def test_only_delegates_of_today_read_the_requests_of_an_association(self):
        delegations = self._delegations(self.camille, self.dominique)
        association = delegations.organisation_id
        request = self._submit(acting_for=association)
        for user in (self.camille, self.dominique):
            self.assertTrue(request.with_user(user).has_access("read"))
            self.assertTrue(request._is_applicant(user.partner_id))
        self._check_only_the_giver_opens(request.document_line_ids)
        delegations[0].write({"date_start": "2026-01-01", "date_end": "2026-01-31"})
        delegations[1].state = "ended"
        self.env.invalidate_all()
        for user in (self.camille, self.dominique):
            self.assertFalse(request.with_user(user).has_access("read"))
            self.assertFalse(request._is_applicant(user.partner_id))

    def _check_only_the_giver_opens(self, line):
        """Dominique reads what was asked and what became of it, not the file that Camille gave."""
        line.document_id.name = "rib-camille.png"
        theirs = line.with_user(self.dominique)
        self.assertEqual(theirs.read(["label", "state"])[0]["label"], "Justificatif de domicile")
        for name in ("document_id", "name", "mimetype", "size"):
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    theirs.read([name])
                with self.assertRaises(AccessError):
                    theirs.web_read({name: {}})
                with self.assertRaises(AccessError):
                    theirs.search_count([(f"{name}", "!=", False)])
        self.assertNotIn("rib-camille", str(theirs.web_read({"display_name": {}})))
        document = line.document_id
        self.assertFalse(document.with_user(self.dominique).has_access("read"))
        self.assertTrue(document.with_user(self.camille).has_access("read"))
        with self.assertRaises(AccessError):
            line._get_content_for(self.dominique)
        self.assertTrue(line._get_content_for(self.camille)["content"])

    def test_another_delegate_chooses_nobody_of_the_family_of_who_filed(self):
        """She corrects the request of the association: a guessed number names nobody."""
        delegations = self._delegations(self.camille, self.dominique)
        question = {"key": "who", "type": "persons", "label": "Qui vient ?"}
        procedure = self._procedure("Local", "LOC", self.waste, fields=[question])
        request = self._submit(
            procedure=procedure, answers={}, files={}, acting_for=delegations.organisation_id
        )
        item = {"field_key": "who", "reason": "Il manque"}
        request.with_user(self.agent).action_ask_completion([item])
        theirs = request.with_user(self.dominique)
        dominique, camille = self.dominique.partner_id, self.camille.partner_id
        with self.assertRaises(AnswersInvalid):
            theirs._complete(answers={"who": [str(camille.id)]}, by=dominique)
        self.assertFalse(request.subject_ids)
        theirs._complete(answers={"who": [str(dominique.id)]}, by=dominique)
        self.assertEqual(request.subject_ids, dominique)

    def test_health_documents_do_not_exist_here(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.records["document"].is_health = True
            self.env.flush_all()

    def test_the_code_is_readable_by_nobody(self):
        request = self._submit_without_account()
        for user in (self.agent, self.manager, self.administrator):
            with self.assertRaises(AccessError):
                request.with_user(user).read(["access_token_digest"])

    def test_an_agent_is_chosen_in_the_service(self):
        with self.assertRaises(ValidationError):
            self.request.with_user(self.agent).user_id = self.school_agent
        self.request.with_user(self.agent).user_id = self.colleague
        self.assertEqual(self.request.user_id, self.colleague)

    def test_a_step_of_another_procedure_is_refused(self):
        other = self._procedure("Autre", "AUT", self.waste)
        with self.assertRaises(ValidationError):
            self.request.with_user(self.agent).step_id = other.step_ids[0]

    def test_service_left_means_access_lost(self):
        self.assertTrue(self.request.with_user(self.agent).has_access("read"))
        self.waste.user_ids = [Command.unlink(self.agent.id)]
        self.env.invalidate_all()
        self.assertFalse(self.request.with_user(self.agent).has_access("read"))
        with self.assertRaises(AccessError):
            self.request.with_user(self.agent).action_accept()
