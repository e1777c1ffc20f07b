from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import WasteCommon

OPERATIONS = ("read", "write", "create", "unlink")
# Persona -> rights on bins, moves, rules.
RIGHTS = {
    "agent": ("rwc", "r", "r"),
    "manager": ("rwcu", "r", "rwcu"),
    "secretary": ("", "", ""),
    "communication": ("", "", ""),
    "dpo": ("", "", ""),
    "resident": ("", "", ""),
    "visitor": ("", "", ""),
}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25")
class TestWasteRights(WasteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "agent": cls.agent,
            "manager": cls.manager,
            "secretary": cls._new_user("secretary"),
            "communication": cls._new_user("communication"),
            "dpo": cls._new_user("dpo"),
            "resident": cls.resident,
            "visitor": cls.env.ref("base.public_user"),
        }
        cls.request = cls._accept(cls._submit("arrival"))
        cls.move = cls.request.container_move_ids
        cls.container = cls.move.container_id

    def test_who_may_do_what(self):
        rule = self.env["waste.container.rule"].search([], limit=1)
        for persona, expected in RIGHTS.items():
            for record, rights in zip((self.container, self.move, rule), expected, strict=True):
                for operation in OPERATIONS:
                    with self.subTest(persona=persona, model=record._name, operation=operation):
                        self.assertEqual(
                            record.with_user(self.users[persona]).has_access(operation),
                            operation[0] in rights,
                        )

    def test_a_bin_is_no_key_to_the_address_of_anybody(self):
        """Whoever writes the number of a dwelling would read its name on her own bin."""
        values = {"volume": 120, "service_id": self.school.id}
        Container = self.Container.with_user(self.school_agent)
        with self.assertRaises(AccessError):
            Container.create({**values, "dwelling_id": self.container.dwelling_id.id})
        mine = Container.create(values)
        for field in ("dwelling_id", "request_id"):
            with self.assertRaises(AccessError):
                mine.write({field: self.container[field].id})
        self.Container.with_user(self.agent).create(
            {**values, "service_id": self.waste.id, "dwelling_id": self.container.dwelling_id.id}
        )

    def test_an_agent_of_another_service_sees_no_bin(self):
        self.assertFalse(self.container.with_user(self.school_agent).has_access("read"))
        self.assertFalse(self.move.with_user(self.school_agent).has_access("read"))
        self.assertFalse(self.Container.with_user(self.school_agent).search([]))
        self.assertFalse(self.Container.with_user(self.school_agent).name_search("B"))
        with self.assertRaisesKeeping(AccessError):
            self.move.with_user(self.school_agent).action_done()
        with self.assertRaisesKeeping(AccessError):
            self.move.with_user(self.school_agent)._plan("2026-11-27")
        self.assertEqual(self.move.state, "todo")

    def test_an_agent_adds_bins_to_her_own_service_only(self):
        with self.assertRaises(AccessError):
            self.Container.with_user(self.agent).create(
                {"volume": 120, "service_id": self.school.id}
            )

    def test_a_stop_of_the_round_changes_by_its_buttons_only(self):
        for vals in ({"state": "done"}, {"date_planned": "2026-11-27"}, {"dwelling_id": 1}):
            with self.assertRaises(AccessError):
                self.move.with_user(self.agent).write(vals)

    def test_secretary_and_others_press_no_button(self):
        for persona in ("secretary", "communication", "dpo", "resident", "visitor"):
            with self.subTest(persona=persona):
                user = self.users[persona]
                with self.assertRaisesKeeping(AccessError):
                    self.move.with_user(user).action_done()
                with self.assertRaisesKeeping(AccessError):
                    self.container.with_user(user).action_restock()
                for wizard in ("waste.container.sheet", "waste.container.plan"):
                    with self.assertRaisesKeeping(AccessError):
                        self.env[wizard].with_user(user).create({"date": "2026-11-27"})
        self.assertEqual(self.move.state, "todo")

    def test_the_agent_chooses_bin_and_volume_and_nothing_else_of_a_request(self):
        request = self._submit("arrival", user=self.neighbour).with_user(self.agent)
        request.write({"container_volume": 240, "no_container_back": True})
        for vals in (
            {"state": "accepted"},
            {"waste_request": "broken"},
            {"container_live_key": False},
            {"new_dwelling_id": self.request.dwelling_id.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                request.write(vals)

    def test_the_applicant_sees_neither_the_alert_nor_the_follow_up(self):
        request = self.request.with_user(self.resident)
        for name in ("dwelling_alert", "dwelling_move_ids", "container_volume", "container_id"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                request.read([name])
        self.assertEqual(request.read(["waste_request"])[0]["waste_request"], "arrival")

    def test_waste_reads_the_dwelling_and_never_the_members_of_the_household(self):
        membership = self.household.sudo().member_ids
        stranger = self.neighbour.partner_id
        self.assertTrue(self.request.dwelling_id.with_user(self.agent).has_access("read"))
        self.assertTrue(membership)
        self.assertFalse(membership.with_user(self.agent).has_access("read"))
        self.assertFalse(
            self.request.dwelling_id.occupancy_ids.with_user(self.agent).has_access("read")
        )
        self.assertFalse(stranger.with_user(self.agent).has_access("read"))

    def test_a_sheet_is_read_by_who_made_it(self):
        self.move.with_user(self.agent)._plan("2026-11-27")
        sheet = (
            self.env["waste.container.sheet"].with_user(self.agent).create({"date": "2026-11-27"})
        )
        sheet.action_export()
        for user in (self.colleague, self.school_agent):
            with self.assertRaises(AccessError):
                sheet.with_user(user).read(["file"])


@tagged("post_install", "-at_install")
class TestWasteRightsRpc(WasteCommon, HttpCase):
    """The same refusals through the door of the web client."""

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def setUp(self):
        super().setUp()
        self.request = self._accept(self._submit("arrival"))
        self.move = self.request.container_move_ids

    def test_agent_of_another_service(self):
        self.school_agent.password = "waste_school_agent"
        self.authenticate("waste_school_agent", "waste_school_agent")
        self.assertEqual(self._call("waste.container", "search_read", []), [])
        for model, method, args in (
            ("waste.container", "read", [[self.move.container_id.id], ["number"]]),
            ("waste.container.move", "action_done", [[self.move.id]]),
            ("procedure.request", "write", [[self.request.id], {"container_volume": 660}]),
        ):
            with self.subTest(method=method), self.assertRaisesKeeping(Exception) as refused:
                self._call(model, method, *args)
            self.assertIn("AccessError", str(refused.exception))
        self.assertEqual(self.move.state, "todo")

    def test_private_methods_are_not_called_from_outside(self):
        self.authenticate("waste_agent", "waste_agent")
        for model, method, args in (
            ("waste.container.move", "_finish", [[self.move.id], "2026-11-25"]),
            ("waste.container.move", "_cancel", [[self.move.id]]),
            ("waste.container", "_reserve", [1, 120]),
            ("procedure.request", "_order_container", [[self.request.id]]),
        ):
            with self.subTest(method=method), self.assertRaises(Exception) as refused:
                self._call(model, method, *args)
            self.assertIn("AccessError", str(refused.exception))

    def test_a_sheet_is_downloaded_by_who_made_it(self):
        self.move.with_user(self.agent)._plan("2026-11-27")
        sheet = (
            self.env["waste.container.sheet"].with_user(self.agent).create({"date": "2026-11-27"})
        )
        url = sheet.action_export()["url"]
        self.authenticate("waste_colleague", "waste_colleague")
        self.assertNotEqual(self.url_open(url).status_code, 200)
        self.authenticate("waste_agent", "waste_agent")
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.content.startswith(b"PK"))
