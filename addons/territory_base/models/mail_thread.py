from odoo import fields, models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    # Core searches in them without the rules of messages: who reads a record could guess, word
    # by word, the notes of the staff on it.
    message_ids = fields.One2many(groups="base.group_user")
    website_message_ids = fields.One2many(groups="base.group_user")
