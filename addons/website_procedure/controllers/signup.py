import re

from odoo import http
from odoo.exceptions import AccessDenied
from odoo.http import request

from odoo.addons.auth_signup.controllers.main import AuthSignupHome
from odoo.addons.partner_household.models.identity_check import OUTSIDE
from odoo.addons.public_guard.exceptions import FormHurried, FormRefused, TooManyRequests

from .common import is_csrf_valid, is_signed_in, not_cached, text, typed
from .form_fields import get_commune_choices, list_error, make_item
from .form_reading import tidy_date, to_iso

PURPOSE = "inscription"
# Where she was going: a page of ours, without any argument.
WAY = re.compile(r"/(?:demarches|my)(?:/[A-Za-z0-9_-]+)*")
# Accounts begun in this browser and not opened yet.
SESSION_BEGUN = "signup_begun"
BEGUN_MAX = 5
ORGANISATIONS = ("company", "association", "contributor")
# What is typed and shown again; never the password.
FIELDS = (
    "kind",
    "organisation",
    "company_registry",
    "rna",
    "role",
    "situation",
    "firstname",
    "lastname",
    "birth_name",
    "birthdate",
    "birthplace",
    "birth_country",
    "street",
    "street2",
    "commune",
    "zip",
    "city",
    "email",
    "phone",
)
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
        return way if WAY.fullmatch(way) else ""

    @http.route("/inscription", **POST)
    def signup_submit(self, **kwargs):
        values = {name: typed(name, 500) for name in FIELDS}
        values["redirect"] = self._get_way()
        values["birthdate"] = tidy_date(values["birthdate"], "past")
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
        sent = dict(values, birthdate=to_iso(values["birthdate"]))
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
        return not_cached(request.render("website_procedure.signup_sent", {"email": email}))

    @http.route(
        ["/inscription/confirmer", "/inscription/confirmer/<string:token>"],
        methods=["GET"],
        **FORM,
    )
    def confirm(self, token="", **kwargs):
        """In the browser where the password was typed, the account opens. Elsewhere the password
        is asked: neither programs that follow the links of mails, nor who signed up in another's
        name, open an account by its link alone."""
        token = text(token, 1000)
        user = request.env["res.users"]._find_unconfirmed(token)
        if user and user.id in request.session.get(SESSION_BEGUN, ()):
            return self._open(token)
        if not user and is_signed_in():
            # The link once more, from the mailbox.
            return request.redirect("/my", code=303)
        return self._render_confirm(token) if user else self._render_late()

    @http.route("/inscription/confirmer", **POST)
    def confirm_submit(self, **kwargs):
        token = typed("token", 1000)
        if not is_csrf_valid():
            notice = request.env._("This page stayed open for too long. Send it again.")
            return self._render_confirm(token, notice=notice)
        Users = request.env["res.users"]
        guard = request.env["public.guard"]
        try:
            address = request.httprequest.remote_addr
            guard._hit("confirmer", address, 60, 3600)
            # By account: one link can be written in several ways.
            guard._hit("confirmer.compte", str(Users._find_unconfirmed(token).id), 5, 3600)
            # Never cut nor trimmed: a password is what was typed.
            return self._open(token, request.httprequest.form.get("password") or "")
        except TooManyRequests as refused:
            return self._render_confirm(token, notice=str(refused))
        except AccessDenied:
            error = request.env._("This is not the password that was typed to create this account.")
            return self._render_confirm(token, error=error)

    def _open(self, token, password=None):
        """The account is open and she is signed in, on her way to what she came for."""
        Users = request.env["res.users"]
        later = Users._find_unconfirmed(token).sudo().signup_values or {}
        begun = request.session.get(SESSION_BEGUN, ())
        user_sudo = Users._confirm_signup(token, password, begun).sudo()
        if not user_sudo:
            return self._render_late()
        if password is not None:
            guard = request.env["public.guard"]
            guard._give_back("confirmer", request.httprequest.remote_addr)
        login = user_sudo.login
        self._sign_in(user_sudo)
        if later.get("redirect"):
            return request.redirect(later["redirect"], code=303)
        values = {"state": "done", "login": login}
        return not_cached(request.render("website_procedure.signup_confirm", values))

    def _sign_in(self, user_sudo):
        """Her mailbox and her password are proved: what a log-in proves, and more."""
        request.session.pop(SESSION_BEGUN, None)
        request.session.update(pre_login=user_sudo.login, pre_uid=user_sudo.id)
        request.session.finalize(request.env)
        request.update_env(user=request.session.uid)
        request.update_context(**request.session.context)

    def _render_late(self):
        return not_cached(request.render("website_procedure.signup_confirm", {"state": "late"}))

    def _render_confirm(self, token, error=None, notice=""):
        field = make_item(
            "password",
            {"password": error},
            label=request.env._("Password"),
            type="password",
            autocomplete="current-password",
            required=True,
            width="et-w3",
            value=None,
            help=request.env._("The one that you chose when you created your account"),
        )
        title = request.env._("Open my account")
        response = request.render(
            "website_procedure.signup_confirm",
            {
                "token": token,
                "state": "ask",
                "field": field,
                "notice": notice,
                "errors": [(field["id"], error)] if error else [],
                "page_title": request.env._("Error: %(name)s", name=title) if error else title,
            },
            status=422 if error else 200,
        )
        return not_cached(response)

    @http.route("/inscription/identifiant", methods=["GET"], **FORM)
    def identifier(self, **kwargs):
        return self._render_identifier("")

    @http.route("/inscription/identifiant", **POST)
    def identifier_submit(self, **kwargs):
        email = typed("email", 254)
        if not is_csrf_valid():
            notice = request.env._("This page stayed open for too long. Send it again.")
            return self._render_identifier(email, notice=notice)
        if "@" not in email:
            return self._render_identifier(email, error=request.env._("Write your e-mail address."))
        try:
            guard = request.env["public.guard"]
            guard._hit("identifiant.email", email.lower(), 5, 3600)
            address = request.httprequest.remote_addr
            guard._hit_distinct("identifiant", address, email.lower(), 30, 3600)
        except TooManyRequests as refused:
            return self._render_identifier(email, notice=str(refused))
        request.env["res.users"]._send_identifiers(email)
        notice = request.env._(
            "If an account uses this address, a message with the identifier is on its way."
        )
        return self._render_identifier("", notice=notice)

    def _render_identifier(self, email, error=None, notice=""):
        field = make_item(
            "email",
            {"email": error},
            label=request.env._("E-mail address"),
            type="email",
            autocomplete="email",
            required=True,
            value=email,
        )
        title = request.env._("Find my identifier")
        response = request.render(
            "website_procedure.signup_identifier",
            {
                "field": field,
                "notice": notice,
                "errors": [(field["id"], error)] if error else [],
                "page_title": request.env._("Error: %(name)s", name=title) if error else title,
            },
            status=422 if error else 200,
        )
        return not_cached(response)

    def _render_signup(self, values, errors=None, notice="", token=None):
        errors = errors or {}
        sections = self._prepare_sections(values, errors)
        listed = [
            list_error(field)
            for section in sections
            for field in section["fields"]
            if field["error"]
        ]
        title = request.env._("Create my account")
        processing_sudo = request.env.ref("privacy_register.processing_account").sudo()
        response = request.render(
            "website_procedure.signup",
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

    def _prepare_sections(self, values, errors):
        def item(name, label, **more):
            more.setdefault("value", values.get(name))
            return make_item(name, errors, label=label, **more)

        def only(field, key, *kinds):
            """Shown by the script when it applies; without, a sentence says when."""
            field["conditions"] = [["all", [[key, "in", kinds]]]]
            return field

        def elsewhere(field):
            """Once filled in it stays shown: what is typed there is never left out in silence."""
            filled = [[name, "set", []] for name in ("zip", "city")]
            field["conditions"] = [["any", [["commune", "in", [OUTSIDE]], *filled]]]
            field["condition_sentences"] = [request.env._("For a commune outside the territory:")]
            return field

        outside = (OUTSIDE, request.env._("Another commune, outside the territory"))
        countries_sudo = request.env["res.country"].sudo().search([])
        organisation = request.env._("For a company, an association or another organisation:")
        return [
            {
                "label": request.env._("You sign up as"),
                "fields": [
                    item(
                        "kind",
                        request.env._("You are"),
                        widget="choice",
                        required=True,
                        values=[values.get("kind")],
                        choices=[
                            ("resident", request.env._("A resident, now or soon")),
                            ("company", request.env._("A company")),
                            ("association", request.env._("An association")),
                            ("contributor", request.env._("Another organisation")),
                        ],
                    ),
                    only(
                        item(
                            "organisation",
                            request.env._("Name of the organisation"),
                            required=True,
                            autocomplete="organization",
                            condition_sentences=[organisation],
                        ),
                        "kind",
                        *ORGANISATIONS,
                    ),
                    only(
                        item(
                            "company_registry",
                            request.env._("SIREN or SIRET number"),
                            required=True,
                            width="et-w3",
                            inputmode="numeric",
                            help=request.env._("9 or 14 digits, on your invoices"),
                            condition_sentences=[request.env._("For a company:")],
                        ),
                        "kind",
                        "company",
                    ),
                    only(
                        item(
                            "rna",
                            request.env._("RNA number"),
                            required=True,
                            width="et-w3",
                            help=request.env._(
                                "A W and 9 digits, on the receipt of the prefecture"
                            ),
                            condition_sentences=[request.env._("For an association:")],
                        ),
                        "kind",
                        "association",
                    ),
                    only(
                        item(
                            "role",
                            request.env._("Your role there"),
                            help=request.env._("Example: treasurer"),
                            width="et-w3",
                            condition_sentences=[organisation],
                        ),
                        "kind",
                        *ORGANISATIONS,
                    ),
                    only(
                        item(
                            "situation",
                            request.env._("Your situation"),
                            widget="choice",
                            required=True,
                            values=[values.get("situation")],
                            choices=[
                                ("settled", request.env._("I live here")),
                                ("arriving", request.env._("I am arriving")),
                                ("leaving", request.env._("I am leaving")),
                                ("planning", request.env._("I plan to come")),
                            ],
                            condition_sentences=[request.env._("For a resident:")],
                        ),
                        "kind",
                        "resident",
                    ),
                ],
            },
            {
                "label": request.env._("You"),
                "fields": [
                    item(
                        "firstname",
                        request.env._("First name"),
                        required=True,
                        autocomplete="given-name",
                        width="et-w3",
                    ),
                    item(
                        "lastname",
                        request.env._("Last name"),
                        required=True,
                        autocomplete="family-name",
                        width="et-w3",
                    ),
                    item(
                        "birth_name",
                        request.env._("Birth name"),
                        width="et-w3",
                        help=request.env._("If it is not the same"),
                    ),
                    item(
                        "birthdate",
                        request.env._("Birth date"),
                        required=True,
                        autocomplete="bday",
                        day="past",
                        help=request.env._("Example: 15/11/1962"),
                    ),
                    item(
                        "birthplace",
                        request.env._("Place of birth"),
                        required=True,
                        width="et-w3",
                        help=request.env._("The commune, or the town abroad"),
                    ),
                    item(
                        "birth_country",
                        request.env._("Country of birth"),
                        widget="select",
                        required=True,
                        choices=[(country.code, country.name) for country in countries_sudo],
                    ),
                ],
            },
            {
                "label": request.env._("Your address"),
                "help": request.env._("If you only plan to come, you may leave the address empty."),
                "fields": [
                    item(
                        "street",
                        request.env._("Number and street"),
                        required=True,
                        autocomplete="address-line1",
                    ),
                    item(
                        "street2",
                        request.env._("More"),
                        autocomplete="address-line2",
                        help=request.env._("Hamlet, building, floor"),
                    ),
                    item(
                        "commune",
                        request.env._("Commune"),
                        widget="select",
                        required=True,
                        width="et-w4",
                        choices=[*get_commune_choices(), outside],
                    ),
                    elsewhere(
                        item(
                            "zip",
                            request.env._("Postcode"),
                            required=True,
                            autocomplete="postal-code",
                            width="et-w2",
                        )
                    ),
                    elsewhere(
                        item(
                            "city",
                            request.env._("Commune or town"),
                            required=True,
                            autocomplete="address-level2",
                            width="et-w3",
                        )
                    ),
                ],
            },
            {
                "label": request.env._("To reach you and to sign in"),
                "fields": [
                    item(
                        "email",
                        request.env._("E-mail address"),
                        required=True,
                        type="email",
                        autocomplete="email",
                        help=request.env._(
                            "We send a link there to open your account. "
                            "Several persons may have the same address."
                        ),
                    ),
                    item(
                        "phone",
                        request.env._("Phone"),
                        type="tel",
                        autocomplete="tel",
                        width="et-w2",
                        help=request.env._("Example: 06 39 98 00 00"),
                    ),
                    item(
                        "password",
                        request.env._("Password"),
                        required=True,
                        type="password",
                        autocomplete="new-password",
                        width="et-w3",
                        value=None,
                        help=request.env._(
                            "12 characters at least. A short sentence is easy to remember."
                        ),
                    ),
                ],
            },
        ]
