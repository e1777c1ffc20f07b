from freezegun import freeze_time

from odoo.exceptions import AccessError

from .common import AllotmentCommon


class TestQueue(AllotmentCommon):
    """`_get_queue`: those who wait for the same places, for the staff and for the applicant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.allotment.shows_waiting_rank = True

    def _wait(self, day, user, size):
        with freeze_time(day):
            request = self._ask(user, answers={"plot_size": size})
        request.with_user(self.agent).action_waiting_list()
        return request

    def test_agent_and_applicant_read_the_same_rank(self):
        self._wait("2026-03-01", self.dominique, "small")
        request = self._wait("2026-03-02", self.camille, "large")
        read = request.with_user(self.agent)
        self.assertEqual((read.waiting_rank, read.waiting_count), (1, 1))
        self.assertEqual(request.sudo()._get_waiting_rank(), 1)

    def test_first_come_first_served_in_one_queue(self):
        self._wait("2026-03-01", self.dominique, "large")
        request = self._wait("2026-03-02", self.camille, "large")
        read = request.with_user(self.agent)
        self.assertEqual((read.waiting_rank, read.waiting_count), (2, 2))
        self.assertEqual(request.sudo()._get_waiting_rank(), 2)

    def test_rank_that_the_page_does_not_show_is_not_read_elsewhere(self):
        request = self._wait("2026-03-01", self.camille, "small")
        self.allotment.shows_waiting_rank = False
        self.assertEqual(request.sudo()._get_waiting_rank(), 0)
        with self.assertRaises(AccessError):
            request.with_user(self.camille).read(["waiting_rank"])
