from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import RoundCommon

OPERATIONS = ("read", "write", "create", "unlink")
# Persona -> rights on rounds, streets, moved collections, all of the first commune.
RIGHTS = {
    "agent": ("rwc", "rwcu", "rwcu"),
    "manager": ("rwcu", "rwcu", "rwcu"),
    "secretary": ("r", "r", "r"),
    "other_secretary": ("", "", "r"),
    "school_agent": ("", "", ""),
    "communication": ("", "", ""),
    "dpo": ("", "", ""),
    "resident": ("", "", ""),
    "visitor": ("", "", ""),
}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25")
class TestWasteRoundRights(RoundCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.resident = new_test_user(cls.env, login="round_resident", groups="base.group_portal")
        cls.communication = cls._new_user("communication", "round_communication")
        cls.dpo = cls._new_user("dpo", "round_dpo")
        cls.visitor = cls.env.ref("base.public_user")
        cls.shift = cls._shift("2026-12-25", "2026-12-26")

    def test_who_may_do_what(self):
        records = (self.bins, self.bins.street_ids, self.shift)
        for persona, expected in RIGHTS.items():
            for record, rights in zip(records, expected, strict=True):
                for operation in OPERATIONS:
                    with self.subTest(persona=persona, model=record._name, operation=operation):
                        self.assertEqual(
                            record.with_user(getattr(self, persona)).has_access(operation),
                            operation[0] in rights,
                        )

    def test_a_town_hall_finds_its_own_rounds_only(self):
        rounds = self.Round.with_user(self.other_secretary).search([])
        self.assertFalse(rounds & (self.bins | self.sorting))
        self._round("Mont", [{"commune_id": self.other_commune.id}])
        self.assertEqual(
            self.Round.with_user(self.other_secretary).search([]).mapped("name"), ["Mont"]
        )

    def test_a_round_is_made_for_ones_own_service_only(self):
        values = {"name": "Autre", "service_id": self.school.id}
        with self.assertRaises(AccessError):
            self.Round.with_user(self.agent).create(values)
        with self.assertRaises(AccessError):
            self.Round.with_user(self.school_agent).create(values)
        with self.assertRaises(AccessError):
            self.bins.with_user(self.agent).service_id = self.school

    def test_wizards_are_of_the_waste_service(self):
        for persona in ("secretary", "communication", "dpo", "resident", "visitor"):
            user = getattr(self, persona)
            for model in ("waste.round.load", "waste.holiday.proposal"):
                with self.subTest(persona=persona, model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(user).create({"service_id": self.waste.id})
        proposal = (
            self.env["waste.holiday.proposal"]
            .with_user(self.school_agent)
            .create({"service_id": self.waste.id, "year": 2027})
        )
        self.assertTrue(proposal.line_ids, proposal.read())
        with self.assertRaises(AccessError):
            proposal.action_apply()


@tagged("post_install", "-at_install")
class TestWasteRoundRpc(RoundCommon, HttpCase):
    def test_others_cannot_by_remote_call(self):
        for user in (self.school_agent, self.other_secretary):
            user.password = user.login
            self.authenticate(user.login, user.login)
            for method, args in (
                ("read", [[self.bins.id], ["name"]]),
                ("write", [[self.bins.id], {"weekday": "4"}]),
                ("_find_pickups", [[self.bins.id], "2026-01-01", "2026-12-31"]),
            ):
                with self.subTest(user.login, method=method), self.assertRaises(Exception) as no:
                    self.make_jsonrpc_request(
                        f"/web/dataset/call_kw/waste.round/{method}",
                        {"model": "waste.round", "method": method, "args": args, "kwargs": {}},
                    )
                self.assertIn("AccessError", str(no.exception))
