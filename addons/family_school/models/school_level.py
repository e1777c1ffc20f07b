from odoo import fields, models


class SchoolLevel(models.Model):
    _name = "school.level"
    _description = "School level"
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="Short name, as in files: CM2.")
    sequence = fields.Integer(default=10)
    age = fields.Integer(
        "Usual age",
        aggregator=None,
        help="In the calendar year in which the school year begins. 0: any.",
    )
    next_id = fields.Many2one("school.level", "Next level", ondelete="restrict")

    _code_uniq = models.Constraint("UNIQUE(code)", "Another level has this code.")
    _age_valid = models.Constraint("CHECK(age BETWEEN 0 AND 16)", "An age from 0 to 16.")

    def _get_usual(self, age):
        """The level of a child who is that old at the end of the calendar year."""
        return self.search([("age", "=", age)], limit=1) if age else self.browse()
