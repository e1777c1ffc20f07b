from odoo import fields, models


class PublicGuardHit(models.Model):
    """How often one key came in its window; the key is a keyed digest, no address is stored."""

    _name = "public.guard.hit"
    _description = "Counter of tries"
    _log_access = False

    scope = fields.Char(required=True)
    digest = fields.Char(required=True)
    hits = fields.Integer(required=True)
    date_end = fields.Datetime(required=True, index=True)

    _digest_uniq = models.UniqueIndex("(digest)")
