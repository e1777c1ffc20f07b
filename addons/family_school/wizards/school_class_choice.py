from odoo import fields, models


class SchoolClassChoice(models.TransientModel):
    """Several pupils of one school are put in a class."""

    _name = "school.class.choice"
    _description = "Choice of a class"

    pupil_ids = fields.Many2many(
        "school.pupil", string="Pupils", default=lambda self: self.env.context.get("active_ids")
    )
    school_id = fields.Many2one(related="pupil_ids.school_id")
    year_id = fields.Many2one(related="pupil_ids.year_id")
    class_id = fields.Many2one("school.class", ondelete="cascade")

    def action_apply(self):
        self.ensure_one()
        self.pupil_ids._change_class(self.class_id)
