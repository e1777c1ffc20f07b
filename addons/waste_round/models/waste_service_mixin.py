from odoo import api, fields, models


class WasteServiceMixin(models.AbstractModel):
    """A row of the waste service that answers for it."""

    _name = "waste.service.mixin"
    _inherit = "territory.owner.mixin"
    _description = "Row of a waste service"

    service_id = fields.Many2one(
        "territory.service",
        "Waste service",
        required=True,
        index=True,
        default=lambda self: self._default_service_id(),
    )

    @api.model
    def _default_service_id(self):
        """The user's own, or the one that answers for the bins."""
        services_sudo = self.env.user.sudo().territory_service_ids
        own_sudo = services_sudo.filtered("reads_dwelling")[:1]
        own_sudo = own_sudo or self.env["waste.container"]._waste_services()[:1]
        return own_sudo.id
