from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.procedure.filing import Filing

from .common import SituationCase
from .test_events import ADDRESS

PAUL = {
    "contact_firstname": "Paul",
    "contact_lastname": "Trésor",
    "contact_phone": "06 39 98 00 99",
}


class LinkingCase(SituationCase):
    def _call(self, event, by=None, procedure=None, acting_for=None, **answers):
        """What somebody without account says on the phone, as an agent types it."""
        filing = Filing(
            procedure=procedure or self.procedure,
            answers={"situation_event": event, **answers},
            identity=PAUL,
            acting_for=acting_for,
            channel="phone",
        )
        requests = self.env["procedure.request"].with_user(by or self.family_agent)
        return requests._submit(filing).with_env(self.env)

    def _link(self, request, user=None, **chosen):
        linking = self.env["situation.change.linking"].with_user(user or self.family_agent)
        named = {name: who.ids if name.endswith("_ids") else who.id for name, who in chosen.items()}
        values = {"request_id": request.id, **named}
        return linking.create(values).action_link()

    def _bands(self, request):
        request.invalidate_recordset(["desk_bands"])
        return request.with_user(self.family_agent).desk_bands or []


@tagged("post_install", "-at_install")
class TestLinking(LinkingCase):
    """A report of somebody without account: never accepted before its file is found."""

    def test_without_a_file_it_is_not_accepted_and_the_desk_says_so(self):
        request = self._call("move", **ADDRESS)
        self.assertFalse(request.change_id)
        self.assertEqual(self._bands(request), ["no_file"])
        with self.assertRaisesRegex(UserError, "No file matches"):
            request.with_user(self.family_agent).action_accept("Fait")
        self.assertEqual(request.state, "submitted")
        request.with_user(self.family_agent).action_refuse("Personne inconnue")
        self.assertEqual(request.state, "refused")
        other = self._call("move", **ADDRESS)
        other.with_user(self.family_agent).action_drop("Reçu par erreur")
        self.assertEqual(other.state, "dropped")

    def test_once_linked_to_a_person_it_has_its_lines_and_they_are_done(self):
        self._open_file_to(self.other_service)
        request = self._call("move", **ADDRESS)
        self._link(request, person_id=self.camille.partner_id)
        self.assertEqual(self._bands(request), [])
        change = request.change_id
        self.assertEqual(
            (change.subject_id, change.requester_id, change.typed_by_id),
            (self.household, self.camille.partner_id, self.family_agent),
        )
        self.assertFalse(request.applicant_id, "whose sheet it is gives nobody her request")
        self.assertReadsNot(self.camille, request)
        request.with_user(self.family_agent).action_accept()
        self.assertEqual(self.household._current_dwelling().street, "5 rue Haute")
        with self.assertRaises(UserError):
            self._link(request, person_id=self.camille.partner_id)

    def test_a_file_is_opened_for_it_and_it_is_linked_at_once(self):
        request = self._call("move", **ADDRESS)
        context = request.with_user(self.family_agent).action_open_entry()["context"]
        self.assertEqual(context["default_subject"], "family")
        adult = dict(context["default_adult_ids"][0][2], birthdate="1980-02-03")
        self.assertEqual((adult["firstname"], adult["lastname"]), ("Paul", "Trésor"))
        entry = (
            self.env["household.entry"]
            .with_user(self.family_agent)
            .with_context(**context)
            .create(
                {
                    "adult_ids": [Command.create(adult)],
                    "street": "8 rue du Lavoir",
                    "commune_id": self.commune.id,
                }
            )
        )
        self.assertEqual(entry.channel, "phone")
        action = entry.action_enter()
        self.assertEqual(action["res_id"], request.id)
        self.assertEqual(request.change_id.subject_id, entry.sheet_id.with_env(self.env))
        request.with_user(self.family_agent).action_accept()
        dwelling = entry.sheet_id.sudo()._current_dwelling()
        self.assertEqual(dwelling.street, "5 rue Haute")

    def test_the_caller_whose_birth_date_is_not_known_is_named_by_a_sentence(self):
        """The form is filled in with what she left, and the button is pressed at once."""
        request = self._call("move", **ADDRESS)
        context = request.with_user(self.family_agent).action_open_entry()["context"]
        Entry = self.env["household.entry"].with_user(self.family_agent)
        entry = Entry.with_context(**context, lang="fr_FR").create({})
        with self.assertRaisesRegex(
            ValidationError, "Paul Trésor\xa0: Écrivez la date de naissance."
        ):
            entry.action_enter()
        self.assertFalse(entry.sheet_id)

    def test_what_says_nothing_new_is_told_where_it_is_linked(self):
        self._open_file_to(self.other_service)
        here = {"new_address.street": "8 rue du Lavoir", "new_address.commune": "99001"}
        request = self._call("move", **{**ADDRESS, **here})
        with self.assertRaisesRegex(ValidationError, "Nothing differs"):
            self._link(request, person_id=self.camille.partner_id)
        self.assertEqual(self._bands(request), ["no_file"])

    def test_who_has_no_household_is_not_linked_to_nothing(self):
        self._open_file_to(self.other_service)
        lone = self.stranger.partner_id
        lone.reader_service_ids |= self.other_service
        with self.assertRaisesRegex(UserError, "open the file of the household first"):
            self._link(self._call("move", **ADDRESS), person_id=lone)

    def test_custody_is_of_the_children_that_the_agent_chose(self):
        """Without account the form shows no child; nothing of them is told to whoever called."""
        self._open_file_to(self.other_service)
        mine = self.camille.partner_id
        request = self._call("custody", custody="shared", date_event="2026-11-25")
        with self.assertRaisesRegex(UserError, "Choose the children"):
            self._link(request, person_id=mine)
        self._link(request, person_id=mine, child_ids=self.child)
        line = request.change_id.line_ids
        self.assertEqual((line.type, line.person_id), ("custody", self.child))
        self.assertNotIn("custody_children", request.answers)
        request.with_user(self.family_agent).action_ask_completion(
            [{"field_key": "date_event", "reason": "Quel jour ?"}]
        )
        request.sudo()._complete(answers={"date_event": "2026-11-24"})
        line = request.change_id.line_ids
        self.assertEqual((line.person_id, line.new_value["date"]), (self.child, "2026-11-24"))
        request.with_user(self.family_agent).action_accept()
        self.assertTrue(self.child.membership_ids.shared_custody)
        facts = str(request.sudo()._get_decided_facts("accepted"))
        self.assertNotIn("Où vit l’enfant", facts, "one for each of them")
        self.assertNotIn("Où vit l’enfant", self._read_answer(request))

    def _read_answer(self, request):
        """What the caller reads of a decision, in its mail."""
        return " ".join(request.sudo().message_ids.mapped("body"))

    def test_of_who_leaves_the_children_come_along(self):
        self._open_file_to(self.other_service)
        said = {"who_leaves": "me", "children_follow": "1", "custody": "here", **ADDRESS}
        request = self._call("separation", **said)
        self._link(request, person_id=self.camille.partner_id, child_ids=self.child)
        self.assertEqual(request.change_id.line_ids.new_value["children"], self.child.ids)
        self.assertEqual(
            request._get_reported_answers()["custody_children"], [{"id": self.child.id}]
        )
        line = request.change_id.line_ids
        self.assertIn(self.child.firstname, line.with_user(self.family_agent).display_name)
        request.with_user(self.family_agent).action_accept()
        told = str(request.sudo()._get_decided_facts("accepted")) + self._read_answer(request)
        self.assertIn("5 rue Haute", told)
        self.assertNotIn(self.child.firstname, told)

    def test_a_child_of_somebody_else_is_chosen_by_nobody(self):
        other = self.sacha.partner_id._declare_child(
            {"firstname": "Zoé", "lastname": "Essai", "birthdate": "2019-05-01"}
        )
        self._open_file_to(self.other_service)
        mine = self.camille.partner_id
        linking = self.env["situation.change.linking"].with_user(self.family_agent)
        request = self._call("custody", custody="shared", date_event="2026-11-25")
        form = linking.new({"request_id": request.id, "person_id": mine.id})
        self.assertTrue(form.lacks_children)
        self.assertEqual(form.known_child_ids._origin, self.child)
        # One that she does not read, then one that she reads.
        for _time in range(2):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._link(request, person_id=mine, child_ids=other)
            other.sudo().reader_service_ids |= self.other_service
        self.assertFalse(request.change_id)
        # Nothing of a request that one does not read.
        form = linking.with_user(self.secretary).new({"request_id": request.id})
        self.assertFalse(form.lacks_children)
        move = self._call("move", **ADDRESS)
        self.assertFalse(linking.new({"request_id": move.id}).lacks_children)

    def test_neighbours_link_nothing(self):
        request = self._call("move", **ADDRESS)
        mine = self.camille.partner_id
        # Whoever handles the request, and does not read the file.
        with self.assertRaises(AccessError):
            self._link(request, person_id=mine)
        self._open_file_to(self.other_service | self.service)
        for user in (
            *(self.agent | self.secretary | self.communication | self.dpo),
            *(self.camille | self.stranger),
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._link(request, user, person_id=mine)
        self.assertFalse(request.change_id)
        self._link(request, self.manager, person_id=mine)
        self.assertTrue(request.change_id)

    def test_what_is_in_words_is_accepted_with_words(self):
        request = self._report("correction", correction="Notre nom est mal écrit")
        self.assertEqual(self._bands(request), ["in_words"])
        refused = self.assertRaisesRegex(UserError, "say in your answer")
        with refused, self.env.cr.savepoint():
            request.with_user(self.family_agent).action_accept()
        request.with_user(self.family_agent).action_accept("Le nom est corrigé.")
        self.assertEqual(request.state, "accepted")

    # An organisation

    def _phone(self, **values):
        return self._call("contact", procedure=self.organisation_procedure, **values)

    def test_the_organisation_that_the_agent_chose_has_its_lines(self):
        self.association.reader_service_ids |= self.other_service
        request = self._phone(acting_for=self.association, new_phone="06 39 98 00 99")
        self.assertEqual(request.acting_for_id, self.association)
        self.assertEqual(request.change_id.subject_id, self.association)
        self.assertEqual(request.change_id.line_ids.new_text, "06 39 98 00 99")
        request.with_user(self.family_agent).action_accept()
        self.assertEqual(self.association.phone, "+33639980099")

    def test_an_organisation_that_nobody_acts_for_too(self):
        lone = self.env["res.partner"].create({"name": "Les Amis", "kind": "association"})
        lone.reader_service_ids |= self.other_service
        request = self._phone(new_phone="06 39 98 00 99")
        self.assertEqual(self._bands(request), ["no_file"])
        self._link(request, organisation_id=lone)
        request.with_user(self.family_agent).action_accept()
        self.assertEqual(lone.phone, "+33639980099")

    def test_nobody_speaks_in_the_name_of_an_organisation_but_the_staff(self):
        for user in self.sacha | self.stranger:
            changes = self.env["household.change"].with_user(user)
            with self.assertRaises(AccessError):
                changes._propose(
                    self.association.with_user(user),
                    self.association.with_user(user),
                    {"organisation": {"phone": "0329555555"}},
                )

    # Whoever is told passes it on

    def test_each_service_passes_on_what_it_is_told_and_learns_nothing(self):
        for user in self.agent | self.secretary:
            request = self._call("move", by=user, **ADDRESS)
            self.assertEqual(request.service_id, self.other_service)
            self.assertEqual(request.entered_by_id, user)
            self.assertReadsNot(user, request)
        for user in self.communication | self.dpo | self.stranger:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._call("move", by=user, **ADDRESS)
        # Whether she lives there already is not told to an agent without the file.
        self.camille.partner_id.reader_service_ids |= self.service
        here = {"new_address.street": "8 rue du Lavoir", "new_address.commune": "99001"}
        request = self._report("move", by=self.agent, channel="phone", **{**ADDRESS, **here})
        self.assertFalse(request.change_id)
        self.assertEqual(self._bands(request), ["no_file"])
