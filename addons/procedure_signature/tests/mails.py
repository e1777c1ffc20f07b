"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""

from datetime import timedelta

from odoo.addons.territory_base import clock


class Mails:
    SENDERS = {"models/procedure_signature_link.py:_send_mail": "signature"}

    def make_signature(self):
        for template in self._get_templates("procedure.signature"):
            signature = self.env["procedure.signature"].create(
                {
                    "request_id": self.request.id,
                    "field_key": "note",
                    "email": "signataire@exemple.fr",
                    "date_due": clock.today() + timedelta(days=10),
                }
            )
            signature._send_mail(template, "/signer/x", code="123456")
