from odoo import fields, models


class CommuneBlock(models.Model):
    """How a commune arranged its page: the blocks that stand here come first, in this order."""

    _name = "commune.block"
    _description = "Block of the page of a commune"
    _inherit = ["content.guard.mixin"]
    _guards_whole_rows = True
    _order = "commune_id, sequence, id"

    commune_id = fields.Many2one("territory.commune", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    code = fields.Selection("_get_codes", "Block")
    shared_id = fields.Many2one(
        "commune.shared.block", "Block of the intercommunality", index=True, ondelete="cascade"
    )
    is_hidden = fields.Boolean("Hidden")

    _one_of_both = models.Constraint(
        "CHECK((code IS NULL) != (shared_id IS NULL))",
        "Choose a block of the page, or one of the intercommunality.",
    )

    def _get_codes(self):
        blocks = self.env["territory.commune"]._get_block_types()
        return [(code, block.title) for code, block in blocks.items()]

    def _get_approval_row(self, names):
        """The part, and whether people will see it."""
        title = dict(self._get_codes()).get(self.code) or self.sudo().shared_id.name or ""
        return title, self.env._("Hidden") if self.is_hidden else self.env._("Shown")

    def _get_key(self):
        self.ensure_one()
        return self.code or f"shared-{self.shared_id._origin.id}"
