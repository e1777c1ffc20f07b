from odoo import api, fields, models


class PersonClaimWizard(models.TransientModel):
    """The code is shown once, to the agent who gives it: then it is on the letter only."""

    _name = "person.claim.wizard"
    _description = "Code given to the owner of a file"

    subject_id = fields.Many2one("res.partner", "File", required=True, readonly=True)
    is_organisation = fields.Boolean(compute="_compute_is_organisation")
    has_email = fields.Boolean(compute="_compute_is_organisation")
    way = fields.Selection(
        [("hand", "Handed over"), ("post", "By post"), ("email", "By e-mail")],
        required=True,
        default="hand",
    )
    evidence = fields.Text("What shows that it is her", required=True)
    role = fields.Char(help="Of the person who will act for it: president, treasurer…")
    claim_id = fields.Many2one("person.claim", readonly=True)
    code = fields.Char(readonly=True)

    @api.depends("subject_id")
    def _compute_is_organisation(self):
        for wizard in self:
            wizard.is_organisation = bool(wizard.subject_id) and (
                wizard.subject_id._is_organisation()
            )
            wizard.has_email = bool(wizard.subject_id.email)

    def action_give(self):
        self.ensure_one()
        if not self.claim_id:
            claim, code = self.env["person.claim"]._give(
                self.subject_id, self.way, self.evidence, self.role
            )
            # By e-mail it is hers alone.
            self.write({"claim_id": claim.id, "code": code if self.way != "email" else False})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open this file online"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_print(self):
        self.ensure_one()
        return self.env.ref("person_claim.letter_report").report_action(self)
