from odoo import Command
from odoo.tests import tagged

from odoo.addons.room_booking.tests.common import RoomCase
from odoo.addons.website_parts.tests.common import PageCase

CONTRADICTION = "prend cette demande en ligne. Appelez"


@tagged("post_install", "-at_install")
class TestRoomInCommunes(RoomCase, PageCase):
    """Rooms whose procedure two town halls take online."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = cls.commune | cls.other_commune
        hall = cls.town_hall.copy({"code": "hall2", "commune_ids": cls.other_commune.ids})
        cls._as_data(cls.town_hall | hall).phone = "03 29 00 00 00"
        cls.procedure.write(
            {
                "is_communal": True,
                "is_opened_by_communes": True,
                "service_id": False,
                "commune_ids": [Command.set(both.ids)],
            }
        )
        cls.procedure._make_commune_rows(both)
        cls.procedure.commune_row_ids.write({"mode": "online"})
        cls.path = f"/demarches/{cls.procedure.slug}"

    def _read(self, path):
        page = self.get(path)
        return page, " ".join(page.tree.xpath("string(//main)").split())

    def test_a_room_for_everybody_is_asked_at_once(self):
        """No commune was among those that may, since all may: each was told to call."""
        self.room.open_to = "all"
        for user in (None, self.camille, self.sacha):
            self.sign_in(user) if user else self.authenticate(None, None)
            page, words = self._read(self.path)
            self.assertNotIn(CONTRADICTION, words)
            self.assertTrue(page.tree.xpath(f"//main//a[@href='{self.path}/formulaire']"))
        page, words = self._read(f"{self.path}/commune/{self.commune.slug}")
        self.assertTrue(page.tree.xpath("//main//a[contains(@href, '/formulaire?commune=')]"))

    def test_a_commune_that_takes_it_online_and_has_no_room_reads_whom_the_rooms_are_for(self):
        self.sign_in(self.sacha)
        _page, words = self._read(self.path)
        self.assertNotIn(CONTRADICTION, words)
        self.assertIn("pour les habitants de Valmont seulement", words)

    def test_nobody_reads_what_is_not_validated(self):
        """What is still to be decided is the affair of the staff."""
        _page, words = self._read(self.path)
        self.assertIn("une salle se loue par contrat", words)
        for internal in ("validé", "L2144-3"):
            self.assertNotIn(internal, words)
        self.procedure.with_user(self.manager).action_validate_regime()
        _page, words = self._read(self.path)
        self.assertIn("L2144-3", words, "what is validated is read")
