from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SituationCase

NAMED = {
    "officers_in.0.officer_name": "Sacha Bertin",
    "officers_in.0.officer_email": "sacha.test@example.org",
    "officers_in.0.officer_role": "Président",
}


@tagged("post_install", "-at_install")
class TestOfficerReport(SituationCase):
    """The treasurer becomes president: reported by a delegate, or typed by an agent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.president, cls.treasurer = cls.env["partner.delegate"].search(
            [("organisation_id", "=", cls.association.id)], order="id"
        )
        cls.president.role, cls.treasurer.role = "Présidente", "Trésorier"
        cls.association.reader_service_ids = cls.other_service

    def test_an_agent_types_it_after_a_call(self):
        self._open_file_to(self.other_service)
        request = self._report("officers", by=self.family_agent, channel="phone", **NAMED)
        line = request.change_id.line_ids
        self.assertEqual(
            (line.old_text, line.new_text), ("Sacha Bertin, Trésorier", "Sacha Bertin, Président")
        )
        self.assertEqual(line.change_id.typed_by_id, self.family_agent)
        for user in self.secretary | self.agent | self.camille | self.sacha:
            with self.subTest(user.login), self.assertRaises(AccessError):
                line.with_user(user).action_accept()
        request.with_user(self.family_agent).action_accept()
        self.assertEqual((self.treasurer.role, request.state), ("Président", "accepted"))
        self.assertIn("Sacha Bertin, Président", self._told(request)[:1].body_html)

    def test_who_acts_reports_it_and_a_stale_line_is_said(self):
        request = self._report("officers", **NAMED)
        self.treasurer.role = "Secrétaire"
        request.change_id.line_ids.with_user(self.family_agent).action_accept()
        self.assertEqual(request.change_id.line_ids.state, "stale")
        self.assertEqual((self.treasurer.role, request.state), ("Secrétaire", "dropped"))

    def test_taken_back_by_a_colleague_its_request_is_cancelled(self):
        request = self._report("officers", **NAMED)
        request.change_id.with_user(self.sacha).sudo()._take_back()
        self.assertEqual(
            (request.state, request.change_id.line_ids.state), ("cancelled", "withdrawn")
        )

    def test_who_reads_the_request_and_not_the_file_reads_no_name(self):
        request = self._report("officers", **NAMED)
        request.consulted_service_ids = self.service
        self.assertNotIn("Sacha", request.with_user(self.agent)._get_short_name())
