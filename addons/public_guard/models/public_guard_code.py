from odoo import fields, models


class PublicGuardCode(models.Model):
    """The code sent to an address; neither the address nor the code is stored."""

    _name = "public.guard.code"
    _description = "One-time code"
    _log_access = False

    digest = fields.Char(required=True)
    code_digest = fields.Char(required=True)
    date_end = fields.Datetime(required=True, index=True)

    _digest_uniq = models.UniqueIndex("(digest)")
