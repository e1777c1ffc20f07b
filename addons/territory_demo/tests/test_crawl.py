"""Every link of every page leads somewhere, and every page is led to: for each of the people."""

import csv
import logging
import time
from contextlib import suppress
from pathlib import Path
from threading import current_thread
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

from lxml import html
from werkzeug.exceptions import HTTPException

from odoo.tests import HttpCase, tagged

from odoo.addons.territory_base import clock
from odoo.addons.territory_demo import directory, people

from .back_office import BackOffice
from .crawler import Crawler

_logger = logging.getLogger(__name__)
ADDONS = Path(__file__).parents[2]
DATA = ADDONS.parent / "data"
RESIDENTS = ("camille", "sacha", "dominique", "asso", "entreprise")
STAFF = (
    "responsable",
    "agent.dechets",
    "agent.enfance",
    "communication",
    "secretaire",
    "secretaire2",
    "dpo",
)
REQUESTS = 21
SHEETS = 3
MESSAGES = 25
CODE = "ABCDEFGHJK"
# What is declared of a furnished lodging.
LODGING = {
    "lodging_address.street": "4 rue du Four",
    "lodging_address.commune": people.SECRETARY_COMMUNE,
    "lodging_main_home": "no",
    "lodging_persons": "4",
    "lodging_rooms": "3",
    "lodging_beds": "2",
    "lodging_periods": "Toute l’année",
    "lodging_ranking": "none",
}


def read_led():
    """Pages of ours to which something else than a link leads, said in the lists of routes."""
    for path in ADDONS.glob("*/tests/routes.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            yield from (row["route"] for row in csv.DictReader(lines) if row["led_by"])


@tagged("post_install", "-at_install", "-standard", "sweep_demo")
class TestCrawl(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["territory.loader"]._load_folder(DATA)
        demo = cls.env["territory.demo"]
        # A page of each kind is enough to follow the links.
        demo._build(
            [
                "people",
                "communes",
                "contributions",
                "appointments",
                "rooms",
                "rounds",
                "streets",
                "town_halls",
                "families",
                "activities",
            ]
        )
        demo._build_sheets(directory.SHEETS[:SHEETS])
        # Somebody who has asked a lot: lists with pages, filters and older messages.
        for _number in range(REQUESTS):
            busy = demo._submit_water("dominique")
        for number in range(MESSAGES):
            busy.sudo()._post_from_applicant(f"Question {number}", by=busy.applicant_id)
        camille = cls.env.ref("territory_demo.user_camille_demo").partner_id
        cls.env["website.procedure.pending"]._start(
            cls.env.ref("territory_demo.procedure_eau_demo"), camille
        )
        cls._build_what_few_people_have(demo)

    @classmethod
    def _build_what_few_people_have(cls, demo):
        """One of each, so that a link leads to its pages: a lodging and its receipt, a signature
        and two invitations that wait, an organisation that is being handed over."""
        camille, dominique, president, owner = (
            demo._get(f"user_{login}") for login in ("camille", "dominique", "asso", "entreprise")
        )
        demo._submit("dominique", "territory_demo.procedure_meuble_demo", LODGING)
        loan = {**demo._choose_loan(), "guarantor": dominique.email}
        demo._submit("camille", "territory_demo.procedure_materiel_demo", loan)
        invited = {"name": dominique.name, "email": dominique.email}
        household = camille.partner_id._current_household()
        cls.env["household.invitation"]._invite(household, camille.partner_id, **invited)
        cls.env["organisation.invitation"].with_user(president)._invite(
            demo._get("organisation_asso").with_user(president), invited
        )
        cls.env["organisation.handover"].with_user(owner)._start(
            demo._get("organisation_entreprise").with_user(owner),
            clock.today(),
            owner.partner_id,
            [invited],
        )

    def _follow(self, xml_id, answers):
        """Open a request by its number and its code, as who has no account.

        :return: path of its page
        """
        demo = self.env["territory.demo"]
        followed = demo._submit_as(
            self.env.ref("territory_demo.user_secretaire_demo"),
            xml_id,
            "1 rue de l'Exemple",
            demo._commune(people.SECRETARY_COMMUNE),
            answers,
            identity={
                "contact_firstname": "Ana",
                "contact_lastname": "Essai",
                "contact_address.street": "1 rue de l'Exemple",
                "contact_address.commune": people.SECRETARY_COMMUNE,
            },
            channel="phone",
        )
        number = followed.number
        followed.sudo().access_token_digest = followed._digest_code(number, CODE)
        page = html.fromstring(self.url_open("/suivi").content)
        data = {
            "numero": number,
            "code": CODE,
            "csrf_token": page.xpath("//*[@name='csrf_token']/@value")[0],
        }
        self.url_open("/suivi", data=data)
        return f"/suivi/{number}"

    def _crawl(self, login, *starts, known=()):
        begun = time.perf_counter()
        self.authenticate(login, login)
        if not login:
            demo = self.env["territory.demo"]
            commune = demo._commune(people.SECRETARY_COMMUNE)
            water = demo._ask_water("1 rue de l'Exemple", commune)
            starts = [
                *starts,
                "/signaler?commune=55040",
                self._follow("territory_demo.procedure_eau_demo", water),
                self._follow("territory_demo.procedure_meuble_demo", LODGING),
                self._follow("territory_demo.procedure_rdv_demo", demo._choose_slot()),
            ]
        crawler = Crawler(self, starts, self._get_kind, known).run()
        crawler.seconds = time.perf_counter() - begun
        return crawler

    def _get_router(self):
        # Core asks the thread for the name of the database.
        with patch.object(current_thread(), "dbname", self.env.cr.dbname, create=True):
            return self.env["ir.http"].routing_map()

    def _get_rules(self):
        """The addresses of our addons that answer a link; what we change of core is core's."""

        def is_ours(method):
            classes = type(method.__self__).mro()
            first = [each for each in classes if method.__name__ in vars(each)][-1]
            return (ADDONS / first.__module__.split(".")[2]).is_dir()

        return {
            rule.rule
            for rule in self._get_router().iter_rules()
            if is_ours(rule.endpoint.func)
            and "GET" in (rule.methods or {"GET"})
            and rule.endpoint.routing["type"] == "http"
        }

    def _match(self, url):
        """The rule that answers this address, or None."""
        with suppress(HTTPException):
            matcher = self._get_router().bind("localhost")
            return matcher.match(urlsplit(url).path, "GET", return_rule=True)[0].rule

    def _get_kind(self, url):
        parts = urlsplit(url)
        names = {name for name, _value in parse_qsl(parts.query, keep_blank_values=True)}
        return self._match(url) or parts.path, tuple(sorted(names))

    def test_every_link_of_every_page(self):
        broken, reached, report, known = [], set(), [], set()
        for login in (None, *RESIDENTS, *STAFF):
            crawler = self._crawl(login, "/", *(["/my"] if login else []), known=known)
            name = login or "visitor"
            if not login:
                broken += crawler.get_head_faults()
                known = {self._get_kind(url) for url in crawler.pages}
            broken += [f"{name}: {line}" for line in crawler.broken]
            reached |= set(crawler.pages) | {page.final_url for page in crawler.pages.values()}
            report.append(
                f"{name}: {len(crawler.pages)} pages, {crawler.links} links, "
                f"{crawler.seconds:.1f} s"
            )
        _logger.info("The crawl:\n%s", "\n".join(report))
        self.assertFalse(broken, "\n" + "\n".join(broken))
        lost = self._get_rules() - {self._match(url) for url in reached}
        led = set(read_led())
        self.assertEqual(lost - led, set(), "No link: say in led_by of its row what leads there")
        self.assertEqual(led - lost, set(), "A link leads there: led_by of its row is empty")

    def test_every_menu_of_the_back_office(self):
        broken, report = [], []
        for login in STAFF:
            begun = time.perf_counter()
            self.authenticate(login, login)
            user = self.env["res.users"].search([("login", "=", login)])
            office = BackOffice(self, user).run()
            broken += [f"{login}: {line}" for line in office.broken]
            report.append(
                f"{login}: {office.menus} menus, {len(office.opened)} actions, "
                f"{office.filters} filters, {time.perf_counter() - begun:.1f} s"
            )
        _logger.info("The menus:\n%s", "\n".join(report))
        self.assertFalse(broken, "\n" + "\n".join(broken))
