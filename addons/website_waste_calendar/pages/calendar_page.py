"""What the pages of the waste calendar say. In superuser mode: rounds are read by nobody else,
and name nobody."""

from datetime import UTC, date, datetime, time, timedelta

import icalendar

from odoo.tools import groupby

from odoo.addons.partner_household.tools import split_address
from odoo.addons.territory_base import clock
from odoo.addons.territory_base.dates import say_day
from odoo.addons.territory_base.ics import make_calendar

ROOT = "/dechets/calendrier"
# The place of those whose street has no row of its own.
WHOLE = "toute-la-commune"
NEXT_MAX = 6
# What a subscribed calendar keeps of the past.
PAST = timedelta(days=31)
ICONS = {"household": "trash", "bulky": "truck-delivery"}


class CalendarPage:
    """The calendar of one commune, then of one of its streets."""

    def __init__(self, env, commune):
        self.env = env
        self.commune = commune
        self.today = clock.today()
        self.Street_sudo = env["waste.round.street"].sudo()
        rows_sudo = self.Street_sudo._find_served(commune)
        self.has_whole = any(not row_sudo.street_key for row_sudo in rows_sudo)
        # Of the ways in which a street is written, the first one.
        self.streets = {}
        for row_sudo in rows_sudo:
            if row_sudo.street_key:
                self.streets.setdefault(row_sudo.slug, (row_sudo.street_key, row_sudo.street))

    @property
    def url(self):
        return f"{ROOT}/{self.commune.slug}"

    @property
    def title(self):
        return self.env._("Streets and days of collection: %(place)s", place=self.commune.name)

    @property
    def is_served(self):
        return self.has_whole or bool(self.streets)

    def find_streets(self, words=""):
        """[(name, address)] of the streets that hold each of these words, a number left aside."""
        _number, key = split_address(words)
        wanted = key.split()
        return [
            (name, f"{self.url}/{slug}")
            for slug, (street_key, name) in self.streets.items()
            if all(word in street_key for word in wanted)
        ]

    def find_way(self, address):
        """The address of the calendar of somebody who lives there; empty: she has to choose."""
        number, key = split_address(address)
        slug = next((slug for slug, (known, _name) in self.streets.items() if known == key), None)
        if slug:
            return self.get_street_url(slug, number)
        return f"{self.url}/{WHOLE}" if not self.streets and self.has_whole else ""

    def get_street_url(self, slug, number=0):
        """Names the rounds, never the number of a house."""
        url = f"{self.url}/{slug}"
        if not number:
            return url
        if not any(row_sudo._is_part() for row_sudo in self._find_rows(slug)):
            return url
        codes = sorted(self._find_rows(slug, number).round_id.mapped("code"))
        return f"{url}?tournees={','.join(codes)}" if codes else url

    def _find_rows(self, slug, number=0):
        key = self.streets[slug][0] if slug != WHOLE else ""
        return self.Street_sudo._find_rows(self.commune, key, number)

    def find_calendar(self, slug, codes=""):
        """The calendar of a street; nothing when there is no such street."""
        if slug != WHOLE and slug not in self.streets or slug == WHOLE and not self.has_whole:
            return None
        return StreetCalendar(self, slug, self._find_rows(slug), codes)

    def find_subscription(self, slug, codes=""):
        """What a phone that subscribed reads: never nothing, or it would go silent. A street that
        has no row any more is collected as the rest of its commune, or nobody knows."""
        if calendar := self.find_calendar(slug, codes):
            return calendar
        if self.has_whole:
            return StreetCalendar(self, WHOLE, self._find_rows(WHOLE), "", has_changed=True)
        return StreetCalendar(self, WHOLE, self.Street_sudo, "", has_changed=True)


class StreetCalendar:
    def __init__(self, page, slug, rows_sudo, codes, has_changed=False):
        self.page, self.env, self.slug = page, page.env, slug
        self.has_changed = has_changed
        self.street = page.streets[slug][1] if slug != WHOLE else ""
        self.codes = [code for code in codes.split(",") if code][:20]
        self.rounds_sudo, self.asks_number = self._choose(rows_sudo)
        # Rounds were named, and a number would say which of those of today are hers.
        self.has_changed = has_changed or bool(self.codes and self.asks_number)

    def _choose(self, rows_sudo):
        """The rounds of the address, and whether a number would say more.

        A code that no longer serves the street is forgotten: who subscribed keeps a calendar.
        """
        kept_sudo = rows_sudo.round_id.browse()
        asks = False
        for same_kind_sudo in rows_sudo.grouped("waste_kind").values():
            rounds_sudo = same_kind_sudo.round_id
            if any(row_sudo._is_part() for row_sudo in same_kind_sudo):
                named_sudo = rounds_sudo.filtered(lambda each: each.code in self.codes)
                asks = asks or not named_sudo
                rounds_sudo = named_sudo or rounds_sudo
            kept_sudo |= rounds_sudo
        return kept_sudo, asks

    @property
    def url(self):
        return f"{self.page.url}/{self.slug}"

    @property
    def query(self):
        return f"?tournees={','.join(self.codes)}" if self.codes else ""

    @property
    def place(self):
        return ", ".join(filter(None, (self.street, self.page.commune.name)))

    @property
    def title(self):
        return self.env._("Days of collection: %(place)s", place=self.place)

    @property
    def short_name(self):
        return self.street or self.env._("The whole commune")

    def get_values(self, year):
        today = self.page.today
        year = year if year in (today.year, today.year + 1) else today.year
        coming = self._find(today, today + timedelta(days=62))
        shown = self._find(date(year, 1, 1), date(year, 12, 31))
        other = 2 * today.year + 1 - year
        return {
            "calendar": self,
            "commune": self.page.commune,
            "rounds": self.get_rounds(),
            "next_days": self._group_days(coming)[:NEXT_MAX],
            "year_title": self.env._("The year %(year)s", year=year),
            "other_label": self.env._("See the year %(year)s", year=other),
            "other_url": f"{self.url}{self.query}{'&' if self.query else '?'}annee={other}",
            "months": [
                {
                    "name": say_day(self.env, date(year, month, 1), "MMMM").capitalize(),
                    "days": self._group_days(
                        [pair for pair in shown if pair[1].shown.month == month], "EEE d"
                    ),
                }
                for month in range(1, 13)
            ],
            "ics_url": f"{self.url}/collectes.ics{self.query}",
        }

    def get_rounds(self):
        return [self._describe_round(each_sudo) for each_sudo in self.rounds_sudo]

    def _find(self, first, last):
        return self.rounds_sudo._find_pickups(first, last)

    def _describe_round(self, round_sudo):
        return {
            "kind": round_sudo._get_kind_words(),
            "icon": ICONS.get(round_sudo.waste_kind, "recycle"),
            "words": round_sudo._get_rhythm_words(),
            "note": round_sudo.note,
        }

    def _group_days(self, pairs, pattern="EEEE d MMMM"):
        """One row for each day, with what is collected then, moved or not."""
        rows = []
        for day, group in groupby(pairs, key=lambda pair: pair[1].shown):
            rows.append(
                {
                    "day": say_day(self.env, day, pattern),
                    "iso": day.isoformat(),
                    "pickups": [
                        self._describe_pickup(each_sudo, pickup) for each_sudo, pickup in group
                    ],
                }
            )
        return rows

    def _describe_pickup(self, round_sudo, pickup):
        note = ""
        if pickup.is_moved:
            usual = say_day(self.env, pickup.usual, "EEEE d MMMM")
            note = self.env._("instead of %(usual)s", usual=usual)
        elif not pickup.day:
            note = self.env._("no collection")
        return {
            "kind": round_sudo._get_kind_words(),
            "icon": ICONS.get(round_sudo.waste_kind, "recycle"),
            "note": note,
            "is_off": not pickup.day,
        }

    def make_ics(self, host):
        """All day long: who puts the bin out the evening before adds her own alarm."""
        year = self.page.today.year
        pairs = self._find(self.page.today - PAST, date(year + 1, 12, 31))
        events = [self._make_event(round_sudo, pickup, host) for round_sudo, pickup in pairs]
        if self.has_changed:
            events.insert(0, self._make_notice(host))
        name = self.env._("Collection: %(place)s", place=self.place)
        return make_calendar("website_waste_calendar", events, name=name, refresh=timedelta(days=1))

    def _make_notice(self, host):
        """Today, each day until she subscribes again."""
        event, today = icalendar.Event(), self.page.today
        event.add("uid", f"changed-{self.slug}-{today.isoformat()}@{host}")
        event.add("dtstamp", get_midnight_utc(today))
        event.add("dtstart", today)
        event.add("dtend", today + timedelta(days=1))
        event.add("summary", self.env._("The rounds have changed: choose your address again"))
        root = self.page.commune.get_base_url()
        url = f"{root}{self.url if self.slug != WHOLE else self.page.url}"
        event.add("url", url)
        event.add("description", url)
        event.add("status", "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        return event

    def _make_event(self, round_sudo, pickup, host):
        """Always the same one of a usual day: a shift moves it in the calendars that have it."""
        event = icalendar.Event()
        event.add("uid", f"{round_sudo.code}-{pickup.usual.isoformat()}@{host}")
        event.add("dtstamp", round_sudo._get_calendar_stamp())
        event.add("dtstart", pickup.shown)
        event.add("dtend", pickup.shown + timedelta(days=1))
        kind = round_sudo._get_kind_words()
        note = self._describe_pickup(round_sudo, pickup)["note"]
        event.add(
            "summary", self.env._("%(kind)s: %(note)s", kind=kind, note=note) if note else kind
        )
        event.add("location", self.place)
        event.add("status", "CONFIRMED" if pickup.day else "CANCELLED")
        event.add("transp", "TRANSPARENT")
        lines = [round_sudo._get_hours(), round_sudo.note]
        if any(lines):
            event.add("description", "\n".join(filter(None, lines)))
        return event


def get_midnight_utc(day):
    return datetime.combine(day, time(), UTC)


def find_url(env, dwelling_sudo):
    """The calendar of an address, or the page where its street is chosen; empty: nobody serves
    its commune."""
    page = CalendarPage(env, dwelling_sudo.commune_id)
    if not page.is_served:
        return ""
    return page.find_way(dwelling_sudo.street) or page.url
