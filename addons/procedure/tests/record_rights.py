"""Each persona x each record x each way in, for the records of one addon."""

from odoo.exceptions import AccessError, UserError

from .common import ProcedureCommon


class RecordRights(ProcedureCommon):
    """A class of tests says what is read, and what is tried by hand: nobody may."""

    reads = {}
    by_hand = {}
    # Made by its `setUpClass`: a request, and its records by name.
    request = None
    records = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls.env.ref("base.user_admin")
        cls.visitor = cls.env.ref("base.public_user")

    def _each(self):
        for persona in self.reads:
            for name, record in self.records.items():
                user = getattr(self, persona)
                self.env.invalidate_all()
                with self.subTest(f"{persona}, {name}"):
                    yield persona, name, record.with_user(user)

    def test_read(self):
        for persona, name, record in self._each():
            may = name in self.reads[persona].split()
            self.assertEqual(record.has_access("read"), may)
            Model = record.with_context(active_test=False)
            if may:
                self.assertIn(record, Model.search([]))
                record.read(["display_name"])
                continue
            with self.assertRaises(AccessError):
                record.read(["display_name"])
            with self.assertRaises(UserError):
                record.export_data(["id", "display_name"])
            for attempt in (
                lambda model=Model: model.search([]),
                lambda model=Model: model.browse(
                    [row[0] for row in model.name_search(self.request.number)]
                ),
            ):
                try:
                    self.assertNotIn(record, attempt())
                except AccessError:
                    continue
            try:
                self.assertFalse(
                    Model._read_group([("id", "in", record.ids)], [], ["__count"])[0][0]
                )
            except AccessError:
                continue

    def test_nobody_writes_creates_or_deletes_by_hand(self):
        for _persona, name, record in self._each():
            with self.assertRaises(AccessError):
                record.write(self.by_hand[name])
            with self.assertRaises(AccessError):
                record.unlink()
            with self.assertRaises(AccessError):
                record.create({"request_id": self.request.id, **self.by_hand[name]})
