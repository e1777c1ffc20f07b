from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import ProcedureCommon, upload
from odoo.addons.territory_base import clock


@tagged("post_install", "-at_install")
class TestEntry(ProcedureCommon):
    """What the staff enters for somebody who came, called or wrote."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.local = cls._procedure(
            "Demande en mairie",
            "GUI",
            cls.env["territory.service"],
            fields=[{"key": "place", "type": "address", "label": "Où", "required": True}],
            local_service_ids=[(6, 0, (cls.town_hall | cls.other_town_hall).ids)],
            commune_ids=[(6, 0, (cls.vaubecourt | cls.revigny).ids)],
        )

    def _enter(self, user, procedure=None, **values):
        values.setdefault("answers", self._answers())
        if not values.get("applicant"):
            values.setdefault("identity", self._identity())
        return (
            self.env["procedure.request"]
            .with_user(user)
            ._submit(Filing(procedure=procedure or self.procedure, **{"channel": "mail", **values}))
            .with_user(self.env.user)
        )

    def _enter_local(self, user, insee, **values):
        answers = {"place.street": "3 rue du Moulin", "place.commune": insee}
        return self._enter(user, self.local, answers=answers, **values)

    # -- who enters

    def test_the_service_that_answers_enters_and_nobody_else(self):
        for user in (self.agent, self.manager):
            self.assertEqual(self._enter(user).service_id, self.waste)
        others = self.school_agent, self.communication, self.dpo
        for user in (*others, self.camille, self.env.ref("base.public_user")):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._enter(user)

    def test_a_secretary_enters_for_an_epci_service_who_comes_or_calls(self):
        for channel in ("counter", "phone"):
            request = self._enter(self.secretary, channel=channel)
            self.assertEqual(
                (request.service_id, request.entered_by_id), (self.waste, self.secretary)
            )
            self.assertFalse(request.user_id)
        for channel in ("mail", "email"):
            with self.subTest(channel), self.assertRaises(AnswersInvalid):
                self._enter(self.secretary, channel=channel)
        # What the service answers, it enters by any channel.
        self.assertTrue(self._enter(self.agent, channel="phone"))

    def test_once_entered_the_file_is_that_of_the_other_service(self):
        request = self._enter(self.secretary, channel="counter", files={"proof": [upload()]})
        records = (
            request,
            request.document_line_ids,
            request.document_line_ids.document_id,
            request.answer_ids,
        )
        for user in (self.secretary, self.other_secretary):
            self.assertNotIn(request, request.with_user(user).search([]))
            for record in records:
                with self.subTest(user.login, model=record._name), self.assertRaises(AccessError):
                    record.with_user(user).read()
            with self.subTest(user.login), self.assertRaises(AccessError):
                request.with_user(user).action_take()
            with self.subTest(user.login), self.assertRaises(AccessError):
                request.with_user(user).message_post(body="Alors ?")
        self.assertEqual(request.with_user(self.agent).applicant_name, "Ana Morel")

    def test_neither_an_agent_nor_a_secretary_without_town_hall_enters_for_others(self):
        pool = self._staff("pool_secretary", "secretary")
        school = self._staff("school_secretary", "secretary", self.school)
        other = self._procedure(
            "Mairie d'à côté", "COTE", self.other_town_hall, commune_ids=self.revigny.ids
        )
        for user, procedure in (
            (pool, self.procedure),
            (school, self.procedure),
            (self.school_agent, self.procedure),
            (self.secretary, other),
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._enter(user, procedure, channel="counter")

    def test_a_secretary_names_only_persons_that_her_town_hall_reads(self):
        dominique = self.dominique.partner_id
        self._submit(user=self.dominique)
        with self.assertRaises(AccessError):
            self._enter(self.secretary, channel="counter", applicant=dominique)
        answers = {"place.street": "3 rue du Moulin", "place.commune": "55532"}
        self._submit(user=self.dominique, procedure=self.local, answers=answers, files={})
        request = self._enter(self.secretary, channel="counter", applicant=dominique)
        self.assertEqual(request.applicant_id, dominique)

    def test_a_secretary_enters_for_her_commune_only(self):
        self.assertEqual(self._enter_local(self.secretary, "55532").service_id, self.town_hall)
        with self.assertRaises(AnswersInvalid) as caught:
            self._enter_local(self.other_secretary, "55532")
        self.assertIn("la mairie de Vaubecourt", caught.exception.errors[AnswersInvalid.FORM])
        self.assertEqual(
            self._enter_local(self.other_secretary, "55427").service_id, self.other_town_hall
        )

    def test_who_asks_is_somebody_that_she_reads_already(self):
        """Before any request of hers to this service, Dominique is nobody there."""
        with self.assertRaises(AccessError):
            self._enter(self.agent, applicant=self.dominique.partner_id)
        self._submit(user=self.dominique)
        request = self._enter(self.agent, applicant=self.dominique.partner_id)
        self.assertEqual(request.applicant_id, self.dominique.partner_id)
        self.assertTrue(self._enter(self.manager, applicant=self.camille.partner_id))

    def test_she_acts_for_those_that_the_agent_reads_too(self):
        association = self._delegations(self.dominique, name="Amicale").organisation_id
        self._submit(user=self.dominique)
        values = {"applicant": self.dominique.partner_id, "acting_for": association}
        with self.assertRaises(AccessError):
            self._enter(self.agent, **values)
        self._submit(user=self.dominique, acting_for=association)
        self.assertEqual(self._enter(self.agent, **values).acting_for_id, association)
        self._submit(user=self.camille)
        with self.assertRaises(AccessError):
            self._enter(self.agent, **{**values, "applicant": self.camille.partner_id})

    def test_the_children_proposed_are_those_that_the_agent_reads(self):
        child = self.camille.partner_id.with_user(self.camille)._declare_child(
            {
                "firstname": "Louis",
                "lastname": "Durand",
                "birthdate": "2018-02-01",
                "birthplace": "Verdun",
                "birth_country": "FR",
            }
        )
        Field_sudo = self.env["procedure.field"].with_user(self.agent).sudo()

        def find(field_type):
            question_sudo = Field_sudo.new({"type": field_type})
            return question_sudo._find_choices(self.camille.partner_id, {})

        self.assertFalse(find("children"))
        self.assertFalse(find("persons"))
        self._submit(subjects=child)
        self.assertEqual(list(find("children")), child.ids)
        self.assertEqual(list(find("persons")), self.camille.partner_id.ids)

    def test_a_child_of_nobody_goes_with_the_last_request_that_names_it(self):
        """What the staff typed is in no household: no other file would ever forget it."""
        self.procedure.applicant_kinds = "child"
        louis = {"firstname": "Louis", "lastname": "Durand", "birthdate": "2018-02-01"}
        first, second = (self._enter(self.agent, child=louis) for _each in range(2))
        declared = self.camille.partner_id.with_user(self.camille)._declare_child(louis)
        third = self._submit(subjects=declared)
        child = first.subject_ids
        self.assertEqual(child.mapped("firstname"), ["Louis"])
        second.sudo().subject_ids = child
        for request in first | second | third:
            request.sudo().state = "refused"
        first.sudo()._anonymise()
        self.assertTrue(child.exists())
        second.sudo()._anonymise()
        self.assertFalse(child.exists())
        third.sudo()._anonymise()
        self.assertTrue(declared.exists())

    def test_a_child_that_anything_else_names_stays(self):
        """Whatever the model: here an address where it lives, that no request knows of."""
        self.procedure.applicant_kinds = "child"
        louis = {"firstname": "Louis", "lastname": "Durand", "birthdate": "2018-02-01"}
        request = self._enter(self.agent, child=louis).sudo()
        child = request.subject_ids
        self.env["dwelling.occupancy"].create(
            {
                "dwelling_id": self.env["territory.dwelling"]
                .create({"street": "8 rue du Lavoir", "commune_id": request.commune_id.id})
                .id,
                "occupant_id": child.id,
                "role": "tenant",
                "date_end": "2020-01-01",
                "date_start": "2019-01-01",
            }
        )
        request.state = "refused"
        request._anonymise()
        self.assertTrue(child.exists())

    def test_a_request_for_a_child_is_not_entered_without_child(self):
        self.procedure.applicant_kinds = "child"
        with self.assertRaisesKeeping(AnswersInvalid) as caught:
            self._enter(self.agent)
        self.assertEqual(set(caught.exception.errors), {AnswersInvalid.FORM})
        with self.assertRaisesKeeping(AnswersInvalid) as caught:
            self._enter(self.agent, child={"firstname": "Louis"})
        self.assertEqual(set(caught.exception.errors), {"_child_lastname", "_child_birthdate"})
        self.assertFalse(self.env["res.partner"].search([("firstname", "=", "Louis")]))

    # -- when it was received

    @freeze_time("2026-11-25 10:05:00")
    def test_the_clock_starts_on_the_day_of_reception(self):
        request = self._enter(self.agent, received_on=date(2026, 11, 20))
        self.assertEqual(request.date_submitted, datetime(2026, 11, 20, 11))
        self.assertEqual(request.date_complete, request.date_submitted)
        self.assertEqual((request.date_due - date(2026, 11, 20)).days, self.procedure.handling_days)
        sentence = request._acknowledgment_values()["received_sentence"]
        self.assertIn("20/11/2026", sentence)
        self.assertNotIn(":", sentence.split("20/11/2026")[1][:7], "nobody knows the hour")
        today = self._enter(self.agent)
        self.assertEqual(today.date_submitted, datetime(2026, 11, 25, 10, 5))
        self.assertIn("25/11/2026 11:05", today._acknowledgment_values()["received_sentence"])

    @freeze_time("2026-11-25 10:05:00")
    def test_neither_tomorrow_nor_long_ago(self):
        for day in (date(2026, 11, 26), date(2025, 11, 24)):
            with self.subTest(day), self.assertRaises(AnswersInvalid) as caught:
                self._enter(self.agent, received_on=day)
            self.assertEqual(set(caught.exception.errors), {"received_on"})
        self.assertTrue(self._enter(self.agent, received_on=date(2025, 11, 25)))

    @freeze_time("2026-11-25 10:05:00")
    def test_nobody_gives_a_day_to_what_she_sends_on_the_site(self):
        request = self._submit(received_on=date(2026, 11, 1))
        self.assertEqual(clock.local_day(request.date_submitted), date(2026, 11, 25))
        self.assertFalse(request.entered_by_id)

    @freeze_time("2026-11-25 10:05:00")
    def test_a_letter_that_came_before_the_closing_day_is_in_time(self):
        self.procedure.write({"date_close": "2026-11-20", "season_kind": "calendar_year"})
        with self.assertRaises(UserError):
            self._enter(self.agent)
        request = self._enter(self.agent, received_on=date(2026, 11, 20))
        self.assertEqual(request.season, "2026")

    # -- what is kept

    def test_the_history_says_who_entered_it_and_how_it_came(self):
        request = self._enter(self.agent, received_on=clock.today(), channel="phone")
        self.assertEqual((request.channel, request.entered_by_id), ("phone", self.agent))
        entry = request.message_ids.filtered(lambda message: self.agent.name in message.body)
        self.assertEqual(len(entry), 1)
        self.assertIn("Phone", entry.body)
        self.assertEqual(entry.author_id, self.agent.partner_id)
        self.assertNotIn(entry, request._get_messages_for_applicant())
        with self.assertRaises(AccessError):
            self._submit().with_user(self.camille).read(["entered_by_id"])
        with self.assertRaises(AccessError):
            request.with_user(self.agent).write({"entered_by_id": self.colleague.id})

    def test_the_signed_paper_is_kept_with_the_request(self):
        request = self._enter(self.agent, papers=[upload("signe.png")])
        line = request.document_line_ids
        self.assertEqual((line.name, line.document_id.kind), ("signe.png", "paper_form"))
        self.assertEqual(line.state, "received")
        told = [("signe.png", line.document_id)]
        self.assertEqual(request._acknowledgment_values()["documents"], told)

    def test_a_person_that_another_request_answers_by_is_not_alone(self):
        person = self.env["res.partner"].create(
            {"firstname": "Zoé", "lastname": "Martin", "kind": "person"}
        )
        self.assertEqual(person._get_entered_alone(), person)
        self.env["procedure.answer"].create(
            {
                "request_id": self._submit().id,
                "key": "any",
                "value_text": "Zoé",
                "res_model": person._name,
                "res_id": person.id,
            }
        )
        self.assertFalse(person._get_entered_alone())
