from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ..models.room_booking import TAKING
from .common import NINE, RoomCase

HOUR = timedelta(hours=1)
# (what, from which hour, for how many hours, which of the bookings made so far)
ACTS = st.tuples(
    st.sampled_from(("book", "book", "hold", "cancel", "setup")),
    st.integers(0, 12),
    st.integers(1, 6),
    st.integers(0, 9),
)


@tagged("post_install", "-at_install")
class TestRoomMachine(RoomCase):
    """Whatever is booked, held, moved and cancelled, in whatever order."""

    @settings(max_examples=25)
    @given(st.lists(ACTS, min_size=2, max_size=10))
    def test_two_live_bookings_never_overlap_and_cancelling_frees(self, acts):
        savepoint = self.env.cr.savepoint()
        try:
            self._play(acts)
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def _play(self, acts):
        model = {}
        for what, hour, length, rank in acts:
            start, stop = NINE + hour * HOUR, NINE + (hour + length) * HOUR
            busy = self.room._widen(start, stop)
            if what == "setup":
                self.room.write({"setup_before": hour * 15, "setup_after": length * 20})
            elif what == "cancel" and model:
                booking = list(model)[rank % len(model)]
                del model[booking]
                booking._release()
            elif what == "hold":
                held = self.bookings._get_held("form")
                others = [span for each, span in model.items() if each != held]
                booking = self.bookings._hold(self.room, start, stop, "form")
                self.assertEqual(bool(booking), not self._meets(busy, others))
                if booking:
                    model[booking] = busy
            elif what == "book":
                booking = self.room._book(start, stop, state="internal")
                self.assertEqual(bool(booking), not self._meets(busy, model.values()))
                if booking:
                    model[booking] = busy
            self._check(model)

    def _meets(self, busy, others):
        return any(busy[0] < other[1] and other[0] < busy[1] for other in others)

    def _check(self, model):
        live = self.room.booking_ids.filtered(lambda each: each.state in TAKING)
        self.assertEqual(
            {each: (each.busy_from, each.busy_until) for each in live},
            model,
        )
        spans = sorted(model.values())
        for before, after in zip(spans, spans[1:], strict=False):
            self.assertLessEqual(before[1], after[0])
