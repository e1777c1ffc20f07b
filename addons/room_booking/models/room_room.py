from datetime import timedelta
from itertools import islice

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import date_utils

from odoo.addons.territory_base import clock

from .. import moments
from .procedure_procedure import KIND

# The other days that are named, once an option has ended, are near the day that was asked.
FREE_DAYS_LOOKED_AT = 60
MANAGERS = "territory_base.territory_group_manager,base.group_system"


class RoomRoom(models.Model):
    """A room that a commune lets: who may ask for it, when, and how long it takes to set up."""

    _name = "room.room"
    _inherit = ["room.room.payment"]
    _description = "Room that is let"
    _order = "commune_id, sequence, name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    service_id = fields.Many2one(
        "territory.service",
        "Town hall",
        required=True,
        index=True,
        domain=[("kind", "=", "town_hall")],
        default=lambda self: self._get_own_town_hall(),
    )
    commune_id = fields.Many2one(
        "territory.commune",
        required=True,
        index=True,
        default=lambda self: self._get_own_town_hall().commune_ids[:1],
    )
    procedure_id = fields.Many2one(
        "procedure.procedure",
        "Asked by",
        index=True,
        ondelete="restrict",
        domain=[("kind", "=", KIND)],
        help="Its tariffs are those of the room. Empty: the room is not asked on the site.",
    )
    capacity = fields.Integer("Persons at most", help="0: nobody said.")
    equipment = fields.Char(help="Kitchen, dishes, projector, wheelchair access.")
    address = fields.Char()
    setup_before = fields.Integer("Set-up before", default=60, help="In minutes: nobody else then.")
    setup_after = fields.Integer("Cleaning after", default=60, help="In minutes: nobody else then.")
    day_from = fields.Float("The day begins", default=9)
    day_to = fields.Float("The day ends", default=18)
    evening_from = fields.Float("The evening begins", default=18)
    evening_to = fields.Float("The evening ends", default=2, help="2:00 is in the night after.")
    notice_days = fields.Integer("Asked at least", default=7, help="In days before.")
    days_ahead = fields.Integer("Open ahead", default=365, help="In days.")
    option_days = fields.Integer(
        "An option lasts",
        default=8,
        help="In days: a file that still lacks something is then cancelled by itself.",
    )
    reminder_days = fields.Integer(
        "Reminder before", default=2, help="In days before the option ends. 0 sends none."
    )
    open_to = fields.Selection(
        [
            ("commune", "The people of the commune only"),
            ("territory", "Those of the other communes of the territory too"),
            ("all", "Everybody"),
        ],
        required=True,
        default="commune",
        string="Who may ask",
    )
    free_per_year = fields.Integer(
        "Free bookings of an association",
        help="Of the commune, in each calendar year. The tariff comes after them.",
    )
    options_max = fields.Integer(
        "Options of one applicant", default=3, help="To come, asked on the site. 0: no limit."
    )
    deposit = fields.Char(
        "Deposit cheques", help="Such as: 300 € for the room, 80 € for the cleaning. Empty: none."
    )
    booking_ids = fields.One2many("room.booking", "room_id", "Bookings")

    _setup_valid = models.Constraint(
        "CHECK(setup_before BETWEEN 0 AND 1440 AND setup_after BETWEEN 0 AND 1440)",
        "Between 0 minutes and a day.",
    )
    _hours_valid = models.Constraint(
        "CHECK(day_from >= 0 AND day_from < day_to AND day_to <= 24 AND evening_from >= 0 AND "
        "evening_from < 24 AND evening_to > 0 AND evening_to <= 24)",
        "The hours of a day end after they begin.",
    )
    _days_valid = models.Constraint(
        "CHECK(notice_days >= 0 AND days_ahead BETWEEN 1 AND 800 AND option_days BETWEEN 1 AND 90 "
        "AND reminder_days >= 0 AND options_max >= 0 AND free_per_year >= 0 AND capacity >= 0)",
        "An option lasts from 1 to 90 days, a room opens from 1 to 800 days ahead; the other "
        "numbers are not below 0.",
    )

    @api.model
    def _get_own_town_hall(self):
        services_sudo = self.env.user.sudo().territory_service_ids
        halls_sudo = services_sudo.filtered(lambda service: service.kind == "town_hall")
        return halls_sudo[:1].sudo(False)

    @api.constrains("service_id", "commune_id")
    def _check_hall(self):
        """A town hall covers another commune for its school, and yet lets none of its rooms; the
        intercommunality has some of its own, which only a manager opens."""
        is_manager = self.env.user.has_groups(MANAGERS)
        for room_sudo in self.sudo():
            service_sudo, commune_sudo = room_sudo.service_id, room_sudo.commune_id
            is_hall = service_sudo.kind == "town_hall"
            if commune_sudo.town_hall_id != service_sudo and (is_hall or not is_manager):
                raise ValidationError(
                    self.env._(
                        "%(service)s does not answer for %(commune)s.",
                        service=service_sudo.name,
                        commune=commune_sudo.name,
                    )
                )

    @api.constrains("service_id", "procedure_id")
    def _check_procedure(self):
        for room_sudo in self.sudo():
            service_sudo, procedure_sudo = room_sudo.service_id, room_sudo.procedure_id
            if procedure_sudo and procedure_sudo.kind != KIND:
                raise ValidationError(self.env._("This procedure lets no room."))
            is_hers = procedure_sudo.is_communal or procedure_sudo.service_id == service_sudo
            if procedure_sudo and not is_hers:
                raise ValidationError(
                    self.env._("This procedure is that of another town hall, with its tariffs.")
                )

    def write(self, vals):
        """A rule looks at what is there before: it is not given to whom one does not serve."""
        result = super().write(vals)
        if "service_id" in vals:
            self.check_access("write")
        return result

    # ------------------------------------------------------------
    # Moments
    # ------------------------------------------------------------

    def _get_hours(self):
        self.ensure_one()
        names = ("day_from", "day_to", "evening_from", "evening_to")
        return moments.Hours(*(round(self[name] * 60) for name in names))

    def _get_setup(self):
        self.ensure_one()
        return self.setup_before, self.setup_after

    def _widen(self, start, stop):
        """With its set-up and its cleaning."""
        before, after = self._get_setup()
        return start - timedelta(minutes=before), stop + timedelta(minutes=after)

    def _get_first_day(self):
        """The first day that may be asked on the site today."""
        return clock.today() + timedelta(days=self.notice_days)

    def _get_last_day(self):
        return clock.today() + timedelta(days=self.days_ahead)

    def _get_taken(self, start, stop, with_options=True):
        """(first moment, last moment) of what is taken or held then, set-up included, and by whom
        never. In superuser mode.

        :param with_options: options too, which may still fall
        """
        found = self.env["room.booking"].search(self._get_live_domain(start, stop))
        if not with_options:
            found = found.filtered(lambda each: each.state != "option")
        return [(each.busy_from, each.busy_until) for each in found]

    def _get_live_domain(self, start, stop):
        """What takes the room then: an expired hold does not."""
        self.ensure_one()
        return (
            Domain("room_id", "=", self.id)
            & Domain("busy_from", "<", stop)
            & Domain("busy_until", ">", start)
            & self.env["room.booking"]._get_live_domain()
        )

    # ------------------------------------------------------------
    # Booking. All in superuser mode, after the checks.
    # ------------------------------------------------------------

    def _find_conflicts(self, start, stop, own=None):
        """What takes the room then, set-up included, also what was committed meanwhile; ids.

        :param own: bookings that do not count: those that are moved
        """
        Booking = self.env["room.booking"]
        domain = self._get_live_domain(*self._widen(start, stop))
        return self._find_bookings(domain) - {*(own or Booking).ids}

    def _find_bookings(self, domain):
        """Also what was committed meanwhile; ids. In superuser mode."""
        Booking = self.env["room.booking"]
        active = Booking.search(domain)
        with self.env["public.guard"]._own_cursor() as cr:
            others = Booking.with_env(self.env(cr=cr)).search(domain).ids
        # What this transaction itself has freed is not seen there yet.
        freed = Booking.browse(others).exists() - active
        return {*active.ids, *others} - {*freed.ids}

    def _book(self, start, stop, own=None, **vals):
        """The room for this moment, in this transaction; nothing when it is not free.

        Who asks for the same room waits until this transaction ends. Were two to pass, the
        exclusion of the database refuses the second.

        :param own: the booking that is moved, or what the form held
        :return: the booking; nothing when the room is taken
        """
        self.ensure_one()
        Booking = self.env["room.booking"]
        own = own or Booking
        self.env["public.guard"]._take_turn("room.booking", self.id)
        if self._find_conflicts(start, stop, own):
            return Booking
        self._drop_expired(start, stop, own)
        vals = {"room_id": self.id, "start": start, "stop": stop, **vals}
        return own._put(vals)

    def _drop_expired(self, start, stop, own):
        """A hold that is over gives its place, and its row: the database cannot know the hour."""
        busy_from, busy_until = self._widen(start, stop)
        expired = self.env["room.booking"].search(
            [
                ("room_id", "=", self.id),
                ("state", "=", "held"),
                ("held_until", "<=", fields.Datetime.now()),
                ("busy_from", "<", busy_until),
                ("busy_until", ">", busy_from),
            ]
        )
        (expired - own).unlink()

    def _find_free_days(self, first, own, count=3):
        """The next days on which the whole day is free, from this one on and as it is asked on the
        site. In superuser mode.

        :param own: bookings that do not count
        """
        self.ensure_one()
        first = max(first, self._get_first_day())
        last = min(self._get_last_day(), first + timedelta(days=FREE_DAYS_LOOKED_AT))
        hours, setup = self._get_hours(), self._get_setup()
        days = [first + timedelta(days=rank) for rank in range((last - first).days + 1)]
        begin, end = moments.to_moment(first, 0), moments.to_moment(last, 2 * moments.DAY_MINUTES)
        found = self.env["room.booking"].search(self._get_live_domain(begin, end)) - own
        taken = [(each.busy_from, each.busy_until) for each in found]
        free = (
            day
            for day in days
            if moments.DAY in moments.find_free_periods(day, hours, setup, taken)
        )
        return list(islice(free, count))

    def _is_behind_options(self, start, stop):
        """Whether only options that may still fall are in the way. In superuser mode."""
        found = self.env["room.booking"].browse(self._find_conflicts(start, stop)).exists()
        return bool(found) and set(found.mapped("state")) == {"option"}

    def _offer_to_waiting(self):
        """Something is free again: those who wait, in the order in which they asked."""
        for room in self:
            waiting = self.env["room.booking"].search(
                [
                    ("room_id", "=", room.id),
                    ("state", "=", "waiting"),
                    ("start", ">", fields.Datetime.now()),
                ],
                order="id",
            )
            for booking in waiting:
                if room._book(booking.start, booking.stop, booking, **room._prepare_option()):
                    booking._tell_its_turn()

    def _prepare_option(self):
        return {
            "state": "option",
            "option_until": self._get_option_due(),
            "reminded_on": False,
        }

    def _get_option_due(self):
        """The last day of an option that begins today; what lacks is asked for until then: a
        working day, where the procedure says so."""
        self.ensure_one()
        last = clock.today() + timedelta(days=self.option_days)
        return self.procedure_id._move_to_working_day(last)

    # ------------------------------------------------------------
    # Free bookings of an association
    # ------------------------------------------------------------

    @api.model
    def _find_options(self, commune_id):
        """To come in the rooms of this commune, of whoever has one or waits for one. In superuser
        mode."""
        return self.env["room.booking"].search(
            [
                ("room_id.commune_id", "=", commune_id),
                ("state", "in", ("option", "waiting")),
                ("start", ">", fields.Datetime.now()),
            ]
        )

    def _count_gratis_left(self, association_id, start, own=None):
        """Of the year of this moment; who waits counts, with the price that was told. In superuser
        mode.

        :param own: the booking that is moved
        """
        self.ensure_one()
        if not self.free_per_year:
            return 0
        year = clock.local_day(start)
        first = moments.to_moment(date_utils.start_of(year, "year"), 0)
        last = moments.to_moment(date_utils.end_of(year, "year"), moments.DAY_MINUTES)
        Booking = self.env["room.booking"]
        used = self._find_bookings(
            Domain("room_id", "=", self.id)
            & Domain("association_id", "=", association_id)
            & Domain("is_gratis", "=", True)
            & Domain("start", ">=", first)
            & Domain("start", "<", last)
            & (Booking._get_live_domain() | Domain("state", "=", "waiting"))
        )
        return self.free_per_year - len(used - {*(own or Booking).ids})

    def _prepare_gratis_line(self, left, start, total, sequence):
        label = self.env._(
            "Free booking of an association: number %(rank)s of %(count)s in %(year)s",
            rank=self.free_per_year - left + 1,
            count=self.free_per_year,
            year=clock.local_day(start).year,
        )
        return {
            "sequence": sequence,
            "label": label,
            "detail": "",
            "quantity": "1",
            "unit_cents": -total,
            "total_cents": -total,
            "is_told_later": False,
        }

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    def _get_choice_label(self):
        self.ensure_one()
        people = self.capacity and self.env._("%(count)s persons", count=self.capacity)
        # Two villages each have their « Salle des fêtes ».
        return ", ".join(filter(None, [self.name, self.commune_id.name, people]))

    def _get_open_sentences(self):
        """The same of many rooms: one sentence for those of a commune that are open alike."""
        groups = self.grouped(lambda room: (room.commune_id, room.open_to))
        return [rooms._get_open_sentence() for rooms in groups.values()]

    def _get_open_sentence(self):
        """Who may ask, said before anything is typed; rooms of one commune, open alike."""
        words = {"room": ", ".join(self.mapped("name")), "commune": self.commune_id.name}
        if len(self) > 1:
            return self._get_open_sentence_of_many(words)
        if self.open_to == "all":
            return self.env._("%(room)s, at %(commune)s: everybody may ask for it.", **words)
        if self.open_to == "territory":
            return self.env._(
                "%(room)s: for the people of %(commune)s and of the other communes of the "
                "territory.",
                **words,
            )
        return self.env._("%(room)s: for the people of %(commune)s only.", **words)

    def _get_open_sentence_of_many(self, words):
        match self[:1].open_to:
            case "all":
                return self.env._("%(room)s, at %(commune)s: everybody may ask for them.", **words)
            case "territory":
                return self.env._(
                    "%(room)s: for the people of %(commune)s and of the other communes of the "
                    "territory.",
                    **words,
                )
        return self.env._("%(room)s: for the people of %(commune)s only.", **words)

    def _get_open_words(self):
        """The same on its own page, where its name stands above."""
        self.ensure_one()
        commune = self.commune_id.name
        words = {
            "all": self.env._("Everybody may ask for it."),
            "territory": self.env._(
                "For the people of %(commune)s and of the other communes of the territory.",
                commune=commune,
            ),
            "commune": self.env._("For the people of %(commune)s only.", commune=commune),
        }
        return words[self.open_to]

    def _is_open_to_one_of(self, partners):
        """Whether one of these, a resident and the organisations for which she acts, may ask. In
        superuser mode."""
        Request = self.env["procedure.request"]
        return any(
            self._is_open_to(
                Request._get_tariff_applicant(
                    {"applicant_id": partner.id, "service_id": self.service_id.id}
                )["residence"]
            )
            for partner in partners
        )

    def _is_open_to(self, residence):
        """:param residence: set, or None when nobody can say: the town hall then looks"""
        self.ensure_one()
        wanted = {"commune": {"commune"}, "territory": {"commune", "territory"}}.get(self.open_to)
        return residence is None or wanted is None or bool(wanted & residence)
