from odoo import api, fields, models


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    digest_time = fields.Datetime(
        "When its service is told",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        index="btree_not_null",
        help="Of what nobody signs, and is told at once.",
    )
    waits_digest = fields.Boolean(readonly=True, copy=False, groups=fields.NO_ACCESS)

    _waits_digest_idx = models.Index("(digest_time) WHERE waits_digest")

    def _on_submitted(self):
        result = super()._on_submitted()
        for request in self.filtered("procedure_id.notify_at_once"):
            if request._is_from_nobody():
                self.env["procedure.digest"]._send_or_wait(request)
            else:
                self.env["procedure.digest"]._send_at_once(request)
        return result

    def _is_from_nobody(self):
        """Neither account nor address: nobody answers for it."""
        return not (self.applicant_id or self.contact_email)

    @api.model
    def _get_last_digest_time(self, service):
        """When this service is told last of what nobody signs, in superuser mode."""
        last_sudo = self.sudo().search(
            [("service_id", "=", service.id), ("digest_time", "!=", False)],
            order="digest_time desc, id desc",
            limit=1,
        )
        return last_sudo.digest_time
