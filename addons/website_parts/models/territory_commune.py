from odoo import api, models


class TerritoryCommune(models.Model):
    _inherit = "territory.commune"

    @api.model
    def _get_form_choices(self):
        """(code, name) of the communes of today and of those that they absorbed, by name."""
        communes_sudo = self.sudo().search([("active", "=", True)])
        choices = [(commune.insee_code, commune.name) for commune in communes_sudo]
        for former in communes_sudo.former_ids:
            if former.name != former.commune_id.name:
                choices.append((former.insee_code, f"{former.name} ({former.commune_id.name})"))
        slugify = self.env["ir.http"]._slugify
        return sorted(choices, key=lambda choice: slugify(choice[1]))
