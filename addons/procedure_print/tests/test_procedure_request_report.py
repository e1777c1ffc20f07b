from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from odoo.addons.procedure.tests.common import ProcedureCommon
from odoo.addons.report_weasyprint.tests.pdf import get_tags, get_text, read

REPORT = "procedure_print.request_report"
PATH = "/report/pdf/procedure_print.request"


@tagged("post_install", "-at_install")
class TestRequestReport(ProcedureCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.filed = cls._submit()

    def _sign_in(self, user):
        self.authenticate(user.login, user.login + "x" * (8 - len(user.login)))

    def _print(self, requests, user):
        report = (
            self.env["ir.actions.report"].with_user(user).with_context(force_report_rendering=True)
        )
        return report._render_qweb_pdf(REPORT, requests.ids)[0]

    def test_the_agent_prints_what_she_reads(self):
        mine = self.filed.with_user(self.agent)
        mine.action_take()
        mine._message_log(body="Note pour nous")
        mine.action_refuse("Pas de bac de cette taille")
        content = self._print(self.filed, self.agent)
        text = get_text(content)
        for words in (
            self.filed.number,
            self.filed.procedure_id.name,
            self.camille.name,
            *(str(row[1]) for _section, rows in self.filed._get_answer_sections() for row in rows),
            *self.filed.document_line_ids.mapped("label"),
            "Pas de bac de cette taille",
            self.agent.name,
        ):
            self.assertIn(words, text)
        self.assertNotIn("Note pour nous", text)
        tags = [tag for tag, _node in get_tags(content)]
        self.assertIn("/H1", tags)
        self.assertIn("/TH", tags)
        self.assertIn(self.filed.number, read(content).metadata.title)

    def test_a_consulted_service_prints_without_reading_the_dwelling(self):
        dwelling = self.env["territory.dwelling"].create(
            {"street": "8 rue du Lavoir", "commune_id": self.filed.commune_id.id}
        )
        self.filed.sudo().dwelling_id = dwelling
        self.filed.sudo().consulted_service_ids = self.school
        self.assertFalse(dwelling.with_user(self.school_agent).has_access("read"))
        self.env.invalidate_all()
        self.assertIn(self.filed.number, get_text(self._print(self.filed, self.school_agent)))

    def test_several_requests_are_one_file(self):
        other = self._submit()
        text = get_text(self._print(self.filed | other, self.agent))
        self.assertIn(self.filed.number, text)
        self.assertIn(other.number, text)

    def test_the_applicant_keeps_what_she_answered(self):
        self.filed.with_user(self.agent)._message_log(body="Note pour nous")
        summary = self.filed.sudo()._get_summary_file()
        self.assertEqual(summary["name"], f"{self.filed.number}.pdf")
        text = get_text(summary["content"])
        for _section, rows in self.filed._get_answer_sections():
            for label, value, *_key in rows:
                self.assertIn(label, text)
                self.assertIn(str(value), text)
        for words in (self.filed.number, *self.filed.document_line_ids.mapped("name")):
            self.assertIn(words, text)
        document = self.filed.document_line_ids.document_id
        for words in ("Note pour nous", document.sha256[:12]):
            self.assertNotIn(words, text)
        self.assertIn("/H1", [tag for tag, _node in get_tags(summary["content"])])

    def test_who_may_not_read_prints_nothing(self):
        for user in (self.other_secretary, self.school_agent, self.camille, self.dominique):
            with self.assertRaises(AccessError, msg=user.login):
                self._print(self.filed, user)

    def test_the_address_is_closed_to_residents(self):
        """Her own request too: the sheet is for the service."""
        self._sign_in(self.camille)
        page = self.url_open(f"{PATH}/{self.filed.id}")
        self.assertNotEqual(page.headers["Content-Type"], "application/pdf")
        self._sign_in(self.agent)
        page = self.url_open(f"{PATH}/{self.filed.id}")
        self.assertEqual(page.headers["Content-Type"], "application/pdf")
