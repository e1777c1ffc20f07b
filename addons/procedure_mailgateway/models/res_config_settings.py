from odoo import api, fields, models

from .procedure_mail_gateway import DEFAULT_MEGABYTES


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    procedure_mailgateway_active = fields.Boolean(
        string="Applicants answer by e-mail",
        config_parameter="procedure_mailgateway.active",
    )
    procedure_mailgateway_authserv_id = fields.Char(
        string="Receiving server",
        config_parameter="procedure_mailgateway.authserv_id",
    )
    procedure_mailgateway_max_megabytes = fields.Integer(
        string="Largest message (MB)",
        config_parameter="procedure_mailgateway.max_megabytes",
        default=DEFAULT_MEGABYTES,
    )
    procedure_mailgateway_status = fields.Char(compute="_compute_procedure_mailgateway_status")

    @api.depends("procedure_mailgateway_active", "alias_domain_id")
    def _compute_procedure_mailgateway_status(self):
        for settings in self:
            domain = settings.alias_domain_id.name
            if not settings.procedure_mailgateway_active:
                status = self.env._("Answers go to the service's own mailbox, as today.")
            elif not domain:
                status = self.env._(
                    "Not in use yet: choose an alias domain. Answers go to the service's own "
                    "mailbox."
                )
            else:
                status = self.env._(
                    "Answers come to demande+…@%(domain)s and land on the request. The mail server "
                    "must hand them to Odoo.",
                    domain=domain,
                )
            settings.procedure_mailgateway_status = status
