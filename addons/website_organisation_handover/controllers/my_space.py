from odoo.http import request

from odoo.addons.website_household.controllers.my_space import MySpace


class InvitedSpace(MySpace):
    def _prepare_my_space_values(self):
        """Who is invited sees it on her page, whatever became of the mail."""
        invitations_sudo = request.env["organisation.invitation"]._find_mine(request.env.user)
        names = invitations_sudo.organisation_id.mapped("name")
        return {**super()._prepare_my_space_values(), "invited_for": ", ".join(names)}
