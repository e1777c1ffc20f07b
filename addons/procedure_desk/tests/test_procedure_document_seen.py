from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import ProcedureCommon, upload
from odoo.addons.procedure_desk.models.procedure_request_entry import make_seen

TODAY = date(2026, 11, 25)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 10:05:00")
class TestDocumentSeen(ProcedureCommon):
    """Shown at the counter and given back: it counts as given, and nothing of it is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = [
            *cls._form()[:-1],
            {"key": "proof", "type": "file", "label": "Justificatif", "required": True},
        ]
        cls.hall = cls._procedure("Louer une salle", "SALLE", cls.waste, fields=cls.form)

    def _enter(self, user=None, **values):
        values.setdefault("files", {"proof": [make_seen(TODAY)]})
        return (
            self.env["procedure.request"]
            .with_user(user or self.agent)
            ._submit(
                Filing(
                    procedure=values.pop("procedure", self.hall),
                    answers=self._answers(),
                    identity=self._identity(),
                    channel=values.pop("channel", "counter"),
                    **values,
                )
            )
            .with_user(self.env.user)
        )

    def test_it_counts_as_given_and_nothing_is_stored(self):
        files = self.env["ir.attachment"].search_count([("res_model", "=", "procedure.document")])
        request = self._enter()
        line = request.document_line_ids
        document = line.document_id
        self.assertEqual(request.state, "submitted")
        self.assertEqual((document.seen_on, document.seen_by_id), (TODAY, self.agent))
        self.assertEqual((line.state, line.checked_by_id), ("accepted", self.agent))
        self.assertFalse(document.file)
        self.assertFalse(document.sha256)
        self.assertEqual(
            self.env["ir.attachment"].search_count([("res_model", "=", "procedure.document")]),
            files,
        )
        self.assertFalse(request.with_user(self.agent)._get_acceptance_warnings())

    def test_the_receipt_says_it_and_names_no_agent(self):
        request = self._enter()
        body = request.with_context(lang="fr_FR")._render_acknowledgment()
        self.assertIn("Justificatif", body)
        self.assertIn("Vu le 25/11/2026, non conservé", body)
        self.assertNotIn(self.agent.name, body)

    def test_who_reads_the_request_reads_who_saw_it(self):
        line = self._enter().document_line_ids
        self.assertEqual(line.with_user(self.colleague).seen_by_id, self.agent)
        for user in (self.school_agent, self.secretary, self.communication, self.dpo):
            with self.subTest(user.login), self.assertRaises(AccessError):
                line.with_user(user).read(["seen_by_id"])
            with self.subTest(user.login), self.assertRaises(AccessError):
                line.document_id.with_user(user).read(["seen_on"])

    def test_there_is_nothing_to_download(self):
        line = self._enter().document_line_ids
        with self.assertRaises(AccessError):
            line._get_content_for(self.agent)

    def test_nobody_says_it_on_the_site(self):
        with self.assertRaisesKeeping(UserError):
            self._submit(procedure=self.hall, files={"proof": [make_seen(TODAY)]})
        with self.assertRaisesKeeping(UserError):
            self._submit_without_account(procedure=self.hall, files={"proof": [make_seen(TODAY)]})
        request = self._submit(procedure=self.hall, files={"proof": [upload()]})
        request.with_user(self.agent).action_ask_completion(
            [{"field_key": "proof", "reason": "Illisible"}]
        )
        with self.assertRaisesKeeping(UserError):
            request._complete(files={"proof": [make_seen(TODAY)]}, by=self.camille.partner_id)
        self.assertEqual(request.state, "to_complete")
        self.assertFalse(request.document_line_ids.document_id.filtered("seen_on"))

    def test_nobody_writes_it_by_hand(self):
        line = self._enter().document_line_ids
        for user in (self.agent, self.manager, self.school_agent, self.env.ref("base.user_admin")):
            for record in (line, line.document_id):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    record.with_user(user).write({"seen_on": "2026-01-01"})
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["procedure.document"].with_user(user).create(
                    {"name": "Vu", "seen_on": "2026-01-01"}
                )

    def test_brought_later_it_completes_the_request(self):
        request = self._submit(procedure=self.hall, files={"proof": [upload()]})
        request.with_user(self.agent).action_ask_completion(
            [{"line_id": request.document_line_ids.id, "reason": "Illisible"}]
        )
        line = request.document_line_ids
        # Consulted, the school reads it, and no more.
        request.sudo().consulted_service_ids = self.school
        self.assertTrue(line.with_user(self.school_agent).has_access("read"))
        for user in (self.school_agent, self.secretary, self.camille, self.dpo):
            with self.subTest(user.login), self.assertRaises(AccessError):
                line.with_user(user).action_see()
        line.with_user(self.agent).action_see()
        self.assertEqual(request.state, "in_review")
        seen = request.document_line_ids.filtered("seen_on")
        self.assertEqual((seen.seen_on, seen.state), (TODAY, "accepted"))
        self.assertEqual(line.state, "refused", "what was refused stays, with its reason")
        with self.assertRaises(UserError):
            line.with_user(self.agent).action_see()

    def test_an_answer_is_not_seen(self):
        request = self._submit(procedure=self.hall, files={"proof": [upload()]})
        request.with_user(self.agent).action_ask_completion(
            [{"field_key": "persons", "reason": "À revoir"}]
        )
        line = request.document_line_ids.filtered("asked")
        with self.assertRaises(UserError):
            line.with_user(self.agent).action_see()

    def test_the_service_takes_it_back_with_a_reason(self):
        request = self._enter()
        line = request.document_line_ids
        for user in (self.school_agent, self.secretary, self.camille):
            with self.subTest(user.login), self.assertRaises(AccessError):
                line.with_user(user).action_refuse("Ce n'était pas le bon")
        with self.assertRaises(UserError):
            line.with_user(self.agent).action_refuse(" ")
        line.with_user(self.agent).action_refuse("Ce n'était pas le bon")
        self.assertEqual((line.state, line.reason), ("refused", "Ce n'était pas le bon"))
        warnings = " ".join(request.with_user(self.agent)._get_acceptance_warnings())
        self.assertIn("Justificatif", warnings)
        wizard = self.env["procedure.completion.wizard"].with_user(self.agent)
        self.assertEqual(wizard.create({"request_id": request.id}).line_ids.document_line_id, line)

    def test_anonymised_nothing_says_that_it_was_seen(self):
        request = self._enter()
        document = request.document_line_ids.document_id
        request.sudo().state = "refused"
        request.sudo()._anonymise()
        self.assertFalse(document.exists())
