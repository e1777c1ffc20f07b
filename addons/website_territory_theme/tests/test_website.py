from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .common import set_names


@tagged("post_install", "-at_install")
class TestWebsite(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env.ref("website.default_website")

    def test_phone_numbers_can_be_dialled(self):
        for written, dialled in [
            ("03 53 01 00 00", "tel:+33353010000"),
            ("03.53.01.00.00", "tel:+33353010000"),
            ("+33 3 53 01 00 00", "tel:+33353010000"),
            ("3939", "tel:3939"),
            (False, "tel:"),
        ]:
            self.assertEqual(self.website._get_tel_href(written), dialled)

    @freeze_time("2026-11-25")
    def test_accessibility_is_never_claimed_without_a_valid_audit(self):
        self.assertEqual(self.website._get_accessibility_state(), "none")
        self.website.territory_audit_rate = 80
        self.assertEqual(self.website._get_accessibility_state(), "none", "a rate without audit")
        self.website.territory_audit_date = "2026-11-01"
        self.assertEqual(self.website._get_accessibility_state(), "partial")
        self.website.territory_audit_rate = 100
        self.assertEqual(self.website._get_accessibility_state(), "full")
        self.website.territory_audit_rate = 49.9
        self.assertEqual(self.website._get_accessibility_state(), "none")
        self.website.write({"territory_audit_rate": 80, "territory_audit_date": "2023-11-24"})
        self.assertEqual(self.website._get_accessibility_state(), "none", "three years at most")

    def test_the_rate_is_a_percentage(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.website.territory_audit_rate = 101
            self.website.flush_recordset()

    def test_scripts_only_for_what_is_drawn_in_the_browser(self):
        website = self.website.with_user(self.env.ref("base.public_user"))
        self.assertFalse(website._needs_scripts("<form><input name='q'/></form>"))
        self.assertTrue(website._needs_scripts('<section data-snippet="s_website_form">'))
        self.assertTrue(website._needs_scripts('<owl-component name="x"/>'))
        self.assertFalse(website._needs_scripts('<section data-snippet="s_text_block">'))

    def test_name_on_the_account_button(self):
        set_names(self.env.user.partner_id, "Camille", "Duchêne")
        self.assertEqual(self.website._get_short_user_name(), "Camille D.")
        self.assertEqual(self.website._get_user_first_name(), "Camille")
