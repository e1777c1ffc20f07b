"""What the forms of the household share."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.website_parts.tools.day import show_day, tidy_date
from odoo.addons.website_parts.tools.item import list_error, make_item
from odoo.addons.website_parts.tools.kept import take_kept
from odoo.addons.website_parts.tools.web import is_csrf_valid, not_cached, typed

BOTH = {
    "type": "http",
    "auth": "user",
    "website": True,
    "sitemap": False,
    "methods": ["GET", "POST"],
    "csrf": False,
    "territory_form": True,
    "territory_kept": True,
}
# A button: nothing is typed, and its page is another one.
PRESSED = {**BOTH, "methods": ["POST"], "territory_kept": False}


class HouseholdForm(http.Controller):
    def _is_sent(self):
        return request.httprequest.method == "POST"

    def _read(self, names, *dates):
        values = {name: typed(name, 500) for name in names}
        for name in dates:
            values[name] = tidy_date(values[name], "past" if name == "birthdate" else None)
        return values

    def _try(self, method, *args):
        """Call; the sentence of a refusal is shown on the form, which keeps what was typed."""
        if not is_csrf_valid():
            return request.env._("This page stayed open for too long. Send it again.")
        try:
            with request.env.cr.savepoint():
                method(*args)
        except AccessError as error:
            raise NotFound() from error
        except UserError as refused:
            return str(refused)
        return ""

    def _propose(self, values):
        partner = request.env.user.partner_id
        household = partner._current_household()
        if not household:
            return request.env._(
                "We do not know where you live yet: say it first, in “My household”."
            )
        return self._try(request.env["household.change"]._propose_once, household, partner, values)

    def _check_day(self, values, errors):
        """Beside its box; left empty, it is today."""
        check = request.env["identity.check"]
        _day, error = check._parse_day(values["date"]) if values["date"] else (None, None)
        if error:
            errors["date"] = error

    def _done(self, what):
        return request.redirect(f"/my/foyer?fait={what}", code=303)

    def _item(self, name, label, errors, sent, /, **more):
        more.setdefault("value", sent.get(name))
        return make_item(name, errors, label=label, **more)

    def _since_item(self, errors, values):
        return self._item(
            "date",
            request.env._("Since when"),
            errors,
            values,
            day="any",
            help=request.env._("Example: 15/11/2026"),
        )

    def _render(
        self,
        action,
        title,
        lead,
        items,
        errors,
        notice,
        back=None,
        button="",
        processing="privacy_register.processing_account",
    ):
        """
        :param back: (address, name) of the page that leads here, the household's if not said
        :param button: what is pressed, “Send” if not said
        :param processing: xml id of the entry of the register, whose notice is told
        """
        back = back or ("/my/foyer", request.env._("My household"))
        kept, told = take_kept(action)
        items = [show_kept(item, kept) for item in items]
        listed = [list_error(item) for item in items if item["error"]]
        # Its notice is public (art. 13).
        processing_sudo = request.env.ref(processing).sudo()
        response = request.render(
            "website_household.household_form",
            {
                "action": action,
                "heading": title,
                "lead": lead,
                "items": items,
                "errors": listed,
                "notice": notice or told,
                "processing": processing_sudo,
                "page_title": request.env._("Error: %(name)s", name=title) if listed else title,
                "crumbs": [("/my", request.env._("My space")), back],
                "back": back[0],
                "button": button,
            },
            status=422 if listed else 200,
        )
        return not_cached(response)

    def _show_invitations(self, path, invitations, notice, status):
        """The page where somebody answers what waits for her.

        :param invitations: [{id, name, told, lead, until, yes, no}]
        """
        values = {
            "path": path,
            "invitations": invitations,
            "none_told": request.env._(
                "No invitation waits for %(email)s.", email=request.env.user.sudo().email
            ),
            "notice": notice,
            "space_label": request.env._("My space"),
        }
        template = "website_household.invitations"
        return not_cached(request.render(template, values, status=status))

    def _tell_until(self, invitation):
        return request.env._(
            "This waits until %(day)s.", day=show_day(request.env, invitation.date_expire)
        )


def show_kept(item, kept):
    """The item with what was typed before she had to sign in again, if anything."""
    name = item["name"]
    if name not in kept.form:
        return item
    several = {"values": kept.texts(name)} if "values" in item else {}
    return {**item, "value": kept.text(name), **several}
