from pathlib import Path

from odoo import api, models

from odoo.addons.procedure_template.models.procedure_template import Hint

FOLDER = Path(__file__).parents[1] / "templates"


class ProcedureTemplate(models.Model):
    _inherit = "procedure.template"

    @api.model
    def _get_folders(self):
        return {**super()._get_folders(), "lodging_declaration": FOLDER}

    @api.model
    def _get_hints(self):
        codes = ("meuble_tourisme", "meuble_numero", "chambre_hotes", "hebergement_autre")
        return {**super()._get_hints(), **dict.fromkeys(codes, Hint("logement"))}
