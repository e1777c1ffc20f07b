import re
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid

from .common import SignatureCommon

AWAITED = "signature_awaited"


@tagged("post_install", "-at_install")
class TestSignature(SignatureCommon):
    # -- the other parent

    def test_the_request_waits_and_nobody_accepts_before(self):
        request = self._enrol()
        signature = request.signature_ids
        self.assertEqual((request.state, signature.state), (AWAITED, "asked"))
        self.assertEqual(signature.person_id, self.dominique.partner_id)
        self.assertTrue(request.date_paused)
        with self.assertRaises(UserError):
            request.with_user(self.agent).action_accept()
        with self.assertRaises(UserError):
            request.with_user(self.agent).action_take()
        self._sign(signature, self.dominique)
        self.assertEqual((request.state, signature.state), ("submitted", "signed"))
        self.assertFalse(request.date_paused)
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_accept()
        self.assertEqual(request.state, "accepted")

    def test_only_the_ticked_answers_are_read(self):
        signature = self._enrol().signature_ids
        content = signature._get_content()
        self.assertEqual(
            [label for label, _words in content["answers"]], ["Pour qui", "Jours de garderie"]
        )
        for secret in ("Camille", "Digicode", "camille@exemple.fr"):
            self.assertNotIn(secret, str({**content, "service": ""}))

    def test_the_address_of_a_parent_is_never_among_what_is_signed(self):
        draft = self.enrolment.action_new_version()
        question = draft.field_ids.filtered(lambda field: field.key == "other")
        for keys in ("home,days", "", "words_gone"):
            question.signature_keys = keys
            with self.assertRaises(UserError):
                self.enrolment.action_publish()
        question.signature_keys = "home,days"
        self.assertEqual(question._get_signed_fields().mapped("key"), ["days"])

    def test_whom_we_know_is_told_to_nobody(self):
        """With the other parent known, unknown or without address: the same words to Camille."""
        said = set()
        for email, is_known in (("dominique@exemple.fr", 1), (False, 1), ("x@exemple.fr", 0)):
            self.dominique.partner_id.email = email
            self.env["parental.authority"].search(
                [("holder_id", "=", self.dominique.partner_id.id)]
            ).state = "verified" if is_known else "contested"
            request = self._enrol()
            self.assertEqual(request.state, AWAITED)
            rows = request.with_user(self.camille)._get_answer_sections()[-1]
            mails = self._mails(request).mapped("body_html")
            said.add(re.sub(r"\d+", "#", f"{rows} {mails}"))
            for secret in ("ominique", "impasse Secrète", "x@exemple.fr"):
                self.assertNotIn(secret, str(said))
        self.assertEqual(len(said), 1)

    def test_a_couple_that_shares_a_mailbox_gets_no_link_there(self):
        self.dominique.partner_id.email = "Camille+famille@exemple.fr"
        signature = self._enrol().signature_ids
        self.assertTrue(signature.is_unreached)
        self.assertFalse(self._mails(email="famille@exemple.fr"))
        self.assertIn(
            signature, signature._find_awaited_of(self.dominique.partner_id), "in the account, yes"
        )

    def test_the_same_birth_identity_is_not_another_parent(self):
        twin = self._resident("camille2", "Camille", "Durand")
        (twin | self.camille).partner_id.birthdate = "1990-01-01"
        self.env["parental.authority"]._declare(self.lou, twin.partner_id)._set_verified("x")
        self.assertNotIn(twin.partner_id, self._enrol().signature_ids.person_id)

    def test_two_sheets_of_one_person_merged_no_longer_count(self):
        request = self._enrol()
        self._sign(request.signature_ids, self.dominique)
        request.with_user(self.agent).action_take()
        # What `person_merge` does: the cell moves, nobody wrote the request.
        request.signature_ids.person_id = self.camille.partner_id
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            request.with_user(self.agent).action_accept()
        request.with_user(self.agent).action_ask_signatures()
        self.assertEqual(request.state, AWAITED)

    # -- by e-mail

    def test_oneself_under_another_address_is_refused(self):
        procedure = self._procedure("Louer", "LOUER", self.waste, self._hire_form())
        for own in ("camille@exemple.fr", "CAMILLE+a@exemple.fr"):
            with self.assertRaises(AnswersInvalid) as refused:
                self._hire(procedure=procedure, sign=own)
            self.assertIn("sign", refused.exception.errors)
        signature = self._hire(procedure=procedure).signature_ids
        self.camille.partner_id.birthdate = "1990-01-01"
        twin = self._resident("presidente", "Camille", "Durand")
        twin.partner_id.birthdate = "1990-01-01"
        for user in self.camille | twin:
            with self.assertRaises(UserError):
                self._sign(signature, user)
        with self.assertRaises(UserError):
            self._sign_by_code(signature, "durand  CAMILLE")
        self.assertEqual(signature.state, "asked")
        self._sign_by_code(signature)
        self.assertEqual((signature.state, signature.name), ("signed", "Paule Nord"))

    def test_an_optional_address_left_empty_asks_nobody(self):
        form = self._hire_form(required=False)
        procedure = self._procedure("Louer", "LOUER", self.waste, form)
        self.assertEqual(self._hire(procedure=procedure, sign="").state, "submitted")

    def test_once_each_and_not_past_its_term(self):
        signature = self._hire().signature_ids
        with freeze_time(fields.Datetime.now() + timedelta(days=20)):
            with self.assertRaises(UserError):
                self._sign_by_code(signature)
            former = signature._get_link()
            signature._renew()
            self.assertFalse(signature._find_by_token(former.rpartition("/")[2]))
            self._sign_by_code(signature)
            with self.assertRaises(UserError):
                self._sign_by_code(signature)

    # -- an organisation

    def test_the_first_officer_signs_for_all_and_never_who_files(self):
        form = self._hire_form(type="signature_officer", required=False)
        procedure = self._procedure("Louer", "LOUER", self.waste, form)
        paule = self._resident("paule", "Paule", "Nord")
        club = self._delegations(self.camille, self.dominique, paule).organisation_id
        request = self._submit(
            procedure=procedure,
            files={},
            answers={"day": "samedi"},
            acting_for=club,
        )
        asked = request.signature_ids
        self.assertEqual(asked.person_id, (self.dominique | paule).partner_id)
        self._sign(asked[1], paule)
        self.assertEqual(asked.mapped("state"), ["withdrawn", "signed"])
        self.assertEqual(request.state, "submitted")

    def test_an_agent_of_its_board_notes_no_signature_for_it(self):
        form = self._hire_form(type="signature_officer", required=False)
        procedure = self._procedure("Louer", "LOUER", self.waste, form)
        club = self._delegations(self.camille, self.dominique, self.agent).organisation_id
        request = self._submit(
            procedure=procedure, files={}, answers={"day": "samedi"}, acting_for=club
        )
        noted = request.signature_ids[:1]
        with self.assertRaisesRegex(AccessError, "A colleague"):
            noted.with_user(self.agent)._record("paper", "Dominique Petit", "Vu")
        club.delegate_ids.filtered(lambda each: each.person_id == self.agent.partner_id).unlink()
        noted.with_user(self.agent)._record("paper", "Dominique Petit", "Vu")
        self.assertEqual(noted.state, "signed")

    def test_a_president_who_files_signs_once(self):
        form = self._hire_form(type="signature_officer", required=False, signature_role="president")
        procedure = self._procedure("Louer", "LOUER", self.waste, form)
        delegations = self._delegations(self.camille, self.dominique)
        delegations[0].role = "Présidente"
        states = [
            self._submit(
                user,
                procedure=procedure,
                files={},
                answers={"day": "samedi"},
                acting_for=delegations.organisation_id,
            ).state
            for user in (self.camille, self.dominique)
        ]
        self.assertEqual(states, ["submitted", AWAITED])

    # -- refused, changed, on paper

    def test_a_refusal_is_told_without_its_reason(self):
        request = self._enrol()
        self._sign(
            request.signature_ids, self.dominique, "refused", reason="J'habite 9 impasse Secrète"
        )
        self.assertEqual(request.state, "submitted")
        self.assertTrue(request.date_paused, "as incomplete as before")
        mail = self._mails(request)[:1]
        self.assertIn("refus", mail.body_html)
        shown = f"{mail.body_html}{request.with_user(self.camille)._get_answer_sections()}"
        for secret in ("impasse", "ominique"):
            self.assertNotIn(secret, shown)
        request.with_user(self.agent).action_take()
        with self.assertRaises(UserError):
            request.with_user(self.agent).action_accept()
        request.signature_ids.with_user(self.agent)._record("paper", "Dominique Petit", "Vu")
        request.with_user(self.agent).action_accept()

    def test_any_change_of_a_signed_answer_is_signed_again(self):
        request = self._enrol()
        first = request.signature_ids
        self._sign(first, self.dominique)
        request.sudo()._correct_answers({"words": "Autre digicode"})
        self.assertEqual(first.state, "signed", "it was not among what is signed")
        request.sudo()._correct_answers({"days": "mardi"})
        self.assertEqual((first.state, request.state), ("cancelled", AWAITED))
        again = request.signature_ids - first
        self.assertEqual((again.state, again.person_id), ("asked", self.dominique.partner_id))
        self.assertIn("signer", self._mails(request)[:1].subject)
        self.assertEqual(len(self._mails(email="dominique@exemple.fr")), 2)
        self._sign(again, self.dominique)
        self.assertEqual(request.state, "submitted")

    def test_a_price_that_was_raised_is_signed_again(self):
        """By whoever read it; the other parent never did."""
        signed = self._hire()
        asked, late = self._hire(procedure=signed.procedure_id), self._enrol()
        first = signed.signature_ids
        self._sign_by_code(first)
        self.assertEqual(signed.state, "submitted")
        for request in signed | asked | late:
            before = request.signature_ids
            request.sudo()._on_price_raised()
            if request == late:
                self.assertEqual(request.signature_ids, before)
                continue
            again = request.signature_ids - before
            self.assertEqual((before.state, again.state), ("cancelled", "asked"))
            self.assertEqual(request.state, "signature_awaited")
        self._sign_by_code(signed.signature_ids - first)
        signed.with_user(self.agent).action_take()
        signed.with_user(self.agent).action_accept()
        signed.sudo()._on_price_raised()
        self.assertEqual((signed.signature_ids - first).state, "signed", "given: it is said only")
        self.assertIn("tell whoever signed", signed.message_ids[0].body)

    def test_a_merge_of_sheets_that_leaves_the_words_asks_nothing_again(self):
        request = self._enrol()
        self._sign(request.signature_ids, self.dominique)
        twin = self.lou.copy()
        twin.write({"firstname": "Lou", "lastname": "Durand"})
        request.sudo()._replace_person(self.lou, twin)
        self.assertEqual(request.signature_ids.state, "signed")

    def test_what_is_signed_is_what_was_read(self):
        request = self._enrol()
        with self.assertRaises(UserError):
            self._sign(request.signature_ids, self.dominique, stamp="what was read before")

    def test_on_paper_with_what_was_seen(self):
        self.dominique.partner_id.email = False
        signature = self._enrol().signature_ids
        as_agent = signature.with_user(self.agent)
        for values in (("paper", "Dominique Petit", " "), ("paper", "", "Vu"), ("asked", "D", "V")):
            with self.assertRaises(UserError):
                as_agent._record(*values)
        with self.assertRaises(UserError):
            as_agent._record("paper", "Camille Durand", "Vu")
        with self.assertRaises(AccessError):
            signature.with_user(self.school_agent)._record("paper", "Dominique Petit", "Vu")
        as_agent._record("paper", "Dominique Petit", "Formulaire signé, carte d'identité")
        self.assertEqual((signature.way, signature.recorded_by_id), ("paper", self.agent))
        french = signature.request_id.with_context(lang="fr_FR")
        shown = str(french._get_answer_sections())
        self.assertIn("sur papier", shown)
        self.assertNotIn("Dominique", shown)

    # -- its end

    def test_a_withdrawn_request_asks_nobody_any_more(self):
        request = self._enrol()
        token = request.signature_ids._get_link().rpartition("/")[2]
        request.with_user(self.camille).action_cancel()
        self.assertEqual(request.signature_ids.state, "withdrawn")
        self.assertFalse(request.signature_ids._find_by_token(token))
        self.assertFalse(request.date_paused)

    def test_reminded_once_then_its_service_has_a_task(self):
        request = self._enrol()
        cron = self.env.ref("procedure_signature.ir_cron_signature")
        now = fields.Datetime.now()
        # A working day: not always as many.
        term = (request.signature_ids.date_due - now.date()).days
        counts = []
        for days in (1, term - 2, term - 1, term + 1, term + 2):
            with freeze_time(now + timedelta(days=days)):
                with self.enter_registry_test_mode():
                    cron.method_direct_trigger()
            mails = len(self._mails(email="dominique@exemple.fr"))
            counts.append((mails, len(request.activity_ids)))
        agents = len(self.waste.user_ids)
        self.assertEqual(counts, [(1, 0), (2, 0), (2, 0), (2, agents), (2, agents)])

    def test_one_that_breaks_stops_nobody(self):
        """Refused by another addon, one of them would end the job of each night at the same row."""
        broken, request = self._enrol(), self._enrol()
        remind = self.registry["procedure.signature"]._remind

        def break_one(signature):
            remind(signature)
            if signature.request_id == broken:
                raise ValueError("cassé")

        self.patch(self.registry["procedure.signature"], "_remind", break_one)
        with (
            freeze_time(fields.Datetime.to_datetime(request.signature_ids.date_due)),
            self.enter_registry_test_mode(),
            self.assertLogs("odoo.addons.procedure.jobs", "ERROR"),
        ):
            self.env.ref("procedure_signature.ir_cron_signature").method_direct_trigger()
        self.assertTrue(request.signature_ids.date_reminded)
        self.assertFalse(broken.signature_ids.date_reminded, "tried again tomorrow")

    def test_erased_with_its_request(self):
        request = self._enrol()
        self._sign(request.signature_ids, self.dominique)
        request.with_user(self.agent).action_drop("Doublon")
        request.sudo()._anonymise()
        self.assertFalse(request.signature_ids)

    def test_once_over_how_a_signer_was_reached_is_forgotten(self):
        request = self._hire()
        self._sign_by_code(request.signature_ids)
        request.with_user(self.agent).action_drop("Doublon")
        with freeze_time(fields.Datetime.now() + timedelta(days=61)):
            self.env["procedure.signature"]._gc_signatures()
        self.assertFalse(request.signature_ids.email)
        self.assertEqual(request.signature_ids.name, "Paule Nord")

    # -- the clock

    def test_the_law_waits_as_for_an_incomplete_file(self):
        self._silence(self.enrolment)
        request = self._enrol()
        self.assertFalse(request.date_silence, "a silence that accepts has no date")
        self._sign(request.signature_ids, self.dominique)
        self.assertTrue(request.date_silence)

    def test_a_silence_that_refuses_runs_while_it_waits(self):
        self._silence(self.enrolment, effect="refused", from_complete=False)
        request = self._enrol()
        self.assertTrue(request.date_silence)
        with freeze_time(request.date_silence + timedelta(days=1)):
            with self.enter_registry_test_mode():
                self.env.ref("procedure_silence.ir_cron_silence").method_direct_trigger()
        self.assertEqual(request.state, "refused")
        self.assertEqual(request.signature_ids.state, "withdrawn")
