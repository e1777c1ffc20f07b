"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""


class Mails:
    SENDERS = {"models/procedure_digest.py:_send": "digest"}

    def make_digest(self):
        self.waste.digest_date = False
        self.env["procedure.digest"]._send_due()
        self.env["procedure.digest"]._send_at_once(self.request.sudo())
