from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PDF, CommuneCase


@tagged("post_install", "-at_install")
class TestProcedureCommuneRights(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = cls.env["procedure.commune.file"].create(
            {"commune_row_id": cls.row.id, "name": "Règlement", "file": PDF}
        )
        cls.records = cls.row | cls.row

    def test_the_staff_reads_it_all(self):
        staff = self.agent | self.secretary | self.other_secretary | self.communication
        for user in staff | self.dpo | self.manager:
            with self.subTest(user.login):
                self.assertIn(self.row, self.rows.with_user(user).search([]))
                self.assertTrue(self.file.with_user(user).has_access("read"))

    def test_nobody_else_reads_it_by_a_remote_call(self):
        for user in self.camille | self.env.ref("base.public_user"):
            for record in (self.row, self.file):
                with self.subTest(user.login, record=record._name):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read(["display_name"])
                    with self.assertRaises(AccessError):
                        record.with_user(user).search([])

    def test_everybody_is_told_what_applies(self):
        """A page that is drawn with nothing remembered: it read rows under the visitor's rights."""
        self.hall.is_opened_by_communes = False
        self.row.action_open()
        for user in (self.env.ref("base.public_user"), self.camille):
            self.env.invalidate_all()
            procedure = self.hall.with_user(user)
            self.assertTrue(procedure._is_said_by_communes())
            self.env.invalidate_all()
            self.assertEqual(procedure._get_way_in(self.vaubecourt), "online")
            self.assertEqual(
                procedure._get_service(self.vaubecourt), self.row.commune_id.town_hall_id
            )

    def test_the_town_hall_of_the_commune_writes_its_own(self):
        self.row.with_user(self.secretary).write({"rules": "Cinquante personnes au plus."})
        self.file.with_user(self.secretary).name = "Règlement de la salle"
        self.file.with_user(self.secretary).unlink()
        with self.assertRaises(AccessError):
            self.other_row.with_user(self.secretary).rules = "Chez nous"

    def test_nobody_else_writes_it(self):
        others = self.other_secretary | self.agent | self.communication | self.dpo
        for user in others | self.camille | self.env.ref("base.public_user"):
            row, file = self.row.with_user(user), self.file.with_user(user)
            attempts = {
                "open": lambda row=row: row.action_open(),
                "direct": lambda row=row: row.action_direct(),
                "close": lambda row=row: row.action_close(),
                "write": lambda row=row: row.write({"rules": "Autre"}),
                "unlink": lambda row=row: row.unlink(),
                "file": lambda file=file: file.write({"name": "Autre"}),
                "no file": lambda file=file: file.unlink(),
                "new file": lambda row=row, file=file: file.create(
                    {"commune_row_id": row.id, "name": "Autre", "file": PDF}
                ),
                "everywhere": lambda user=user: self.hall.with_user(user).action_open_everywhere(),
            }
            for name, attempt in attempts.items():
                with self.subTest(user.login, name=name), self.assertRaises(AccessError):
                    attempt()

    def test_a_file_does_not_move_to_another_commune(self):
        with self.assertRaises(AccessError):
            self.file.with_user(self.secretary).commune_row_id = self.other_row
        own = self.env["procedure.commune.file"].create(
            {"commune_row_id": self.other_row.id, "name": "Règlement", "file": PDF}
        )
        with self.assertRaises(AccessError):
            own.with_user(self.secretary).commune_row_id = self.row

    def test_a_row_stays_with_its_commune(self):
        for user in self.secretary | self.manager:
            with self.assertRaises(AccessError):
                self.row.with_user(user).commune_id = self.revigny

    def test_a_town_hall_that_only_covers_the_commune_is_not_its_own(self):
        self.town_hall.code = f"mairie-{self.vaubecourt.insee_code}"
        self.other_town_hall.commune_ids += self.vaubecourt
        with self.assertRaises(AccessError):
            self.row.with_user(self.other_secretary).action_open()
        self.row.with_user(self.secretary).action_open()

    def test_her_list_has_a_row_for_each_procedure(self):
        self.hall.commune_row_ids.unlink()
        action = self.rows.with_user(self.secretary).action_open_mine()
        rows = self.rows.with_user(self.secretary).search(action["domain"])
        self.assertEqual(rows.commune_id, self.vaubecourt)
        self.assertIn(self.hall, rows.procedure_id)
        rows.filtered(lambda row: row.procedure_id == self.hall).action_open()
        self.assertTrue(self._ask(self.vaubecourt).number)

    def test_an_agent_of_no_town_hall_makes_no_row(self):
        self.hall.commune_row_ids.unlink()
        self.rows.with_user(self.agent).action_open_mine()
        self.assertFalse(self.hall.commune_row_ids)
