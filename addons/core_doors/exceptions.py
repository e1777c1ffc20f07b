from odoo.exceptions import UserError


class FileNotKept(UserError):
    """The disk is full, or fails: nothing was kept of this file."""

    http_status = 503
