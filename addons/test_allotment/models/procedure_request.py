from odoo import fields, models


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    plot_ids = fields.One2many("allotment.plot", "request_id", "Plots", readonly=True)

    def _on_accepted(self):
        """Let the first free plot of the service. In superuser mode."""
        result = super()._on_accepted()
        for request in self.filtered(lambda request: request.kind == "allotment"):
            request._get_free_plots()[:1].request_id = request
        return result

    def _get_free_plots(self):
        return self.env["allotment.plot"].search(
            [("service_id", "=", self.service_id.id), ("request_id", "=", False)]
        )

    def _get_queue(self):
        """A large plot becoming free helps nobody who asked for a small one. In superuser mode."""
        queue = super()._get_queue()
        return (*queue, self.answers.get("plot_size")) if self.kind == "allotment" else queue

    def _is_health_document(self, field, kind):
        """A note of a doctor for a plot without slope. In superuser mode."""
        return super()._is_health_document(field, kind) or kind == "allotment_mobility"
