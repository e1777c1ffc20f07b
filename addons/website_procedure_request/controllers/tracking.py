import re

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.kept import keep_post
from odoo.addons.website_parts.tools.web import (
    is_csrf_valid,
    is_signed_in,
    not_cached,
    number,
    text,
    typed,
)

from .followed import SESSION_FOLLOWED, mark_code, remember_followed
from .request_actions import RequestActions

FORM = {"type": "http", "auth": "public", "website": True, "sitemap": False}
POST = {**FORM, "methods": ["POST"], "csrf": False, "territory_form": True}


def tidy_number(number):
    """As it is copied from a paper: small letters, spaces for dashes."""
    return "-".join(re.findall(r"\w+", number)).upper()


class Tracking(http.Controller):
    @http.route("/suivi", type="http", auth="public", website=True, methods=["GET"], sitemap=True)
    def follow(self, numero="", **kwargs):
        return self._render_follow(text(numero, 50))

    @http.route("/suivi", **POST)
    def find(self, **kwargs):
        """One answer for an unknown number and for a wrong code; tries are counted."""
        typed_number = tidy_number(typed("numero", 50))
        code = typed("code", 50)
        if not is_csrf_valid():
            notice = request.env._("This page stayed open for too long. Send it again.")
            return self._render_follow(typed_number, {"": notice})
        errors = {}
        if not typed_number:
            errors["numero"] = request.env._("Type the number of the request.")
        if not code:
            errors["code"] = request.env._("Type the code of the message.")
        if errors:
            return self._render_follow(typed_number, errors)
        guard = request.env["public.guard"]
        try:
            # Never by number alone: who knows it would shut its owner out. A code has 49 bits.
            address = request.httprequest.remote_addr
            guard._hit("procedure.follow", address, 40, 900)
            guard._hit("procedure.follow.number", f"{typed_number} {address}", 20, 900)
        except TooManyRequests as refused:
            return self._render_follow(typed_number, {"": str(refused)})
        Request = request.env["procedure.request"]
        request_sudo = Request._find_by_number_and_code(typed_number, code)
        if not request_sudo:
            error = request.env._("No request has this number and this code. Check both of them.")
            return self._render_follow(typed_number, {"numero": error})
        guard._give_back("procedure.follow", address)
        guard._give_back("procedure.follow.number", f"{typed_number} {address}")
        remember_followed(request_sudo)
        return request.redirect(f"/suivi/{request_sudo.number}", code=303)

    def _render_follow(self, typed_number, errors=None):
        errors = errors or {}
        labels = {"numero": request.env._("Number of the request"), "code": request.env._("Code")}
        helps = {
            "numero": request.env._("Example: BAC-2026-0142"),
            "code": request.env._("10 letters and digits"),
        }
        follow_fields = [
            {
                "id": name,
                "name": name,
                "label": labels[name],
                "help": helps[name],
                "required": True,
                "error": errors.get(name),
                "value": typed_number if name == "numero" else None,
                "autocomplete": "off",
                "width": "et-w3",
                "describedby": f"{name}-a {name}-e" if errors.get(name) else f"{name}-a",
            }
            for name in labels
        ]
        title = request.env._("Follow a request")
        response = request.render(
            "website_procedure_request.follow",
            {
                "follow_fields": follow_fields,
                "errors": [
                    (name or None, f"{labels[name]}\xa0: {message}" if name else message)
                    for name, message in errors.items()
                ],
                "page_title": request.env._("Error: %(name)s", name=title) if errors else title,
            },
            status=422 if errors else 200,
        )
        return not_cached(response)

    # The page, for the visitor who typed number and code in this session

    @http.route("/suivi/<string:request_number>", methods=["GET"], **FORM)
    def followed(self, request_number, fait="", **kwargs):
        request_sudo = self._find_followed(request_number)
        if not request_sudo:
            return self._lead_to_form(request_number)
        return self._get_actions(request_sudo).open(fait)

    @http.route("/suivi/<string:request_number>/completer", **POST)
    def followed_complete(self, request_number, **kwargs):
        request_sudo = self._find_followed(request_number)
        return self._get_actions(request_sudo).complete() if request_sudo else self._keep_typed()

    @http.route("/suivi/<string:request_number>/message", **POST)
    def followed_message(self, request_number, **kwargs):
        request_sudo = self._find_followed(request_number)
        return (
            self._get_actions(request_sudo).post_message() if request_sudo else self._keep_typed()
        )

    @http.route(
        "/suivi/<string:request_number>/annuler",
        **{**POST, "methods": ["GET", "POST"]},
    )
    def followed_cancel(self, request_number, **kwargs):
        return self._get_actions(self._get_followed(request_number)).cancel()

    @http.route("/suivi/<string:request_number>/acte", **POST)
    def followed_act(self, request_number, **kwargs):
        return self._get_actions(self._get_followed(request_number)).act()

    @http.route("/suivi/<string:request_number>/fichier/<string:line>", methods=["GET"], **FORM)
    def followed_file(self, request_number, line, **kwargs):
        return self._get_actions(self._get_followed(request_number)).download(number(line))

    @http.route("/suivi/<string:request_number>/piece/<string:piece>", methods=["GET"], **FORM)
    def followed_attachment(self, request_number, piece, **kwargs):
        actions = self._get_actions(self._get_followed(request_number))
        return actions.download_attachment(number(piece))

    @http.route("/suivi/<string:request_number>/depot", **POST)
    def followed_upload(self, request_number, **kwargs):
        return self._get_actions(self._get_followed(request_number)).upload()

    @http.route("/suivi/<string:request_number>/depot/<string:file>", methods=["GET"], **FORM)
    def followed_given(self, request_number, file, **kwargs):
        return self._get_actions(self._get_followed(request_number)).show_given(file)

    @http.route(
        "/suivi/<string:request_number>/depot/<string:file>/vignette", methods=["GET"], **FORM
    )
    def followed_given_thumbnail(self, request_number, file, **kwargs):
        return self._get_actions(self._get_followed(request_number)).show_given_thumbnail(file)

    @http.route("/suivi/<string:request_number>/accuse.pdf", methods=["GET"], **FORM)
    def followed_acknowledgment(self, request_number, **kwargs):
        return self._get_actions(self._get_followed(request_number)).download_acknowledgment()

    def _find_followed(self, request_number):
        """In superuser mode: this session showed the number and the code, which is still its."""
        Request_sudo = request.env["procedure.request"].sudo()
        # A session of before the marks holds numbers alone: it opens nothing.
        followed = [
            each for each in request.session.get(SESSION_FOLLOWED, []) if isinstance(each, list)
        ]
        request_sudo = Request_sudo.search(
            [
                ("number", "=", text(request_number, 50).upper()),
                ("id", "in", [request_id for request_id, _mark in followed]),
                ("applicant_id", "=", False),
                ("date_anonymised", "=", False),
            ],
            limit=1,
        )
        if [request_sudo.id, mark_code(request_sudo)] not in followed:
            return Request_sudo
        return request_sudo

    def _get_followed(self, request_number):
        request_sudo = self._find_followed(request_number)
        if not request_sudo:
            raise NotFound()
        return request_sudo

    def _keep_typed(self):
        """The number and the code were shown in a session that has ended: they are asked again,
        then what was typed is shown. The same for a number that does not exist."""
        page = request.httprequest.path.rpartition("/")[0]
        keep_post(page)
        number = page.rpartition("/")[2]
        return request.redirect_query("/suivi", {"numero": text(number, 50)}, code=303)

    def _get_actions(self, request_sudo):
        return RequestActions(
            request_sudo,
            f"/suivi/{request_sudo.number}",
            "website_procedure_request.followed_request",
        )

    def _lead_to_form(self, request_number):
        """The same for a number that exists and for one that does not."""
        Request = request.env["procedure.request"]
        # Part of the staff reads no request at all.
        if is_signed_in() and Request.has_access("read"):
            request_sudo = Request.search(
                [("number", "=", text(request_number, 50).upper())], limit=1
            )
            if request_sudo and request_sudo._is_applicant(request.env.user.partner_id):
                return request.redirect(f"/my/demandes/{request_sudo.id}", code=303)
        return request.redirect_query("/suivi", {"numero": text(request_number, 50)}, code=303)
