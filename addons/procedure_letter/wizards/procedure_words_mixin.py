from odoo import api, fields, models


class ProcedureWordsMixin(models.AbstractModel):
    """The letter as it leaves, beside the words that it will hold."""

    _inherit = "procedure.words.mixin"

    procedure_id = fields.Many2one(related="request_id.procedure_id", related_sudo=False)
    service_id = fields.Many2one(related="request_id.service_id", related_sudo=False)
    letter_html = fields.Html(compute="_compute_letter_html", sanitize=False)

    @api.depends("request_id")
    def _compute_letter_html(self):
        """The same template as the letter, of what is not written yet. Each window names what its
        letter depends on."""
        for wizard in self:
            wizard.letter_html = wizard.request_id and wizard._get_letter_preview() or ""

    def _get_letter_preview(self):
        """HTML, empty when no letter leaves with these words."""
        return ""

    def _compute_leaves_label(self):
        """Its letter goes with the mail, or is what there is to print."""
        result = super()._compute_leaves_label()
        for wizard in self.filtered("leaves_label"):
            # On paper, the letter is what leaves.
            if wizard.letter_html and wizard.request_id._get_emails():
                wizard.leaves_label = self.env._(
                    "%(label)s; with this letter as PDF", label=wizard.leaves_label
                )
        return result
