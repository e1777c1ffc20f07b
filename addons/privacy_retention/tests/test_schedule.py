"""Any history of ends, reopenings, holds, failures of mail and days of running."""

from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..schedule import Notice, Warned, goes_on, plan

START = date(2026, 1, 1)
NOTICE = Notice(60, 30)
KEPT = 365

events = st.one_of(
    st.tuples(st.just("end"), st.integers(0, 400)),
    st.tuples(st.just("reopen"), st.integers(0, 400)),
    st.tuples(st.just("hold"), st.integers(0, 400)),
    st.tuples(st.just("lift"), st.integers(0, 400)),
    st.tuples(st.just("mail_down"), st.integers(0, 60)),
    st.tuples(st.just("service_down"), st.integers(0, 60)),
    st.tuples(st.just("mail_up"), st.integers(0, 60)),
    *[st.tuples(st.just("run"), st.integers(0, 45))] * 8,
)
# From about the first warning on, where all happens; else from the beginning.
histories = st.tuples(
    st.sampled_from([[("end", 0), ("run", KEPT - NOTICE.first)], []]), st.lists(events, max_size=50)
).map(lambda parts: parts[0] + parts[1])

# The first warning leaves with the second only: it is not a warning 60 days before.
LATE = [("end", 0), ("mail_down", 0), ("run", KEPT - NOTICE.first), ("run", 90), ("mail_up", 0)]
LATE += [("run", 0), ("run", NOTICE.second)]
# The second leaves five days before the day that it announced.
LATE_SECOND = [("end", 0), ("run", KEPT - NOTICE.first), ("mail_down", 0), ("run", NOTICE.second)]
LATE_SECOND += [("mail_up", NOTICE.second - 5), ("run", 0), ("run", 5), ("run", NOTICE.second)]


class World:
    """One record, its warnings as the job keeps them, and what each person read."""

    def __init__(self):
        self.today = START
        self.closed = None
        self.held = False
        self.up = {"person": True, "service": True}
        self.warnings = {}
        self.read = []  # (day, side, rank, announced), since the clock last started
        self.gone = None

    @property
    def due(self):
        return None if self.held or not self.closed else self.closed + timedelta(KEPT)

    def happen(self, event, days):
        self.today += timedelta(days)
        if event == "end" and self.closed is None:
            self.closed, self.read = self.today, []
        elif event == "reopen" and not self.gone:
            self.closed = None
        elif event in ("hold", "lift"):
            self.held = event == "hold"
            if event == "hold":
                # As setting one does, whether the job runs meanwhile or not.
                self.warnings, self.read = {}, []
        elif event == "mail_down":
            self.up["person"] = False
        elif event == "service_down":
            self.up["service"] = False
        elif event == "mail_up":
            self.up = dict.fromkeys(self.up, True)
        else:
            self.run()

    def run(self):
        if self.gone:
            return
        self.deliver()
        step = self.plan()
        if step.act == "forget":
            self.warnings = {}
            step = self.plan()
        if step.act == "warn":
            self.warnings[step.rank] = {"announced": step.announced, "left": {}}
            self.deliver()
        elif step.act == "go":
            self.gone = self.today

    def plan(self):
        known = {
            rank: Warned(
                warning["announced"],
                max(warning["left"].values()) if len(warning["left"]) == 2 else None,
            )
            for rank, warning in self.warnings.items()
        }
        return plan(self.due, self.today, NOTICE, known.get(1), known.get(2))

    def deliver(self):
        for rank, warning in self.warnings.items():
            for side, is_up in self.up.items():
                if is_up and side not in warning["left"]:
                    warning["left"][side] = self.today
                    self.read.append((self.today, side, rank, warning["announced"]))


@tagged("post_install", "-at_install")
class TestSchedule(BaseCase):
    @settings(max_examples=1000)
    @given(histories)
    @example(LATE)
    @example(LATE_SECOND)
    def test_nothing_goes_without_two_warnings_to_both_sides(self, history):
        world = World()
        for event in history:
            world.happen(*event)
            if world.gone:
                break
        if not world.gone:
            return
        self.assertIsNotNone(world.closed, "undecided")
        self.assertFalse(world.held, "held")
        self.assertGreaterEqual(world.gone, world.due)
        for side in ("person", "service"):
            days = {rank: day for day, whom, rank, _end in world.read if whom == side}
            self.assertEqual(set(days), {1, 2}, side)
            self.assertGreaterEqual((world.gone - days[2]).days, NOTICE.second)
            self.assertGreaterEqual((world.gone - days[1]).days, NOTICE.first)
        self.assertTrue(all(end <= world.gone for _day, _side, _rank, end in world.read))

    @settings(max_examples=300)
    @given(histories, st.integers(1, 30))
    def test_everything_due_goes_at_last(self, history, every):
        world = World()
        for event in history:
            world.happen(*event)
        for event in ("lift", "mail_up", "end"):
            world.happen(event, 0)
        for _each in range(1 + (KEPT + 4 * NOTICE.first) // every):
            world.happen("run", every)
        self.assertIsNotNone(world.gone)
        # Not long after it could: a run is missed, never a year.
        late = (world.gone - max(world.due or world.gone, START)).days
        self.assertGreaterEqual(late, 0)

    @settings(max_examples=300)
    @given(histories)
    def test_the_dry_run_tells_the_day(self, history):
        """Run every day from now on with mails that leave: it goes on the day that was told."""
        world = World()
        for event in history:
            world.happen(*event)
        for event in ("lift", "mail_up"):
            world.happen(event, 0)
        if world.gone or world.closed is None:
            return
        world.deliver()
        known = {
            rank: Warned(
                warning["announced"],
                max(warning["left"].values()) if len(warning["left"]) == 2 else None,
            )
            for rank, warning in world.warnings.items()
        }
        told = goes_on(world.due, world.today, NOTICE, known.get(1), known.get(2))
        world.run()
        for _each in range((told - world.today).days):
            self.assertIsNone(world.gone, "before the day that was told")
            world.happen("run", 1)
        self.assertEqual(world.gone, told)
