from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure_form.engine import visible_keys

from .common import STREET, WasteCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25")
class TestWasteFiling(WasteCommon):
    """One live request per dwelling and applicant; nobody learns of another's request."""

    def _assert_twin(self, number=None, **filing):
        with self.assertRaises(AnswersInvalid) as refused, self.env.cr.savepoint():
            self._submit(**filing)
        sentence = refused.exception.errors[AnswersInvalid.FORM]
        self.assertIn(number, sentence)

    def test_each_shipped_procedure_proposes_a_regime_that_one_click_validates(self):
        """CRPA L112-6: without these words, no time limit counts against the applicant."""
        for name, regime in (("bin", "svr"), ("badge", "svr"), ("missed", "declaration")):
            procedure = self.env.ref(f"waste_collection.procedure_{name}")
            self.assertEqual(procedure.regime, regime, name)
            self.assertTrue(procedure.legal_basis)
            self.assertFalse(procedure.validated_on, "a person validates it")
        self.assertFalse(self._submit("arrival").date_silence)
        self.procedure.with_user(self.manager).action_validate_regime()
        request = self._submit("other_premises", **self._address(street="1 rue du Lac"))
        self.assertEqual(str(request.date_silence), "2027-01-25")
        self.assertEqual(request.silence_effect, "refused")

    def test_the_address_of_the_form_is_the_dwelling(self):
        request = self._submit("arrival")
        self.assertEqual(request.dwelling_id, self._dwelling())
        self.assertEqual(request.commune_id, self.commune)
        self.assertEqual(request.service_id, self.waste)
        self.assertEqual(request.waste_request, "arrival")

    def test_a_second_request_at_the_same_address_names_the_first(self):
        first = self._submit("arrival")
        self._assert_twin(first.number, kind="broken")
        self._assert_twin(first.number, kind="arrival", **self._address(street="12, RUE du moulin"))

    def test_another_address_is_another_request(self):
        self._submit("arrival")
        other = self._submit("other_premises", **self._address(street="1 rue du Lac"))
        self.assertEqual(other.state, "submitted")

    def test_it_is_live_until_the_bin_is_there(self):
        first = self._accept(self._submit("arrival"))
        self._assert_twin(first.number, kind="broken")
        first.container_move_ids.action_done()
        self.assertEqual(self._submit("broken").state, "submitted")

    def test_a_refused_request_stops_nothing(self):
        self._submit("arrival").with_user(self.agent).action_refuse("Hors territoire")
        self.assertEqual(self._submit("arrival").state, "submitted")

    def test_a_withdrawn_request_stops_nothing(self):
        self._submit("arrival").with_user(self.resident).action_cancel()
        self.assertEqual(self._submit("arrival").state, "submitted")

    def test_without_account_the_checked_email_is_the_applicant(self):
        first = self._submit("arrival", identity=self._identity())
        self._assert_twin(first.number, kind="broken", identity=self._identity("Anne@example.com"))

    def test_a_delegate_does_not_ask_twice_for_one_association(self):
        association = self.env["res.partner"].create(
            {"kind": "association", "name": "Club", "company_type": "company"}
        )
        for user in (self.resident, self.neighbour):
            self.env["partner.delegate"].sudo().create(
                {
                    "organisation_id": association.id,
                    "organisation_name": "Club",
                    "person_id": user.partner_id.id,
                    "state": "active",
                }
            )
        first = self._submit("other_premises", acting_for=association)
        self._assert_twin(
            first.number, kind="other_premises", user=self.neighbour, acting_for=association
        )

    def test_arrival_while_someone_leaves_is_accepted_and_both_warn_the_agent(self):
        leaving = self._submit("departure", user=self.neighbour)
        arriving = self._submit("arrival")
        self.assertEqual(arriving.state, "submitted")
        self.assertEqual(arriving.dwelling_id, leaving.dwelling_id)
        leaving, arriving = leaving.with_user(self.agent), arriving.with_user(self.agent)
        self.assertIn(leaving.number, arriving.dwelling_alert)
        self.assertIn("Departure", arriving.dwelling_alert)
        self.assertIn(arriving.number, leaving.dwelling_alert)

    def test_the_new_address_of_a_move_warns_too(self):
        moving = self._submit("move", user=self.neighbour).with_user(self.agent)
        arriving = self._submit(
            "arrival", **self._address(street="3 place Neuve", commune=self.other_commune)
        ).with_user(self.agent)
        self.assertIn(moving.number, arriving.dwelling_alert)
        self.assertIn(arriving.number, moving.dwelling_alert)

    def test_the_alert_ends_with_the_other_request(self):
        leaving = self._submit("departure", user=self.neighbour)
        arriving = self._submit("arrival")
        leaving.with_user(self.agent).action_drop("Doublon")
        self.env.invalidate_all()
        self.assertFalse(arriving.with_user(self.agent).dwelling_alert)

    def test_an_answered_request_warns_of_nothing(self):
        refused = self._submit("departure", user=self.neighbour)
        refused.with_user(self.agent).action_refuse("Pas de bac à cette adresse")
        self._submit("arrival")
        self.assertFalse(refused.with_user(self.agent).dwelling_alert)

    def test_nothing_of_another_request_is_told_to_the_applicant(self):
        """Same page, same words, same acknowledgment, whether or not somebody else asked."""
        leaving = self._submit("departure", user=self.neighbour)
        arriving = self._submit("arrival")
        told = " ".join(arriving._get_messages_for_applicant().mapped("body"))
        self.assertTrue(told)
        self.assertNotIn(leaving.number, told)
        self.assertNotIn("Durand", told)

    def test_an_address_outside_the_territory_is_told_beside_the_field(self):
        with self.assertRaises(AnswersInvalid) as refused:
            self._submit("arrival", **{"address.commune": "Ailleurs-sur-Mer"})
        self.assertEqual(set(refused.exception.errors), {"address"})
        with self.assertRaises(AnswersInvalid) as refused:
            self._submit("move", **{"new_address.commune": "Ailleurs-sur-Mer"})
        self.assertEqual(set(refused.exception.errors), {"new_address"})
        sentence = refused.exception.errors["new_address"]
        self.assertIn("“Ailleurs-sur-Mer” is not a commune of our territory (", sentence)
        self.assertIn("choose above to give your bin back", sentence)

    def test_a_form_that_takes_any_address_still_delivers_here_only(self):
        """The question refuses it first; an administrator may build another question."""
        version = self.procedure.action_new_version()
        version.field_ids.filtered(lambda field: field.type == "address").is_local = False
        self.procedure.action_publish()
        for kind, key in (("arrival", "address"), ("move", "new_address")):
            with self.subTest(kind), self.assertRaises(AnswersInvalid) as refused:
                self._submit(kind, **{f"{key}.commune": "Ailleurs-sur-Mer", f"{key}.zip": "75001"})
            self.assertEqual(set(refused.exception.errors), {key})
            self.assertIn("outside the territory", refused.exception.errors[key])

    def test_direct_debit_asks_for_the_bank_details(self):
        for kind in ("arrival", "move", "other_premises"):
            with self.subTest(kind), self.assertRaises(AnswersInvalid) as refused:
                self._submit(kind, direct_debit="1")
            self.assertEqual(set(refused.exception.errors), {"bank_details"})
        self.assertFalse(self._submit("departure", direct_debit="1").answers.get("direct_debit"))

    def test_who_refuses_direct_debit_owes_no_bank_details(self):
        request = self._submit("arrival", direct_debit="0")
        self.assertIs(request.answers["direct_debit"], False)

    def test_no_shipped_question_depends_on_a_yes_or_no_being_answered(self):
        """“No” is an answer too: such a condition asks who refuses."""
        versions = self.env["procedure.version"].browse(
            self.env["ir.model.data"]
            .search([("model", "=", "procedure.version"), ("module", "=", "waste_collection")])
            .mapped("res_id")
        )
        self.assertEqual(len(versions), 3)
        for field in versions.field_ids.filtered(lambda field: field.type == "boolean"):
            conditions = field.version_id.field_ids.condition_ids.filtered(
                lambda condition, key=field.key: condition.key == key
            )
            self.assertLessEqual(set(conditions.mapped("operator")), {"=", "!=", "in"}, field.key)

    def test_an_arrival_or_a_departure_in_a_hundred_years_is_a_slip(self):
        for kind, key in (("arrival", "date_in"), ("departure", "date_out")):
            for day, is_taken in (("2027-11-25", True), ("2027-11-26", False), ("2126-12-01", 0)):
                with self.subTest(kind, day=day):
                    if is_taken:
                        self._submit(kind, **{key: day}).with_user(self.agent).action_drop("Essai")
                        continue
                    with self.assertRaises(AnswersInvalid) as refused:
                        self._submit(kind, **{key: day})
                    self.assertEqual(set(refused.exception.errors), {key})
                    self.assertIn("more than a year", refused.exception.errors[key])

    def test_a_proof_of_less_than_three_months_says_so_to_the_machine(self):
        for procedure in ("bin", "badge"):
            version = self.env.ref(f"waste_collection.procedure_{procedure}_version_1")
            proof = version.field_ids.filtered(lambda field: field.key == "address_proof")
            self.assertIn("moins de 3 mois", proof.label)
            self.assertEqual((proof.validity_kind, proof.validity_months), ("months", 3))
        line = self._submit("move").document_line_ids.with_user(self.agent)
        self.assertFalse(line.validity_date, "nobody has read its date yet")
        line._set_issued_on("2026-08-24")
        self.assertTrue(line.is_expired, "older than three months when it was sent")

    def test_the_applicant_reads_the_steps_of_her_bin(self):
        """Each shipped step of the three procedures, but what is for the service alone."""
        inner = {"Transmis à la facturation", "À vérifier avec le chauffeur"}
        for name in ("bin", "badge", "missed"):
            for step in self.env.ref(f"waste_collection.procedure_{name}").step_ids:
                self.assertEqual(step.is_public, step.name not in inner, step.name)

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_one_of_two_simultaneous_filings(self):
        """The check sees nothing of the other transaction: the index does. The form's token is
        given back, so that what was typed may be sent again."""
        first = self._submit("arrival")
        unseen = patch.object(
            self.env.registry["procedure.request"],
            "_check_container_filing",
            lambda request: {},
        )
        with unseen, self.assertRaisesKeeping(AnswersInvalid) as refused:
            self._submit("broken")
        self.assertIn(AnswersInvalid.FORM, refused.exception.errors)
        self.assertEqual(
            self.env["procedure.request"].search([("dwelling_id", "=", first.dwelling_id.id)]),
            first,
        )

    def test_alerts_cost_the_same_for_two_and_for_twenty_requests(self):
        requests = self._submit("departure", user=self.neighbour) | self._submit("arrival")

        def count():
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            alerts = requests.with_user(self.agent).mapped("dwelling_alert")
            self.assertTrue(all(alerts))
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for number in range(9):
            street = self._address(street=f"{number} rue Longue")
            requests |= self._submit("departure", user=self.neighbour, **street)
            requests |= self._submit("arrival", **street)
        # What the filings cleared of the caches of rights is read again first.
        count()
        self.assertLessEqual(count(), few)

    def test_each_kind_asks_for_its_own_documents(self):
        documents = {
            "arrival": {"lease_or_deed"},
            "size_change": {"family_proof"},
            "broken": {"damage_photo"},
            "stolen": {"theft_complaint"},
            "move": {"address_proof"},
            "departure": {"exit_inventory"},
            "other_premises": {"address_proof"},
        }
        fields = self.procedure.version_id.field_ids._to_engine()
        files = {field.key for field in fields if field.type == "file"}
        for kind, expected in documents.items():
            with self.subTest(kind=kind):
                visible = visible_keys(fields, self._answers(kind))
                self.assertEqual(files & set(visible), expected)

    def test_what_residents_read_is_the_text_of_the_data(self):
        """Forms are written in French: a translation left behind would hide a corrected text."""
        procedures = self.procedure
        for name in ("badge", "missed"):
            procedures |= self.env.ref(f"waste_collection.procedure_{name}")
        for records, names in (
            (procedures, ("name", "summary", "description", "delay_text")),
            (procedures.step_ids, ("name",)),
            (procedures.version_ids.field_ids, ("label", "help")),
        ):
            for record in records:
                for name in names:
                    with self.subTest(record=record, field=name):
                        self.assertEqual(
                            record.with_context(lang="fr_FR")[name],
                            record.with_context(lang="en_US")[name],
                        )

    def test_only_the_documents_of_the_kind_are_asked(self):
        """A broken bin asks for no document at all; an arrival without lease is refused."""
        self.assertFalse(self._submit("broken").document_line_ids)
        with self.assertRaises(AnswersInvalid) as refused:
            self.env["procedure.request"].with_user(self.neighbour)._submit(
                Filing(
                    procedure=self.procedure.with_user(self.neighbour),
                    answers=self._answers("arrival", **self._address(street=STREET)),
                    applicant=self.neighbour.partner_id,
                )
            )
        self.assertEqual(set(refused.exception.errors), {"lease_or_deed"})
