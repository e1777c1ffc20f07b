from odoo import api, models


class MailPushDevice(models.Model):
    _inherit = "mail.push.device"

    @api.model
    def register_devices(self, **kw):
        """Core then posts each message that the user receives to the address that she gave: any
        address of the server's network, or the makers of browsers. Mail and the bell are enough."""
