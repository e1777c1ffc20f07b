from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from . import pdf

TEMPLATE = """
<t t-name="report_weasyprint.essay">
    <t t-call="report_weasyprint.document">
        <t t-set="title">Langue %s</t>
        <t t-set="lang" t-value="'fr_FR'"/>
        <h1 t-foreach="docs" t-as="doc" t-out="doc.code"/>
    </t>
</t>"""


@tagged("post_install", "-at_install")
class TestReport(HttpCase):
    """The reports of Odoo, whoever asks for them: by the page, by a method, by a mail."""

    def setUp(self):
        super().setUp()
        self.view = self.env["ir.ui.view"].create(
            {
                "name": "essay",
                "type": "qweb",
                "key": "report_weasyprint.essay",
                "arch": TEMPLATE % "essayée",
            }
        )
        self.report = self.env["ir.actions.report"].create(
            {
                "name": "Essay",
                "model": "res.lang",
                "report_type": "qweb-pdf",
                "report_name": "report_weasyprint.essay",
            }
        )
        self.langs = self.env["res.lang"].with_context(active_test=False).search([], limit=3)

    def _render(self, ids):
        return self.report.with_context(force_report_rendering=True)._render_qweb_pdf(
            self.report.report_name, ids
        )

    def test_one_rendering_per_record_and_their_tags_once_joined(self):
        content, kind = self._render(self.langs.ids)
        self.assertEqual(kind, "pdf")
        self.assertEqual(pdf.read(content).trailer["/Root"]["/Lang"], "fr-FR")
        self.assertEqual(pdf.get_text(content), " ".join(self.langs.mapped("code")))
        names = [name for name, _node in pdf.get_tags(content)]
        self.assertEqual(names.count("/H1"), 3)
        self.assertEqual(len(pdf.read(content).pages), 3)

    def test_the_same_record_twice(self):
        content, _kind = self._render([self.langs[0].id] * 2)
        self.assertEqual(len(pdf.read(content).pages), 2)

    def test_a_report_kept_as_an_attachment_is_drawn_once(self):
        self.report.write({"attachment": "object.code + '.pdf'", "attachment_use": True})
        first, _kind = self._render(self.langs[0].ids)
        attachment = self.env["ir.attachment"].search([("name", "=", f"{self.langs[0].code}.pdf")])
        self.assertEqual(attachment.raw, first)
        self.view.arch = TEMPLATE % "changée"
        self.assertEqual(self._render(self.langs[0].ids)[0], first)
        both, _kind = self._render(self.langs[:2].ids)
        self.assertEqual(len(pdf.read(both).pages), 2)

    def test_an_address_that_names_no_report_is_not_found(self):
        user = new_test_user(self.env, "resident.rapport", "base.group_portal")
        self.authenticate(user.login, user.login)
        name = self.report.report_name
        for path in (
            "html/x/1",
            "pdf/inconnu.rapport/1",
            "html/web.report_layout/x",
            f"docx/{name}/1",
            f"html/{name}/1?options=x",
            f"html/{name}/1?context=[]",
            f"html/{name}/1?options={'[' * 5000}",
        ):
            with self.subTest(path[:50]), mute_logger("odoo.http"):
                self.assertEqual(self.url_open(f"/report/{path}").status_code, 404)

    def test_by_the_page(self):
        self.assertEqual(self.env["ir.actions.report"].get_wkhtmltopdf_state(), "ok")
        self.env.ref("base.user_admin").write({"password": "admin-of-this-test"})
        self.authenticate(self.env.ref("base.user_admin").login, "admin-of-this-test")
        response = self.url_open(
            f"/report/pdf/report_weasyprint.essay/{self.langs[0].id}"
            '?context={"force_report_rendering":true}'
        )
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertEqual(pdf.get_text(response.content), self.langs[0].code)

    def test_a_page_that_nobody_could_read_is_refused(self):
        self.view.arch = TEMPLATE.replace("Langue %s", "")
        with self.assertRaises(UserError) as caught:
            self._render(self.langs[0].ids)
        self.assertIn("title", str(caught.exception))
