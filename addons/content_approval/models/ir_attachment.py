from odoo import api, models
from odoo.exceptions import AccessError

from .content_revision_circuit import EDITABLE


class IrAttachment(models.Model):
    """The files of a live content are part of it: its picture, the pictures of its text."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_content_published(is_written=True)
        attachments._check_revision_open()
        return attachments

    def write(self, vals):
        # A thumbnail is drawn by the browser of the reader.
        if not set(vals) - {"thumbnail"}:
            return super().write(vals)
        self._check_content_published()
        self._check_revision_open(is_changed=True)
        result = super().write(vals)
        self._check_content_published(is_written=True)
        self._check_revision_open(is_changed=True)
        return result

    def unlink(self):
        self._check_content_published()
        self._check_revision_open()
        return super().unlink()

    def _check_content_published(self, is_written=False):
        """:raise AccessError: it belongs to a live content, or (written) to one that will have
        this number, and this is no publication"""
        for attachment_sudo in self.sudo():
            model = self.env.get(attachment_sudo.res_model or "")
            if model is None or not hasattr(model, "_get_guarded_fields"):
                continue
            field = attachment_sudo.res_field
            if field and field not in model._get_guarded_fields() and not model._guards_whole_rows:
                continue
            record_sudo = model.sudo().browse(attachment_sudo.res_id).exists()
            is_to_come = is_written and attachment_sudo.res_id and not record_sudo
            if is_to_come or record_sudo._filter_guarded():
                model._check_publishing()

    def _check_revision_open(self, is_changed=False):
        """:raise AccessError: a file of a revision changes while somebody reads it, or afterwards:
        what was read would not be what is published; a file in it is replaced by another one,
        never behind its name"""
        for attachment_sudo in self.sudo():
            if attachment_sudo.res_model != "content.revision":
                continue
            revision_sudo = self.env["content.revision"].sudo().browse(attachment_sudo.res_id)
            is_open = revision_sudo.exists().state in EDITABLE
            if not is_open or (is_changed and not self.env.su):
                raise AccessError(self.env._("The files of this change are those that were read."))
