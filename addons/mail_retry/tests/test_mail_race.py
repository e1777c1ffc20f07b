import odoo
from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase, tagged

from .common import FakeMailServer


@tagged("post_install", "-at_install")
class TestMailRace(TransactionCase):
    """The queue read its mails, then another process, in a transaction of its own, changed one."""

    def setUp(self):
        super().setUp()
        self.server = self.enterContext(FakeMailServer(self.env).run())
        with self._cursor() as cr:
            mails = api.Environment(cr, SUPERUSER_ID, {})["mail.mail"].create(
                [
                    {"email_to": f"{name}@exemple.fr", "body_html": "Bonjour"}
                    for name in ("un", "deux")
                ]
            )
            self.mail_ids = mails.ids
        self.addCleanup(self._clean)

    def _cursor(self):
        return odoo.sql_db.db_connect(self.env.cr.dbname).cursor()

    def _clean(self):
        with self._cursor() as cr:
            api.Environment(cr, SUPERUSER_ID, {})["mail.mail"].browse(self.mail_ids).unlink()

    def test_it_waits_for_the_next_turn_and_the_others_leave_without_error(self):
        with self._cursor() as queue, self._cursor() as other:
            env = api.Environment(queue, SUPERUSER_ID, {})
            env["ir.mail_server"].create(
                {
                    "name": "Fake",
                    "smtp_host": "127.0.0.1",
                    "smtp_port": self.server.port,
                    "sequence": -1,
                }
            )
            triggers = env["ir.cron.trigger"].search([])
            changed = api.Environment(other, SUPERUSER_ID, {})["mail.mail"].browse(self.mail_ids[0])
            changed.subject = "Votre demande"
            other.commit()
            mails = env["mail.mail"].browse(self.mail_ids)
            with self.assertNoLogs(level="ERROR"):
                mails.send()
            self.assertEqual([to for to, _message in self.server.mails], ["deux@exemple.fr"])
            self.assertEqual(mails.mapped("state"), ["outgoing", "sent"])
            self.assertTrue(env["ir.cron.trigger"].search([]) - triggers)
            queue.rollback()
