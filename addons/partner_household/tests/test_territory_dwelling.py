from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..tools import address_key
from .common import HouseholdCase


@tagged("post_install", "-at_install")
class TestTerritoryDwelling(HouseholdCase):
    def test_one_address_written_in_many_ways_is_one_dwelling(self):
        find = self.env["territory.dwelling"]._find_or_create
        for street in ("8, rue du Lavoir", "8 R. DU LAVOIR", "8  r du lavoir", "8 Rue du lavoîr"):
            self.assertEqual(find(street, None, self.commune), self.dwelling, street)
        for street, street2, commune in (
            ("8 bis rue du Lavoir", None, self.commune),
            ("8 rue du Lavoir", "Appt 2", self.commune),
            ("8 rue du Lavoir", None, self.other_commune),
        ):
            self.assertNotEqual(find(street, street2, commune), self.dwelling)
        self.assertEqual(
            find("8 rue du Lavoir", "appartement 2", self.commune),
            find("8 rue du Lavoir", "Appt. 2", self.commune),
        )

    def test_keys(self):
        for one, other in (
            ("12bis bd St-Michel", "12 bis boulevard Saint Michel"),
            ("3 av. du Gal Leclerc", "3 avenue du Général Leclerc"),
            ("1 pl. de l'Église", "1 PLACE DE L EGLISE"),
            ("5 imp. des Œillets", "5 impasse des oeillets"),
            ("Lieu-dit La Ferme", "lieu dit la ferme"),
        ):
            self.assertEqual(address_key(one), address_key(other))
        self.assertNotEqual(address_key("1 rue Haute"), address_key("11 rue Haute"))

    def test_a_waste_agent_reads_the_dwelling_and_how_many_not_who(self):
        self.env.invalidate_all()
        dwelling = self.dwelling.with_user(self.agent)
        self.assertEqual((dwelling.street, dwelling.person_count), ("8 rue du Lavoir", 2))
        self.assertFalse(dwelling.occupancy_ids, "nor through the cache that the count left")
        self.assertReadsNot(self.agent, self.household)
        for user in self.communication | self.dpo:
            self.assertFalse(dwelling.with_user(user).has_access("read"))
        for user in self.secretary | self.family_agent | self.stranger:
            self.assertReadsNot(user, self.dwelling)

    def test_a_waste_agent_reads_the_communes_that_her_service_covers(self):
        self.service.commune_ids = self.other_commune
        self.assertReadsNot(self.agent, self.dwelling)
        self.assertReads(self.agent, self.sacha_dwelling)
        self.service.reads_dwelling = False
        self.assertReadsNot(self.agent, self.sacha_dwelling)

    def test_a_service_of_the_family_reads_the_dwelling_of_its_households(self):
        self._open_file_to(self.other_service)
        self.assertReads(self.family_agent, self.dwelling)
        self.assertReads(self.family_agent, self.dwelling.occupancy_ids)
        self.assertReadsNot(self.family_agent, self.sacha_dwelling)

    def test_a_resident_reads_where_she_lives(self):
        self.assertReads(self.camille, self.dwelling)
        self.assertReadsNot(self.camille, self.sacha_dwelling)
        me = self.camille.partner_id.with_user(self.camille)
        self.assertEqual(me._current_dwelling(), self.dwelling)

    def test_moving_ends_the_former_occupancy(self):
        self.household._occupy(self.sacha_dwelling, day=self.dwelling.occupancy_ids.date_start)
        self.assertEqual(self.camille.partner_id._current_dwelling(), self.sacha_dwelling)
        self.assertEqual(str(self.dwelling.occupancy_ids.date_end), "2026-11-25")

    def test_an_arrival_where_somebody_lives_is_seen(self):
        mine = self.dwelling.occupancy_ids
        other = self.env["dwelling.occupancy"].create(
            {
                "dwelling_id": self.dwelling.id,
                "occupant_id": self.sacha_household.id,
                "date_start": "2026-12-01",
            }
        )
        self.assertEqual(other._concurrent_occupancies(), mine)
        self.assertEqual(mine._concurrent_occupancies(), other)
        mine.date_end = "2026-11-30"
        self.assertFalse(other._concurrent_occupancies())
        self.assertFalse(mine._concurrent_occupancies())

    def test_only_the_manager_writes_dwellings(self):
        self.dwelling.with_user(self.manager).kind = "secondary"
        for user in self.agent | self.secretary | self.camille:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.dwelling.with_user(user).kind = "main"
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.dwelling.with_user(user).create(
                    {"street": "1 rue Neuve", "commune_id": self.commune.id}
                )
