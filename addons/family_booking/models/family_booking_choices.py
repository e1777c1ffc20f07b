from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.family_activity.tools.cutoff import say_moment
from odoo.addons.territory_base import clock

from ..tools.states import ACTIVE, Choice


class FamilyBookingChoices(models.AbstractModel):
    """What may be booked for children, and what may still be changed, whoever asks.

    Queries by service and by child, never by day.
    """

    _name = "family.booking.choices"
    _description = "What may be booked"

    @api.model
    def _list_choices(self, parent, children, first, last):
        """Each child in each session that it may come to, and those where it is booked.

        :param parent: who asks, or for whom the staff does
        :param first, last: dates, both included
        :return: list of `Choice`, by day, hour and child
        :raise AccessError: `_check_may_book`
        """
        self._check_may_book(children, parent)
        domain = Domain("date", ">=", first) & Domain("date", "<=", last)
        sessions_sudo = self.env["family.session"].sudo().search(domain)
        schools = self._find_schools(children, first, last)
        booked = self._search_active(children, domain)
        keys = [(booking.child_id, booking.session_id) for booking in booked]
        known = set(keys)
        for session in sessions_sudo.filtered("season_id.active"):
            for child_sudo in children.sudo():
                key = (child_sudo, session)
                if key not in known and self._is_for(child_sudo, session, schools[child_sudo]):
                    keys.append(key)
        return self._make_choices(parent, keys, booked, schools)

    @api.model
    def _is_for(self, child, session, schools):
        """Whether this child may come to this session: its age, its school."""
        served = session.site_id.school_ids
        if served and schools and not served & schools:
            return False
        return bool(child.birthdate) and session.slot_id._is_for_age(child.birthdate, session.date)

    @api.model
    def _find_schools(self, children, first, last):
        """{child: its schools between these days}; nothing where none is known. In superuser
        mode."""
        Pupil_sudo = self.env["school.pupil"].sudo()
        pupils_sudo = Pupil_sudo.search(
            Pupil_sudo._living_domain()
            & Domain("child_id", "in", children.ids)
            & Domain("year_id.date_start", "<=", last)
            & Domain("year_id.date_end", ">=", first)
        )
        found = defaultdict(self.env["territory.service"].sudo().browse)
        for pupil_sudo in pupils_sudo:
            found[pupil_sudo.child_id] |= pupil_sudo.school_id
        return found

    @api.model
    def _search_active(self, children, domain=Domain.TRUE):
        """In superuser mode."""
        active = Domain("child_id", "in", children.ids) & Domain("state", "in", ACTIVE)
        return self.env["family.booking"].sudo().search(active & domain)

    @api.model
    def _make_choices(self, parent, keys, booked=None, schools=None):
        """:param keys: [(child, session)]
        :param booked, schools: what the caller has read of them already
        :return: list of `Choice`, sorted
        """
        children_sudo = (
            self.env["res.partner"].sudo().union(*(child.sudo() for child, _each in keys))
        )
        sessions_sudo = (
            self.env["family.session"].sudo().union(*(each.sudo() for _child, each in keys))
        )
        if not keys:
            return []
        if booked is None:
            booked = self._search_active(
                children_sudo, Domain("session_id", "in", sessions_sudo.ids)
            )
        bookings = {(each.child_id, each.session_id): each for each in booked}
        limits = sessions_sudo._find_all_limits()
        free = self._count_free(sessions_sudo)
        weeks = self._find_weeks(parent, children_sudo, sessions_sudo)
        if schools is None:
            days = sessions_sudo.mapped("date")
            schools = self._find_schools(children_sudo, min(days), max(days))
        is_staff = self._is_staff_for(parent)
        openings = (
            {} if is_staff else self._find_openings(parent, children_sudo, sessions_sudo.season_id)
        )
        now = clock.local_time(fields.Datetime.now())
        empty_sudo = self.env["family.booking"].sudo()
        choices = []
        for child, session in {(each.sudo(), other.sudo()) for each, other in keys}:
            is_with = weeks.get(child, {}).get(session.date)
            ends = limits[session]
            if is_staff:
                # The service corrects a day until it is over; families keep to its rules.
                ends = dict.fromkeys(ends, session._get_end())
            common = self._get_common_problem(session, is_with, is_staff)
            late = {purpose: self._say_late(limit, now) for purpose, limit in ends.items()}
            booking = bookings.get((child, session), empty_sudo)
            choices.append(
                Choice(
                    child=child,
                    session=session,
                    booking=booking,
                    book_limit=ends["book"],
                    end_limit=ends["cancel"],
                    absence_limit=ends["absence"],
                    book_problem=common
                    or ("" if self._is_for(child, session, schools[child]) else self._say_not_for())
                    or self._say_opening(openings, session)
                    or late["book"],
                    # A place that is not held yet costs nobody anything.
                    end_problem=common
                    or ("" if booking.state in ("waiting", "offered") else late["cancel"]),
                    absence_problem=common or late["absence"],
                    is_with_parent=is_with,
                    free=free[session],
                )
            )
        return sorted(
            choices,
            key=lambda each: (
                each.session.date,
                each.session.hour_from,
                each.session.site_id.display_name or "",
                each.child.birthdate or each.session.date,
                each.child.id,
                each.session.id,
            ),
        )

    @api.model
    def _get_common_problem(self, session, is_with_parent, is_staff):
        if session.is_closed:
            return self.env._("Closed: %(reason)s", reason=session.closed_reason)
        if is_with_parent is False and not is_staff:
            return self.env._("By what you said, this is not one of your days.")
        return ""

    @api.model
    def _say_late(self, limit, now):
        if now <= limit:
            return ""
        return self.env._("It was possible %(limit)s.", limit=say_moment(limit))

    @api.model
    def _say_not_for(self):
        return self.env._("This is for children of another age, or of another school.")

    @api.model
    def _say_opening(self, openings, session):
        """Of families; the service does not wait for the opening."""
        season = session.season_id
        if season not in openings:
            return ""
        opening = openings[season]
        if not opening:
            return self.env._("This is not open yet.")
        if opening <= fields.Datetime.now():
            return ""
        moment = clock.local_time(opening)
        day = moment.strftime("%d/%m/%Y")
        return self.env._(
            "This opens on %(day)s at %(hour)s.", day=day, hour=moment.strftime("%H:%M")
        )

    @api.model
    def _find_openings(self, parent, children, seasons):
        """{season: naive moment in UTC from which this family books, or False}, of those that are
        not open to everybody already"""
        now = fields.Datetime.now()
        closed = seasons.filtered(lambda season: not season.opens_all or season.opens_all > now)
        if not closed:
            return {}
        audiences = self._find_audiences(parent, children, closed)
        return {season: season._find_opening(audiences[season]) for season in closed}

    @api.model
    def _find_audiences(self, parent, children, seasons):
        """{season: the audiences of which this family is}: `resident`, its home is in one of our
        communes; `known`, one of its children came in a season before. In superuser mode."""
        households_sudo = parent.sudo()._get_current_households()
        is_resident = any(
            occupancy.dwelling_id.commune_id
            for household in households_sudo
            for occupancy in household._get_current_occupancies()
        )
        domain = Domain("child_id", "in", children.ids) & Domain(
            "state", "in", ("booked", "absent")
        )
        first = self.env["family.booking"].sudo().search(domain, order="date", limit=1).date
        audiences = {}
        for season in seasons:
            is_known = first and first < season.date_start
            told = [("known", is_known), ("resident", is_resident)]
            audiences[season] = tuple(name for name, holds in told if holds)
        return audiences

    @api.model
    def _find_weeks(self, parent, children, sessions):
        """{child: {day: whether it is with this parent}}, by what she said."""
        if not parent:
            return {}
        days = sessions.mapped("date")
        Custody = self.env["family.custody"]
        return Custody._find_weeks(children, parent.sudo(), min(days), max(days))

    @api.model
    def _count_free(self, sessions):
        """{session: places left}, as it is read now: told, not promised."""
        held = dict(
            self.env["family.booking"]
            .sudo()
            ._read_group(
                [("session_id", "in", sessions.ids), ("state", "in", ("offered", "booked"))],
                ["session_id"],
                ["__count"],
            )
        )
        return {session: max(session.capacity - held.get(session, 0), 0) for session in sessions}
