from odoo import api, fields, models

from odoo.addons.territory_base.tools import normalize


class TerritoryDwelling(models.Model):
    _name = "territory.dwelling"
    _description = "Dwelling"
    _order = "commune_id, address_key, id"
    _rec_names_search = ["street", "address_key", "commune_id.name"]

    street = fields.Char(required=True)
    street2 = fields.Char("Floor, building")
    zip = fields.Char("Postcode")
    commune_id = fields.Many2one(
        "territory.commune", required=True, index=True, ondelete="restrict"
    )
    ban_id = fields.Char("BAN identifier", help="In the national address base, when known.")
    kind = fields.Selection(
        [
            ("main", "Main home"),
            ("secondary", "Second home"),
            ("professional", "Professional premises"),
            ("lodging", "Holiday lodging"),
            ("other", "Other"),
        ],
        required=True,
        default="main",
    )
    address_key = fields.Char(compute="_compute_address_key", store=True)
    occupancy_ids = fields.One2many("dwelling.occupancy", "dwelling_id", "Occupants")
    person_count = fields.Integer("Persons", compute="_compute_person_count")

    _address_uniq = models.Constraint(
        "UNIQUE(commune_id, address_key)", "This address is already known."
    )

    @api.depends("street", "street2")
    def _compute_address_key(self):
        for dwelling in self:
            dwelling.address_key = normalize(f"{dwelling.street} {dwelling.street2 or ''}")

    def _compute_person_count(self):
        self.person_count = 0

    @api.depends("street", "street2", "zip", "commune_id")
    def _compute_display_name(self):
        for dwelling in self:
            town = " ".join(filter(None, (dwelling.zip, dwelling.commune_id.name)))
            dwelling.display_name = ", ".join(
                filter(None, (dwelling.street, dwelling.street2, town))
            )
