from odoo import api, models


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    @api.model
    def _get_morning_links(self):
        link = {"label": self.env._("Forms to print"), "method": "action_open_blank_forms"}
        return [*super()._get_morning_links(), link]

    def action_open_blank_forms(self):
        """The published forms, each with its paper."""
        action = "website_procedure_blank.procedure_blank_action"
        return self.env["ir.actions.act_window"]._for_xml_id(action)
