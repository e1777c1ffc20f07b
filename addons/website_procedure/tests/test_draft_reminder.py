from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail_retry.tests.common import FakeMailServer
from odoo.addons.procedure.tests.common import ProcedureCommon

from ..models.website_procedure_pending import DRAFT_DAYS, REMINDER_DAYS

NOON = "2026-03-03 12:00:00"


@tagged("post_install", "-at_install")
class TestDraftReminder(ProcedureCommon):
    """What was begun is erased once its owner was told, and had the time to come back."""

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(freeze_time(NOON))
        self.enterContext(
            mute_logger(
                "odoo.addons.mail.models.mail_mail", "odoo.addons.base.models.ir_mail_server"
            )
        )
        self.server = self.enterContext(FakeMailServer(self.env).run())
        self.Pending = self.env["website.procedure.pending"]
        self.draft, _claim = self.Pending._start(self.procedure, self.camille.partner_id)

    def _wait(self, days):
        """The two daily jobs, and the queue of mails four times a day."""
        for _day in range(days):
            self.Pending._remind_drafts()
            for _run in range(4):
                self.clock.tick(timedelta(hours=6))
                self.server.run_queue()
            self.Pending._gc_pending()
        return self.draft.exists()

    def _received(self):
        return self.server.received(self.camille.email)

    def test_it_goes_on_its_day_once_she_was_told(self):
        self.assertTrue(self._wait(DRAFT_DAYS - 1))
        self.assertEqual(len(self._received()), 1)
        self.assertFalse(self._wait(3))
        self.assertEqual(len(self._received()), 1)

    def test_it_waits_for_its_reminder(self):
        self.server.be("away")
        self.assertTrue(self._wait(DRAFT_DAYS + 5), "nobody was told")
        self.assertFalse(self._received())
        self.assertTrue(
            self.Pending._find_draft(self.procedure, self.camille.partner_id), "it can be finished"
        )
        self.server.be()
        self.assertTrue(self._wait(REMINDER_DAYS - 1), "she has the time that was promised")
        self.assertEqual(len(self._received()), 1)
        text = self._received()[0].get_body(("plain",)).get_content()
        self.assertIn("Finir ma demande", text)
        self.assertFalse(self._wait(3))

    def test_a_reminder_that_was_given_up_is_written_again(self):
        self.server.be("away")
        self._wait(DRAFT_DAYS)
        lost = self.draft.reminder_mail_id
        lost.unlink()
        self.server.be()
        self.assertTrue(self._wait(2))
        self.assertEqual(len(self._received()), 1)

    def test_who_died_is_neither_told_nor_waited_for(self):
        self.camille.partner_id._record_death(fields.Date.to_date("2026-03-02"))
        self.assertTrue(self._wait(DRAFT_DAYS - 1))
        self.assertFalse(self._wait(3))
        self.assertFalse(self._received())

    def test_who_has_no_address_is_not_waited_for(self):
        self.camille.partner_id.email = False
        self.assertTrue(self._wait(DRAFT_DAYS - 1))
        self.assertFalse(self._wait(2))

    def test_an_address_that_is_refused_for_good_is_none(self):
        self.server.refuse(self.camille.email, "550 5.1.1 unknown")
        self.assertTrue(self._wait(DRAFT_DAYS - 1))
        self.assertFalse(self._wait(3))
        mails = self.env["mail.mail"].search([("email_to", "ilike", self.camille.email)])
        self.assertFalse(mails, "it named her")

    def test_who_comes_back_is_told_anew(self):
        self._wait(DRAFT_DAYS - 5)
        self.assertTrue(self.draft.date_told)
        self.draft._keep(answers={})
        self.assertFalse(self.draft.date_told or self.draft.reminder_mail_id)
        self.assertEqual(self.draft.date_expire, fields.Datetime.now() + timedelta(days=DRAFT_DAYS))
        self._wait(DRAFT_DAYS)
        self.assertEqual(len(self._received()), 2)
