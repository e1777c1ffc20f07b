from odoo import http
from odoo.http import request

from odoo.addons.website_household.controllers.household_form import BOTH
from odoo.addons.website_parts.tools.day import to_iso
from odoo.addons.website_parts.tools.web import typed

from .invitation import INVITED, InvitationPage

# New people on one form; the others are invited one by one.
ROWS = ("_1", "_2", "_3")


class HandoverPage(InvitationPage):
    @http.route("/my/organisme/<string:organisation_id>/passer-la-main", **BOTH)
    def hand_over(self, organisation_id, **kwargs):
        organisation = self._find_organisation(organisation_id)
        url = self._get_organisation_url(organisation)
        if request.env["organisation.handover"]._find_waiting(organisation):
            # A colleague was quicker: the page says what waits.
            return request.redirect(self._get_organisation_url(organisation, "encours"), code=303)
        values = self._read(["date", *(f"{name}{row}" for row in ROWS for name in INVITED)], "date")
        delegates_sudo = organisation._get_current_delegates().sorted("name")
        leaving = {f"leaves_{person.id}": typed(f"leaves_{person.id}") for person in delegates_sudo}
        values |= leaving
        errors, notice = {}, ""
        if self._is_sent():
            act = typed("_do", 10)
            invited, errors = self._read_board(organisation, values)
            if act == "back":
                errors = {}
            elif not errors:
                leaving_sudo = self._list_leaving(delegates_sudo, leaving)
                acting_sudo = request.env["organisation.handover"]._find_acting_board(
                    organisation, leaving_sudo, invited
                )
                if acting_sudo and act != "confirm":
                    return self._ask_at_once(organisation, acting_sudo, leaving_sudo, values)
                notice = self._try(self._start_handover, organisation, values, leaving, invited)
                if not notice:
                    return request.redirect(self._get_started_url(organisation), code=303)
        return self._render(
            f"{url}/passer-la-main",
            request.env._("Hand over %(name)s", name=organisation.sudo().name),
            request.env._(
                "Each person of the new board receives an invitation. As soon as one of them "
                "accepts, who leaves acts no longer. Who acts already has the new role at once; "
                "the service checks the one that you give yourself. The requests stay with the "
                "organisation."
            ),
            self._make_board_items(delegates_sudo, errors, values),
            errors,
            notice,
            back=(url, organisation.sudo().name),
        )

    def _read_board(self, organisation, values):
        """Rows where something is typed; none is an error too. Who acts already is told by her
        address."""
        Invitation = request.env["organisation.invitation"]
        Delegate_sudo = request.env["partner.delegate"].sudo()
        is_changed, leaves = False, {name for name, value in values.items() if value}
        invited, errors = [], {}
        _day, error = request.env["identity.check"]._parse_day(values["date"], "past")
        if not values["date"]:
            error = request.env._("Write the day of the meeting.")
        if error:
            errors["date"] = error
        for row in ROWS:
            raw = {name: values[f"{name}{row}"] for name in INVITED}
            if not any(raw.values()):
                continue
            invited.append(raw)
            staying, _coming = Delegate_sudo._sort_board(organisation, [raw])
            for delegation_sudo, role in staying:
                is_changed |= role != delegation_sudo.role
                key = f"leaves_{delegation_sudo.person_id.id}"
                if key in leaves:
                    errors[key] = delegation_sudo._get_both_sentence()
            if not staying:
                _values, found = Invitation._check_invited(raw, organisation)
                errors |= {f"{name}{row}": sentence for name, sentence in found.items()}
        if not invited:
            errors[f"name{ROWS[0]}"] = request.env._(
                "Write who is in the new board: at least one person."
            )
        leaving = [name for name in values if name.startswith("leaves_")]
        if not is_changed and not leaves.intersection(leaving):
            errors[leaving[0]] = request.env._(
                "Say who leaves. Nobody does? Then invite, on its page."
            )
        return invited, errors

    def _list_leaving(self, delegates_sudo, leaving):
        return delegates_sudo.filtered(lambda person: leaving.get(f"leaves_{person.id}"))

    def _ask_at_once(self, organisation, acting_sudo, leaving_sudo, values):
        """Nothing would wait for anybody: asked once more, with what was typed."""
        env = request.env
        acting, names = acting_sudo.person_id, leaving_sudo.mapped("name")
        who = (
            env._("%(name)s acts already.", name=acting.name)
            if len(acting) == 1
            else env._("The new board acts already.")
        )
        then = (
            env._(
                "As soon as you confirm, %(name)s acts no longer for the organisation, and reads "
                "its requests no longer.",
                name=names[0],
            )
            if len(names) == 1
            else env._(
                "As soon as you confirm, these people act no longer for the organisation, and "
                "read its requests no longer: %(names)s.",
                names=", ".join(names),
            )
        )
        url = self._get_organisation_url(organisation)
        return self._show_question(
            f"{url}/passer-la-main",
            env._("Hand over at once?"),
            f"{who} {then}",
            env._("Yes, hand over"),
            (url, organisation.sudo().name),
            "",
            carried={name: value for name, value in values.items() if value},
        )

    def _start_handover(self, organisation, values, leaving, invited):
        self._count_invitations(len(invited))
        day, _error = request.env["identity.check"]._parse_day(to_iso(values["date"]), "past")
        leaving_sudo = self._list_leaving(organisation._get_current_delegates(), leaving)
        request.env["organisation.handover"]._start(organisation, day, leaving_sudo, invited)

    def _get_started_url(self, organisation):
        """Who leaves at once reads its page no longer."""
        if request.env.user.partner_id not in organisation._get_current_delegates():
            return "/my/foyer?fait=parti"
        handover_sudo = (
            request.env["organisation.handover"]
            .sudo()
            .search([("organisation_id", "=", organisation.id)], limit=1)
        )
        done = "bureau" if handover_sudo.state == "done" else "main"
        if handover_sudo._is_role_waiting():
            done = "fonction"
        return self._get_organisation_url(organisation, done)

    def _make_board_items(self, delegates_sudo, errors, values):
        env = request.env
        leaving = [
            self._item(
                f"leaves_{person.id}",
                env._("%(name)s leaves", name=person.name),
                errors,
                values,
                widget="consent",
                unmarked=True,
            )
            for person in delegates_sudo
        ]
        leaving[0]["heading"] = env._("Who leaves")
        board = []
        for rank, row in enumerate(ROWS, start=1):
            items = self._make_invited_items(errors, values, row)
            items[0]["heading"] = env._("New board, person %(rank)s", rank=rank)
            board += items
        return [
            self._item(
                "date",
                env._("Day of the general meeting"),
                errors,
                values,
                required=True,
                day="past",
                help=env._("Example: 15/11/2026"),
            ),
            *leaving,
            *board,
        ]

    @http.route("/my/organisme/<string:organisation_id>/passer-la-main/annuler", **BOTH)
    def cancel_handover(self, organisation_id, **kwargs):
        organisation = self._find_organisation(organisation_id)
        url = self._get_organisation_url(organisation)
        handover_sudo = request.env["organisation.handover"]._find_waiting(organisation)
        if not handover_sudo:
            return request.redirect(url, code=303)
        notice = ""
        if self._is_sent():
            notice = self._try(handover_sudo.sudo(False)._cancel)
            if not notice:
                where = self._get_organisation_url(organisation, "annulee")
                return request.redirect(where, code=303)
        return self._show_question(
            f"{url}/passer-la-main/annuler",
            request.env._("Cancel the handing over?"),
            request.env._("The invitations are taken back, and who acts today goes on."),
            request.env._("Yes, cancel it"),
            (url, organisation.sudo().name),
            notice,
        )
