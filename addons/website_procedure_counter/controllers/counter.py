from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.public_guard.exceptions import FormRefused
from odoo.addons.website_parts.tools.web import (
    Posted,
    Visit,
    is_csrf_valid,
    not_cached,
    number,
    text,
    typed,
)
from odoo.addons.website_procedure.pages.form_reading import is_reshaped

from .counter_start import CounterStart

STAFF = (
    "territory_base.territory_group_agent,territory_base.territory_group_secretary,"
    "territory_base.territory_group_manager,base.group_system"
)
ROUTE = {
    "type": "http",
    "auth": "user",
    "website": True,
    "sitemap": False,
    "methods": ["GET", "POST"],
    "csrf": False,
    "territory_form": True,
}
# "skip": go on to the next page, "incomplete": enter it, although answers lack.
ACTIONS = ("send", "next", "back", "skip", "incomplete")
# The largest number of a record.
MAX_ID = 2**31 - 1


class ProcedureCounter(http.Controller):
    """Requests that the staff enters for somebody: for anybody else these pages do not exist."""

    # How it came, and from whom

    @http.route("/guichet", **ROUTE)
    def start(self, demarche="", saisie="", **kwargs):
        self._check_staff()
        page = CounterStart(self._search_entry(number(typed("_entry", 20) or saisie)))
        if request.httprequest.method != "POST":
            page.load(demarche)
            return self._render_start(page)
        page.read_post()
        if not is_csrf_valid():
            page.notice = self._get_expired_sentence()
            return self._render_start(page)
        if page.must_search or typed("_action", 20) == "search":
            page.search()
            return self._render_start(page)
        entry_sudo = page.keep()
        if not entry_sudo:
            return self._render_start(page)
        return request.redirect(f"/guichet/{entry_sudo.id}", code=303)

    def _render_start(self, page):
        response = request.render(
            "website_procedure_counter.start",
            {"page": page},
            status=422 if page.errors else 200,
        )
        return not_cached(response)

    # The form

    @http.route("/guichet/<int:entry_id>", **ROUTE)
    def form(self, entry_id, etape="", **kwargs):
        self._check_staff()
        entry_sudo = self._search_entry(entry_id)
        if entry_sudo.request_id:
            return self._redirect_to_receipt(entry_sudo.request_id)
        self._check_entry(entry_sudo)
        procedure_sudo = entry_sudo.procedure_id
        page = procedure_sudo._make_form_page(Visit.from_request(), entry_sudo, kind="counter")
        if request.httprequest.method == "POST":
            return self._submit(page)
        page.load()
        if etape:
            page.go_wanted(text(etape))
        return self._render_form(page)

    def _submit(self, page):
        page.is_trusted = is_csrf_valid()
        page.take_in()
        if not page.is_trusted:
            page.notice = self._get_expired_sentence()
            return self._render_form(page)
        if page.carry_over(page.find_version(typed("_version", 20))):
            return self._render_form(page)
        action = typed("_action", 20)
        if is_reshaped(Posted.from_request()) or action not in ACTIONS:
            return self._render_form(page)
        if action == "skip":
            page.pending.takes_incomplete = True
        if action in ("next", "skip", "back") and page.is_paged:
            return self._turn(page, -1 if action == "back" else 1)
        try:
            request.env["public.guard"]._check_form(page.purpose, request.params)
        except FormRefused as refused:
            page.notice = str(refused)
            return self._render_form(page)
        # A refused file must not hide the other errors until the next try.
        until = page.read_until() if action == "incomplete" else None
        page.errors = {**page.find_errors(), **page.errors}
        if until and page.lacks_only:
            return self._send(page, until)
        if page.errors:
            if not (page.pending.takes_incomplete and page.lacks_only):
                page.go_to_first_error()
            return self._render_form(page)
        if page.has_more_to_read():
            return self._render_form(page)
        return self._send(page)

    def _turn(self, page, way):
        if way > 0:
            page.errors = page.get_errors_here({**page.find_errors(), **page.errors})
            if page.pending.takes_incomplete:
                page.errors = {
                    key: text for key, text in page.errors.items() if key not in page.lacking
                }
        if page.errors:
            return self._render_form(page)
        page.go(page.page_index + way)
        page.keep()
        path = f"{page.action_url}?etape={page.page_index + 1}#etape"
        return request.redirect(path, code=303)

    def _send(self, page, until=None):
        entry_sudo = page.pending
        acting_for, subjects = page.get_acting()
        files, papers = page.split_files()
        try:
            request_sudo = request.env["procedure.request"]._submit(
                Filing(
                    procedure=page.procedure,
                    answers=page.raw,
                    files=files,
                    applicant=page.partner,
                    identity=page.identity,
                    acting_for=acting_for,
                    subjects=subjects,
                    channel=entry_sudo.channel,
                    claim=typed("guard_token", 1000),
                    received_on=entry_sudo.received_on,
                    papers=papers,
                    child=page.child,
                    incomplete_until=until,
                )
            )
        except AnswersInvalid as refused:
            page.errors.update(page.place_errors(refused.errors))
            page.go_to_first_error()
            return self._render_form(page)
        except UserError as refused:
            page.notice = str(refused)
            return self._render_form(page)
        entry_sudo._finish_entry(request_sudo)
        return self._redirect_to_receipt(request_sudo)

    def _render_form(self, page):
        """Errors and notices: the same page, with all that was typed and given."""
        if page.is_trusted:
            page.keep()
        guard = request.env["public.guard"]
        # The same on every page of an entry: sent twice, it is one request.
        page.token = guard._form_token(page.purpose, page.pending.form_token)
        if page.token != page.pending.form_token:
            page.pending.form_token = page.token
        response = request.render(
            "website_procedure_counter.form",
            {
                "page": page,
                "procedure": page.procedure,
                "counter_label": request.env._("Counter"),
            },
            status=422 if page.errors else 200,
        )
        return not_cached(response)

    # The receipt

    @http.route(
        "/guichet/demande/<int:request_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def receipt(self, request_id, **kwargs):
        """For readers of the request, by the rules on it, and the one who entered it for others."""
        record, is_read = self._find_entered(request_id)
        response = request.render(
            "website_procedure_counter.receipt",
            {
                "record": record,
                "is_read": is_read,
                "counter_label": request.env._("Counter"),
                "letter": self._get_receipt_letter(record),
                "other_dates": record.sudo()._get_other_dates(),
            },
        )
        return not_cached(response)

    # It may draw the letter, which writes.
    @http.route(
        "/guichet/demande/<int:request_id>/recepisse.pdf",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        sitemap=False,
    )
    def receipt_letter(self, request_id, **kwargs):
        """The acknowledgment of receipt, and no other letter, for the same people."""
        record, _is_read = self._find_entered(request_id)
        letter_sudo = self._get_receipt_letter(record).sudo()
        if not letter_sudo:
            raise NotFound()
        content = letter_sudo._get_content_for(request.env.ref("base.user_root"))
        letter_sudo._mark_printed()
        headers = [
            ("Content-Type", content["mimetype"]),
            ("Content-Disposition", content_disposition(content["name"], "inline")),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "private, no-store"),
        ]
        return request.make_response(content["content"], headers)

    def _find_entered(self, request_id):
        """(request, whether she reads the whole of it); in superuser mode when she does not."""
        self._check_staff()
        Request = request.env["procedure.request"]
        record_id = min(request_id, MAX_ID)
        if record := Request.search([("id", "=", record_id)]):
            return record, True
        record_sudo = Request._get_entered_lately(record_id)
        if not record_sudo:
            raise NotFound()
        return record_sudo, False

    def _get_receipt_letter(self, record):
        return record.letter_ids.filtered(lambda letter: letter.kind == "acknowledgment")[:1]

    def _redirect_to_receipt(self, request_sudo):
        return request.redirect(f"/guichet/demande/{request_sudo.id}", code=303)

    # Who may

    def _check_staff(self):
        if not request.env.user.has_groups(STAFF):
            raise NotFound()

    def _search_entry(self, entry_id):
        """What she herself is entering, in superuser mode: its author is the check."""
        Pending_sudo = request.env["website.procedure.pending"].sudo()
        return Pending_sudo._find_entry(min(entry_id, MAX_ID), request.env.user)

    def _check_entry(self, entry_sudo):
        """She may still enter it: rights change while a page stays open."""
        user = request.env.user
        named = (entry_sudo.applicant_id | entry_sudo.organisation_id).with_user(user)
        if (
            not entry_sudo
            or not entry_sudo.procedure_id._is_entered_by(user)
            or not named.has_access("read")
        ):
            raise NotFound()

    def _get_expired_sentence(self):
        return request.env._(
            "This page stayed open for too long. What you typed is still there: check it and send "
            "it again."
        )
