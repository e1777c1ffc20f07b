from odoo import api, models


class ProcedureLetterTemplate(models.Model):
    _inherit = "procedure.letter.template"

    @api.model
    def _get_merge_fields(self):
        return {**super()._get_merge_fields(), "parcelle": self.env._("plot that is let")}

    def _get_merge_values(self, request):
        plots_sudo = request.sudo().plot_ids
        values = super()._get_merge_values(request)
        return {**values, "parcelle": ", ".join(plots_sudo.mapped("name"))}
