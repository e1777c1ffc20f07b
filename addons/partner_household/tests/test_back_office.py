from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import HouseholdCase

ACTIONS = (
    "res_partner_action",
    "parental_authority_action",
    "partner_delegate_action",
    "territory_dwelling_action",
    "household_change_action",
)


@tagged("post_install", "-at_install")
class TestBackOffice(HouseholdCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.camille.partner_id.with_user(cls.camille)._ask_delegation(
            {"kind": "association", "name": "Foyer rural", "rna": "W551000001"}
        )
        cls.env["household.change"].with_user(cls.camille)._propose(
            cls.household.with_user(cls.camille),
            cls.camille.partner_id.with_user(cls.camille),
            {"persons": {cls.child.id: {"birthplace": "Verdun"}}},
        )

    def _open(self, user, action):
        """What the web client reads to show the list then each form of an action."""
        action = self.env["ir.actions.act_window"]._for_xml_id(f"partner_household.{action}")
        Model = self.env[action["res_model"]].with_user(user)
        views = Model.get_views(
            [(view, mode) for view, mode in action["views"] if mode != "kanban"]
        )
        records = Model.search([])
        for view in views["views"].values():
            arch = etree.fromstring(view["arch"])
            names = {
                node.get("name"): {}
                for node in arch.iter("field")
                if not node.xpath("ancestor::field") and node.get("name") in Model._fields
            }
            records.web_read(names)
        return records

    def test_the_manager_opens_every_list_and_form(self):
        for action in ACTIONS:
            with self.subTest(action=action):
                self.assertTrue(self._open(self.manager, action))

    def test_an_agent_opens_them_on_what_she_may_read(self):
        self._open_file_to(self.other_service)
        for action in ACTIONS:
            with self.subTest(action=action):
                self.assertTrue(self._open(self.family_agent, action))
        self.assertEqual(
            self._open(self.agent, "territory_dwelling_action"),
            self.env["territory.dwelling"].search([]),
        )
        for action in ("parental_authority_action", "household_change_action"):
            self.assertFalse(self._open(self.agent, action))

    def test_who_sees_no_person_sees_no_menu(self):
        menus = self.env["ir.ui.menu"]
        people = self.env.ref("partner_household.household_menu_people")
        for user in self.communication | self.dpo:
            self.assertNotIn(people.id, menus.with_user(user)._visible_menu_ids())
            with self.assertRaises(AccessError):
                self._open(user, "parental_authority_action")
        for user in self.agent | self.manager:
            self.assertIn(people.id, menus.with_user(user)._visible_menu_ids())

    def test_persons_are_found_by_name_birth_date_and_commune(self):
        Partner = self.env["res.partner"].with_user(self.manager)
        persons = [("kind", "=", "person")]
        self.assertIn(self.child, Partner.search([*persons, ("display_name", "ilike", "lou")]))
        self.assertIn(self.child, Partner.search([*persons, ("birthdate", "=", "2017-03-02")]))
        path = "membership_ids.household_id.occupancy_ids.dwelling_id.commune_id"
        found = Partner.search([*persons, (path, "ilike", "Valmont")])
        self.assertEqual(found, (self.camille.partner_id | self.child).sorted("complete_name"))

    def test_lists_cost_the_same_for_few_and_for_many(self):
        def cost(model, names):
            Model = self.env[model].with_user(self.manager)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = Model.web_search_read([], dict.fromkeys(names, {}), limit=200)
            return self.env.cr.sql_log_count - before, len(found["records"])

        lists = {
            "res.partner": ["display_name", "kind", "birthdate", "phone"],
            "territory.dwelling": ["street", "commune_id", "kind", "person_count"],
            "parental.authority": ["child_id", "holder_id", "state"],
        }
        few = {model: cost(model, names) for model, names in lists.items()}
        for number in range(30):
            self._declare_as(
                self.sacha,
                f"Ana{'abcdefghij'[number % 10]}{'xyz'[number // 10]}",
                "Bertin",
                "2019-01-01",
            )
            self.env["territory.dwelling"]._find_or_create(
                f"{number} rue Neuve", False, self.commune
            )
        for model, names in lists.items():
            queries, rows = cost(model, names)
            with self.subTest(model=model):
                self.assertGreaterEqual(rows, few[model][1] + 30)
                self.assertLessEqual(queries, few[model][0])
