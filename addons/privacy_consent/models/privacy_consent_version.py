from odoo import fields, models


class PrivacyConsentVersion(models.Model):
    """Words that were read: kept as they were, whatever the text says since."""

    _name = "privacy.consent.version"
    _description = "Words that were read"
    _order = "text_id, number desc"
    _rec_name = "number"

    text_id = fields.Many2one(
        "privacy.consent.text", required=True, index=True, ondelete="restrict"
    )
    number = fields.Integer("Version", required=True)
    name = fields.Char("Question", required=True)
    body = fields.Text("What is agreed to", required=True)

    keeps_answers = fields.Boolean("Only the spelling changed")

    _number_uniq = models.UniqueIndex("(text_id, number)", "This version exists already.")
