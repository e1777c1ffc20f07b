import hashlib
import time

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.day import show_day
from odoo.addons.website_parts.tools.item import list_errors, make_item
from odoo.addons.website_parts.tools.web import (
    FORM,
    is_signed_in,
    keep_secret,
    open_link,
    refuse_expired,
    text,
    typed,
)

CODES_AN_HOUR = 30
SESSION_OPENED = "signatures_opened"
# A code opens one signature, in one browser, for half an hour.
OPENED_SECONDS = 1800
ANSWERS = ["signed", "refused"]


class Signature(http.Controller):
    """Somebody signs a request by the link of a mail. The link shows nothing of it by itself: her
    own account does, or a code sent to the address that received the link."""

    @http.route("/signer/<string:token>", **FORM)
    def sign(self, token, fait="", **kwargs):
        token = text(token, 1000)
        find = request.env["procedure.signature"]._find_by_token
        unknown = request.env._(
            "This link is not valid, or no longer is. Another one was sent since, or the "
            "signature is no longer asked: look for our last message, or call the service."
        )
        signature_sudo, closed = open_link(
            "procedure.signature", lambda: find(token), self._render_closed, unknown
        )
        if closed:
            return closed
        partner = request.env.user.partner_id if is_signed_in() else None
        if problem := self._get_refusal(signature_sudo, partner):
            return self._render_closed(problem, status=403, is_signed_in=True)
        return self._answer(token, signature_sudo, partner, text(fait, 20))

    def _get_refusal(self, signature_sudo, partner):
        """Why this account reads nothing here, in words that tell nothing of the request."""
        if not partner or signature_sudo._is_for(partner):
            return ""
        if signature_sudo._is_of_applicant(partner):
            return signature_sudo._get_same_sentence()
        if signature_sudo.person_id:
            return request.env._(
                "This link is for somebody else: with this account, it shows nothing. If it is for "
                "you, log out and open it again."
            )
        return ""

    def _answer(self, token, signature_sudo, partner, done):
        is_open = self._is_open(signature_sudo, partner)
        if problem := signature_sudo._get_problem():
            if not is_open:
                # The outcome is not for whoever holds the link.
                return self._render_closed(
                    request.env._(
                        "Nothing is to be signed by this link any more. A question? Call the "
                        "service."
                    )
                )
            return self._render_closed(problem, is_done=done == "fait", state=signature_sudo.state)
        action = typed("_action", 20) if request.httprequest.method == "POST" else ""
        expired = action and refuse_expired()
        if signature_sudo._is_past():
            return self._renew(token, signature_sudo, "" if expired else action, done)
        if not is_open:
            return self._open(token, signature_sudo, partner, action, expired, done)
        if action != "answer" or expired:
            errors = {"": expired} if expired else {}
            return self._render_content(token, signature_sudo, partner, {}, errors)
        return self._receive(token, signature_sudo, partner)

    # ------------------------------------------------------------
    # Who reads
    # ------------------------------------------------------------

    def _is_open(self, signature_sudo, partner):
        """Her own account, or the code that came to the address of the link."""
        if signature_sudo._is_for(partner):
            return True
        known = request.session.get(SESSION_OPENED) or {}
        mark, moment = known.get(str(signature_sudo.id), ("", 0))
        is_same = mark == self._get_mark(signature_sudo, partner)
        return is_same and time.time() - moment < OPENED_SECONDS

    def _get_mark(self, signature_sudo, partner):
        """Another link, or another account in this browser, closes what was opened."""
        opened = f"{signature_sudo.link_nonce}:{partner.id if partner else 0}"
        return hashlib.sha256(opened.encode()).hexdigest()

    def _remember(self, signature_sudo, partner):
        known = dict(request.session.get(SESSION_OPENED) or {})
        mark = self._get_mark(signature_sudo, partner)
        known[str(signature_sudo.id)] = (mark, int(time.time()))
        request.session[SESSION_OPENED] = dict(list(known.items())[-10:])

    def _open(self, token, signature_sudo, partner, action, expired, done):
        """A code, to the address that received the link: whoever else holds it reads nothing."""
        guard, errors = request.env["public.guard"], {}
        purpose, address = f"signature.{signature_sudo.id}", signature_sudo._get_address()
        if expired or not address:
            action = ""
        if action == "code":
            try:
                remote = request.httprequest.remote_addr
                guard._hit("procedure.signature.code", remote, CODES_AN_HOUR, 3600)
                signature_sudo._send_code(guard._issue_code(purpose, address))
                return request.redirect(f"/signer/{token}?fait=code", code=303)
            except TooManyRequests as refused:
                errors[""] = str(refused)
        elif action == "open":
            if guard._verify_code(purpose, address, typed("code", 20)):
                self._remember(signature_sudo, partner)
                return request.redirect(f"/signer/{token}", code=303)
            errors["code"] = request.env._(
                "This is not the right code, or it is more than 10 minutes old. Check it, or ask "
                "for another one."
            )
        if expired:
            errors[""] = expired
        field = make_item(
            "code",
            errors,
            label=request.env._("Code of 6 digits"),
            required=True,
            width="et-w2",
            autocomplete="one-time-code",
            inputmode="numeric",
        )
        return self._render(
            "website_procedure_signature.signature_open",
            {
                "token": token,
                "field": field,
                "errors": list_errors([field], errors),
                "is_sent": done == "code" or "code" in errors,
                "has_address": bool(address),
                "is_signed_in": bool(partner),
                "page_title": self._get_title(errors),
            },
            errors,
        )

    def _renew(self, token, signature_sudo, action, done):
        """Past its term: it says so, and how to get another."""
        sentence = signature_sudo._get_past_sentence()
        can_renew = bool(signature_sudo._get_address()) and signature_sudo._may_extend()
        if not can_renew:
            sentence = request.env._("The term has passed: call the service.")
        elif action == "renew":
            try:
                signature_sudo._renew()
                # This link is dead: its page says so once.
                return self._render_closed(
                    request.env._("Another link is on its way. It replaces this one."), is_sent=True
                )
            except UserError as refused:
                sentence = str(refused)
        return self._render_closed(sentence, token=can_renew and token, status=410)

    # ------------------------------------------------------------
    # What is read, what is done
    # ------------------------------------------------------------

    def _receive(self, token, signature_sudo, partner):
        given = {
            "answer": typed("reponse", 20),
            "reason": typed("raison", 5000),
            "name": typed("nom", 200),
        }
        asks_name = self._asks_name(signature_sudo, partner)
        errors = {}
        if given["answer"] not in ANSWERS:
            errors["reponse"] = request.env._("Choose an answer.")
        if given["answer"] == "refused" and not given["reason"]:
            errors["raison"] = request.env._("Say why you refuse.")
        if asks_name and not given["name"]:
            errors["nom"] = request.env._("Write your first name and your last name.")
        if not errors:
            try:
                with request.env.cr.savepoint():
                    signature_sudo._answer(
                        given["answer"],
                        stamp=typed("_stamp", 100),
                        partner=partner,
                        name=given["name"],
                        reason=given["reason"],
                    )
                return request.redirect(f"/signer/{token}?fait=fait", code=303)
            except UserError as refused:
                errors[""] = str(refused)
        return self._render_content(token, signature_sudo, partner, given, errors)

    def _asks_name(self, signature_sudo, partner):
        return not partner and not signature_sudo.person_id

    def _render_content(self, token, signature_sudo, partner, given, errors):
        content = signature_sudo._get_content()
        items = self._get_items(content, self._asks_name(signature_sudo, partner), given, errors)
        return self._render(
            "website_procedure_signature.signature",
            {
                "token": token,
                "content": content,
                "date_due": show_day(request.env, content["date_due"]),
                "items": items,
                "errors": list_errors(items, errors),
                "page_title": self._get_title(errors),
            },
            errors,
        )

    def _get_items(self, content, asks_name, given, errors):
        words = {"signed": request.env._("I sign"), "refused": request.env._("I refuse to sign")}
        reader = request.env._("Needed when you refuse. Only the service reads it.")
        if content["is_reason_told"]:
            reader = request.env._("Needed when you refuse. The service reads it.")
        items = [
            make_item(
                "reponse",
                errors,
                label=request.env._("Your answer"),
                widget="choice",
                required=True,
                choices=[(name, words[name]) for name in ANSWERS],
                values=[given.get("answer")],
            ),
            make_item(
                "raison",
                errors,
                label=request.env._("Why you refuse"),
                widget="text",
                # Its help says when it is needed.
                unmarked=True,
                help=reader,
                value=given.get("reason"),
            ),
        ]
        if asks_name:
            items += [
                make_item(
                    "nom",
                    errors,
                    label=request.env._("Your first name and last name"),
                    required=True,
                    autocomplete="name",
                    value=given.get("name"),
                    width="et-w4",
                ),
            ]
        return items

    # ------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------

    def _get_title(self, errors):
        title = request.env._("Read and sign")
        return request.env._("Error: %(name)s", name=title) if errors else title

    def _render_closed(self, sentence, status=200, **values):
        values = {
            "sentence": sentence,
            "is_done": False,
            "is_sent": False,
            "is_signed_in": False,
            "state": "",
            "token": "",
            **values,
        }
        template = "website_procedure_signature.signature_closed"
        return keep_secret(request.render(template, values, status=status))

    def _render(self, template, values, errors):
        return keep_secret(request.render(template, values, status=422 if errors else 200))
