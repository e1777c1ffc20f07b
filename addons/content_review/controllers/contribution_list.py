from odoo.addons.website_content_approval.controllers.contribution_list import ContributionList

from .stale import list_stale


class StaleInList(ContributionList):
    def _prepare_list_values(self, acting):
        return {**super()._prepare_list_values(acting), "stale_count": len(list_stale())}
