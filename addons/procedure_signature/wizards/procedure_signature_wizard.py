from odoo import fields, models


class ProcedureSignatureWizard(models.TransientModel):
    """What an agent saw at the counter or in the post, in her own words; never a copy of it."""

    _name = "procedure.signature.wizard"
    _description = "Signature seen on paper"

    signature_id = fields.Many2one("procedure.signature", required=True, readonly=True)
    way = fields.Selection(
        [("paper", "I saw the signature on paper"), ("none", "Nobody else has to sign")],
        required=True,
        default="paper",
    )
    name = fields.Char("Who signed")
    evidence = fields.Text(
        "What you saw",
        help="For instance: form signed at the counter, identity card shown; or the judgment that "
        "gives authority to one parent alone. Never a copy of it.",
    )

    def action_confirm(self):
        self.ensure_one()
        self.signature_id._record(self.way, self.name, self.evidence)
        return {"type": "ir.actions.act_window_close"}
