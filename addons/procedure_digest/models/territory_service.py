from odoo import fields, models


class TerritoryService(models.Model):
    _inherit = "territory.service"

    sends_daily_digest = fields.Boolean(
        string="Daily mail",
        default=True,
        groups="base.group_user",
        help="Each working morning its agents receive what waits for them, if anything does.",
    )
    digest_date = fields.Date(readonly=True, copy=False, groups=fields.NO_ACCESS)
