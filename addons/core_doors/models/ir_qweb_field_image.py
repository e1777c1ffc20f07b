from odoo import models


class IrQwebFieldImage(models.AbstractModel):
    _inherit = "ir.qweb.field.image"

    def load_remote_url(self, url):
        """Who edits a page would make the server fetch any address; a picture is uploaded."""
