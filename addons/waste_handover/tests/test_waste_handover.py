import base64
from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import tagged

from odoo.addons.waste_collection.tests.common import WasteCommon

# One white pixel.
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAA"
    "AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25")
class TestWasteHandover(WasteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._accept(cls._submit("arrival"))
        cls.move = cls.request.container_move_ids
        cls.move.with_user(cls.agent)._plan("2026-11-25")

    def _open(self, user=None, **values):
        action = self.move.with_user(user or self.agent).action_open_handover()
        return (
            self.env["waste.handover.sign"]
            .with_user(user or self.agent)
            .with_context(**action["context"])
            .create(values)
        )

    def test_a_signature_delivers_the_bin_once(self):
        first = self._open(signature=PNG, signer_name=" Lucie Martin ")
        second = self._open(self.colleague, signature=PNG, signer_name="Lucie Martin")
        first.action_sign()
        self.assertEqual(self.move.state, "done")
        self.assertEqual(self.move.container_id.state, "delivered")
        handover = self.move.handover_ids
        self.assertEqual((handover.signer_name, handover.user_id), ("Lucie Martin", self.agent))
        self.assertTrue(base64.b64decode(handover.signature).startswith(b"\x89PNG"))
        self.assertFalse(first.signature or first.signer_name, "nothing stays in the wizard")
        # Her page was open already, or the round that she looks at is older.
        for late in (second.action_sign, self.move.with_user(self.colleague).action_open_handover):
            with self.assertRaisesKeeping(UserError) as caught:
                late()
            self.assertIn("already recorded", str(caught.exception))
        failed = self._fail_late(second)
        self.assertIn("already recorded", failed)
        self.assertEqual(self.move.handover_ids, handover)

    def _fail_late(self, page):
        page.reason = "nobody"
        with self.assertRaisesKeeping(UserError) as caught:
            page.action_fail()
        return str(caught.exception)

    def test_the_end_of_the_round_says_what_was_done_today(self):
        def tell(user):
            Move = self.env["waste.container.move"].with_user(user)
            return Move.with_context(lang="fr_FR").get_end_of_round()

        self.assertEqual(tell(self.agent), [], "nothing was done today")
        self._open(signature=PNG, signer_name="Lucie").action_sign()
        self.assertEqual(tell(self.agent), ["Tout est fait\xa0: 1 bac."])
        home = self.move.dwelling_id
        other, third = self.move.create(
            [
                {
                    "kind": "take_back",
                    "container_id": self._deliver(home, number).id,
                    "dwelling_id": home.id,
                    "date_planned": "2026-11-25",
                }
                for number in ("H1", "H2")
            ]
        )
        other.with_user(self.agent)._hand_over(PNG, "Hugo")
        third.with_user(self.agent)._fail_handover("nobody", False)
        self.assertEqual(
            tell(self.agent), ["Tout est fait\xa0: 2 bacs.", "À planifier un autre jour\xa0: 1."]
        )
        self.assertEqual(tell(self.school_agent), [], "of the round that she reads")
        with freeze_time("2026-11-26"):
            self.assertEqual(tell(self.agent), [], "yesterday is not today")

    def test_two_phones_at_this_very_moment(self):
        page = self._open(signature=PNG, signer_name="Lucie").with_context(lang="fr_FR")
        busy = LockError("busy")
        with (
            patch.object(self.registry[self.move._name], "lock_for_update", side_effect=busy),
            self.assertRaisesRegex(UserError, "en ce moment même"),
        ):
            page.action_sign()
        self.assertEqual(self.move.state, "todo")

    def test_nothing_is_done_without_name_and_signature(self):
        page = base64.b64encode(b"<script>")
        wrong = (
            {"signature": PNG},
            {"signer_name": "Lucie"},
            {"signature": page, "signer_name": "L"},
        )
        for values in wrong:
            with self.assertRaisesKeeping(UserError):
                self._open(**values).action_sign()
        self.assertEqual(self.move.state, "todo")

    def test_nobody_there_is_to_do_on_another_day(self):
        with self.assertRaisesKeeping(UserError):
            self._open().action_fail()
        self._open(reason="nobody", note="Chien").action_fail()
        self.assertEqual((self.move.state, self.move.date_planned), ("todo", False))
        self.assertEqual(self.move.container_id.state, "to_deliver")
        self.assertEqual(self.move.handover_ids.reason, "nobody")
        self._open(signature=PNG, signer_name="Lucie").action_sign()
        self.assertEqual(len(self.move.handover_ids), 2)

    def test_who_was_not_there_is_told_without_the_remark(self):
        before = self.request.sudo()._get_messages_for_applicant()
        self._open(reason="nobody", note="Chien de Mme Secret").action_fail()
        (message,) = self.request.sudo()._get_messages_for_applicant() - before
        self.assertIn("personne", str(message.body))
        self.assertIn("12 rue du Moulin", str(message.body))
        self.assertNotIn("Secret", str(message.body))
        self.assertIn(self.resident.partner_id, message.sudo().mail_ids.recipient_ids)

    def test_no_access_is_told_and_a_refusal_is_not(self):
        before = self.request.sudo()._get_messages_for_applicant()
        self._open(reason="refused").action_fail()
        self.assertEqual(self.request.sudo()._get_messages_for_applicant(), before)
        self._open(reason="access").action_fail()
        (message,) = self.request.sudo()._get_messages_for_applicant() - before
        self.assertIn("accès", str(message.body))

    def test_the_register_names_signatures_and_their_delay(self):
        processing = self.env.ref("waste_handover.processing_handover")
        self.assertTrue(processing.is_complete, processing.missing_text)
        self.assertIn("signature", processing.data_categories)
        self.assertFalse(processing.retention_problem)
        self.env.ref("waste_handover.retention_handover").months = 30
        processing.invalidate_recordset()
        self.assertTrue(processing.retention_problem)

    def test_a_remark_is_kept_no_longer_than_a_signature(self):
        self._open(reason="nobody", note="Une dame malade, un chien").action_fail()
        handover = self.move.handover_ids
        rule = self.env.ref("waste_handover.retention_handover")
        found = handover.search(handover._get_retention_domain(rule, date(2036, 1, 1)))
        self.assertIn(handover, found)
        handover._end_retention(rule)
        self.assertFalse(handover.note)
        self.assertEqual(handover.reason, "nobody")

    def test_who_signed_is_forgotten_with_who_asked(self):
        self._open(signature=PNG, signer_name="Lucie Martin").action_sign()
        self.request.with_user(self.agent).action_close()
        self.request.sudo()._anonymise()
        handover = self.move.handover_ids
        self.assertFalse(handover.signer_name or handover.signature or handover.note)
        self.assertEqual(handover.outcome, "signed")

    def test_others_neither_open_nor_read_it(self):
        self._open(signature=PNG, signer_name="Lucie").action_sign()
        handover = self.move.handover_ids
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "waste.handover"), ("res_id", "=", handover.id)]
            + [("res_field", "=", "signature")]
        )
        self.assertTrue(attachment)
        self.assertFalse(attachment.public or attachment.access_token)
        self.assertTrue(attachment.with_user(self.agent).has_access("read"))
        secretary = self._new_user("secretary")
        for user in (self.school_agent, secretary, self.resident, self.neighbour):
            with self.subTest(user.login):
                self.assertFalse(handover.with_user(user).has_access("read"))
                self.assertFalse(attachment.with_user(user).has_access("read"))
                with self.assertRaisesKeeping(AccessError):
                    self.move.with_user(user).action_open_handover()
                with self.assertRaisesKeeping(AccessError):
                    self.move.with_user(user)._hand_over(PNG, "x")
        for vals in ({"signer_name": "Autre"}, {"signature": False}):
            with self.assertRaises(AccessError):
                handover.with_user(self.agent).write(vals)

    def test_the_signature_goes_and_the_act_stays(self):
        self._open(signature=PNG, signer_name="Lucie").action_sign()
        handover = self.move.handover_ids
        rule = self.env.ref("waste_handover.retention_handover")
        due = handover._get_retention_dues(rule)[handover]
        for day, expected in ((due, handover.browse()), (due + timedelta(days=1), handover)):
            found = handover.search(handover._get_retention_domain(rule, day))
            self.assertEqual(found, expected, day)
        handover._end_retention(rule)
        self.assertFalse(handover.signature or handover.signer_name)
        self.assertEqual(handover.outcome, "signed")
