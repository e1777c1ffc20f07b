from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.territory_base import clock

from .common import CounterCommon


@tagged("post_install", "-at_install")
class TestCounter(CounterCommon):
    def test_somebody_without_account_leaves_with_her_receipt(self):
        path, page = self.open_form(self.agent)
        self.assertIn("Saisie au guichet pour quelqu'un sans compte", self.words(page))
        response = self.send(
            path, page, [self.jpeg(), self.jpeg("_paper", "signe.jpg")], **self.ana()
        )
        self.assertEqual(response.status_code, 303, self.errors(response))
        request = self.requests_of()
        self.assertEqual(
            (request.channel, request.entered_by_id, request.applicant_name),
            ("counter", self.agent, "Ana Morel"),
        )
        self.assertEqual(
            request.document_line_ids.mapped("label"),
            ["Justificatif de domicile", "Formulaire papier"],
        )
        receipt = self.get(response.headers["Location"])
        self.assertIn(request.number, receipt.text)
        self.assertIn("Il n'y a pas d'adresse électronique", self.words(receipt))
        letter = receipt.tree.xpath("//a[contains(., 'Imprimer le récépissé')]/@href")[0]
        printed = self.url_open(letter)
        self.assertEqual(printed.headers["Content-Type"], "application/pdf")
        self.assertFalse(self._mails(email="ana"))

    def test_who_has_an_email_receives_the_acknowledgment_and_the_code(self):
        path, page = self.open_form(self.agent, channel="phone")
        response = self.send(path, page, **self.ana(contact_email="ana@exemple.fr"))
        receipt = self.get(response.headers["Location"])
        self.assertIn("ana@exemple.fr", receipt.text)
        self.assertIn(self.requests_of().number, self._mails(email="ana@exemple.fr").subject)

    def test_nobody_at_the_counter_is_sent_to_her_own_household(self):
        """Nothing to choose from: on the site a link leads to her household, hers only."""
        home = [{"key": "home", "type": "dwelling", "label": "Quel logement"}]
        self._procedure("Piscine", "PISCINE", self.waste, fields=home, slug="piscine-essai")
        self._submit()
        values = {"procedure": "piscine-essai", "name": "Durand", "_searched": "Durand"}
        person = str(self.camille.partner_id.id)
        _path, page = self.open_form(self.agent, person=person, **values)
        self.assertIn("Quel logement", page.text)
        self.assertFalse(page.tree.xpath("//main//a[@href='/my/foyer']"))
        self.sign_in(self.camille)
        page = self.get("/demarches/piscine-essai/formulaire")
        self.assertTrue(page.tree.xpath("//main//a[@href='/my/foyer']"))

    def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(self):
        path, page = self.open_form(self.agent)
        # Its files leave with the form: what the visitor's route keeps is a visitor's.
        self.assertFalse(page.tree.xpath("//form[@data-upload]"))
        response = self.send(
            path,
            page,
            [self.jpeg("_paper", "signe.jpg")],
            persons="99",
            contact_phone="06 39 98 00 00",
        )
        self.assertEqual(response.status_code, 422)
        self.assertEqual(
            set(self.errors(response)), {"contact_firstname", "contact_lastname", "persons"}
        )
        self.assertEqual(self.value(response, "contact_phone"), "06 39 98 00 00")
        self.assertIn("signe.jpg", response.text)
        # Another day, from the same address.
        self.assertIn("signe.jpg", self.get(path).text)
        response = self.send(path, response, persons="3", **self.ana())
        self.assertEqual(response.status_code, 303, self.errors(response))
        self.assertEqual(self.requests_of().document_line_ids.mapped("name"), ["signe.jpg"])

    def test_the_first_page_says_what_is_wrong(self):
        tomorrow = clock.today() + timedelta(days=1)
        response = self.start(
            self.agent, procedure="", channel="", received_on=tomorrow.strftime("%d/%m/%Y")
        )
        self.assertEqual(response.status_code, 422)
        self.assertEqual(set(self.errors(response)), {"procedure", "channel", "received_on"})
        for value in ("", "hier", "31/02/2026"):
            response = self.start(received_on=value)
            self.assertEqual(set(self.errors(response)), {"received_on"}, value)
        self.assertEqual(set(self.errors(self.start(channel="web"))), {"channel"})
        self.assertFalse(self.env["website.procedure.pending"].search([]))

    def test_a_letter_counts_from_the_day_it_came(self):
        day = clock.today() - timedelta(days=3)
        path, page = self.open_form(
            self.agent, channel="mail", received_on=day.strftime("%d.%m.%Y")
        )
        self.assertIn(day.strftime("%d/%m/%Y"), page.text)
        self.send(path, page, **self.ana())
        request = self.requests_of()
        self.assertEqual((request.channel, clock.local_day(request.date_submitted)), ("mail", day))

    def test_a_person_that_the_service_knows_is_found_by_her_name(self):
        self._submit(user=self.dominique)
        found = self.start(self.agent, name="petit dom")
        self.assertEqual(
            found.tree.xpath("//input[@name='person']/@value"),
            [str(self.dominique.partner_id.id), ""],
        )
        path, page = self.open_form(
            name="petit dom", _searched="petit dom", person=str(self.dominique.partner_id.id)
        )
        self.assertIn("Saisie au guichet pour Dominique Petit", page.text)
        self.assertFalse(page.tree.xpath("//*[@name='contact_lastname']"))
        self.send(path, page)
        request = self.requests_of()[0]
        self.assertEqual(request.applicant_id, self.dominique.partner_id)
        self.assertEqual(request.entered_by_id, self.agent)

    def test_nobody_is_listed_without_a_name(self):
        self._submit(user=self.dominique)
        response = self.start(self.agent, name="", _action="search")
        self.assertFalse(response.tree.xpath("//input[@name='person']"))
        for name in ("p", "%%", "__", "a b", "12", "."):
            response = self.start(name=name)
            self.assertEqual(set(self.errors(response)), {"name"}, name)
            self.assertFalse(response.tree.xpath("//input[@name='person']"), name)
        response = self.start(name="Durand")
        self.assertIn("Votre service ne connaît personne de ce nom", self.notice(response))
        self.assertFalse(response.tree.xpath("//input[@name='person']"))

    def test_a_child_is_no_applicant(self):
        child = self.env["res.partner"].create(
            {
                "firstname": "Louis",
                "lastname": "Durand",
                "kind": "person",
                "birthdate": "2018-02-01",
            }
        )
        response = self.start(self.manager, name="Louis Durand")
        self.assertNotIn(str(child.id), response.tree.xpath("//input[@name='person']/@value"))
        response = self.start(person=str(child.id))
        self.assertEqual(set(self.errors(response)), {"name"})

    def test_her_own_draft_is_neither_read_nor_touched(self):
        self._submit(user=self.dominique)
        self.sign_in(self.dominique)
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(note="Mon secret"), "_action": "later"}
        self.post(self.form_path, data)
        person = str(self.dominique.partner_id.id)
        path, page = self.open_form(self.agent, name="Petit", _searched="Petit", person=person)
        self.assertNotIn("Mon secret", page.text)
        self.send(path, page, note="Au guichet")
        draft = self.env["website.procedure.pending"].search(
            [("partner_id", "=", self.dominique.partner_id.id)]
        )
        self.assertEqual(draft.answers["note"], "Mon secret")

    def test_sent_twice_it_is_one_request(self):
        path, page = self.open_form(self.agent)
        first = self.send(path, page, **self.ana())
        again = self.send(path, page, **self.ana())
        self.assertEqual(again.status_code, 303)
        self.assertEqual(again.headers["Location"], first.headers["Location"])
        self.assertEqual(len(self.requests_of()), 1)

    def test_a_post_of_another_site_leaves_nothing(self):
        path, page = self.open_form(self.agent)
        data = {**self.hidden(page), **self.typed(), **self.ana(), "csrf_token": "faux"}
        response = self.post(path, data, [self.jpeg("_paper", "signe.jpg")])
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.value(response, "contact_lastname"), "Morel")
        self.assertFalse(self.requests_of())
        self.assertFalse(self.entry(path).file_ids)
        self.assertFalse(self.entry(path).answers)
        response = self.start(csrf_token="faux")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(len(self.env["website.procedure.pending"].search([])), 1)

    def test_channel_day_and_person_can_be_changed_without_losing_the_form(self):
        self._submit(user=self.dominique)
        path, page = self.open_form(self.agent)
        self.send(path, page, note="Déjà tapé", _action="")
        page = self.get(f"/guichet?saisie={self.entry(path).id}")
        self.assertEqual(self.value(page, "channel"), ["counter"])
        response = self.post(
            "/guichet",
            {
                **self.hidden(page),
                "procedure": self.procedure.slug,
                "channel": "phone",
                "received_on": self.value(page, "received_on"),
                "person": str(self.dominique.partner_id.id),
                "_action": "continue",
            },
        )
        self.assertEqual(response.headers["Location"].removeprefix(self.base_url()), path)
        page = self.get(path)
        self.assertIn("Saisie par téléphone pour Dominique Petit", page.text)
        self.assertEqual(self.value(page, "note"), "Déjà tapé")

    def test_what_only_a_file_tells_needs_a_known_person(self):
        procedure = self._procedure(
            "Pour un logement",
            "LOGE",
            self.waste,
            fields=[{"key": "home", "type": "dwelling", "label": "Logement", "required": True}],
            slug="pour-un-logement",
            account_required=True,
        )
        response = self.start(self.agent, procedure=procedure.slug)
        self.assertIn("votre service connaît", self.errors(response)["name"])

    def test_an_account_is_not_needed_at_the_counter(self):
        self.procedure.account_required = True
        path, page = self.open_form(self.agent)
        self.assertEqual(self.send(path, page, **self.ana()).status_code, 303)
        self.assertEqual(self.requests_of().applicant_name, "Ana Morel")

    def test_the_form_goes_page_by_page(self):
        procedure = self._procedure(
            "En deux pages",
            "PAGES",
            self.waste,
            fields=[
                {"key": "first", "type": "page", "label": "Un"},
                {"key": "wish", "type": "char", "label": "Souhait", "required": True},
                {"key": "second", "type": "page", "label": "Deux"},
                {"key": "more", "type": "char", "label": "Suite", "required": True},
            ],
            slug="en-deux-pages",
        )
        path, page = self.open_form(self.agent, procedure=procedure.slug)
        self.assertFalse(page.tree.xpath("//input[@name='_paper']"))
        data = {**self.hidden(page), "wish": "Un bac", "_action": "next"}
        response = self.post(path, data)
        self.assertEqual(response.status_code, 303, self.errors(response))
        page = self.get(f"{path}?etape=2")
        self.assertFalse(page.tree.xpath("//input[@name='_paper']"))
        response = self.post(path, {**self.hidden(page), "more": "Vert", "_action": "next"})
        self.assertEqual(response.status_code, 303, self.errors(response))
        # Who asks comes last.
        page = self.get(f"{path}?etape=3")
        self.assertTrue(page.tree.xpath("//input[@name='_paper']"))
        response = self.post(path, {**self.hidden(page), **self.ana(), "_action": "send"})
        self.assertEqual(response.status_code, 303, self.errors(response))
        request = self.requests_of(procedure)
        self.assertEqual(request.answers, {"wish": "Un bac", "more": "Vert"})
        self.assertEqual(request.applicant_name, "Ana Morel")

    def test_a_closed_procedure_takes_what_came_before(self):
        today = clock.today()
        self.procedure.date_close = today - timedelta(days=1)
        response = self.start(self.agent)
        self.assertEqual(set(self.errors(response)), {"procedure"})
        day = today - timedelta(days=1)
        path, page = self.open_form(channel="mail", received_on=day.strftime("%d/%m/%Y"))
        self.assertEqual(self.send(path, page, **self.ana()).status_code, 303)

    def test_what_is_typed_after_the_session_ended_stays_in_no_session(self):
        """Its page would show nothing of it again; her draft has what was saved."""
        path, page = self.open_form(self.agent)
        data = {**self.hidden(page), **self.typed(), **self.ana()}
        self.authenticate(None, None)
        headers = {"Referer": self.base_url() + path}
        with patch("odoo.addons.website_parts.tools.kept.root.session_store.save") as save:
            self.url_open(path, data=data, headers=headers, allow_redirects=False)
        self.assertFalse([call for call in save.mock_calls if "kept_post" in call.args[0]])

    def test_no_day_of_answer_is_promised_while_none_runs(self):
        path, page = self.open_form(self.agent)
        response = self.send(path, page, [self.jpeg()], **self.ana())
        receipt = response.headers["Location"]
        self.assertIn("Réponse attendue avant le", self.words(self.get(receipt)))
        self.requests_of()._pause_clock(clock.today() + timedelta(days=15))
        self.env.flush_all()
        self.assertNotIn("Réponse attendue avant le", self.words(self.get(receipt)))
