from odoo import api, fields, models

from .procedure_procedure import PROBLEM, STREET


class StreetReportRoute(models.Model):
    """Which service takes a problem; the town hall of the commune takes what no row names."""

    _name = "street.report.route"
    _description = "Who takes a street report"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    problem = fields.Selection(selection="_get_problems", required=True)
    service_id = fields.Many2one(
        "territory.service", "Taken by", required=True, index=True, ondelete="cascade"
    )
    commune_ids = fields.Many2many(
        "territory.commune", string="In these communes", help="Empty: in all of them."
    )

    @api.depends("problem", "service_id.name")
    def _compute_display_name(self):
        labels = dict(self._get_problems())
        for route in self:
            problem = labels.get(route.problem, route.problem or "")
            route.display_name = f"{problem} → {route.service_id.name or ''}"

    @api.model
    def _get_problems(self):
        """Those of the published forms; the last words of each."""
        # Words of a public form, read by whoever configures.
        options_sudo = self.env["procedure.field.option"].sudo()
        options_sudo = options_sudo.search(
            [
                ("field_id.key", "=", PROBLEM),
                ("field_id.version_id.procedure_id.kind", "=", STREET),
                ("field_id.version_id.state", "!=", "draft"),
            ],
            order="id",
        )
        return list({option.value: option.label for option in options_sudo}.items())

    @api.model
    def _find_service(self, problem, commune):
        """In superuser mode; nothing: the town hall of the commune, or the lead service."""
        open_routes = [("problem", "=", problem), ("service_id.active", "=", True)]
        for route in self.search(open_routes):
            if not route.commune_ids or commune in route.commune_ids:
                return route.service_id
        return self.env["territory.service"]
