from pathlib import Path

from odoo import api, models

from odoo.addons.procedure_template.models.procedure_template import Hint

FOLDER = Path(__file__).parents[1] / "templates"


class ProcedureTemplate(models.Model):
    _inherit = "procedure.template"

    @api.model
    def _get_folders(self):
        return {**super()._get_folders(), "street_report": FOLDER}

    @api.model
    def _get_hints(self):
        return {**super()._get_hints(), "signalement_rue": Hint("vie-locale")}
