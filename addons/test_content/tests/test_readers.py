from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.content_approval.tests.reading import accept

from .common import ContentCase


@tagged("post_install", "-at_install")
class TestReaders(ContentCase):
    """Who reads what: by kind and commune, somebody else when nobody can, never one's own."""

    def _readers(self, draft):
        return draft.sudo().validator_ids.user_id

    def test_those_of_the_commune_and_of_the_kind(self):
        other = self.env["content.type"].search([("id", "!=", self.type.id)], limit=1)
        self.row.commune_ids = self.other_commune
        Validator = self.env["content.validator"]
        mine = Validator.create(
            {
                "user_id": self.agent.id,
                "commune_ids": [Command.set(self.commune.ids)],
                "type_ids": [Command.set(self.type.ids)],
            }
        )
        draft = self._sent()
        self.assertEqual(self._readers(draft), self.agent)
        with self.assertRaises(AccessError):
            accept(draft.with_user(self.reader))
        if other:
            mine.type_ids = other
            self.assertEqual(self._readers(draft), self.fallback, "told again at once")

    def test_when_nobody_else_can(self):
        self.row.commune_ids = self.other_commune
        self.assertEqual(self._readers(self._sent()), self.fallback)

    def test_a_reader_does_not_accept_her_own(self):
        draft = self._sent(self.reader, story="Par qui la relit.")
        self.assertEqual(self._readers(draft), self.fallback)
        with self.assertRaises(AccessError):
            accept(draft.with_user(self.reader))
        accept(draft.with_user(self.fallback))
        self.assertEqual(self.house.story, "Par qui la relit.")

    def test_nobody_at_all_is_told_to_the_administrators_and_nothing_is_published(self):
        self.row.unlink()
        self.fallback_row.unlink()
        before = self._live()
        draft = self._sent()
        self.assertFalse(draft.sudo().validator_ids)
        tasks = draft.sudo().activity_ids.user_id
        self.assertIn(self.technician, tasks)
        self.env["content.revision"]._assign_pending()
        self.assertEqual(self._live(), before, "nothing is published by omission")
        row = self.env["content.validator"].create({"user_id": self.reader.id})
        self.assertEqual(draft.sudo().validator_ids, row, "chosen since: she reads it")
        accept(draft.with_user(self.reader))

    def test_an_absent_reader_is_replaced_for_these_days_only(self):
        absence = self.env["content.absence"].with_user(self.reader)
        absence.create(
            {"delegate_id": self.agent.id, "date_start": "2026-11-24", "date_end": "2026-11-26"}
        )
        draft = self._sent()
        self.assertEqual(draft.sudo().activity_ids.user_id, self.agent)
        self.assertReads(self.agent, draft)
        with freeze_time("2026-11-27"):
            self.env.invalidate_all()
            self.assertReadsNot(self.agent, draft)
            with self.assertRaises(AccessError):
                accept(draft.with_user(self.agent))
        self.env.invalidate_all()
        accept(draft.with_user(self.agent))
        self.assertEqual(draft.published_by_id, self.agent)

    def test_an_absent_reader_without_delegate_leaves_it_to_the_others(self):
        self.env["content.absence"].with_user(self.reader).create(
            {"date_start": "2026-11-24", "date_end": "2026-11-26"}
        )
        draft = self._sent()
        self.assertEqual(self._readers(draft), self.fallback)
        with freeze_time("2026-11-27"):
            self.env.invalidate_all()
            self.env["content.revision"]._assign_pending()
            self.assertEqual(self._readers(draft), self.reader)

    def test_nobody_reads_in_the_place_of_whoever_left(self):
        self.env["content.absence"].with_user(self.reader).create(
            {"delegate_id": self.agent.id, "date_start": "2026-11-24", "date_end": "2026-11-26"}
        )
        draft = self._sent()
        self.reader.active = False
        # A list of the back office that shows what is archived asks so.
        mine = draft.with_user(self.agent).with_context(active_test=False)
        with self.assertRaises(AccessError):
            accept(mine)

    def test_the_delegate_does_not_accept_her_own(self):
        self.env["content.absence"].with_user(self.reader).create(
            {"delegate_id": self.agent.id, "date_start": "2026-11-24", "date_end": "2026-11-26"}
        )
        draft = self._sent(self.agent, story="De la remplaçante.")
        self.assertEqual(self._readers(draft), self.fallback)
        with self.assertRaises(AccessError):
            accept(draft.with_user(self.agent))

    def test_an_absence_is_ones_own(self):
        with self.assertRaises(AccessError):
            self.env["content.absence"].with_user(self.agent).create(
                {
                    "user_id": self.reader.id,
                    "delegate_id": self.agent.id,
                    "date_start": "2026-11-24",
                    "date_end": "2026-11-26",
                }
            )

    def test_a_resident_never_reads_for_the_staff(self):
        with self.assertRaises(ValidationError):
            self.env["content.validator"].create({"user_id": self.camille.id})
        with self.assertRaises(ValidationError):
            self.env["content.absence"].create(
                {
                    "user_id": self.reader.id,
                    "delegate_id": self.camille.id,
                    "date_start": "2026-11-24",
                    "date_end": "2026-11-26",
                }
            )

    def test_a_former_delegate_contributes_no_more(self):
        draft = self._draft(self.camille, story="Avant.")
        delegate = self.env["partner.delegate"].search(
            [("person_id", "=", self.camille.partner_id.id)]
        )
        delegate.write({"state": "ended", "date_end": "2026-11-24"})
        self.assertReadsNot(self.camille, draft)
        for act in (
            lambda: draft._change({"story": "Après."}),
            draft.action_submit,
            draft.action_withdraw,
            lambda: self.house.with_user(self.camille)._propose(),
        ):
            with self.assertRaises(AccessError):
                act()
        self.assertReads(self.sacha, draft)

    def test_a_delegate_reads_between_her_two_days(self):
        draft = self._draft(self.camille, story="Avant.")
        delegate = self.env["partner.delegate"].search(
            [("person_id", "=", self.sacha.partner_id.id)]
        )
        for values, reads in (
            ({"date_start": "2026-11-25", "date_end": "2026-11-25"}, self.assertReads),
            ({"date_start": "2026-11-26", "date_end": False}, self.assertReadsNot),
            ({"date_start": False, "date_end": "2026-11-24"}, self.assertReadsNot),
            ({"date_start": False, "date_end": False}, self.assertReads),
        ):
            # As it is until the night has ended it.
            delegate.write({"state": "active", **values})
            with self.subTest(**values):
                reads(self.sacha, draft)

    def test_what_is_taken_back_is_read_no_more_nor_before_an_absence(self):
        self.env["content.absence"].with_user(self.reader).create(
            {"delegate_id": self.agent.id, "date_start": "2026-11-26", "date_end": "2026-11-27"}
        )
        draft = self._sent()
        self.assertReads(self.reader, draft)
        self.assertReadsNot(self.agent, draft)
        draft.action_take_back()
        self.assertReadsNot(self.reader, draft)

    def test_a_draft_is_read_by_those_who_write_it_only(self):
        draft = self._draft(self.camille, story="Brouillon.")
        self.assertReads(self.sacha, draft)
        for user in (self.stranger, self.secretary, self.agent, self.reader, self.fallback):
            self.assertReadsNot(user, draft)
        draft.action_submit()
        self.assertReads(self.reader, draft)
        for user in (self.stranger, self.secretary, self.agent, self.fallback):
            self.assertReadsNot(user, draft)

    def _move(self):
        """As a file of the territory, or an accepted change, moves a sheet."""
        self.house.commune_id = self.other_commune
        self.house._publish_as("data", {"motto": "Ailleurs"})

    def test_what_waits_on_a_content_that_moves_is_read_there(self):
        self.row.commune_ids = self.commune
        there = self.env["content.validator"].create(
            {"user_id": self.agent.id, "commune_ids": [Command.set(self.other_commune.ids)]}
        )
        sent, draft = self._sent(self.camille), self._draft(self.secretary, story="Avant.")
        self.assertEqual(sent.sudo().activity_ids.user_id, self.reader)
        self._move()
        self.assertEqual(sent.sudo().commune_ids, self.other_commune)
        self.assertEqual(sent.sudo().validator_ids, there)
        self.assertEqual(sent.sudo().activity_ids.user_id, self.agent)
        self.assertReadsNot(self.reader, sent)
        self.assertReads(self.agent, sent)
        with self.assertRaises(AccessError):
            accept(sent.with_user(self.reader))
        with self.assertRaises(AccessError):
            draft.action_submit()
        accept(sent.with_user(self.agent))
        self.assertReads(self.agent, sent)

    def test_what_waits_follows_once_another_change_is_accepted(self):
        there = self.env["content.validator"].create(
            {"user_id": self.agent.id, "commune_ids": [Command.set(self.other_commune.ids)]}
        )
        sent, other = self._sent(self.camille), self._sent(self.manager, depth="3")
        self.row.commune_ids = self.commune
        self.house.commune_id = self.other_commune
        self.assertEqual(other.sudo().validator_ids, self.row)
        with self.env.cr.savepoint() as savepoint:
            self.env["content.revision"]._assign_pending()
            self.assertEqual(sent.sudo().commune_ids, self.other_commune, "every night")
            savepoint.rollback()
        self.env.invalidate_all()
        accept(other.with_user(self.reader))
        self.assertEqual(sent.sudo().validator_ids, there)

    def test_what_was_begun_before_is_read_where_the_content_is(self):
        self.row.commune_ids = self.commune
        there = self.env["content.validator"].create(
            {"user_id": self.agent.id, "commune_ids": [Command.set(self.other_commune.ids)]}
        )
        draft = self._draft(self.camille, story="Avant.")
        self._move()
        draft.action_submit()
        self.assertEqual(draft.sudo().validator_ids, there)

    def test_a_secretary_publishes_nothing_at_once_where_she_looks_after_nothing(self):
        self.type.allow_urgent = True
        draft = self._draft(self.secretary, story="Avant.")
        self._move()
        with self.assertRaises(AccessError):
            draft.action_publish_urgent("Vite")

    def test_whoever_reads_in_her_place_is_told_once_of_all_that_waits(self):
        first, second = self._sent(), self._sent(self.camille, depth="3")
        mails = self.env["mail.mail"].sudo()
        mails.search([]).unlink()
        absence = self.env["content.absence"].create(
            {
                "user_id": self.reader.id,
                "delegate_id": self.agent.id,
                "date_start": "2026-12-01",
                "date_end": "2026-12-02",
            }
        )
        self.assertFalse(mails.search([]), "not before it begins")
        with freeze_time("2026-12-01 01:00:00"):
            self.env.invalidate_all()
            for _night in range(2):
                self.env["content.revision"]._assign_pending()
            (mail,) = mails.search([])
            self.assertEqual(mail.email_to, self.agent.email_formatted)
            self.assertIn(self.reader.name, mail.body_html)
            for draft in first | second:
                self.assertIn(self.agent, draft.sudo().activity_ids.user_id)
            mails.search([]).unlink()
            absence.delegate_id = self.fallback
            self.assertEqual(mails.search([]).mapped("email_to"), [self.fallback.email_formatted])

    def test_who_has_nothing_to_read_any_more_has_no_task(self):
        self.type.allow_urgent = self.type.allow_urgent_new = True
        usual = self._published()

        def urgent():
            draft = self._draft(story=f"De suite, {self.house.version}.")
            draft.action_publish_urgent("Demain")
            return draft

        for make, act in (
            (self._sent, lambda own: own.action_take_back()),
            (self._sent, lambda own: own.action_withdraw()),
            (self._sent, lambda own: accept(self._as(own, self.reader))),
            (urgent, lambda own: self._as(own, self.reader).action_review()),
            (urgent, lambda own: self._as(own, self.reader).action_revert("Non.")),
        ):
            draft = make(story=f"Bâti en {self.house.version}.") if make != urgent else make()
            self.assertEqual(draft.sudo().activity_ids.user_id, self.reader)
            act(draft)
            self.assertFalse(draft.sudo().activity_ids)
        self.assertFalse(usual.sudo().activity_ids)

    def test_the_list_of_what_waits_is_ones_own(self):
        draft = self._sent()
        mine = [("is_mine_to_read", "=", True)]
        Revision = self.env["content.revision"]
        self.assertEqual(Revision.with_user(self.reader).search(mine), draft)
        for user in (self.fallback, self.secretary, self.manager):
            self.assertFalse(Revision.with_user(user).search(mine))
        accept(draft.with_user(self.reader))
        self.assertFalse(Revision.with_user(self.reader).search(mine))
