from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..kinds import KINDS


class ResPartner(models.Model):
    _inherit = "res.partner"

    similar_sheet_id = fields.Many2one(
        "res.partner",
        "Similar sheet",
        compute="_compute_similar_sheet_id",
        groups="territory_base.territory_group_agent,territory_base.territory_group_secretary,"
        "territory_base.territory_group_manager",
        help="Another sheet seems to be the same person, household or organisation; told to those "
        "who read the file of both.",
    )
    has_similar = fields.Boolean(
        "Has a similar sheet",
        compute="_compute_has_similar",
        search="_search_has_similar",
        groups="base.group_user",
    )

    @api.depends_context("uid")
    def _compute_similar_sheet_id(self):
        self.similar_sheet_id = False
        readable = self.filtered(lambda each: each.id and each._is_file_read_by_user())
        for kind in KINDS:
            sheets_sudo = readable.sudo().filtered(kind.is_listed)
            if not sheets_sudo:
                continue
            for sheet_sudo, others_sudo in kind.find_similar(sheets_sudo).items():
                others = others_sudo.sudo(self.env.su)
                read = others.filtered(lambda each: each._is_file_read_by_user())
                sheet_sudo.sudo(self.env.su).similar_sheet_id = read[:1]

    @api.depends("similar_sheet_id")
    def _compute_has_similar(self):
        for partner in self:
            partner.has_similar = bool(partner.similar_sheet_id)

    @api.model
    def _search_has_similar(self, operator, value):
        """For those who read the file of both; the rules say which."""
        if operator != "in" or len(value) != 1:
            return NotImplemented
        similar_sudo = self.sudo().browse()
        for kind in KINDS:
            similar_sudo |= kind.find_all(similar_sudo.env)
        shown = similar_sudo.sudo(self.env.su).filtered("similar_sheet_id")
        return Domain("id", "in" if True in value else "not in", shown.ids)

    def action_merge_sheets(self):
        """Of the two that are selected, or of this one and its similar sheet."""
        pair = self if len(self) > 1 else self | self.similar_sheet_id
        if len(pair) != 2:
            raise UserError(self.env._("Select two sheets."))
        pair._check_file_read_by_user()
        # Her account goes on; of two, the older one.
        kept, merged = pair.sorted(lambda each: (not each.sudo().user_ids, each.id))
        titles = {
            "person": self.env._("One person, two sheets"),
            "household": self.env._("One household, two sheets"),
        }
        return {
            "type": "ir.actions.act_window",
            "name": titles.get(kept.kind, self.env._("One organisation, two sheets")),
            "res_model": "person.merge.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_kept_id": kept.id, "default_merged_id": merged.id},
        }
