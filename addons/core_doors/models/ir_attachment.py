import contextlib
import hashlib
import logging
import os
import secrets

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError, UserError

from ..exceptions import FileNotKept

_logger = logging.getLogger(__name__)

PENDING_MODELS = ("mail.compose.message", "mail.scheduled.message")


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_may_be_shown()
        return attachments

    def write(self, vals):
        # A thumbnail is drawn by the browser of the reader.
        if set(vals) - {"thumbnail"}:
            self._check_no_field()
        result = super().write(vals)
        if {"public", "type", "url"} & set(vals):
            self._check_may_be_shown()
        return result

    def _check_may_be_shown(self):
        """:raise AccessError: an address of the site shows to everybody, or leads elsewhere, what
        who may not write a page has chosen."""
        if self.env.su or self.env["ir.ui.view"].has_access("write"):
            return
        attachments_sudo = self.sudo()
        if any(each.public or each.url or each.type == "url" for each in attachments_sudo):
            raise AccessError(
                self.env._("Only who writes the pages of the site makes a file public, or a link.")
            )

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

    # ------------------------------------------------------------
    # On the disk
    # ------------------------------------------------------------

    @api.model
    def _get_path(self, bin_data, sha):
        """A file that a full disk or a power cut left half written is no collision: core would
        refuse that content for ever."""
        fname = f"{sha[:2]}/{sha}"
        try:
            return super()._get_path(bin_data, sha)
        except UserError:
            full_path = self._full_path(fname)
            with open(full_path, "rb") as stream:
                if hashlib.file_digest(stream, "sha1").hexdigest() == sha:
                    raise
            return fname, full_path
        except OSError as error:
            raise self._get_not_kept(fname) from error

    @api.model
    def _file_write(self, bin_value, checksum):
        """The whole file or none.

        :raise FileNotKept: the disk is full, or fails
        """
        fname, full_path = self._get_path(bin_value, checksum)
        if os.path.isfile(full_path):
            if self._same_content(bin_value, full_path):
                return fname
            _logger.warning("File %s of the store was damaged, it is written again", fname)
        try:
            # Before the file: if the transaction fails, the cleaning finds it.
            self._mark_for_gc(fname)
            self._write_whole(bin_value, fname, full_path)
        except OSError as error:
            raise self._get_not_kept(fname) from error
        return fname

    @api.model
    def _write_whole(self, content, fname, full_path):
        """Written beside, then put in its place: whoever reads finds the whole file. On the disk
        before its row is."""
        # Where a kill may leave it: whatever is there is cleaned with the files of that name.
        beside = f"{self._full_path('checklist')}/{fname}-{secrets.token_hex(8)}"
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            left = memoryview(content)
            while left:
                left = left[os.write(descriptor, left) :]
            os.fsync(descriptor)
            os.replace(beside, full_path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise
        finally:
            os.close(descriptor)
        folder = os.open(os.path.dirname(full_path), os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    @api.model
    def _get_not_kept(self, fname):
        _logger.exception("File %s could not be written", fname)
        return FileNotKept(self.env._("This file could not be kept. Try again later."))

    # ------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------

    def _delete_and_notify(self, message=None):
        """Core deletes in superuser mode, for whoever shows the token that goes with any file of
        her own messages: here, what she uploaded or may write on, never the file of a record."""
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
