from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SchoolCase

FOLLOWS = {
    "register": {None: "registered", "left": "registered"},
    "send": {"registered": "sent"},
    "admit": {"sent": "admitted"},
    "leave": {"registered": "left", "sent": "left", "admitted": "left"},
}


@tagged("post_install", "-at_install", "-standard", "sweep_machines")
class TestSchoolMachine(SchoolCase):
    @settings(max_examples=30)
    @given(st.lists(st.sampled_from([*FOLLOWS]), max_size=9))
    def test_any_order_of_steps(self, steps):
        """Only the moves of the table pass; one living row at most; numbers follow one another."""
        self.Pupil.search([]).unlink()
        # What is read by its rows only went with them.
        self.child.reader_service_ids = self.other_service
        self.year.sudo().last_certificate = 0
        self.env.flush_all()
        state, given_numbers, pupil = None, 0, self.Pupil
        for step in steps:
            following = FOLLOWS[step].get(state)
            if step == "register":
                pupil = self.register()
                given_numbers += bool(following)
                state = following or state
            elif pupil:
                move = getattr(pupil.with_user(self.family_agent), f"_{step}")
                if following:
                    move()
                    state = following
                else:
                    with self.assertRaises(UserError):
                        move()
            self.env.flush_all()
            rows = self.Pupil.search([])
            self.assertEqual(pupil.state or None, state)
            self.assertLessEqual(len(rows.filtered(lambda row: row.state != "left")), 1)
            self.assertEqual(
                sorted(rows.mapped("certificate")),
                [f"2026-2027/{number:04}" for number in range(1, given_numbers + 1)],
            )
