from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import SignatureCommon

AWAITED = "signature_awaited"


@tagged("post_install", "-at_install")
class TestSignatureWho(SignatureCommon):
    """Who may sign today, and what each one learns of the other."""

    def _authority(self, child=None, user=None):
        return self.env["parental.authority"].search(
            [
                ("holder_id", "=", (user or self.dominique).partner_id.id),
                ("child_id", "=", (child or self.lou).id),
            ]
        )

    def _sibling(self, *parents):
        child = self.env["res.partner"].create(
            {"firstname": "Sam", "lastname": "Durand", "kind": "person", "birthdate": "2021-05-02"}
        )
        for parent in parents:
            authority = self.env["parental.authority"]._declare(child, parent.partner_id)
            authority._set_verified("Acte de naissance")
        return child

    # -- the applicant herself

    def test_an_account_without_birth_date_is_not_somebody_else(self):
        signature = self._hire().signature_ids
        twin = self._resident("camille2", "Camille", "Durand")
        for mine, hers in ((False, False), ("1990-01-01", False), (False, "1990-01-01")):
            self.camille.partner_id.birthdate = mine
            twin.partner_id.birthdate = hers
            with self.assertRaises(UserError):
                self._sign(signature, twin)
        self.camille.partner_id.birthdate = "1990-01-01"
        with self.assertRaises(UserError):
            self._sign_by_code(signature, "Camille DURAND")
        twin.partner_id.birthdate = "1960-01-01"
        self._sign(signature, twin)
        self.assertEqual(signature.state, "signed", "two birth identities tell")
        twin.partner_id.birthdate = False
        self.env.invalidate_all()
        self.assertFalse(signature._is_valid())

    def test_a_parent_who_is_named_alike_signs_on_paper(self):
        twin = self._resident("camille2", "Camille", "Durand")
        self._authority()._set_verified("x")
        self.env["parental.authority"]._declare(self.lou, twin.partner_id)._set_verified("x")
        asked = self._enrol().signature_ids
        self.assertEqual(asked.person_id, self.dominique.partner_id)
        self.assertEqual(asked.mapped("is_unreached"), [False, True])
        with self.assertRaises(UserError):
            asked[1].with_user(self.agent)._record("paper", "Camille Durand", "Vu")
        asked[1].with_user(self.agent)._record("paper", "Camille Durand, la mère", "Vu")

    # -- who no longer may

    def test_a_parent_whose_authority_is_contested_reads_nothing_more(self):
        request = self._enrol()
        signature = request.signature_ids
        self._authority().state = "contested"
        partner = self.dominique.partner_id
        self.assertFalse(signature._is_for(partner))
        self.assertFalse(signature._get_address())
        self.assertFalse(signature._find_awaited_of(partner))
        with self.assertRaises(UserError):
            self._sign(signature, self.dominique)
        with self.enter_registry_test_mode():
            self.env.ref("procedure_signature.ir_cron_signature").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(request.signature_ids.mapped("state"), ["withdrawn", "asked"])
        self.assertFalse(request.signature_ids[1].person_id)
        self.assertTrue(request.activity_ids)

    def test_each_run_goes_on_where_the_one_before_stopped(self):
        """Who still signs is not looked at for all that is awaited before anything is done."""
        signatures = self._enrol().signature_ids | self._enrol().signature_ids
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: 0)
        checked = []
        for _run in range(3):
            self.env["procedure.signature"]._cron_signatures()
            checked.append(len(signatures.sudo().filtered("date_checked")))
        self.assertEqual(checked, [1, 2, 2])

    def test_what_is_asked_of_an_account_is_found_by_an_index(self):
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        query = self.env["procedure.signature"]._search(
            [("state", "=", "asked"), ("date_due", "<", "2026-01-01")]
        )
        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
        self.assertIn("procedure_signature_asked_idx", str(self.env.cr.fetchall()))

    def test_a_former_officer_signs_nothing(self):
        form = self._hire_form(type="signature_officer", required=False)
        procedure = self._procedure("Louer", "LOUER", self.waste, form)
        delegations = self._delegations(self.camille, self.dominique)
        signature = self._submit(
            procedure=procedure,
            files={},
            answers={"day": "samedi"},
            acting_for=delegations.organisation_id,
        ).signature_ids
        self.assertTrue(signature._is_for(self.dominique.partner_id))
        delegations[1].state = "ended"
        self.assertFalse(signature._is_for(self.dominique.partner_id))
        with self.assertRaises(UserError):
            self._sign(signature, self.dominique)

    def test_a_parent_of_one_child_reads_nothing_of_the_other(self):
        sibling = self._sibling(self.camille)
        request = self._enrol(kids=[str(self.lou.id), str(sibling.id)])
        self.assertEqual(request.subject_ids, self.lou | sibling)
        self.assertFalse(request.signature_ids.person_id)
        self.assertTrue(request.signature_ids.is_unreached)
        self.assertTrue(request.activity_ids)
        both = self._sibling(self.camille, self.dominique)
        asked = self._enrol(kids=[str(self.lou.id), str(both.id)]).signature_ids
        self.assertEqual(asked.person_id, self.dominique.partner_id)

    def test_who_has_to_sign_since_is_asked_too(self):
        request = self._enrol()
        self._sign(request.signature_ids, self.dominique)
        request.with_user(self.agent).action_take()
        third = self._resident("tierce", "Tierce", "Personne")
        self.env["parental.authority"]._declare(self.lou, third.partner_id)._set_verified("x")
        with self.assertRaises(UserError):
            request.with_user(self.agent).action_accept()
        request.with_user(self.agent).action_ask_signatures()
        self.assertEqual(request.signature_ids.mapped("state"), ["signed", "asked"])
        self._sign(request.signature_ids[1], third)
        self.assertEqual(request.state, "in_review")

    def test_another_child_is_signed_again(self):
        request = self._enrol()
        self._sign(request.signature_ids, self.dominique)
        request.sudo().subject_ids = self._sibling(self.camille, self.dominique)
        self.assertEqual(request.signature_ids[0].state, "cancelled")

    # -- where the other one lives

    def test_the_commune_of_one_parent_is_not_told_to_the_other(self):
        self.enrolment.local_service_ids = self.town_hall
        request = self._enrol()
        request.sudo().service_id = self.town_hall
        signature = request.signature_ids
        signature._renew()
        signature._remind()
        signature._send_code("123456")
        mails = self._mails(email="dominique@exemple.fr")
        self.assertGreaterEqual(len(mails), 3)
        told = [
            f"{mail.subject}{mail.body_html}{mail.email_from}{mail.reply_to}{mail.headers}"
            for mail in mails[:3]
        ]
        for words in (*told, str(signature._get_content()["service"].name)):
            self.assertNotIn(self.town_hall.name.split()[-1], words)
        self.assertIn(self.waste.name, told[0])

    # -- no dead end

    def test_completed_after_a_refusal_it_does_not_wait_for_nobody(self):
        request = self._enrol()
        self._sign(request.signature_ids, self.dominique, "refused", reason="Non")
        request.sudo()._await_signatures()
        self.assertEqual(request.state, "submitted")
        self.assertTrue(request.date_paused)
        self.assertTrue(request.with_user(self.agent).can_ask_signatures)
        request.with_user(self.agent).action_ask_signatures()
        self.assertEqual(request.state, AWAITED)
        self.assertFalse(request.with_user(self.agent).can_ask_signatures)

    def test_reopened_while_it_waited_asks_again(self):
        request = self._enrol()
        request.signature_ids._withdraw()
        request.sudo()._on_reopened()
        self.assertEqual(request.signature_ids.mapped("state"), ["withdrawn", "asked"])

    # -- what the applicant may guess

    def test_writing_again_counts_and_moves_the_same_known_or_not(self):
        said = []
        for email in ("dominique@exemple.fr", False):
            self.dominique.partner_id.email = email
            request = self._enrol()
            words = []
            for _time in range(4):
                try:
                    request.with_user(self.camille)._run_transition(
                        "signature_send", by=self.camille.partner_id
                    )
                    words.append(str(request._get_signature_due()))
                except UserError as refused:
                    words.append(str(refused))
            said.append(words)
        self.assertEqual(*said)

    def test_a_mailbox_that_is_shared_is_opened_in_the_account(self):
        self.dominique.partner_id.email = "camille+famille@exemple.fr"
        signature = self._enrol().signature_ids
        token = signature._get_link().rpartition("/")[2]
        self.assertEqual(signature._find_by_token(token), signature)

    # -- addresses

    def test_an_address_that_is_typed_gets_few_mails(self):
        procedure = self._procedure("Louer", "LOUER", self.waste, self._hire_form())
        requests = [
            self._hire(procedure=procedure, sign=f"victime+{rank}@exemple.fr") for rank in range(7)
        ]
        self.assertTrue(requests[0].signature_ids.email.startswith("victime+0@"), "as typed")
        sent = self._mails().filtered(lambda mail: "victime" in (mail.email_to or ""))
        self.assertEqual(len(sent), 5)
        self.assertTrue(requests[-1].activity_ids)

    def test_the_address_of_whom_she_acts_for_is_hers(self):
        club = self._delegations(self.camille).organisation_id
        club.email = "club@exemple.fr"
        request = self._hire()
        request.sudo().acting_for_id = club
        self.assertIn("club@exemple.fr", request.sudo()._get_own_addresses())

    # -- types, words, mails that are kept

    def test_no_type_that_tells_where_is_read_by_the_other_parent(self):
        types = self.env["procedure.field.types"]._get_types()
        told = {"address", "commune", "dwelling", "email", "iban", "list", "lists", "persons"}
        for code in told | {"phone"}:
            self.assertTrue(types[code].tells_where, code)
        self.assertFalse(types["children"].tells_where)

    def test_one_refusal_is_not_the_word_when_another_signed_for_all(self):
        form = self._hire_form(type="signature_officer", required=False)
        procedure = self._procedure("Louer", "LOUER", self.waste, form)
        paule = self._resident("paule", "Paule", "Nord")
        club = self._delegations(self.camille, self.dominique, paule).organisation_id
        request = self._submit(
            procedure=procedure, files={}, answers={"day": "samedi"}, acting_for=club
        )
        asked = request.signature_ids
        self._sign(asked[0], self.dominique, "refused", reason="Non")
        self.assertEqual(request.state, AWAITED)
        self._sign(asked[1], paule)
        self.assertEqual(request.state, "submitted")
        words = asked._get_words(asked[0]._get_field())
        self.assertIn("Nord", words)

    def test_the_term_is_not_put_off_for_ever(self):
        signature = self._enrol().signature_ids
        start = fields.Datetime.now()
        for days, is_sent in ((20, True), (40, True), (60, False)):
            with freeze_time(start + timedelta(days=days)):
                self.assertEqual(signature._may_extend(), is_sent)
                if is_sent:
                    signature._renew()
                else:
                    with self.assertRaises(UserError):
                        signature._renew()
                    signature.with_user(self.agent).action_send_again()
                self.assertFalse(signature._is_past())

    def test_a_signature_that_nobody_could_give_is_not_published(self):
        """For no child there is no other parent; for residents alone, no organisation."""
        parent, officer = self._enrolment_form()[-1], self._hire_form(type="signature_officer")[-1]
        day = {"key": "days", "type": "char", "label": "Jours"}
        kids = {"key": "kids", "type": "children", "label": "Pour qui"}
        officer.update(signature_keys="days", required=False)
        for number, (form, kinds, words) in enumerate(
            (
                ([day, parent], "any", "no child"),
                ([day, parent], "organisation", "no child"),
                ([day, parent], "child", ""),
                ([day, kids, parent], "any", ""),
                ([day, officer], "person", "no organisation"),
                ([day, officer], "child", "no organisation"),
                ([day, officer], "any", ""),
                ([day, officer], "organisation", ""),
            )
        ):
            with self.subTest(kinds, form=[each["type"] for each in form]):
                procedure = self._procedure(
                    f"Signer {number}",
                    f"SIGN{number}",
                    self.waste,
                    form,
                    publish=False,
                    applicant_kinds=kinds,
                )
                draft = procedure._get_draft()
                problems = procedure.with_user(self.manager)._get_form_problems(draft)
                told = " ".join(each["sentence"] for each in problems)
                self.assertEqual("nobody could be asked to sign" in told, bool(words), told)
                self.assertIn(words, told)

    def test_when_nobody_could_be_asked_it_is_said(self):
        """Without child; with one whose other parent is not known, nothing of it is told."""
        form = self._enrolment_form()
        form[0]["required"] = False
        open_to_all = self._procedure("Ouverte", "OUVERTE", self.waste, form)
        request = self._submit(
            procedure=open_to_all, files={}, answers={"days": "lundi", "words": ""}
        )
        self.assertEqual(request.state, AWAITED)
        (mail,) = self._mails(request)
        self.assertIn("Personne n’a pu être prié de signer", mail.body_html)
        self.assertNotIn("nous la lui demandons", mail.body_html.replace("\n", " "))
        (row,) = request.with_user(self.camille)._get_answer_sections()[-1][1]
        self.assertEqual(row[1], "Nobody could be asked to sign")
        tasks = request.sudo().activity_ids.mapped("summary")
        self.assertTrue(any("contactez le demandeur" in task for task in tasks), tasks)
        self.assertFalse(request._get_other_dates())
        self._authority().state = "contested"
        known = self._enrol()
        self.assertNotIn("Personne n’a pu", self._mails(known).body_html)
        day = known.signature_ids.date_due
        self.assertEqual(known._get_other_dates(), [("Waits for the signature, until", day)])
