from werkzeug.exceptions import NotFound

from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.website_household.controllers.my_space import MySpace
from odoo.addons.website_household.controllers.organisation import OrganisationPage
from odoo.addons.website_parts.tools.web import not_cached, number, text

from .request_actions import RequestActions
from .request_list import (
    PAGE,
    RequestList,
    draft_to_row,
    get_mine_domain,
    prepare_drafts,
    prepare_rows,
)

HOME_ROWS = 5
FORM = {"type": "http", "auth": "user", "website": True, "sitemap": False}
POST = {**FORM, "methods": ["POST"], "csrf": False, "territory_form": True}
# Words, that the page of the request shows again once she has signed in.
KEPT = {**POST, "territory_kept": True}


class OrganisationRequests(OrganisationPage):
    def _prepare_organisation_values(self, organisation):
        """The requests that those who act for it share, those that wait for them first."""
        waiting, others, count = RequestList(whom=str(organisation.id)).find(limit=HOME_ROWS)
        shown = waiting + others[: max(0, HOME_ROWS - len(waiting))]
        rows = prepare_rows(shown, organisation)
        drafts = [draft_to_row(draft) for draft in prepare_drafts(organisation)]
        return {
            **super()._prepare_organisation_values(organisation),
            "rows": drafts + rows,
            "request_count": count,
            "shown_count": len(rows),
            "to_answer": prepare_rows(waiting, organisation),
            "listed": None,
        }


class ProcedurePortal(MySpace):
    def _prepare_my_space_values(self):
        """Her requests, and what newcomers have to do."""
        partner = request.env.user.partner_id
        listed = RequestList()
        waiting, others, count = listed.find(limit=HOME_ROWS)
        rows = prepare_rows(waiting + others[: max(0, HOME_ROWS - len(waiting))])
        drafts = [draft_to_row(draft) for draft in prepare_drafts()]
        return {
            **super()._prepare_my_space_values(),
            "rows": drafts + rows,
            "first_procedures": [] if rows or drafts else self._get_first_procedures(partner),
            "request_count": count,
            "shown_count": len(rows),
            "to_answer": prepare_rows(waiting),
            "listed": None,
        }

    def _get_first_procedures(self, partner):
        """What who arrives has to do: the procedures that say that they are for newcomers."""
        if partner.sudo().situation not in ("arriving", "planning"):
            return []
        newcomer = request.env.ref("territory_base.territory_audience_newcomer")
        catalogue = request.env["procedure.procedure"]._get_catalogue()
        return catalogue.filtered(lambda procedure: newcomer in procedure.audience_ids)

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "request_count" in counters:
            Request_sudo = request.env["procedure.request"].sudo()
            values["request_count"] = Request_sudo.search_count(get_mine_domain())
        return values

    @http.route("/my/demandes", methods=["GET"], **FORM)
    def my_requests(self, q="", etat="", pour="", page="1", fait="", **kwargs):
        listed = RequestList(text(q, 100), text(etat, 20), text(pour, 20))
        page = max(1, number(page, 1, 100_000))
        waiting, others, count = listed.find(page=page)
        shown = (waiting if page == 1 else waiting.browse()) + others
        # What the address says is never printed.
        notices = {
            "garde": request.env._("Your request is kept. It is not sent yet: finish it here."),
            "supprime": request.env._("What you had begun is deleted."),
        }
        response = request.render(
            "website_procedure_request.my_requests",
            {
                "page_name": "requests",
                "listed": listed,
                "rows": prepare_rows(shown),
                "count": count,
                "drafts": [] if listed.is_filtered or page > 1 else prepare_drafts(),
                "page": page,
                "pages": max(1, -(-(count - len(waiting)) // PAGE)),
                "notice": notices.get("garde" if kwargs.get("garde") else text(fait, 20), ""),
                "space_label": request.env._("My space"),
            },
        )
        return not_cached(response)

    # One request

    @http.route("/my/demandes/<string:request_id>", methods=["GET"], **FORM)
    def my_request(self, request_id, fait="", **kwargs):
        return self._get_actions(request_id).open(fait)

    @http.route("/my/demandes/<string:request_id>/completer", **KEPT)
    def my_request_complete(self, request_id, **kwargs):
        return self._get_actions(request_id).complete()

    @http.route("/my/demandes/<string:request_id>/message", **KEPT)
    def my_request_message(self, request_id, **kwargs):
        return self._get_actions(request_id).post_message()

    @http.route("/my/demandes/<string:request_id>/annuler", **{**POST, "methods": ["GET", "POST"]})
    def my_request_cancel(self, request_id, **kwargs):
        return self._get_actions(request_id).cancel()

    @http.route("/my/demandes/<string:request_id>/acte", **POST)
    def my_request_act(self, request_id, **kwargs):
        return self._get_actions(request_id).act()

    @http.route("/my/demandes/<string:request_id>/fichier/<string:line>", methods=["GET"], **FORM)
    def my_request_file(self, request_id, line, **kwargs):
        return self._get_actions(request_id).download(number(line))

    @http.route("/my/demandes/<string:request_id>/piece/<string:piece>", methods=["GET"], **FORM)
    def my_request_attachment(self, request_id, piece, **kwargs):
        return self._get_actions(request_id).download_attachment(number(piece))

    @http.route("/my/demandes/<string:request_id>/depot", **POST)
    def my_request_upload(self, request_id, **kwargs):
        return self._get_actions(request_id).upload()

    @http.route("/my/demandes/<string:request_id>/depot/<string:file>", methods=["GET"], **FORM)
    def my_request_given(self, request_id, file, **kwargs):
        return self._get_actions(request_id).show_given(file)

    @http.route(
        "/my/demandes/<string:request_id>/depot/<string:file>/vignette", methods=["GET"], **FORM
    )
    def my_request_given_thumbnail(self, request_id, file, **kwargs):
        return self._get_actions(request_id).show_given_thumbnail(file)

    @http.route("/my/demandes/<string:request_id>/accuse.pdf", methods=["GET"], **FORM)
    def my_request_acknowledgment(self, request_id, **kwargs):
        return self._get_actions(request_id).download_acknowledgment()

    def _get_actions(self, request_id):
        """Not found, rather than forbidden: the number of another's request says nothing."""
        partner = request.env.user.partner_id
        mine_sudo = (
            request.env["procedure.request"]
            .sudo()
            .search(Domain("id", "=", number(request_id)) & get_mine_domain())
        )
        if not mine_sudo or not mine_sudo._is_applicant(partner):
            raise NotFound()
        return RequestActions(
            mine_sudo,
            f"/my/demandes/{mine_sudo.id}",
            "website_procedure_request.my_request",
            by=partner,
        )
