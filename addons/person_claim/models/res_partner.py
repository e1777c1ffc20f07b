from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    claim_ids = fields.One2many(
        "person.claim", "subject_id", "Codes given", groups="base.group_user"
    )
    can_be_claimed = fields.Boolean(
        compute="_compute_can_be_claimed",
        groups="base.group_user",
        help="Nobody opens this file online yet, and you may give a code to its owner.",
    )

    @api.depends("kind", "active", "birthdate", "user_ids")
    @api.depends_context("uid")
    def _compute_can_be_claimed(self):
        self.can_be_claimed = False
        me = self.env.user.partner_id
        # A member of a household is named by its row, and not always read.
        for partner in self.sudo(False)._filtered_access("read") - me:
            partner.can_be_claimed = (
                partner._is_file_read_by_user() and partner.sudo()._is_claimable()
            )

    def _is_claimable(self):
        """An adult without account, an organisation. In superuser mode."""
        self.ensure_one()
        if self._is_organisation():
            return self.active
        return (
            self.active
            and self.kind == "person"
            and bool(self.birthdate)
            and not self.is_minor
            and not self.with_context(active_test=False).user_ids
        )

    def action_give_claim(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open this file online"),
            "res_model": "person.claim.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_subject_id": self.id},
        }
