from odoo import api, fields, models

# A page lives until midnight: what is older tells nothing any more.
DAYS_KEPT = 2


class WebsitePageChange(models.Model):
    """One row for each transaction that changed what public pages show.

    Written in that transaction: whoever sees the change sees the row, and the reverse. A counter
    in one row would make those who publish at the same time wait, then fail.
    """

    _name = "website.page.change"
    _description = "Change of what public pages show"

    @api.autovacuum
    def _gc_changes(self):
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=DAYS_KEPT)
        self.sudo().search([("create_date", "<", limit)]).unlink()
