from odoo import api, models
from odoo.fields import Domain

from odoo.addons.procedure_commune.models.procedure_commune import CLOSED
from odoo.addons.website_commune.blocks import Block


class TerritoryCommune(models.Model):
    _inherit = "territory.commune"

    @api.model
    def _get_block_types(self):
        title = self.env._("Procedures of the commune")
        template = "website_commune_procedure.block_procedures"
        block = Block(title, "demarches", template, 30)
        return super()._get_block_types() | {"procedures": block}

    def _prepare_procedures_block(self):
        """The published ones that the commune itself answers, or that are for its people: those
        for everybody are in the catalogue."""
        Procedure_sudo = self.env["procedure.procedure"].sudo()
        commune = self._origin
        own = ("commune_ids", "local_service_ids.commune_ids", "service_id.commune_ids")
        domain = Domain.OR(Domain(name, "in", commune.ids) for name in own)
        if self.town_hall_id:
            everywhere = Domain("commune_ids", "=", False)
            concerned = everywhere | Domain("commune_ids", "in", commune.ids)
            domain |= Domain("is_communal", "=", True) & concerned
        procedures_sudo = Procedure_sudo.search(Procedure_sudo._get_public_domain() & domain)
        procedures_sudo = procedures_sudo.filtered(
            lambda procedure: procedure._get_way_in(commune.sudo()) != CLOSED
        )
        if not procedures_sudo:
            return {}
        has_maximum = any(procedures_sudo.mapped("max_requests"))
        if has_maximum:
            # A request that comes in changes what the page says.
            self.env["website.page.cache"]._keep_private()
        return {
            "says_full": has_maximum,
            "procedures": procedures_sudo,
            "commune": commune.sudo(),
            "more_url": "/demarches",
            "more_label": self.env._("All procedures"),
        }
