"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""


class Mails:
    SENDERS = {"models/content_revision_mail.py:_send": "content"}

    def make_content(self):
        commune = self.env["territory.commune"].search([], limit=1).with_user(self.agent)
        for template in self._get_templates("content.revision"):
            commune._propose()._send(template, self.agent)
