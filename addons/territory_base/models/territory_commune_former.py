from odoo import fields, models


class TerritoryCommuneFormer(models.Model):
    _name = "territory.commune.former"
    _description = "Former commune"
    _order = "name, id"

    commune_id = fields.Many2one("territory.commune", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True)
    insee_code = fields.Char(
        "INSEE code", size=5, help="Empty: a name that the commune itself bore, under its own code."
    )

    _insee_code_uniq = models.Constraint(
        "UNIQUE(insee_code)", "This INSEE code belongs to another former commune."
    )
