from odoo import api, fields, models


class PersonMergeWizard(models.TransientModel):
    """What will move is shown before anything does."""

    _name = "person.merge.wizard"
    _description = "Merge of two sheets, shown first"

    kept_id = fields.Many2one("res.partner", "Sheet that stays", required=True)
    merged_id = fields.Many2one("res.partner", "Sheet that joins it", required=True)
    preview = fields.Text("What moves", compute="_compute_preview")
    reason = fields.Text("What shows that it is one person", required=True)

    @api.depends("kept_id", "merged_id")
    def _compute_preview(self):
        for wizard in self:
            moves = self.env["person.merge"]._count_moves(wizard.kept_id, wizard.merged_id)
            lines = [f"{name}\xa0: {count}" for name, count in moves]
            wizard.preview = "\n".join(lines) or self.env._("Nothing: this sheet is empty.")

    def action_swap(self):
        """The other one stays."""
        self.ensure_one()
        self.kept_id, self.merged_id = self.merged_id, self.kept_id
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_merge(self):
        self.ensure_one()
        self.env["person.merge"]._merge(self.kept_id, self.merged_id, self.reason)
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.kept_id.id,
            "view_mode": "form",
            "views": [(self.env.ref("partner_household.res_partner_view_form").id, "form")],
        }
