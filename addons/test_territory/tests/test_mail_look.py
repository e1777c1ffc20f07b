import re

from lxml import html

from odoo.tests import tagged
from odoo.tools import email_normalize

from odoo.addons.territory_base.models.mail_mail import MARK

from .mail_makers import ADDONS, MailMakers

# Nothing to open: a code to type on the page that waits, an answer to what was written to us.
WITHOUT_BUTTON = {"form", "gateway", "core_email", "core_second_lock", "core_templates"}
# Core's own words, in our look: an administrator sends them when she asks for a second lock.
CORE_WORDS = {"core_second_lock", "core_templates"}
TERRITORY = "Communauté de communes du Test"
PHONE = "03 99 00 00 09"


@tagged("post_install", "-at_install", "-standard", "sweep_mails")
class TestMailLook(MailMakers):
    """Every mail that leaves says who writes, what to do and whom to call, in one look, in French,
    and the same in plain text (inhabitant review, D14)."""

    def setUp(self):
        super().setUp()
        self.env.company.write({"name": TERRITORY, "phone": PHONE})
        self._as_data(self.env["territory.service"].search([])).phone = PHONE
        (self.agent + self.colleague + self.camille).lang = "fr_FR"
        self.env = self.env(context={**self.env.context, "lang": "fr_FR"})

    def _get_core_makers(self):
        return sorted(
            name.removeprefix("make_") for name in dir(self) if name.startswith("make_core_")
        )

    def make_core_templates(self):
        """Whatever another module of core brings: none is sent bare."""
        ours = {path.name for path in ADDONS.iterdir()}
        for template in self.env["mail.template"].search([]):
            module = (template.get_external_id()[template.id] or "").partition(".")[0]
            record = self.env[template.model].search([], limit=1) if template.model else None
            if module not in ours and record:
                template.send_mail(record.id, email_values={"email_to": "core@exemple.fr"})

    def _make(self, maker):
        self.env["mail.mail"].search([]).unlink()
        self.server.mails.clear()
        getattr(self, f"make_{maker}")()
        self.env.flush_all()
        made = self.env["mail.mail"].search([])
        for mail in made:
            self.assertEqual(mail.body_html.count(MARK), 1, f"{maker}: {mail.subject} is bare")
        # Some wait for their letter.
        made.scheduled_date = False
        self.server.run_queue()
        self.assertTrue(self.server.mails, maker)
        return [message for _address, message in self.server.mails]

    def _find_faults(self, maker, message):
        parts = {part.get_content_type(): part for part in message.walk()}
        body = parts["text/html"].get_content()
        text = " ".join(parts["text/plain"].get_content().split())
        page = html.fromstring(body)
        buttons = page.xpath("//a[contains(@class, 'm-btn')]")
        base = self.env["mail.mail"].get_base_url()
        yield page.get("lang") != "fr", "its language"
        yield len(page.xpath("//p[contains(@class, 'm-brand')]")) != 1, "the territory once"
        yield TERRITORY not in text, "the territory in words"
        yield len(re.findall("Bonjour|Cher", text)) != 1, "one greeting"
        yield PHONE not in text, "a telephone"
        yield not page.xpath("//a[starts-with(@href, 'tel:')]"), "a telephone to press"
        yield "ne demandons jamais" not in text, "what we never ask"
        yield len(buttons) > 1, "one button only"
        yield not buttons and maker not in WITHOUT_BUTTON, "a button"
        yield buttons and buttons[0].get("href") not in text, "the address of the button in words"
        links = page.xpath("//a/@href")
        outside = [each for each in links if not each.startswith((base, "tel:", "/mail/"))]
        yield outside, f"nowhere else: {outside}"
        for tag in ("table", "img", "script", "form"):
            yield bool(page.xpath(f"//{tag}")) and maker not in CORE_WORDS, f"no {tag}"
        yield "{" in text, "no style in the words"
        if maker not in CORE_WORDS:
            yield not page.xpath("//h1"), "a title"
            yield re.search(r"Odoo\b", body), "not its publisher"
            for words in ("Hello", "Dear ", " your ", "Your "):
                yield words in text, f"French: {words}"

    def test_every_mail_has_the_look_and_a_plain_twin(self):
        faults = []
        for maker in [*self._get_makers(), *self._get_core_makers()]:
            for message in self._make(maker):
                faults += [
                    f"{maker}: {message['Subject']}: {what}"
                    for is_wrong, what in self._find_faults(maker, message)
                    if is_wrong
                ]
        self.assertFalse(faults, "\n".join(["", *faults]))

    def test_a_mail_that_nobody_dressed_leaves_dressed(self):
        """What a module of core makes by itself."""
        self.server.mails.clear()
        self.env["mail.mail"].create(
            {
                "subject": "Nu",
                "body_html": "<p>Des mots.</p><p><a href='/web/login'>Ouvrir</a></p>",
                "email_to": "nu@exemple.fr",
            }
        )
        self.server.run_queue()
        [message] = self.server.received(email_normalize("nu@exemple.fr"))
        body = message.get_body(("html",)).get_content()
        self.assertEqual(body.count(MARK), 1)
        self.assertIn("Des mots.", body)
        self.assertIn("m-btn", body)
