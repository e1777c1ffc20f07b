from odoo import models

from odoo.addons.territory_base.loader_columns import NOTHING, Column, File

from ..tools import uai

SIDES = {"tous": "all", "pairs": "even", "impairs": "odd"}


class TerritoryLoader(models.AbstractModel):
    _inherit = "territory.loader"

    def _get_files(self):
        """Groups come before the schools that name them, sectors after."""
        files = super()._get_files()
        files["services"].columns.update(
            {
                "uai": Column("uai"),
                "niveaux": Column("level_ids"),
                "regroupement": Column("school_group_id"),
            }
        )
        group = File(
            "school.group",
            {"code": Column("code", required=True), "nom": Column("name", required=True)},
            keys=("code",),
        )
        sector = File(
            "school.sector",
            {
                "commune": Column("commune_id", required=True),
                "rue": Column("street"),
                "cote": Column("side", choices=SIDES),
                "du": Column("number_from"),
                "au": Column("number_to"),
                "ecole": Column("school_id", required=True),
                "niveaux": Column("level_ids"),
            },
            keys=("commune_id", "street", "side", "number_from", "number_to", "school_id"),
        )
        return {"school_groups": group, **files, "school_sectors": sector}

    def _read_services(self, cells, line, row):
        text = row.get("uai") or ""
        if text not in ("", NOTHING) and not uai.is_valid(uai.clean(text)):
            cells.error(line, "uai", self.env._("“%(value)s” is not a UAI", value=text))
        return {}

    def _read_school_sectors(self, cells, line, row):
        """What is not told is what the screen proposes: a row is found again by it."""
        if not row.get("rue") and any(row.get(name) for name in ("cote", "du", "au")):
            cells.error(line, "rue", self.env._("numbers are those of a street: write its name"))
        return {} if row.get("cote") else {"side": "all"}

    def _find_named(self, model, code):
        if model == "school.level":
            return self.env[model].search([("code", "=", code)], limit=1)
        return super()._find_named(model, code)
