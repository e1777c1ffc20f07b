from freezegun import freeze_time
from lxml import etree

from odoo.tests import tagged

from .common import RetentionCommon


@tagged("post_install", "-at_install")
class TestDocumentRetention(RetentionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._turn_on(cls.env.ref("procedure_retention.retention_document"))

    def _file_of(self, document):
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", "procedure.document"),
                ("res_field", "=", "file"),
                ("res_id", "=", document.id),
            ]
        )

    def test_a_checked_proof_goes_after_two_months_and_that_it_was_checked_stays(self):
        request = self._submit()
        line = request.document_line_ids
        document = line.document_id
        with freeze_time("2026-12-05 10:00:00"):
            line.with_user(self.agent).action_accept()
        self._run("2027-04-01")
        self.assertTrue(self._file_of(document), "not decided yet")
        self._finish(request, "2027-04-02")
        self._run("2027-06-01")
        self.assertTrue(self._file_of(document))
        self._run("2027-06-03")
        self.assertFalse(self._file_of(document))
        self.assertEqual(document.checked_by_id, self.agent)
        self.assertEqual(str(document.seen_on), "2026-12-05")
        self.assertFalse(document.sha256)
        self.assertNotIn("photo", document.name)
        self.assertEqual(self._journal("gone").count, 1)
        self.assertTrue(request.answers, "the request stays")
        values = line.with_user(self.agent).read(["name", "state", "file", "seen_by_id"])[0]
        self.assertIn("05/12/2026", values["name"])
        self.assertFalse(values["file"])

    def test_an_unchecked_document_was_seen_by_nobody(self):
        request = self._finish(self._submit())
        line = request.document_line_ids
        self._run("2026-06-03")
        self.assertFalse(self._file_of(line.document_id))
        self.assertEqual(line.state, "received")
        values = line.with_user(self.agent).read(["name", "seen_by_id", "erased_on"])[0]
        self.assertIn("03/06/2026", values["name"])
        self.assertNotRegex(values["name"], "Checked|Vérifié")
        self.assertFalse(values["seen_by_id"])
        self.assertEqual(str(values["erased_on"]), "2026-06-03")

    def test_nothing_is_decided_of_what_is_erased(self):
        view = self.env["procedure.request"].with_user(self.agent).get_view(view_type="form")
        lines = etree.fromstring(view["arch"]).xpath("//field[@name='document_line_ids']")[0]
        for name in ("action_accept", "action_open_refusal"):
            buttons = lines.xpath(f".//button[@name='{name}']")
            self.assertEqual(len(buttons), 2, name)
            for button in buttons:
                self.assertIn("erased_on", button.get("invisible"))

    def test_other_documents_and_held_requests_stay(self):
        held, other = (
            self._finish(self._submit()),
            self._finish(self._submit_without_account().sudo()),
        )
        document = held.document_line_ids.document_id
        self.env["procedure.request.hold"].with_user(self.dpo)._set(held.number, "control", "x")
        self.assertFalse(other.document_line_ids)
        kept = self._finish(self._submit(self.dominique)).document_line_ids.document_id
        kept.is_kept = True
        self._run("2026-06-03")
        self.assertTrue(self._file_of(document))
        self.assertTrue(self._file_of(kept))
