from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import NINE, SIX, RoomCase, room_vals

STAFF = ("secretary", "hall_agent", "manager", "technician")
NOBODY = ("neighbour", "agent", "communication", "dpo", "camille", "stranger", "visitor")


@tagged("post_install", "-at_install")
class TestRoomRights(RoomCase):
    """A town hall has its own rooms and bookings; nobody else reads who took a room."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visitor = cls.env.ref("base.public_user")
        cls.neighbour = cls._new_staff("secretaire.clairval", "secretary")
        cls.hall_agent = cls._new_staff("agent.valmont", "agent")
        cls.town_hall.user_ids += cls.hall_agent
        cls.other_hall = cls.env["territory.service"].create(
            {
                "name": "Mairie de Clairval",
                "code": "test_clairval",
                "kind": "town_hall",
                "commune_ids": cls.other_commune.ids,
                "user_ids": cls.neighbour.ids,
            }
        )
        cls.booking = cls._ask().room_booking_ids

    def test_who_reads(self):
        for name in STAFF + NOBODY:
            for record in (self.room, self.booking):
                self.env.invalidate_all()
                user = getattr(self, name)
                with self.subTest(name, record=record._name):
                    self.assertEqual(record.with_user(user).has_access("read"), name in STAFF)

    def test_rpc_finds_nothing_of_another_town_hall(self):
        for model in ("room.room", "room.booking"):
            self.assertFalse(self.env[model].with_user(self.neighbour).search([]))
        for act in ("action_sign", "action_hand_over", "action_keep", "action_cancel_own"):
            with self.subTest(act), self.assertRaises(AccessError):
                getattr(self.booking.with_user(self.neighbour), act)()

    def test_a_step_is_done_by_the_hall_of_the_room_whatever_a_rule_lets_write(self):
        """Another service has the request, and a rule that somebody has widened."""
        self.env.ref("room_booking.room_booking_rule_service").domain_force = "[(1, '=', 1)]"
        self.booking.sudo().state = "complete"
        self.patch(type(self.booking.request_id), "_check_actor", lambda *args, **kwargs: None)
        with self.assertRaisesRegex(AccessError, "town hall of this room"):
            self.booking.with_user(self.neighbour)._advance("sign")
        self.assertEqual(self.booking.state, "complete")
        self.booking.with_user(self.secretary)._advance("sign")
        self.assertEqual(self.booking.state, "signed")

    def test_room_is_not_given_to_another_town_hall_nor_booked_there(self):
        vals = {"service_id": self.other_hall.id, "commune_id": self.other_commune.id}
        with self.assertRaises(AccessError):
            self.room.with_user(self.secretary).write({**vals, "procedure_id": False})
        with self.assertRaises(AccessError):
            self.env["room.booking"].with_user(self.neighbour).create(
                {"room_id": self.room.id, "start": NINE, "stop": SIX, "title": "Chez eux"}
            )
        theirs = (
            self.env["room.room"]
            .with_user(self.neighbour)
            .create(room_vals(self.other_hall, self.other_commune, name="Salle de Clairval"))
        )
        own = (
            self.env["room.booking"]
            .with_user(self.neighbour)
            .create({"room_id": theirs.id, "start": NINE, "stop": SIX})
        )
        with self.assertRaises(AccessError):
            own.room_id = self.room

    def test_room_is_of_the_own_town_hall_of_its_commune(self):
        """Not of a service that names no commune, nor of a hall that covers it for its school."""
        place = self.env["territory.service"].create({"name": "Loisirs", "code": "test_leisure"})
        (self.town_hall + place).write({"user_ids": [Command.link(self.hall_agent.id)]})
        self.town_hall.commune_ids += self.other_commune
        self.other_hall.code = self.other_commune._get_town_hall_code()
        Room = self.env["room.room"]
        for user, service in (
            (self.hall_agent, place),
            (self.hall_agent, self.town_hall),
            (self.manager, self.town_hall),
        ):
            with self.subTest(user.login, of=service.name), self.assertRaises(ValidationError):
                Room.with_user(user).create(room_vals(service, self.other_commune))
        Room.with_user(self.manager).create(room_vals(place, self.other_commune))
        Room.with_user(self.hall_agent).create(room_vals(self.town_hall, self.commune))

    def test_plan_of_the_month_holds_her_own_rooms_only(self):
        plan = self.env["room.plan"].with_user(self.secretary).create({"month": "2026-12-05"})
        report = self.env["report.room_booking.plan"]
        values = report.with_user(self.secretary)._get_report_values(plan.ids)
        self.assertEqual(values["rooms"][0][1][0]["who"], "Camille Duchêne")
        for user in (self.neighbour, self.camille):
            with self.subTest(user.login), self.assertRaises(AccessError):
                report.with_user(user)._get_report_values(plan.ids)
        with self.assertRaises(AccessError):
            self.env["room.plan"].with_user(self.neighbour).create(
                {"month": "2026-12-05", "room_ids": [Command.set(self.room.ids)]}
            )
