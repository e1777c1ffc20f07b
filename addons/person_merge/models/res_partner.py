from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    has_similar = fields.Boolean(
        "Similar sheet",
        compute="_compute_has_similar",
        search="_search_has_similar",
        groups="base.group_user",
        help="Another sheet has the same names and birth date.",
    )

    @api.depends("identity_key")
    def _compute_has_similar(self):
        for partner in self:
            partner.has_similar = bool(partner.possible_duplicate_id)

    @api.model
    def _search_has_similar(self, operator, value):
        """For those who read the file of both; the rules say which."""
        if operator != "in" or len(value) != 1:
            return NotImplemented
        groups = self.sudo()._read_group(
            Domain("identity_key", "!=", False), ["identity_key"], having=[("__count", ">", 1)]
        )
        similar_sudo = self.sudo().search(Domain("identity_key", "in", [key for (key,) in groups]))
        shown = similar_sudo.sudo(self.env.su).filtered("possible_duplicate_id")
        return Domain("id", "in" if True in value else "not in", shown.ids)

    def action_merge_sheets(self):
        """Of the two that are selected, or of this one and its similar sheet."""
        pair = self if len(self) > 1 else self | self.possible_duplicate_id
        if len(pair) != 2:
            raise UserError(self.env._("Select two sheets."))
        pair._check_file_read_by_user()
        # Her account goes on; of two, the older one.
        kept, merged = pair.sorted(lambda each: (not each.sudo().user_ids, each.id))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("One person, two sheets"),
            "res_model": "person.merge.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_kept_id": kept.id, "default_merged_id": merged.id},
        }
