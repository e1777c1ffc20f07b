from odoo import models
from odoo.fields import Domain


class ProcedureDigest(models.AbstractModel):
    _inherit = "procedure.digest"

    def _get_domains(self, service, today):
        """The opinions asked of the service, on requests that it reads."""
        asked = Domain("service_id", "=", service.id) & Domain("state", "=", "asked")
        open_states = self.env["procedure.request"]._get_open_states()
        return [
            *super()._get_domains(service, today),
            (
                self.env._("Your opinion is asked"),
                Domain("opinion_ids", "any", asked)
                & Domain("consulted_service_ids", "in", service.ids)
                & Domain("state", "in", open_states),
                "date_submitted, id",
            ),
        ]
