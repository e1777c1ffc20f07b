from werkzeug.exceptions import NotFound

from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.procedure_procedure import plain
from .common import not_cached, number, text
from .household import prepare_household
from .request_actions import RequestActions
from .request_page import get_tag, show_moment

PAGE = 20
HOME_ROWS = 5
FORM = {"type": "http", "auth": "user", "website": True, "sitemap": False}
POST = {**FORM, "methods": ["POST"], "csrf": False, "territory_form": True}


class ProcedurePortal(CustomerPortal):
    @http.route()
    def home(self, **kwargs):
        """Our page: core's is filled in by scripts that visitors do not load."""
        partner = request.env.user.partner_id
        waiting, others, count = self._find_requests(Domain.TRUE, limit=HOME_ROWS)
        rows = self._prepare_rows(waiting + others[: max(0, HOME_ROWS - len(waiting))])
        drafts = self._prepare_drafts()
        response = request.render(
            "website_procedure.my_home",
            {
                **prepare_household(partner),
                "page_name": "home",
                "first_name": partner.sudo().firstname or partner.name,
                "rows": rows + [self._draft_to_row(draft) for draft in drafts],
                "request_count": count,
                "to_answer": self._prepare_rows(waiting),
                "is_staff": request.env.user._is_internal(),
                "q": "",
            },
        )
        return not_cached(response)

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "request_count" in counters:
            Request_sudo = request.env["procedure.request"].sudo()
            values["request_count"] = Request_sudo.search_count(self._get_mine_domain())
        return values

    @http.route("/my/demandes", methods=["GET"], **FORM)
    def my_requests(self, q="", page="1", garde="", **kwargs):
        q = text(q, 100)
        page = max(1, number(page, 1, 100_000))
        waiting, others, count = self._find_requests(self._get_search_domain(q), page=page)
        total = (
            count
            if not q
            else request.env["procedure.request"]
            .sudo()
            .search_count(self._get_mine_domain(), limit=PAGE + 1)
        )
        shown = (waiting if page == 1 else waiting.browse()) + others
        notice = ""
        if garde:
            notice = request.env._("Your request is kept. It is not sent yet: finish it here.")
        response = request.render(
            "website_procedure.my_requests",
            {
                "page_name": "requests",
                "rows": self._prepare_rows(shown),
                "drafts": [] if q or page > 1 else self._prepare_drafts(),
                "page": page,
                "pages": max(1, -(-(count - len(waiting)) // PAGE)),
                "q": q,
                "has_search": bool(q) or total > PAGE // 2,
                "notice": notice,
                "space_label": request.env._("My space"),
            },
        )
        return not_cached(response)

    def _get_mine_domain(self):
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

    def _get_search_domain(self, q):
        if not q:
            return Domain.TRUE
        procedures_sudo = request.env["procedure.procedure"].sudo().search([])
        words = plain(q).split()
        found = procedures_sudo.filtered(
            lambda procedure: all(word in procedure._get_search_text() for word in words)
        )
        return Domain("number", "ilike", q) | Domain("procedure_id", "in", found.ids)

    def _find_requests(self, domain, page=1, limit=PAGE):
        """(those that wait for the person, a page of the others, how many in all)"""
        Request_sudo = request.env["procedure.request"].sudo()
        domain = self._get_mine_domain() & domain
        waiting_domain = Domain("state", "=", "to_complete")
        waiting_sudo = Request_sudo.search(domain & waiting_domain, limit=100)
        others_sudo = Request_sudo.search(
            domain & ~waiting_domain, limit=limit, offset=(page - 1) * limit
        )
        return waiting_sudo, others_sudo, Request_sudo.search_count(domain)

    def _prepare_rows(self, requests_sudo):
        rows = []
        for request_sudo in requests_sudo:
            concerned = request_sudo.acting_for_id | request_sudo.subject_ids
            names = ", ".join(concerned.mapped("name"))
            rows.append(
                {
                    "url": f"/my/demandes/{request_sudo.id}",
                    "name": request_sudo.procedure_id.name,
                    "detail": " · ".join(filter(None, (request_sudo.number, names))),
                    "date": request.env._(
                        "Sent on %(date)s", date=show_moment(request_sudo.date_submitted)
                    ),
                    "tag": get_tag(request_sudo.state),
                    "sentence": request_sudo._status_sentence(),
                }
            )
        return rows

    def _prepare_drafts(self):
        drafts_sudo = (
            request.env["website.procedure.pending"]
            .sudo()
            .search([("partner_id", "=", request.env.user.partner_id.id)])
        )
        return [
            {
                "url": f"/demarches/{draft.procedure_id.slug}/formulaire",
                "name": draft.procedure_id.name,
                "date": show_moment(draft.create_date),
                "until": show_moment(draft.date_expire),
            }
            for draft in drafts_sudo
            if draft.procedure_id._is_open()
        ]

    def _draft_to_row(self, draft):
        return {
            "url": draft["url"],
            "name": draft["name"],
            "detail": "",
            "date": request.env._("Begun on %(date)s", date=draft["date"]),
            "tag": get_tag("draft"),
        }

    # One request

    @http.route("/my/demandes/<string:request_id>", methods=["GET"], **FORM)
    def my_request(self, request_id, fait="", **kwargs):
        actions = self._get_actions(request_id)
        return actions.show(notice=actions.get_notice(fait))

    @http.route("/my/demandes/<string:request_id>/completer", **POST)
    def my_request_complete(self, request_id, **kwargs):
        return self._get_actions(request_id).complete()

    @http.route("/my/demandes/<string:request_id>/message", **POST)
    def my_request_message(self, request_id, **kwargs):
        return self._get_actions(request_id).post_message()

    @http.route("/my/demandes/<string:request_id>/annuler", **{**POST, "methods": ["GET", "POST"]})
    def my_request_cancel(self, request_id, **kwargs):
        return self._get_actions(request_id).cancel()

    @http.route("/my/demandes/<string:request_id>/fichier/<string:line>", methods=["GET"], **FORM)
    def my_request_file(self, request_id, line, **kwargs):
        return self._get_actions(request_id).download(number(line))

    @http.route("/my/demandes/<string:request_id>/piece/<string:piece>", methods=["GET"], **FORM)
    def my_request_attachment(self, request_id, piece, **kwargs):
        return self._get_actions(request_id).download_attachment(number(piece))

    def _get_actions(self, request_id):
        """Not found, rather than forbidden: the number of another's request says nothing."""
        partner = request.env.user.partner_id
        mine_sudo = (
            request.env["procedure.request"]
            .sudo()
            .search(Domain("id", "=", number(request_id)) & self._get_mine_domain())
        )
        if not mine_sudo or not mine_sudo._is_applicant(partner):
            raise NotFound()
        return RequestActions(
            mine_sudo, f"/my/demandes/{mine_sudo.id}", "website_procedure.my_request", by=partner
        )
