from odoo import fields, models


class PublicGuardToken(models.Model):
    """A form token that has been spent, and what came of it."""

    _name = "public.guard.token"
    _description = "Spent form token"
    _log_access = False

    digest = fields.Char(required=True)
    purpose = fields.Char(required=True)
    date_end = fields.Datetime(required=True, index=True)
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")

    _digest_uniq = models.UniqueIndex("(digest)")

    def _set_result(self, record):
        """Remember what the form created, to answer the same to a replayed post."""
        self.write({"res_model": record._name, "res_id": record.id})

    def _get_result(self):
        """Return the record of the first post; empty when it is gone or was never made.

        In superuser mode: only who sent the form holds its token.
        """
        if not self.res_model:
            return None
        return self.env[self.res_model].browse(self.res_id).exists()
