from odoo import fields, http
from odoo.http import request

from odoo.addons.website_parts.tools.day import show_date, show_day, show_moment
from odoo.addons.website_parts.tools.web import not_cached, text

from .organisations import prepare_organisations

FORM = {"type": "http", "auth": "user", "website": True, "sitemap": False}


def prepare_household(partner):
    """Who lives with this person, as far as she may know it: the rules choose the rows.

    Living together gives nothing by itself: other adults are counted, not named.
    """
    household = partner._current_household()
    members, others = [], 0
    if household:
        Membership = request.env["household.membership"]
        domain = [("household_id", "=", household.id), ("is_current", "=", True)]
        readable = Membership.search(domain)
        others = Membership.sudo().search_count(domain) - len(readable)
        members = [
            describe_person(membership.person_id)
            for membership in readable
            if membership.person_id != partner
        ]
    dwelling_sudo = partner._current_dwelling().sudo()
    invitations_sudo = request.env["household.invitation"]._find_mine(request.env.user)
    return {
        "me": partner.sudo(),
        "my_situation": partner.sudo()._tell_situation(),
        "invited_by": ", ".join(invitations_sudo.mapped("invited_by_name")),
        "household": household,
        "members": members,
        "other_count": others,
        "address": dwelling_sudo.display_name or "",
        "awaited": _get_awaited(household, partner),
    }


def _get_awaited(household, partner):
    """Whom she declared and nobody has checked yet."""
    if not household:
        return []
    lines_sudo = (
        request.env["household.change.line"]
        .sudo()
        .search(
            [
                ("change_id.subject_id", "=", household.id),
                ("change_id.requester_id", "=", partner.id),
                ("field_key", "=", "arrival"),
                ("state", "=", "proposed"),
            ]
        )
    )
    return lines_sudo.mapped("new_text")


def describe_person(person):
    age = ""
    if person.birthdate:
        age = request.env._("%(age)s years old", age=person.age) if person.age > 1 else ""
        age = age or request.env._(
            "Born on %(date)s", date=show_date(fields.Date.to_string(person.birthdate))
        )
    return {"id": person.id, "name": person.name, "age": age, "is_child": person.is_minor}


def describe_changes(changes_sudo):
    """A row for each line, the last proposal first."""
    env = request.env
    states = {
        "proposed": env._("being checked"),
        "accepted": env._("done"),
        "refused": env._("refused"),
        "stale": env._("changed meanwhile: look at what we know today, and tell us again"),
        "withdrawn": env._("taken back by you"),
    }
    return [
        {
            "date": show_moment(env, line.create_date),
            "text": f"{line.label}\xa0: {line._get_told()}",
            "state": states[line.state],
            "reason": line.reason,
        }
        for line in changes_sudo.line_ids
    ]


class Household(http.Controller):
    @http.route("/my/foyer", methods=["GET"], **FORM)
    def household(self, fait="", **kwargs):
        partner = request.env.user.partner_id
        values = self._prepare_household_values(partner)
        values["notice"] = self._get_notices().get(text(fait, 20), "")
        return not_cached(request.render("website_household.my_household", values))

    def _get_notices(self):
        """Hook: what was just done, by the word that its address ends with."""
        return {
            "propose": request.env._(
                "Well received. The service checks it; until then nothing changes."
            ),
            "enfant": request.env._("Well received. You can act for this child."),
            "foyer": request.env._("Well received. Your household is open."),
            "organisation": request.env._(
                "Well received. An agent, or somebody who already acts for this organisation, "
                "checks it. Nothing after a week? Call us."
            ),
            "reprise": request.env._("The invitation is taken back: it opens nothing any more."),
            "rejoint": request.env._("You are in this household. Who invited you is told."),
            "parti": request.env._("You no longer act for this organisation."),
            "autorite": request.env._("Well received, thank you."),
        }

    def _prepare_household_values(self, partner):
        """Hook: what the page of the household shows to this person."""
        # Her own; those of her organisations are on their pages.
        changes_sudo = (
            request.env["household.change"]
            .sudo()
            .search(
                [("requester_id", "=", partner.id), ("subject_id.kind", "=", "household")],
                limit=10,
            )
        )
        sent_sudo = request.env["household.invitation"]._find_sent(partner)
        return {
            **prepare_household(partner),
            **self._prepare_authorities(partner),
            "sent": [
                {
                    "url": f"/my/foyer/invitation/{invitation.id}",
                    "name": invitation.name,
                    "told": request.env._(
                        "%(name)s is invited at %(email)s, until %(day)s.",
                        name=invitation.name,
                        email=invitation.email,
                        day=show_day(request.env, invitation.date_expire),
                    ),
                }
                for invitation in sent_sudo
            ],
            "organisations": prepare_organisations(partner),
            "changes": describe_changes(changes_sudo),
            "space_label": request.env._("My space"),
        }

    def _prepare_authorities(self, partner):
        """Children I act for, what I declared that is closed, what another declared on them."""
        children = partner._children_i_may_act_for()
        # Her own: the staff's groups have no right on the model, and are parents too.
        Authority_sudo = request.env["parental.authority"].sudo()
        mine_sudo = Authority_sudo.search([("holder_id", "=", partner.id)])
        open_by_child = {
            authority.child_id.id: authority
            for authority in mine_sudo
            if authority.child_id in children and authority.state != "ended"
        }
        words = {
            "declared": request.env._("Declared by you"),
            "verified": request.env._("Checked by the service"),
            "contested": request.env._("Contested: closed until the service decides"),
            "ended": request.env._("Ended"),
        }
        closed = [
            {
                "state": request.env._("Withdrawn")
                if authority.kind == "withdrawn"
                else words[authority.state],
                "date": show_moment(request.env, authority.create_date),
            }
            for authority in mine_sudo
            if authority.child_id not in children and authority.state != "ended"
        ]
        asked_sudo = Authority_sudo.search(
            [
                ("child_id", "in", children.ids),
                ("holder_id", "!=", partner.id),
                ("state", "=", "declared"),
            ]
        )
        return {
            "children": [
                {
                    **describe_person(child),
                    "state": words[open_by_child[child.id].state],
                    "authority_id": open_by_child[child.id].id,
                }
                for child in children
                if child.id in open_by_child
            ],
            "closed": closed,
            "asked": [
                {
                    "id": authority.id,
                    "holder": authority.holder_id.name,
                    "child": authority.child_id.name,
                }
                for authority in asked_sudo
                if authority.sudo(False)._is_other_holder()
            ],
        }
