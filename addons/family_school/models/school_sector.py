from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.partner_household.tools import address_key, is_served


class SchoolSector(models.Model):
    """Which school answers for a commune, a street, a part of a street (code de l'éducation,
    L212-7)."""

    _name = "school.sector"
    _inherit = "territory.owner.mixin"
    _description = "School sector"
    _order = "commune_id, street_key, number_from, side, id"
    _rec_name = "street"
    _owner_fields = ("commune_id",)

    school_id = fields.Many2one(
        "territory.service",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "=", "school")],
    )
    commune_id = fields.Many2one(
        "territory.commune", required=True, index=True, ondelete="restrict"
    )
    street = fields.Char(help="Empty: the whole commune, but the streets that have their own row.")
    street_key = fields.Char(compute="_compute_street_key", store=True)
    side = fields.Selection(
        [("all", "Both sides"), ("even", "Even numbers"), ("odd", "Odd numbers")],
        required=True,
        default="all",
    )
    number_from = fields.Integer("From number", aggregator=None)
    number_to = fields.Integer("To number", aggregator=None)
    level_ids = fields.Many2many(
        "school.level",
        help="Empty: those of the school, and of the schools that it is grouped with.",
    )

    _place_uniq = models.UniqueIndex(
        "(school_id, commune_id, street_key, side, number_from, number_to)",
        "This school already has this row.",
    )
    _numbers_valid = models.Constraint(
        "CHECK(number_from >= 0 AND number_to >= 0 "
        "AND (number_to = 0 OR number_to >= number_from))",
        "The last number of a street is not before the first one.",
    )
    _numbers_of_street = models.Constraint(
        "CHECK(street_key != '' OR (side = 'all' AND number_from = 0 AND number_to = 0))",
        "Numbers are those of a street: write its name.",
    )
    _commune_street_idx = models.Index("(commune_id, street_key)")

    @api.depends("street")
    def _compute_street_key(self):
        for row in self:
            row.street_key = address_key(row.street or "")

    @api.depends("street", "commune_id.name")
    def _compute_display_name(self):
        for row in self:
            row.display_name = ", ".join(filter(None, (row.street, row.commune_id.name)))

    @api.constrains("school_id")
    def _check_school(self):
        for row in self:
            if row.school_id.kind != "school":
                raise ValidationError(self.env._("%(name)s is no school.", name=row.school_id.name))

    @api.model
    def _find_schools(self, commune, level, street=None, number=None):
        """The schools of this place for this level, those of the most precise row first: a part of
        a street, the street, the commune. A school that does not have the level gives way to those
        that it is grouped with.

        :param street: as people write it, without number
        :param number: unknown, no part of the street is nearer than the street itself
        :return: territory.service, without any school where nothing is said of the commune
        """
        key = address_key(street or "")
        rows = self.search([("commune_id", "=", commune.id), ("street_key", "in", [key, ""])])
        rows = rows.filtered(
            lambda row: (
                is_served(number or 0, row.side, row.number_from, row.number_to)
                and (not row.level_ids or level in row.level_ids)
            )
        )
        rows = rows.sorted(lambda row: -row._get_precision(is_number_known=bool(number)))
        schools = self.env["territory.service"]
        for row in rows:
            schools |= row._get_schools(level)
        return schools.filtered("active")

    def _get_schools(self, level):
        self.ensure_one()
        if self.school_id._teaches(level):
            return self.school_id
        return self.school_id.school_group_id.school_ids.filtered(
            lambda school: level in school.level_ids
        )

    def _get_precision(self, *, is_number_known):
        self.ensure_one()
        if not self.street_key:
            return 0
        is_part = self.side != "all" or bool(self.number_from or self.number_to)
        return 2 if is_part and is_number_known else 1
