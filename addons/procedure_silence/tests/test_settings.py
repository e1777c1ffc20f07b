from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import SilenceCommon


@tagged("post_install", "-at_install")
class TestRegime(SilenceCommon):
    """What a manager sets, and answers for."""

    def assertRefused(self, words, **vals):
        procedure = self.procedure.with_user(self.manager)
        before = {name: procedure[name] for name in vals}
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            procedure.write(vals)
        self.assertIn(words, str(caught.exception))
        self.assertEqual({name: procedure[name] for name in vals}, before)

    def test_nobody_validates_a_regime_by_creating(self):
        created = (
            self.env["procedure.procedure"]
            .with_user(self.manager)
            .create({"name": "Directe", "code": "dir", "validated_on": "2026-01-01"})
        )
        self.assertFalse(created.validated_on)

    def test_bad_settings_are_refused_with_a_sentence(self):
        for words, vals in (
            ("Warn the service", {"silence_warning_days": -1}),
            ("Legal delay", {"delay_number": 0}),
            ("Legal delay with", {"delay_consulted_number": -4}),
            ("shorter", {"has_consultative_body": True, "delay_consulted_number": 1}),
        ):
            with self.subTest(vals):
                self.assertRefused(words, **vals)

    def test_only_managers_choose_a_regime(self):
        for user in (self.agent, self.secretary, self.communication, self.dpo, self.camille):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.procedure.with_user(user).write({"regime": "svr"})
        self.procedure.with_user(self.manager).write({"regime": "svr"})

    def test_nobody_validates_by_writing(self):
        with self.assertRaises(AccessError):
            self.procedure.with_user(self.manager).validated_on = "2026-01-01"
        created = (
            self.env["procedure.procedure"]
            .with_user(self.manager)
            .create({"name": "Directe", "code": "dir", "validated_on": "2026-01-01"})
        )
        self.assertFalse(created.validated_on)

    def test_validation_says_who_and_when_and_falls_with_a_change(self):
        procedure = self.procedure.with_user(self.manager)
        procedure.write({"regime": "svr", "legal_basis": "Décret 2016-625"})
        self.assertFalse(procedure._get_silence_rule())
        with freeze_time("2026-11-25"):
            procedure.action_validate_regime()
        self.assertEqual(
            (procedure.validated_by_id, procedure.validated_on), (self.manager, date(2026, 11, 25))
        )
        procedure.summary = "Autre résumé"
        self.assertTrue(procedure.validated_on)
        for vals in (
            {"regime": "sva"},
            {"legal_basis": "Autre"},
            {"delay_number": 3},
            {"delay_consulted_number": 5},
            {"has_consultative_body": True},
            {"suspension": "none"},
            {"clock_start": "complete"},
        ):
            procedure.action_validate_regime()
            procedure.write(vals)
            self.assertFalse(procedure.validated_on, vals)
            self.assertFalse(procedure.validated_by_id, vals)
        copy = procedure.copy()
        procedure.action_validate_regime()
        self.assertFalse(copy.validated_on)
        self.assertFalse(procedure.copy().validated_on, "a copy has to be validated too")

    def test_a_consultative_body_makes_the_delay_longer(self):
        self.procedure.write({"regime": "svr", "legal_basis": "Décret 2016-677"})
        self.procedure.action_validate_regime()
        self.assertEqual(self.procedure._get_silence_rule().number, 2)
        self.procedure.has_consultative_body = True
        self.procedure.action_validate_regime()
        self.assertEqual(self.procedure._get_silence_rule().number, 4)
