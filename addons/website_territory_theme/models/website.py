import re

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.territory_base import clock

# What makes a page need core's scripts: a form or a widget that is drawn in the browser.
INTERACTIVE = re.compile(
    r"<owl-component|o_conditional_hidden|o_portal_chatter|o_customer_address_fill"
    r"|o_portal_security_body|passkey_login_link"
    r'|data-snippet="s_(?:website_form|dynamic|countdown|carousel|image_gallery|map|google_map'
    r"|chart|popup|searchbar|tabs|table_of_content|facebook_page|newsletter|quotes_carousel)"
)
# A page of ours (not of another core module), without block of the builder nor icon font.
OWN_PAGE = re.compile(r'class="[^"]*\bet-(?:top|hero|vhero)\b')
COMPOSED = re.compile(r'data-snippet=|data-oe-shape-data|class="[^"]*\b(?:fa|oi) (?:fa|oi)-')
ACCESSIBILITY_VALIDITY = 3


class Website(models.Model):
    _inherit = "website"

    territory_brand_line = fields.Char(
        "Line above the name", help="Example: Communauté de communes"
    )
    territory_brand_name = fields.Char(
        "Name shown in the head", help="The name of the site when empty"
    )
    territory_phone_hours = fields.Text(
        "Phone hours", help="Shown beside the phone number, on every page"
    )
    territory_home_title = fields.Char("Title of the home page", translate=True)
    territory_home_lead = fields.Char("Sentence under the title", translate=True)
    territory_publisher = fields.Char(
        "Director of publication", help="Name and office of the person in charge of the site"
    )
    territory_host = fields.Text("Host", help="Name, address and phone number of the host")
    territory_dpo = fields.Text(
        "Data protection officer", help="Name and contact of the person who answers about data"
    )
    territory_accessibility_contact = fields.Char(
        "Accessibility contact", help="E-mail or phone; the company's e-mail when empty"
    )
    territory_audit_date = fields.Date("Accessibility audit on")
    territory_audit_rate = fields.Float(
        "Criteria met (%)", digits=(5, 2), help="Measured by the audit"
    )
    territory_audit_author = fields.Char("Audit made by")
    territory_audit_findings = fields.Text(
        "Not accessible",
        help="Points to mend, derogations for disproportionate burden, contents not covered",
    )
    territory_audit_environment = fields.Text(
        "How it was tested", help="Browsers and assistive technologies, tools, pages audited"
    )
    territory_accessibility_updated = fields.Date("Date of the declaration")
    territory_accessibility_plan = fields.Char(
        "Accessibility plan", help="Where the plan of several years and the yearly one are read"
    )

    _territory_audit_rate_valid = models.Constraint(
        "CHECK(territory_audit_rate >= 0 AND territory_audit_rate <= 100)",
        "The rate of the audit is a percentage, from 0 to 100.",
    )

    @api.model
    def _get_plain_text(self, text):
        """Words of a template, which are HTML, as an attribute holds them: escaped once."""
        return " ".join(Markup(text or "").unescape().split())

    def _get_page_meta(self, meta, title, description):
        """What is shared of a page: its own title, description and address, whatever it shows.

        :param meta: core's, of the record that the page shows; empty when it shows none
        """
        self.ensure_one()
        title = self._get_plain_text(title)
        image = "social_default_image" if self.has_social_default_image else "logo"
        opengraph = {
            "og:type": "website",
            "og:site_name": self.name,
            "og:image": self.get_base_url() + self.image_url(self, image),
            **meta.get("opengraph_meta", {}),
            "og:locale": self.env.lang,
            "og:title": title,
            "og:description": description or None,
            "og:url": self._get_canonical_url(),
        }
        twitter = {
            "twitter:card": "summary",
            "twitter:image": opengraph["og:image"],
            **meta.get("twitter_meta", {}),
            "twitter:title": title,
            "twitter:description": description or None,
        }
        return {
            **meta,
            "opengraph_meta": {name: value for name, value in opengraph.items() if value},
            "twitter_meta": {name: value for name, value in twitter.items() if value},
        }

    @api.model
    def _get_search_url(self):
        """Where the search boxes go; a search page of the whole site overrides it."""
        return "/demarches"

    @api.model
    def _get_signup_url(self):
        """The addon that brings its own sign-up page overrides it."""
        return "/web/signup"

    @api.model
    def _get_user_names(self):
        """First and last name of the person signed in, also without partner_firstname."""
        partner = self.env.user.partner_id
        if "firstname" in partner._fields:
            return partner.firstname or partner.name, partner.lastname or ""
        return ((partner.name or "").split(maxsplit=1) + ["", ""])[:2]

    @api.model
    def _get_user_first_name(self):
        return self._get_user_names()[0]

    @api.model
    def _get_short_user_name(self):
        """ "Camille D.": enough to know who is signed in, on a phone."""
        first, last = self._get_user_names()
        return f"{first} {last[0]}." if first and last else first or last

    @api.model
    def _get_menu_current(self, is_page, address, path):
        """`aria-current` of an entry of the menu: `page` on its own page, `true` beneath it."""
        if is_page:
            return "page"
        address = (address or "").rstrip("/")
        return "true" if address and path.startswith(f"{address}/") else None

    def _is_accessibility_declared(self):
        """A declaration has a date and a plan (décret 2019-768): before, it is being prepared."""
        self.ensure_one()
        plan = (self.territory_accessibility_plan or "").strip()
        return bool(self.territory_accessibility_updated and plan)

    def _get_accessibility_state(self):
        """Without a valid audit the law says: not compliant."""
        self.ensure_one()
        audited = self.territory_audit_date
        if not audited or clock.today() > fields.Date.add(audited, years=ACCESSIBILITY_VALIDITY):
            return "none"
        if self.territory_audit_rate >= 100:
            return "full"
        return "partial" if self.territory_audit_rate >= 50 else "none"

    def _needs_scripts(self, body):
        """Visitors get no script at all; editors and interactive pages get core's bundles."""
        if self.env.user.has_group("website.group_website_restricted_editor"):
            return True
        return bool(INTERACTIVE.search(str(body)))

    def _is_plain_page(self, body):
        """A page that the light style of assets_visitor is enough to draw."""
        body = str(body)
        return bool(OWN_PAGE.search(body)) and not COMPOSED.search(body)

    def _is_siren(self, number):
        """9 digits name the body, 14 (SIRET) one of its places."""
        return len(re.sub(r"\D", "", number or "")) == 9

    def _get_canonical_url(self):
        """Core fails on an address with dot segments, hence on its own error page."""
        try:
            return super()._get_canonical_url()
        except ValueError:
            return self.get_base_url()

    def _api_rpc(self, *args, **kwargs):
        """Core's assistant tells its publisher what is typed, and fetches what that one answers."""
        raise AccessError(self.env._("This site asks nothing of the publisher of Odoo."))
