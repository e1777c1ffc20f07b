from odoo import api, models


class ContentReadingRule(models.AbstractModel):
    """Says who reads: what waits to be read follows each change of it."""

    _name = "content.reading.rule"
    _description = "What decides who reads contents"

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self.env["content.revision"]._assign_pending()
        return rules

    def write(self, vals):
        result = super().write(vals)
        # That somebody was told decides nothing.
        if set(vals) <= {"is_told"}:
            return result
        self.env["content.revision"]._assign_pending()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["content.revision"]._assign_pending()
        return result
