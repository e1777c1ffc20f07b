from pathlib import Path

from odoo import api, models

from odoo.addons.procedure_template.models.procedure_template import Hint

FOLDER = Path(__file__).parents[1] / "templates"


class ProcedureTemplate(models.Model):
    _inherit = "procedure.template"

    @api.model
    def _get_folders(self):
        return {**super()._get_folders(), "room_booking": FOLDER}

    @api.model
    def _get_hints(self):
        calendar = self.env._(
            "With the calendar of each room: a request is an option at once, never two for one "
            "room. Write the rooms in Rooms, then choose this procedure on each."
        )
        return {**super()._get_hints(), "location_salle": Hint("vie-locale", calendar)}
