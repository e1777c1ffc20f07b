from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.website_household.controllers.household import FORM
from odoo.addons.website_household.controllers.household_form import BOTH, PRESSED
from odoo.addons.website_household.controllers.organisation import OrganisationPage
from odoo.addons.website_parts.tools.web import not_cached, number, text, typed

PATH = "/my/invitations"
INVITED = ("name", "email", "role")
INVITATIONS_A_DAY, DAY = 20, 24 * 3600


class InvitationPage(OrganisationPage):
    def _make_invited_items(self, errors, values, rank=""):
        """:param rank: of several people on one form, what each input's name ends with"""
        env = request.env
        labels = {
            "name": (env._("First name and last name"), ""),
            "email": (env._("Her or his own e-mail address"), env._("The invitation goes there")),
            "role": (env._("Role there"), env._("Example: treasurer")),
        }
        return [
            self._item(
                f"{name}{rank}",
                label,
                errors,
                values,
                required=name != "role" and rank in ("", "_1"),
                type="email" if name == "email" else "text",
                help=help_text or None,
            )
            for name, (label, help_text) in labels.items()
        ]

    def _count_invitations(self, count):
        """Each one is a mail to an address that somebody typed."""
        guard = request.env["public.guard"]
        for _each in range(count):
            guard._hit("organisation.invitation", str(request.env.user.id), INVITATIONS_A_DAY, DAY)

    @http.route("/my/organisme/<string:organisation_id>/inviter", **BOTH)
    def invite(self, organisation_id, **kwargs):
        organisation = self._find_organisation(organisation_id)
        values = self._read(INVITED)
        errors, notice = {}, ""
        if self._is_sent():
            Invitation = request.env["organisation.invitation"]
            _values, errors = Invitation._check_invited(values, organisation)
            if not errors:
                notice = self._try(self._send_invitation, organisation, values)
                if not notice:
                    where = self._get_organisation_url(organisation, "invite")
                    return request.redirect(where, code=303)
        url = self._get_organisation_url(organisation)
        name = organisation.sudo().name
        return self._render(
            f"{url}/inviter",
            request.env._("Invite somebody to act for %(name)s", name=name),
            request.env._(
                "This person will read the sheet and the requests of the organisation, file some, "
                "and decide as you do on who acts for it."
            ),
            self._make_invited_items(errors, values),
            errors,
            notice,
            back=(url, name),
        )

    def _send_invitation(self, organisation, values):
        self._count_invitations(1)
        request.env["organisation.invitation"]._invite(organisation, values)

    @http.route("/my/organisme/<string:organisation_id>/invitations/<string:invitation_id>", **BOTH)
    def withdraw_invitation(self, organisation_id, invitation_id, **kwargs):
        organisation = self._find_organisation(organisation_id)
        url = self._get_organisation_url(organisation)
        invitation_sudo = (
            request.env["organisation.invitation"]
            .sudo()
            .search(
                [
                    ("id", "=", number(invitation_id)),
                    ("organisation_id", "=", organisation.id),
                    ("state", "=", "sent"),
                ]
            )
        )
        if not invitation_sudo:
            return request.redirect(url, code=303)
        notice = ""
        if self._is_sent():
            notice = self._try(invitation_sudo.sudo(False)._withdraw)
            if not notice:
                where = self._get_organisation_url(organisation, "reprise")
                return request.redirect(where, code=303)
        return self._show_question(
            f"{url}/invitations/{invitation_sudo.id}",
            request.env._("Take back the invitation of %(name)s?", name=invitation_sudo.name),
            request.env._("The mail that she or he received opens nothing any more."),
            request.env._("Yes, take it back"),
            (url, organisation.sudo().name),
            notice,
        )

    def _show_question(self, action, heading, lead, button, back, notice, carried=None):
        """Asked once more before it is done.

        :param carried: {name: value} of what was typed, sent with either answer: `_do` is then
            `confirm` or `back`
        """
        values = {
            "action": action,
            "heading": heading,
            "lead": lead,
            "button": button,
            "crumbs": [("/my", request.env._("My space")), back],
            "back": back[0],
            "notice": notice,
            "carried": carried,
        }
        template = "website_organisation_handover.question"
        return not_cached(request.render(template, values, status=422 if notice else 200))

    @http.route(PATH, methods=["GET"], **FORM)
    def my_invitations(self, fait="", **kwargs):
        """Where the mail leads, once she is signed in with the address that it was sent to."""
        notices = {"refuse": request.env._("You will not act for this organisation.")}
        return self._show_board_invitations(notices.get(text(fait, 20), ""))

    def _show_board_invitations(self, notice="", status=200):
        env = request.env
        invitations_sudo = env["organisation.invitation"]._find_mine(env.user)
        shown = [
            {
                "id": invitation_sudo.id,
                "name": invitation_sudo.organisation_id.name,
                "told": env._(
                    "%(by)s invites %(whom)s.",
                    by=invitation_sudo.invited_by_name,
                    whom=", ".join(filter(None, (invitation_sudo.name, invitation_sudo.role))),
                ),
                "lead": env._(
                    "You will read its sheet and its requests, file some, and decide with the "
                    "others on who acts for it."
                ),
                "until": self._tell_until(invitation_sudo),
                "yes": env._("Yes, I act for it"),
                "no": env._("No, thank you"),
            }
            for invitation_sudo in invitations_sudo
        ]
        return self._show_invitations(PATH, shown, notice, status)

    def _ask_before_refusing(self, invitation_sudo):
        """A press beside the right one would end what only another person can begin again."""
        env = request.env
        return self._show_question(
            f"{PATH}/{invitation_sudo.id}",
            env._("Refuse to act for %(name)s?", name=invitation_sudo.organisation_id.name),
            env._(
                "%(name)s is told. To act for it later, you will need another invitation.",
                name=invitation_sudo.invited_by_name,
            ),
            env._("Yes, I refuse"),
            (PATH, env._("My invitations")),
            "",
        )

    @http.route(f"{PATH}/<string:invitation_id>", **PRESSED)
    def answer_invitation(self, invitation_id, **kwargs):
        invitation_sudo = (
            request.env["organisation.invitation"].sudo().browse(number(invitation_id)).exists()
        )
        act = typed("_do", 10)
        if not invitation_sudo:
            raise NotFound()
        if act not in ("accept", "refuse", "confirm"):
            return request.redirect(PATH, code=303)
        if act == "refuse" and invitation_sudo in invitation_sudo._find_mine(request.env.user):
            return self._ask_before_refusing(invitation_sudo)
        is_accepted = act == "accept"
        notice = self._try(invitation_sudo.sudo(False)._answer, is_accepted)
        if notice:
            return self._show_board_invitations(notice, 422)
        if is_accepted:
            where = self._get_organisation_url(invitation_sudo.organisation_id)
            return request.redirect(where, code=303)
        return request.redirect(f"{PATH}?fait=refuse", code=303)
