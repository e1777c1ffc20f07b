import uuid
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.territory_base import clock

from ..tools.states import ACTIVE, Outcome, match_places, overlaps


class FamilyBookingActs(models.AbstractModel):
    """What a parent asks, or the service for her: each act checks who does it."""

    _name = "family.booking.acts"
    _description = "What is asked about bookings"

    # ------------------------------------------------------------
    # Who
    # ------------------------------------------------------------

    @api.model
    def _is_staff_for(self, parent):
        """Whether the rules of families give way: the user is not the parent herself, nor somebody
        who acts by a link that was sent to her (`as_parent`)."""
        is_asked = self.env.context.get("as_parent") == parent.id
        return parent != self.env.user.partner_id and not is_asked

    @api.model
    def _check_may_book(self, children, parent):
        """The parent for the children she answers for today; the staff who reads their files.

        :raise AccessError:
        """
        children, parent = (each.with_env(self.env) for each in (children, parent))
        if parent != self.env.user.partner_id:
            (children | parent)._check_file_read_by_user()
            for child in children:
                self.env["privacy.consent"]._check_not_other_parent(child, parent)
        held = parent._children_i_may_act_for()
        if children - held:
            raise AccessError(self.env._("You cannot book anything for this child."))

    @api.model
    def _check_leads(self, parent, sites):
        """The staff acts at the sites of its own services only.

        :raise AccessError:
        """
        user = self.env.user
        if parent == user.partner_id or self.env.su:
            return
        if user.has_group("territory_base.territory_group_manager"):
            return
        if sites.sudo().service_id - user.sudo().territory_service_ids:
            raise AccessError(self.env._("Only the service that leads this site may do this."))

    def _begin(self, parent):
        """Who asks is checked, her turn taken, and what she reads is what is there.

        :return: these, in superuser mode
        """
        bookings_sudo = self.sudo()
        self._check_may_book(bookings_sudo.child_id, parent)
        self._check_leads(parent, bookings_sudo.site_id)
        bookings_sudo._take_turn_of_days(bookings_sudo.child_id, bookings_sudo.session_id)
        return bookings_sudo

    @api.model
    def _take_turn_of_days(self, children, sessions):
        """Who acts meanwhile for one of these children, or at one of these sites, waits."""
        self._take_turns(children, sessions.site_id)
        if children and sessions:
            days = sessions.mapped("date")
            monday = min(days) - timedelta(days=min(days).weekday())
            self._meet_others(children, monday, max(days) + timedelta(days=6))

    def _get_choices(self, parent):
        """{booking: what may be done with it}"""
        keys = [(booking.child_id, booking.session_id) for booking in self]
        return {choice.booking: choice for choice in self._make_choices(parent, keys)}

    # ------------------------------------------------------------
    # To book, to cancel
    # ------------------------------------------------------------

    @api.model
    def _change(self, parent, wanted, split=None, channel="web"):
        """Book and cancel, all or nothing.

        :param wanted: {(child, session): whether it is to be booked}
        :param split: where brothers and sisters do not all fit: `book` those who do, the others
            wait; `wait`, all of them together; None: nothing is done, and the family is asked
        :param channel: how it was asked
        :return: `Outcome`
        :raise AccessError:
        """
        children = self.env["res.partner"].union(*(child for child, _each in wanted))
        sessions_sudo = self.env["family.session"].union(*(each for _c, each in wanted)).sudo()
        self._check_may_book(children, parent)
        self._check_leads(parent, sessions_sudo.site_id)
        Booking_sudo = self.env["family.booking"].sudo()
        Booking_sudo._take_turn_of_days(children.sudo(), sessions_sudo)
        choices = self._make_choices(parent, list(wanted))
        wishes = {(child.id, session.id): wish for (child, session), wish in wanted.items()}
        added, removed, back, problems = [], Booking_sudo, Booking_sudo, {}
        for choice in choices:
            wish = wishes[choice.child.id, choice.session.id]
            if wish and choice.state == "absent":
                back |= choice.booking
                problem = choice.absence_problem
            elif wish == (choice.state in ACTIVE):
                continue
            elif wish:
                added.append(choice)
                problem = choice.book_problem
            else:
                removed |= choice.booking
                problem = "" if choice.state == "absent" else choice.end_problem
            if problem:
                problems[choice.key] = problem
        problems |= self._find_day_problems(parent, added, removed)
        if problems:
            return Outcome(problems=problems)
        removed = removed.filtered(lambda booking: booking.state != "absent")
        room, short = Booking_sudo._find_room(added, removed, back, split)
        if short:
            return Outcome(short=short)
        removed._end("cancelled")
        back._come_back()
        made = Booking_sudo._make(parent, room, split, channel)
        Booking_sudo._offer_free(removed.session_id)
        return Outcome(
            booked=made.filtered(lambda each: each.state == "booked") | back,
            waiting=made.filtered(lambda each: each.state == "waiting"),
            ended=removed,
        )

    @api.model
    def _find_day_problems(self, parent, added, removed):
        """{(child, session): sentence}: two places at one hour, too few days of a week."""
        if not added and not removed:
            return {}
        children_sudo = self.env["res.partner"].sudo().union(*(each.child for each in added))
        children_sudo |= removed.child_id
        days = [choice.session.date for choice in added] + removed.mapped("date")
        monday = min(days) - timedelta(days=min(days).weekday())
        sunday = max(days) + timedelta(days=6 - max(days).weekday())
        standing = self._search_active(
            children_sudo, Domain("date", ">=", monday) & Domain("date", "<=", sunday)
        )
        coming = defaultdict(list)
        for booking in standing - removed:
            coming[booking.child_id].append(booking.session_id)
        for choice in added:
            coming[choice.child].append(choice.session)
        absent = standing.filtered(lambda each: each.state == "absent")
        free = {(each.child_id, each.session_id) for each in absent}
        problems = {}
        for choice in added:
            other = next(
                (
                    each
                    for each in coming[choice.child]
                    if overlaps(each, choice.session) and (choice.child, each) not in free
                ),
                None,
            )
            if other:
                problems[choice.key] = self.env._(
                    "At this hour, %(child)s is booked elsewhere: %(site)s.",
                    child=choice.child.firstname,
                    site=other.site_id.name,
                )
        if not self._is_staff_for(parent):
            keys = [choice.key for choice in added]
            keys += [(booking.child_id, booking.session_id) for booking in removed]
            problems = self._find_short_weeks(keys, coming) | problems
        return problems

    @api.model
    def _find_short_weeks(self, keys, coming):
        """Of sites that take a child some days of a week at least, or not at all."""
        problems = {}
        for child, session in keys:
            least = session.site_id._get_days_min()
            if not least:
                continue
            week = session.date.isocalendar()[:2]
            days = {
                each.date
                for each in coming[child]
                if each.site_id == session.site_id and each.date.isocalendar()[:2] == week
            }
            if 0 < len(days) < least:
                problems[child, session] = self.env._(
                    "%(site)s: %(count)s days a week at least, or none.",
                    site=session.site_id.name,
                    count=least,
                )
        return problems

    @api.model
    def _find_room(self, added, removed, back, split):
        """The turn once taken.

        :return: ({session: (children in their order, numbers of the free places)}, {session: places
            left, where the family is to be asked})
        """
        sessions = self.env["family.session"].union(*(choice.session for choice in added))
        free = self._find_free_places(sessions)
        waiting = self._find_waiting(sessions)
        room, short = {}, {}
        for session in sessions:
            children = [choice.child for choice in added if choice.session == session]
            leaving = removed.filtered(lambda each, session=session: each.session_id == session)
            others = [row for row in waiting[session] if row.id not in leaving._ids]
            # What this family gives up is for those who wait first; then it may be its own.
            numbers = free[session] + [each.place for each in leaving if each.place]
            # A place above a capacity that was lowered since goes with who held it.
            numbers = sorted(each for each in numbers if each <= session.capacity)
            # Who comes after all takes the first ones.
            numbers = numbers[len(back.grouped("session_id").get(session, ())) :]
            kept = {place for _row, place in match_places(others, numbers)}
            numbers = [each for each in numbers if each not in kept]
            if 0 < len(numbers) < len(children):
                if split is None:
                    short[session] = len(numbers)
                elif split == "wait":
                    numbers = []
            room[session] = (children, numbers)
        return room, short

    @api.model
    def _make(self, parent, room, split, channel):
        now = fields.Datetime.now()
        values = []
        for session, (children, numbers) in sorted(room.items(), key=lambda item: item[0].id):
            together = len(children) > 1 and not numbers and split != "book"
            party = uuid.uuid4().hex if together else False
            for rank, child in enumerate(children):
                place = numbers[rank] if rank < len(numbers) else 0
                values.append(
                    {
                        "child_id": child.id,
                        "session_id": session.id,
                        "date": session.date,
                        "site_id": session.site_id.id,
                        "state": "booked" if place else "waiting",
                        "place": place,
                        "asked_on": now,
                        "changed_on": now,
                        "party": party,
                        "asks_all": bool(party) and split == "wait",
                        "parent_id": parent.id,
                        "channel": channel,
                    }
                )
        made = self.create(values)
        made.flush_recordset()
        made._open_sheets()
        for state, told in made.grouped("state").items():
            told._on_booked() if state == "booked" else told._on_waiting()
        return made

    def _open_sheets(self):
        """Who leads the site reads the sheet of the child, and that of the parent who asked."""
        people = self.child_id | self.parent_id
        stale = self.env["res.partner"]
        for site, bookings in self.grouped("site_id").items():
            stale |= (bookings.child_id | bookings.parent_id).filtered(
                lambda each, site=site: site.service_id not in each.reader_service_ids
            )
        (people & stale)._refresh_reader_services()

    def _set(self, **values):
        """A row leaves what it was for good: nothing of it stays."""
        self.write(
            {
                "place": 0,
                "offered_until": False,
                "changed_on": fields.Datetime.now(),
                **values,
            }
        )
        self.flush_recordset()

    def _end(self, cause):
        """In superuser mode, the turn taken; who waits is offered what is free by the caller."""
        if self:
            self._set(state="ended", cause=cause)
            self._on_ended()

    # ------------------------------------------------------------
    # The staff's buttons, whatever the limits of families
    # ------------------------------------------------------------

    def action_end(self):
        """The service ends these; who waits is offered their places."""
        bookings_sudo = self._begin_as_staff().filtered(
            lambda each: each.state in ("waiting", "offered", "booked")
        )
        bookings_sudo._end("staff")
        bookings_sudo._offer_free(bookings_sudo.session_id)

    def action_say_absent(self):
        self._begin_as_staff()._set_absent()

    def action_take_back(self):
        self._begin_as_staff()._come_back()

    def action_accept(self):
        self._begin_as_staff()._take_offer()

    def action_decline(self):
        self._begin_as_staff()._leave_offer()

    def _begin_as_staff(self):
        """:raise AccessError: not a site of hers, or a child of hers
        :raise UserError: a day that is over
        """
        if self.env.user.share:
            raise AccessError(self.env._("Only the service that leads this site may do this."))
        self.check_access("read")
        bookings_sudo = self.sudo()
        self._check_leads(self.env["res.partner"], bookings_sudo.site_id)
        own_sudo = self.env.user.partner_id.sudo()._children_i_may_act_for()
        if bookings_sudo.child_id & own_sudo:
            raise AccessError(self.env._("A colleague does this for your own child."))
        bookings_sudo._take_turn_of_days(bookings_sudo.child_id, bookings_sudo.session_id)
        today = clock.today()
        if any(booking.date < today for booking in bookings_sudo):
            raise UserError(self.env._("This day is over: its bookings stay as they were."))
        return bookings_sudo

    # ------------------------------------------------------------
    # Absences
    # ------------------------------------------------------------

    def _say_absent(self, parent):
        """The child does not come: its place is free, the booking stays known.

        :raise AccessError, UserError:
        """
        bookings_sudo = self._begin(parent)
        bookings_sudo._check_absence(parent)
        bookings_sudo._set_absent()

    def _check_absence(self, parent):
        """:raise UserError: it is too late, or not for her to say"""
        for choice in self._get_choices(parent).values():
            if choice.absence_problem:
                raise UserError(choice.absence_problem)

    def _set_absent(self):
        booked = self.filtered(lambda each: each.state == "booked")
        if booked:
            booked._set(state="absent")
            booked._on_absent()
            booked._offer_free(booked.session_id)

    def _take_back(self, parent):
        """It comes after all, as long as nobody was given the place.

        :raise AccessError, UserError:
        """
        bookings_sudo = self._begin(parent)
        bookings_sudo._check_absence(parent)
        bookings_sudo._come_back()

    def _come_back(self):
        absent = self.filtered(lambda each: each.state == "absent")
        free = self._find_free_places(absent.session_id)
        for booking in absent:
            if not free[booking.session_id]:
                raise UserError(
                    self.env._(
                        "%(child)s: the place has been given to another child.",
                        child=booking.child_id.firstname,
                    )
                )
            booking._set(state="booked", place=free[booking.session_id].pop(0))
        if absent:
            absent._on_booked()

    # ------------------------------------------------------------
    # Offers
    # ------------------------------------------------------------

    def _accept(self, parent):
        """:raise AccessError, UserError: the offer is over"""
        bookings_sudo = self._begin(parent)
        bookings_sudo._check_own_days(parent)
        bookings_sudo._take_offer()

    def _take_offer(self):
        now = fields.Datetime.now()
        # Pressed twice: it is hers already.
        offers = self.filtered(lambda each: each.state != "booked")
        for booking in offers:
            if booking.state != "offered" or booking.offered_until < now:
                raise UserError(
                    self.env._("This place was kept for a time that is over: it is no more yours.")
                )
        for booking in offers:
            booking._set(state="booked", place=booking.place)
        if offers:
            offers._on_booked()

    def _decline(self, parent):
        """:raise AccessError, UserError: it is on a day of the other parent"""
        bookings_sudo = self._begin(parent)
        bookings_sudo._check_own_days(parent)
        bookings_sudo._leave_offer()

    def _check_own_days(self, parent):
        """:raise UserError: by what she said, one of these is not one of her days"""
        for choice in self._get_choices(parent).values():
            if choice.is_with_parent is False and not self._is_staff_for(parent):
                raise UserError(self.env._("By what you said, this is not one of your days."))

    def _leave_offer(self):
        """One place of several: the party keeps its turn, and waits for all. Else it is over."""
        offers = self.filtered(lambda each: each.state == "offered")
        parts = offers.filtered(lambda each: each._get_party("waiting"))
        for booking in parts:
            (booking._get_party("waiting") | booking).asks_all = True
        if parts:
            parts._set(state="waiting")
        (offers - parts)._end("declined")
        self._offer_free(offers.session_id)
