from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.public_guard.exceptions import FormHurried, FormRefused, TooManyRequests
from odoo.addons.website_parts.tools.web import (
    Posted,
    Visit,
    get_sender,
    is_csrf_valid,
    is_signed_in,
    not_cached,
    number,
    text,
    typed,
)

from ..pages.constants import CHECK_STEP, SESSION_CLAIMS
from ..pages.form_reading import is_reshaped
from .acknowledgment import keep_code
from .common import GET, POST, get_procedure
from .form_commune import begin_in
from .form_session import FormSession, get_claim

# The same for all procedures: what is limited is how many codes an address receives.
CODE_PURPOSE = "procedure"
SESSION_TOKENS = "procedure_tokens"
# Each draws a letter and sends a mail.
FILED_AN_HOUR = 40
ACTIONS = ("send", "check", "later", "next", "back", "sign_in", "")


class ProcedureForm(FormSession, http.Controller):
    # The form

    @http.route(
        "/demarches/<string:slug>/formulaire",
        **GET,
    )
    def form(self, slug, etape="", fait="", verifier="", **kwargs):
        procedure_sudo = get_procedure(slug)
        if procedure_sudo.slug != slug:
            return request.redirect(f"/demarches/{procedure_sudo.slug}/formulaire", code=301)
        is_signed_out = text(fait) == "deconnecte" and not is_signed_in()
        if is_signed_out and self._get_left(procedure_sudo)[2]:
            return self._render_signed_out(procedure_sudo)
        refusal = self._refuse_procedure(procedure_sudo)
        if refusal:
            return refusal
        if self._is_left_by_her(procedure_sudo):
            return self._take_up_left(procedure_sudo, text(etape), bool(text(verifier)))
        page = procedure_sudo._make_form_page(Visit.from_request())
        page.load(get_claim(procedure_sudo), self._get_left_claim(procedure_sudo))
        page.offers_former = True
        begin_in(page, kwargs.get("commune"))
        if etape and page.pending:
            page.go_wanted(text(etape))
            page.returns = bool(text(verifier)) and not page.is_last
            page.replace([number(kwargs.get("remplacer"))])
        page.notice = self._get_notice(page, text(etape), text(fait)) or page.notice
        if procedure_sudo._is_full():
            if not page.pending:
                # Told before the first question; who has begun keeps what she typed.
                return request.redirect(f"/demarches/{procedure_sudo.slug}", code=303)
            page.notice = procedure_sudo._get_no_place_sentence()
        return self._render_form(page)

    def _get_notice(self, page, step, done):
        if done == "efface":
            return request.env._("What you had begun is deleted.")
        if done == "repris" and page.pending:
            return page.notice or request.env._("What you had typed is still there.")
        if done == "change" and page.is_check:
            return request.env._(
                "What you are about to send has changed since you read it, perhaps in another "
                "window. Read it again, then send it."
            )
        if step and not page.partner and not page.pending and not page.begun:
            # The address of a step, asked again once the session has ended.
            return request.env._(
                "Nothing is begun in this browser any more. Begun with your account? Sign in: it "
                "is all there."
            )
        return ""

    @http.route(
        "/demarches/<string:slug>/formulaire",
        **POST,
    )
    def submit(self, slug, **kwargs):
        procedure_sudo = get_procedure(slug)
        refusal = self._leave_signed_out(procedure_sudo) or self._refuse_procedure(procedure_sudo)
        if refusal:
            return refusal
        page = procedure_sudo._make_form_page(Visit.from_request())
        is_trusted = is_csrf_valid()
        page.read_post(is_trusted)
        if typed("_action", 20) == "sign_in" and not page.partner:
            return self._sign_in_first(page)
        if not is_trusted:
            page.notice = request.env._(
                "This page stayed open for too long. What you typed is still there: "
                "check it and send it again."
            )
            return self._render_form(page, posted=True)
        if page.carry_over(page.find_version(typed("_version", 20))):
            return self._render_form(page, posted=True)
        if page.overtaken and not self._is_read_again(page):
            # Shown, and written only once she has pressed again.
            return self._render_form(page)
        correction = page.get_correction_url()
        if correction:
            # What is typed waits in her draft.
            page.keep()
            return request.redirect(correction, code=303)
        change = page.go_to_change()
        if change:
            return self._show(page, change)
        action = typed("_action", 20)
        if is_reshaped(Posted.from_request()) or action not in ACTIONS:
            return self._render_form(page, posted=True)
        moved = self._move(page, action)
        if moved:
            return moved
        read = typed("_read", 200)
        if action != "send" or not read:
            # Nothing leaves that was not read again, whatever page or program sends it.
            return self._check(page)
        try:
            request.env["public.guard"]._check_form(page.purpose, request.params)
        except FormHurried as refused:
            page.notice = str(refused)
            return self._render_form(page, posted=True, keeps_token=True)
        except FormRefused as refused:
            page.notice = str(refused)
            return self._render_form(page, posted=True)
        page.token = typed("guard_token", 1000)
        former = self._find_sent(page.token)
        if former:
            return self._answer_again(page, former)
        if read != page.stamp:
            return self._show_draft(page) if page.is_behind(read) else self._check(page, "change")
        # A refused file must not hide the other errors until the next try.
        page.errors = {**page.find_errors(), **page.errors}
        if page.errors:
            page.go_to_first_error()
            return self._render_form(page, posted=True)
        return self._send(page)

    def _move(self, page, action):
        """To another page of the form, or out of it; None where it stays to be read or sent."""
        if page.ends_with(action):
            return self._leave_form(page)
        if action in ("next", "back") and page.is_paged:
            return self._turn(page, 1 if action == "next" else -1)
        if action == "later" and page.partner and not page.errors:
            page.keep()
            return request.redirect("/my/demandes?garde=1", code=303)
        return None

    def _is_read_again(self, page):
        """What leaves is compared with what was read, in its turn."""
        is_sent = typed("_action", 20) == "send"
        return is_sent and (typed("_read", 200) or page.overtaken == "sent")

    def _sign_in_first(self, page):
        """What was typed and given waits for her, and is shown once she says that it is hers."""
        try:
            self._leave(page)
        except TooManyRequests as refused:
            page.notice = str(refused)
            return self._render_form(page, posted=True)
        path = f"/demarches/{page.procedure.slug}/formulaire"
        return request.redirect(f"/web/login?redirect={path}", code=303)

    def _leave_form(self, page):
        """She does not need this procedure: nothing is filed nor kept, but by the page itself,
        where she may change her answers."""
        page.pending.unlink()
        self._remember(SESSION_CLAIMS, page.procedure, None)
        page.claim = None
        page.token = None
        return not_cached(
            request.render(
                "website_procedure.form_exit", {"page": page, "procedure": page.procedure}
            )
        )

    def _turn(self, page, way):
        """To the next page once this one is right, or back whatever is typed here."""
        if way > 0:
            page.errors = page.get_errors_here({**page.find_errors(), **page.errors})
        if page.errors:
            return self._render_form(page, posted=True)
        page.go(page.page_index + way)
        return self._show(page)

    def _check(self, page, fait=""):
        """To the page where everything is read again, once all is right but its own boxes."""
        page.errors = page.get_errors_before({**page.find_errors(), **page.errors})
        if page.errors:
            page.go_to_first_error()
            return self._render_form(page, posted=True)
        page.go(page.check_index)
        page.returns = False
        return self._show(page, fait=fait)

    def _show_draft(self, page):
        """What another window kept since is read in its turn: this page writes nothing over it."""
        self._remember(SESSION_CLAIMS, page.procedure, page.claim)
        path = f"/demarches/{page.procedure.slug}/formulaire?etape={CHECK_STEP}&fait=change#etape"
        return request.redirect(path, code=303)

    def _show(self, page, anchor="etape", fait=""):
        """Kept, then asked again by its address: the Back button of the browser works."""
        try:
            request.env["public.guard"]._hit("procedure.page", get_sender(), 300, 3600)
            page.keep()
        except TooManyRequests:
            # Nothing is kept for her any more: the page itself carries what was typed.
            return self._render_form(page)
        self._remember(SESSION_CLAIMS, page.procedure, page.claim)
        query = f"{page.step_query}&fait={fait}" if fait else page.step_query
        path = f"/demarches/{page.procedure.slug}/formulaire?{query}#{anchor}"
        return request.redirect(path, code=303)

    def _find_begun(self, procedure_sudo, claim=None):
        """Her draft, or the form of the visitor who holds its secret."""
        Pending_sudo = request.env["website.procedure.pending"].sudo()
        if is_signed_in():
            return Pending_sudo._find_draft(procedure_sudo, request.env.user.partner_id)
        # Once sent it is a request: only the code page still needs it.
        claim = claim or get_claim(procedure_sudo)
        return Pending_sudo._find_claimed(procedure_sudo, claim).filtered(
            lambda pending: not pending.request_id
        )

    def _refuse_procedure(self, procedure_sudo):
        """The page to show in place of the form, if any."""
        if not procedure_sudo._is_open():
            return request.redirect(f"/demarches/{procedure_sudo.slug}", code=303)
        if procedure_sudo.account_required and not is_signed_in():
            return request.render(
                "website_procedure.form_account",
                {
                    "procedure": procedure_sudo,
                    "catalogue_label": request.env._("Procedures"),
                },
            )
        return None

    def _render_form(self, page, posted=False, keeps_token=False):
        """Errors and notices: the same page, with all that was typed and given."""
        if page.is_check:
            # What is read again could be sent: rights and answers may have changed meanwhile.
            page.errors = {**page.get_errors_before(page.find_errors()), **page.errors}
            page.go_to_first_error()
        tokens = dict(request.session.get(SESSION_TOKENS, {}))
        previous = page.token or tokens.get(str(page.procedure.id))
        if keeps_token:
            previous = typed("guard_token", 1000)
        elif page.notice:
            previous = None
        page.token = request.env["public.guard"]._form_token(page.purpose, previous)
        if tokens.get(str(page.procedure.id)) != page.token:
            # Two tabs hold one token: what is sent from both is one request.
            tokens[str(page.procedure.id)] = page.token
            request.session[SESSION_TOKENS] = tokens
        if posted and (page.owner or page.pending):
            page.keep()
            if page.is_trusted and page.claim:
                # Where she looks again at the files that she has just given.
                self._remember(SESSION_CLAIMS, page.procedure, page.claim)
        is_refused = page.errors and request.httprequest.method == "POST"
        response = request.render(
            "website_procedure.form_check" if page.is_check else "website_procedure.form",
            {"page": page, "procedure": page.procedure},
            status=422 if is_refused else 200,
        )
        return not_cached(response)

    # Sending

    def _send(self, page):
        """With an account the request exists at once; without, once the code is typed, where one
        is needed."""
        if not page.needs_code:
            return self._send_now(page)
        try:
            email = page.identity["contact_email"]
            page.keep(email=email, form_token=page.token)
            # Of what is kept now, which is what she read.
            page.pending.read_stamp = page.stamp
            self._remember(SESSION_CLAIMS, page.procedure, page.claim)
            self._send_code(page.pending)
        except TooManyRequests as refused:
            page.notice = str(refused)
            return self._render_form(page, posted=True)
        return request.redirect(f"/demarches/{page.procedure.slug}/formulaire/code", code=303)

    def _send_code(self, pending_sudo):
        guard = request.env["public.guard"]
        # By address of the message (public.guard), and how many different ones a connection
        # tries: those that prove to be theirs are given back (form_code.py).
        address = request.httprequest.remote_addr
        guard._hit_distinct("procedure.code", address, pending_sudo.email, 30, 3600)
        pending_sudo._send_code(guard._issue_code(CODE_PURPOSE, pending_sudo.email))

    def _send_now(self, page):
        guard = request.env["public.guard"]
        filer = str(page.partner.id) if page.partner else request.httprequest.remote_addr
        try:
            guard._hit("procedure.file", filer, FILED_AN_HOUR, 3600)
            request_sudo = page.submit()
        except AnswersInvalid as refused:
            guard._give_back("procedure.file", filer)
            page.errors.update(page.place_errors(refused.errors))
            page.go_to_first_error()
            return self._render_form(page, posted=True)
        except UserError as refused:
            page.notice = str(refused)
            return self._render_form(page, posted=True)
        page.pending.unlink()
        return self._redirect_to_acknowledgment(request_sudo, is_new=True)

    def _find_sent(self, token):
        """The request that this form already made, when it is sent twice; else nothing."""
        with request.env.cr.savepoint(flush=False) as savepoint:
            token_sudo, is_new = request.env["public.guard"]._claim_token(token)
            if is_new:
                savepoint.rollback()
                return None
        return token_sudo._get_result()

    def _answer_again(self, page, former_sudo):
        """A double click is one request; another content is another request, on demand."""
        if page.is_same(former_sudo):
            page.pending.unlink()
            return self._redirect_to_acknowledgment(former_sudo, is_new=False)
        self._remember(SESSION_TOKENS, page.procedure, None)
        page.token = None
        page.notice = request.env._(
            "You have just sent another request from this form. To send this one too, "
            "check it and send it again."
        )
        return self._render_form(page, posted=True)

    def _redirect_to_acknowledgment(self, request_sudo, is_new):
        procedure_sudo = request_sudo.procedure_id
        self._remember(SESSION_TOKENS, procedure_sudo, None)
        self._remember(SESSION_CLAIMS, procedure_sudo, None)
        code = request_sudo.env.context.get("follow_code")
        if code:
            self._on_code_given(request_sudo, code)
        url = request_sudo._get_acknowledgment_url()
        return request.redirect(url if is_new else f"{url}?deja=1", code=303)

    def _on_code_given(self, request_sudo, code):
        """Hook: a request was filed here without account; this code, of its mail, follows it.

        Called in the session of the visitor who has just sent it, before she is led to the
        acknowledgment: yours, and `super()`.
        """
        keep_code(request_sudo, code)
