from odoo.tests import TransactionCase, new_test_user, tagged

# They send data to third parties, or hold a conversation nobody asked for.
UNWANTED = {
    "iap",
    "iap_mail",
    "mail_bot",
    "partner_autocomplete",
    "sms",
    "snailmail",
    "google_gmail",
    "microsoft_outlook",
    "web_unsplash",
}


@tagged("post_install", "-at_install")
class TestTerritoryPlatform(TransactionCase):
    def test_nothing_that_talks_to_third_parties_is_installed(self):
        installed = set(
            self.env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
        )
        self.assertIn("website_procedure_theme", installed)
        self.assertFalse(installed & UNWANTED)

    def test_the_site_speaks_french_only(self):
        website = self.env.ref("website.default_website")
        self.assertEqual(website.default_lang_id.code, "fr_FR")
        self.assertEqual(website.language_ids.mapped("code"), ["fr_FR"])

    def test_nobody_is_greeted_in_english(self):
        messages = self.env["mail.message"].search([("model", "=", "discuss.channel")])
        self.assertNotIn("Welcome", "".join(messages.mapped("body")))

    def test_core_sign_up_is_shut(self):
        self.assertEqual(self.env.ref("website.default_website").auth_signup_uninvited, "b2b")

    def test_hours_are_those_of_the_place_for_all(self):
        resident = new_test_user(self.env, "resident_tz", "base.group_portal")
        for user in (resident, self.env.ref("base.public_user"), self.env.ref("base.user_root")):
            self.assertEqual(user.tz, "Europe/Paris", user.login)

    def test_links_of_mails_do_not_follow_the_host_of_a_log_in(self):
        """A forged Host header at an administrator's log-in would end up in every mail."""
        get_param = self.env["ir.config_parameter"].get_param
        before = get_param("web.base.url")
        new_test_user(self.env, "platform_admin", "base.group_system")
        self.env["res.users"].authenticate(
            {"login": "platform_admin", "password": "platform_admin", "type": "password"},
            {"base_location": "http://pirate.test"},
        )
        self.assertEqual(get_param("web.base.url"), before)
