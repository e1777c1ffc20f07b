from datetime import date

from odoo.addons.family_activity.tests.common import ActivityCase
from odoo.addons.family_file.tests.common import FamilyCase

# The classes are frozen on Wednesday 25 November 2026.
MONDAY = date(2026, 12, 7)
LETTERS = "ABCDEFGH"


class BookingCase(ActivityCase, FamilyCase):
    """Camille and Sacha, separated, both parents of Lou (nine years old); Noé is Camille's alone.

    A canteen on Mondays, led by a town hall, that takes two children; an evening care on Thursdays;
    all open to everybody since the summer.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Booking = cls.env["family.booking"]
        cls.hall_site.capacity = 2
        cls.season.opens_all = "2026-06-01 06:00:00"
        cls.season._make_sessions()
        cls.lou = cls.child
        cls.noe = cls._declare_as(cls.camille, "Noé", "Duchêne", "2020-06-10")
        cls.monday = cls._find(cls.noon, MONDAY)

    @classmethod
    def change(cls, user, wanted, **values):
        """What this parent asks, as she does: {(child, session): whether}"""
        as_user = {(c.with_user(user), s.with_user(user)): wish for (c, s), wish in wanted.items()}
        parent = user.partner_id.with_user(user)
        return cls.Booking.with_user(user)._change(parent, as_user, **values)

    @classmethod
    def book(cls, user, *children, session=None, **values):
        """:return: their bookings"""
        session = session or cls.monday
        outcome = cls.change(user, {(child, session): True for child in children}, **values)
        assert outcome.is_done, outcome
        return (outcome.booked | outcome.waiting).with_env(cls.env)

    @classmethod
    def cancel(cls, user, *bookings):
        wanted = {(each.child_id, each.session_id): False for each in bookings}
        outcome = cls.change(user, wanted)
        assert outcome.is_done, outcome
        return outcome

    @classmethod
    def act(cls, user, booking, name):
        """`_say_absent`, `_take_back`, `_accept`, `_decline`, as this parent."""
        getattr(booking.with_user(user), name)(user.partner_id.with_user(user))

    @classmethod
    def family(cls, rank, count=1):
        """Another family: (its parent, its children)"""
        name = f"Famille {LETTERS[rank]}"
        parent = cls._new_person(f"parent{rank}.test", "Alix", name, "1985-05-05")
        children = cls.env["res.partner"].union(
            *(
                cls._declare_as(parent, f"Enfant {LETTERS[number]}", name, f"201{6 + number}-03-03")
                for number in range(count)
            )
        )
        return parent, children

    @classmethod
    def fill(cls, session=None):
        """Both places are taken by another family. :return: (its parent, its bookings)"""
        parent, children = cls.family(0, 2)
        return parent, cls.book(parent, *children, session=session)
