from odoo import fields, models


class ProcedureReasonWizard(models.TransientModel):
    _inherit = "procedure.reason.wizard"

    action = fields.Selection(
        selection_add=[("room_withdraw", "Cancel the booking")],
        ondelete={"room_withdraw": "cascade"},
    )
