import re

from odoo import http
from odoo.http import request

from odoo.addons.auth_signup.controllers.main import AuthSignupHome
from odoo.addons.public_guard.exceptions import FormHurried, FormRefused, TooManyRequests
from odoo.addons.website_parts.tools.day import tidy_date, to_iso
from odoo.addons.website_parts.tools.item import list_error
from odoo.addons.website_parts.tools.web import is_csrf_valid, is_signed_in, not_cached, text, typed

from .signup_form import FIELDS, prepare_sections

PURPOSE = "inscription"
# Where she was going: a page of ours, without any argument.
WAY = re.compile(r"/([a-z]+)(?:/[A-Za-z0-9_-]+)*")
# Accounts begun in this browser and not opened yet.
SESSION_BEGUN = "signup_begun"
BEGUN_MAX = 5
FORM = {"type": "http", "auth": "public", "website": True, "sitemap": False}
POST = {**FORM, "methods": ["POST"], "csrf": False, "territory_form": True}


class Signup(AuthSignupHome):
    @http.route()
    def web_auth_signup(self, *args, **kw):
        """Core's form asks for a name and an address only; an invitation still uses it."""
        if text(request.params.get("token")) or request.session.get("auth_signup_token"):
            return super().web_auth_signup(*args, **kw)
        return request.redirect("/inscription", code=301)

    @http.route("/inscription", type="http", auth="public", website=True, methods=["GET"])
    def signup(self, **kwargs):
        if is_signed_in():
            return request.redirect("/my")
        values = {"kind": "resident", "birth_country": "FR", "redirect": self._get_way()}
        return self._render_signup(values)

    def _get_way(self):
        way = text(request.params.get("redirect"), 200)
        found = WAY.fullmatch(way)
        return way if found and found[1] in self._get_way_roots() else ""

    def _get_way_roots(self):
        """First part of the addresses where a sign-up may lead back. Hook for other addons."""
        return ["my"]

    @http.route("/inscription", **POST)
    def signup_submit(self, **kwargs):
        values = {name: typed(name, 500) for name in FIELDS}
        values["redirect"] = self._get_way()
        values["birthdate"] = tidy_date(values["birthdate"], "past")
        values["situation_date"] = tidy_date(values["situation_date"])
        if not is_csrf_valid():
            notice = request.env._(
                "This page stayed open for too long. What you typed is still there: "
                "type the password again and send it."
            )
            return self._render_signup(values, notice=notice)
        guard = request.env["public.guard"]
        token = typed("guard_token", 1000)
        try:
            guard._check_form(PURPOSE, request.params)
            # An hour of a workshop: what is corrected and sent again does not count.
            guard._hit("inscription", request.httprequest.remote_addr, 60, 3600)
            token_sudo, is_new = guard._claim_token(token)
        except FormHurried as refused:
            return self._render_signup(values, notice=str(refused), token=token)
        except (FormRefused, TooManyRequests) as refused:
            return self._render_signup(values, notice=str(refused))
        if is_new:
            errors = self._sign_up(values)
            if errors:
                # The token goes back: what is corrected may be sent with it.
                token_sudo.unlink()
                guard._give_back("inscription", request.httprequest.remote_addr)
                return self._render_signup(values, errors, token=token)
        request.session["signup_email"] = values["email"]
        # Found again on the page of log-in.
        request.session["auth_login"] = values["email"]
        return request.redirect("/inscription/envoyee", code=303)

    def _sign_up(self, values):
        """One call; the answer is the same whoever is already known."""
        days = ("birthdate", "situation_date")
        sent = {**values, **{name: to_iso(values[name]) for name in days}}
        # Never cut nor trimmed: a password is what was typed.
        sent["password"] = request.httprequest.form.get("password") or ""
        user, errors = request.env["res.users"]._signup_resident(sent)
        if user:
            begun = [*request.session.get(SESSION_BEGUN, ()), user.id]
            request.session[SESSION_BEGUN] = begun[-BEGUN_MAX:]
        return errors

    @http.route("/inscription/envoyee", methods=["GET"], **FORM)
    def signup_sent(self, **kwargs):
        email = request.session.get("signup_email")
        if not email:
            return request.redirect("/inscription")
        return not_cached(request.render("website_household.signup_sent", {"email": email}))

    def _render_signup(self, values, errors=None, notice="", token=None):
        errors = errors or {}
        sections = prepare_sections(values, errors)
        listed = [
            list_error(field)
            for section in sections
            for field in section["fields"]
            if field["error"]
        ]
        title = request.env._("Create my account")
        processing_sudo = request.env.ref("privacy_register.processing_account").sudo()
        response = request.render(
            "website_household.signup",
            {
                "sections": sections,
                "errors": listed,
                "notice": notice,
                "redirect": values.get("redirect") or "",
                "token": request.env["public.guard"]._form_token(PURPOSE, token),
                "processing": processing_sudo,
                "page_title": request.env._("Error: %(name)s", name=title) if errors else title,
            },
            status=422 if errors else 200,
        )
        return not_cached(response)
