from pathlib import Path

from odoo import api, models

FOLDER = Path(__file__).parents[1] / "templates"


class ProcedureTemplate(models.Model):
    _inherit = "procedure.template"

    @api.model
    def _get_folders(self):
        return {**super()._get_folders(), "family_school_request": FOLDER}
