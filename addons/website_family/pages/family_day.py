"""One day of the children, to be changed: what is ticked, what follows, what is answered."""

from dataclasses import dataclass, field

from odoo.fields import Domain

from odoo.addons.family_booking.tools.states import overlaps
from odoo.addons.territory_base import clock
from odoo.addons.territory_base.dates import say_day

from .family_days import FamilyDays
from .words import WEEK, get_monday, join, say_hours, say_moment, say_rank, show_week

ON = ("booked", "offered", "waiting")
# The same day of the following weeks: a school year at most.
LONGEST = 53 * WEEK


def get_key(choice):
    """What its box is called."""
    return f"{choice.child.id}-{choice.session.id}"


@dataclass
class Wishes:
    """What was sent.

    `ticked`, `shown`: keys of boxes, and {key: whether it was ticked when the page was drawn}: a
    day that the other parent changed meanwhile is not put back. `same`: ids of children who do as
    the first one. `until`: the last day of the following weeks, or nothing.
    """

    ticked: set = field(default_factory=set)
    shown: dict = field(default_factory=dict)
    same: set = field(default_factory=set)
    until: object = None

    @classmethod
    def from_post(cls, posted, until=None):
        shown = {}
        for value in posted.texts("shown", 50):
            key, _dash, state = value.rpartition("-")
            shown[key] = state == "1"
        return cls(set(posted.texts("s", 50)), shown, set(posted.texts("same", 20)), until)


@dataclass
class Answer:
    """`errors`: {key of a box: sentence}; `short`: [(session, [children], places)], to be asked
    first; `done`: what was wanted, `skipped`: {(child, session): sentence}, of other weeks."""

    errors: dict = field(default_factory=dict)
    short: list = field(default_factory=list)
    done: dict = field(default_factory=dict)
    skipped: dict = field(default_factory=dict)


class FamilyDay:
    def __init__(self, parent, children, day):
        self.env = parent.env
        self.parent = parent
        self.children = children
        self.day = day
        self.days = FamilyDays(parent, children, day, day)
        self.week = show_week(get_monday(day))

    # ------------------------------------------------------------
    # What is shown
    # ------------------------------------------------------------

    def get_values(self, wishes=None, errors=None):
        errors = errors or {}
        told = self.days.describe_day(self.day)
        blocks = [self._describe_child(child, wishes, errors) for child in self.children]
        blocks = [block for block in blocks if block]
        # As the first one who may change something.
        open_ = [block for block in blocks if block["may_change"]]
        # What can still be cancelled needs no absence, but on the day itself.
        says_absence = told["is_today"] or self.days.has_only_absence(self.day)
        for block in open_[1:]:
            block["same_as"] = open_[0]["name"]
        return {
            "day": told,
            "week": self.week,
            "children": blocks,
            "may_change": bool(open_),
            "is_whole": self.day >= self.days.today,
            "notes": self.days.tell_limits(self.day),
            "absence_notes": self.days.tell_absence(self.day),
            "absences": [
                {
                    "id": child.id,
                    "name": child.firstname,
                    "may_say": self.days.may_say_absent(self.day, child),
                    "may_take_back": self.days.may_take_back(self.day, child),
                }
                for child in self.children
                if self.days.may_take_back(self.day, child)
                or (says_absence and self.days.may_say_absent(self.day, child))
            ],
            "weekday": told["name"],
        }

    def _describe_child(self, child, wishes, errors):
        choices = self.days.get_choices(self.day, child)
        if not choices:
            return None
        rows = [self._describe_choice(choice, choices, wishes, errors) for choice in choices]
        is_same = bool(wishes and str(child.id) in wishes.same)
        return {
            "id": child.id,
            "name": child.firstname,
            "rows": rows,
            "is_away": self.days.is_with(self.day, child) is False,
            "may_change": any(row["may_change"] for row in rows),
            "same_as": "",
            "is_same": is_same,
        }

    def _describe_choice(self, choice, choices, wishes, errors):
        env, session, key = self.env, choice.session, get_key(choice)
        is_on = choice.state in ON
        may_change = choice.can_book or choice.can_end
        is_ticked = key in wishes.ticked if wishes and key in wishes.shown else is_on
        told = []
        if choice.state == "waiting":
            rank = self.days.ranks.get(choice.booking, 1)
            told.append(env._("Waiting list: %s", say_rank(env, rank)))
        elif choice.state == "offered":
            until = say_moment(env, clock.local_time(choice.booking.offered_until), self.days.now)
            told.append(env._("Place offered, kept until %(moment)s", moment=until))
        elif choice.state == "absent":
            told.append(env._("Absence noted"))
        elif not choice.state and may_change and not choice.free:
            told.append(env._("Full: you would be on the waiting list"))
        elif not choice.state and may_change and choice.free <= len(self.children):
            told.append(
                env._("1 place left")
                if choice.free == 1
                else env._("%(count)s places left", count=choice.free)
            )
        return {
            "key": key,
            "id": f"f-{key}",
            "label": self.days.get_label(choice, choices),
            "standing": self._tell_standing(choice, choices),
            "where": f"{session.site_id.name}, {say_hours(env, session)}",
            "state": choice.state,
            "told": told,
            "may_change": may_change,
            "is_on": is_on,
            "is_ticked": is_ticked,
            # By what she said, nothing is hers: said once, above.
            "problem": "" if choice.is_with_parent is False else choice.problem,
            "error": errors.get(key, ""),
        }

    def _tell_standing(self, choice, choices):
        label = self.days.get_label(choice, choices)
        words = {"booked": self.env._("booked"), "": self.env._("not booked")}
        told = words.get(choice.state)
        return f"{label}\xa0: {told}" if told else label

    def list_errors(self, values):
        """For the summary of the page."""
        return [
            (row["id"], f"{block['name']}, {row['label']}\xa0: {row['error']}")
            for block in values["children"]
            for row in block["rows"]
            if row["error"]
        ]

    # ------------------------------------------------------------
    # What is done
    # ------------------------------------------------------------

    def change(self, wishes, split=None):
        """:return: `Answer`; nothing is written with `errors` or `short`"""
        wanted = self._read_day(wishes)
        later, skipped = self._read_weeks(wishes, wanted) if wishes.until else ({}, {})
        Booking = self.env["family.booking"]
        for _try in range(len(later) + 1):
            if not wanted and not later:
                break
            outcome = Booking._change(self.parent, {**wanted, **later}, split)
            errors = {key: told for key, told in outcome.problems.items() if key in wanted}
            if errors:
                return Answer(errors=self._name_keys(errors))
            if outcome.short:
                return Answer(short=self._describe_short(outcome.short, {**wanted, **later}))
            if not outcome.problems:
                break
            # Of other weeks: what cannot be done is told, and does not prevent the rest.
            skipped |= outcome.problems
            later = {key: wish for key, wish in later.items() if key not in outcome.problems}
        return Answer(done={**wanted, **later}, skipped=skipped)

    def _name_keys(self, problems):
        return {f"{child.id}-{session.id}": told for (child, session), told in problems.items()}

    def _read_day(self, wishes):
        """{(child, session): wish} of what she changed on this page."""
        wanted, first = {}, None
        for child in self.children:
            choices = [
                each
                for each in self.days.get_choices(self.day, child)
                if get_key(each) in wishes.shown
            ]
            if not choices:
                continue
            is_same = first is not None and str(child.id) in wishes.same
            for choice in choices:
                key = get_key(choice)
                wish = self._is_as(choice, first) if is_same else key in wishes.ticked
                if wish != wishes.shown[key]:
                    wanted[choice.key] = wish
            if first is None:
                first = [each.session for each in choices if get_key(each) in wishes.ticked]
        return wanted

    def _is_as(self, choice, sessions):
        """Whether this is what the first child does: the same session, or the same activity at
        the same hour for her age or her site."""
        session = choice.session
        return any(
            session == each or (session.activity_id == each.activity_id and overlaps(session, each))
            for each in sessions
        )

    def _read_weeks(self, wishes, wanted):
        """({(child, session): wish}, {(child, session): why not}) of the same day of the weeks
        that follow: they are made as this day is."""
        model = {}
        for choice in self.days.get_choices(self.day):
            wish = wanted.get(choice.key, choice.state in (*ON, "absent"))
            model[choice.child, choice.session.slot_id] = wish
        last = min(wishes.until, self.day + LONGEST)
        days = FamilyDays(self.parent, self.children, self.day + WEEK, last)
        later, skipped = {}, {}
        for choice in days.choices:
            wish = model.get((choice.child, choice.session.slot_id))
            is_its_day = choice.session.date.weekday() == self.day.weekday()
            if wish is None or not is_its_day or wish == (choice.state in (*ON, "absent")):
                continue
            if choice.can_book if wish else choice.can_end:
                later[choice.key] = wish
            elif wish or choice.state != "absent":
                away = choice.is_with_parent is False and self.env._("with the other parent")
                problem = choice.book_problem if wish else choice.end_problem
                skipped[choice.key] = away or problem
        return later, skipped

    def _describe_short(self, short, wanted):
        """Who would have a place: the eldest first, as they are listed."""
        env, found = self.env, []
        for session, free in sorted(short.items(), key=lambda item: (item[0].date, item[0].id)):
            names = [
                child.firstname
                for child in self.children
                if any(
                    wish and one.id == child.id and each.id == session.id
                    for (one, each), wish in wanted.items()
                )
            ]
            found.append(
                {
                    "what": session.activity_id.name,
                    "day": say_day(env, session.date, "EEEE d MMMM").capitalize(),
                    "told": env._(
                        "Places left: %(count)s, for %(children)s.",
                        count=free,
                        children=join(env, names),
                    ),
                    "label": env._(
                        "Book for %(placed)s, %(waiting)s on the waiting list",
                        placed=join(env, names[:free]),
                        waiting=join(env, names[free:]),
                    ),
                }
            )
        return found

    # ------------------------------------------------------------
    # What is answered
    # ------------------------------------------------------------

    def tell(self, answer):
        """What became of each session, by what is read now: [dict(day, lines)], and the counts."""
        env = self.env
        Booking = env["family.booking"]
        sessions_sudo = (
            env["family.session"]
            .sudo()
            .union(*(session for _child, session in (*answer.done, *answer.skipped)))
        )
        found_sudo = Booking._search_active(
            self.children, Domain("session_id", "in", sessions_sudo.ids)
        )
        states = {(each.child_id.id, each.session_id.id): each for each in found_sudo}
        ranks = found_sudo._find_ranks()
        by_day, counts = {}, {}
        rows = [(key, wish, "") for key, wish in answer.done.items()]
        rows += [(key, None, told) for key, told in answer.skipped.items()]
        for (child, session), wish, problem in rows:
            booking = states.get((child.id, session.id))
            kind, told = self._tell_one(booking, wish, problem, ranks)
            counts[kind] = counts.get(kind, 0) + 1
            line = {
                "name": child.firstname,
                "what": session.activity_id.name,
                "kind": kind,
                "told": told,
                "order": (session.hour_from, child.birthdate or session.date, child.id),
            }
            by_day.setdefault(session.date, []).append(line)
        return {
            "days": [
                {
                    "title": say_day(env, day, "EEEE d MMMM").capitalize(),
                    "lines": sorted(by_day[day], key=lambda line: line["order"]),
                }
                for day in sorted(by_day)
            ],
            "counts": self._tell_counts(counts),
        }

    def _tell_one(self, booking, wish, problem, ranks):
        """(kind, words)"""
        env = self.env
        if problem:
            return "kept", problem
        if wish is False:
            return "ended", env._("cancelled")
        if booking and booking.state == "waiting":
            return "waiting", env._("waiting list: %s", say_rank(env, ranks.get(booking, 1)))
        return "booked", env._("booked")

    def _tell_counts(self, counts):
        env = self.env
        words = {
            "booked": env._("booked: %s"),
            "waiting": env._("on the waiting list: %s"),
            "ended": env._("cancelled: %s"),
            "kept": env._("unchanged: %s"),
        }
        return [words[kind] % counts[kind] for kind in words if kind in counts]

    def tell_done(self):
        """The sentence of the page of the week, by what is read now."""
        env = self.env
        day = say_day(env, self.day, "EEEE d MMMM")
        told = [env._("It is noted for %(day)s.", day=day)]
        for choice in self.days.get_choices(self.day):
            if choice.state == "waiting":
                told.append(
                    env._(
                        "%(child)s is on the waiting list (%(activity)s): %(rank)s.",
                        child=choice.child.firstname,
                        activity=choice.session.activity_id.name,
                        rank=say_rank(env, self.days.ranks.get(choice.booking, 1)),
                    )
                )
        return " ".join(told)

    def say_absent(self, child):
        """:return: whether anything was noted, now or before
        :raise UserError: too late meanwhile"""
        choices = self.days.get_choices(self.day, child)
        bookings = self._get_bookings(each for each in choices if each.can_say_absent)
        if bookings:
            bookings.sudo(False)._say_absent(self.parent)
        return bool(bookings) or any(each.state == "absent" for each in choices)

    def take_back(self, child):
        choices = self.days.get_choices(self.day, child)
        bookings = self._get_bookings(
            each for each in choices if each.state == "absent" and not each.absence_problem
        )
        if bookings:
            bookings.sudo(False)._take_back(self.parent)
        return bool(bookings) or any(each.state == "booked" for each in choices)

    def _get_bookings(self, choices):
        return self.env["family.booking"].union(*(each.booking.sudo(False) for each in choices))
