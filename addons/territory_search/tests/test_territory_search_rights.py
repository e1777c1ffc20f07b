from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.territory_base.tests.common import TerritoryCase

LISTS = ("territory.search.synonym", "territory.search.elsewhere")


@tagged("post_install", "-at_install")
class TestTerritorySearchRights(TerritoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visitor = cls.env.ref("base.public_user")
        cls.plain_user = new_test_user(cls.env, "interne.test", context={})

    def test_communication_manager_and_administrator_keep_the_lists(self):
        for user in (self.communication, self.manager, self.technician):
            for model in LISTS:
                for operation in ("read", "write", "create", "unlink"):
                    self.assertTrue(self.env[model].with_user(user).has_access(operation))

    def test_nobody_else_reads_the_lists(self):
        for user in (
            self.visitor,
            self.resident,
            self.plain_user,
            self.agent,
            self.secretary,
            self.dpo,
        ):
            for model in LISTS:
                for operation in ("read", "write", "create", "unlink"):
                    self.assertFalse(self.env[model].with_user(user).has_access(operation))

    def test_the_words_of_a_page_are_corrected_and_its_row_stays(self):
        Page = self.env["territory.search.page"]
        for user in (self.communication, self.manager, self.technician):
            self.assertTrue(Page.with_user(user).has_access("write"))
            for operation in ("create", "unlink"):
                may = Page.with_user(user).has_access(operation)
                self.assertEqual(may, user == self.technician)
        page = Page.create({"name": "Essai", "url": "/zyxwelle", "summary": "Un essai."})
        with self.assertRaises(AccessError):
            page.with_user(self.resident).read(["words"])

    def test_searches_without_result_are_read_and_deleted_never_written(self):
        Miss = self.env["territory.search.miss"]
        for user in (self.communication, self.manager, self.dpo, self.technician):
            self.assertTrue(Miss.with_user(user).has_access("read"))
            self.assertTrue(Miss.with_user(user).has_access("unlink"))
            self.assertFalse(Miss.with_user(user).has_access("write"))
            self.assertFalse(Miss.with_user(user).has_access("create"))
        for user in (self.visitor, self.resident, self.plain_user, self.agent, self.secretary):
            self.assertFalse(Miss.with_user(user).has_access("read"))

    def test_the_digest_is_nobody_s(self):
        Miss = self.env["territory.search.miss"]
        Miss._keep("tondeuse")
        with self.assertRaises(AccessError):
            Miss.search([]).with_user(self.manager).read(["digest"])
        self.assertNotIn("digest", Miss.with_user(self.manager).fields_get())

    def test_who_may_only_read_the_misses_teaches_nothing(self):
        synonym = self.env["territory.search.synonym"].create(
            {"name": "gazouillis", "meaning": "oiseau"}
        )
        Miss = self.env["territory.search.miss"]
        miss = Miss.create({"digest": "x", "words": "gazouilleur"})
        self.assertEqual(miss.synonym_id, synonym)
        with self.assertRaises(AccessError):
            miss.with_user(self.dpo).action_join_synonym()
        miss.with_user(self.communication).action_join_synonym()
        self.assertEqual(synonym.name, "gazouillis, gazouilleur")

    def test_any_visitor_searches(self):
        Search = self.env["territory.search"].with_user(self.visitor)
        self.env["territory.search.elsewhere"].create(
            {"name": "Essai", "words": "zyxwelle", "answer": "Ailleurs."}
        )
        self.assertEqual(Search._find("zyxwelle", []).elsewhere.name, "Essai")
