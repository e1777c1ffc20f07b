from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, modules
from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged

from odoo.addons.procedure.tests.concurrency import ConcurrencyCommon


@tagged("post_install", "-at_install")
class TestFormUploadRace(ConcurrencyCommon):
    """Two files of one form at once: the second is played again, and counts the first."""

    def _pending(self, cr):
        env = api.Environment(cr, SUPERUSER_ID, {})
        return env["website.procedure.pending"]

    def _start(self, cr):
        env = self._pending(cr).env
        partner = env["res.users"].browse(self.a).partner_id
        procedure = env["procedure.procedure"].browse(self.procedure_id)
        return self._pending(cr)._start(procedure, partner)[0]

    def test_the_second_file_waits_for_the_first_then_counts_it(self):
        with self._cursor() as cr:
            draft = self._start(cr).id
        with self._cursor() as one, self._cursor() as two:
            # Both have begun: the second would count what was there then.
            two.execute("SELECT 1 FROM website_procedure_pending")
            first = self._pending(one).browse(draft)
            first._lock()
            with self.assertRaises(ConcurrencyError):
                self._pending(two).browse(draft)._lock()
            first._keep(answers={})
            one.commit()
            with self.assertRaises(SerializationFailure), self.assertNoLogs("odoo.sql_db", "ERROR"):
                self._pending(two).browse(draft)._lock()
            two.rollback()
            self._pending(two).browse(draft)._lock()

    def test_a_form_sent_twice_at_once_is_no_error_in_the_log(self):
        """A double click: Odoo plays the second again, and tells nobody."""
        with self._cursor() as cr:
            draft = self._start(cr).id
        with self._cursor() as one, self._cursor() as two:
            two.execute("SELECT 1 FROM website_procedure_pending")
            self._pending(one).browse(draft)._keep(answers={"name": "Louise"})
            with self.assertRaises(ConcurrencyError):
                self._pending(two).browse(draft)._keep(answers={"name": "Lou"})
            one.commit()
            with self.assertRaises(SerializationFailure), self.assertNoLogs("odoo.sql_db", "ERROR"):
                self._pending(two).browse(draft)._keep(answers={"name": "Lou"})
            two.rollback()
            self._pending(two).browse(draft)._keep(answers={"name": "Lou"})

    def test_a_visitor_who_presses_twice_at_once_begins_one_form(self):
        """The second is played again, and finds what the first began."""
        self.startPatcher(patch.object(modules.module, "current_test", False))
        with self._cursor() as one, self._cursor() as two:
            two.execute("SELECT 1 FROM website_procedure_pending")
            procedure = self._pending(one).env["procedure.procedure"].browse(self.procedure_id)
            begun, claim = self._pending(one)._start(procedure, claim="her page")
            self.assertEqual(claim, "her page")
            one.commit()
            other = self._pending(two).env["procedure.procedure"].browse(self.procedure_id)
            with self.assertRaises(ConcurrencyError):
                self._pending(two)._start(other, claim="her page")
            two.rollback()
            found = self._pending(two)._find_claimed(other, "her page")
            self.assertEqual(found.id, begun.id)
            found.unlink()
            two.commit()
