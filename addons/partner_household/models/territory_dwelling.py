from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain

from ..tools import address_key


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
    # For the record rules only: see `res.partner`.
    rule_occupancy_ids = fields.One2many(
        "dwelling.occupancy", "dwelling_id", groups=fields.NO_ACCESS
    )
    person_count = fields.Integer(
        "Persons",
        compute="_compute_person_count",
        compute_sudo=True,
        groups="base.group_user",
        help="How many live there today: the number, not who.",
    )

    _address_uniq = models.Constraint(
        "UNIQUE(commune_id, address_key)", "This address is already known."
    )

    @api.depends("street", "street2")
    def _compute_address_key(self):
        for dwelling in self:
            dwelling.address_key = address_key(dwelling.street, dwelling.street2)

    @api.depends("occupancy_ids.is_current", "occupancy_ids.occupant_id.member_ids.is_current")
    def _compute_person_count(self):
        """Counted by queries: a one2many read in superuser mode would tell who by its cache."""
        Occupancy, Membership = self.env["dwelling.occupancy"], self.env["household.membership"]
        occupants = dict(
            Occupancy._read_group(
                Occupancy._current_domain() & Domain("dwelling_id", "in", self.ids),
                ["dwelling_id"],
                ["occupant_id:array_agg"],
            )
        )
        persons = dict(
            Membership._read_group(
                Membership._current_domain()
                & Domain("household_id", "in", sum(occupants.values(), [])),
                ["household_id"],
                ["person_id:count_distinct"],
            )
        )
        counts = {household.id: count for household, count in persons.items()}
        for dwelling in self:
            dwelling.person_count = sum(
                counts.get(occupant, 0) for occupant in set(occupants.get(dwelling, ()))
            )

    @api.depends("street", "street2", "zip", "commune_id")
    def _compute_display_name(self):
        for dwelling in self:
            town = " ".join(filter(None, (dwelling.zip, dwelling.commune_id.name)))
            dwelling.display_name = ", ".join(
                filter(None, (dwelling.street, dwelling.street2, town))
            )

    @api.model
    def _find_at(self, street, street2, commune):
        """The dwelling at this address, however it is written, or nothing."""
        return self.search(
            [("commune_id", "=", commune.id), ("address_key", "=", address_key(street, street2))]
        )

    @api.model
    def _find_or_create(self, street, street2, commune):
        """The dwelling at this address, however it is written. To be called in superuser mode.

        With `dwelling_is_looked_up` in the context, one that nobody knows is told, not created.
        """
        known = self._find_at(street, street2, commune)
        if known:
            return known
        vals = {
            "street": street,
            "street2": street2 or False,
            "zip": commune.zip,
            "commune_id": commune.id,
        }
        if self.env.context.get("dwelling_is_looked_up"):
            return self.new(vals)
        try:
            with self.env.cr.savepoint():
                return self.create(vals)
        except UniqueViolation as error:
            # Somebody wrote the same address at the same moment: Odoo runs the call again.
            raise ConcurrencyError from error

    @api.model
    def _find_or_create_at(self, address):
        """The dwelling that an answer of type `address` says; none outside the territory. To be
        called in superuser mode."""
        if not address or not address["insee"]:
            return self.browse()
        commune = self.env["territory.commune"]._find_by_insee(address["insee"])
        return self._find_or_create(address["street"], address["street2"], commune)
