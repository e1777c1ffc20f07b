from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    dpo_contact = fields.Text(
        string="Data protection officer",
        help="Name and contact, in every notice (GDPR art. 13.1.b).",
    )

    def write(self, vals):
        """The entries that name no officer of their own have this one."""
        result = super().write(vals)
        if "dpo_contact" in vals:
            entries_sudo = (
                self.env["privacy.processing"]
                .sudo()
                .with_context(active_test=False)
                .search([("dpo_contact", "in", (False, ""))])
            )
            self.env.add_to_compute(entries_sudo._fields["is_complete"], entries_sudo)
        return result
