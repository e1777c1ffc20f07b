from odoo import fields, models


class LodgingImportLine(models.TransientModel):
    _name = "lodging.import.line"
    _description = "Line of a file of lodgings"
    _order = "id"

    import_id = fields.Many2one(
        "lodging.import", required=True, readonly=True, index=True, ondelete="cascade"
    )
    line = fields.Integer(readonly=True)
    number = fields.Char("Registration number", readonly=True)
    verdict = fields.Selection(
        [
            ("new", "New"),
            ("completes", "Number added to our declaration"),
            ("changed", "Changed"),
            ("same", "Nothing changes"),
            ("conflict", "To settle by hand"),
            ("error", "Not read"),
            ("absent", "In our register, not in the file"),
        ],
        required=True,
        readonly=True,
    )
    sentence = fields.Char("What it says", readonly=True)
