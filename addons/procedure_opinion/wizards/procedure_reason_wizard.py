from odoo import api, fields, models

ACTS = ("favourable", "unfavourable")


class ProcedureReasonWizard(models.TransientModel):
    """The window of a decision is also that of an opinion, whose words stay among colleagues."""

    _inherit = "procedure.reason.wizard"

    opinion_id = fields.Many2one("procedure.opinion", ondelete="cascade")
    action = fields.Selection(
        selection_add=[
            ("favourable", "Favourable opinion"),
            ("unfavourable", "Unfavourable opinion"),
        ],
        ondelete=dict.fromkeys(ACTS, "cascade"),
    )

    def _is_read_by_applicant(self):
        return self.action not in ACTS and super()._is_read_by_applicant()

    def _needs_reasons(self):
        return self.action == "unfavourable" or super()._needs_reasons()

    @api.constrains("opinion_id")
    def _check_opinion(self):
        for wizard in self:
            wizard.opinion_id.check_access("read")

    def _confirm(self, request, reasons):
        match self.action:
            case "favourable":
                return self.opinion_id.action_give_favourable(reasons)
            case "unfavourable":
                return self.opinion_id.action_give_unfavourable(reasons)
        return super()._confirm(request, reasons)
