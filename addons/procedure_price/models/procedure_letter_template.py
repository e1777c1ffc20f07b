from odoo import api, models


class ProcedureLetterTemplate(models.Model):
    _inherit = "procedure.letter.template"

    @api.model
    def _get_merge_fields(self):
        return {**super()._get_merge_fields(), "prix": self.env._("price of the request")}

    def _get_merge_values(self, request):
        """With its unit; nothing for a request without price."""
        values = super()._get_merge_values(request)
        return {**values, "prix": request.sudo().price_label}
