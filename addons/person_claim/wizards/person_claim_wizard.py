from odoo import api, fields, models


class PersonClaimWizard(models.TransientModel):
    """The code is shown once, to the agent who gives it: then it is on the letter only."""

    _name = "person.claim.wizard"
    _description = "Code given to the owner of a file"
    # The code is in it: an hour, the time to print the letter.
    _transient_max_hours = 1.0

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
    person_name = fields.Char("For", help="Who will act for it: first name and last name.")
    claim_id = fields.Many2one("person.claim", readonly=True, copy=False)
    code = fields.Char(readonly=True, copy=False)

    @api.depends("subject_id")
    def _compute_is_organisation(self):
        for wizard in self:
            wizard.is_organisation = bool(wizard.subject_id) and (
                wizard.subject_id._is_organisation()
            )
            wizard.has_email = bool(wizard.subject_id.email)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._keep_typed(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._keep_typed(vals))

    def _keep_typed(self, vals):
        """The letter says what was given, never what somebody writes."""
        made = () if self.env.su else ("claim_id", "code")
        return {name: value for name, value in vals.items() if name not in made}

    def action_give(self):
        self.ensure_one()
        if not self.claim_id:
            claim, code = self.env["person.claim"]._give(
                self.subject_id, self.way, self.evidence, self.role, self.person_name
            )
            # By e-mail it is hers alone.
            self.sudo().write(
                {"claim_id": claim.id, "code": code if self.way != "email" else False}
            )
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
