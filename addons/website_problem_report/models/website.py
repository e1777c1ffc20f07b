from odoo import models

from ..tools.page import link_page


class Website(models.Model):
    _inherit = "website"

    def _get_problem_url(self, path):
        """Where a problem of this page is told; the address leaves without its secrets."""
        return f"/signaler-un-probleme?page={link_page(path)}"
