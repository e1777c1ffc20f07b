from odoo import fields, models


class AllotmentPlot(models.Model):
    """A piece of ground that a service lets to one household at a time."""

    _name = "allotment.plot"
    _description = "Allotment plot"
    _order = "name, id"

    name = fields.Char("Number", required=True)
    garden = fields.Char()
    service_id = fields.Many2one("territory.service", required=True, index=True)
    request_id = fields.Many2one("procedure.request", "Let by", index=True, readonly=True)
    tenant_note = fields.Char("About the tenant")
