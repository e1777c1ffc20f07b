"""What messages, followers and calls tell of a request to those who do not read it."""

from urllib.parse import unquote

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ProcedureCommon

NOTE = {"subtype_xmlid": "mail.mt_note"}
HIDDEN_FROM_APPLICANT = (
    "consulted_service_ids",
    "date_orange",
    "date_red",
    "eligibility_html",
    "is_mine",
    "state_user_id",
    "user_id",
)


@tagged("post_install", "-at_install")
class TestMessageRights(ProcedureCommon, HttpCase):
    def setUp(self):
        super().setUp()
        # The same person at two services: the secretary reads her, and one request only.
        cant = self._procedure("Cantine", "CANT", self.school)
        self.foreign = self._submit(procedure=cant)
        eau = self._procedure("Eau", "EAU", self.town_hall, commune_ids=self.vaubecourt.ids)
        self.known = self._submit(procedure=eau)
        self.person = self.camille.partner_id
        self.assertTrue(self.person.with_user(self.secretary).has_access("read"))
        self.letter = self.foreign.message_ids.filtered("subject")[:1]

    def test_the_subject_of_a_letter_is_for_who_reads_it(self):
        self.assertTrue(self.letter.subject)
        for user in (self.secretary, self.communication, self.dpo):
            self.assertFalse(self.letter.with_user(user).sudo().display_name)
            Message = self.env["mail.message"].with_user(user)
            with self.assertRaises(AccessError):
                Message.create({"parent_id": self.letter.id, "body": "x"})
        for user in (self.school_agent, self.camille):
            self.assertEqual(self.letter.with_user(user).sudo().display_name, self.letter.subject)

    def test_notifications_are_ones_own_and_colleagues(self):
        domain = [("res_partner_id", "=", self.person.id)]
        for user in (self.secretary, self.agent, self.communication):
            self.assertFalse(self.env["mail.notification"].with_user(user).search(domain))
        own = self.env["mail.notification"].with_user(self.camille).search(domain)
        self.assertIn(self.letter, own.sudo().mail_message_id)
        self.assertTrue(self.env["mail.notification"].with_user(self.manager).search(domain))

    def test_who_follows_a_request_is_for_who_reads_it(self):
        Followers = self.env["mail.followers"].with_user(self.secretary)
        followed = Followers.search([("res_model", "=", "procedure.request")])
        self.assertEqual(set(followed.mapped("res_id")), set(self.known.ids))
        self.assertIn(self.person, followed.partner_id)
        hidden = self.foreign.sudo().message_follower_ids.with_user(self.secretary)
        self.assertFalse(hidden.has_access("read"))
        self.assertFalse(Followers.search_count([("res_id", "=", self.foreign.id)]))
        with self.assertRaises(AccessError):
            self.foreign.with_user(self.secretary).message_get_followers()
        self.assertTrue(self.known.with_user(self.secretary).message_get_followers())

    def test_an_official_letter_leaves_with_its_decision_only(self):
        request = self._submit().with_user(self.agent)
        template = self.env.ref("procedure.mail_accepted")
        before = self._mails(), request.sudo().message_ids
        for call in (
            lambda: request.activity_send_mail(template.id),
            lambda: request.message_post_with_source(template),
            lambda: request.message_post_with_source("procedure.mail_accepted"),
            lambda: request.message_mail_with_source(template),
        ):
            with self.assertRaisesKeeping(AccessError):
                call()
        self.assertEqual((self._mails(), request.sudo().message_ids), before)

    def test_a_link_by_number_tells_a_visitor_nothing(self):
        without_account = self._submit_without_account()
        unknown = without_account.id + 10_000
        places = set()
        for number in (self.known.id, without_account.id, unknown):
            answer = self.url_open(
                f"/mail/view?model=procedure.request&res_id={number}", allow_redirects=False
            )
            # "%26" holds a number too.
            place = unquote(answer.headers["Location"])
            places.add(place.replace(f"={number}", "=N").replace(f"/{number}", "/N"))
        self.assertEqual(len(places), 1, places)
        self.assertIn("/web/login", places.pop())
        self.authenticate("camille", "camillex")
        answer = self.url_open(
            f"/mail/view?model=procedure.request&res_id={self.known.id}", allow_redirects=False
        )
        self.assertIn(f"/my/demandes/{self.known.id}", answer.headers["Location"])

    @mute_logger("odoo.models")
    def test_an_applicant_reads_what_her_pages_show(self):
        request = self._submit()
        request.with_user(self.agent).action_take()
        own = request.with_user(self.camille)
        for name in HIDDEN_FROM_APPLICANT:
            with self.subTest(name):
                # The field itself: what it is computed from is hidden too.
                self.assertFalse(own._has_field_access(own._fields[name], "read"))
            with self.subTest(name), self.assertRaises(AccessError):
                own.read([name])
            self.assertIn(name, request.with_user(self.agent).read([name])[0])
        self.assertFalse(own.late)
        with self.assertRaises(AccessError):
            own.search([("late", "=", "red")])
        told = own._get_too_late_sentence()
        for name, field in own._fields.items():
            if field.store and own._has_field_access(field, "read"):
                told += str(own.read([name]))
        self.assertNotIn(self.agent.name, told)
        self.assertIn(self.agent.name, request.with_user(self.colleague)._get_too_late_sentence())

    def test_who_left_a_service_reads_nothing_that_she_wrote_there(self):
        request = self._submit()
        note = request.with_user(self.agent).message_post(body="Vu", **NOTE)
        named = request.with_user(self.colleague).message_post(
            body="Tu te souviens ?", partner_ids=self.agent.partner_id.ids, **NOTE
        )
        Message = self.env["mail.message"].with_user(self.agent)
        domain = [("model", "=", "procedure.request")]
        self.assertLessEqual(note | named, Message.search(domain))
        self.waste.user_ids -= self.agent
        self.assertEqual(Message.search(domain), named, "sent to her by name")
        self.assertEqual(Message.search_count([("id", "=", note.id)]), 0)
        for operation in ("read", "write", "unlink"):
            self.assertFalse(note.with_user(self.agent).has_access(operation), operation)
