from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import hash_sign

from ..links import find_row, read_signed, sign_row

SCOPE = "test.link"


@tagged("post_install", "-at_install")
class TestLinks(TransactionCase):
    """Whatever a stranger types opens nothing, and makes nothing fail."""

    def setUp(self):
        super().setUp()
        # Any model with a text that can serve as nonce does.
        self.row, self.other = self.env["res.partner"].create(
            [{"name": name, "comment": False, "ref": f"nonce-{name}"} for name in ("one", "two")]
        )
        self.rows = self.row.browse()

    def test_a_key_names_its_row_and_what_was_signed_with_it(self):
        key = sign_row(self.row, SCOPE, 7, "word", expiration_hours=1)
        self.assertEqual(find_row(self.rows, SCOPE, key), (self.row, [7, "word"]))
        key = sign_row(self.row, SCOPE, 7, nonce="ref", expiration_hours=1)
        self.assertEqual(find_row(self.rows, SCOPE, key, nonce="ref"), (self.row, [7]))

    def test_a_key_of_before_is_an_id_alone(self):
        key = hash_sign(self.env, SCOPE, self.row.id, expiration_hours=1)
        self.assertEqual(find_row(self.rows, SCOPE, key), (self.row, []))
        self.assertFalse(find_row(self.rows, SCOPE, key, nonce="ref")[0])

    def test_what_is_typed_opens_nothing(self):
        key = sign_row(self.row, SCOPE, nonce="ref", expiration_hours=1)
        other = sign_row(self.other, SCOPE, nonce="ref", expiration_hours=1)
        forged = key[:20] + ("B" if key[20] == "A" else "A") + key[21:]
        swapped = key[:-6] + other[-6:]
        strange = ("", None, False, 12, b"AAAA", ["x"], "x", "é", "\ud800", "AQ", "AQ" * 30)
        for wrong in (*strange, key[:-3], forged, swapped):
            with self.subTest(wrong):
                self.assertEqual(find_row(self.rows, SCOPE, wrong, nonce="ref"), (self.rows, []))
                self.assertIsNone(read_signed(self.env, SCOPE, wrong))
        self.assertFalse(find_row(self.rows, "test.other", key, nonce="ref")[0])

    def test_a_key_that_was_replaced_is_dead(self):
        former = sign_row(self.row, SCOPE, nonce="ref", expiration_hours=1)
        self.row.ref = "another"
        self.assertFalse(find_row(self.rows, SCOPE, former, nonce="ref")[0])
        key = sign_row(self.row, SCOPE, nonce="ref", expiration_hours=1)
        self.assertEqual(find_row(self.rows, SCOPE, key, nonce="ref")[0], self.row)

    def test_a_row_without_nonce_has_no_key(self):
        self.row.ref = False
        key = sign_row(self.row, SCOPE, nonce="ref", expiration_hours=1)
        self.assertFalse(find_row(self.rows, SCOPE, key, nonce="ref")[0])
        bare = sign_row(self.row, SCOPE, expiration_hours=1)
        self.assertFalse(find_row(self.rows, SCOPE, bare, nonce="ref")[0])

    def test_a_key_is_dead_after_its_end_and_with_its_row(self):
        key = sign_row(self.row, SCOPE, expiration=timedelta(hours=1))
        with freeze_time(datetime.now() + timedelta(minutes=59)):
            self.assertEqual(find_row(self.rows, SCOPE, key)[0], self.row)
        with freeze_time(datetime.now() + timedelta(minutes=61)):
            self.assertEqual(find_row(self.rows, SCOPE, key), (self.rows, []))
            self.assertIsNone(read_signed(self.env, SCOPE, key))
        self.row.unlink()
        self.assertEqual(find_row(self.rows, SCOPE, key), (self.rows, []))
