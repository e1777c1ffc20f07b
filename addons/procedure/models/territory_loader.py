from odoo import models

from odoo.addons.territory_base.loader_columns import Column


class TerritoryLoader(models.AbstractModel):
    _inherit = "territory.loader"

    def _get_files(self):
        files = super()._get_files()
        files["epci"].columns["tribunal_administratif"] = Column("administrative_court")
        return files
