from odoo import http

from odoo.addons.web.controllers.binary import Binary

from .html_editor import check_may_send_files


class StaffUpload(Binary):
    @http.route()
    # pylint: disable-next=redefined-builtin
    def upload_attachment(self, model, id, ufile, callback=None):  # noqa: A002 (core's name)
        check_may_send_files()
        return super().upload_attachment(model, id, ufile, callback)
