from odoo import models

from odoo.addons.territory_base import clock

# Who waits for a place is asked nothing yet.
GOING = ("offered", "booked", "absent")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _find_family_activities(self):
        """Where they are booked from today on, whichever parent booked."""
        activities = super()._find_family_activities()
        rows = (
            self.env["family.booking"]
            .sudo()
            ._read_group(
                [
                    ("child_id", "in", self.ids),
                    ("state", "in", GOING),
                    ("date", ">=", clock.today()),
                ],
                ["child_id"],
                ["site_id:recordset"],
            )
        )
        for child, sites in rows:
            known = activities.get(child, self.env["family.activity"])
            activities[child] = known | sites.activity_id
        return activities
