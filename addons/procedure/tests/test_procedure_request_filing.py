from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.territory_base import clock

from ..models.procedure_request_filing import ProcedureRequestFiling
from .common import ProcedureCommon, upload


@tagged("post_install", "-at_install")
class TestFiling(ProcedureCommon):
    def assertInvalid(self, keys, **kwargs):
        before = self.env["procedure.request"].search_count([])
        with self.assertRaisesKeeping(AnswersInvalid) as caught:
            self._submit(**kwargs)
        self.assertEqual(set(caught.exception.errors), set(keys))
        self.assertEqual(self.env["procedure.request"].search_count([]), before)
        return caught.exception.errors

    @freeze_time("2026-11-25 10:00:00")
    def test_camille_files_and_the_service_has_it(self):
        request = self._submit()
        self.assertRegex(request.number, r"^ESSAI-2026-\d{4}$")
        self.assertEqual(request.state, "submitted")
        self.assertEqual(request.applicant_id, self.camille.partner_id)
        self.assertEqual(request.version_id, self.procedure.version_id)
        self.assertEqual(request.service_id, self.waste)
        self.assertEqual(request.commune_id, self.vaubecourt)
        self.assertEqual(request.answers["persons"], 4)
        self.assertEqual(request.answers["address"]["insee"], "55532")
        line = request.document_line_ids
        self.assertEqual((line.field_key, line.state), ("proof", "received"))
        self.assertEqual(line.document_id.giver_id, self.camille.partner_id)
        self.assertEqual(line._get_content_for(self.camille)["content"], upload()["content"])
        self.assertEqual(self.procedure.with_user(self.agent).request_count, 1)
        self.assertIn(request, self.env["procedure.request"].with_user(self.agent).search([]))

    def test_answers_are_indexed(self):
        index = {row.key: row for row in self._submit().answer_ids}
        address = index["address"]
        self.assertEqual(address.res_model, "territory.commune")
        self.assertEqual(address.res_id, self.vaubecourt.id)
        self.assertEqual(index["persons"].value_number, 4)
        self.assertEqual(str(index["date_in"].value_date), "2026-03-24")
        self.assertNotIn("note", index, "long texts are not searched")

    def test_each_wrong_answer_has_its_sentence_and_nothing_is_created(self):
        errors = self.assertInvalid(
            ["address", "persons", "note", "proof"],
            answers=self._answers(**{"address.street": "", "persons": "", "note": "x" * 10_000}),
            files={"proof": [upload()] * 3},
        )
        self.assertEqual(errors["persons"], "Enter a number.")

    def test_sentences_are_french_for_residents(self):
        with self.assertRaises(AnswersInvalid) as caught:
            self.env["procedure.request"].with_context(lang="fr_FR").with_user(
                self.camille
            )._submit(
                Filing(
                    procedure=self.procedure,
                    answers=self._answers(note="x" * 10_000),
                    applicant=self.camille.partner_id,
                )
            )
        self.assertEqual(
            caught.exception.errors["note"].replace("\u202f", " ").replace("\xa0", " "),
            "Ce texte a 10 000 caractères. Le maximum est de 5 000.",
        )

    def test_a_hidden_answer_never_counts(self):
        request = self._submit(answers=self._answers(dwelling="secondary", persons="7"))
        self.assertNotIn("persons", request.answers)

    def test_the_file_of_a_hidden_question_is_not_kept(self):
        fields = self._form()
        fields[-1].update(condition_ids=[Command.create({"key": "dwelling", "value": "secondary"})])
        procedure = self._procedure("Autre", "AUT", self.waste, fields=fields)
        self.assertFalse(self._submit(procedure=procedure).document_line_ids)
        self.assertFalse(self.env["procedure.document"].search([("name", "=", "photo.png")]))

    def test_numbers_follow_each_other_by_procedure_and_year(self):
        other = self._procedure("Signaler", "SIG", self.waste)
        with freeze_time("2026-12-31 10:00:00"):
            first, second = self._submit(), self._submit()
            third = self._submit(procedure=other)
        with freeze_time("2027-01-02 10:00:00"):
            fourth = self._submit()
        numbers = [request.number for request in (first, second, third, fourth)]
        self.assertEqual(
            numbers, ["ESSAI-2026-0001", "ESSAI-2026-0002", "SIG-2026-0001", "ESSAI-2027-0001"]
        )

    def test_the_same_form_sent_twice_is_one_request(self):
        Guard = self.env["public.guard"]
        token = Guard._form_token("filing")
        first = self._submit(claim=token)
        again = self._submit(claim=token)
        self.assertEqual(first, again)
        self.assertEqual(len(first.document_line_ids), 1)
        self.assertNotEqual(first, self._submit(claim=Guard._form_token("filing")))

    # `assertRaises` takes back what was written: these catch as a controller does.

    def _refuse(self, **values):
        try:
            self._submit(**values)
        except UserError:
            return
        self.fail("This filing is refused.")

    def test_a_refused_form_may_be_corrected_and_sent_again(self):
        token = self.env["public.guard"]._form_token("filing")
        self._refuse(answers=self._answers(persons="x"), claim=token)
        self.assertEqual(self._submit(claim=token).state, "submitted")

    def test_nothing_is_left_when_the_filing_breaks(self):
        names = ("procedure.request", "procedure.document", "public.guard.token", "mail.mail")
        kept = [self.env[name].search([]) for name in (*names, "ir.attachment")]
        with patch.object(
            self.env.registry["procedure.request"],
            "_send_acknowledgment",
            side_effect=UserError("Ce fichier ne se garde pas."),
        ):
            self._refuse(claim=self.env["public.guard"]._form_token("filing"))
        for records in kept:
            self.assertEqual(records.search([]), records)

    def test_closed_procedures_take_no_request(self):
        self.procedure.date_close = "2026-06-30"
        with freeze_time("2026-06-30 10:00:00"):
            self._submit()
        with freeze_time("2026-07-01 10:00:00"), self.assertRaises(UserError):
            self._submit()
        self.procedure.date_close = False
        self.procedure.action_suspend()
        with self.assertRaises(UserError):
            self._submit()

    def test_one_live_request_per_household(self):
        self.procedure.max_per_household = 1
        household = self.env["res.partner"].create(
            {"name": "Foyer Durand", "kind": "household", "company_type": "company"}
        )
        self.env["household.membership"].create(
            {
                "household_id": household.id,
                "person_id": self.camille.partner_id.id,
                "role": "adult",
            }
        )
        first = self._submit()
        self.assertEqual(first.household_id, household)
        self.assertInvalid([AnswersInvalid.FORM])
        first.with_user(self.agent).action_refuse("Doublon")
        self.assertEqual(self._submit().state, "submitted")

    def test_the_commune_chooses_the_service(self):
        self.procedure.local_service_ids = self.town_hall | self.other_town_hall
        self.assertEqual(self._submit().service_id, self.town_hall)
        request = self._submit(answers=self._answers(**{"address.commune": "revigny-sur-ornain"}))
        self.assertEqual(request.service_id, self.other_town_hall)
        request = self._submit(answers=self._answers(**{"address.commune": "Nancy"}))
        self.assertEqual(request.service_id, self.waste)

    def test_a_joker_is_not_the_name_of_a_commune(self):
        find = self.env["procedure.request"]._find_commune
        self.assertEqual(find("vaubecourt")["insee"], "55532")
        for text in ("%", "_" * 10, "V%", "\\"):
            self.assertIsNone(find(text))

    def test_a_procedure_of_one_commune_is_for_it_only(self):
        self.procedure.commune_ids = self.vaubecourt
        self._submit()
        self.assertInvalid(
            [AnswersInvalid.FORM], answers=self._answers(**{"address.commune": "55427"})
        )

    def test_a_procedure_for_a_child_is_not_for_oneself(self):
        self.procedure.applicant_kinds = "child"
        self.assertInvalid([AnswersInvalid.FORM])
        child = self.camille.partner_id.with_user(self.camille)._declare_child(
            {
                "firstname": "Louis",
                "lastname": "Durand",
                "birthdate": "2018-02-01",
                "birthplace": "Verdun",
                "birth_country": "FR",
            }
        )
        request = self._submit(subjects=child)
        self.assertEqual(request.subject_ids, child)

    def test_nobody_files_in_the_name_of_another(self):
        Request = self.env["procedure.request"].with_user(self.dominique)
        values = {"procedure": self.procedure, "answers": self._answers()}
        with self.assertRaises(AccessError):
            Request._submit(Filing(applicant=self.camille.partner_id, **values))
        with self.assertRaises(AccessError):
            Request._submit(
                Filing(
                    applicant=self.dominique.partner_id, subjects=self.camille.partner_id, **values
                )
            )
        with self.assertRaises(AccessError):
            Request._submit(
                Filing(applicant=self.dominique.partner_id, channel="counter", **values)
            )

    def test_a_delegate_files_for_her_association(self):
        association = self.env["res.partner"].create(
            {"name": "Amicale", "kind": "association", "company_type": "company"}
        )
        with self.assertRaises(AccessError):
            self._submit(acting_for=association)
        self.env["partner.delegate"].create(
            {
                "organisation_id": association.id,
                "organisation_name": "Amicale",
                "person_id": self.camille.partner_id.id,
                "state": "active",
            }
        )
        request = self._submit(acting_for=association)
        self.assertEqual(request.acting_for_id, association)
        self.assertEqual(association.reader_service_ids, self.waste)

    def test_the_agent_files_at_the_counter(self):
        request = self._submit_at_counter()
        self.assertEqual((request.channel, request.state), ("counter", "submitted"))
        self.assertFalse(request.contact_email)

    def _submit_at_counter(self):
        return (
            self.env["procedure.request"]
            .with_user(self.agent)
            ._submit(
                Filing(
                    procedure=self.procedure,
                    answers=self._answers(),
                    identity={"contact_firstname": "Ana", "contact_lastname": "Morel"},
                    channel="counter",
                )
            )
        )

    def test_alone_this_addon_lets_nobody_file_but_on_the_site(self):
        """The desk lets the staff enter a request: without it, not even the agent in charge."""
        requests = self.env["procedure.request"].with_user(self.agent)
        values = {"procedure": self.procedure, "answers": self._answers()}
        own = ProcedureRequestFiling._check_channel
        own(requests, Filing(**values))
        for entered in (
            {"channel": "counter"},
            {"incomplete_until": clock.today()},
            {"files": {"proof": [{"seen_on": clock.today()}]}},
        ):
            with self.subTest(entered), self.assertRaises(AccessError):
                own(requests, Filing(**values, **entered))

    def test_without_account_identity_is_asked(self):
        with self.assertRaises(AnswersInvalid) as caught:
            self._submit_without_account(identity={"contact_firstname": "Ana"})
        self.assertEqual(
            set(caught.exception.errors), {"contact_lastname", "contact_email", "contact_address"}
        )

    def test_without_account_a_code_follows_the_request(self):
        request = self._submit_without_account(files={"proof": [upload()]})
        code = request.env.context["follow_code"]
        self.assertRegex(code, r"^[2-9A-HJKMNP-Z]{10}$")
        self.assertEqual(request.contact_email, "Ana@exemple.fr")
        self.assertEqual((request.contact_zip, request.contact_city), ("54000", "Nancy"))
        self.assertEqual(request.document_line_ids.document_id.giver_email, "Ana@exemple.fr")
        find = self.env["procedure.request"]._find_by_number_and_code
        self.assertEqual(find(request.number.lower(), f" {code[:5]} {code[5:].lower()}"), request)
        self.assertFalse(find(request.number, "ABCDEFGHJK"))
        self.assertFalse(find("BAC-2026-9999", code))
        self.assertFalse(find(None, None))
        with_account = self._submit()
        self.assertFalse(find(with_account.number, ""))
        self.assertNotIn(code, request.access_token_digest)

    def test_an_account_may_be_required(self):
        self.procedure.account_required = True
        with self.assertRaises(AnswersInvalid) as caught:
            self._submit_without_account()
        self.assertEqual(set(caught.exception.errors), {AnswersInvalid.FORM})
        self.assertEqual(self._submit().state, "submitted")

    def test_html_is_kept_as_text(self):
        hostile = '<script>alert("1")</script>'
        request = self._submit(answers=self._answers(note=hostile))
        self.assertEqual(request.answers["note"], hostile)
        self.assertIn("&lt;script&gt;", request.with_user(self.agent).answers_html)
        self.assertNotIn("<script>", request.with_user(self.agent).answers_html)
