from dateutil.relativedelta import relativedelta
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.territory_base import clock
from odoo.addons.website_household.controllers.household_form import BOTH, PRESSED
from odoo.addons.website_parts.tools.day import tidy_date
from odoo.addons.website_parts.tools.kept import take_kept
from odoo.addons.website_parts.tools.web import (
    Posted,
    is_csrf_valid,
    not_cached,
    number,
    text,
)

from ..pages.family_day import FamilyDay, Wishes
from ..pages.words import is_near, read_day
from .family import list_children
from .family_week import WEEK, FamilyWeekPage

SPLITS = ("book", "wait")


class FamilyDayPage(FamilyWeekPage):
    """One day is changed, for all her children and for the weeks that follow, in one go."""

    @http.route(f"{WEEK}/jour/<string:day>", **BOTH)
    def family_day(self, day, **kwargs):
        page = self._family_find_day(day)
        if not self._is_sent():
            kept, told = take_kept(self._family_get_day_url(page))
            wishes = Wishes.from_post(kept) if kept.form.getlist("shown") else None
            return self._family_show_day(page, kept, wishes, notice=told)
        posted = Posted.from_request()
        until, errors = self._family_read_until(posted, page.day)
        wishes = Wishes.from_post(posted, until)
        if not is_csrf_valid():
            told = request.env._("This page stayed open for too long. Send it again.")
            return self._family_show_day(page, posted, wishes, notice=told, status=422)
        if errors:
            return self._family_show_day(page, posted, wishes, until_errors=errors, status=422)
        split = posted.text("split", 10)
        answer, refused = None, ""

        def change():
            nonlocal answer
            answer = page.change(wishes, split if split in SPLITS else None)

        refused = self._family_press(change)
        if refused:
            return self._family_show_day(page, posted, wishes, notice=refused, status=422)
        if answer.errors:
            # What was read before it was refused may have changed.
            page = self._family_find_day(day)
            return self._family_show_day(page, posted, wishes, answer.errors, status=422)
        if answer.short:
            return self._family_ask(page, posted, answer)
        if until:
            return self._family_show_result(page, answer)
        iso = page.day.isoformat()
        url = f"{WEEK}?semaine={page.week}&fait=change&jour={iso}"
        return request.redirect(url, code=303)

    @http.route(f"{WEEK}/jour/<string:day>/absence/<string:child_id>", **PRESSED)
    def family_say_absent(self, day, child_id, **kwargs):
        return self._family_act_on_absence(day, child_id, "say_absent", "absent")

    @http.route(f"{WEEK}/jour/<string:day>/retour/<string:child_id>", **PRESSED)
    def family_take_back(self, day, child_id, **kwargs):
        return self._family_act_on_absence(day, child_id, "take_back", "vient")

    def _family_act_on_absence(self, day, child_id, act, done):
        page = self._family_find_day(day)
        child = page.children.filtered(lambda each: each.id == number(child_id))
        if not child:
            raise NotFound()
        if not is_csrf_valid():
            return request.redirect(f"{WEEK}?semaine={page.week}&fait=encore", code=303)
        is_done = False

        def press():
            nonlocal is_done
            is_done = getattr(page, act)(child)

        refused = self._family_press(press)
        if not refused and not is_done:
            refused = request.env._("This can no longer be changed here: call the service.")
        if refused:
            return self._family_refuse(page.week, refused)
        iso = page.day.isoformat()
        url = f"{WEEK}?semaine={page.week}&fait={done}&enfant={child.id}&jour={iso}"
        return request.redirect(url, code=303)

    def _family_find_day(self, day):
        parent = request.env.user.partner_id
        children = list_children(parent)
        found = read_day(text(day, 10))
        if not children or not is_near(found, clock.today()):
            raise NotFound()
        return FamilyDay(parent, children, found)

    def _family_get_day_url(self, page):
        return f"{WEEK}/jour/{page.day.isoformat()}"

    def _family_read_until(self, posted, day):
        """(the last day of the weeks that follow, or nothing; what is wrong)"""
        if posted.text("repeat", 10) != "weeks":
            return None, {}
        env = request.env
        typed_day = tidy_date(posted.text("until", 60), "future")
        if not typed_day:
            return None, {"until": env._("Say until when, such as 18/12/2026.")}
        until, error = env["identity.check"]._parse_day(typed_day)
        if error:
            return None, {"until": error}
        if until <= day:
            return None, {"until": env._("Choose a day after this one.")}
        if until > day + relativedelta(years=1):
            return None, {"until": env._("Choose a day of the year to come.")}
        return until, {}

    def _family_show_day(
        self, page, posted, wishes, errors=None, until_errors=None, notice="", status=200
    ):
        env = request.env
        values = page.get_values(wishes, errors)
        until_errors = until_errors or {}
        until = self._item(
            "until",
            env._("Until which day, included?"),
            until_errors,
            {"until": tidy_date(posted.text("until", 60), "future")},
            day="future",
            required=True,
            help=env._("Example: 18/12/2026"),
        )
        listed = page.list_errors(values)
        listed += [(until["id"], until["error"])] if until["error"] else []
        heading = f"{values['day']['title']} {values['day']['spoken']}"
        values |= {
            "action": self._family_get_day_url(page),
            "heading": heading,
            "page_title": env._("Error: %(name)s", name=heading) if listed else heading,
            "errors": listed,
            "notice": notice,
            "until": until,
            "is_repeated": posted.text("repeat", 10) == "weeks",
            "crumbs": self._family_get_crumbs(page),
        }
        return not_cached(request.render("website_family.day", values, status=status))

    def _family_get_crumbs(self, page):
        env = request.env
        week = f"{WEEK}?semaine={page.week}"
        return [("/my", env._("My space")), (week, env._("The children's week"))]

    def _family_ask(self, page, posted, answer):
        """Brothers and sisters do not all fit: theirs is the choice, before anything is written."""
        carried = [
            (name, value)
            for name in ("shown", "s", "same", "repeat", "until")
            for value in posted.texts(name, 60)
        ]
        values = {
            "action": self._family_get_day_url(page),
            "carried": carried,
            "short": answer.short,
            "crumbs": self._family_get_crumbs(page),
            "again": self._family_get_day_url(page),
        }
        return not_cached(request.render("website_family.short", values))

    def _family_show_result(self, page, answer):
        values = {
            **page.tell(answer),
            "week": page.week,
            "crumbs": self._family_get_crumbs(page),
            "again": f"{WEEK}?semaine={page.week}",
        }
        return not_cached(request.render("website_family.result", values))
