"""The acknowledgment of receipt: the first thing read once a request is sent."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request
from odoo.tools import format_list

from odoo.addons.territory_base.links import find_row
from odoo.addons.website_parts.tools.web import is_signed_in, not_cached, text

from ..pages.constants import ACKNOWLEDGMENT
from .common import GET

SESSION_CODES = "procedure_codes"


class Acknowledgment(http.Controller):
    @http.route("/demarches/<string:slug>/accuse/<string:token>", readonly=True, **GET)
    def acknowledgment(self, slug, token, deja="", **kwargs):
        """Printable, reached by whoever just sent the request: the token is signed and expires.
        Of an organisation, by those who act for it today, unless it was typed for nobody who has
        an account."""
        request_sudo = read_token(token)
        if not request_sudo or request_sudo.procedure_id.slug != slug:
            raise NotFound()
        is_mine = is_signed_in() and request_sudo._is_applicant(request.env.user.partner_id)
        if request_sudo.acting_for_id and request_sudo.applicant_id and not is_mine:
            if is_signed_in():
                raise NotFound()
            return request.redirect_query("/web/login", {"redirect": request.httprequest.path})
        code = request.session.get(SESSION_CODES, {}).get(str(request_sudo.id))
        response = request.render(
            "website_procedure.acknowledgment",
            {
                "procedure": request_sudo.procedure_id,
                "view": prepare_acknowledgment(request_sudo, is_mine, code),
                "already": bool(deja),
                "offer_account": not request_sudo.applicant_id,
                "catalogue_label": request.env._("Procedures"),
            },
        )
        return not_cached(response)


def read_token(token):
    """The request that this signed token names, in superuser mode: the signature is the check."""
    Request_sudo = request.env["procedure.request"].sudo()
    request_sudo, _others = find_row(Request_sudo, ACKNOWLEDGMENT, text(token, 1000))
    return request_sudo.filtered(lambda request: not request.date_anonymised)


def prepare_acknowledgment(request_sudo, is_mine, code=None):
    """The words and the mentions of the law are those of the mail."""
    values = request_sudo._acknowledgment_values(code)
    return {
        "number": request_sudo.number,
        "code": code,
        "email": request_sudo.applicant_email if is_mine or not request_sudo.applicant_id else "",
        # On this site, whatever name it is opened by.
        "follow_url": request_sudo._get_url().removeprefix(request_sudo.get_base_url()),
        "settled": values["settled"],
        "is_answered": values["is_answered"],
        "answered_by": get_answered_by(request_sudo),
        "awaited": get_awaited_sentence(values["lacking"]),
        "body": request.env["ir.qweb"]._render("procedure.acknowledgment_body", values),
    }


def get_answered_by(request_sudo):
    """By which way the answer comes to whoever left no e-mail address; empty: by e-mail."""
    if request_sudo._get_emails():
        return ""
    if request_sudo.applicant_id:
        return request.env._("In your space, and on paper if you ask for it.")
    return request.env._("On this site, with your number and your code.")


def get_awaited_sentence(items):
    """What is to be sent first, and by when; empty when the request is complete.

    :param items: see `_get_asked_items`
    """
    days = [item["date_due"] for item in items if item["date_due"]]
    if not days:
        return ""
    return request.env._(
        "%(labels)s, by %(date)s at the latest: press “Follow my request”.",
        labels=format_list(request.env, [item["label"].rstrip(" \xa0?.:") for item in items]),
        date=min(days).strftime("%d/%m/%Y"),
    )


def keep_code(request_sudo, code):
    """In the session of the visitor who sent it, and nowhere else."""
    codes = dict(request.session.get(SESSION_CODES, {}))
    codes[str(request_sudo.id)] = code
    request.session[SESSION_CODES] = codes
