from odoo import api, fields, models
from odoo.fields import Domain

STREET = "street_report"
PROBLEM, COMMUNE, PLACE, PHOTO = "street_problem", "street_commune", "street_place", "street_photo"


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    kind = fields.Selection(
        selection_add=[(STREET, "Street report")], ondelete={STREET: "set generic"}
    )

    @api.model
    def _get_required_keys(self, kind):
        keys = super()._get_required_keys(kind)
        if kind == STREET:
            keys = {**keys, PROBLEM: "selection", COMMUNE: "commune", PLACE: "char", PHOTO: "file"}
        return keys

    @api.model
    def _find_street(self):
        """The procedure by which a street is reported today, in superuser mode; nothing where
        none is open."""
        found_sudo = self.sudo().search(
            Domain("kind", "=", STREET) & Domain("state", "=", "published"), order="id"
        )
        return found_sudo.filtered(lambda procedure: procedure._is_open())[:1]
