from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged

PASSWORD = "une phrase assez longue"
OF_OTHERS = ("assets_password", "assets_search", "assets_village")
PUBLIC_PAGES = [
    "/",
    "/web/login",
    "/web/reset_password",
    "/mentions-legales",
    "/accessibilite",
    "/donnees-personnelles",
    "/plan-du-site",
]


def set_names(partner, first, last):
    """Also where partner_firstname is installed, which would cut a whole name its own way."""
    if "firstname" in partner._fields:
        partner.write({"firstname": first, "lastname": last})
    else:
        partner.name = f"{first} {last}"


@tagged("post_install", "-at_install")
class ThemeCase(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        french = cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms(
            ["website_parts", "website_territory_theme"], ["fr_FR"]
        )
        cls.website = cls.env.ref("website.default_website")
        cls.website.write({"language_ids": [(4, french.id)], "default_lang_id": french.id})
        cls.website.company_id.write({"name": "Communauté d'essai", "phone": "03 53 01 00 00"})
        cls.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        cls.resident = new_test_user(
            cls.env,
            login="resident@example.com",
            password=PASSWORD,
            groups="base.group_portal",
        )
        set_names(cls.resident.partner_id, "Camille", "Duchêne")

    def open_page(self, path, status=200, **kwargs):
        response = self.url_open(path, **kwargs)
        self.assertEqual(response.status_code, status, path)
        return html.fromstring(response.content)

    def addresses(self, page):
        """What the browser would fetch or follow."""
        return page.xpath("//@href | //@src | //@action | //@data-src")

    def scripts(self, page):
        """But those that other addons bring, small, without which the page works too."""
        return [
            script
            for script in page.xpath("//script")
            if not any(name in (script.get("src") or "") for name in OF_OTHERS)
        ]
