from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.family_activity.tools.cutoff import say_day, say_moment
from odoo.addons.website_parts.tools.web import FORM, is_csrf_valid, keep_secret, open_link, text

PLACE, ABSENCE = "place", "absence"


class FamilyLink(http.Controller):
    """What the mails about bookings open without signing in. A link shows first names; only its
    button acts, since mail programs open links by themselves."""

    @http.route("/famille/place/<string:token>", **FORM)
    def family_place(self, token, **kwargs):
        return self._family_answer(PLACE, token)

    @http.route("/famille/absence/<string:token>", **FORM)
    def family_absence(self, token, **kwargs):
        return self._family_answer(ABSENCE, token)

    def _family_answer(self, kind, token):
        token = text(token, 2000)
        Link = request.env["family.booking.link"]
        found, closed = open_link(
            "family.booking.link",
            lambda: self._family_find(kind, token),
            self._family_close,
            request.env._(
                "It serves for eight days, and only as a whole, as it is in the mail. Nothing has "
                "changed. Sign in to see your bookings, or call us."
            ),
        )
        if closed:
            return closed
        refusal = ""
        if request.httprequest.method == "POST":
            if not is_csrf_valid():
                refusal = request.env._("This page stayed open for too long. Press again.")
            else:
                try:
                    Link._act(kind, token, text(request.httprequest.form.get("geste"), 10))
                    return request.redirect(f"/famille/{kind}/{token}", code=303)
                except UserError as refused:
                    refusal = str(refused)
        parent_sudo, bookings_sudo = found
        return self._family_show(kind, token, parent_sudo, bookings_sudo, refusal)

    def _family_find(self, kind, token):
        """(parent, bookings); None by a link that opens nothing."""
        found = request.env["family.booking.link"]._open(kind, token)
        return found if found[1] else None

    def _family_show(self, kind, token, parent_sudo, bookings_sudo, refusal):
        values = {
            "kind": kind,
            "token": token,
            "rows": bookings_sudo._get_mail_rows(),
            "refusal": refusal,
            "phone": bookings_sudo[:1].site_id.phone or request.env.company.phone or "",
            "told": "",
            "limit": "",
            "buttons": [],
        }
        describe = self._family_tell_place if kind == PLACE else self._family_tell_absence
        values |= describe(bookings_sudo.with_context(as_parent=parent_sudo.id), parent_sudo)
        for button in values["buttons"]:
            button["first"] = button == values["buttons"][0]
        return keep_secret(request.render("website_family.link", values))

    def _family_tell_place(self, bookings_sudo, _parent_sudo):
        env = request.env
        offered_sudo = bookings_sudo.filtered(lambda each: each.state == "offered")
        if offered_sudo:
            until = offered_sudo._get_mail_until()
            return {
                "link_title": env._("A place is kept for you"),
                "limit": env._("Until %(until)s. Then it goes to the next family.", until=until),
                "buttons": [
                    {"value": "take", "label": env._("Take the place")},
                    {"value": "leave", "label": env._("Leave the place")},
                ],
            }
        if all(each.state == "booked" for each in bookings_sudo):
            return {"link_title": env._("It is booked"), "told": env._("The place is yours.")}
        return {
            "link_title": env._("This place is no longer kept"),
            "told": env._("You left it, or the time to answer is over."),
        }

    def _family_tell_absence(self, bookings_sudo, parent_sudo):
        env = request.env
        names = ", ".join(bookings_sudo.child_id.mapped("firstname"))
        day = say_day(bookings_sudo[:1].date)
        choices = bookings_sudo._get_choices(parent_sudo).values()
        problem = next((each.absence_problem for each in choices if each.absence_problem), "")
        limit = say_moment(min(each.absence_limit for each in choices))
        states = set(bookings_sudo.mapped("state"))
        if states == {"absent"}:
            told = {
                "link_title": env._("It is noted"),
                "told": env._("%(names)s: absent on %(day)s.", names=names, day=day),
                "buttons": [{"value": "come", "label": env._("It was a mistake: undo")}],
            }
        elif states & {"booked"}:
            told = {
                "link_title": env._("%(names)s: absent on %(day)s?", names=names, day=day),
                "told": env._("Tell the school too: it does not receive this message."),
                "buttons": [{"value": "absent", "label": env._("Yes, say the absence")}],
            }
        else:
            return {"link_title": env._("Nothing is booked any more on this day")}
        if problem:
            return told | {"limit": problem, "buttons": []}
        return told | {"limit": env._("Possible %(limit)s.", limit=limit)}

    def _family_close(self, sentence, status=404):
        return request.render("website_family.link_closed", {"sentence": sentence}, status=status)
