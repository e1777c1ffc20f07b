from odoo import SUPERUSER_ID, models
from odoo.exceptions import AccessError

PENDING_MODELS = ("mail.compose.message", "mail.scheduled.message")


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        # A thumbnail is drawn by the browser of who reads.
        if set(vals) - {"thumbnail"}:
            self._check_no_field()
        return super().write(vals)

    def unlink(self):
        self._check_no_field()
        return super().unlink()

    def _check_no_field(self):
        """:raise AccessError: a file that a record keeps in a field is changed by that record, and
        by what it checks, never behind it."""
        if not self.env.su and any(attachment.res_field for attachment in self.sudo()):
            raise AccessError(self.env._("The file of a record is changed with it only."))

    def _postprocess_contents(self, values):
        """Core draws every large picture again, smaller: not where the file is evidence, and what
        is recorded of it (size, sha256) must stay true."""
        model = values.get("res_model") or self[:1].sudo().res_model
        if model in self.env and self.env[model]._keeps_files_as_given:
            return values
        return super()._postprocess_contents(values)

    def _delete_and_notify(self, message=None):
        """Core deletes in superuser mode, for who shows the token that goes with any file of her
        own messages: here, what she uploaded or may write on, never the file of a record."""
        if self.env.uid != SUPERUSER_ID:
            mine = self.sudo().filtered(lambda each: each.create_uid == self.env.user).sudo(False)
            self.sudo(False)._check_no_field()
            (self.sudo(False) - mine).check_access("write")
        return super()._delete_and_notify(message)

    def _check_may_leave_with(self, model, res_id):
        """Core gives whoever reads a message all its files, and asks nobody whether its author
        may read them.

        :raise AccessError: not readable, or the file of another record than that of the message
        """
        if self.env.uid == SUPERUSER_ID or not self:
            return
        attachments = self.sudo(False).exists()
        attachments.check_access("read")
        if any(not each._belongs_to(model, res_id) for each in attachments.sudo()):
            raise AccessError(self.env._("A file goes with a message of its own record only."))

    def _belongs_to(self, model, res_id):
        self.ensure_one()
        if self.res_field:
            return False
        if not self.res_id or self.res_model in PENDING_MODELS:
            return self.create_uid == self.env.user
        if self.res_model in ("mail.message", "mail.activity"):
            owner = self.env[self.res_model].browse(self.res_id).exists()
            owner_model = owner.model if self.res_model == "mail.message" else owner.res_model
            return (owner_model, owner.res_id) == (model, res_id)
        return (self.res_model, self.res_id) == (model, res_id)

    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        """Core searches files in superuser mode, then drops those that one may not read: the
        secret of a file could be guessed letter by letter, or be ordered by."""
        if not (self.env.su or bypass_access):
            self._check_searched_fields(domain)
            for term in (order or "").split(","):
                self._check_named_field(term.strip().partition(" ")[0])
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _read_grouping_sets(self, domain, grouping_sets, *args, **kwargs):
        """Core asks for the right to read in `_read_group` only, and `_search` does not here."""
        self.browse().check_access("read")
        return super()._read_grouping_sets(domain, grouping_sets, *args, **kwargs)
