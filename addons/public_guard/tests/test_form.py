from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg2.errors import SerializationFailure

from odoo import api
from odoo.tests import tagged

from ..exceptions import FormHurried, FormRefused
from ..models.public_guard import HONEYPOT_FIELD, TOKEN_FIELD
from .common import GuardCase


@tagged("post_install", "-at_install")
class TestForm(GuardCase):
    def setUp(self):
        super().setUp()
        with freeze_time("2026-11-25 10:00:00"):
            self.token = self.guard._form_token("filing")

    def post(self, **fields):
        return {TOKEN_FIELD: self.token, HONEYPOT_FIELD: "", "lastname": "Martin", **fields}

    @freeze_time("2026-11-25 10:00:30")
    def test_form_filled_in_by_a_person_passes(self):
        self.assertIsNone(self.guard._check_form("filing", self.post()))

    @freeze_time("2026-11-25 10:00:30")
    def test_robot_that_fills_in_every_field_is_refused(self):
        with self.assertRaisesRegex(FormRefused, "must stay empty"):
            self.guard._check_form("filing", self.post(**{HONEYPOT_FIELD: "http://x"}))

    @freeze_time("2026-11-25 10:00:01")
    def test_form_sent_in_a_second_is_refused(self):
        with self.assertRaisesRegex(FormHurried, "very quickly"):
            self.guard._check_form("filing", self.post())
        self.env["ir.config_parameter"].set_param("public_guard.min_fill_seconds", "0")
        self.assertIsNone(self.guard._check_form("filing", self.post()))

    @freeze_time("2026-11-26 10:00:01")
    def test_form_of_yesterday_is_refused(self):
        with self.assertRaisesRegex(FormRefused, "open for too long"):
            self.guard._check_form("filing", self.post())
        with self.assertRaisesRegex(FormRefused, "open for too long"):
            self.guard._claim_token(self.token)

    @freeze_time("2026-11-25 10:00:30")
    def test_token_of_another_form_is_refused(self):
        with self.assertRaises(FormRefused):
            self.guard._check_form("sign-up", self.post())

    @freeze_time("2026-11-25 10:00:30")
    def test_form_without_token_is_refused(self):
        for token in (None, "", "x", ["x"], "é" * 60):
            with self.assertRaises(FormRefused):
                self.guard._check_form("filing", self.post(**{TOKEN_FIELD: token}))

    @freeze_time("2026-11-25 10:00:30")
    @settings(max_examples=200)
    @given(st.data())
    def test_token_changed_anywhere_is_refused(self, data):
        """Unless base64 reads the same bytes: then it is the same token, and serves once."""
        position = data.draw(st.integers(0, len(self.token) - 1))
        changed = data.draw(st.characters(codec="ascii"))
        token = self.token[:position] + changed + self.token[position + 1 :]
        values = self.guard._read_token(token)
        if values:
            self.assertEqual(values, self.guard._read_token(self.token))
            return
        with self.assertRaises(FormRefused):
            self.guard._claim_token(token)

    @freeze_time("2026-11-25 10:00:30")
    def test_form_shown_again_keeps_its_token(self):
        self.assertEqual(self.guard._form_token("filing", previous=self.token), self.token)
        self.assertNotEqual(self.guard._form_token("sign-up", previous=self.token), self.token)
        self.assertNotEqual(self.guard._form_token("filing", previous="x"), self.token)
        self.assertNotEqual(self.guard._form_token("filing"), self.token)

    @freeze_time("2026-11-25 10:00:30")
    def test_form_sent_twice_gets_the_result_of_the_first(self):
        spent, is_new = self.guard._claim_token(self.token)
        self.assertTrue(is_new)
        self.assertIsNone(spent._get_result())
        created = self.env["res.partner"].create({"name": "Mairie"})
        spent._set_result(created)
        again, is_new = self.guard._claim_token(self.token + "=")
        self.assertFalse(is_new)
        self.assertEqual(again, spent)
        self.assertEqual(again._get_result(), created)
        created.unlink()
        self.assertFalse(again._get_result())

    @freeze_time("2026-11-25 10:00:30")
    def test_two_posts_at_the_same_time(self):
        """The second transaction began before the first ended: it must be replayed."""
        with self.registry.cursor() as first_cr, self.registry.cursor() as second_cr:
            first = api.Environment(first_cr, self.env.uid, {})["public.guard"]
            second = api.Environment(second_cr, self.env.uid, {})["public.guard"]
            second_cr.execute("SELECT 1")
            spent, is_new = first._claim_token(self.token)
            self.assertTrue(is_new)
            spent._set_result(first.env.user)
            first_cr.commit()
            self.addCleanup(self.forget, spent.digest)
            with self.assertRaises(SerializationFailure):
                second._claim_token(self.token)
            second_cr.rollback()
            again, is_new = second._claim_token(self.token)
            self.assertFalse(is_new)
            self.assertEqual(again._get_result(), second.env.user)

    def forget(self, digest):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM public_guard_token WHERE digest = %s", (digest,))

    def test_post_that_fails_does_not_spend_the_token(self):
        with freeze_time("2026-11-25 10:00:30"):
            with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
                self.guard._claim_token(self.token)
                raise ZeroDivisionError
            self.assertTrue(self.guard._claim_token(self.token)[1])

    def test_spent_tokens_are_erased_when_they_can_no_longer_be_replayed(self):
        with freeze_time("2026-11-25 10:00:30"):
            spent, _is_new = self.guard._claim_token(self.token)
        with freeze_time("2026-11-26 09:00:00"):
            self.guard._gc_expired()
            self.assertTrue(spent.exists())
        with freeze_time("2026-11-26 10:01:00"):
            self.guard._gc_expired()
            self.assertFalse(spent.exists())

    def test_fields_of_the_form(self):
        html = str(
            self.env["ir.qweb"]._render("public_guard.form_fields", {"guard_token": self.token})
        )
        self.assertIn(f'name="{TOKEN_FIELD}" value="{self.token}"', html)
        self.assertIn(f'name="{HONEYPOT_FIELD}"', html)
