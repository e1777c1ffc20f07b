from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.procedure.tests.common import upload
from odoo.addons.procedure.tests.test_procedure_request_circuit import CircuitCommon

NONE = "No other request in progress from this applicant or her household"
OTHER = "Another request is in progress from this applicant or her household"
OTHER_CHILD = "Another request is in progress for the same person"


@tagged("post_install", "-at_install")
class TestReview(CircuitCommon):
    """What the agent is told before she decides."""

    def _checks(self, request):
        request = request.with_user(self.agent)
        return {
            check["label"]: (check["ok"], check["detail"]) for check in request._get_eligibility()
        }

    # -- eligibility

    def test_the_commune(self):
        request = self._submit()
        count = len(self._checks(request))
        self.procedure.commune_ids = self.vaubecourt
        self.assertEqual(len(self._checks(request)), count + 1, "all communes were concerned")
        self.assertEqual(
            self._checks(request)["The commune is concerned by the procedure"],
            (True, "Vaubecourt"),
        )
        self.procedure.commune_ids = self.revigny
        self.assertEqual(
            self._checks(request)["The commune is not concerned by the procedure"],
            (False, "Vaubecourt"),
        )
        request.commune_id = False
        self.assertEqual(
            self._checks(request)["The commune is not known"], (None, ""), "a person must look"
        )

    def test_filed_while_it_was_open(self):
        """At the counter, a request may be written down after the closing."""
        labels = {
            True: "Filed while the procedure was open",
            False: "Filed while the procedure was closed",
        }
        with freeze_time("2026-03-02 09:00"):
            request = self._submit()
        self.assertFalse(set(labels.values()) & set(self._checks(request)))
        for opened, closed, ok in (
            ("2026-03-02", "2026-03-02", True),
            ("2026-03-03", False, False),
            (False, "2026-03-01", False),
        ):
            with self.subTest(opened or closed):
                self.procedure.write({"date_open": opened, "date_close": closed})
                self.assertEqual(self._checks(request)[labels[ok]], (ok, "02/03/2026"))

    def _other_request(self, request):
        """What was found about another request: the words are true as they stand (D13)."""
        found = [(label, *check) for label, check in self._checks(request).items()]
        return next(check for check in found if "request" in check[0])

    def test_another_request_for_the_same_thing(self):
        request = self._submit()
        self._submit(self.dominique)
        self.assertEqual(self._other_request(request), (NONE, True, ""))
        other = self._submit()
        self.assertEqual(self._other_request(request), (OTHER, None, other.number))
        other.with_user(self.agent).action_refuse("Doublon")
        self.assertEqual(self._other_request(request)[:2], (NONE, True))

    def test_without_account_the_address_tells(self):
        request, other = self._submit_without_account(), self._submit_without_account()
        self._submit_without_account(self._identity(contact_email="autre@exemple.fr"))
        self.assertEqual(self._other_request(request), (OTHER, None, other.number))

    def test_another_request_that_the_agent_may_not_read_is_not_named(self):
        request = self._submit()
        self.procedure.service_id = self.school
        self._submit()
        self.assertEqual(self._other_request(request), (NONE, True, ""))

    # -- two parents, one child

    def _child(self, *parents, state="verified"):
        child = self.env["res.partner"].create(
            {
                "firstname": "Lou",
                "lastname": "Durand",
                "kind": "person",
                "birthdate": "2019-05-04",
            }
        )
        self.env["parental.authority"].sudo().create(
            [
                {
                    "child_id": child.id,
                    "holder_id": parent.partner_id.id,
                    "kind": "full",
                    "state": state,
                }
                for parent in parents
            ]
        )
        return child

    def test_the_same_child_asked_by_both_parents(self):
        """It said “no other request”: false (inhabitant review, D8)."""
        child = self._child(self.camille, self.dominique)
        one, other = self._submit(subjects=child), self._submit(self.dominique, subjects=child)
        self.assertEqual(self._other_request(one), (OTHER_CHILD, None, other.number))
        self.assertEqual(self._other_request(other), (OTHER_CHILD, None, one.number))

    def test_the_same_child_declared_twice(self):
        one = self._submit(subjects=self._child(self.camille))
        other = self._submit(self.dominique, subjects=self._child(self.dominique))
        self.assertEqual(self._other_request(one), (OTHER_CHILD, None, other.number))

    def test_what_a_verified_parent_knows_of_the_other_request(self):
        child = self._child(self.camille, self.dominique)
        mine = self._submit(subjects=child)
        parent = self.camille.partner_id
        self.assertFalse(mine._get_other_parent_sentence(parent), "hers alone")
        self._submit(self.dominique, subjects=child)
        sentence = mine._get_other_parent_sentence(parent)
        self.assertIn("Lou", sentence)
        for secret in ("Dominique", "Petit", "Moulin", mine.number):
            self.assertNotIn(secret, sentence)

    def test_what_becomes_of_the_other_request_is_not_told(self):
        child = self._child(self.camille, self.dominique)
        mine, other = self._submit(subjects=child), self._submit(self.dominique, subjects=child)
        sentence = mine._get_other_parent_sentence(self.camille.partner_id)
        for act in (
            lambda: other.with_user(self.agent).action_take(),
            lambda: other.with_user(self.agent).action_refuse("Complet"),
            lambda: other.with_user(self.agent).action_reopen("Une place s'est libérée"),
            lambda: other.with_user(self.agent).action_drop("Sans suite"),
            lambda: other.with_user(self.agent).action_reopen("Une place s'est libérée"),
            lambda: other.with_user(self.dominique).action_cancel(),
        ):
            act()
            told = mine._get_other_parent_sentence(self.camille.partner_id)
            self.assertEqual(told, sentence, other.state)

    def test_who_is_told_nothing(self):
        """Declared, contested, withdrawn, ended, major: nothing of the other parent's request."""
        child = self._child(self.camille, self.dominique)
        mine = self._submit(subjects=child)
        self._submit(self.dominique, subjects=child)
        parent = self.camille.partner_id
        authority = parent.sudo().authority_held_ids.filtered(lambda held: held.child_id == child)
        # What she declared herself lets her act for the child, and know nothing of the other one.
        child.declarant_id = parent
        for vals in (
            {"state": "declared"},
            {"state": "contested"},
            {"kind": "withdrawn"},
            {"date_start": "2019-01-01", "date_end": "2020-01-01"},
        ):
            before = {name: authority[name] for name in vals}
            authority.write(vals)
            self.assertFalse(mine._get_other_parent_sentence(parent), vals)
            authority.write(before)
        self.assertTrue(mine._get_other_parent_sentence(parent))
        child.birthdate = "2001-01-01"
        self.assertFalse(mine._get_other_parent_sentence(parent), "a grown-up")

    def test_told_by_a_word_and_an_icon_not_by_the_colour(self):
        self.procedure.commune_ids = self.vaubecourt
        request = self._submit()
        self.procedure.commune_ids = self.revigny
        html = request.with_user(self.agent).with_context(lang="fr_FR").eligibility_html
        for words in ("Attention", "En règle", "fa-times", "fa-check", "Vaubecourt"):
            self.assertIn(words, html)

    def test_read_as_the_request_is(self):
        request = self._submit()
        for user in (self.other_secretary, self.dpo, self.dominique):
            with self.subTest(user.login), self.assertRaises(AccessError):
                request.with_user(user).read(["eligibility_html"])

    # -- before accepting

    def _warnings(self, request):
        request.invalidate_recordset()
        return " ".join(request.with_user(self.agent)._get_acceptance_warnings())

    def test_unchecked_documents_are_told_and_block_nothing(self):
        request = self._submit()
        action = request.with_user(self.agent).with_context(reason_action="accept")
        action = action.action_open_reason()
        form = Form(
            self.env[action["res_model"]].with_user(self.agent).with_context(**action["context"])
        )
        self.assertIn("Justificatif de domicile", form.warnings_html)
        form.save().action_confirm()
        self.assertEqual(request.state, "accepted")

    def test_warnings_before_accepting(self):
        request = self._submit()
        line = request.document_line_ids
        self.assertIn("Not checked yet: Justificatif", self._warnings(request))
        line.with_user(self.agent).action_accept()
        self.assertFalse(self._warnings(request))
        line.with_user(self.agent).action_refuse("Floue")
        self.assertIn("Refused, and not sent again: Justificatif", self._warnings(request))
        self.procedure.commune_ids = self.revigny
        self.assertIn("not concerned by the procedure: Vaubecourt.", self._warnings(request))

    def test_refusing_needs_no_warning(self):
        request = self._submit().with_user(self.agent)
        wizard = (
            self.env["procedure.reason.wizard"]
            .with_user(self.agent)
            .create({"request_id": request.id, "action": "refuse", "reasons": "Non"})
        )
        self.assertFalse(wizard.warnings_html)

    # -- documents out of date

    def test_a_document_out_of_date(self):
        request = self._submit()
        line = request.document_line_ids
        line.document_id.validity_date = "2026-04-30"
        for day, expired in (("2026-04-30", False), ("2026-05-01", True)):
            with self.subTest(day), freeze_time(f"{day} 12:00"):
                line.invalidate_recordset(["is_expired"])
                self.assertEqual(line.is_expired, expired)
        with freeze_time("2026-05-01 12:00"):
            self.assertIn("No longer valid: Justificatif", self._warnings(request))
            with self.assertRaises(AccessError):
                line.with_user(self.school_agent).action_expire()
            line.with_user(self.agent).action_expire()
            self.assertEqual((line.state, line.checked_by_id), ("expired", self.agent))
            self.assertIn("2026", line.reason)
            action = request.with_user(self.agent).action_open_completion()
            Wizard = self.env[action["res_model"]].with_user(self.agent)
            form = Form(Wizard.with_context(**action["context"]))
            self.assertEqual(len(form.line_ids), 1, "asked again, with its reason")
            form.save().action_confirm()
            self.assertEqual(request.state, "to_complete")
            request.with_user(self.camille)._complete(
                files={"proof": [upload("neuf.png")]}, by=self.camille.partner_id
            )
            warnings = self._warnings(request)
            self.assertNotIn("No longer valid", warnings, "a newer one is there")
            self.assertIn("Not checked yet", warnings)

    def test_what_was_accepted_in_time_stays_accepted(self):
        line = self._submit().document_line_ids
        line.document_id.validity_date = "2026-04-30"
        with freeze_time("2026-04-15"):
            line.with_user(self.agent).action_accept()
        with freeze_time("2026-06-01"):
            line.invalidate_recordset(["is_expired"])
            self.assertFalse(line.is_expired)

    # -- the waiting list

    def test_first_come_first_served(self):
        requests = self.env["procedure.request"]
        for day in ("03", "01", "02"):
            with freeze_time(f"2026-03-{day} 09:00"):
                requests |= self._submit()
        for request in requests:
            request.with_user(self.agent).action_waiting_list()
        read = requests.with_user(self.agent)
        self.assertEqual(read.mapped("waiting_rank"), [3, 1, 2])
        self.assertEqual(read.mapped("waiting_count"), [3, 3, 3])
        read[1].action_accept()
        read.invalidate_recordset()
        self.assertEqual(read.mapped("waiting_rank"), [2, 0, 1])

    def test_who_waits_for_something_else_is_in_another_queue(self):
        first, second = self._in_state("waiting_list"), self._in_state("waiting_list")
        second.season = "2026-2027"
        elsewhere = self._submit(procedure=self._procedure("École", "ECOLEATTENTE", self.waste))
        elsewhere.with_user(self.agent).action_waiting_list()
        for request in (first, second, elsewhere):
            request.invalidate_recordset()
            self.assertEqual((request.waiting_rank, request.waiting_count), (1, 1))
