import io
from unittest.mock import patch

from lxml import html
from PIL import Image

from odoo import Command
from odoo.tests import HttpCase


def photo(colour="red", side=40):
    """A real JPEG: the upload check redraws it."""
    content = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(content, "JPEG")
    return content.getvalue()


class PageReading:
    """What a person finds on a page; `response.tree` is the page."""

    def hidden(self, response, form="//main//form[@method='post']"):
        """The hidden inputs, as the browser sends them back."""
        inputs = response.tree.xpath(f"({form})[1]//input[@type='hidden']")
        return {field.get("name"): field.get("value") or "" for field in inputs}

    def value(self, response, name):
        """What the person finds in this field: text, or the list of what is ticked."""
        fields = response.tree.xpath(f"//main//*[@name='{name}']")
        first = fields[0]
        if first.tag == "textarea":
            return first.text or ""
        if first.tag == "select":
            return (first.xpath("option[@selected]/@value") or [""])[0]
        if first.get("type") in ("radio", "checkbox"):
            return [field.get("value") for field in fields if field.get("checked")]
        return first.get("value") or ""

    def errors(self, response):
        """{name of the field: sentence beside it}, checked against the summary on top."""
        found = {}
        for message in response.tree.xpath("//*[contains(@class, 'et-err')]"):
            field_id = message.get("id")[:-2]
            owner = response.tree.xpath(f"//main//*[@id='{field_id}']")[0]
            names = owner.xpath("(.|.//input)[@name]/@name")
            # Without any place left for a file, its field has no input.
            name = names[0] if names else field_id.removeprefix("f-")
            found[name] = " ".join(message.text_content().split())
            self.assertTrue(
                response.tree.xpath(f"//*[@id='erreurs']//a[@href='#{field_id}']"),
                "Each error is in the summary, with a link to its field",
            )
        return found

    def notice(self, response):
        return " ".join(
            " ".join(node.text_content().split())
            for node in response.tree.xpath("//*[contains(@class, 'et-notice')][@role='status']")
        )

    def asked_again(self, response):
        """Where Back leads from the answer to a post; empty: to the browser's own page."""
        return "".join(response.tree.xpath("//main//script/@data-again"))

    def choices(self, response, name):
        """{what the person reads in this list: its value}, in the order of the list."""
        options = response.tree.xpath(f"//main//select[@name='{name}']/option[@value!='']")
        return {option.text.strip(): option.get("value") for option in options}

    def title(self, response):
        return " ".join(response.tree.findtext(".//title").split())


class PageCase(PageReading, HttpCase):
    """The site in French, read by a browser without script; sent mails stay in the queue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        french = cls.env["res.lang"]._activate_lang("fr_FR")
        cls.website = cls.env["website"].search([], limit=1)
        cls.website.write({"language_ids": [Command.set(french.ids)], "default_lang_id": french.id})
        cls.env["ir.config_parameter"].set_param("public_guard.min_fill_seconds", "0")

    def setUp(self):
        super().setUp()
        # Mails stay in the queue, where the tests read them.
        self.sending = patch("odoo.addons.mail.models.mail_mail.MailMail.send", autospec=True)
        self.sending.start()
        self.addCleanup(self.sending.stop)

    def press(self, response, button, **typed):
        """What a browser without script sends when this button of the page is pressed: the inputs
        of its form as they are shown, what is typed in them, the button's own name."""
        [pressed] = [
            each
            for each in response.tree.xpath("//main//form[@method='post']//button")
            if " ".join(each.text_content().split()) == button
        ]
        form = next(pressed.iterancestors("form"))
        self.assertLessEqual(set(typed), set(form.fields), "Each is an input of this form")
        data = {**dict(form.form_values()), **typed}
        if pressed.get("name"):
            data[pressed.get("name")] = pressed.get("value") or ""
        path = pressed.get("formaction") or form.get("action") or response.url
        return self.post(path, data)

    def post(self, path, data, files=None):
        """Send what the form of the last page would: no redirection is followed."""
        response = self.url_open(path, data=data, files=files, allow_redirects=False)
        response.tree = html.fromstring(response.content or b"<html/>")
        return response

    def get(self, path, **kwargs):
        response = self.url_open(path, **kwargs)
        response.tree = html.fromstring(response.content)
        return response

    def sign_in(self, user):
        self.authenticate(user.login, user.login + "x" * (8 - len(user.login)))

    def log_in(self, user):
        """By the page, in the same browser: what its session holds stays."""
        hidden = self.hidden(self.get("/web/login"), "//form[contains(@class, 'oe_login_form')]")
        password = user.login + "x" * (8 - len(user.login))
        return self.post("/web/login", {**hidden, "login": user.login, "password": password})

    def count_queries(self, path):
        """Queries of one page, once everything that is cached is."""
        self.url_open(path)
        self.env.flush_all()
        before = self.cr.sql_log_count
        self.assertEqual(self.url_open(path).status_code, 200)
        return self.cr.sql_log_count - before
