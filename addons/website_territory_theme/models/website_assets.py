from odoo import models


class WebsiteAssets(models.AbstractModel):
    _inherit = "website.assets"

    def make_scss_customization(self, url, values):
        """Core fetches a font from Google as soon as its name is given; ours are shipped."""
        values = {key: value for key, value in values.items() if key != "google-local-fonts"}
        return super().make_scss_customization(url, values)
