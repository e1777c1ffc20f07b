from odoo import api, fields, models

KINDS = [
    ("canteen", "Canteen"),
    ("morning", "Morning care"),
    ("evening", "Evening care"),
    ("wednesday", "Wednesday"),
    ("holiday", "Holiday centre"),
]
AGE_MAX = 18
# Who may lead: who leads children reads the files of their families.
LEADING = [("kind", "in", ["epci", "town_hall"]), ("reads_family_file", "=", True)]


class FamilyActivity(models.Model):
    """What children are enrolled in: the canteen, care, Wednesdays, holidays. Sites give it."""

    _name = "family.activity"
    _inherit = ["family.preview.mixin", "territory.owner.mixin"]
    _description = "Activity"
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    code = fields.Char(copy=False, help="Its key in the files that load it. Empty: it is in none.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="canteen")
    service_id = fields.Many2one(
        "territory.service",
        "Led by",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_service_id(),
        domain=LEADING,
    )
    tariff = fields.Text(help="In words, as families read it. Billing is done elsewhere.")
    payment_url = fields.Char("Payment link", help="Where families pay. It begins with https://")
    age_from = fields.Integer("Minimum age", aggregator=None)
    age_to = fields.Integer("Maximum age", aggregator=None, help="0: no limit.")
    instructions = fields.Text("To know", help="What to bring, where to ring: families read it.")
    days_min = fields.Integer(
        "Days at least", aggregator=None, help="Of one week of the holidays, for instance. 0: none."
    )
    site_ids = fields.One2many("family.site", "activity_id", "Sites")
    rule_ids = fields.One2many("family.rule", "activity_id", "Rules")

    _code_uniq = models.Constraint("UNIQUE(code)", "This code is already used.")
    _payment_valid = models.Constraint(
        "CHECK(payment_url IS NULL OR payment_url ~ '^https://[^[:space:]]+$')",
        "A payment link begins with https:// and has no space.",
    )
    _ages_valid = models.Constraint(
        f"CHECK(age_from BETWEEN 0 AND {AGE_MAX} AND age_to BETWEEN 0 AND {AGE_MAX} "
        "AND (age_to = 0 OR age_to >= age_from))",
        "Ages go from the youngest to the oldest.",
    )
    _days_valid = models.Constraint("CHECK(days_min BETWEEN 0 AND 7)", "A week has seven days.")

    @api.model
    def _default_service_id(self):
        """The user's own, or the one of the intercommunality that reads the families' files."""
        leading = [("kind", "=", "epci"), ("reads_family_file", "=", True)]
        own_sudo = self._find_own_service_sudo()
        return (own_sudo or self.env["territory.service"].sudo().search(leading, limit=1)).id

    @api.model
    def _find_own_service_sudo(self):
        """The first of the user's services that may lead an activity: it reads families."""
        return self.env.user.sudo().territory_service_ids.filtered("reads_family_file")[:1]

    def _get_effective_rules(self):
        return {self: {rule.purpose: rule for rule in self.rule_ids}}
