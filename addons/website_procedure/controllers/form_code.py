"""The code of a visitor: her address is proved before her request exists."""

from odoo import http
from odoo.exceptions import ConcurrencyError, UserError
from odoo.http import request

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.web import Visit, is_csrf_valid, not_cached, typed

from ..pages.constants import CHECK_STEP, SESSION_CLAIMS
from .common import GET, POST, get_procedure
from .form import CODE_PURPOSE, ProcedureForm
from .form_session import get_claim


class ProcedureFormCode(ProcedureForm):
    @http.route(
        "/demarches/<string:slug>/formulaire/code",
        **GET,
    )
    def code(self, slug, **kwargs):
        procedure_sudo = get_procedure(slug)
        claim = get_claim(procedure_sudo)
        pending_sudo = self._find_waiting(procedure_sudo, claim)
        if not pending_sudo:
            return request.redirect(f"/demarches/{procedure_sudo.slug}/formulaire", code=303)
        notice = (
            request.env._("Another code is on its way. The former one is no longer valid.")
            if kwargs.get("fait") == "envoye" and not pending_sudo._get_code_problem()
            else None
        )
        return self._render_code(procedure_sudo, pending_sudo, claim, notice=notice)

    @http.route(
        "/demarches/<string:slug>/formulaire/code",
        **POST,
    )
    def confirm_code(self, slug, **kwargs):
        procedure_sudo = get_procedure(slug)
        claim = typed("_claim", 100)
        pending_sudo = self._find_waiting(procedure_sudo, claim)
        if not pending_sudo:
            return request.redirect(f"/demarches/{procedure_sudo.slug}/formulaire", code=303)
        if pending_sudo.request_id:
            return self._redirect_to_acknowledgment(pending_sudo.request_id, is_new=False)
        if not is_csrf_valid():
            notice = request.env._("This page stayed open for too long. Send it again.")
            return self._render_code(procedure_sudo, pending_sudo, claim, notice=notice)
        self._remember(SESSION_CLAIMS, procedure_sudo, claim)
        action = typed("_action", 20)
        if action == "back":
            path = f"/demarches/{procedure_sudo.slug}/formulaire?etape={CHECK_STEP}#etape"
            return request.redirect(path, code=303)
        if action == "again":
            return self._send_again(procedure_sudo, pending_sudo, claim)
        code = typed("code", 20)
        guard = request.env["public.guard"]
        if not code:
            error = request.env._("Type the 6 digits of the message.")
        elif not pending_sudo.try_lock_for_update():
            # A second press: Odoo runs it again once the first is done.
            raise ConcurrencyError
        elif not guard._verify_code(CODE_PURPOSE, pending_sudo.email, code):
            error = request.env._(
                "This is not the right code, or it is more than 10 minutes old. Check it, "
                "or ask for another one."
            )
        else:
            guard._give_back("procedure.code", request.httprequest.remote_addr)
            return self._send_confirmed(procedure_sudo, claim)
        return self._render_code(procedure_sudo, pending_sudo, claim, error=error)

    def _find_waiting(self, procedure_sudo, claim):
        """A form that waits for its code, or that had it: then it leads to its request."""
        pending_sudo = (
            request.env["website.procedure.pending"].sudo()._find_claimed(procedure_sudo, claim)
        )
        return pending_sudo if pending_sudo.email else pending_sudo.browse()

    def _send_confirmed(self, procedure_sudo, claim):
        """The address is proved: what was kept becomes a request."""
        page = procedure_sudo._make_form_page(Visit.from_request())
        page.partner = None
        page.load(claim)
        page.token = page.pending.form_token
        page.go(page.check_index)
        if page.stamp != page.pending.read_stamp:
            # Changed in another window since she read it: read again, nothing is sent.
            return self._check(page, "change")
        try:
            request_sudo = page.submit()
            if "follow_code" not in request_sudo.env.context and not page.is_same(request_sudo):
                # Two tabs, two different requests: both are wanted, each had its code.
                token = request.env["public.guard"]._form_token(page.purpose)
                request_sudo = page.submit(claim=token)
        except AnswersInvalid as refused:
            page.errors.update(page.place_errors(refused.errors))
            page.go_to_first_error()
            return self._render_form(page)
        except UserError as refused:
            page.notice = str(refused)
            return self._render_form(page)
        page.pending.file_ids.unlink()
        page.pending.write({"request_id": request_sudo.id, "answers": False, "identity": False})
        is_new = "follow_code" in request_sudo.env.context
        return self._redirect_to_acknowledgment(request_sudo, is_new)

    def _send_again(self, procedure_sudo, pending_sudo, claim):
        try:
            self._send_code(pending_sudo)
        except TooManyRequests as refused:
            return self._render_code(procedure_sudo, pending_sudo, claim, notice=str(refused))
        # Only the next page knows whether it left: it leaves once this one is committed.
        path = f"/demarches/{procedure_sudo.slug}/formulaire/code?fait=envoye"
        return request.redirect(path, code=303)

    def _render_code(self, procedure_sudo, pending_sudo, claim, error=None, notice=None):
        title = request.env._("Your code")
        field = {
            "id": "code",
            "name": "code",
            "label": request.env._("Code of 6 digits"),
            "required": True,
            "error": error,
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "width": "et-w2",
            "describedby": "code-e" if error else None,
        }
        response = request.render(
            "website_procedure.form_code",
            {
                "procedure": procedure_sudo,
                "pending": pending_sudo,
                "claim": claim,
                "field": field,
                "errors": [("code", error)] if error else [],
                "notice": notice,
                "title": request.env._("Error: %(name)s", name=title) if error else title,
                "catalogue_label": request.env._("Procedures"),
            },
            status=422 if error else 200,
        )
        return not_cached(response)
