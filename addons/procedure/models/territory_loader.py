from odoo import models


class TerritoryLoader(models.AbstractModel):
    _inherit = "territory.loader"

    def _prepare_company(self, check, rows):
        model, key, (values,) = super()._prepare_company(check, rows)
        court = self._known({"administrative_court": rows[0][1].get("tribunal_administratif")})
        return model, key, [{**values, **court}]
