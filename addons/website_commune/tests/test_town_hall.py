import csv
import tempfile
from contextlib import suppress
from pathlib import Path

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.content_approval.exceptions import ContentErrors
from odoo.addons.content_approval.tests.reading import accept

from .common import CommuneCase

THURSDAY = "2026-11-26 09:00"


@tagged("post_install", "-at_install")
@freeze_time(THURSDAY)
class TestTownHall(CommuneCase):
    """Its street, its telephone, its hours: the page of the commune tells them, so that a proposal
    changes them, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secretary.territory_commune_ids = cls.commune
        cls.week = cls.town_hall.week_opening_ids
        cls.reader = cls.communication
        cls.env["content.validator"].create({"user_id": cls.reader.id})

    def propose(self, **values):
        draft = self.commune.with_user(self.secretary)._propose()
        draft._change(values)
        return draft

    def test_a_secretary_tells_that_the_town_hall_is_closed_one_day(self):
        week = [
            {"id": line.id, "weekday": line.weekday, "hour_from": "9", "hour_to": "12"}
            for line in self.week
        ]
        draft = self.propose(
            phone="03 00 00 00 77",
            exception_ids=[{"date_start": "2026-12-14", "note": "pont"}],
            week_opening_ids=week,
            opening_note="Sonnez.",
        )
        live = self.blocks()["town_hall"]
        self.assertNotIn("03 00 00 00 77", live)
        self.assertNotIn("14 décembre", live)
        preview = self.blocks(draft._get_preview().with_env(self.env))["town_hall"]
        for words in ("03 00 00 00 77", "Fermé le 14 décembre (pont)", "Sonnez.", "ferme à 12"):
            self.assertIn(words, preview)
        draft.action_submit()
        accept(draft.with_user(self.reader))
        drawn = self.blocks()["town_hall"].replace("\xa0", " ")
        for words in ("03 00 00 00 77", "Fermé le 14 décembre (pont)", "Sonnez.", "ferme à 12 h"):
            self.assertIn(words, drawn)
        self.assertNotIn("24 décembre", drawn, "what she took away")
        self.assertEqual(self.town_hall.week_opening_ids, self.week, "changed, not made again")
        self.assertEqual(self.town_hall.partner_id.phone, "03 00 00 00 77", "letters have it too")

    def test_the_difference_is_told_in_words(self):
        draft = self.propose(
            exception_ids=[{"date_start": "2026-12-14", "note": "pont"}], email="m@exemple.fr"
        )
        changes = {change["name"]: change for change in draft._get_difference()}
        self.assertEqual(set(changes), {"email", "exception_ids"})
        rows = changes["exception_ids"]["rows"]
        self.assertIn("Fermé le 14 décembre (pont)", [row["after"] for row in rows])
        self.assertIn("Fermé le 24 décembre (Noël)", [row["before"] for row in rows])

    def test_a_wrong_line_is_told_and_nothing_is_kept(self):
        for values in (
            {"email": "mairie"},
            {"phone": "12"},
            {"week_opening_ids": [{"hour_from": "9", "hour_to": "12"}]},
            {"week_opening_ids": [{"weekday": "1", "hour_from": "12", "hour_to": "9"}]},
            {"week_opening_ids": [{"weekday": "1", "hour_from": "12", "hour_to": "99"}]},
            {"exception_ids": [{"note": "pont"}]},
            {"exception_ids": [{"date_start": "2026-12-14", "date_end": "2026-12-01"}]},
            {"exception_ids": [{"date_start": "2026-12-14", "hour_from": "9"}]},
        ):
            with self.assertRaises(ContentErrors) as told:
                self.propose(**values)
            self.assertEqual(set(told.exception.errors), set(values))

    def _get_writes(self, user):
        hall = self.town_hall.with_user(user)
        line, Opening = self.week[:1].with_user(user), self.env["territory.opening"].with_user(user)
        Service = self.env["territory.service"].with_user(user)
        new = {"service_id": hall.id, "weekday": "0", "hour_from": 8, "hour_to": 9}
        service = {"name": "Mairie bis", "code": "bis", "kind": "town_hall", "phone": "0300000001"}
        covers = {"commune_ids": self.commune.ids}
        elsewhere = Opening.sudo().create({**new, "service_id": self.service.id}).with_user(user)
        return {
            **{
                f"write {name}": lambda name=name: hall.write({name: "x"})
                for name in ("street", "phone", "email", "opening_note")
            },
            "commune": lambda: self.commune.with_user(user).write({"phone": "x"}),
            "web_save": lambda: hall.web_save({"phone": "x"}, {"phone": {}}),
            "load": lambda: self._load(Service, [".id", "phone"], [str(hall.id), "x"]),
            "copy": lambda: hall.copy({"code": "bis"}),
            "a second one": lambda: Service.create({**service, **covers}),
            "lines": lambda: hall.write({"opening_ids": [Command.clear()]}),
            "week": lambda: hall.write({"week_opening_ids": [Command.clear()]}),
            "exceptions": lambda: hall.write({"exception_ids": [Command.clear()]}),
            "line": lambda: line.write({"hour_to": 10}),
            "line: web_save": lambda: line.web_save({"hour_to": 10}, {"hour_to": {}}),
            "line: create": lambda: Opening.create(new),
            "line: copy": lambda: line.copy(),
            "line: unlink": lambda: line.unlink(),
            "line: away": lambda: line.write({"service_id": self.service.id}),
            "line: from elsewhere": lambda: elsewhere.write({"service_id": hall.id}),
            "unlink": lambda: hall.unlink(),
            "forged": lambda: hall.with_context(content_publishing=True).write({"phone": "x"}),
        }

    def _get_detours(self, user):
        """Another service, or none, for the time of a write that is then no town hall's."""
        hall, commune = self.town_hall.with_user(user), self.commune.with_user(user)
        other, Service = self.other_commune.with_user(user), hall.browse()
        new = {"name": "Autre", "code": "autre", "kind": "town_hall", "sequence": 0}
        details = Service.create({"name": "Lieu", "code": "lieu", "phone": "0300000001"})
        link, unlink = Command.link(hall.id), Command.unlink(hall.id)
        return {
            "kind": lambda: hall.write({"kind": "epci"}),
            "no commune": lambda: hall.write({"commune_ids": [Command.clear()]}),
            "other commune": lambda: hall.write({"commune_ids": [Command.link(other.id)]}),
            "archived": lambda: hall.write({"active": False}),
            "from the commune": lambda: commune.write({"service_ids": [unlink]}),
            "of another": lambda: other.write({"service_ids": [link]}),
            "of a new one": lambda: commune.create(
                {"name": "Neuf", "insee_code": "99003", "service_ids": [link]}
            ),
            "becomes one": lambda: details.write(
                {"kind": "town_hall", "commune_ids": [Command.link(other.id)]}
            ),
            "one that hides it": lambda: Service.create({**new, "commune_ids": commune.ids}),
            "code": lambda: Service.create(
                {**new, "sequence": 99, "code": "mairie-99001", "commune_ids": commune.ids}
            ),
        }

    def test_which_service_is_the_town_hall_changes_no_page(self):
        before = self._digest()
        done = []
        for user in self.manager | self.technician | self.env.ref("base.user_root"):
            with self.env.cr.savepoint() as savepoint:
                for name, attempt in self._get_detours(user).items():
                    with suppress(AccessError), self.env.cr.savepoint():
                        attempt()
                        self.env.flush_all()
                        done.append((user.login, name))
                    self.env.invalidate_all()
                savepoint.rollback()
            self.env.invalidate_all()
        self.assertFalse(done)
        self.assertEqual(self._digest(), before)

    def test_a_town_hall_without_details_is_the_managers(self):
        new = {"name": "Mairie de Clairval", "code": "neuve", "kind": "town_hall"}
        hall = self.env["territory.service"].with_user(self.manager).create(new)
        hall.commune_ids = self.other_commune
        self.assertEqual(self.other_commune.town_hall_id, hall)
        hall.active = False
        self.publish(self.commune, phone="03 00 00 00 10")

    def _load(self, Model, names, row):
        """An import tells its refusals."""
        told = Model.load(names, [row])
        if not told["ids"]:
            raise AccessError(told["messages"])

    def _digest(self):
        self.env.flush_all()
        sql = SQL(
            "SELECT s.id, s.phone, s.email, s.street, s.opening_note, o.id AS line, o.weekday,"
            " o.hour_from, o.hour_to, o.date_start, o.note FROM territory_service s"
            " LEFT JOIN territory_opening o ON o.service_id = s.id"
            " JOIN territory_commune_territory_service_rel r ON r.territory_service_id = s.id"
            " WHERE r.territory_commune_id = %s ORDER BY s.id, o.id",
            self.commune.id,
        )
        return self.env.execute_query_dict(sql)

    def test_nobody_writes_them_otherwise(self):
        before = self._digest()
        people = self.secretary | self.agent | self.communication | self.manager | self.technician
        done = []
        for user in people | self.resident | self.env.ref("base.user_root"):
            for name, attempt in self._get_writes(user).items():
                with suppress(AccessError), self.env.cr.savepoint():
                    attempt()
                    done.append((user.login, name))
                self.env.invalidate_all()
        self.assertFalse(done)
        self.assertEqual(self._digest(), before)

    def test_a_refusal_that_a_route_of_core_catches_leaves_nothing(self):
        first = {"kind": "town_hall", "sequence": -1}
        first["commune_ids"] = [Command.set(self.commune.ids)]
        with self.assertRaisesKeeping(AccessError):
            self.service.with_user(self.manager).write(first)
        self.assertEqual(self.service.kind, "epci")
        self.assertEqual(self.commune.town_hall_id, self.town_hall)

    def test_a_service_of_the_intercommunality_is_the_managers(self):
        self.service.commune_ids = self.commune
        self.service.with_user(self.manager).write(
            {"phone": "03", "opening_ids": [Command.create({"weekday": "1", "hour_to": 9})]}
        )
        self.service.opening_ids.with_user(self.manager).unlink()
        hall = self.town_hall.with_user(self.manager)
        hall.write({"name": "Mairie de Valmont-le-Haut", "zip": "99101", "sequence": 3})
        self.assertEqual(self.town_hall.zip, "99101")

    def test_a_town_hall_of_two_communes_is_one_place(self):
        self._as_data(self.town_hall).commune_ids += self.other_commune
        version = self.other_commune.version
        self.publish(phone="03 00 00 00 55")
        self.assertEqual(self.other_commune.phone, "03 00 00 00 55")
        self.assertEqual(self.other_commune.version, version + 1, "her proposals are told")

    def test_a_commune_without_town_hall_is_told_so(self):
        with self.assertRaisesRegex(UserError, "Clairval"):
            self.publish(self.other_commune, phone="03 00 00 00 55")

    def test_what_the_files_bring_is_a_version_of_the_page(self):
        services = [["code", "nom", "type", "communes", "telephone"]]
        services += [["test_town_hall", "Mairie de Valmont", "mairie", "99001", "03 00 00 00 66"]]
        communes = [["code_insee", "nom"], ["99001", "Valmont"], ["99002", "Clairval"]]
        with tempfile.TemporaryDirectory() as folder:
            for name, rows in (("communes", communes), ("services", services)):
                with (Path(folder) / f"{name}.csv").open("w", newline="") as file:
                    csv.writer(file).writerows(rows)
            version = self.commune.version
            self.env["territory.loader"]._load_folder(folder)
            self.assertEqual(self.commune.phone, "03 00 00 00 66")
            self.assertEqual(self.commune.version, version + 1)
            self.env["territory.loader"]._load_folder(folder)
            self.assertEqual(self.commune.version, version + 1, "nothing new, no new version")
        with self.assertRaises(AccessError):
            self.town_hall.phone = "x"
