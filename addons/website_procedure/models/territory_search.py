from odoo import api, models


class TerritorySearch(models.AbstractModel):
    _inherit = "territory.search"

    @api.model
    def _get_sources(self):
        """The published procedures, open to everybody."""
        Procedure_sudo = self.env["procedure.procedure"].sudo()
        published_sudo = Procedure_sudo.search(Procedure_sudo._get_public_domain())
        return [*super()._get_sources(), published_sudo]
