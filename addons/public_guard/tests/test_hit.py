from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from unittest.mock import patch

from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from odoo import api, modules
from odoo.tests import tagged

from ..exceptions import TooManyRequests
from .common import GuardCase, is_let_in


@tagged("post_install", "-at_install")
class TestHit(GuardCase):
    @freeze_time("2026-11-25 10:00:00")
    def test_fourth_try_is_refused_and_says_how_long(self):
        for _try in range(3):
            self.assertTrue(self.guard._hit("login", "192.0.2.1", 3, 600))
        with self.assertRaisesRegex(TooManyRequests, "10 min") as refusal:
            self.guard._hit("login", "192.0.2.1", 3, 600)
        self.assertEqual(refusal.exception.http_status, 429)

    @freeze_time("2026-11-25 10:00:00")
    def test_neighbour_and_other_pages_are_not_refused(self):
        self.guard._hit("login", "192.0.2.1", 1, 600)
        self.assertTrue(self.guard._hit("login", "192.0.2.2", 1, 600))
        self.assertTrue(self.guard._hit("filing", "192.0.2.1", 1, 600))

    @freeze_time("2026-11-25 10:00:00")
    def test_addresses_of_one_subscriber_count_together(self):
        self.guard._hit("login", "2001:db8:1:2::1", 1, 600)
        with self.assertRaises(TooManyRequests):
            self.guard._hit("login", "2001:db8:1:2:ffff::9", 1, 600)
        self.assertTrue(self.guard._hit("login", "2001:db8:1:3::1", 1, 600))

    @freeze_time("2026-11-25 10:00:00")
    def test_distinct_values_of_one_subscriber_count_together(self):
        """The same value given again from the next address of the subscriber costs nothing."""
        self.guard._hit_distinct("code", "2001:db8:1:2::1", "ana", 1, 600)
        self.assertTrue(self.guard._hit_distinct("code", "2001:db8:1:2:ffff::9", "ana", 1, 600))

    @freeze_time("2026-11-25 10:00:00")
    def test_address_written_as_ipv6_is_that_address(self):
        self.guard._hit("login", "::ffff:192.0.2.1", 1, 600)
        with self.assertRaises(TooManyRequests):
            self.guard._hit("login", "192.0.2.1", 1, 600)
        self.assertTrue(self.guard._hit("login", "::ffff:192.0.2.2", 1, 600))

    @freeze_time("2026-11-25 10:00:00")
    def test_what_is_given_back_does_not_count(self):
        for _honest in range(10):
            self.guard._hit("filing", "192.0.2.1", 2, 600)
            self.guard._give_back("filing", "192.0.2.1")
        for _try in range(2):
            self.guard._hit("filing", "192.0.2.1", 2, 600)
        with self.assertRaises(TooManyRequests):
            self.guard._hit("filing", "192.0.2.1", 2, 600)

    @freeze_time("2026-11-25 10:00:00")
    def test_nothing_is_put_by_for_later(self):
        self.guard._hit("filing", "192.0.2.1", 1, 600)
        for _time in range(9):
            self.guard._give_back("filing", "192.0.2.1")
        self.guard._hit("filing", "192.0.2.1", 1, 600)
        with self.assertRaises(TooManyRequests):
            self.guard._hit("filing", "192.0.2.1", 1, 600)

    @freeze_time("2026-11-25 10:00:00")
    def test_the_same_value_again_costs_nothing(self):
        for value in ["a@exemple.test"] * 9 + ["b@exemple.test"] * 9:
            self.assertTrue(self.guard._hit_distinct("code", "192.0.2.1", value, 2, 600))
        for _try in range(2):
            third = ("code", "192.0.2.1", "c@exemple.test", 2, 600)
            self.assertFalse(is_let_in(lambda third=third: self.guard._hit_distinct(*third)))
        self.assertTrue(self.guard._hit_distinct("code", "192.0.2.1", "a@exemple.test", 2, 600))
        self.assertTrue(self.guard._hit_distinct("code", "192.0.2.2", "c@exemple.test", 2, 600))

    @freeze_time("2026-11-25 10:00:00")
    def test_the_refusal_says_whom_to_call(self):
        self.env.company.phone = "03 29 00 00 00"
        for seconds, wait in ((600, "10 min"), (24 * 3600, "24 h")):
            self.guard._hit(wait, "192.0.2.1", 1, seconds)
            with self.assertRaisesRegex(TooManyRequests, f"{wait}.*call 03 29 00 00 00"):
                self.guard._hit(wait, "192.0.2.1", 1, seconds)

    def test_window_ends(self):
        with freeze_time("2026-11-25 10:00:00"):
            self.guard._hit("login", "192.0.2.1", 1, 600)
        # `assertRaises` would take back what the refused tries count.
        for moment, passes in (
            ("10:09:59", False),
            ("10:10:00", True),
            ("10:10:01", False),
            ("10:19:59", False),
            ("10:20:00", True),
        ):
            with freeze_time(f"2026-11-25 {moment}"):
                passed = is_let_in(lambda: self.guard._hit("login", "192.0.2.1", 1, 600))
                self.assertEqual(passed, passes, moment)

    @freeze_time("2026-11-25 10:00:00")
    @given(st.text(), st.integers(0, 6), st.integers(0, 12))
    def test_limit_is_exact_for_any_key(self, key, limit, tries):
        self.env.cr.execute("DELETE FROM public_guard_hit")
        passed = 0
        for _try in range(tries):
            passed += is_let_in(lambda: self.guard._hit("any", key, limit, 60))
        self.assertEqual(passed, min(limit, tries))

    def test_no_address_is_stored(self):
        self.guard._hit("login", "192.0.2.77", 3, 600)
        self.env.cr.execute("SELECT row_to_json(hit)::text FROM public_guard_hit hit")
        rows = " ".join(row for (row,) in self.env.cr.fetchall())
        self.assertIn("login", rows)
        self.assertNotIn("192.0.2.77", rows)

    def test_past_windows_are_erased(self):
        hits = self.env["public.guard.hit"]
        with freeze_time("2026-11-25 10:00:00"):
            self.guard._hit("login", "192.0.2.1", 3, 600)
            self.guard._hit("login", "192.0.2.2", 3, 6000)
        with freeze_time("2026-11-25 10:20:00"):
            self.guard._gc_expired()
        self.assertEqual(hits.search_count([("scope", "=", "login")]), 1)


@tagged("post_install", "-at_install")
class TestHitCommitted(GuardCase):
    """As on the server: a transaction of its own for each try."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(modules.module, "current_test", False))
        self.addCleanup(self.forget)

    def forget(self):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM public_guard_hit WHERE scope = 'committed'")

    def hit_and_fail(self, limit):
        """A request that counts, then fails and is rolled back."""
        with self.registry.cursor() as cr:
            guard = api.Environment(cr, self.env.uid, {})["public.guard"]
            try:
                return guard._hit("committed", "192.0.2.1", limit, 600)
            except TooManyRequests:
                return False
            finally:
                cr.rollback()

    def test_failed_request_counts(self):
        self.assertTrue(self.hit_and_fail(2))
        self.assertTrue(self.hit_and_fail(2))
        self.assertFalse(self.hit_and_fail(2))

    def play_again(self, cr, calls):
        """A request whose first try met another one: Odoo rolls it back and plays it again."""
        web = SimpleNamespace(env=api.Environment(cr, self.env.uid, {}))
        module = "odoo.addons.public_guard.models.public_guard_limit"
        for _try in range(3):
            with patch(f"{module}.request", web):
                for name, *arguments in calls:
                    getattr(web.env["public.guard"], name)("committed", "192.0.2.1", *arguments)
            cr.rollback()

    def count_left(self, limit):
        passed = 0
        while self.hit_and_fail(limit):
            passed += 1
        return passed

    def test_a_request_that_is_played_again_counts_once(self):
        for calls, left in (
            ([("_hit", 9, 600)], 8),
            ([("_hit", 9, 600), ("_hit", 9, 600)], 7),
            ([("_hit", 9, 600), ("_give_back",)], 9),
            ([("_give_back",), ("_hit", 9, 600)], 8),
        ):
            with self.subTest(calls), self.registry.cursor() as cr:
                self.forget()
                self.play_again(cr, calls)
                self.assertEqual(self.count_left(9), left)

    def test_tries_at_the_same_time_are_all_counted(self):
        with ThreadPoolExecutor(8) as pool:
            passed = list(pool.map(self.hit_and_fail, [30] * 40))
        self.assertEqual(sum(passed), 30)
