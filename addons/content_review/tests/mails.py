"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""


class Mails:
    SENDERS = {"models/content_review.py:_send": "review"}

    def make_review(self):
        self.env["content.review"].search([]).unlink()
        commune = self.env["territory.commune"].search([], limit=1)
        self.env["content.review"]._make(commune)._send(self.agent)
