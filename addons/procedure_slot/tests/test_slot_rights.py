from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NINE, NOW, SlotCommon

# Persona: what she reads of the waste service; what she writes, makes and deletes.
READS = {
    "visitor": "",
    "camille": "",
    "dominique": "",
    "agent": "calendar opening exception booking",
    "school_agent": "",
    "secretary": "",
    "communication": "",
    "dpo": "",
    "manager": "calendar opening exception booking",
    "administrator": "calendar opening exception booking",
}
WRITES = {
    "agent": "exception",
    "manager": "calendar opening exception",
    "administrator": "calendar opening exception",
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSlotRights(SlotCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls.env.ref("base.user_admin")
        cls.visitor = cls.env.ref("base.public_user")
        cls.elsewhere = cls._calendar(cls.school, name="École")
        exceptions = cls.env["procedure.slot.exception"].create(
            [{"calendar_id": each.id} for each in cls.calendar | cls.elsewhere]
        )
        with freeze_time(NOW):
            booking = cls.calendar._take(NINE, cls._submit())
        cls.records = {
            "calendar": cls.calendar,
            "opening": cls.calendar.opening_ids,
            "exception": exceptions[0],
            "booking": booking,
        }

    def _each(self):
        for persona in READS:
            for name, record in self.records.items():
                self.env.invalidate_all()
                with self.subTest(f"{persona}, {name}"):
                    yield persona, name, record.with_user(getattr(self, persona))

    def test_who_reads(self):
        for persona, name, record in self._each():
            may = name in READS[persona].split()
            self.assertEqual(record.has_access("read"), may)
            if may:
                self.assertIn(record, record.search([]))
                record.read(["display_name"])
                continue
            with self.assertRaises(AccessError):
                record.read(["display_name"])
            try:
                self.assertNotIn(record, record.search([]))
            except AccessError:
                continue

    def test_who_writes(self):
        for persona, name, record in self._each():
            may = name in WRITES.get(persona, "").split()
            for operation in ("write", "create", "unlink"):
                self.assertEqual(record.has_access(operation), may, operation)

    def test_an_agent_closes_no_day_of_another_service(self):
        with self.assertRaises(AccessError):
            self.env["procedure.slot.exception"].with_user(self.agent).create(
                {"calendar_id": self.elsewhere.id}
            )
        with self.assertRaises(AccessError):
            self.records["exception"].with_user(self.agent).calendar_id = self.elsewhere

    def test_the_secret_of_a_form_is_read_by_nobody(self):
        held = self.calendar._hold(self.calendar._find_slots()[1].start, "secret")
        for user in self.agent | self.manager | self.administrator:
            with self.assertRaises(AccessError):
                held.with_user(user).read(["holder"])
