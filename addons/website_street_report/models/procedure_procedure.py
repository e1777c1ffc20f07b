from odoo import models

from odoo.addons.street_report.models.procedure_procedure import STREET

from ..pages.street_page import StreetPage


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    def _get_form_page_parts(self):
        parts = super()._get_form_page_parts()
        return [StreetPage, *parts] if self.kind == STREET else parts
