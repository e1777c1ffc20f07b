from datetime import timedelta

from freezegun import freeze_time
from hypothesis import example, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import tagged

from ..tools.states import ACTIVE, HOLDING
from .common import BookingCase

MOMENT = Datetime.to_datetime("2026-11-25 08:00:00")
STEPS = (
    "book",
    "book",
    "together",
    "cancel",
    "absent",
    "back",
    "accept",
    "decline",
    "wait",
    "join",
)


@tagged("post_install", "-at_install", "-standard", "sweep_machines")
class TestBookingMachine(BookingCase):
    """Families book, cancel, are offered, let expire, in any order; sheets are joined."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 1000)
        cls.people = [cls.family(rank, 2) for rank in range(4)]
        # The last family declared the first child of the third once more.
        cls.same = cls.people[3][1][0]
        cls.common = cls.people[2][1][0]

    @settings(max_examples=40)
    @given(
        st.integers(1, 3),
        st.lists(
            st.tuples(st.sampled_from(STEPS), st.integers(0, 3), st.integers(0, 1)), max_size=25
        ),
    )
    @example(1, [("together", 0, 1), ("book", 1, 0)])
    @example(1, [("book", 0, 0), ("absent", 0, 0), ("together", 0, 0)])
    def test_any_order(self, capacity, steps):
        with self.env.cr.savepoint(flush=True) as savepoint:
            self.monday.capacity = capacity
            now = MOMENT
            for step, family, rank in steps:
                now += timedelta(hours=30 if step == "wait" else 1)
                with freeze_time(now):
                    self.play(step, family, rank)
                    self.judge(capacity)
            savepoint.rollback()
        self.env.invalidate_all()

    def play(self, step, family, rank):
        user, children = self.people[family]
        child = children[rank]
        if step == "join":
            if self.same.active and child == self.same:
                self.same._join_child(self.common)
            return
        if step == "wait":
            self.Booking._cron_waiting()
            return
        held = user.partner_id._children_i_may_act_for()
        if child not in held:
            return
        booking = self.Booking.search(
            [("child_id", "=", child.id), ("state", "in", ACTIVE)], limit=1
        )
        try:
            if step == "book":
                self.change(user, {(child, self.monday): True})
            elif step == "together" and not children - held:
                wanted = {(each, self.monday): True for each in children}
                self.change(user, wanted, split="wait" if rank else "book")
            elif step == "cancel":
                self.change(user, {(child, self.monday): False})
            elif booking:
                acts = {
                    "absent": "_say_absent",
                    "back": "_take_back",
                    "accept": "_accept",
                    "decline": "_decline",
                }
                if step in acts:
                    self.act(user, booking, acts[step])
        except UserError:
            # Refused in words: nothing may have changed, which `judge` looks at.
            self.env.invalidate_all()

    def judge(self, capacity):
        self.env.flush_all()
        rows = self.Booking.search([("session_id", "=", self.monday.id)])
        held = rows.filtered(lambda each: each.state in HOLDING)
        self.assertLessEqual(len(held), capacity)
        self.assertEqual(len(set(held.mapped("place"))), len(held))
        self.assertLessEqual(max(held.mapped("place"), default=0), capacity)
        active = rows.filtered(lambda each: each.state in ACTIVE)
        self.assertEqual(len(active.child_id), len(active))
        if not self.same.active:
            self.assertFalse(rows.filtered(lambda each: each.child_id == self.same))
        # A place is left empty only for a party that waits for more of them.
        waiting = rows.filtered(lambda each: each.state == "waiting")
        if waiting and len(held) < capacity:
            alone = waiting.filtered(lambda each: not each.party)
            self.assertFalse(alone)
        # Nobody who asked later has an offer before who asked first, but for such a party.
        for offered in rows.filtered(lambda each: each.state == "offered"):
            before = waiting.filtered(
                lambda each, offered=offered: (
                    each.asked_on < offered.asked_on and not each.party and not each.asks_all
                )
            )
            self.assertFalse(before)
