"""The week of the children: a day on each line, a child in each column."""

from odoo import fields

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.dates import say_day

from .family_days import FamilyDays
from .family_month import MonthTable
from .words import (
    DAY,
    FAR,
    WEEK,
    get_monday,
    get_next_month,
    is_near,
    join,
    read_week,
    say_days,
    say_moment,
    show_week,
)

SATURDAY = 5


class FamilyWeek:
    """The week that is asked for, else this one; on a week-end, the next one. The month that goes
    on after it is read at once: it costs no query more."""

    def __init__(self, parent, children, wanted=""):
        self.env = parent.env
        self.parent = parent
        self.children = children
        self.today = clock.today()
        self.monday = self._choose(wanted)
        self.said = []
        self.month = (self.monday + WEEK).replace(day=1)
        first = min(self.monday, get_monday(self.month))
        last = get_monday(get_next_month(self.month) - DAY) + 6 * DAY
        self.days = FamilyDays(parent, children, first, max(last, self.monday + 6 * DAY))

    def _choose(self, wanted):
        monday = read_week(wanted)
        if is_near(monday, self.today):
            return monday
        this = get_monday(self.today)
        return this + WEEK if self.today.weekday() >= SATURDAY else this

    def get_values(self):
        days = self.days.list_days(self.monday)
        rows = [self._describe(day) for day in days]
        limit = FAR - WEEK
        return {
            "week": show_week(self.monday),
            "title": say_days(self.env, days[0], days[-1]),
            "rows": rows,
            "columns": [{"id": child.id, "name": child.firstname} for child in self.children],
            "custody": self._tell_custody(days),
            # Of whom it is said for the whole week, no cell says it again.
            "said": self.said,
            "has_today": self.today in days and any(row["buttons"] for row in rows),
            "is_empty": not any(self.days.get_choices(day) for day in days),
            "before": show_week(self.monday - WEEK) if self.today - self.monday < limit else "",
            "after": show_week(self.monday + WEEK) if self.monday - self.today < limit else "",
            "offers": self._find_offers(),
            "rules": self._list_rules(),
            "tariffs": self._list_tariffs(),
            "service": self._find_service(),
            "month": MonthTable(self.days, self.month).get_values(),
        }

    # ------------------------------------------------------------
    # A day
    # ------------------------------------------------------------

    def _describe(self, day):
        """One line: what each child does, until when it may change, the buttons of the day."""
        told = self.days.describe_day(day)
        cells = [self._describe_cell(day, child) for child in self.children]
        notes = self.days.tell_limits(day)
        if told["is_today"]:
            notes += self.days.tell_absence(day)
        elif not told["is_past"] and self.days.has_only_absence(day):
            told["absence_url"] = f"{told['url']}#absence"
        return {
            **told,
            "cells": cells,
            "notes": notes,
            "buttons": any(cell["may_say_absent"] for cell in cells),
        }

    def _describe_cell(self, day, child):
        is_today = day == self.today
        return {
            "child": child.id,
            "name": child.firstname,
            "rows": self.days.describe_rows(day, child),
            "is_away": self.days.is_with(day, child) is False,
            "may_say_absent": is_today and self.days.may_say_absent(day, child),
            "may_take_back": self.days.may_take_back(day, child),
        }

    def _tell_custody(self, days):
        """« Lou et Noé : semaine chez vous », where it is so on every day of the week."""
        found = {True: [], False: [], None: []}
        for child in self.children:
            known = {
                self.days.is_with(day, child) for day in days if self.days.get_choices(day, child)
            }
            whole = known.pop() if len(known) == 1 else None
            found[whole].append(child)
        self.said = [child.id for child in found[False]]
        lines = []
        for whole, told in (
            (True, self.env._("week with you")),
            (False, self.env._("week with the other parent")),
        ):
            if found[whole]:
                names = join(self.env, [child.firstname for child in found[whole]])
                lines.append(f"{names}\xa0: {told}")
        return lines

    # ------------------------------------------------------------
    # Around the week
    # ------------------------------------------------------------

    def _find_offers(self):
        """Places that are kept for her children, of any day that is hers: one frame for each child
        and site."""
        env, now = self.env, fields.Datetime.now()
        # Her own children alone.
        offered_sudo = (
            env["family.booking"]
            .sudo()
            .search(
                [
                    ("child_id", "in", self.children.ids),
                    ("state", "=", "offered"),
                    ("offered_until", ">", now),
                ],
                order="date, id",
            )
        )
        if not offered_sudo:
            return []
        first, last = offered_sudo[0].date, offered_sudo[-1].date
        offers = []
        for child, of_child_sudo in offered_sudo.grouped("child_id").items():
            hers = env["family.custody"]._find_days(child.sudo(False), self.parent, first, last)
            mine_sudo = of_child_sudo.filtered(lambda each, hers=hers: hers[each.date] is not False)
            for site_sudo, bookings_sudo in mine_sudo.grouped("site_id").items():
                offers.append(self._describe_offer(child, site_sudo, bookings_sudo))
        return offers

    def _describe_offer(self, child, site, bookings):
        env = self.env
        until = min(clock.local_time(each.offered_until) for each in bookings)
        return {
            "key": "-".join(str(each.id) for each in bookings),
            "title": env._("A place for %(child)s", child=child.firstname),
            "where": site.activity_id.name,
            "site": site.name,
            "days": join(env, [say_day(env, each.date, "EEEE d MMMM") for each in bookings]),
            "until": say_moment(env, until, self.days.now),
            "child": child.firstname,
        }

    def _list_rules(self):
        """Until when one books, cancels, says an absence, by site: [(name, [sentence])]"""
        env, found = self.env, {}
        words = {
            "book": env._("to book: %s"),
            "cancel": env._("to cancel: %s"),
            "absence": env._("to say an absence: %s"),
        }
        sites_sudo = env["family.site"].sudo()
        for choice in self.days.choices:
            sites_sudo |= choice.session.site_id
        for site, rules in sites_sudo._get_effective_rules().items():
            told = [words[name] % rules[name].sentence for name in words if name in rules]
            found.setdefault((site.activity_id, tuple(told)), []).append(site)
        several = [activity for activity, _told in found]
        return [
            {
                "name": activity.name
                if several.count(activity) == 1
                else join(env, [site.name for site in sites]),
                "rules": told or (env._("until it begins"),),
            }
            for (activity, told), sites in found.items()
        ]

    def _list_tariffs(self):
        return [
            {"name": each.name, "tariff": each.tariff, "url": each.payment_url}
            for each in self.days.activities
            if each.tariff or each.payment_url
        ]

    def _find_service(self):
        """Who answers: the service that leads the activities; what is public of it is printed."""
        return self.days.activities.service_id[:1]
