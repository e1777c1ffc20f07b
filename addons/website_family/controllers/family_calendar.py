from odoo import http
from odoo.http import request

from odoo.addons.website_household.controllers.household import FORM
from odoo.addons.website_household.controllers.household_form import PRESSED, HouseholdForm
from odoo.addons.website_parts.tools.day import show_day
from odoo.addons.website_parts.tools.web import (
    PAGE,
    is_csrf_valid,
    keep_secret,
    not_cached,
    open_link,
    text,
)

from ..pages.family_feed import make_feed
from .family import list_children

HERE = "/my/famille/agenda"
SCOPE = "family.feed"


class FamilyCalendarPage(HouseholdForm):
    """The days of the children in the calendar of her phone, by a secret address of hers."""

    @http.route(HERE, methods=["GET"], **FORM)
    def family_calendar(self, fait="", **kwargs):
        env = request.env
        notices = {
            "encore": env._("This page stayed open for too long. Press again."),
            "retire": env._("It is done: your address leads nowhere any more."),
        }
        return self._family_show_calendar(notice=notices.get(text(fait, 20), ""))

    @http.route(f"{HERE}/nouvelle", **PRESSED)
    def family_renew_calendar(self, **kwargs):
        """Her address is shown by this page alone: we keep no copy of it."""
        if not is_csrf_valid():
            return request.redirect(f"{HERE}?fait=encore", code=303)
        if not list_children(request.env.user.partner_id):
            raise request.not_found()
        secret = request.env.user._renew_family_feed()
        root = request.httprequest.host_url.rstrip("/")
        return self._family_show_calendar(address=f"{root}/famille/agenda/{secret}.ics")

    @http.route(f"{HERE}/retirer", **PRESSED)
    def family_end_calendar(self, **kwargs):
        if not is_csrf_valid():
            return request.redirect(f"{HERE}?fait=encore", code=303)
        request.env.user._end_family_feed()
        return request.redirect(f"{HERE}?fait=retire", code=303)

    @http.route("/famille/agenda/<string:name>", **{**PAGE, "readonly": False})
    def family_feed(self, name, **kwargs):
        """Read by a calendar, without session; nobody reads it without the secret."""
        secret = text(name, 200).removesuffix(".ics")
        user_sudo, refused = open_link(
            SCOPE,
            lambda: request.env["res.users"]._find_family_feed(secret),
            lambda sentence, status: request.make_response(
                sentence, [("Content-Type", "text/plain; charset=utf-8")], status=status
            ),
            request.env._("This address leads nowhere."),
        )
        if refused:
            return refused
        user = user_sudo.with_user(user_sudo).with_context(lang=user_sudo.lang or "fr_FR")
        content = make_feed(user.partner_id, request.httprequest.host.partition(":")[0])
        response = request.make_response(
            content,
            [
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", 'inline; filename="enfants.ics"'),
                ("Content-Length", str(len(content))),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
        return keep_secret(response)

    def _family_show_calendar(self, notice="", address=""):
        user_sudo = request.env.user.sudo()
        values = {
            "address": address,
            "again": HERE,
            "notice": notice,
            "since": show_day(request.env, user_sudo.family_feed_on),
            "children": list_children(user_sudo.partner_id.sudo(False)),
            "crumbs": [
                ("/my", request.env._("My space")),
                ("/my/famille", request.env._("The children's week")),
            ],
        }
        response = request.render("website_family.calendar", values)
        return keep_secret(response) if address else not_cached(response)
