from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.territory_base.tests.sweep import sweep

from .common import CounterCommon


@tagged("post_install", "-at_install")
class TestCounterRights(CounterCommon):
    """Who enters requests for somebody; each neighbour, by page, by post, by remote call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.local = cls._procedure(
            "Demande en mairie",
            "GUICH",
            cls.env["territory.service"],
            fields=[{"key": "place", "type": "address", "label": "Où", "required": True}],
            local_service_ids=[Command.set((cls.town_hall | cls.other_town_hall).ids)],
            commune_ids=[Command.set((cls.vaubecourt | cls.revigny).ids)],
            slug="demande-en-mairie",
        )

    def _slugs(self, user):
        self.sign_in(user)
        return set(self.get("/guichet").tree.xpath("//select[@name='procedure']/option/@value"))

    def test_each_chooses_among_the_procedures_that_she_answers(self):
        ours = {self.procedure.slug, self.full.slug, self.local.slug}
        self.assertEqual(self._slugs(self.agent) & ours, ours - {self.local.slug})
        # Hers, and those of the EPCI services, for the person at her counter.
        self.assertEqual(self._slugs(self.secretary) & ours, ours)
        self.assertEqual(self._slugs(self.manager) & ours, ours)
        self.sign_in(self.school_agent)
        page = self.get("/guichet")
        self.assertIn("Pas encore de démarche ici", page.text)
        self.assertFalse(page.tree.xpath("//main//form[@method='post']"))

    def test_the_qr_of_a_printed_form_opens_the_entry_for_who_enters_it(self):
        for procedure, entering in (
            (self.procedure, self.agent | self.manager | self.secretary | self.other_secretary),
            (self.local, self.secretary | self.other_secretary | self.manager),
        ):
            everybody = self.agent | self.school_agent | self.secretary | self.other_secretary
            everybody |= self.manager | self.communication | self.dpo | self.camille
            for user in everybody | self.env.ref("base.public_user"):
                path = procedure.sudo()._get_paper_path(user)
                if user in entering:
                    self.assertEqual(path, f"/guichet?demarche={procedure.slug}", user.login)
                else:
                    self.assertEqual(path, f"/demarches/{procedure.slug}", user.login)

    def test_for_anybody_else_the_pages_do_not_exist(self):
        path, page = self.open_form(self.agent)
        data = {**self.hidden(page), **self.typed(), **self.ana()}
        for user in (self.communication, self.dpo, self.camille):
            self.sign_in(user)
            for address in ("/guichet", path, "/guichet/demande/1", f"/guichet/{2**40}"):
                with self.subTest(user.login, address=address):
                    self.assertEqual(self.url_open(address).status_code, 404)
            for address in ("/guichet", path):
                self.assertEqual(self.url_open(address, data=data).status_code, 404)
        self.authenticate(None, None)
        for address in ("/guichet", path):
            response = self.url_open(address, allow_redirects=False)
            self.assertEqual(response.status_code, 303)
            self.assertIn("/web/login", response.headers["Location"])
        self.assertFalse(self.requests_of())

    def test_what_a_colleague_is_entering_is_hers(self):
        path, page = self.open_form(self.agent)
        data = {**self.hidden(page), **self.typed(), **self.ana()}
        for user in (self.colleague, self.school_agent, self.secretary, self.manager):
            self.sign_in(user)
            self.assertEqual(self.url_open(path).status_code, 404, user.login)
            self.assertEqual(self.url_open(path, data=data).status_code, 404, user.login)
            page = self.get(f"/guichet?saisie={self.entry(path).id}")
            self.assertFalse(page.tree.xpath("//input[@name='_entry']"))
        self.assertFalse(self.requests_of())

    def test_a_neighbour_chooses_neither_the_procedure_nor_the_person(self):
        self._submit(user=self.dominique)
        dominique = str(self.dominique.partner_id.id)
        other = self._procedure(
            "Voisine",
            "VOISINE",
            self.other_town_hall,
            slug="voisine",
            commune_ids=self.revigny.ids,
        )
        response = self.start(self.secretary, procedure=other.slug)
        self.assertEqual(set(self.errors(response)), {"procedure"})
        self.sign_in(self.school_agent)
        data = {**self.hidden(self.get(self.form_path)), "procedure": self.procedure.slug}
        response = self.post("/guichet", {**data, "channel": "counter", "_action": "continue"})
        self.assertEqual(response.status_code, 422)
        for user in (self.secretary, self.other_secretary):
            response = self.start(user, procedure=self.local.slug, name="Petit")
            self.assertFalse(response.tree.xpath("//input[@name='person']"))
            # A guessed number, of somebody or of nobody: the same words.
            sentences = {
                self.errors(self.start(procedure=self.local.slug, person=person))["name"]
                for person in (dominique, "999999999", "1")
            }
            self.assertEqual(len(sentences), 1)
        self.assertFalse(self.env["website.procedure.pending"].search([]))

    def test_a_secretary_enters_for_her_commune_and_not_for_the_next_one(self):
        path, page = self.open_form(self.secretary, procedure=self.local.slug)
        data = {**self.hidden(page), **self.ana(), "_action": "send"}
        data.update({"place.street": "3 rue du Moulin", "place.commune": "Revigny-sur-Ornain"})
        response = self.post(path, data)
        self.assertEqual(response.status_code, 422)
        self.assertIn("mairie de Revigny", response.text)
        data["place.commune"] = "Vaubecourt"
        response = self.post(path, data)
        self.assertEqual(response.status_code, 303)
        request = self.requests_of(self.local)
        self.assertEqual(request.service_id, self.town_hall)
        receipt = response.headers["Location"]
        for user, status in (
            (self.secretary, 200),
            (self.manager, 200),
            (self.other_secretary, 404),
            (self.agent, 404),
        ):
            self.sign_in(user)
            self.assertEqual(self.url_open(receipt).status_code, status, user.login)

    def test_for_an_epci_service_a_secretary_enters_prints_and_reads_nothing_more(self):
        path, page = self.open_form(self.secretary, procedure=self.procedure.slug)
        response = self.send(path, page, [self.jpeg()], **self.ana())
        self.assertEqual(response.status_code, 303, self.errors(response))
        request = self.requests_of()
        self.assertEqual(request.service_id, self.waste)
        receipt = response.headers["Location"].removeprefix(self.base_url())
        page = self.get(receipt)
        self.assertIn(request.number, page.text)
        self.assertFalse(page.tree.xpath("//main//a[contains(@href, '/odoo/')]"))
        printed = page.tree.xpath("//a[contains(., 'Imprimer le récépissé')]/@href")[0]
        self.assertEqual(self.url_open(printed).headers["Content-Type"], "application/pdf")
        # She finds it again, and nobody else does.
        self.assertIn(request.number, self.get("/guichet").text)
        letter = f"/procedure/letter/{request.letter_ids.id}"
        self.assertEqual(self.url_open(letter).status_code, 404)
        for path in (f"/guichet/demande/{request.id}/completer", f"/my/demandes/{request.id}"):
            self.assertEqual(self.url_open(path).status_code, 404, path)
        colleague = self._staff("second_secretary", "secretary", self.town_hall)
        for user in (colleague, self.other_secretary, self.school_agent, self.camille):
            self.sign_in(user)
            for path in (receipt, printed, letter):
                self.assertEqual(self.url_open(path).status_code, 404, (user.login, path))
            self.assertNotIn(request.number, self.url_open("/guichet").text)
        self.sign_in(self.agent)
        for path in (receipt, printed):
            self.assertEqual(self.url_open(path).status_code, 200)

    def test_the_receipt_closes_with_her_rights_and_after_a_month(self):
        path, page = self.open_form(self.secretary, procedure=self.procedure.slug)
        receipt = self.send(path, page, **self.ana()).headers["Location"]
        self.assertEqual(self.url_open(receipt).status_code, 200)
        request = self.requests_of()
        entered_on = request.entered_on
        request.sudo().entered_on -= timedelta(days=31)
        self.assertEqual(self.url_open(receipt).status_code, 404)
        request.sudo().entered_on = entered_on
        self.town_hall.user_ids -= self.secretary
        self.assertEqual(self.url_open(receipt).status_code, 404)

    def test_for_another_service_only_who_comes_or_calls(self):
        """What is written is passed on to it (CRPA L114-2)."""
        for channel in ("mail", "email"):
            response = self.start(self.secretary, procedure=self.procedure.slug, channel=channel)
            self.assertEqual(set(self.errors(response)), {"channel"})
            self.assertIn("Transmettez-lui ce qui est arrivé par courrier", response.text)
            refused = Filing(
                procedure=self.procedure,
                answers={**self.typed()},
                identity=self.ana(),
                channel=channel,
            )
            with self.assertRaises(AnswersInvalid):
                self.env["procedure.request"].with_user(self.secretary)._submit(refused)
        response = self.start(self.secretary, procedure=self.local.slug, channel="mail")
        self.assertEqual(response.status_code, 303)

    def test_who_calls_her_village_about_another_service_is_not_turned_away(self):
        path, page = self.open_form(self.secretary, channel="phone")
        self.assertIn("Saisie par téléphone", page.text)
        response = self.send(path, page, **self.ana(), _action="send")
        self.assertEqual(response.status_code, 303, self.errors(response))
        request = self.requests_of()
        self.assertEqual(
            (request.channel, request.service_id, request.entered_by_id),
            ("phone", self.waste, self.secretary),
        )
        # Its receipt, and nothing else of the file.
        receipt = response.headers["Location"].removeprefix(self.base_url())
        self.assertIn(request.number, self.get(receipt).text)
        self.assertFalse(request.with_user(self.secretary).has_access("read"))

    def test_rights_that_end_close_the_page(self):
        path, page = self.open_form(self.agent)
        self.waste.user_ids -= self.agent
        self.assertEqual(self.url_open(path).status_code, 404)
        self.assertEqual(self.send(path, page, **self.ana()).status_code, 404)
        self.assertFalse(self.requests_of())

    def test_an_entry_is_nobodys_by_remote_call(self):
        path, _page = self.open_form(self.agent)
        entry = self.entry(path)
        for user in (self.agent, self.manager, self.camille):
            for method, args in (("read", (["channel"],)), ("write", ({"channel": "web"},))):
                with self.assertRaises(AccessError):
                    getattr(entry.with_user(user), method)(*args)

    def test_the_door_is_shown_to_who_may_pass(self):
        for user, shown in ((self.agent, 1), (self.school_agent, 0), (self.camille, 0)):
            self.sign_in(user)
            links = self.get(self.path).tree.xpath("//a[starts-with(@href, '/guichet')]")
            self.assertEqual(len(links), shown, user.login)
        self.assertEqual(
            self.procedure.with_user(self.agent).action_open_counter()["url"],
            f"/guichet?demarche={self.procedure.slug}",
        )
        self.sign_in(self.agent)
        page = self.get(f"/guichet?demarche={self.procedure.slug}")
        self.assertEqual(self.value(page, "procedure"), self.procedure.slug)

    def test_of_a_household_nothing_is_filled_in_unless_its_file_is_read(self):
        person = self.dominique.partner_id.sudo()
        person.phone = "06 39 98 00 00"
        dwelling = self.env["territory.dwelling"]._find_or_create(
            "12 rue Secrète", "", self.vaubecourt
        )
        person._create_household()._occupy(dwelling)
        procedure = self._procedure(
            "Reprise",
            "REPRISE",
            self.waste,
            fields=[
                {"key": "call", "type": "phone", "label": "Téléphone", "prefill": "phone"},
                {"key": "home", "type": "address", "label": "Adresse", "prefill": "address"},
                {"key": "size", "type": "integer", "label": "Taille", "prefill": "household_size"},
            ],
            slug="reprise",
        )
        self._submit(user=self.dominique)
        values = {
            "procedure": procedure.slug,
            "name": "Petit",
            "_searched": "Petit",
            "person": str(person.id),
        }
        _path, page = self.open_form(self.agent, **values)
        self.assertIn("39 98 00 00", self.value(page, "call"))
        self.assertFalse(self.value(page, "home.street"))
        self.assertFalse(self.value(page, "size"))
        self.waste.reads_family_file = True
        _path, page = self.open_form(**values)
        self.assertEqual(self.value(page, "home.street"), "12 rue Secrète")
        self.assertEqual(self.value(page, "size"), "1")

    def test_she_acts_for_the_organisations_that_the_agent_reads(self):
        association = self._delegations(self.dominique, name="Amicale").organisation_id
        self._submit(user=self.dominique)
        person = str(self.dominique.partner_id.id)
        values = {"name": "Petit", "_searched": "Petit", "person": person}
        path, page = self.open_form(self.agent, **values)
        self.assertNotIn("Amicale", page.text)
        self.send(path, page, _for=str(association.id))
        self.assertFalse(self.requests_of()[0].acting_for_id)
        self._submit(user=self.dominique, acting_for=association)
        path, page = self.open_form(**values)
        self.assertEqual(
            page.tree.xpath("//input[@name='_for']/@value"), [person, str(association.id)]
        )
        self.send(path, page, _for=str(association.id))
        self.assertEqual(self.requests_of()[0].acting_for_id, association)

    def test_an_organisation_that_she_reads_is_found_by_its_name(self):
        """Somebody without sheet calls for it: it is chosen first, and who calls is typed."""
        club = self.env["res.partner"].create({"name": "Les Amis du Lavoir", "kind": "association"})
        clubs = self._procedure(
            "Clubs",
            "CLUBS",
            self.waste,
            fields=[{"key": "words", "type": "char", "label": "Quoi"}],
            slug="clubs",
            applicant_kinds="organisation",
        )
        searched = {"procedure": clubs.slug, "name": "lavoir", "_action": "search"}
        self.assertNotIn("Les Amis", self.start(self.agent, **searched).text)
        guessed = self.start(procedure=clubs.slug, person=str(club.id))
        self.assertEqual(set(self.errors(guessed)), {"name"})
        club.reader_service_ids = self.waste
        page = self.start(**searched)
        self.assertIn("Les Amis du Lavoir, Association", self.words(page))
        chosen = {
            "procedure": clubs.slug,
            "name": "lavoir",
            "_searched": "lavoir",
            "person": str(club.id),
        }
        self.procedure.applicant_kinds = "person"
        response = self.start(**{**chosen, "procedure": self.procedure.slug})
        self.assertEqual(set(self.errors(response)), {"name"})
        path, page = self.open_form(**chosen)
        self.assertIn("Les Amis du Lavoir", self.words(page))
        response = self.post(path, {**self.hidden(page), **self.ana(), "_action": "send"})
        self.assertEqual(response.status_code, 303, self.errors(response))
        request = self.requests_of(clubs)
        self.assertEqual((request.acting_for_id, request.applicant_id.id), (club, False))
        self.assertEqual(request.applicant_name, "Ana Morel")
        # Her service reads it no longer while the page is open.
        path, page = self.open_form(**chosen)
        self.waste.user_ids -= self.agent
        self.assertEqual(self.url_open(path).status_code, 404)

    @sweep("fuzz")
    def test_whatever_is_sent_nothing_breaks(self):
        path, page = self.open_form(self.agent)
        hidden = self.hidden(page)
        for value in ("", "x", "-1", str(2**40), "\x00", "é" * 3000, "[]"):
            data = {
                **hidden,
                **dict.fromkeys(("_entry", "person", "name", "_searched", "procedure"), value),
                **dict.fromkeys(("received_on", "channel", "_action"), value),
            }
            self.assertLess(self.post("/guichet", data).status_code, 500, value)
            data = dict.fromkeys(
                ("_page", "_version", "_remove", "_drop", "_for", "persons"), value
            )
            for action in ("send", "next", value):
                response = self.post(path, {**hidden, **data, "_action": action})
                self.assertLess(response.status_code, 500, value)
        for query in ("saisie", "demarche", "etape"):
            for value in ("x", "-1", str(2**40), "%00"):
                for address in ("/guichet", path):
                    response = self.url_open(f"{address}?{query}={value}")
                    self.assertLess(response.status_code, 500, (address, query, value))
        self.assertFalse(self.requests_of())
