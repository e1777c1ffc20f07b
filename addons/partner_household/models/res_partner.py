from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    birth_name = fields.Char()
    birthplace = fields.Char("Place of birth")
    birth_insee = fields.Char("INSEE code of the place of birth", size=5)
    birth_country_id = fields.Many2one("res.country", "Country of birth")
    age = fields.Integer(compute="_compute_age")
    is_minor = fields.Boolean(compute="_compute_age", search="_search_is_minor")
    situation = fields.Selection(
        [
            ("settled", "Lives here"),
            ("arriving", "Arriving"),
            ("leaving", "Leaving"),
            ("planning", "Planning to come"),
        ]
    )
    rna = fields.Char("RNA number", size=10, index="btree_not_null", copy=False)
    declarant_id = fields.Many2one(
        "res.partner",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The person whose account created this sheet.",
    )
    membership_ids = fields.One2many("household.membership", "person_id", "Households")
    member_ids = fields.One2many("household.membership", "household_id", "Members")
    household_ids = fields.Many2many(
        "res.partner", compute="_compute_household_ids", string="Current households"
    )
    authority_ids = fields.One2many("parental.authority", "child_id", "Holders of authority")
    authority_held_ids = fields.One2many(
        "parental.authority", "holder_id", "Authority over children"
    )
    delegate_ids = fields.One2many("partner.delegate", "organisation_id", "Delegates")
    delegation_ids = fields.One2many("partner.delegate", "person_id", "Acts for")
    occupancy_ids = fields.One2many("dwelling.occupancy", "occupant_id", "Dwellings")
    change_ids = fields.One2many("household.change", "household_id", "Proposed changes")

    @api.depends("birthdate")
    def _compute_age(self):
        today = fields.Date.context_today(self)
        for partner in self:
            born = partner.birthdate
            partner.age = born and (
                today.year - born.year - ((today.month, today.day) < (born.month, born.day))
            )
            partner.is_minor = bool(born) and partner.age < 18

    def _search_is_minor(self, operator, value):
        if operator != "in" or len(value) != 1:
            return NotImplemented
        minor = [("birthdate", ">", "today -18y")]
        return minor if True in value else ["!", *minor]

    @api.depends("membership_ids.household_id", "membership_ids.is_current")
    def _compute_household_ids(self):
        for partner in self:
            partner.household_ids = partner.membership_ids.filtered("is_current").household_id
