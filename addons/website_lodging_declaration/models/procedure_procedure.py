from odoo import models

from odoo.addons.lodging_declaration.models.procedure_procedure import FURNISHED, KINDS, NUMBER

from ..pages.lodging_page import LodgingPage


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    def _get_closed_notice(self):
        """Where a furnished lodging is declared today."""
        if self._is_way_of():
            return super()._get_closed_notice()
        mode_sudo = self.env["lodging.mode"].sudo()._find_on()
        if mode_sudo.mode == "import":
            sentence = self.env._(
                "Furnished lodgings are declared on the national site, which tells the town hall. "
                "You have nothing to send us."
            )
            return sentence, (mode_sudo.url, self.env._("Go to the national site"))
        kind = NUMBER if mode_sudo.mode == "national" else FURNISHED
        others_sudo = self.sudo().search([("kind", "=", kind), ("state", "=", "published")])
        other_sudo = others_sudo.filtered(lambda procedure: procedure._is_open())[:1]
        if not other_sudo and mode_sudo.mode == "national":
            # Nobody has published the form of its number yet: the duty to declare is there.
            sentence = self.env._(
                "Furnished lodgings are declared on the national site. Keep the number that it "
                "gives you: your town hall will ask you for it."
            )
            return sentence, (mode_sudo.url, self.env._("Go to the national site"))
        if not other_sudo:
            return super()._get_closed_notice()
        sentence = self.env._("Today, furnished lodgings are declared by another procedure.")
        return sentence, (f"/demarches/{other_sudo.slug}", other_sudo.name)

    def _get_form_page_parts(self):
        parts = super()._get_form_page_parts()
        return [LodgingPage, *parts] if self.kind in KINDS else parts
