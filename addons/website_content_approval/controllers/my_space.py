from odoo.fields import Domain
from odoo.http import request

from odoo.addons.website_household.controllers.my_space import MySpace

from .acting import is_contributor, list_acting, list_to_read


class ContributorSpace(MySpace):
    def _prepare_my_space_values(self):
        """What she publishes and what she reads: for contributors and readers only."""
        contributes = is_contributor()
        to_correct = 0
        if contributes:
            mine = Domain.OR(acting.revision_domain for acting in list_acting())
            to_correct = (
                request.env["content.revision"]
                .sudo()
                .search_count(mine & Domain("state", "=", "changes_asked"))
            )
        return {
            **super()._prepare_my_space_values(),
            "contributes": contributes,
            "to_correct": to_correct,
            "to_read": len(list_to_read()),
        }
