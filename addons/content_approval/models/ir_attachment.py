from odoo import api, models
from odoo.exceptions import AccessError

from .content_revision_circuit import EDITABLE

PLACE = ("res_model", "res_id", "res_field")


class IrAttachment(models.Model):
    """The files of a live content are part of it: its picture, the pictures of its text.

    Asked before anything is written: routes of core catch the refusal, and keep what was written.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        by_default = self.default_get(list(PLACE))
        for vals in vals_list:
            self._check_place({**by_default, **vals}, is_written=True)
        return super().create(vals_list)

    def write(self, vals):
        # A thumbnail is drawn by the browser of the reader.
        if not set(vals) - {"thumbnail"}:
            return super().write(vals)
        for place in self.sudo().read(PLACE, load=""):
            self._check_place(place, is_changed=True)
            if set(vals) & set(PLACE):
                self._check_place({**place, **vals}, is_written=True, is_changed=True)
        return super().write(vals)

    def unlink(self):
        for place in self.sudo().read(PLACE, load=""):
            self._check_place(place)
        return super().unlink()

    def _check_place(self, place, is_written=False, is_changed=False):
        """:param place: values of the record, and of its field, that a file belongs to
        :raise AccessError: nothing is put, replaced or taken away there by hand"""
        model, number = place.get("res_model"), int(place.get("res_id") or 0)
        if model == "content.revision":
            self._check_revision_open(number, is_changed)
        elif model in self.env and hasattr(self.env[model], "_get_guarded_fields"):
            self._check_content_published(model, number, place.get("res_field"), is_written)

    def _check_content_published(self, model, number, field, is_written):
        """:raise AccessError: it belongs to a live content, or (written) to one that will have
        this number, and this is no publication"""
        Model = self.env[model]
        if field and field not in Model._get_guarded_fields() and not Model._guards_whole_rows:
            return
        record_sudo = Model.sudo().browse(number).exists() if number else Model.sudo()
        if (is_written and number and not record_sudo) or record_sudo._filter_guarded():
            Model._check_publishing()

    def _check_revision_open(self, number, is_changed):
        """:raise AccessError: a file of a revision changes while somebody reads it, or afterwards:
        what was read would not be what is published; a file in it is replaced by another one,
        never behind its name"""
        revision_sudo = self.env["content.revision"].sudo().browse(number)
        is_open = number and revision_sudo.exists().state in EDITABLE
        if not is_open or (is_changed and not self.env.su):
            raise AccessError(self.env._("The files of this change are those that were read."))
