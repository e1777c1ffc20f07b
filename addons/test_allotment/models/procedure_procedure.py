from odoo import api, fields, models

from ..pages.allotment_page import AllotmentPage


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    kind = fields.Selection(
        selection_add=[("allotment", "Allotment")], ondelete={"allotment": "set generic"}
    )

    plot_ids = fields.Many2many(
        "allotment.plot", string="Plots that it lets", help="Empty: all the plots of its service."
    )
    rent_ids = fields.One2many("allotment.rent", "procedure_id", "Rents")
    plots_let_on = fields.Date("Plots let on", help="Nobody answers after that day.")

    @api.model
    def _get_required_keys(self, kind):
        keys = super()._get_required_keys(kind)
        if kind == "allotment":
            keys |= {"garden_project": "text", "plot_size": "selection"}
        return keys

    def _get_prefill_values(self, partner, chosen=None):
        """The plot of the one for whom she asks. In the mode of the form: hers."""
        values = super()._get_prefill_values(partner, chosen)
        if self.kind != "allotment":
            return values
        domain = [("request_id.acting_for_id", "=", chosen.id if chosen else False)]
        if not chosen:
            domain.append(("request_id.applicant_id", "=", partner.id))
        plots_sudo = self.env["allotment.plot"].sudo().search(domain, limit=1)
        return {**values, "allotment_plot": plots_sudo.name}

    def _get_form_page_parts(self):
        parts = super()._get_form_page_parts()
        return [AllotmentPage, *parts] if self.kind == "allotment" else parts
