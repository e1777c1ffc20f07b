import io

import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.privacy_register.models.privacy_processing import MANDATORY_FIELDS
from odoo.addons.report_weasyprint.tests.pdf import get_tags, get_text, read

FORMULA = '=HYPERLINK("http://exemple.invalid")'


@tagged("post_install", "-at_install")
class TestPrivacyRegisterExport(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.dpo_contact = "Référent, 03 29 00 00 00"
        cls.dpo = new_test_user(
            cls.env, login="register_dpo", groups="territory_base.territory_group_dpo"
        )
        cls.resident = new_test_user(cls.env, login="register_resident", groups="base.group_portal")
        cls.whole, cls.partial = cls.env["privacy.processing"].create(
            [
                {
                    "name": "Prêt de tables",
                    "code": "tables",
                    "purpose": "Prêter des tables\net les reprendre",
                    "legal_basis": "public_task",
                    "legal_reference": "Délibération du 4 mai",
                    "person_categories": "Habitants",
                    "data_categories": "Nom, téléphone",
                    "recipients": "Le service technique",
                    "retention": "Un an",
                    "security_measures": "Accès par compte",
                },
                {"name": FORMULA, "code": "vide", "transfers": False},
            ]
        )

    def load(self, content):
        return openpyxl.load_workbook(io.BytesIO(content)).active

    def as_dicts(self, sheet):
        """Rows by names of fields: the headers are labels in the officer's language."""
        entry = self.whole.with_context(lang=self.dpo.lang)
        names = {info["string"]: name for name, info in entry.fields_get(None, ["string"]).items()}
        headers, *rows = sheet.iter_rows(values_only=True)
        return [dict(zip((names[header] for header in headers), row, strict=True)) for row in rows]

    def find(self, rows, name):
        return next(row for row in rows if row["name"] == name)

    def export(self, ids):
        return self.url_open(f"/privacy/register.xlsx?ids={ids}")

    def test_the_officer_exports_what_she_selected(self):
        self.authenticate("register_dpo", "register_dpo")
        action = (self.whole | self.partial).with_user(self.dpo).action_export_register()
        answer = self.url_open(action["url"])
        self.assertEqual(answer.status_code, 200)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        rows = self.as_dicts(self.load(answer.content))
        whole, partial = (self.find(rows, name) for name in ("Prêt de tables", FORMULA))
        self.assertEqual(whole["purpose"], "Prêter des tables\net les reprendre")
        self.assertIn("Délibération du 4 mai", whole["legal_basis"])
        self.assertEqual(whole["dpo_contact"], "Référent, 03 29 00 00 00")
        self.assertIn(self.env.company.name, whole["controller_id"])
        self.assertIsNone(whole["missing_text"])
        self.assertTrue(partial["missing_text"])
        self.assertIsNone(partial["transfers"])

    def test_each_mandatory_item_is_exported(self):
        labels = self.whole.fields_get(MANDATORY_FIELDS, ["string"])
        exported = dict(self.whole._get_register_items())
        for name in MANDATORY_FIELDS:
            self.assertTrue(exported[labels[name]["string"]], name)

    def test_without_selection_the_whole_register_leaves(self):
        register = self.env["privacy.processing"].search([])
        archived = register[0]
        archived.active = False
        action = self.env["privacy.processing"].with_user(self.dpo).action_export_register()
        ids = set(map(int, action["url"].partition("=")[2].split(",")))
        self.assertEqual(ids, set((register - archived).ids))

    def test_others_get_nothing_by_the_address(self):
        """A resident, a visitor, an address changed by hand: a page that does not exist."""
        self.authenticate("register_resident", "register_resident")
        self.assertEqual(self.export(self.whole.id).status_code, 404)
        with self.assertRaises(AccessError):
            self.whole.with_user(self.resident)._get_register_workbook()
        self.authenticate(None, None)
        self.assertNotIn("spreadsheet", self.export(self.whole.id).headers["Content-Type"])
        self.authenticate("register_dpo", "register_dpo")
        for ids in ("", "x", "1;2", "-1", "²", "9" * 30, "9" * 5000, "999999999", "1,"):
            self.assertEqual(self.export(ids).status_code, 404, ids)

    def test_register_and_notices_are_printed(self):
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        for name, words in (
            ("register_report", ("Délibération du 4 mai", "Accès par compte", "Référent")),
            ("notice_report", ("Délibération du 4 mai", "www.cnil.fr", "Référent")),
        ):
            content = report.with_user(self.dpo)._render_qweb_pdf(
                f"privacy_register_export.{name}", (self.whole | self.partial).ids
            )[0]
            text = get_text(content)
            for word in ("Prêt de tables", FORMULA, *words):
                self.assertIn(word, text)
            self.assertIn("/H1", [tag for tag, _node in get_tags(content)])
            self.assertGreaterEqual(len(read(content).pages), 2)

    def test_a_resident_prints_nothing(self):
        report = (
            self.env["ir.actions.report"]
            .with_user(self.resident)
            .with_context(force_report_rendering=True)
        )
        for name in ("register_report", "notice_report"):
            with self.assertRaises(AccessError):
                report._render_qweb_pdf(f"privacy_register_export.{name}", self.whole.ids)
