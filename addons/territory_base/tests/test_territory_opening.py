from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TerritoryCase


@tagged("post_install", "-at_install")
class TestTerritoryOpening(TerritoryCase):
    def _open(self, *openings, service=None):
        (service or self.service).opening_ids = [Command.create(each) for each in openings]
        return (service or self.service).with_context(lang="fr_FR").opening_hours

    def _day(self, weekday, hour_from, hour_to, **values):
        return {"weekday": str(weekday), "hour_from": hour_from, "hour_to": hour_to, **values}

    def test_days_with_the_same_hours_are_told_together(self):
        week = [self._day(day, *hours) for day in range(5) for hours in ((9, 12), (14, 17))]
        self.assertEqual(
            self._open(*week), "Du lundi au vendredi\xa0: 9\xa0h – 12\xa0h et 14\xa0h – 17\xa0h"
        )

    def test_what_changes_is_told_at_once(self):
        """They are kept in memory: almost every page tells them."""
        self._open(self._day(0, 9, 12))
        monday = self.service.opening_ids

        def change(how, *args):
            how(*args)
            self.env.invalidate_all()
            return self.service.with_context(lang="fr_FR").opening_hours

        self.assertEqual(change(monday.write, {"hour_to": 11}), "Lundi\xa0: 9\xa0h – 11\xa0h")
        note = change(self.service.write, {"opening_note": "Sonnez."})
        self.assertEqual(note, "Lundi\xa0: 9\xa0h – 11\xa0h\nSonnez.")
        self.assertEqual(change(monday.unlink), "Sonnez.")
        self.assertIn("Mardi", change(self._open, self._day(1, 9, 12)))

    def test_each_other_day_has_its_line(self):
        said = self._open(
            self._day(1, 16, 19),
            self._day(3, 9, 12.5),
            self._day(4, 9, 12.5, note="sur rendez-vous"),
        )
        self.assertEqual(
            said.splitlines(),
            [
                "Mardi\xa0: 16\xa0h – 19\xa0h",
                "Jeudi\xa0: 9\xa0h – 12\xa0h\xa030",
                "Vendredi\xa0: 9\xa0h – 12\xa0h\xa030 (sur rendez-vous)",
            ],
        )
        self.assertEqual(
            self._open(self._day(5, 9, 12), self._day(6, 9, 12), service=self.other_service),
            "Samedi et dimanche\xa0: 9\xa0h – 12\xa0h",
        )

    @freeze_time("2026-12-01")
    def test_an_exception_is_told_before_it_comes_and_no_longer_after(self):
        self.service.opening_note = "Sonnez à la porte du jardin."
        said = self._open(
            {"date_start": "2026-12-24", "date_end": "2026-12-31", "note": "congés"},
            {"date_start": "2026-12-05", "hour_from": 9, "hour_to": 11},
            {"date_start": "2026-11-30", "note": "passé"},
            {"date_start": "2027-06-01", "note": "trop loin"},
        )
        self.assertEqual(
            said.splitlines(),
            [
                "Le 05/12/2026\xa0: 9\xa0h – 11\xa0h",
                "Fermé du 24/12/2026 au 31/12/2026 (congés)",
                "Sonnez à la porte du jardin.",
            ],
        )

    @mute_logger("odoo.sql_db")
    def test_hours_that_make_no_sense_are_refused(self):
        for values in (
            {"hour_from": 9, "hour_to": 12},
            self._day(0, 9, 12, date_start="2026-12-01"),
            self._day(0, 12, 9),
            self._day(0, 9, 9),
            self._day(0, 9, 25),
            {"date_start": "2026-12-05", "date_end": "2026-12-04"},
        ):
            with self.subTest(values), self.assertRaises(IntegrityError):
                self._open(values)

    def test_everybody_reads_them(self):
        self._open(self._day(0, 9, 12))
        visitor = self.env.ref("base.public_user")
        staff = self.agent | self.secretary | self.communication | self.dpo | self.manager
        for user in visitor | self.resident | staff | self.technician:
            service = self.service.with_user(user)
            self.assertEqual(service.opening_ids.hour_from, 9, user.login)
            self.assertIn("12", service.opening_hours, user.login)

    def test_the_manager_and_the_administrator_write_them_nobody_else(self):
        self._open(self._day(0, 9, 12))
        opening = self.service.opening_ids
        values = {**self._day(1, 9, 12), "service_id": self.service.id}
        for user in self.manager | self.technician:
            hers = opening.with_user(user)
            hers.note = "sur rendez-vous"
            hers.create(values).unlink()
        visitor = self.env.ref("base.public_user")
        for user in (
            visitor | self.resident | self.agent | self.secretary | self.communication | self.dpo
        ):
            hers = opening.with_user(user)
            for refused in (
                lambda hers=hers: hers.write({"note": "x"}),
                lambda hers=hers: hers.create(values),
                lambda hers=hers: hers.unlink(),
                lambda user=user: self.service.with_user(user).write({"opening_note": "x"}),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    refused()

    def test_a_commune_shows_the_details_of_its_town_hall(self):
        self._open(self._day(1, 16, 19), service=self.town_hall)
        self.town_hall.write({"street": "1 place Haute", "phone": "03 00 00 00 09"})
        commune = self.commune.with_user(self.env.ref("base.public_user"))
        self.assertEqual((commune.street, commune.phone), ("1 place Haute", "03 00 00 00 09"))
        self.assertIn("16", commune.opening_hours)
        self.assertFalse(self.other_commune.phone)
        own = self.town_hall.copy({"code": "mairie-99001", "phone": "03 00 00 00 08"})
        self.assertEqual(self.commune.town_hall_id, own, "the one that bears its code")
        own.active = False
        self.assertEqual(self.commune.town_hall_id, self.town_hall)
