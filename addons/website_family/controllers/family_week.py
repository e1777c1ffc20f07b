from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.territory_base import clock
from odoo.addons.website_household.controllers.household import FORM
from odoo.addons.website_household.controllers.household_form import PRESSED, HouseholdForm
from odoo.addons.website_parts.tools.day import show_day
from odoo.addons.website_parts.tools.web import is_csrf_valid, not_cached, number, text, typed

from ..pages.family_day import FamilyDay
from ..pages.family_week import FamilyWeek
from ..pages.words import is_near, read_day
from .family import list_children
from .papers_told import tell_papers

WEEK = "/my/famille"


class FamilyWeekPage(HouseholdForm):
    """What the children do this week, until when it may change, and what waits for an answer."""

    @http.route(WEEK, methods=["GET"], **FORM)
    def family_week(self, semaine="", fait="", jour="", enfant="", **kwargs):
        told = self._family_tell_done(text(fait, 20), text(jour, 10), number(enfant))
        return self._family_show_week(text(semaine, 10), told)

    @http.route(f"{WEEK}/place", **PRESSED)
    def family_answer_offer(self, **kwargs):
        """A place that was kept is taken, or left to the next family."""
        if not is_csrf_valid():
            return request.redirect(f"{WEEK}?fait=encore", code=303)
        parent = request.env.user.partner_id
        is_taken = typed("reponse", 5) == "oui"
        wanted = {number(each) for each in typed("places", 500).split("-")}
        # Of her own children alone: a number that is guessed is that of nobody.
        bookings_sudo = (
            request.env["family.booking"]
            .sudo()
            .search([("child_id", "in", list_children(parent).ids), ("id", "in", list(wanted))])
        )
        if not bookings_sudo:
            raise request.not_found()
        bookings = bookings_sudo.sudo(False)
        refused = self._family_press(bookings._accept if is_taken else bookings._decline, parent)
        if refused:
            return self._family_refuse(typed("semaine", 10), refused)
        done = "pris" if is_taken else "laisse"
        child = bookings_sudo.child_id[:1]
        return request.redirect(f"{WEEK}?fait={done}&enfant={child.id}", code=303)

    def _family_press(self, method, *args):
        """Call, all or nothing; the sentence of a refusal, else empty."""
        try:
            with request.env.cr.savepoint():
                method(*args)
        except AccessError as error:
            raise request.not_found() from error
        except UserError as refused:
            return str(refused)
        return ""

    def _family_refuse(self, week, sentence):
        """The week as it is now, and why not."""
        return self._family_show_week(text(week, 10), {"kind": "alert", "text": sentence}, 422)

    def _family_show_week(self, week, notice=None, status=200):
        parent = request.env.user.partner_id
        children = list_children(parent)
        values = {"children": children, "notice": notice, "space_label": request.env._("My space")}
        if children:
            values |= FamilyWeek(parent, children, week).get_values()
            values |= self._prepare_family_panels(parent, children)
            values["again"] = f"{WEEK}?semaine={values['week']}"
        return not_cached(request.render("website_family.week", values, status=status))

    def _prepare_family_panels(self, parent, children):
        """Hook: values of the panels under the week."""
        named = request.env["family.contact"]._list_named(parent, children)
        confirmed = parent.sudo().family_confirmed_on
        return {
            "fetchers": [
                {"name": same[:1].name, "link": same[:1].link}
                for same in named
                if same[:1].may_fetch
            ],
            "confirmed": show_day(request.env, confirmed) if confirmed else "",
            "papers": tell_papers(parent, children),
        }

    def _family_tell_done(self, done, day, child_id):
        """What she has just done, by what is read now: a link that somebody made says nothing."""
        env = request.env
        sentences = {
            "exact": env._("It is noted: your file is still exact."),
            "encore": env._("This page stayed open for too long. Press again."),
        }
        if done in sentences:
            kind = "event" if done == "encore" else "info"
            return {"kind": kind, "text": sentences[done]}
        parent = env.user.partner_id
        children = list_children(parent)
        child = children.filtered(lambda each: each.id == child_id)
        day = read_day(day)
        if done == "change" and children and is_near(day, clock.today()):
            told = FamilyDay(parent, children, day).tell_done()
            return {"kind": "info", "text": told, "day": day.isoformat()}
        if not child:
            return None
        told = {
            "absent": env._(
                "It is noted: %(child)s does not come. Tell the school too: it does not receive "
                "this message.",
                child=child.firstname,
            ),
            "vient": env._("It is noted: %(child)s comes.", child=child.firstname),
            "pris": env._("The place is yours: %(child)s is booked.", child=child.firstname),
            "laisse": env._(
                "The place of %(child)s goes to the next family.", child=child.firstname
            ),
        }.get(done)
        iso = day.isoformat() if day else ""
        return {"kind": "info", "text": told, "day": iso} if told else None
