from odoo import models

# The files that bring the details of town halls.
LENDERS = ("territory.service", "territory.opening")


class TerritoryLoader(models.AbstractModel):
    """What a file changes of a town hall is a new version of the page of its commune."""

    _inherit = "territory.loader"

    def _write_rows(self, stem, file, values_list):
        if file.model not in LENDERS:
            return super()._write_rows(stem, file, values_list)
        before = self.env["territory.commune"]._read_town_halls()
        loader = self.with_env(self.env["territory.service"]._as_publication().env)
        report = super(TerritoryLoader, loader)._write_rows(stem, file, values_list)
        for commune, details in self.env["territory.commune"]._read_town_halls().items():
            if details != before[commune]:
                is_online = commune.is_online or not commune.version
                commune._publish_as(f"{stem}.csv", {}, is_online)
        return report
