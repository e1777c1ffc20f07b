from odoo.fields import Domain
from odoo.http import request

from odoo.addons.website_household.controllers.organisation import OrganisationPage
from odoo.addons.website_parts.tools.day import show_day


class OrganisationBoard(OrganisationPage):
    def _get_organisation_notices(self):
        return {
            **super()._get_organisation_notices(),
            "invite": request.env._("The invitation left. It waits for thirty days."),
            "reprise": request.env._("The invitation is taken back."),
            "main": request.env._(
                "The invitations left. As soon as one of the new board accepts, those who leave "
                "act no longer."
            ),
            "bureau": request.env._("The new board acts from now on."),
            "fonction": request.env._(
                "Well received. The service checks the new role; until then it stays as it is."
            ),
            "encours": request.env._("Somebody began to hand over meanwhile: see below."),
            "annulee": request.env._("The handing over is cancelled: nothing changes."),
        }

    def _prepare_organisation_values(self, organisation):
        """Who is invited, and the handing over that waits."""
        Invitation_sudo = request.env["organisation.invitation"].sudo()
        invitations_sudo = Invitation_sudo.search(
            Invitation_sudo._waiting_domain() & Domain("organisation_id", "=", organisation.id)
        )
        handover_sudo = request.env["organisation.handover"]._find_waiting(organisation)
        return {
            **super()._prepare_organisation_values(organisation),
            "invitations": [
                {
                    "id": invitation_sudo.id,
                    "who": ", ".join(filter(None, (invitation_sudo.name, invitation_sudo.role))),
                    "told": request.env._(
                        "Invited at %(email)s, until %(day)s",
                        email=invitation_sudo.email,
                        day=show_day(request.env, invitation_sudo.date_expire),
                    ),
                }
                for invitation_sudo in invitations_sudo
            ],
            "handover": handover_sudo,
            "handover_told": handover_sudo and self._tell_handover(handover_sudo),
        }

    def _tell_handover(self, handover_sudo):
        told = {
            "day": show_day(request.env, handover_sudo.date_meeting),
            "names": handover_sudo._tell_leaving(),
        }
        if roles := handover_sudo._tell_waiting_roles():
            return request.env._(
                "It is being handed over, after the meeting of %(day)s. The service checks: "
                "%(roles)s. As soon as it accepts, or one of the people invited, these people act "
                "no longer: %(names)s.",
                roles=roles,
                **told,
            )
        return request.env._(
            "It is being handed over, after the meeting of %(day)s. As soon as one of the "
            "people invited accepts, these people act no longer: %(names)s.",
            **told,
        )
