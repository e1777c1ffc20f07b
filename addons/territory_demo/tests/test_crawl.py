"""Every link of every page leads somewhere, and every page is led to: for each of the people."""

import logging
import time
from contextlib import suppress
from pathlib import Path
from threading import current_thread
from unittest.mock import patch
from urllib.parse import urlsplit

from lxml import html
from werkzeug.exceptions import HTTPException

from odoo.tests import HttpCase, tagged

from odoo.addons.territory_demo import directory

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
# Pages of ours that no link leads to, and what does.
LED_TO_OTHERWISE = {
    "/avis/<string:token>": "a mail to somebody consulted",
    "/communes/<string:slug>/en-bref": "the script of the home page, for a village that is kept",
    "/contactus": "links of other sites",
    "/contenu/<string:model>/<string:record_id>/<string:field>": "a picture of a content",
    "/contributions/<string:revision_id>/<string:key>": "a picture of a change",
    "/demarches/<string:slug>/formulaire/code": "what follows the sending, without account",
    "/demarches/adresse": "a script, while an address is typed",
    "/demarches/apercu/<int:version_id>": "the form builder",
    "/demarches/<string:slug>/fichier/<string:file>": "a file given and not sent yet",
    "/demarches/<string:slug>/fichier/<string:file>/vignette": "a file given and not sent yet",
    "/demarches/<string:slug>/papier": "the QR code of the printed form",
    "/guichet/<int:entry_id>": "what follows the choice of the applicant",
    "/guichet/demande/<int:request_id>": "what follows an entry at the counter",
    "/guichet/demande/<int:request_id>/completer": "a button of the back office",
    "/guichet/demande/<int:request_id>/recepisse.pdf": "the receipt of an entry at the counter",
    "/inscription/confirmer": "a mail",
    "/inscription/confirmer/<string:token>": "a mail",
    "/inscription/envoyee": "what follows the sign-up",
    "/my/demandes/<string:request_id>/depot/<string:file>": "a file given and not sent yet",
    "/my/demandes/<string:request_id>/depot/<string:file>/vignette": "its small picture",
    "/privacy/register.xlsx": "a button of the back office",
    "/procedure/definition/<int:procedure_id>": "a button of the back office",
    "/procedure/elimination/<int:elimination_id>": "a button of the back office",
    "/procedure/export/<int:wizard_id>": "a button of the back office",
    "/procedure/letter/<int:letter_id>": "a button of the back office",
    "/procedure/letter/trial/<int:trial_id>": "a button of the back office",
    "/recherche/suggestions": "a script, while somebody types",
    "/suivi/<string:request_number>/depot/<string:file>": "a file given and not sent yet",
    "/suivi/<string:request_number>/depot/<string:file>/vignette": "its small picture",
    "/my/contributions/nouveau": "a button, for a secretary of two villages",
    "/my/contributions/<string:revision_id>/conflit": "a change that meets another one",
    "/my/contributions/<string:revision_id>/page": "a button of the form of a change",
    "/my/contributions/<string:revision_id>/premiere-heure": "a button of the list",
    "/my/contributions/<string:revision_id>/urgent": "an urgent change",
    "/my/contributions/page/<string:model>/<string:content_id>/retirer": "a page to check: none",
    "/my/contributions/signalements": "an error that was reported: none yet",
    "/my/contributions/signalements/<string:report_id>": "same",
    "/signaler-une-erreur/suivi/<string:token>": "what follows a report, a mail",
    "/verifier/<string:token>": "a mail",
    "/my/fiches-demandees/<string:claim_id>": "a mail; the demo has no claim",
    "/my/account/courriel/codes": "what follows a new e-mail address",
    "/my/foyer/invitation": "a mail; the demo invites nobody",
    "/my/invitations": "same",
    "/my/organisme/<string:organisation_id>/invitations/<string:invitation_id>": "same",
    "/my/organisme/<string:organisation_id>/passer-la-main/annuler": "a hand-over: none",
}


@tagged("post_install", "-at_install")
class TestCrawl(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["territory.loader"]._load_folder(DATA)
        demo = cls.env["territory.demo"]
        # A page of each kind is enough to follow the links.
        demo._build(["people", "communes", "contributions"])
        demo._build_sheets(directory.SHEETS[:SHEETS])
        # Somebody who has asked a lot: lists with pages, filters and older messages.
        for _number in range(REQUESTS):
            busy = demo._submit(
                "dominique", "territory_demo.procedure_eau_demo", {"work": "reopen"}
            )
        for number in range(MESSAGES):
            busy.sudo()._post_from_applicant(f"Question {number}", by=busy.applicant_id)
        camille = cls.env.ref("territory_demo.user_camille_demo").partner_id
        cls.env["website.procedure.pending"]._start(
            cls.env.ref("territory_demo.procedure_eau_demo"), camille
        )

    def _follow(self):
        """Open a request by its number and its code, as who has no account."""
        procedure = self.env.ref("territory_demo.procedure_eau_demo")
        commune = procedure.commune_ids[0]
        followed = self.env["territory.demo"]._submit_as(
            self.env.ref("territory_demo.user_secretaire_demo"),
            "territory_demo.procedure_eau_demo",
            "1 rue de l'Exemple",
            commune,
            {"work": "reopen"},
            identity={"contact_firstname": "Ana", "contact_lastname": "Essai"},
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

    def _crawl(self, login, *starts):
        begun = time.perf_counter()
        self.authenticate(login, login)
        if not login:
            starts = [*starts, self._follow()]
        crawler = Crawler(self, starts).run()
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

    def _match(self, urls):
        """The rules that answered these addresses."""
        matcher = self._get_router().bind("localhost")
        matched = set()
        for url in urls:
            with suppress(HTTPException):
                matched.add(matcher.match(urlsplit(url).path, "GET", return_rule=True)[0].rule)
        return matched

    def test_every_link_of_every_page(self):
        broken, reached, report = [], set(), []
        for login in (None, *RESIDENTS, *STAFF):
            crawler = self._crawl(login, "/", *(["/my"] if login else []))
            name = login or "visitor"
            if not login:
                broken += crawler.get_head_faults()
            broken += [f"{name}: {line}" for line in crawler.broken]
            reached |= set(crawler.pages) | {page.final_url for page in crawler.pages.values()}
            report.append(
                f"{name}: {len(crawler.pages)} pages, {crawler.links} links, "
                f"{crawler.seconds:.1f} s"
            )
        _logger.info("The crawl:\n%s", "\n".join(report))
        self.assertFalse(broken, "\n" + "\n".join(broken))
        lost = self._get_rules() - self._match(reached)
        self.assertEqual(lost - set(LED_TO_OTHERWISE), set(), "No link leads to these pages")
        self.assertEqual(set(LED_TO_OTHERWISE) - lost, set(), "A link leads there, or none is left")

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
