"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""

from odoo import fields


class Mails:
    SENDERS = {"models/procedure_mail_answer.py:_answer": "gateway"}

    def make_gateway(self):
        # Another one each time: the same one has few answers in a day.
        sender = f"voisin{fields.Datetime.now():%H%M%S}@exemple.org"
        raw = (
            f"From: {sender}\r\nTo: {self.request.sudo()._get_mail_address()}\r\n"
            f"Message-ID: <{sender}>\r\nSubject: Re: bac\r\n\r\nBonjour"
        )
        self.env["mail.thread"].message_process(None, raw.encode())
