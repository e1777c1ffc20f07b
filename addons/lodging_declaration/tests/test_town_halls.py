from odoo import Command
from odoo.tests import tagged

from .common import FURNISHED, NUMBER, OTHER, ROOMS, TEMPLATES, LodgingCase

ANSWERS = {"furnished": FURNISHED, "rooms": ROOMS, "national": NUMBER, "other": OTHER}


@tagged("post_install", "-at_install", "-standard", "sweep_procedures")
class TestTownHalls(LodgingCase):
    """Four procedures, 47 town halls that answer for their own lodgings."""

    procedures = tuple(TEMPLATES)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.communes = cls.env["territory.commune"].create(
            [
                {"name": f"Commune {rank}", "insee_code": f"980{rank:02}", "zip": "98000"}
                for rank in range(1, 48)
            ]
        )
        cls.halls = cls.env["territory.service"].create(
            [
                {
                    "name": f"Mairie de {commune.name}",
                    "code": f"hall_{commune.insee_code}",
                    "kind": "town_hall",
                    "commune_ids": commune.ids,
                    "user_ids": [
                        Command.set(cls._new_staff(f"s{commune.insee_code}", "secretary").ids)
                    ],
                }
                for commune in cls.communes
            ]
        )

    def _each_procedure(self):
        """One of the two forms of a furnished lodging is open, then the other one."""
        for name in TEMPLATES:
            if name == "national":
                self._set_mode("national")
            yield name

    def _declare_at(self, name, commune):
        """Each at an address of its own: several live side by side."""
        typed = {
            "lodging_address.street": f"{1 + [*TEMPLATES].index(name)} rue du Four",
            "lodging_address.commune": commune.insee_code,
        }
        if name == "national":
            typed["lodging_number"] = f"{commune.insee_code} 123456 AB"
        return self._declare(getattr(self, name), answers=ANSWERS[name], **typed)

    def test_each_of_47_town_halls_receives_its_own_of_each_procedure(self):
        nexts = self.halls[1:] | self.halls[:1]
        for rank, name in enumerate(self._each_procedure(), 1):
            for commune, hall, other in zip(self.communes, self.halls, [*nexts], strict=True):
                with self.subTest(name, commune=commune.insee_code):
                    request = self._declare_at(name, commune)
                    lodging = request.lodging_ids
                    self.assertEqual((request.service_id, lodging.service_id), (hall, hall))
                    self.assertEqual(lodging.state, "live")
                    start = f"H{commune.insee_code}-2026-00{rank}"
                    self.assertTrue(lodging.number.startswith(start), lodging.number)
                    for record in (request, lodging):
                        self.assertReads(hall.user_ids, record)
                        self.assertReadsNot(other.user_ids, record)
        live = self.declarations.search([("state", "=", "live")])
        self.assertEqual(len(live), 4 * 47)
        # All that each of them finds is hers.
        for hall in self.halls:
            mine = self.declarations.with_user(hall.user_ids).search([])
            self.assertEqual(mine.sudo().mapped("commune_id"), hall.commune_ids)
            self.assertEqual(len(mine), 4)

    def test_one_switch_and_the_intercommunality_answers_for_them_all(self):
        for name in self._each_procedure():
            getattr(self, name).is_communal = False
            with self.subTest(name):
                request = self._declare_at(name, self.communes[0])
                self.assertEqual(request.service_id, self.service)
