from odoo import fields, models


class ProcedureDefinitionPlace(models.TransientModel):
    _inherit = "procedure.definition.place"

    draft_file_id = fields.Many2one("procedure.draft.file", ondelete="cascade")
