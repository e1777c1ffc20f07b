from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock

DEROGATION = "school_derogation"


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    kind = fields.Selection(
        selection_add=[(DEROGATION, "School derogation")], ondelete={DEROGATION: "set generic"}
    )

    @api.model
    def _get_required_keys(self, kind):
        """What the mayor of residence reads, and what a registration hands on."""
        keys = super()._get_required_keys(kind)
        if kind == DEROGATION:
            keys |= {
                "home": "address",
                "school": "school",
                "level": "selection",
                "derogation_reasons": "multi_selection",
            }
        return keys

    def _find_derogation(self):
        """The procedure that answers for a derogation asked in this one: of the same service
        first. In superuser mode."""
        self.ensure_one()
        found = self.search(Domain("kind", "=", DEROGATION) & Domain("version_id", "!=", False))
        found = found.filtered(lambda each: each._is_open(clock.today()))
        return found.sorted(lambda each: each.service_id != self.service_id)[:1]
