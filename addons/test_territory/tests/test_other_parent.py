"""What the other parent may read, before and after a death or a departure: the very same."""

import json
import re
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.partner_household.tests import snapshot
from odoo.addons.partner_household.tests.common import HouseholdCase
from odoo.addons.partner_household.tools import split_address
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure_template.tests.common import publish_template
from odoo.addons.website_waste_calendar.pages.calendar_page import ROOT, CalendarPage

from .inventories import ROUTES

STREET = f"{ROOT}/<string:slug>/<string:street>"
# Of the program, or of the act of reading itself.
NO_PAGES = re.compile(
    r"^/(web|mail|odoo|auth|bus|websocket|im_livechat|report|base_|html_editor)|<"
)
# What a calendar, or a program that reads news, asks for again by itself. An appointment is of one
# request.
FEED = re.compile(r"\.(ics|rss|atom|xml|json)$")
OF_A_REQUEST = "/rendez-vous/"
# Words that he may look for, with what they would find.
SEARCHED = ("Duchêne", "Robin", "rue du Lavoir")
# Drawn at random for each page, or of its session.
RANDOM = re.compile(
    r"""name="(?:csrf_token|guard_token|_account|_kept|_claim|_read)"\s+value="[^"]*"
      | csrf_token:\s*"[^"]*" | (?<=csrf_token=)\w+ | (?<=nonce-)[\w-]+ | "registry_hash":\s*"\w+"
    """,
    re.VERBOSE,
)


@tagged("post_install", "-at_install", "-standard", "sweep_rights")
class TestOtherParent(HouseholdCase, HttpCase):
    """Camille and Robin live together with Lou and Noé; Sacha, Lou's other parent, lives elsewhere
    and is nothing to Noé."""

    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._open_reports()
        cls.robin = cls._new_person("robin.test", "Robin", "Duchêne", "1985-01-20")
        cls.env["household.membership"].create(
            {"household_id": cls.household.id, "person_id": cls.robin.partner_id.id}
        )
        cls.second = cls._second_holder(cls, state="verified")
        cls.held = cls.env["parental.authority"]._declare(cls.child, cls.robin.partner_id)
        cls.held.state = "verified"
        cls.half_sibling = cls._declare_as(cls.camille, "Noé", "Duchêne", "2021-06-07")
        cls.env["household.membership"].create(
            {
                "household_id": cls.sacha_household.id,
                "person_id": cls.child.id,
                "role": "child",
                "shared_custody": True,
            }
        )
        cls._collect()
        # A service reads both files: what it reads is nobody's business either.
        (cls.household | cls.sacha_household | cls.child).reader_service_ids += cls.other_service

    @classmethod
    def _open_reports(cls):
        """Without it a change has no request: neither page, acknowledgment nor answer."""
        cls.env.company.dpo_contact = "Déléguée d’essai, dpo@exemple.test"
        cls.family_agent.function = "Agente de l’enfance"
        cls.env["procedure.procedure"].search(
            [("kind", "=", "household_report")]
        ).state = "suspended"
        cls.procedure = publish_template(cls.env, "situation_foyer", cls.other_service)

    @classmethod
    def _collect(cls):
        """The street of each home has its days of collection."""
        for home in (cls.dwelling, cls.sacha_dwelling):
            street = {"commune_id": home.commune_id.id, "street": split_address(home.street)[1]}
            cls.env["waste.round"].create(
                {
                    "name": home.street,
                    "service_id": cls.other_service.id,
                    "date_start": "2026-01-01",
                    "street_ids": [Command.create(street)],
                }
            )

    def _get_routes(self):
        return [
            row["route"]
            for row in ROUTES.read_rows().values()
            if row["methods"] == "all" or "GET" in row["methods"]
        ]

    def _get_feeds(self):
        """Of each route that a calendar asks for again, the addresses of both homes."""
        feeds = {}
        for home in (self.dwelling, self.sacha_dwelling):
            page = CalendarPage(self.env(user=self.sacha.id), home.commune_id)
            path = page.find_way(home.street).partition("?")[0]
            self.assertTrue(path, home.street)
            feeds.setdefault(f"{STREET}/collectes.ics", []).append(f"{path}/collectes.ics")
        return feeds

    def _get_paths(self):
        """Each page without number that he may open, and those of what is his."""
        yield from (path for path in self._get_routes() if not NO_PAGES.search(path))
        for path in sum(self._get_feeds().values(), []):
            yield path
            # The page that leads to it, and that of its commune.
            yield path.rpartition("/")[0]
            yield path.rsplit("/", 2)[0]
        for person in self.sacha.partner_id | self.child:
            yield f"/my/foyer/personne/{person.id}"
        yield f"/my/foyer/autorite/{self.second.id}"
        for words in SEARCHED:
            yield f"/recherche?q={words}"
            yield f"/recherche/suggestions?q={words}"
            yield f"/annuaire?q={words}"

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model")
    def _read_pages(self):
        self.authenticate(self.sacha.login, self.sacha.login)
        pages = {}
        for path in self._get_paths():
            answer = self.url_open(path, allow_redirects=False)
            text = RANDOM.sub("", answer.text)
            pages[path] = answer.status_code, answer.headers.get("Location"), text
        # What is asked of the server each time that the space opens.
        call = {"params": {"counters": ["open_request_count", "procedure_count"]}}
        pages["counters"] = self.url_open(
            "/my/counters", data=json.dumps(call), headers={"Content-Type": "application/json"}
        ).json()
        return pages

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def _read_rows(self):
        """Every row of every model that he reads by remote calls, with `write_date`."""
        self.env.flush_all()
        self.env.invalidate_all()
        rows = {}
        for name in sorted(self.env.registry):
            model = self.env[name].with_user(self.sacha)
            if model._abstract or not model._auto or not model.has_access("read"):
                continue
            stored = [
                field.name
                for field in model._fields.values()
                if field.store and model._has_field_access(field, "read")
            ]
            found = model.search([], order="id")
            names = [each for each in stored if self._is_read(found, each)]
            rows[name] = found.read(names, load=None)
        return rows

    def _is_read(self, records, name):
        """One field that leads to what is closed to him would refuse all of them together."""
        try:
            records.read([name], load=None)
        except AccessError:
            return False
        return True

    def _read_told(self):
        """What was sent, or waits to be: letters, notifications, followers, tasks, the bus."""
        self.env.flush_all()
        partner = self.sacha.partner_id
        queries = {
            "mail_mail": "SELECT id FROM mail_mail WHERE email_to ILIKE '%%sacha%%' OR id IN"
            " (SELECT mail_mail_id FROM mail_mail_res_partner_rel WHERE res_partner_id = %s)",
            "mail_notification": "SELECT id FROM mail_notification WHERE res_partner_id = %s",
            "mail_followers": "SELECT id FROM mail_followers WHERE partner_id = %s",
            "bus_bus": "SELECT id FROM bus_bus WHERE channel ILIKE '%%res.partner\"%%' AND"
            " channel ~ ('\\m' || %s || '\\M')",
            "mail_activity": "SELECT id FROM mail_activity WHERE res_model = 'res.partner'"
            " AND res_id = %s",
        }
        told = {}
        for name, query in queries.items():
            self.env.cr.execute(query, [partner.id])
            told[name] = sorted(self.env.cr.fetchall())
        return told

    def _read_kept(self):
        """Every row that names him, Lou or his household, as the database keeps it: what he may
        not read today, an export or another addon may show him tomorrow."""
        people = self.sacha.partner_id | self.child | self.sacha_household
        return snapshot.find_naming(self.env, snapshot.take(self.env), people)

    def _read_all(self):
        return {
            "kept": self._read_kept(),
            "rows": self._read_rows(),
            "told": self._read_told(),
            "pages": self._read_pages(),
        }

    @contextmanager
    def _a_minute_later(self):
        """`write_date` is the moment when the transaction began, and a test has one: what is
        written without any change would look as it did."""
        later = self.env.cr.now() + timedelta(minutes=1)
        with patch.object(self.env.cr, "_now", later):
            yield
            self.env.flush_all()
        self.env.invalidate_all()

    def _happen(self, user, **values):
        """What a page proposes, which is a request, and its answer."""
        subject = user.partner_id._current_household()
        with self._a_minute_later():
            change = (
                self.env["household.change"]
                .with_user(user)
                ._propose(subject.with_user(user), user.partner_id.with_user(user), values)
            )
            return self._answer(change.with_env(self.env)._get_request(), change)

    def _file(self, user, event, **answers):
        """The form of the reports, and its answer."""
        with self._a_minute_later():
            filing = Filing(
                procedure=self.procedure,
                answers={"situation_event": event, **answers},
                applicant=user.partner_id,
            )
            request = self.env["procedure.request"].with_user(user)._submit(filing)
            request = request.with_env(self.env)
            return self._answer(request, request.change_id)

    def _answer(self, request, change):
        """Its lines are accepted, that is the answer: who asked has the acknowledgment and the
        decision, of which the silence of the others is the subject."""
        self.assertEqual(request.change_id.id, change.id)
        lines = change.with_env(self.env).line_ids
        self.assertTrue(lines)
        self.assertEqual(request.state, "submitted")
        lines.with_user(self.family_agent).action_accept("Acte vu")
        self.assertEqual(set(lines.mapped("state")), {"accepted"})
        self.assertEqual(request.state, "accepted")
        self.assertEqual(request.decision_ids.mapped("kind"), ["accepted"])
        domain = [("model", "=", request._name), ("res_id", "=", request.id)]
        mails = self.env["mail.mail"].search(domain, order="id")
        self.assertEqual(len(mails), 2, mails.mapped("subject"))
        self.assertEqual(mails.recipient_ids, request.applicant_id)
        self.assertFalse(any(mails.mapped("email_to")))
        # A death may be what was reported: nobody is asked whether she is satisfied.
        self.assertNotIn("/satisfaction/", str(mails.mapped("body_html")))
        return request

    def _assert_same(self, before, after, *own):
        """:param own: rows of the person that left or died, or of what was proposed, though they
        name the child"""
        own = {(each._table, each.id) for records in own for each in records}
        for part, known in before.items():
            known = {key: value for key, value in known.items() if key not in own}
            found = {key: value for key, value in after[part].items() if key not in own}
            self.assertEqual(known.keys(), found.keys(), part)
            for key, value in known.items():
                self.assertEqual(value, found[key], f"{part}: {key}")

    def _named(self, **values):
        return [{"firstname": "robin", "lastname": "DUCHENE", "date": "2026-11-20", **values}]

    def test_every_feed_is_read(self):
        feeds = {path for path in self._get_routes() if FEED.search(path)}
        self.assertTrue(feeds)
        read = set(self._get_paths()) | self._get_feeds().keys()
        self.assertFalse([path for path in feeds - read if OF_A_REQUEST not in path])
        pages = self._read_pages()
        for path in sum(self._get_feeds().values(), []):
            self.assertEqual(pages[path][0], 200, path)
            self.assertIn("BEGIN:VEVENT", pages[path][2])

    def test_a_death_in_the_other_household_tells_him_nothing(self):
        before = self._read_all()
        self.assertGreater(len(before["pages"]), 30)
        self.assertTrue(before["rows"]["res.partner"])
        self.assertEqual(before["pages"]["/my/foyer"][0], 200)
        self.assertIn("Lou", before["pages"]["/my/foyer"][2])
        self._happen(self.camille, deaths=self._named(birthdate="1985-01-20"))
        self.assertFalse(self.robin.active)
        # The authority that ended with her.
        self._assert_same(before, self._read_all(), self.held)

    def test_a_child_s_death_in_the_other_household_tells_him_nothing(self):
        before = self._read_all()
        died = {"person": self.half_sibling.id, "date": "2026-11-20"}
        self._happen(self.camille, deaths=[died])
        self.assertFalse(self.half_sibling.active)
        self._assert_same(before, self._read_all())

    def test_a_departure_from_the_other_household_tells_him_nothing(self):
        before = self._read_all()
        self._happen(self.camille, departures=self._named())
        self.assertTrue(self.robin.partner_id.membership_ids.date_end)
        self._assert_same(before, self._read_all())

    def test_the_other_parent_herself_leaves_her_home_and_tells_him_nothing(self):
        camille = self.camille.partner_id
        before = self._read_all()
        self._happen(self.camille, departures=[{"person": camille.id, "date": "2026-11-24"}])
        self.assertTrue(camille.membership_ids.date_end)
        self._assert_same(before, self._read_all())

    def test_the_child_leaves_the_other_household_and_tells_him_nothing(self):
        """Where she lives with him is his to say."""
        before = self._read_all()
        stay = self.household.member_ids.filtered(lambda each: each.person_id == self.child)
        self._happen(self.camille, departures=[{"person": self.child.id, "date": "2026-11-24"}])
        self.assertTrue(stay.date_end)
        lines = self.env["household.change.line"].search([("person_id", "=", self.child.id)])
        self._assert_same(before, self._read_all(), stay, lines)

    def test_where_the_child_lives_in_turn_tells_him_nothing(self):
        """She says it of her home, on the form; what he said of his stays."""
        stay = self.household.member_ids.filtered(lambda each: each.person_id == self.child)
        before = self._read_all()
        request = self._file(
            self.camille,
            "custody",
            custody_children=[str(self.child.id)],
            custody="shared",
            date_event="2026-11-20",
        )
        self.assertTrue(stay.shared_custody or stay.date_end)
        after = self._read_all()
        # Her request names the child, and is closed to him.
        of_request = ("procedure_answer", "procedure_request_subject_rel")
        hers = {
            key
            for key, row in after["kept"].items()
            if key[0] in of_request
            and request.id in (row.get("request_id"), row.get("procedure_request_id"))
        }
        self.assertEqual({table for table, _key in hers}, set(of_request))
        self.assertReadsNot(self.sacha, request)
        for key in hers:
            after["kept"].pop(key)
        self._assert_same(before, after, stay, request.change_id.line_ids)

    def test_the_death_of_the_child_closes_her_file_and_writes_nothing_of_his(self):
        """Her file is closed to both: he finds it closed, and nobody writes to him."""
        lou = self.child
        hers = [lou, lou.authority_ids, lou.membership_ids]
        self.assertEqual([len(records) for records in hers], [1, 3, 2])
        kept, told = self._read_kept(), self._read_told()
        self._happen(self.camille, deaths=[{"person": lou.id, "date": "2026-11-24"}])
        self.assertFalse(lou.active)
        hers.append(self.env["household.change.line"].search([("person_id", "=", lou.id)]))
        self.assertEqual(
            snapshot.compare(kept, self._read_kept()).keys(),
            {(each._table, each.id) for records in hers for each in records},
        )
        self.assertEqual(self._read_told(), told)

    def test_a_bare_touch_of_the_child_is_seen(self):
        """Its moment alone moves: the readings see that too."""
        before, kept = self._read_rows(), self._read_kept()
        self.assertIn(self.child.id, [row["id"] for row in before["res.partner"]])
        with self._a_minute_later():
            self.child.write({"firstname": self.child.firstname})
        after = self._read_rows()
        changed = [name for name, rows in before.items() if rows != after[name]]
        self.assertEqual(changed, ["res.partner"])
        touched = snapshot.compare(kept, self._read_kept())
        self.assertEqual(touched.keys(), {("res_partner", self.child.id)})
        self.assertLessEqual(touched.popitem()[1], {"write_date", "write_uid"})

    def test_what_becomes_of_his_own_home_is_seen_by_the_same_readings(self):
        """The readings see what they must: else their silence would prove nothing."""
        before = self._read_all()
        self._happen(self.sacha, address={"street": "9 rue Basse", "commune": "99001"})
        after = self._read_all()
        changed = [path for path, page in before["pages"].items() if page != after["pages"][path]]
        self.assertIn("/my/foyer", changed)
        models = [name for name, rows in before["rows"].items() if rows != after["rows"][name]]
        self.assertIn("dwelling.occupancy", models)
        self.assertNotEqual(before["told"]["mail_mail"], after["told"]["mail_mail"])
        moved = snapshot.compare(before["kept"], after["kept"])
        self.assertIn("dwelling_occupancy", {table for table, _key in moved})
