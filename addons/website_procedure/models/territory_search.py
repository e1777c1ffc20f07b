import re
from urllib.parse import urlencode

from odoo import api, models

# The number of a request, as it is copied from a paper.
NUMBER = re.compile(r"\b([a-z][a-z0-9]{1,15})[\s-]+(20\d\d)[\s-]+(\d{4,6})\b", re.IGNORECASE)


class TerritorySearch(models.AbstractModel):
    _inherit = "territory.search"

    @api.model
    def _get_direct_url(self, typed):
        """The number of a request leads where its code is asked, whether it exists or not."""
        number = NUMBER.search(typed or "")
        if not number:
            return super()._get_direct_url(typed)
        return f"/suivi?{urlencode({'numero': '-'.join(number.groups()).upper()})}"
