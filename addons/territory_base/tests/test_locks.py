import odoo
from odoo import SUPERUSER_ID, api
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tests import TransactionCase, tagged

from ..locks import lock_or_replay, lock_or_tell


@tagged("post_install", "-at_install")
class TestLocks(TransactionCase):
    """Two transactions that are really two, on a row that both see."""

    def setUp(self):
        super().setUp()
        cursors = [odoo.sql_db.db_connect(self.env.cr.dbname).cursor() for _each in range(2)]
        for cursor in cursors:
            self.addCleanup(cursor.close)
        self.first, self.second = (
            api.Environment(cursor, SUPERUSER_ID, {"lang": "fr_FR"})["res.partner"].browse(
                self.env.ref("base.partner_root").id
            )
            for cursor in cursors
        )

    def test_the_second_one_is_told_in_french(self):
        lock_or_tell(self.first)
        with self.assertRaisesRegex(UserError, "Quelqu’un d’autre modifie ceci en ce moment même"):
            lock_or_tell(self.second)
        with self.assertRaisesRegex(UserError, "^Revenez$"):
            lock_or_tell(self.second, "Revenez")
        self.first.env.cr.rollback()
        lock_or_tell(self.second)

    def test_the_second_one_is_played_again(self):
        lock_or_replay(self.first.browse())
        lock_or_replay(self.first)
        with self.assertRaises(ConcurrencyError):
            lock_or_replay(self.second)
        self.first.env.cr.rollback()
        lock_or_replay(self.second)
