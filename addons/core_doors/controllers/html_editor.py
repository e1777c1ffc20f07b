from urllib.parse import urlparse

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.html_editor.controllers.main import HTML_Editor


def check_may_send_files():
    """Core opens these doors to any account; residents send files by `public_guard` only.

    :raise AccessError: not of the staff
    """
    if not request.env.user._is_internal():
        raise AccessError(request.env._("Files are not sent this way."))


class LinkPreview(HTML_Editor):
    @http.route()
    def link_preview_metadata(self, preview_url):
        """Core lets anybody, without account, make the server fetch an address of her choice, those
        of its own network included, and tells what is there. Nothing outside is asked."""
        return {}

    @http.route()
    def media_library_search(self, **params):
        """Core sends what is typed, and the number of the database, to its publisher."""
        return {}

    @http.route()
    def save_library_media(self, media):
        return []

    @http.route()
    def add_url(self, url, **kwargs):
        """Core asks the address that any resident gives, and tells what answered."""
        raise UserError(request.env._("Send the picture itself: an address is not accepted."))

    @http.route()
    def add_data(self, name, data, is_image, res_id=False, res_model="ir.ui.view", **kwargs):
        """Core draws the picture again, in 500 MB for a small file, then asks who sends it."""
        check_may_send_files()
        if res_model in request.env:
            request.env[res_model].browse(int(res_id or 0)).check_access("write")
        return super().add_data(name, data, is_image, res_id=res_id, res_model=res_model, **kwargs)

    @http.route()
    def modify_image(self, attachment, data=None, **kwargs):
        check_may_send_files()
        return super().modify_image(attachment, data=data, **kwargs)

    @http.route()
    def generate_text(self, prompt, conversation_history):
        """Core sends what is typed, and the number of the database, to its publisher."""
        raise UserError(request.env._("Texts are not written by a machine here."))

    @http.route()
    def link_preview_metadata_internal(self, preview_url):
        """Core gives the name of the record of an address without asking who may read it."""
        record = self._get_previewed_record(preview_url)
        if record and not record.has_access("read"):
            return {}
        return super().link_preview_metadata_internal(preview_url)

    def _get_previewed_record(self, preview_url):
        """Read from the address as core does: /odoo/<model or path of an action>/<id>."""
        *_others, name, number = ["", *urlparse(preview_url).path.strip("/").split("/")]
        if not number.isdecimal():
            return None
        if name not in request.env:
            action_sudo = request.env["ir.actions.act_window"].sudo().search([("path", "=", name)])
            name = action_sudo.res_model
        if name not in request.env or request.env[name]._abstract:
            return None
        return request.env[name].browse(int(number))
