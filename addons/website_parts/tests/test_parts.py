from lxml import html

from odoo.tests import TransactionCase, tagged

from ..tools.item import make_item


@tagged("post_install", "-at_install")
class TestParts(TransactionCase):
    """The contract of readme/USAGE.md, for the addons that call the parts."""

    def render(self, part, content="", **values):
        view = self.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "key": f"website_parts.test_{part}",
                "arch": f'<t t-call="website_parts.{part}">{content}</t>',
            }
        )
        rendered = self.env["ir.qweb"]._render(view.id, values)
        return html.fragment_fromstring(str(rendered), create_parent="div")

    def test_row_is_a_link_with_its_words(self):
        row = self.render(
            "row", row_url="/demarches/bac", row_title="Demander un bac", row_icon="trash"
        )
        self.assertEqual(row.xpath("li//a/@href"), ["/demarches/bac"])
        self.assertTrue(row.xpath("li/svg[@aria-hidden='true']/path"))
        self.assertFalse(row.xpath(".//p"))

    def test_every_icon_that_the_parts_use_is_drawn(self):
        for name in ("alert-triangle", "bell", "check", "clock", "hourglass", "info-circle", "x"):
            self.assertTrue(self.render("icon", icon=name).xpath("svg/path"), name)

    def test_what_appears_is_announced(self):
        content = "<p>La tournée passe mercredi.</p>"
        notice = self.render("notice", content, notice_kind="alert", notice_live=True)
        self.assertEqual(notice.xpath("div/@role"), ["status"])
        self.assertIn("et-notice--alert", notice.xpath("div/@class")[0])
        self.assertFalse(self.render("notice", "<p>x</p>").xpath("div/@role"))

    def test_state_is_a_word_and_a_colour(self):
        tag = self.render("state_tag", tag={"tone": "moi", "label": "À vous de répondre"})
        self.assertIn("et-tag--moi", tag.xpath("span/@class")[0])
        self.assertIn("À vous de répondre", tag.text_content())

    def test_error_summary_links_to_the_fields(self):
        errors = [("phone", "Téléphone : il manque un chiffre"), ("people", "À remplir")]
        summary = self.render("summary", errors=errors)
        self.assertEqual(summary.xpath(".//a/@href"), ["#phone", "#people"])
        self.assertTrue(summary.xpath("div[@role='alert'][@tabindex='-1'][@autofocus]"))
        self.assertFalse(self.render("summary", errors=[]).xpath("div"))

    def test_field_is_drawn_by_its_widget_or_its_own_template(self):
        item = make_item("phone", {"phone": "Il manque un chiffre"}, label="Téléphone")
        field = self.render("field", field=item)
        self.assertEqual(field.xpath(".//input/@aria-describedby"), ["f-phone-e"])
        self.assertIn("Il manque un chiffre", field.text_content())
        item = make_item("phone", {}, label="Plan", template="website_parts.link_shown", url="/p")
        self.assertEqual(self.render("field", field=item).xpath(".//a/@href"), ["/p"])
