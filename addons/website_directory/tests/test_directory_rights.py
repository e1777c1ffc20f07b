from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.territory_base.tests.common import TerritoryCase

from ..filters import Filters
from .common import DirectoryMakers

MODELS = (
    "directory.category",
    "directory.category.hint",
    "directory.entry",
    "directory.facet",
    "directory.link",
    "directory.opening",
    "directory.photo",
)
OPERATIONS = ("read", "write", "create", "unlink")


@tagged("post_install", "-at_install")
class TestDirectoryRights(DirectoryMakers, TerritoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_directory()
        cls.sheet = cls._sheet("Essai")
        cls.visitor = cls.env.ref("base.public_user")

    def allowed(self, user):
        return {
            (model, operation)
            for model in MODELS
            for operation in OPERATIONS
            if self.env[model].with_user(user).has_access(operation)
        }

    def test_nobody_outside_reads_by_a_remote_call(self):
        plain = new_test_user(self.env, "interne.annuaire", context={})
        for user in (self.visitor, self.resident, plain):
            self.assertFalse(self.allowed(user), user.login)
            with self.assertRaises(AccessError):
                self.sheet.with_user(user).read(["name"])
            with self.assertRaises(AccessError):
                self.Entry.with_user(user).search([])

    def test_the_staff_reads_and_writes_nothing(self):
        reads = {(model, "read") for model in MODELS}
        for user in (self.agent, self.secretary, self.communication, self.dpo):
            self.assertEqual(self.allowed(user), reads, user.login)
            for values in ({"name": "x"}, {"is_online": False}, {"owner_id": False}):
                with self.assertRaises(AccessError):
                    self.sheet.with_user(user).write(values)

    def test_who_proposes_a_new_sheet(self):
        Entry, organisation = self.env["directory.entry"], self.env.company.partner_id
        newcomer = self._new_staff("secretaire.sans.mairie", "secretary")
        for user, may in (
            (self.agent, True),
            (self.secretary, bool(self.secretary._get_town_halls())),
            (newcomer, False),
            (self.resident, False),
        ):
            self.assertEqual(Entry._may_propose_new(user), may, user.login)
        for kind, may in (("association", True), ("company", True), ("household", False)):
            organisation.kind = kind
            self.assertEqual(Entry._may_propose_new(self.resident, organisation), may, kind)

    def test_the_manager_keeps_what_nobody_reads_of_a_sheet(self):
        everything = {(model, operation) for model in MODELS for operation in OPERATIONS}
        guarded = {"directory.link", "directory.opening", "directory.photo"}
        for user in (self.manager, self.technician):
            missing = everything - self.allowed(user)
            self.assertEqual(
                missing,
                {("directory.entry", "create")}
                | {(model, operation) for model in guarded for operation in OPERATIONS[1:]},
                user.login,
            )
            sheet = self.sheet.with_user(user)
            sheet.write({"slug": f"essai-{user.id}"})
            for values in ({"name": "x"}, {"is_online": False}, {"active": False}, {"phone": "1"}):
                with self.assertRaises(AccessError):
                    sheet.write(values)
            with self.assertRaises(AccessError):
                sheet.unlink()
            with self.assertRaises(AccessError):
                sheet.copy({"slug": "copie"})

    def test_what_a_search_gives_is_online_whoever_asks(self):
        Search, readers = self.env["directory.search"], (self.visitor, self.manager)
        for user in readers:
            self.assertIn(self.sheet, Search.with_user(user)._list(Filters()).entries)
        self._take_off(self.sheet)
        for user in readers:
            self.assertNotIn(self.sheet, Search.with_user(user)._list(Filters()).entries)
