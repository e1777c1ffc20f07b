from odoo import fields, models


class ContentType(models.Model):
    _inherit = "content.type"

    review_months = fields.Integer(
        "Checked every (months)",
        default=6,
        help="Whoever keeps such a content is asked whether it is still right, this long after it "
        "was checked.",
    )

    _review_valid = models.Constraint(
        "CHECK(review_months > 0)", "A content is checked after one month at least."
    )
