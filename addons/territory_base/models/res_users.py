from odoo import api, fields, models

SCOPE_FIELDS = {"territory_service_ids", "territory_commune_ids"}


class ResUsers(models.Model):
    _inherit = "res.users"

    # Never an archived one, whatever the context of a remote call: what they let do is read here.
    territory_service_ids = fields.Many2many(
        "territory.service",
        "territory_service_user_rel",
        "user_id",
        "service_id",
        string="Services",
        context={"active_test": True},
    )
    territory_commune_ids = fields.Many2many(
        "territory.commune",
        "territory_commune_user_rel",
        "user_id",
        "commune_id",
        string="Communes",
        help="The communes that a secretary looks after.",
    )

    @api.depends_context("uid")
    def _compute_display_name(self):
        """See `res.partner`: core shows who created a record to whoever reads it.

        Also without superuser mode: the name is the partner's, that core reads without check. A
        resident is told of no member of the staff: who made, changed or handles a record.
        """
        result = super()._compute_display_name()
        hidden_sudo = self.sudo().partner_id._hidden_from_user()
        if self.env.user.share:
            hidden_sudo |= (self - self.env.user).sudo().partner_id
        for user in self.filtered(lambda user: user.sudo().partner_id in hidden_sudo):
            user.display_name = self.env._("Not shown")
        return result

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._mark_residents()
        if any(SCOPE_FIELDS & set(vals) for vals in vals_list):
            self.env["territory.service"]._clear_rule_cache()
        return users

    def write(self, vals):
        result = super().write(vals)
        if "group_ids" in vals:
            self._mark_residents()
        if SCOPE_FIELDS & set(vals):
            self.env["territory.service"]._clear_rule_cache()
        return result

    def _mark_residents(self):
        """Whoever has an account of the portal is a person: not a technical contact."""
        residents_sudo = self.sudo().filtered(lambda user: user._is_portal())
        residents_sudo.partner_id.filtered(lambda partner: not partner.kind).kind = "person"
