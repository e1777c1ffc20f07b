from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CommuneCase


@tagged("post_install", "-at_install")
class TestCommuneRights(CommuneCase):
    def setUp(self):
        super().setUp()
        self.arranged = self.env["commune.block"].create(
            {"commune_id": self.commune.id, "code": "water"}
        )

    def records(self):
        return (
            self.commune.member_ids,
            self.commune.room_ids,
            self.commune.link_ids,
            self.page,
            self.shared,
            self.arranged,
        )

    def test_everybody_reads_what_a_page_shows(self):
        visitor = self.env.ref("base.public_user")
        staff = self.agent | self.secretary | self.communication | self.dpo | self.manager
        for user in visitor | self.resident | staff | self.technician:
            self.assertIn("members", self.blocks(user=user), user.login)

    def test_the_manager_and_the_administrator_write_it_nobody_else(self):
        others = self.env.ref("base.public_user") | self.resident | self.agent
        others |= self.secretary | self.communication | self.dpo
        for record in self.records():
            name = "is_hidden" if record == self.arranged else "name"
            for user in self.manager | self.technician:
                record.with_user(user).write({name: record[name]})
                record.with_user(user).copy().unlink()
            for user in others:
                hers = record.with_user(user)
                for refused in (
                    lambda hers=hers, name=name: hers.write({name: "x"}),
                    lambda hers=hers: hers.copy(),
                    lambda hers=hers: hers.unlink(),
                ):
                    with (
                        self.subTest(user=user.login, model=record._name),
                        self.assertRaises(AccessError),
                    ):
                        refused()

    def test_nobody_else_writes_the_page_itself(self):
        self.commune.with_user(self.manager).tagline = "Corrigé"
        for user in self.resident | self.agent | self.secretary | self.communication | self.dpo:
            for values in ({"body": "<p>x</p>"}, {"page_state": "open"}, {"tagline": "x"}):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    self.commune.with_user(user).write(values)
