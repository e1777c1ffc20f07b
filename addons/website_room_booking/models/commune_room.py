from odoo import models
from odoo.fields import Domain


class CommuneRoom(models.Model):
    _inherit = "commune.room"

    def _get_calendar_url(self):
        """Where the free days of this room are read; empty when it is not asked on the site."""
        self.ensure_one()
        Room_sudo = self.env["room.room"].sudo()
        # A page that somebody tries before it is proposed shows rooms that are in no database yet.
        domain = Room_sudo._get_public_domain() & Domain("page_room_id", "in", self._origin.ids)
        room_sudo = Room_sudo.search(domain, limit=1)
        return room_sudo and room_sudo._get_content_url()
