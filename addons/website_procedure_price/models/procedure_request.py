from odoo import models


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def _prepare_portal_blocks(self, by=None):
        """What is to be paid, and how: nothing of the request waits for it."""
        blocks = super()._prepare_portal_blocks(by)
        if not self.payment_state:
            return blocks
        return [
            *blocks,
            {
                "name": "paiement",
                "title": self.env._("Payment"),
                "template": "website_procedure_price.portal_payment",
                "values": {
                    "state": self.payment_state,
                    "amount": self.price_label,
                    "reference": self.payment_reference,
                    "url": self._get_payment_url(),
                    "how": self._get_other_means(),
                    "is_payfip": self.procedure_id.payment_kind == "payfip",
                },
                "acts": [],
            },
        ]
