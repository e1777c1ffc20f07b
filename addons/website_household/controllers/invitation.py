from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.website_parts.tools.web import number, text, typed

from .household import FORM
from .household_form import PRESSED, HouseholdForm

PATH = "/my/foyer/invitation"


class HouseholdInvitation(HouseholdForm):
    """An adult who comes to live in a household answers for herself."""

    @http.route(PATH, methods=["GET"], **FORM)
    def household_invitations(self, fait="", **kwargs):
        """Where the mail leads, once she is signed in with the address that it was sent to."""
        notices = {"refuse": request.env._("Nothing changes. The person who invited you is told.")}
        return self._show_household_invitations(notices.get(text(fait, 20), ""), 200)

    def _show_household_invitations(self, notice, status):
        env = request.env
        invitations_sudo = env["household.invitation"]._find_mine(env.user)
        shown = [
            {
                "id": invitation_sudo.id,
                "name": env._("Do you live with %(name)s?", name=invitation_sudo.invited_by_name),
                "told": "",
                "lead": env._(
                    "You will be in this household, and no longer in the one where you are today. "
                    "Your requests, and what you know of your children, stay yours."
                ),
                "until": self._tell_until(invitation_sudo),
                "yes": env._("Yes, I live there"),
                "no": env._("No"),
            }
            for invitation_sudo in invitations_sudo
        ]
        return self._show_invitations(PATH, shown, notice, status)

    @http.route(f"{PATH}/<string:invitation_id>", **PRESSED)
    def answer_household_invitation(self, invitation_id, **kwargs):
        invitation_sudo = (
            request.env["household.invitation"].sudo().browse(number(invitation_id)).exists()
        )
        act = typed("_do", 10)
        if not invitation_sudo:
            raise NotFound()
        if act == "withdraw":
            notice = self._try(invitation_sudo.sudo(False)._withdraw)
            # Answered meanwhile: the page shows it.
            return self._done("" if notice else "reprise")
        if act not in ("accept", "refuse"):
            return request.redirect(PATH, code=303)
        notice = self._try(invitation_sudo.sudo(False)._answer, act == "accept")
        if notice:
            return self._show_household_invitations(notice, 422)
        if act == "accept":
            return self._done("rejoint")
        return request.redirect(f"{PATH}?fait=refuse", code=303)
