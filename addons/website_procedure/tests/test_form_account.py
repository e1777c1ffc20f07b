import json
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.territory_base import clock

from .common import WebsiteProcedureCommon, photo

FORM = "odoo.addons.website_procedure.controllers.form"


class TestFormAccount(WebsiteProcedureCommon):
    def test_resident_files_a_request_and_reads_its_acknowledgment(self):
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        self.assertEqual(page.status_code, 200)
        response = self.post(self.form_path, {**self.hidden(page), **self.typed()}, [self.jpeg()])
        self.assertEqual(response.status_code, 303)
        request = self.requests_of()
        self.assertEqual(request.applicant_id, self.camille.partner_id)
        self.assertEqual(request.channel, "web")
        self.assertEqual(request.answers["persons"], 4)
        self.assertEqual(request.answers["date_in"], "2026-03-24")
        self.assertEqual(request.document_line_ids.document_id.name, "facture.jpg")
        page = self.get(response.headers["Location"])
        self.assertEqual(page.status_code, 200)
        self.assertIn(request.number, page.text)
        self.assertIn("facture.jpg", page.text)
        self.assertIn(self.waste.name, page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")

    def test_every_type_of_field_is_drawn_under_its_key(self):
        self.sign_in(self.camille)
        page = self.get("/demarches/tout-demander/formulaire")
        names = set(page.tree.xpath("//main//form//@name"))
        for field in self.full.version_id.field_ids:
            if field.type == "address":
                self.assertLessEqual({f"{field.key}.street", f"{field.key}.commune"}, names)
            elif field.type in ("section", "information"):
                self.assertIn(field.label, page.text)
            elif field.type != "consent":
                # The box that ends the form is ticked once all is read again.
                self.assertIn(field.key, names, field.type)
        for field in page.tree.xpath("//main//form//*[@name][@id]"):
            labels = page.tree.xpath(f"//label[@for='{field.get('id')}']")
            self.assertTrue(labels, field.get("name"))

    def test_every_type_of_field_is_filed(self):
        self.sign_in(self.camille)
        path = "/demarches/tout-demander/formulaire"
        data = [
            *self.hidden(self.get(path)).items(),
            ("line", "Bonjour <b>vous</b>"),
            ("long", "Deux\nlignes"),
            ("count", "7"),
            ("day", "1.2.2020"),
            ("yes", "0"),
            ("one", "b"),
            ("many", "a"),
            ("many", "b"),
            ("mail", "Sacha@Exemple.fr"),
            ("call", "06 39 98 00 42"),
            ("home.street", "3 rue Haute"),
            ("home.commune", "Nancy"),
            ("town", "55532"),
            ("agree", "1"),
            ("_action", "send"),
        ]
        files = [self.jpeg("paper", "un.jpg"), self.jpeg("paper", "deux.jpg", photo("blue"))]
        response = self.post(path, data, files)
        self.assertEqual(response.status_code, 303, self.errors(response))
        answers = self.requests_of(self.full).answers
        self.assertEqual(answers["line"], "Bonjour <b>vous</b>")
        self.assertEqual(answers["day"], "2020-02-01")
        self.assertIs(answers["yes"], False)
        self.assertEqual(answers["many"], ["a", "b"])
        self.assertEqual(answers["town"]["label"], "Vaubecourt")
        self.assertEqual(len(self.requests_of(self.full).document_line_ids), 2)

    def test_errors_are_said_beside_and_on_top_and_nothing_is_lost(self):
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(persons="beaucoup", note="À garder")}
        response = self.post(self.form_path, data, [self.jpeg()])
        self.assertEqual(response.status_code, 422)
        self.assertTrue(self.title(response).startswith("Erreur"))
        self.assertEqual(list(self.errors(response)), ["persons"])
        field = response.tree.xpath("//input[@name='persons']")[0]
        self.assertEqual(field.get("aria-invalid"), "true")
        self.assertIn("f-persons-e", field.get("aria-describedby"))
        self.assertEqual(self.value(response, "persons"), "beaucoup")
        self.assertEqual(self.value(response, "note"), "À garder")
        self.assertEqual(self.value(response, "address.street"), "3 rue du Moulin")
        self.assertEqual(self.value(response, "dwelling"), ["main"])
        self.assertIn("facture.jpg", response.text)
        self.assertFalse(self.requests_of())
        # The file needs not be chosen again.
        response = self.post(self.form_path, {**self.hidden(response), **self.typed()})
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self.requests_of().document_line_ids.document_id.name, "facture.jpg")

    def test_file_kept_by_an_error_can_be_removed(self):
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(persons="")}
        response = self.post(self.form_path, data, [self.jpeg()])
        remove = response.tree.xpath("//button[@name='_remove']/@value")
        self.assertEqual(len(remove), 1)
        data = {**self.hidden(response), **self.typed(persons=""), "_remove": remove[0]}
        response = self.post(self.form_path, data)
        self.assertEqual(response.status_code, 200)
        self.assertNotIn("facture.jpg", response.text)
        self.assertEqual(self.value(response, "note"), "Bonjour")

    def test_another_person_cannot_remove_nor_take_my_files(self):
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(persons="")}
        response = self.post(self.form_path, data, [self.jpeg()])
        remove = response.tree.xpath("//button[@name='_remove']/@value")[0]
        self.sign_in(self.dominique)
        page = self.get(self.form_path)
        self.assertNotIn("facture.jpg", page.text)
        response = self.post(
            self.form_path, {**self.hidden(page), **self.typed(persons=""), "_remove": remove}
        )
        self.assertNotIn("facture.jpg", response.text)
        files = self.env["website.procedure.pending.file"].search([])
        self.assertEqual(files.mapped("name"), ["facture.jpg"])

    def test_draft_is_kept_and_finished_later(self):
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(persons="", note="Pas fini")}
        response = self.post(self.form_path, {**data, "_action": "later"}, [self.jpeg()])
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith("/my/demandes?garde=1"))
        self.assertIn("Reprendre", self.get(self.path).text)
        page = self.get(self.form_path)
        self.assertEqual(self.value(page, "note"), "Pas fini")
        self.assertIn("facture.jpg", page.text)
        response = self.post(self.form_path, {**self.hidden(page), **self.typed()})
        self.assertEqual(response.status_code, 303)
        self.assertFalse(self.env["website.procedure.pending"].search([]))

    def test_who_began_a_request_is_told_before_it_is_erased(self):
        Pending = self.env["website.procedure.pending"]
        draft, _claim = Pending._start(self.procedure, self.camille.partner_id)
        Pending._remind_drafts()
        self.assertFalse(self._mails(email=self.camille.email))
        draft.date_expire = fields.Datetime.add(fields.Datetime.now(), days=10)
        for _day in range(2):
            Pending._remind_drafts()
        mail = self._mails(email=self.camille.email)
        self.assertEqual(len(mail), 1)
        self.assertIn("Demander un bac", mail.body_html)
        self.assertIn("/my/demandes", mail.body_html)
        draft._keep(answers={})
        self.assertFalse(draft.date_reminded, "Taken up again: it starts anew")

    def test_draft_of_another_person_is_not_shown(self):
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(note="À moi"), "_action": "later"}
        self.post(self.form_path, data)
        self.sign_in(self.dominique)
        self.assertNotIn("À moi", self.get(self.form_path).text)

    def test_double_click_is_one_request(self):
        self.sign_in(self.camille)
        data = {**self.hidden(self.get(self.form_path)), **self.typed()}
        first = self.post(self.form_path, data, [self.jpeg()])
        second = self.post(self.form_path, data, [self.jpeg()])
        self.assertEqual((first.status_code, second.status_code), (303, 303))
        self.assertEqual(len(self.requests_of()), 1)
        page = self.get(second.headers["Location"])
        self.assertIn("pas partie deux fois", page.text)
        self.assertIn(self.requests_of().number, page.text)

    def test_what_one_person_files_in_an_hour_is_limited(self):
        self.sign_in(self.camille)
        with patch(f"{FORM}.FILED_AN_HOUR", 2):
            for rank in range(3):
                data = {**self.hidden(self.get(self.form_path)), **self.typed(note=f"{rank}")}
                response = self.post(self.form_path, data)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.value(response, "note"), "2")
        self.assertEqual(len(self.requests_of()), 2)

    def test_replay_without_the_files_that_were_kept_is_one_request(self):
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(persons="")}
        page = self.post(self.form_path, data, [self.jpeg()])
        data = {**self.hidden(page), **self.typed()}
        self.assertEqual(self.post(self.form_path, data).status_code, 303)
        self.assertEqual(self.post(self.form_path, data).status_code, 303)
        self.assertEqual(len(self.requests_of()), 1)

    def test_two_tabs_with_the_same_answers_are_one_request(self):
        self.sign_in(self.camille)
        tabs = [self.hidden(self.get(self.form_path)) for _tab in range(2)]
        for tab in tabs:
            response = self.post(self.form_path, {**tab, **self.typed()}, [self.jpeg()])
            self.assertEqual(response.status_code, 303)
        self.assertEqual(len(self.requests_of()), 1)

    def test_second_tab_with_other_answers_is_asked_then_filed(self):
        self.sign_in(self.camille)
        tabs = [self.hidden(self.get(self.form_path)) for _tab in range(2)]
        self.post(self.form_path, {**tabs[0], **self.typed()}, [self.jpeg()])
        data = {**tabs[1], **self.typed(note="Un second bac")}
        response = self.post(self.form_path, data, [self.jpeg()])
        self.assertEqual(response.status_code, 200)
        self.assertIn("Vous venez d’envoyer une autre demande", self.notice(response))
        self.assertEqual(self.value(response, "note"), "Un second bac")
        self.assertEqual(len(self.requests_of()), 1)
        data = {**self.hidden(response), **self.typed(note="Un second bac")}
        self.assertEqual(self.post(self.form_path, data).status_code, 303)
        self.assertEqual(len(self.requests_of()), 2)

    def test_next_request_is_not_taken_for_the_former(self):
        self.file_as(self.camille)
        self.file_as(self.camille, note="Encore un")
        self.assertEqual(len(self.requests_of()), 2)

    def test_expired_page_keeps_everything(self):
        self.sign_in(self.camille)
        data = {**self.hidden(self.get(self.form_path)), **self.typed(note="À garder")}
        for broken in ({"csrf_token": "x"}, {"guard_token": "x"}, {"csrf_token": ""}):
            response = self.post(self.form_path, {**data, **broken}, [self.jpeg()])
            self.assertEqual(response.status_code, 200)
            self.assertIn("restée ouverte trop longtemps", self.notice(response))
            self.assertEqual(self.value(response, "note"), "À garder")
            self.assertIn("facture.jpg", response.text)
            self.assertFalse(self.requests_of())
            remove = response.tree.xpath("//button[@name='_remove']/@value")
            for file_id in remove:
                data_remove = {**self.hidden(response), **self.typed(), "_remove": file_id}
                self.post(self.form_path, data_remove)
        response = self.post(
            self.form_path, {**self.hidden(response), **self.typed()}, [self.jpeg()]
        )
        self.assertEqual(response.status_code, 303)

    def test_another_site_cannot_touch_a_draft(self):
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(note="À moi"), "_action": "later"}
        self.post(self.form_path, data, [self.jpeg()])
        draft = self.env["website.procedure.pending"].search([])
        for action in ("send", "later", "update"):
            forged = {**self.typed(note="Piège"), "_action": action, "_remove": draft.file_ids.id}
            self.post(self.form_path, forged, [self.jpeg(name="piege.jpg")])
        self.assertEqual(draft.answers["note"], "À moi")
        self.assertEqual(draft.file_ids.mapped("name"), ["facture.jpg"])
        page = self.get(self.form_path)
        self.assertEqual(self.value(page, "note"), "À moi")
        self.assertNotIn("piege.jpg", page.text)

    def test_a_question_of_a_conditional_part_keeps_its_own_condition(self):
        form = [
            {"key": "yes", "type": "boolean", "label": "Un bac ?"},
            {"key": "kind", "type": "char", "label": "Lequel"},
            {
                "key": "part",
                "type": "section",
                "label": "Le bac",
                "condition_ids": [Command.create({"key": "yes", "value": "1"})],
            },
            {
                "key": "size",
                "type": "char",
                "label": "Taille",
                "condition_ids": [Command.create({"key": "kind", "operator": "set"})],
            },
        ]
        procedure = self._procedure("Deux conditions", "DEUXCOND", self.waste, fields=form)
        page = self.get(f"/demarches/{procedure.slug}/formulaire")
        part, block = page.tree.xpath("//*[@name='size']/ancestor::*[@data-if]")
        self.assertEqual(json.loads(part.get("data-if")), [["all", [["yes", "=", ["1"]]]]])
        self.assertEqual(json.loads(block.get("data-if")), [["all", [["kind", "set", []]]]])
        self.assertEqual(
            [node.text_content() for node in part.xpath(".//*[@data-if-sentence]")],
            [
                "Si vous avez répondu «\xa0Oui\xa0» à «\xa0Un bac\xa0»\xa0:",
                "Si vous avez répondu à «\xa0Lequel\xa0»\xa0:",
            ],
        )

    def test_conditional_question_is_asked_only_when_it_applies(self):
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        self.assertIn("Si vous avez répondu «\xa0Résidence principale\xa0»", page.text)
        data = {**self.hidden(page), **self.typed(dwelling="secondary", persons="")}
        self.assertEqual(self.post(self.form_path, data, [self.jpeg()]).status_code, 303)
        self.assertNotIn("persons", self.requests_of().answers)

    def test_what_the_account_knows_is_filled_in_and_its_origin_is_said(self):
        form = [
            {"key": "name", "type": "char", "label": "Nom", "prefill": "lastname"},
            {"key": "call", "type": "phone", "label": "Téléphone", "prefill": "phone"},
        ]
        procedure = self._procedure("Se présenter", "PRES", self.waste, fields=form)
        self.sign_in(self.camille)
        page = self.get(f"/demarches/{procedure.slug}/formulaire")
        self.assertEqual(self.value(page, "name"), "Durand")
        today = clock.today().strftime("%d/%m/%Y")
        self.assertEqual(page.text.count(f"Repris de votre compte le {today}"), 1)

    def test_a_procedure_for_a_child_offers_children_only(self):
        procedure = self._procedure(
            "Cantine",
            "CANTESSAI",
            self.waste,
            fields=[{"key": "wish", "type": "char", "label": "Souhait"}],
            applicant_kinds="child",
        )
        path = f"/demarches/{procedure.slug}/formulaire"
        self.sign_in(self.camille)
        page = self.get(path)
        self.assertTrue(page.tree.xpath("//main//a[@href='/my/foyer/enfant']"))
        data = {**self.hidden(page), "wish": "Lundi", "_action": "send"}
        self.assertEqual(self.post(path, data).status_code, 422)
        self.assertFalse(self.requests_of(procedure))
        child, sister = (
            self.camille.partner_id.sudo()._declare_child(
                {
                    "firstname": firstname,
                    "lastname": "Durand",
                    "birthdate": "2018-02-01",
                    "birthplace": "Verdun",
                    "birth_country": "FR",
                }
            )
            for firstname in ("Louis", "Jeanne")
        )
        page = self.get(path)
        data = {**self.hidden(page), "wish": "Lundi", "_action": "send"}
        names = set(page.tree.xpath("//main//*[@name='_for']/@value"))
        self.assertEqual(names, {str(child.id), str(sister.id)})
        # Nobody chooses between two children for the parent.
        self.assertEqual(self.value(page, "_for"), [])
        self.assertEqual(self.post(path, data).status_code, 422)
        self.assertEqual(self.post(path, {**data, "_for": str(child.id)}).status_code, 303)
        self.assertEqual(self.requests_of(procedure).subject_ids, child)

    def test_what_is_known_of_the_child_is_filled_in_once_it_is_chosen(self):
        form = [
            {"key": "kid", "type": "char", "label": "Prénom", "prefill": "child_firstname"},
            {"key": "parent", "type": "char", "label": "Nom", "prefill": "lastname"},
        ]
        procedure = self._procedure(
            "Ludothèque", "LUDO", self.waste, fields=form, applicant_kinds="child"
        )
        path = f"/demarches/{procedure.slug}/formulaire"
        child, _sister = self._declare("Louis"), self._declare("Jeanne")
        self.sign_in(self.camille)
        self.assertEqual(self.value(self.get(path), "kid"), "")
        page = self.get(f"{path}?pour={child.id}")
        self.assertEqual([self.value(page, key) for key in ("kid", "parent")], ["Louis", "Durand"])
        self.assertIn("Repris de la fiche de Louis Durand le", page.text)

    def test_what_is_known_of_the_organisation_is_filled_in_once_it_is_chosen(self):
        form = [
            {"key": "club", "type": "char", "label": "Nom", "prefill": "organisation_name"},
            {"key": "number", "type": "rna", "label": "RNA", "prefill": "organisation_rna"},
            {"key": "parent", "type": "char", "label": "Vous", "prefill": "lastname"},
        ]
        procedure = self._procedure(
            "Subvention", "SUBV", self.waste, fields=form, applicant_kinds="organisation"
        )
        path = f"/demarches/{procedure.slug}/formulaire"
        clubs = [
            self._delegations(self.camille, name=name).organisation_id
            for name in ("Amicale", "Foyer")
        ]
        clubs[0].rna = "W551000001"
        self.sign_in(self.camille)
        page = self.get(f"{path}?pour={clubs[1].id}")
        self.assertEqual(self.value(page, "club"), "Foyer")
        self.assertNotIn("W551000001", page.text)
        page = self.get(f"{path}?pour={clubs[0].id}")
        self.assertEqual(
            [self.value(page, key) for key in ("club", "number", "parent")],
            ["Amicale", "W551000001", "Durand"],
        )
        # For whom is asked first, on a page of its own.
        sent = {**self.hidden(page), "_for": str(clubs[0].id), "_action": "next"}
        page = self.get(self.post(path, sent).headers["Location"])
        self.assertIn("Repris de la fiche de Amicale", page.text)

    def _declare(self, firstname):
        return self.camille.partner_id.sudo()._declare_child(
            {
                "firstname": firstname,
                "lastname": "Durand",
                "birthdate": "2018-02-01",
                "birthplace": "Verdun",
            }
        )

    def test_the_days_are_those_of_a_child(self):
        """Child by child: the grid says whose days they are, and one request is for one child."""
        procedure = self._procedure(
            "Cantine",
            "CANTJOURS",
            self.waste,
            fields=[
                {
                    "key": "days",
                    "type": "weekly_grid",
                    "label": "Quels jours",
                    "grid_days": "1,2",
                    "option_ids": self._choices(("canteen", "Cantine")),
                }
            ],
            applicant_kinds="child",
        )
        path = f"/demarches/{procedure.slug}/formulaire"
        legend = "normalize-space(//main//table[contains(@class, 'et-grid')]/../legend)"
        louis, jeanne = self._declare("Louis"), self._declare("Jeanne")
        self.sign_in(self.camille)
        page = self.get(path)
        self.assertEqual(page.tree.xpath(legend), "Quels jours (facultatif)")
        self.assertIn("Une demande par enfant", page.text)
        for child, other in ((louis, jeanne), (jeanne, louis)):
            page = self.get(f"{path}?pour={child.id}")
            self.assertIn(f"Quels jours – {child.firstname} Durand", page.tree.xpath(legend))
            self.assertNotIn(other.firstname, page.tree.xpath(legend))
        data = {**self.hidden(page), "_for": str(louis.id), "days.canteen": "2", "_action": "send"}
        self.assertEqual(self.post(path, data).status_code, 303)
        request = self.requests_of(procedure)
        self.assertEqual(request.subject_ids, louis)
        self.assertEqual(request.answers["days"], {"canteen": [2]})
        self.procedure.applicant_kinds = "any"
        self.assertNotIn("Une demande par enfant", self.get(self.form_path).text)

    def test_parent_files_for_a_child_and_a_delegate_for_an_association(self):
        child = self._declare("Louis")
        association = self._delegations(self.camille, name="Les Amis").organisation_id
        self.sign_in(self.camille)
        for kinds, partner in (("child", child), ("any", association)):
            self.procedure.applicant_kinds = kinds
            page = self.get(self.form_path)
            data = {**self.hidden(page), **self.typed(note=partner.name), "_for": partner.id}
            response = self.post(self.form_path, data, [self.jpeg()])
            self.assertEqual(response.status_code, 303)
        for_association, for_child = self.requests_of()
        self.assertEqual(for_child.subject_ids, child)
        self.assertEqual(for_association.acting_for_id, association)

    def test_a_child_is_proposed_only_where_the_procedure_is_for_a_child(self):
        """A bin, a hall: who asks is asked to choose between herself and her organisations, and
        asked nothing when there is nobody but herself."""
        child = self._declare("Louis")
        offered = "//main//*[@name='_for']/@value"
        self.sign_in(self.camille)
        for kinds in ("any", "person"):
            self.procedure.applicant_kinds = kinds
            page = self.get(self.form_path)
            self.assertEqual(page.tree.xpath(offered), [], kinds)
            data = {**self.hidden(page), **self.typed(), "_for": child.id}
            response = self.post(self.form_path, data, [self.jpeg()])
            self.assertEqual(response.status_code, 422, kinds)
            self.assertIn("_for", self.errors(response))
        self.assertFalse(self.requests_of())
        association = self._delegations(self.camille, name="Les Amis").organisation_id
        mine = self.camille.partner_id
        self.procedure.applicant_kinds = "any"
        found = self.get(self.form_path).tree.xpath(offered)
        self.assertEqual(found, [str(mine.id), str(association.id)])
        for kinds, wanted in (("organisation", association), ("child", child)):
            self.procedure.applicant_kinds = kinds
            found = self.get(self.form_path).tree.xpath(offered)
            self.assertEqual(found, [str(wanted.id)], kinds)

    def test_a_procedure_for_persons_offers_no_organisation(self):
        association = self._delegations(self.camille, name="Les Amis").organisation_id
        self.sign_in(self.camille)
        offered = "//input[@name='_for']/@value"
        choices = self.get(self.form_path).tree.xpath(offered)
        self.assertIn(str(association.id), choices)
        self.procedure.applicant_kinds = "person"
        self.assertNotIn(str(association.id), self.get(self.form_path).tree.xpath(offered))

    def test_nobody_files_for_a_stranger_by_a_typed_number(self):
        self.sign_in(self.camille)
        data = {**self.hidden(self.get(self.form_path)), **self.typed()}
        data["_for"] = self.dominique.partner_id.id
        response = self.post(self.form_path, data, [self.jpeg()])
        self.assertEqual(response.status_code, 422)
        self.assertIn("_for", self.errors(response))
        self.assertFalse(self.requests_of())

    def test_a_right_lost_while_the_form_is_open_files_for_nobody_else(self):
        """Neither for oneself nor for the other child; nothing typed is lost."""
        lost, sister = self._declare("Louis"), self._declare("Jeanne")
        delegation = self._delegations(self.camille, name="Les Amis")
        association = delegation.organisation_id
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        lost.authority_ids.sudo().action_end()
        delegation.sudo().action_end()
        for kinds, gone in (("any", association), ("child", lost)):
            self.procedure.applicant_kinds = kinds
            data = {**self.hidden(page), **self.typed(note="Bien tapé"), "_for": gone.id}
            response = self.post(self.form_path, data, [self.jpeg()])
            self.assertEqual(response.status_code, 422)
            self.assertIn("Dites de nouveau pour qui", self.errors(response)["_for"])
            self.assertEqual(self.value(response, "note"), "Bien tapé")
            self.assertEqual(self.value(response, "_for"), [])
            self.assertFalse(self.requests_of())
        data = {**self.hidden(response), **self.typed(), "_for": sister.id}
        self.assertEqual(self.post(self.form_path, data).status_code, 303)
        self.assertEqual(self.requests_of().subject_ids, sister)

    def test_the_question_is_asked_again_when_only_oneself_is_left(self):
        delegation = self._delegations(self.camille, name="Les Amis")
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        delegation.sudo().action_end()
        data = {**self.hidden(page), **self.typed(), "_for": delegation.organisation_id.id}
        response = self.post(self.form_path, data, [self.jpeg()])
        self.assertEqual(response.status_code, 422)
        mine = response.tree.xpath("//input[@name='_for']/@value")
        self.assertEqual(mine, [str(self.camille.partner_id.id)])

    def test_notice_of_the_register_is_on_the_form(self):
        self.sign_in(self.camille)
        page = self.get(self.form_path)
        notice = self.procedure.processing_id.with_context(lang="fr_FR")._get_notice_summary()
        self.assertIn(notice, page.tree.text_content())

    def test_form_costs_the_same_number_of_queries_with_many_drafts(self):
        self.sign_in(self.camille)
        before = self.count_queries(self.form_path)
        for number in range(10):
            user = new_test_user(self.env, f"someone{number}", "base.group_portal")
            self.env["website.procedure.pending"]._start(self.procedure, user.partner_id)
        self.env["procedure.procedure"].create(
            [{"name": f"Autre {number}", "code": f"A{number}"} for number in range(10)]
        )
        self.assertLessEqual(self.count_queries(self.form_path), before)
        self.assertLess(before, 60)

    def test_acknowledgment_needs_its_own_signature(self):
        request = self.file_as(self.camille)
        other = self.file_as(self.camille, note="autre")
        url = request.sudo()._get_acknowledgment_url()
        self.authenticate(None, None)
        self.assertIn(request.number, self.get(url).text)
        self.assertNotIn(other.number, self.get(url).text)
        for wrong in (url[:-2], url + "AA", f"{self.path}/accuse/x", f"{self.path}/accuse/é"):
            self.assertEqual(self.url_open(wrong).status_code, 404)
        self.assertEqual(
            self.url_open(url.replace(self.path, "/demarches/tout-demander")).status_code, 404
        )

    def test_acknowledgment_bears_the_hour_of_the_territory(self):
        request = self.file_as(self.camille)
        request.sudo().date_submitted = "2026-07-14 22:30:00"
        page = self.get(request.sudo()._get_acknowledgment_url())
        self.assertIn("15/07/2026 00:30", page.text)

    def test_closed_procedure_leads_back_to_its_page(self):
        self.procedure.date_close = "2020-01-01"
        response = self.url_open(self.form_path, allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("fermée pour le moment", self.get(self.path).text)

    def test_organisation_only_procedure_offers_organisations(self):
        self.full.applicant_kinds = "organisation"
        association = self._delegations(self.camille, name="Les Amis").organisation_id
        self.sign_in(self.camille)
        path = "/demarches/tout-demander/formulaire"
        data = {**self.hidden(self.get(path)), "line": "x", "agree": "1", "_action": "send"}
        self.assertEqual(self.post(path, data).status_code, 303)
        self.assertEqual(self.requests_of(self.full).acting_for_id, association)
