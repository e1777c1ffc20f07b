from odoo.tests import new_test_user

from .common import PASSWORD, ThemeCase

LAZY = "web.assets_frontend_lazy"


class TestEditor(ThemeCase):
    def bundles(self, path):
        return " ".join(self.open_page(path).xpath("//script/@src | //script/@data-src"))

    def test_editor_gets_core_scripts(self):
        new_test_user(
            self.env,
            login="redactrice",
            password=PASSWORD,
            groups="base.group_user,website.group_website_designer",
        )
        self.assertNotIn(LAZY, self.bundles("/"))
        self.authenticate("redactrice", PASSWORD)
        self.assertIn(LAZY, self.bundles("/"))
        page = self.open_page("/")
        self.assertEqual(page.get("lang"), "fr-FR", "core's scripts read the region there")
        self.assertTrue(page.get("data-website-id"))

    def test_interactive_page_gets_core_scripts(self):
        view = self.env.ref("website_territory_theme.legal_notice_more")
        view.arch = '<t t-name="x"><div class="o_portal_chatter" /></t>'
        self.assertIn(LAZY, self.bundles("/mentions-legales"))

    def test_resident_gets_them_only_where_a_widget_is(self):
        self.authenticate("resident@example.com", PASSWORD)
        self.assertNotIn(LAZY, self.bundles("/my"))
        self.assertIn(LAZY, self.bundles("/my/security"))
