from odoo import api, fields, models


class ProcedureConsultWizard(models.TransientModel):
    _name = "procedure.consult.wizard"
    _description = "Ask somebody for an opinion"

    request_id = fields.Many2one("procedure.request", required=True, ondelete="cascade")
    version_id = fields.Many2one(related="request_id.version_id", related_sudo=False)
    lead_service_id = fields.Many2one(related="request_id.service_id", related_sudo=False)
    service_id = fields.Many2one(
        "territory.service",
        string="Service, town hall or school",
        help="It reads the whole request in the back office.",
    )
    contact_name = fields.Char(string="Or somebody else: name")
    contact_email = fields.Char(string="E-mail")
    question = fields.Text(required=True)
    date_due = fields.Date(string="Expected before")
    shown_field_ids = fields.Many2many(
        "procedure.field",
        string="Answers shown by the link",
        help="Only what is needed to answer your question. Nothing else is shown.",
    )

    @api.constrains("request_id")
    def _check_request(self):
        for wizard in self:
            wizard.request_id._check_actor("agent")

    def action_confirm(self):
        self.ensure_one()
        self.request_id.action_consult(
            self.question,
            service_id=self.service_id.id,
            contact_name=self.contact_name,
            contact_email=self.contact_email,
            date_due=self.date_due,
            shown_field_ids=self.shown_field_ids.ids,
        )
        return {"type": "ir.actions.act_window_close"}
