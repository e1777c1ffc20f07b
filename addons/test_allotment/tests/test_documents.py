from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.tests.common import upload

from .common import AllotmentCommon


@freeze_time("2026-11-26 10:00:00")
class TestDocuments(AllotmentCommon):
    """A document that was given once is given again; one of health is called so."""

    @classmethod
    def _allotment_form(cls):
        insurance = {
            "key": "insurance",
            "type": "file",
            "label": "Assurance",
            "requirement_code": "insurance_proof",
            "validity_kind": "months",
            "validity_months": 3,
        }
        mobility = {"key": "mobility", "type": "file", "label": "Accès de plain-pied"}
        mobility["requirement_code"] = "allotment_mobility"
        return [*super()._allotment_form(), insurance, mobility]

    def _give(self, **kwargs):
        """The document of a first request."""
        request = self._submit(
            procedure=self.allotment, answers={}, files={"insurance": [upload()]}, **kwargs
        )
        return request.document_line_ids.document_id

    def _give_again(self, document, user=None, key="insurance", **kwargs):
        return self._ask(user, documents={key: document}, **kwargs)

    def assertRefused(self, words, document, **kwargs):
        with self.assertRaisesRegex(AnswersInvalid, words) as caught:
            self._give_again(document, **kwargs)
        self.assertEqual(list(caught.exception.errors), [kwargs.get("key", "insurance")])

    def _child(self, name):
        return self.camille.partner_id._declare_child(
            {"firstname": name, "lastname": "Durand", "birthdate": "2020-02-01"}
        )

    def test_a_document_given_before_is_given_again(self):
        document = self._give()
        with freeze_time("2026-12-20 10:00:00"):
            line = self._give_again(document).document_line_ids
            self.assertEqual((line.document_id, line.field_key), (document, "insurance"))
            self.assertEqual((line.state, str(line.given_again_on)), ("received", "2026-12-20"))
            self.assertEqual(str(document.given_on), "2026-11-26")
            self.assertEqual(document.with_user(self.agent).name, "photo.png")

    def test_it_answers_a_required_question(self):
        version = self.allotment.action_new_version()
        version.field_ids.filtered(lambda field: field.key == "insurance").required = True
        self.allotment.action_publish()
        document = self._give()
        with self.assertRaises(AnswersInvalid):
            self._ask()
        self.assertTrue(self._give_again(document).document_line_ids)

    def test_nobody_gives_the_document_of_somebody_else(self):
        document = self._give()
        guessed = self.env["procedure.document"].browse(document.id)
        with self.assertRaises(AccessError):
            self._give_again(guessed, self.dominique)
        with self.assertRaises(AccessError):
            self._submit_without_account(
                procedure=self.allotment, answers={}, documents={"insurance": guessed}
            )

    def test_staff_gives_again_what_it_reads_only(self):
        document = self._give()
        self.allotment.local_service_ids = self.town_hall
        for user, is_read in ((self.agent, True), (self.secretary, False)):
            self.assertEqual(document.with_user(user).has_access("read"), is_read)
        requests = self.env["procedure.request"].with_user(self.secretary)
        filing = self._filing(documents={"insurance": document}, channel="counter")
        with self.assertRaises(AccessError):
            requests._check_given_before(filing)

    def test_another_question_takes_another_document(self):
        self.assertRefused("another document", self._give(), key="mobility")

    def test_the_same_key_elsewhere_is_another_question(self):
        """A key means something in its own procedure; a code of requirement, in all of them."""
        identity = self._procedure(
            "Carte",
            "CARTE",
            self.school,
            fields=[
                {"key": "mobility", "type": "file", "label": "Carte d’identité"},
                {"key": "insurance", "type": "file", "label": "Assurance de l’an dernier"},
                {
                    "key": "proof",
                    "type": "file",
                    "label": "Assurance",
                    "requirement_code": "insurance_proof",
                },
                {
                    "key": "other",
                    "type": "file",
                    "label": "Autre",
                    "requirement_code": "insurance",
                },
            ],
        )
        document = self._give()
        plain = self._submit(procedure=identity, answers={}, files={"insurance": [upload()]})
        plain = plain.document_line_ids.document_id
        for key, given, is_taken in (
            ("mobility", document, False),
            ("insurance", document, False),
            ("proof", document, True),
            ("insurance", plain, True),
            ("other", plain, False),
        ):
            filing = {"procedure": identity, "answers": {}, "files": {}, "documents": {key: given}}
            with self.subTest((key, given)):
                if is_taken:
                    self.assertEqual(self._submit(**filing).document_line_ids.document_id, given)
                    continue
                with self.assertRaisesRegex(AnswersInvalid, "another document"):
                    self._submit(**filing)

    def test_each_service_dates_it_by_its_own_question(self):
        """One asks for three months, the other for twelve: neither reads the other's end."""
        school = self._procedure(
            "Cantine",
            "CANT",
            self.school,
            fields=[
                {
                    "key": "proof",
                    "type": "file",
                    "label": "Assurance",
                    "requirement_code": "insurance_proof",
                    "validity_kind": "months",
                    "validity_months": 12,
                }
            ],
        )
        document = self._give()
        line = document.line_ids.with_user(self.agent)
        request = self._submit(
            procedure=school, answers={}, files={}, documents={"proof": document}
        )
        again = request.document_line_ids.with_user(self.school_agent)
        for dated_by in (line, again, line):
            dated_by._set_issued_on("2026-06-26")
            self.env.invalidate_all()
            for each, until, is_expired in (
                (line, "2026-09-26", True),
                (again, "2027-06-26", False),
            ):
                self.assertEqual((str(each.validity_date), each.is_expired), (until, is_expired))

    def test_a_document_that_is_too_old_is_not_given_again(self):
        document = self._give()
        with freeze_time("2027-03-01 10:00:00"):
            self.assertRefused("no longer valid", document)

    def test_a_document_that_was_refused_is_not_given_again(self):
        document = self._give()
        document.line_ids.with_user(self.agent).action_refuse("Illisible")
        self.assertRefused("not accepted", document)

    def test_a_document_whose_file_went_is_not_given_again(self):
        document = self._give()
        document.write({"file": False, "size": 0})
        self.assertRefused("no longer kept", document)

    def test_a_document_of_one_child_serves_that_child_only(self):
        zoe, paul = self._child("Zoé"), self._child("Paul")
        document = self._give(subjects=zoe)
        self.assertTrue(self._give_again(document, subjects=zoe).document_line_ids)
        self.assertRefused("somebody else", document, subjects=paul)
        self.assertRefused("somebody else", document, subjects=zoe | paul)
        self.assertRefused("somebody else", document)

    def test_a_child_whose_sheet_is_put_aside_is_still_somebody_else(self):
        zoe, paul = self._child("Zoé"), self._child("Paul")
        document = self._give(subjects=zoe)
        zoe.active = False
        self.assertRefused("somebody else", document, subjects=paul)
        self.assertRefused("somebody else", document)

    def test_nothing_is_told_of_the_document_of_somebody_else(self):
        """Before it is sent too: what a page would show of a guessed number."""
        document = self._give()
        document.name = "ordonnance-de-camille.png"
        requests = self.env["procedure.request"].with_user(self.dominique).sudo()
        filing = self._filing(
            self.dominique,
            procedure=self.allotment,
            answers={"garden_project": "Des fleurs"},
            files={},
            documents={"mobility": document},
        )
        errors = requests._get_filing_errors(filing)
        self.assertTrue(errors)
        self.assertNotIn("ordonnance", str(errors))

    def test_a_document_of_the_association_serves_it_only(self):
        association = self._delegations(self.camille).organisation_id
        document = self._give(acting_for=association)
        self.assertTrue(self._give_again(document, acting_for=association).document_line_ids)
        self.assertRefused("somebody else", document)

    def test_a_service_says_which_document_is_health(self):
        """No addon of this database keeps health data: the database refuses it."""
        files = {"mobility": [upload()]}
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self._submit(procedure=self.allotment, answers={}, files=files)
