from odoo import api, fields, models


class ProcedureWordsMixin(models.AbstractModel):
    """A window whose words leave to an applicant: what leaves, and where to, is said beside them.

    `procedure_letter` adds the letter as it leaves.
    """

    _name = "procedure.words.mixin"
    _description = "Words for an applicant"

    request_id = fields.Many2one("procedure.request", required=True, ondelete="cascade")
    leaves_label = fields.Char(compute="_compute_leaves_label")

    @api.depends("request_id")
    @api.depends_context("lang")
    def _compute_leaves_label(self):
        """What leaves, and where to: nothing is sent unseen."""
        for wizard in self:
            wizard.leaves_label = ""
            if wizard.request_id and wizard._is_telling():
                wizard.request_id.check_access("read")
                wizard.leaves_label = wizard.request_id._get_leaves_label()

    def _is_telling(self):
        """Whether these words are sent to the applicant."""
        return True
