from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.procedure.filing import Filing
from odoo.addons.waste_collection.tests.common import WasteCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25")
class TestWasteBadge(WasteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.asking = cls.env.ref("waste_collection.procedure_badge")
        cls.asking.service_id = cls.waste
        cls.asking.action_publish()
        cls.Badge = cls.env["waste.badge"]
        cls.home = cls._dwelling()

    @classmethod
    def _badge(cls, number, dwelling=None, **values):
        return cls.Badge.create(
            {
                "number": number,
                "service_id": cls.waste.id,
                "dwelling_id": (dwelling or cls.home).id,
                **values,
            }
        )

    @classmethod
    def _ask(cls, what, number="", user=None):
        """An accepted request for a badge."""
        user = user or cls.resident
        answers = {
            "badge_request": what,
            "badge_holder": "household",
            "delivery": "pick_up",
            "accuracy": "1",
            **cls._address(),
        }
        if what != "first":
            answers["badge_number"] = number
        request = (
            cls.env["procedure.request"]
            .with_user(user)
            ._submit(
                Filing(
                    procedure=cls.asking.with_user(user),
                    answers=answers,
                    files={"address_proof": [cls._upload()]} if what == "first" else {},
                    applicant=user.partner_id,
                )
            )
            .with_env(cls.env)
        )
        request.with_user(cls.agent).action_accept()
        return request

    def _issue(self, request, number, user=None, **values):
        wizard = (
            self.env["waste.badge.issue"]
            .with_user(user or self.agent)
            .create({"request_id": request.id, "number": number, **values})
        )
        wizard.action_issue()
        return request.badge_ids

    def test_a_first_badge_is_given_once(self):
        request = self._ask("first")
        self.assertTrue(request.is_badge_to_give)
        badge = self._issue(request, " b 0012")
        self.assertEqual((badge.number, badge.state), ("B0012", "live"))
        self.assertEqual(badge.dwelling_id, self.home)
        self.assertFalse(request.is_badge_to_give)
        with self.assertRaisesKeeping(UserError):
            self._issue(request, "B0013")
        self.assertEqual(len(request.badge_ids), 1)

    def test_a_lost_badge_is_blocked_by_the_new_one(self):
        old = self._badge("B1")
        new = self._issue(self._ask("lost", "b1"), "B2")
        self.assertEqual((old.state, old.replaced_by_id), ("blocked", new))
        self.assertEqual(str(old.date_ended), "2026-11-25")

    def test_a_number_that_was_typed_blocks_nobody_elses_badge(self):
        other = self._badge("B1", self._dwelling("9 rue Haute"))
        self._issue(self._ask("lost", "B1"), "B2")
        self.assertEqual(other.state, "live")

    def test_one_live_number_at_once(self):
        self._badge("B1")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._badge("b 1")
        with self.assertRaisesKeeping(UserError):
            self._issue(self._ask("first"), "B1")
        self.Badge.search([("number", "=", "B1")]).action_block()
        self.assertEqual(self._badge("B1").state, "live", "the number serves again")
        history = self.Badge.search([("number", "=", "B1")])
        self.assertEqual(len(history), 2)

    def test_a_badge_that_ended_never_lives_again(self):
        badge = self._badge("B1").with_user(self.agent)
        badge.action_give_back()
        with self.assertRaisesKeeping(UserError):
            badge.action_block()
        with self.assertRaises(AccessError):
            badge.write({"state": "live"})

    def test_others_neither_read_nor_give_badges(self):
        badge, request = self._badge("B1"), self._ask("first")
        secretary = self._new_user("secretary")
        for user in (self.school_agent, secretary, self.resident):
            with self.subTest(user.login):
                self.assertFalse(badge.with_user(user).has_access("read"))
                with self.assertRaisesKeeping(AccessError):
                    badge.with_user(user).action_block()
                with self.assertRaisesKeeping(AccessError):
                    self._issue(request, "B9", user)
        self.assertEqual(badge.state, "live")
        self.assertFalse(request.badge_ids)

    def test_the_register_names_the_addresses_of_badges(self):
        processing = self.env.ref("waste_badge.processing_badge_address")
        self.assertTrue(processing.is_complete, processing.missing_text)
        self.assertIn("adresse", processing.data_categories)
