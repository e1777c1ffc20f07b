"""The requests of the person who is signed in: which ones, in which order, in which words."""

import re

from odoo.fields import Domain
from odoo.http import request

from odoo.addons.territory_search.models.territory_search import plain
from odoo.addons.website_parts.tools.day import show_moment
from odoo.addons.website_parts.tools.web import number

PAGE = 20
MYSELF = "moi"


def get_listed_states():
    """Name in the address → states."""
    Request = request.env["procedure.request"]
    names = {"applicant": "a-completer", "service": "en-cours", "": "terminees"}
    listed = {name: [] for name in names.values()}
    # She has nothing to do either.
    names["other"] = "en-cours"
    for state, known in Request._get_states().items():
        if state != "draft":
            listed[names[known.waits_for]].append(state)
    return listed


def get_mine_domain():
    """Filed for oneself, or for an organisation whose delegate one is today.

    The rule of portal users says the same. Staff members have other rules, and file for
    themselves too: so the domain is the check, in superuser mode.
    """
    partner = request.env.user.partner_id
    organisations_sudo = (
        partner.sudo()
        ._acting_for_choices()
        .filtered(lambda choice: choice.kind not in (False, "person"))
    )
    own = Domain("acting_for_id", "=", False) & Domain("applicant_id", "=", partner.id)
    sent = Domain("state", "!=", "draft")
    return sent & (own | Domain("acting_for_id", "in", organisations_sudo.ids))


class RequestList:
    """What was asked to be shown, and by which links it is changed."""

    def __init__(self, q="", state="", whom=""):
        self.q = q
        self.states = get_listed_states()
        self.state = state if state in self.states else ""
        self.whom = whom if whom == MYSELF or number(whom) else ""
        self.Request_sudo = request.env["procedure.request"].sudo()
        self.mine = get_mine_domain()

    @property
    def is_filtered(self):
        return bool(self.q or self.state or self.whom)

    def find(self, page=1, limit=PAGE):
        """(those that wait for the person, a page of the others, how many in all)"""
        domain = self.mine & self._get_words_domain() & self._get_whom_domain()
        if self.state:
            domain &= Domain("state", "in", self.states[self.state])
        waiting_domain = Domain("state", "in", self.states["a-completer"])
        waiting_sudo = self.Request_sudo.search(domain & waiting_domain, limit=100)
        others_sudo = self.Request_sudo.search(
            domain & ~waiting_domain, limit=limit, offset=(page - 1) * limit
        )
        return waiting_sudo, others_sudo, self.Request_sudo.search_count(domain)

    def _get_words_domain(self):
        """A number as it is copied from a paper, or words of the procedure or of a name."""
        if not self.q:
            return Domain.TRUE
        procedures_sudo = request.env["procedure.procedure"].sudo().search([])
        words = plain(self.q).split()
        found = procedures_sudo.filtered(
            lambda procedure: all(word in procedure._get_search_text() for word in words)
        )
        copied = "-".join(re.findall(r"\w+", self.q))
        names = Domain.AND(
            Domain("subject_ids.name", "ilike", word) | Domain("acting_for_id.name", "ilike", word)
            for word in self.q.split()
        )
        return Domain("number", "ilike", copied) | Domain("procedure_id", "in", found.ids) | names

    def _get_whom_domain(self):
        if not self.whom:
            return Domain.TRUE
        if self.whom == MYSELF:
            return Domain("acting_for_id", "=", False) & Domain("subject_ids", "=", False)
        chosen = number(self.whom)
        return Domain("acting_for_id", "=", chosen) | Domain("subject_ids", "in", [chosen])

    @property
    def state_links(self):
        """(address, words, how many, whether it is what is shown)"""
        counted = dict(
            self.Request_sudo._read_group(
                self.mine & self._get_words_domain() & self._get_whom_domain(),
                ["state"],
                ["__count"],
            )
        )
        words = {
            "": request.env._("All"),
            "a-completer": request.env._("To complete"),
            "en-cours": request.env._("In progress"),
            "terminees": request.env._("Finished ones"),
        }
        return [
            {
                "value": name,
                "label": label,
                "count": sum(counted.get(state, 0) for state in self.states.get(name, counted)),
                "is_current": name == self.state,
            }
            for name, label in words.items()
        ]

    @property
    def whom_choices(self):
        """Children and organisations of these requests; nothing to choose without one."""
        people_sudo = request.env["res.partner"].sudo()
        for name in ("subject_ids", "acting_for_id"):
            groups = self.Request_sudo._read_group(
                self.mine & Domain(name, "!=", False), [name], ["__count"]
            )
            people_sudo |= people_sudo.union(*(partner for partner, _count in groups))
        choices = [(str(partner.id), partner.name) for partner in people_sudo.sorted("name")]
        return choices and [(MYSELF, request.env._("Myself")), *choices]


def prepare_rows(requests_sudo, organisation=None):
    """:param organisation: on its own page: who asked is told, and not that it is for it"""
    rows = []
    for request_sudo in requests_sudo:
        concerned = request_sudo.acting_for_id | request_sudo.subject_ids
        if organisation:
            concerned -= organisation
        names = ", ".join(concerned.mapped("name"))
        names = names and request.env._("for %(names)s", names=names)
        rows.append(
            {
                "url": f"/my/demandes/{request_sudo.id}",
                "name": request_sudo._get_title(),
                "detail": " · ".join(
                    filter(
                        None, (*request_sudo._get_settled_sentences(), request_sudo.number, names)
                    )
                ),
                "date": tell_sent(request_sudo, bool(organisation)),
                "tag": request_sudo._get_tag(),
                "asked": ", ".join(get_asked_labels(request_sudo)),
            }
        )
    return rows


def tell_sent(request_sudo, is_shared):
    """When it was sent; by whom, where several people act."""
    env = request.env
    day = show_moment(env, request_sudo.date_submitted)
    if not is_shared:
        return env._("Sent on %(date)s", date=day)
    applicant_sudo = request_sudo.applicant_id
    if applicant_sudo == env.user.partner_id:
        return env._("By you, on %(date)s", date=day)
    return env._("By %(name)s, on %(date)s", name=applicant_sudo.name, date=day)


def get_asked_labels(request_sudo):
    """What the person is asked for now, once each."""
    if request_sudo.state != "to_complete":
        return []
    asked = request_sudo.document_line_ids.filtered("asked")
    return list(dict.fromkeys(filter(None, asked.mapped("label"))))


def prepare_drafts(organisation=None):
    """What she began; `organisation`: in its name only."""
    domain = Domain("partner_id", "=", request.env.user.partner_id.id)
    if organisation:
        domain &= Domain("acting_for_id", "=", organisation.id)
    drafts_sudo = request.env["website.procedure.pending"].sudo().search(domain)
    return [
        {
            "url": f"/demarches/{draft.procedure_id.slug}/formulaire",
            "delete_url": f"/demarches/{draft.procedure_id.slug}/brouillon/supprimer",
            "name": draft.procedure_id.name,
            "date": show_moment(request.env, draft.create_date),
            "until": show_moment(request.env, draft.date_expire),
        }
        for draft in drafts_sudo
        if draft.procedure_id._is_open()
    ]


def draft_to_row(draft):
    return {
        "url": draft["url"],
        "name": draft["name"],
        "detail": "",
        "date": request.env._("Begun on %(date)s", date=draft["date"]),
        "tag": request.env["procedure.request"]._get_tags()["draft"],
    }
