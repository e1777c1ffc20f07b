from odoo import models
from odoo.fields import Domain


class PartnerDelegate(models.Model):
    _inherit = "partner.delegate"

    def _on_ended(self):
        """Whom the others take off comes back by no invitation of hers, nor takes them off by a
        handing over. Who leaves by herself, by a new board or not, leaves what she prepared."""
        result = super()._on_ended()
        me = self.env.user.partner_id
        for delegate in self.filtered(lambda each: each.person_id != me):
            hers = Domain("organisation_id", "=", delegate.organisation_id.id)
            users = delegate.person_id.with_context(active_test=False).user_ids
            Handover, Invitation = (
                self.env["organisation.handover"],
                self.env["organisation.invitation"],
            )
            waiting = (
                hers & Domain("asked_by_id", "in", users.ids) & Domain("state", "=", "waiting")
            )
            for handover in Handover.search(waiting):
                handover._give_up()
            # Those of a new board that acts already stay.
            sent = hers & Domain("invited_by_id", "in", users.ids) & Domain("state", "=", "sent")
            sent &= Domain("handover_id", "=", False) | Domain("handover_id.state", "!=", "done")
            Invitation.search(sent).state = "withdrawn"
        return result
