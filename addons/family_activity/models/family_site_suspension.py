from odoo import fields, models
from odoo.fields import Domain


class FamilySiteSuspension(models.Model):
    """Days on which a site that is not closed for good receives nobody."""

    _name = "family.site.suspension"
    _inherit = ["family.followed.mixin", "territory.owner.mixin"]
    _description = "Suspension of a site"
    _order = "date_start desc, id desc"
    _rec_name = "reason"
    _owner_fields = ("site_id",)
    _followed_fields = frozenset({"site_id", "date_start", "date_end", "reason"})

    site_id = fields.Many2one("family.site", required=True, index=True, ondelete="cascade")
    date_start = fields.Date("First day", required=True)
    date_end = fields.Date("Last day", help="Empty: until further notice.")
    reason = fields.Char(required=True, help="Told to the families.")

    _dates_valid = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)",
        "A suspension cannot end before it starts.",
    )

    def _get_sessions_domain(self):
        return Domain.OR(
            Domain("site_id", "=", row.site_id.id)
            & self._get_period_domain(row.date_start, row.date_end)
            for row in self
        )
