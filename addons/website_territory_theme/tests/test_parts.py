from lxml import html

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestParts(TransactionCase):
    """The contract of readme/USAGE.md, for the addons that call the parts."""

    def render(self, part, content="", **values):
        view = self.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "key": f"website_territory_theme.test_{part}",
                "arch": f'<t t-call="website_territory_theme.{part}">{content}</t>',
            }
        )
        rendered = self.env["ir.qweb"]._render(view.id, values)
        return html.fragment_fromstring(str(rendered), create_parent="div")

    def test_row_is_a_link_with_its_words(self):
        row = self.render(
            "part_row", row_url="/demarches/bac", row_title="Demander un bac", row_icon="trash"
        )
        self.assertEqual(row.xpath("li//a/@href"), ["/demarches/bac"])
        self.assertTrue(row.xpath("li/svg[@aria-hidden='true']/path"))
        self.assertFalse(row.xpath(".//p"))

    def test_every_icon_that_the_parts_use_is_drawn(self):
        for name in ("alert-triangle", "bell", "check", "clock", "hourglass", "info-circle", "x"):
            self.assertTrue(self.render("part_icon", icon=name).xpath("svg/path"), name)

    def test_alert_is_announced(self):
        notice = self.render(
            "part_notice", "<p>La tournée passe mercredi.</p>", notice_kind="alert"
        )
        self.assertEqual(notice.xpath("div/@role"), ["alert"])
        self.assertIn("et-notice--alert", notice.xpath("div/@class")[0])
        self.assertFalse(self.render("part_notice", "<p>x</p>").xpath("div/@role"))

    def test_state_is_a_word_and_a_colour(self):
        tag = self.render("part_state_tag", state_tone="yours", state_label="À vous de répondre")
        self.assertIn("et-tag--moi", tag.xpath("span/@class")[0])
        self.assertIn("À vous de répondre", tag.text_content())

    def test_time_line_says_which_step_is_now(self):
        line = self.render(
            "part_timeline",
            timeline=[
                {"when": "done", "title": "Envoyée", "text": "Lundi"},
                {"when": "now", "title": "Nous l'étudions"},
                {"when": "next", "title": "Réponse"},
            ],
        )
        self.assertEqual(line.xpath(".//li[@aria-current='step']/h3/text()"), ["Nous l'étudions"])
        self.assertEqual(len(line.xpath(".//li")), 3)

    def test_error_summary_links_to_the_fields(self):
        errors = [("phone", "Téléphone : il manque un chiffre"), ("people", "À remplir")]
        summary = self.render("part_error_summary", errors=errors)
        self.assertEqual(summary.xpath(".//a/@href"), ["#phone", "#people"])
        self.assertTrue(summary.xpath("div[@role='alert'][@tabindex='-1'][@autofocus]"))
        self.assertFalse(self.render("part_error_summary", errors=[]).xpath("div"))
