from odoo import api, fields, models


class PersonMergeWizard(models.TransientModel):
    """Both sheets, and what will move, are shown before anything does."""

    _name = "person.merge.wizard"
    _description = "Merge of two sheets, shown first"

    kept_id = fields.Many2one("res.partner", "Sheet that stays", required=True)
    merged_id = fields.Many2one("res.partner", "Sheet that joins it", required=True)
    kept_kind = fields.Selection(related="kept_id.kind", related_sudo=False)
    preview = fields.Html("What moves", compute="_compute_preview", sanitize=False)
    reason = fields.Text("What shows that they are one", required=True)

    @api.depends("kept_id", "merged_id")
    def _compute_preview(self):
        Merge = self.env["person.merge"]
        for wizard in self:
            pair = wizard.kept_id, wizard.merged_id
            wizard.preview = self.env["ir.qweb"]._render(
                "person_merge.preview",
                {
                    "lines": Merge._compare(*pair),
                    "moves": Merge._count_moves(*pair),
                },
            )

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
        return self.kept_id._open_sheet()
