from datetime import datetime

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
        service = self._as_data(service or self.service)
        service.opening_ids = [Command.create(each) for each in openings]
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
            {"date_start": "2026-12-28", "date_end": "2027-01-01", "note": "fêtes"},
            {"date_start": "2026-11-30", "note": "passé"},
            {"date_start": "2027-06-01", "note": "trop loin"},
        )
        self.assertEqual(
            said.splitlines(),
            [
                "Le 5 décembre\xa0: 9\xa0h – 11\xa0h",
                "Fermé du 24 au 31 décembre (congés)",
                "Fermé du 28 décembre au 1er janvier (fêtes)",
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

    def _state(self, now, service=None):
        """At that moment, by the clock of the territory in November (one hour ahead of UTC)."""
        service = (service or self.service).with_context(lang="fr_FR")
        return service._get_opening_state(datetime.fromisoformat(now))

    def _said(self, *args, **kwargs):
        return self._state(*args, **kwargs).sentence.replace("\xa0", " ")

    def test_it_is_told_whether_the_town_hall_is_open_and_what_comes_next(self):
        self._open(
            self._day(0, 14, 18),
            *(self._day(3, *hours) for hours in ((9, 13), (14, 16.5))),
            self._day(4, 16, 19),
            {"date_start": "2026-12-04", "date_end": "2026-12-27", "note": "congés"},
            {"date_start": "2026-12-10", "hour_from": 10, "hour_to": 11},
            service=self.town_hall,
        )
        for now, said in (
            ("2026-11-26 07:59", "Fermée, ouvre à 9 h"),
            ("2026-11-26 08:00", "Ouverte, ferme à 13 h"),
            ("2026-11-26 11:29", "Ouverte, ferme à 13 h"),
            ("2026-11-26 11:30", "Ouverte, ferme bientôt, à 13 h"),
            ("2026-11-26 12:00", "Fermée, ouvre à 14 h"),
            ("2026-11-26 14:00", "Ouverte, ferme à 16 h 30"),
            ("2026-11-26 15:30", "Fermée, ouvre vendredi à 16 h"),
            # The night is still Thursday in Greenwich.
            ("2026-11-26 23:30", "Fermée, ouvre à 16 h"),
            ("2026-12-04 15:30", "Fermée, ouvre jeudi à 10 h"),
            ("2026-12-10 09:00", "Ouverte, ferme à 11 h"),
            ("2026-12-10 10:00", "Fermée jusqu’au 28 à 14 h"),
        ):
            self.assertEqual(self._said(now, service=self.town_hall), said, now)

    def test_another_month_is_named(self):
        self._open(self._day(4, 9, 12), {"date_start": "2026-12-24", "date_end": "2026-12-31"})
        self.assertEqual(self._said("2026-12-24 09:00"), "Fermé jusqu’au 1er janvier à 9 h")

    def test_hours_that_go_through_midnight(self):
        self._open(self._day(4, 18, 24), self._day(5, 0, 2), self._day(6, 20, 24))
        self.assertEqual(self._said("2026-11-27 20:00"), "Ouvert, ferme samedi à 2 h")
        self.assertEqual(self._said("2026-11-28 00:00"), "Ouvert, ferme à 2 h")
        self.assertEqual(self._said("2026-11-29 20:00"), "Ouvert, ferme à minuit")

    def test_nothing_is_said_of_hours_that_nobody_told(self):
        self.assertEqual(self._state("2026-11-26 12:00")[:3], ("", "", None))
        # Only a closing was told: it is closed, and nobody knows when it opens again.
        self._open({"date_start": "2026-12-24", "date_end": "2026-12-31"})
        self.assertEqual(self._said("2026-12-25 09:00"), "Fermé")
        self.assertEqual(self._said("2027-01-01 09:00"), "")

    def test_the_sentence_is_true_until_the_moment_that_it_gives(self):
        """A page that is kept in memory ends itself then."""
        self._open(self._day(3, 9, 13), self._day(4, 9, 13))
        for now, until, change in (
            ("2026-11-26 07:00", "2026-11-26 08:00", "2026-11-26 08:00"),
            ("2026-11-26 08:00", "2026-11-26 11:30", "2026-11-26 12:00"),
            ("2026-11-26 11:30", "2026-11-26 12:00", "2026-11-26 12:00"),
            # "Opens on Friday" becomes "opens at".
            ("2026-11-26 12:00", "2026-11-26 23:00", "2026-11-27 08:00"),
        ):
            expected = (datetime.fromisoformat(until), datetime.fromisoformat(change))
            state = self._state(now)
            self.assertEqual((state.said_until, state.changes_at), expected, now)

    def test_a_page_that_tells_it_asks_the_database_nothing(self):
        self._open(self._day(0, 9, 12))
        self._state("2026-11-26 12:00")
        self.env.flush_all()
        self.env.invalidate_all()
        self.service.mapped("name_in_sentence")
        with self.assertQueryCount(0):
            self._state("2026-11-26 13:00")
        self.service.opening_ids.write({"hour_to": 11})
        self.assertEqual(self._said("2026-11-30 09:00"), "Ouvert, ferme à 11 h")

    @freeze_time("2026-11-26 12:00")
    def test_everybody_reads_them(self):
        self._open(self._day(0, 9, 12))
        visitor = self.env.ref("base.public_user")
        staff = self.agent | self.secretary | self.communication | self.dpo | self.manager
        for user in visitor | self.resident | staff | self.technician:
            service = self.service.with_user(user)
            self.assertEqual(service.opening_ids.hour_from, 9, user.login)
            self.assertIn("12", service.opening_hours, user.login)
            self.assertEqual(service._get_opening_state().state, "closed", user.login)

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
        town_hall = self._as_data(self.town_hall)
        town_hall.write({"street": "1 place Haute", "phone": "03 00 00 00 09"})
        commune = self.commune.with_user(self.env.ref("base.public_user"))
        self.assertEqual((commune.street, commune.phone), ("1 place Haute", "03 00 00 00 09"))
        self.assertIn("16", commune.opening_hours)
        self.assertFalse(self.other_commune.phone)
        own = town_hall.copy({"code": "mairie-99001", "phone": "03 00 00 00 08"})
        self.assertEqual(self.commune.town_hall_id, own, "the one that bears its code")
        own.active = False
        self.assertEqual(self.commune.town_hall_id, self.town_hall)
