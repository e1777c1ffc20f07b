from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.territory_base import clock


class PrivacyProcessing(models.Model):
    _inherit = "privacy.processing"

    is_proposed = fields.Boolean(
        string="Proposed",
        readonly=True,
        copy=False,
        help="Written by a template or copied: to be read and accepted before anything is "
        "published.",
    )

    accepted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    accepted_on = fields.Date(readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                vals.pop("accepted_by_id", None)
                vals.pop("accepted_on", None)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and {"is_proposed", "accepted_by_id", "accepted_on"} & set(vals):
            raise AccessError(self.env._("An entry is accepted by its own button only."))
        return super().write(vals)

    def action_accept(self):
        """Somebody has read the entry, and answers for it."""
        self.check_access("write")
        self.filtered("is_proposed").sudo().write(
            {
                "is_proposed": False,
                "accepted_by_id": self.env.uid,
                "accepted_on": clock.today(),
            }
        )

    def _check_publishable(self):
        result = super()._check_publishable()
        for processing in self.filtered("is_proposed"):
            raise UserError(
                self.env._(
                    "The register entry “%(name)s” is a proposal: read it, then accept it.",
                    name=processing.name,
                )
            )
        return result

    @api.model
    def _get_free_code(self, code):
        """This code, or with a number behind it when it is taken."""
        entries_sudo = self.sudo().with_context(active_test=False)
        taken = set(
            entries_sudo.search_fetch([("code", "=like", f"{code}%")], ["code"]).mapped("code")
        )
        number, free = 1, code
        while free in taken:
            number += 1
            free = f"{code}-{number}"
        return free
