from datetime import date
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.territory_base import clock

from ..models import procedure_request
from .common import SituationCase
from .test_events import ADDRESS, ADULT

NOUR = {
    "firstname": "Nour",
    "lastname": "Petit",
    "birthdate": "1985-02-02",
    "email": "nour@exemple.fr",
    "role": "adult",
}


@tagged("post_install", "-at_install")
class TestReport(SituationCase):
    """The answer to the request and the decisions on its lines are one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._report(
            cls, "marriage", married_lastname="Roy", spouse_arrives="1", **ADULT
        )
        cls.lines = cls.request.change_id.line_ids
        cls.name, cls.arrival = (
            cls.lines.filtered(lambda line, type=type: line.type == type)
            for type in ("person", "arrival")
        )

    def _of(self, record, user=None):
        return record.with_user(user or self.family_agent)

    def test_line_by_line_the_last_one_answers(self):
        before = self._told(self.request)
        self._of(self.name).action_accept()
        self.assertEqual(self.request.state, "submitted")
        self.assertEqual(self.camille.partner_id.name, "Camille Roy")
        self._of(self.arrival).action_refuse("Cette personne confirme elle-même.")
        self.assertEqual(self.request.state, "accepted")
        decision = self.request.decision_ids
        self.assertEqual(decision.author_id, self.family_agent)
        self.assertIn("Cette personne confirme elle-même.", decision.reasons)
        mail = self._told(self.request) - before
        self.assertEqual(len(mail), 1, "the answer, once")
        self.assertIn("Cette personne confirme elle-même.", mail.body_html)

    def test_all_refused_is_a_refusal_with_its_reasons(self):
        for line in self.lines:
            self._of(line).action_refuse(f"Motif {line.type}")
        self.assertEqual(self.request.state, "refused")
        self.assertEqual(self.request.change_id.state, "refused")
        for line in self.lines:
            self.assertIn(f"Motif {line.type}", self.request.decision_ids.reasons)
        self.assertEqual(self.camille.partner_id.name, "Camille Duchêne")

    def test_refused_whole(self):
        self._of(self.request).action_refuse("Document illisible")
        self.assertEqual(set(self.lines.mapped("state")), {"refused"})
        self.assertEqual(set(self.lines.mapped("reason")), {"Document illisible"})

    def test_once_a_line_is_accepted_the_whole_is_neither_refused_nor_dropped(self):
        self._of(self.name).action_accept()
        for act in ("action_refuse", "action_drop"):
            with self.assertRaisesRegex(UserError, "one by one"):
                getattr(self._of(self.request), act)("Non")
        self._of(self.request).action_accept()
        self.assertEqual((self.request.state, self.arrival.state), ("accepted", "accepted"))

    def test_a_stale_line_stops_the_whole_and_is_said(self):
        self.camille.partner_id.lastname = "Autre"
        with self.assertRaisesRegex(UserError, "changed since"):
            self._of(self.request).action_accept()
        self.assertEqual(self.request.state, "submitted")
        self._of(self.name).action_accept()
        self.assertEqual(self.name.state, "stale")
        self._of(self.arrival).action_accept()
        self.assertEqual(self.request.state, "accepted")
        self.assertIn("had changed in between", self.request.decision_ids.reasons)
        self.assertEqual(self.camille.partner_id.lastname, "Autre")

    def test_a_sheet_that_changed_in_between_refuses_nothing(self):
        """No refusal, no court: what happened, and what to do."""
        request = self._report("phone", new_phone="03 29 55 55 55")
        self.camille.partner_id.phone = "03 29 66 66 66"
        before = self._told(request)
        request.change_line_ids.with_user(self.family_agent).action_accept()
        self.assertEqual(request.state, "dropped")
        body = (self._told(request) - before).body_html
        for words in ("Ce n'est pas un refus", "had changed in between", "report it again"):
            self.assertIn(words, body)
        for words in ("refusée", "telerecours"):
            self.assertNotIn(words, body)

    def test_a_day_to_come_is_told_with_what_is_done(self):
        request = self._report("move", **{**ADDRESS, "date_event": "2026-12-15"})
        before = self._told(request)
        request.with_user(self.family_agent).action_accept()
        line = request.change_id.line_ids.with_context(lang="fr_FR")
        told = line.display_name.replace("\xa0", " ")
        self.assertEqual(
            told, "Adresse : 5 rue Haute, 99200 Clairval, à partir du 15 décembre 2026"
        )
        body = (self._told(request) - before).body_html
        self.assertIn(told, body.replace("\xa0", " ").replace("&nbsp;", " "))
        past = self._report("move", **{**ADDRESS, "new_address.street": "7 rue Haute"})
        self.assertEqual(
            past.change_id.line_ids.display_name, "Address: 7 rue Haute, 99200 Clairval"
        )

    def test_the_applicant_takes_it_back(self):
        self.request.with_user(self.camille).action_cancel()
        self.assertEqual(set(self.lines.mapped("state")), {"withdrawn"})
        self.assertEqual(self.request.change_id.state, "refused")
        with self.assertRaises(UserError):
            self._of(self.name).action_accept()

    def test_reopened_what_was_not_done_is_looked_at_again(self):
        self._of(self.name).action_accept()
        self._of(self.arrival).action_refuse("À confirmer")
        self._of(self.request).action_reopen("Elle a confirmé")
        self.assertEqual((self.name.state, self.arrival.state), ("accepted", "proposed"))
        self._of(self.arrival).action_accept()
        self.assertEqual(self.request.state, "accepted")

    def test_what_is_done_is_neither_refused_nor_taken_back(self):
        self._of(self.name).action_accept()
        with self.assertRaisesRegex(UserError, "done already"):
            self.request.with_user(self.camille).action_cancel()
        self._of(self.arrival).action_accept()
        self._of(self.request).action_reopen("À revoir")
        for act in ("action_refuse", "action_drop"):
            with self.assertRaisesRegex(UserError, "done already"):
                getattr(self._of(self.request), act)("Non")
        self._of(self.request).action_accept()
        self.assertEqual(self.request.state, "accepted")

    def test_what_the_applicant_corrects_is_what_is_decided_on(self):
        self._of(self.name).action_accept()
        self.request.state = "to_complete"
        self.request.answers = {**self.request.answers, "adult_lastname": "Roi"}
        self.request._transition("complete", by=self.camille.partner_id)
        self.request._on_completed()
        lines = self.request.change_id.line_ids
        self.assertEqual(lines.mapped("state"), ["accepted", "proposed"])
        self.assertEqual(lines[1].new_text, "Ida Roi")
        self._of(self.request).action_accept()
        self.assertEqual(self.env["household.invitation"].search([]).name, "Ida Roi")

    def test_a_paper_that_lacks_something_is_taken_and_proposed_once_complete(self):
        self._open_file_to(self.other_service)
        request = self._report(
            "move",
            by=self.family_agent,
            channel="mail",
            until=date(2026, 12, 10),
            date_event="2026-11-20",
        )
        self.assertEqual((request.state, request.change_id.id), ("to_complete", False))
        address = {
            "street": "5 rue Haute",
            "street2": "",
            "zip": "99200",
            "insee": "99002",
            "commune": "Clairval",
        }
        request.answers = {**request.answers, "new_address": address}
        request._on_completed()
        self.assertEqual(request.change_id.line_ids.new_text, "5 rue Haute, 99200 Clairval")

    def test_the_other_parent_learns_of_no_report(self):
        self._second_holder(state="verified")
        said = {"custody_children": [str(self.child.id)], "date_event": "2026-11-25"}
        self._report("custody", custody="shared", **said)
        his = self._report("custody", self.sacha, custody="here", **said)
        self.authority.state = "verified"
        self.assertFalse(his._get_other_parent_sentence(self.sacha.partner_id))
        # Of any other procedure he would read that hers exists.
        with patch.object(procedure_request, "REPORTS", ()):
            self.assertIn("Lou", his._get_other_parent_sentence(self.sacha.partner_id))

    def test_nobody_decides_on_her_own_report(self):
        self.other_service.user_ids += self.manager
        own = self.manager.partner_id
        own.write({"kind": "person", "firstname": "Anne", "lastname": "Chef"})
        own._create_household()
        request = self._report("phone", self.manager, new_phone="0329555555")
        for act, words in (("action_accept", ()), ("action_refuse", ("Non",))):
            with self.assertRaisesRegex(AccessError, "your own"):
                getattr(request.with_user(self.manager), act)(*words)
        self.assertEqual(request.state, "submitted")
        request.with_user(self.family_agent).action_accept()
        self.assertEqual(request.state, "accepted")

    def test_who_reported_a_closing_is_told_though_nobody_acts_any_more(self):
        request = self._report("closing", date_event="2026-11-25")
        mails = self.env["mail.mail"].search([])
        request.with_user(self.family_agent).action_accept()
        told = self.env["mail.mail"].search([]) - mails
        self.assertIn(self.camille.email_formatted, told.mapped("email_to"))
        self.assertNotIn(request.number, str(told.mapped("body_html")))
        self.assertFalse(request.activity_ids)

    def test_whom_the_others_took_off_meanwhile_is_told_nothing(self):
        request = self._report("contact", new_email="bureau@exemple.fr")
        hers = self.association.delegate_ids.filtered(
            lambda each: each.person_id == self.camille.partner_id
        )
        hers.with_user(self.sacha).action_end()
        mails = self.env["mail.mail"].search([])
        request.with_user(self.family_agent).action_refuse("Adresse inconnue")
        told = self.env["mail.mail"].search([]) - mails
        self.assertNotIn(self.camille.email_formatted, told.mapped("email_to"))
        self.assertNotIn(self.camille.partner_id, told.recipient_ids)

    def test_a_form_that_asks_for_more_than_a_page_can_say_stops_no_correction(self):
        me = self.camille.partner_id.with_user(self.camille)
        self.procedure.max_per_household = 1
        change = (
            self.env["household.change"]
            .with_user(self.camille)
            ._propose(
                self.household.with_user(self.camille),
                me,
                {"persons": {me.id: {"phone": "0329555555"}}},
            )
            .with_env(self.env)
        )
        self.assertEqual(change.line_ids.mapped("state"), ["proposed"])
        self.assertFalse(change._get_request())

    def test_while_the_applicant_is_asked_nothing_is_decided(self):
        self.request.state = "to_complete"
        for line, act, words in (
            (self.name, "action_accept", ()),
            (self.arrival, "action_refuse", ("Non",)),
        ):
            with self.assertRaises(UserError):
                getattr(self._of(line), act)(*words)
        self.assertEqual(set(self.lines.mapped("state")), {"proposed"})

    def test_who_has_no_title_is_told_before_the_first_line(self):
        self.family_agent.function = False
        with self.assertRaisesRegex(UserError, "title"):
            self._of(self.name).action_accept()
        self.assertEqual(self.camille.partner_id.name, "Camille Duchêne")

    def test_what_is_corrected_on_a_page_is_a_request_too(self):
        me = self.camille.partner_id.with_user(self.camille)
        change = (
            self.env["household.change"]
            .with_user(self.camille)
            ._propose(
                self.household.with_user(self.camille),
                me,
                {"persons": {me.id: {"phone": "0329555555"}}},
            )
            .with_env(self.env)
        )
        request = change._get_request()
        self.assertEqual(
            (request.applicant_id, request.state), (me.with_env(self.env), "submitted")
        )
        self.assertEqual(request.answers["correction"], "Phone")
        self.assertEqual(len(self._told(request)), 1, "its acknowledgment")
        change.line_ids.with_user(self.family_agent).action_accept()
        self.assertEqual(request.state, "accepted")

    def test_of_an_organisation_too_and_without_any_procedure_as_before(self):
        association = self.association.with_user(self.camille)
        changes = self.env["household.change"].with_user(self.camille)
        me = self.camille.partner_id.with_user(self.camille)
        change = changes._propose(association, me, {"organisation": {"phone": "0329555555"}})
        request = change.with_env(self.env)._get_request()
        self.assertEqual(request.acting_for_id, self.association)
        self.organisation_procedure.state = "suspended"
        change = changes._propose(association, me, {"organisation": {"phone": "0329555556"}})
        change = change.with_env(self.env)
        self.assertFalse(change._get_request())
        change.line_ids.with_user(self.manager).action_accept()
        self.assertEqual(change.state, "done")

    def test_it_says_its_event_and_of_whom(self):
        """Two reports of one household are told apart in every list."""
        died = self._report(
            "death",
            deceased_firstname="Robin",
            deceased_lastname="Duchêne",
            date_event="2026-01-05",
        )
        self.assertEqual(died.change_line_ids.display_name, "Death: Robin Duchêne")
        self.assertEqual(died.with_user(self.family_agent).what, "Death (Robin Duchêne)")
        self.env["household.change"].with_user(self.camille)._propose(
            self.household, self.camille.partner_id, {"arrivals": [NOUR]}
        )
        came = self.env["procedure.request"].search(
            [("applicant_id", "=", self.camille.partner_id.id)], limit=1, order="id desc"
        )
        self.assertEqual(
            came.with_user(self.family_agent).what, "Arrival in the household (Nour Petit)"
        )
        self.assertFalse(came._is_same_matter(died), "never offered as one and the same")
        again = self._report(
            "death",
            deceased_firstname="robin",
            deceased_lastname="Duchene",
            date_event="2026-01-05",
        )
        self.assertTrue(again._is_same_matter(died))
        other = self._report(
            "death",
            deceased_firstname="Louis",
            deceased_lastname="Duchêne",
            date_event="2026-01-05",
        )
        self.assertFalse(other._is_same_matter(died), "somebody else")
        # Who reads the request, and not the file, is told the event only.
        self.other_service.reads_family_file = False
        self.env.invalidate_all()
        self.assertEqual(died.with_user(self.family_agent).what, "Death")

    def test_the_answer_names_what_was_done_and_who_answers_next(self):
        request = self._report(
            "arrival",
            adult_firstname="Nour",
            adult_lastname="Petit",
            adult_birthdate="1985-02-02",
            adult_email="nour@exemple.fr",
        )
        told_before = self._told(request)
        request.change_line_ids.with_user(self.family_agent).action_accept()
        body = (self._told(request) - told_before).body_html
        self.assertRegex(body, "Arrivée dans le foyer.: Nour Petit")
        self.assertIn("Une invitation a été envoyée à Nour Petit", body)

    def test_the_letter_says_what_was_changed(self):
        """As the mail does: before it is sent, what would be."""
        request = self.request.sudo()
        lines = [(line.label, line.new_text) for line in self.lines]
        for kind in ("accepted", "refused"):
            event, *asked = request._get_decided_facts(kind)
            self.assertEqual(event[0], "What you reported")
            self.assertEqual(asked, lines)
        self._of(self.arrival).action_accept()
        self._of(self.name).action_refuse("Sans acte")
        self.assertEqual(request.state, "accepted")
        _event, *done = request._get_decided_facts("accepted")
        self.assertEqual(done, [(self.arrival.label, self.arrival.new_text)])
        letter = request.letter_ids.filtered(lambda each: each.kind == "decision")
        self.assertIn(self.arrival.new_text, letter.body)
        self.assertIn("Sans acte", letter.body)
        self.assertIn("Une invitation a été envoyée", letter.body)

    def test_what_waits_already_is_not_proposed_twice(self):
        """A page that answered nothing is sent again: nothing doubles, and it is said."""
        propose = self.env["household.change"].with_user(self.camille)._propose_once
        me = self.camille.partner_id
        phone = {"persons": {me.id: {"phone": "03 29 55 55 55"}}}
        change = propose(self.household, me, phone)
        with self.assertRaisesRegex(ValidationError, "proposed this already"):
            propose(self.household, me, phone)
        more = {**phone, "arrivals": [NOUR]}
        self.assertEqual(propose(self.household, me, more).line_ids.mapped("type"), ["arrival"])
        change.line_ids.with_user(self.family_agent).action_refuse("Numéro incomplet")
        self.assertTrue(propose(self.household, me, phone), "once it is decided")

    def test_what_an_agent_wrote_after_a_call_does_not_stop_her(self):
        """Whoever called said that she was Camille: Camille could not take it back."""
        me = self.camille.partner_id
        changes = self.env["household.change"]
        called = {"persons": {me.id: {"phone": "03 29 55 55 55"}}}
        changes.with_user(self.family_agent)._propose(self.household, me, called)
        other = {"persons": {me.id: {"phone": "03 29 55 55 56"}}}
        mine = changes.with_user(self.camille)._propose_once(self.household, me, other)
        self.assertEqual(mine.line_ids.mapped("new_text"), ["03 29 55 55 56"])

    def test_nor_is_she_told_what_the_agent_wrote_were_it_the_same(self):
        me = self.camille.partner_id
        changes = self.env["household.change"]
        called = {"persons": {me.id: {"phone": "03 29 55 55 55"}}}
        changes.with_user(self.family_agent)._propose(self.household, me, called)
        mine = changes.with_user(self.camille)._propose_once(self.household, me, called)
        self.assertEqual(mine.line_ids.mapped("new_text"), ["03 29 55 55 55"])

    def test_another_value_does_not_wait_beside_the_first_one(self):
        """Two phones in two requests: nobody could say which is right."""
        propose = self.env["household.change"].with_user(self.camille)._propose_once
        me = self.camille.partner_id
        first = propose(self.household, me, {"persons": {me.id: {"phone": "03 29 55 55 55"}}})
        other = {"persons": {me.id: {"phone": "03 29 55 55 56"}}}
        with self.assertRaisesRegex(ValidationError, "55.*waits still"):
            propose(self.household, me, other)
        with self.assertRaises(AnswersInvalid) as refused:
            self._report("phone", new_phone="0329555556")
        self.assertIn("waits still", refused.exception.errors["_form"])
        waiting = self.household.change_ids.line_ids.filtered(lambda line: line.type == "person")
        self.assertEqual(waiting.filtered(lambda line: line.field_key == "phone"), first.line_ids)
        # Two births are two; and she may take the first one back.
        propose(self.household, me, {"arrivals": [NOUR]})
        propose(self.household, me, {"arrivals": [{**NOUR, "firstname": "Alix"}]})
        first.sudo()._get_request().with_user(self.camille).action_cancel()
        self.assertTrue(propose(self.household, me, other))

    def test_what_can_be_taken_back_no_longer_is_put_right_by_a_call(self):
        """Its name is accepted already, the phone waits: to send her back to it was a circle."""
        association = self.association.with_user(self.camille)
        propose = self.env["household.change"].with_user(self.camille)._propose_once
        me = self.camille.partner_id.with_user(self.camille)
        said = {"name": "Foyer rural de Valmont", "phone": "03 53 01 00 03"}
        first = propose(association, me, {"organisation": said}).with_env(self.env)
        other = {"organisation": {"phone": "03 53 01 00 02"}}
        with self.assertRaisesRegex(ValidationError, "Take back that request first"):
            propose(association, me, other)
        name = first.line_ids.filtered(lambda line: line.field_key == "name")
        name.with_user(self.family_agent).action_accept()
        with self.assertRaisesRegex(UserError, "call us"):
            first._get_request().with_user(self.camille).action_cancel()
        with self.assertRaises(ValidationError) as refused:
            propose(association, me, other)
        self.assertNotIn("Take back", str(refused.exception))
        self.assertRegex(str(refused.exception), "00 03.*Call us")

    def test_a_death_to_come_is_refused_beside_its_day(self):
        died = {"deceased_firstname": "Robin", "deceased_lastname": "Duchêne"}
        day = fields.Date.add(clock.today(), days=2)
        with self.assertRaises(AnswersInvalid) as refused:
            self._report("death", **died, date_event=str(day))
        self.assertEqual(refused.exception.errors.keys(), {"date_event"})
        self.assertIn("in the future", refused.exception.errors["date_event"])

    def test_without_account_it_says_its_event_too(self):
        identity = {
            "contact_firstname": "Ana",
            "contact_lastname": "Morel",
            "contact_email": "ana@exemple.test",
            "contact_address.street": "1 place Haute",
            "contact_address.zip": "54000",
            "contact_address.commune": "Nancy",
        }
        filing = Filing(
            procedure=self.procedure,
            answers={
                "situation_event": "death",
                "deceased_firstname": "Robin",
                "deceased_lastname": "Morel",
                "date_event": "2026-01-05",
            },
            identity=identity,
            channel="phone",
        )
        requests = self.env["procedure.request"].with_user(self.family_agent)
        request = requests._submit(filing)
        self.assertIn("décès", request.with_user(self.family_agent).what)

    def test_who_has_no_household_is_told_what_to_say_first(self):
        with self.assertRaises(AnswersInvalid) as refused:
            self._report("phone", self.stranger, new_phone="0329555555")
        self.assertIn("where you live", refused.exception.errors["_form"])
        with self.assertRaises(AccessError):
            self._report("closing", self.stranger, date_event="2026-12-31")

    def test_an_agent_types_it_from_a_call_with_the_same_effects(self):
        self._open_file_to(self.other_service)
        request = self._report("move", by=self.family_agent, channel="phone", **ADDRESS)
        self.assertEqual(request.channel, "phone")
        change = request.change_id
        self.assertEqual(
            (change.typed_by_id, change.requester_id),
            (self.family_agent, self.camille.partner_id),
        )
        request.with_user(self.family_agent).action_accept()
        self.assertEqual(self.household._current_dwelling().street, "5 rue Haute")

    def test_it_is_forgotten_with_its_request(self):
        self._of(self.request).action_accept()
        change = self.request.change_id
        self.request.sudo()._anonymise()
        self.assertFalse(change.exists())
        self.assertFalse(self.lines.exists())

    def test_a_service_that_does_not_read_the_family_file_cannot_answer(self):
        self.assertFalse(self.procedure._get_publication_todo(self.procedure.version_id))
        self.procedure.service_id = self.service
        ((sentence, place),) = self.procedure._get_publication_todo(self.procedure.version_id)
        self.assertIn("Déchets", sentence)
        self.assertEqual(place, "services")

    def test_an_answer_that_nobody_reads_is_no_event(self):
        events = self.env["situation.events"]
        self.assertFalse(events._find("household_report", "closing"))
        self.assertFalse(events._find("generic", "birth"))
        self.assertFalse(events._find("household_report", None))
