from unittest.mock import patch

from freezegun import freeze_time

from odoo.addons.website_procedure.models.procedure_procedure import MIN_DECISIONS
from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon
from odoo.addons.website_procedure.tests.test_usual_delay import OthersAnswered


class TestRequestProgress(OthersAnswered, WebsiteProcedureCommon):
    """What the inhabitant reads of where her request stands, and when it will be answered."""

    def open(self, request):
        # On another day, the session of the day before has ended.
        self.sign_in(self.camille)
        return self.get(f"/my/demandes/{request.id}")

    def titles(self, page):
        return [
            self.text(title).partition(":")[2].strip()
            for title in page.tree.xpath("//ol[@class='et-line']/li/h3")
        ]

    def text(self, node):
        return " ".join(node.text_content().split())

    def status(self, page):
        return self.text(page.tree.xpath("//*[@id='etapes']/..")[0])

    def test_what_is_useful_next_is_a_link_on_the_page_and_in_the_mail(self):
        request = self._submit()
        page = self.open(request)
        address = f"/demarches/{self.full.slug}"
        self.assertFalse(page.tree.xpath(f"//main//a[@href='{address}']"))
        suggest = patch.object(
            self.env.registry["procedure.request"],
            "_get_suggested_procedures",
            lambda record: self.full.with_env(record.env).sudo(),
        )
        with suggest:
            request.with_user(self.agent).action_accept("Oui.")
            page = self.open(request)
        self.assertTrue(page.tree.xpath(f"//main//a[@href='{address}']"))
        bodies = " ".join(map(str, self._mails(request).mapped("body_html")))
        self.assertIn(f"{request.get_base_url()}{address}", bodies)
        # Once: the mails that follow say what they have to say.
        known = self._mails(request)
        with suggest:
            request.with_user(self.agent).message_post(
                body="Votre bac arrive mardi.", subtype_xmlid="mail.mt_comment"
            )
            request.sudo()._post_to_applicant("La tournée", "<p>Mardi</p>")
        bodies = " ".join(map(str, (self._mails(request) - known).mapped("body_html")))
        self.assertIn("Mardi", bodies)
        self.assertNotIn(f"{request.get_base_url()}{address}", bodies)

    # The time line

    def test_life_of_a_request_is_told_with_its_dates(self):
        with freeze_time("2026-09-01 08:00"):
            request = self.file_as(self.camille)
        request.service_id.name = "Service déchets"
        agent = request.with_user(self.agent)
        with freeze_time("2026-09-03 08:00"):
            agent.action_take()
        with freeze_time("2026-09-04 08:00"):
            agent.action_ask_completion([{"field_key": "persons", "reason": "Combien ?"}])
        page = self.open(request)
        self.assertEqual(
            self.titles(page),
            [
                "Vous avez envoyé la demande",
                "Le service déchets s'en occupe",
                "Nous attendons votre réponse",
                "Nous étudions la demande",
                "Vous recevez la réponse",
            ],
        )
        self.assertIn("Depuis le 4 septembre 2026", self.status(page))
        with freeze_time("2026-09-06 08:00"):
            request._complete(answers={"persons": "5"}, by=self.camille.partner_id)
        with freeze_time("2026-09-08 08:00"):
            agent.action_refuse("Hors du territoire.")
        with freeze_time("2026-09-09 08:00"):
            agent.action_reopen("Une erreur de notre part")
        with freeze_time("2026-09-10 08:00"):
            agent.action_accept("Bienvenue.")
        page = self.open(request)
        self.assertEqual(
            self.titles(page),
            [
                "Vous avez envoyé la demande",
                "Le service déchets s'en occupe",
                "Nous vous avons demandé quelque chose",
                "Vous avez envoyé ce qui manquait",
                "Votre demande est refusée",
                "Nous étudions de nouveau votre demande",
                "Votre demande est acceptée",
            ],
        )
        for day in ("1er", 3, 4, 6, 8, 9, 10):
            self.assertIn(f"{day} septembre 2026", self.status(page))
        former = page.tree.xpath("//*[@id='anciennes-reponses']/..")[0]
        self.assertIn("Hors du territoire.", self.text(former))

    def test_step_is_told_only_when_its_procedure_shows_it(self):
        request = self.file_as(self.camille)
        request.with_user(self.agent).action_take()
        hidden, shown = self.procedure.step_ids
        shown.is_public = True
        for step in (hidden, shown, shown):
            request.with_user(self.agent).step_id = step
        page = self.open(request)
        self.assertEqual(self.titles(page).count("Livré"), 1)
        self.assertNotIn("À préparer", page.text)
        shown.is_public = False
        self.assertNotIn("Livré", self.titles(self.open(request)))

    def test_a_step_that_a_decision_reaches_comes_after_it_in_the_words_of_its_trade(self):
        request = self.file_as(self.camille)
        step = self.procedure.step_ids[1]
        step.is_public = True
        Request = self.env.registry["procedure.request"]
        on_accepted = patch.object(
            Request, "_on_accepted", lambda record: record.write({"step_id": step.id})
        )
        words = patch.object(
            Request, "_get_step_words", lambda record, step: (step.name, "Mardi 1 décembre 2026")
        )
        with on_accepted, freeze_time("2026-11-26 09:00:00"):
            request.with_user(self.agent).action_accept("Oui.")
        with words:
            page = self.open(request)
        self.assertEqual(self.titles(page)[-2:], ["Votre demande est acceptée", "Livré"])
        self.assertIn("Mardi 1 décembre 2026", self.status(page))

    def test_events_are_nobody_s_by_remote_call(self):
        for user in (self.camille, self.agent, self.secretary, self.dpo, self.manager):
            Event = self.env["website.procedure.event"].with_user(user)
            for operation in ("read", "write", "create", "unlink"):
                self.assertFalse(Event.has_access(operation), (user.login, operation))

    # When the answer comes

    def test_too_few_answers_say_nothing(self):
        self.answer_others(days=3, count=MIN_DECISIONS - 1)
        with freeze_time("2026-10-01"):
            request = self._submit()
            self.sign_in(self.camille)
            self.assertNotIn("En général", self.open(request).text)

    def test_expected_day_is_said_without_being_promised(self):
        self.answer_others(days=8)
        with freeze_time("2026-10-01 10:00"):
            request = self.file_as(self.camille)
            words = self.status(self.open(request))
            self.assertRegex(
                words,
                r"En général 8 jours : pour celle-ci, vers le vendredi 9 octobre 2026, et avant le "
                r"\w+ \d+ \w+ 2026 au plus tard\.",
            )
            self.assertNotIn("Réponse attendue", words, "one day, said once")
            request.sudo().date_due = False
            words = self.status(self.open(request))
            self.assertIn("vers le vendredi 9 octobre 2026. Ce n'est pas une promesse.", words)
        with freeze_time("2026-10-12 10:00"):
            self.assertIn("prend plus de temps que d'habitude", self.status(self.open(request)))

    def test_no_day_is_guessed_while_the_applicant_is_waited_for(self):
        self.answer_others(days=8)
        with freeze_time("2026-10-01 10:00"):
            request = self.file_as(self.camille)
            agent = request.with_user(self.agent)
            agent.action_ask_completion([{"field_key": "persons", "reason": "Combien ?"}])
            self.assertNotIn("En général", self.status(self.open(request)))
        with freeze_time("2026-10-20 10:00"):
            request._complete(answers={"persons": "5"}, by=self.camille.partner_id)
            words = self.status(self.open(request))
            self.assertIn("vers le mercredi 28 octobre 2026", words)

    # What to do next

    def test_place_on_the_waiting_list_is_said_where_the_procedure_shows_it(self):
        with freeze_time("2026-09-01"):
            before = self._submit(self.dominique)
        with freeze_time("2026-09-02"):
            request = self.file_as(self.camille)
        for each in (request, before):
            each.with_user(self.agent).action_waiting_list("Complet")
        page = self.open(request)
        self.assertIn("dès qu'une place se libère", self.status(page))
        self.assertNotIn("numéro 2", self.status(page))
        self.procedure.shows_waiting_rank = True
        self.assertIn("numéro 2", self.status(self.open(request)))
        before.with_user(self.agent).action_accept("Oui.")
        self.assertIn("numéro 1", self.status(self.open(request)))

    def test_closed_request_leads_to_a_new_one(self):
        request = self.file_as(self.camille)
        request.with_user(self.agent).action_drop("Doublon")
        page = self.open(request)
        links = page.tree.xpath("//*[@id='etapes']/..//a/@href")
        self.assertEqual(links, [self.path])
        self.assertIn("Doublon", self.text(page.tree.xpath("//*[@id='reponse']/..")[0]))

    def test_document_out_of_date_says_what_to_do(self):
        request = self.file_as(self.camille)
        line = request.sudo().document_line_ids
        line.state = "expired"
        line.document_id.validity_date = "2026-08-31"
        words = self.text(self.open(request).tree.xpath("//*[@id='documents']/..")[0])
        self.assertIn("Périmé", words)
        self.assertIn("valable jusqu'au lundi 31 août 2026", words)
        self.assertIn("apportez-le au service", words)

    def test_appeal_is_told_with_a_refusal_and_with_conditions(self):
        self.env["ir.config_parameter"].set_param("procedure.appeal_text", "Tribunal de Nancy")
        for act in (
            lambda request: request.action_refuse("Non."),
            lambda request: request.action_accept("Oui.", "Rendre l’ancien bac."),
        ):
            request = self.file_as(self.camille, note=str(act))
            act(request.with_user(self.agent))
            answer = self.open(request).tree.xpath("//*[@id='reponse']/..")[0]
            self.assertIn("Tribunal de Nancy", self.text(answer))
