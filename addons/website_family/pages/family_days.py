"""What is booked for the children of one parent from one day to another, as she reads it.

Who asked is not told: both parents of a child read the same days. Whether a day is hers is told by
what she said herself.
"""

from odoo import fields

from odoo.addons.family_activity.tools.cutoff import say_hour
from odoo.addons.territory_base import clock
from odoo.addons.territory_base.dates import say_day
from odoo.addons.territory_calendar.tools.days import make_days

from .words import DAY, join, say_moment, say_rank

ICONS = {"canteen": "tools-kitchen-2", "morning": "sunrise", "evening": "sunset-2"}
OUTSIDE = "trees"
SATURDAY = 5


class FamilyDays:
    """
    :param parent: who reads, in her own rights
    :param children: of hers, the eldest first
    """

    def __init__(self, parent, children, first, last):
        self.env = parent.env
        self.parent = parent
        self.children = children
        self.first, self.last = first, last
        self.now = clock.local_time(fields.Datetime.now())
        self.today = self.now.date()
        Booking = self.env["family.booking"]
        self.choices = Booking._list_choices(parent, children, first, last) if children else []
        self.by_day = {}
        for choice in self.choices:
            self.by_day.setdefault(choice.session.date, []).append(choice)
        self._calendar = self._ranks = None

    @property
    def calendar(self):
        """{date: what it is in the territory}, of all days."""
        if self._calendar is None:
            calendar = self.env["territory.calendar"]
            # Closed days are told by the sessions that they close.
            self._calendar = make_days(
                self.first,
                self.last,
                calendar._list_school_holidays(),
                [],
                calendar._get_known_days(),
            )
        return self._calendar

    @property
    def ranks(self):
        """{booking: its rank on the list}"""
        if self._ranks is None:
            found_sudo = self.env["family.booking"].sudo()
            for choice in self.choices:
                if choice.state == "waiting":
                    found_sudo |= choice.booking
            self._ranks = found_sudo._find_ranks() if found_sudo else {}
        return self._ranks

    @property
    def activities(self):
        """Those in which her children may be booked, or are."""
        found_sudo = self.env["family.activity"].sudo()
        for choice in self.choices:
            found_sudo |= choice.session.activity_id
        return found_sudo

    def get_choices(self, day, child=None):
        found = self.by_day.get(day, [])
        return [each for each in found if child is None or each.child.id == child.id]

    def has_week_end(self, monday):
        return any(self.by_day.get(monday + rank * DAY) for rank in (5, 6))

    def list_days(self, monday):
        """Monday to Friday; the week-end where something may be booked on it."""
        count = 7 if self.has_week_end(monday) else 5
        return [monday + rank * DAY for rank in range(count)]

    # ------------------------------------------------------------
    # One child on one day
    # ------------------------------------------------------------

    def describe_rows(self, day, child):
        """What is booked: [dict(state, icon, label, short, tag, note)]"""
        choices = self.get_choices(day, child)
        return [self._describe_row(choice, choices) for choice in choices if choice.state]

    def _describe_row(self, choice, choices):
        env, kind = self.env, choice.session.activity_id.kind
        row = {
            "state": choice.state,
            "icon": ICONS.get(kind, OUTSIDE),
            "label": self.get_label(choice, choices),
            "short": self._get_short(choice),
            "tag": None,
            "note": "",
        }
        if choice.state == "waiting":
            row["tag"] = {"tone": "cours", "label": env._("Waiting list")}
            row["note"] = say_rank(env, self.ranks.get(choice.booking, 1))
        elif choice.state == "offered":
            until = clock.local_time(choice.booking.offered_until)
            row["tag"] = {"tone": "moi", "label": env._("Place offered")}
            row["note"] = env._("until %(moment)s", moment=say_moment(env, until, self.now))
        elif choice.state == "absent":
            since = clock.local_time(choice.booking.changed_on)
            row["tag"] = {"tone": "ok", "label": env._("Absence noted")}
            row["note"] = env._("noted: %(moment)s", moment=say_moment(env, since, self.now))
        return row

    def get_label(self, choice, choices):
        """The activity; with its slot where there are several on that day for this child."""
        activity = choice.session.activity_id
        same = [each for each in choices if each.session.activity_id == activity]
        if len(same) == 1:
            return activity.name
        name = choice.session.slot_id.name
        return self.env._("%(activity)s, %(slot)s", activity=activity.name, slot=name.lower())

    def _get_short(self, choice):
        """One word of a month."""
        env, state = self.env, choice.state
        words = {
            "canteen": env._("canteen"),
            "morning": env._("morning"),
            "evening": env._("evening"),
        }
        activity = choice.session.activity_id
        word = words.get(activity.kind) or activity.name.lower()
        told = {
            "waiting": env._("%(activity)s (waiting list)", activity=word),
            "offered": env._("%(activity)s (place offered)", activity=word),
            "absent": env._("%(activity)s (absent)", activity=word),
        }
        return told.get(state, word)

    # ------------------------------------------------------------
    # One day
    # ------------------------------------------------------------

    def may_change(self, day):
        return any(choice.can_book or choice.can_end for choice in self.get_choices(day))

    def may_say_absent(self, day, child=None):
        return any(choice.can_say_absent for choice in self.get_choices(day, child))

    def has_only_absence(self, day):
        """Whether something of that day can no longer be cancelled, and may be said absent."""
        return any(each.can_say_absent and not each.can_end for each in self.get_choices(day))

    def may_take_back(self, day, child=None):
        return any(
            choice.state == "absent" and not choice.absence_problem
            for choice in self.get_choices(day, child)
        )

    def is_with(self, day, child):
        """Whether the child is with her on that day: True, False, None when she did not say."""
        return next((each.is_with_parent for each in self.get_choices(day, child)), None)

    def find_away(self, day):
        """Names of the children who are with the other parent, by what she said."""
        return [child.firstname for child in self.children if self.is_with(day, child) is False]

    def find_closing(self, day):
        """Why nobody is received on that day; empty when somebody is."""
        choices = self.by_day.get(day)
        if not choices:
            return self.calendar[day].reason
        if all(each.session.is_closed for each in choices):
            return choices[0].session.closed_reason.rstrip(".")
        return ""

    def describe_day(self, day):
        name = say_day(self.env, day, "EEEE")
        return {
            "day": day,
            "iso": day.isoformat(),
            "number": day.day,
            "short": f"{name[:3]}.",
            "name": name,
            "title": name.capitalize(),
            "month": say_day(self.env, day, "MMMM"),
            "spoken": say_day(self.env, day, "d MMMM"),
            "is_today": day == self.today,
            "is_past": day < self.today,
            "may_change": self.may_change(day),
            "may_say_absent": self.may_say_absent(day),
            "closing": self.find_closing(day),
            "url": f"/my/famille/jour/{day.isoformat()}",
        }

    # ------------------------------------------------------------
    # Until when
    # ------------------------------------------------------------

    def tell_limits(self, day):
        """Until when that day may still change, by activity, once: [dict(icon, text)]"""
        if day < self.today:
            return []
        notes = []
        for choices in self._group_by_activity(day):
            notes += self._tell_activity(choices)
        return notes

    def _group_by_activity(self, day):
        """The same rule is told once, for all children; where two sites of an activity have
        two rules, each is told with its name."""
        groups = {}
        for choice in self.get_choices(day):
            session = choice.session
            key = (session.activity_id.id, choice.book_limit, choice.end_limit, session.is_closed)
            groups.setdefault(key, []).append(choice)
        return groups.values()

    def _tell_activity(self, choices):
        env = self.env
        name = self._get_name(choices)
        closed = [each.session for each in choices if each.session.is_closed]
        if closed:
            reason = closed[0].closed_reason.rstrip(".")
            return [self._note("info-circle", "%s\xa0: %s" % (name, env._("closed. %s", reason)))]
        hers = [each for each in choices if each.is_with_parent is not False]
        if not hers:
            return []
        told = self._tell_open(hers)
        if told:
            return [self._note("clock", f"{name}\xa0: {told}")]
        if any(each.state == "booked" for each in hers):
            last = max(max(each.book_limit, each.end_limit) for each in hers)
            since = env._("changes no more since %s", say_moment(env, last, self.now))
            return [self._note("lock", f"{name}\xa0: {since}")]
        early = next(
            (each.book_problem for each in hers if not each.state and each.book_limit > self.now),
            "",
        )
        return [self._note("info-circle", f"{name}\xa0: {early}")] if early else []

    def _get_name(self, choices):
        """Of the activity; of its site where another one has another rule on that day."""
        session = choices[0].session
        others = {
            (each.book_limit, each.end_limit)
            for each in self.get_choices(session.date)
            if each.session.activity_id == session.activity_id
        }
        return session.activity_id.name if len(others) == 1 else session.site_id.name

    def _tell_open(self, hers):
        """« jusqu’à demain, 12 h »; empty when nothing may be changed."""
        env = self.env
        books = any(each.can_book for each in hers)
        ends = any(each.state == "booked" and each.can_end for each in hers)
        day = hers[0].session.date
        book, end = (self._say_limit(each, day) for each in (hers[0].book_limit, hers[0].end_limit))
        is_same = hers[0].book_limit == hers[0].end_limit
        if (books or ends) and is_same:
            return env._("until %(moment)s", moment=book)
        if books and ends:
            return env._("to book until %(book)s, to cancel until %(end)s", book=book, end=end)
        if books:
            return env._("to book until %(moment)s", moment=book)
        if ends:
            return env._("to cancel until %(moment)s", moment=end)
        return ""

    def _say_limit(self, moment, day):
        """Beside a day, that day is said by its name, however far it is."""
        if moment.date() == day != self.today:
            hour = say_hour(moment.time())
            return self.env._("%(day)s, %(hour)s", day=say_day(self.env, day, "EEEE"), hour=hour)
        return say_moment(self.env, moment, self.now)

    def tell_absence(self, day):
        """Of today: until when an absence is said here, whom to call afterwards."""
        env = self.env
        booked = [each for each in self.get_choices(day) if each.state in ("booked", "absent")]
        notes = []
        open_ = [each.absence_limit for each in booked if not each.absence_problem]
        if open_:
            moment = self._say_limit(min(open_), day)
            notes.append(
                self._note(
                    "clock", env._("An absence is said here until %(moment)s.", moment=moment)
                )
            )
        phones = {}
        for each in booked:
            site = each.session.site_id
            if site.phone and each.is_with_parent is not False:
                phones.setdefault(site.phone, []).append(each.session.activity_id.name)
        for phone, names in phones.items():
            after = env._("Afterwards, call:") if open_ else env._("An absence? Call:")
            told = join(env, dict.fromkeys(names))
            text = f"{told}. {after}" if len(phones) > 1 else after
            notes.append(self._note("phone", text, phone))
        return notes

    def _note(self, icon, text, phone=""):
        return {"icon": icon, "text": text, "phone": phone}
