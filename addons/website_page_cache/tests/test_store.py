from datetime import datetime

from odoo.tests import BaseCase

from ..tools.store import Page, Store

BEGIN, NOW, END = (datetime(2026, 11, 27, hour) for hour in (8, 9, 10))


def make_page(size=1):
    return Page(b"x" * size, "tag", (), BEGIN, END)


class TestStore(BaseCase):
    def test_pages_asked_least_recently_go_first(self):
        store = Store(max_bytes=30)
        for name in "abc":
            store.keep(1, name, make_page(10))
        store.find(1, "a", NOW)
        store.keep(1, "d", make_page(10))
        self.assertEqual(list(store.pages), ["c", "a", "d"])
        self.assertEqual(store.size, 30)

    def test_endless_parameters_of_one_list_leave_the_other_pages(self):
        store = Store(max_bytes=80)
        store.keep(1, "home", make_page(10), "home")
        for number in range(50):
            store.keep(1, f"list?c={number}", make_page(10), "list")
        self.assertEqual(list(store.pages), ["home", "list?c=48", "list?c=49"])
        self.assertEqual(store.size, 30)

    def test_a_page_drawn_again_counts_once(self):
        store = Store(max_bytes=30)
        for _time in range(5):
            store.keep(1, "a", make_page(10))
        self.assertEqual(store.size, 10)

    def test_a_page_too_large_is_not_kept(self):
        store = Store(max_bytes=30)
        store.keep(1, "a", make_page(31))
        self.assertEqual((store.size, list(store.pages)), (0, []))

    def test_another_version_has_no_page(self):
        store = Store()
        store.keep(1, "a", make_page())
        self.assertTrue(store.find(1, "a", NOW))
        self.assertIsNone(store.find(2, "a", NOW))
        # Its drawing began before the change, and ended after it.
        store.keep(2, "b", make_page())
        store.keep(1, "a", make_page())
        self.assertIsNone(store.find(2, "a", NOW))

    def test_a_page_lives_between_its_moments(self):
        store = Store()
        store.keep(1, "a", make_page())
        for moment, is_found in (
            (datetime(2026, 11, 27, 7, 59), False),
            (BEGIN, True),
            (NOW, True),
            (END, False),
        ):
            self.assertEqual(bool(store.find(1, "a", moment)), is_found)
