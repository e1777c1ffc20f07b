from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_retention_kept(self, rule):
        """An account stays open as long as one of its requests is undecided, or held."""
        kept = super()._get_retention_kept(rule)
        Request = self.env["procedure.request"]
        persons = self.partner_id
        undecided = Domain("state", "in", Request._get_open_states()) | Domain(
            "hold_ids", "any", [("lifted_on", "=", False)]
        )
        theirs = Domain("applicant_id", "in", persons.ids) | Domain(
            "acting_for_id.delegate_ids.person_id", "in", persons.ids
        )
        waiting = self.env["res.partner"]
        for request in Request.search(undecided & theirs):
            waiting |= request._get_applicants() | request.applicant_id
        for user in self:
            if user.partner_id in waiting:
                kept[user] = self.env._("a request is not decided yet")
        return kept
