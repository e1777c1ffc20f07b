from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid

from .common import SituationCase

NEW = "camille.nouvelle@exemple.fr"


@tagged("post_install", "-at_install")
class TestEmailReport(SituationCase):
    """Who lost her mailbox calls: a request with its number, which an agent types."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.me = cls.camille.partner_id
        cls.former = cls.me.email

    def _call(self, email=NEW, by=None, **more):
        values = {"channel": "phone", "new_email": email, **more}
        return self._report("email", by=by or self.family_agent, **values)

    def test_typed_after_a_call_then_decided_with_what_was_seen(self):
        self._open_file_to(self.other_service)
        request = self._call()
        line = request.change_id.line_ids
        self.assertTrue(request.number)
        self.assertEqual((line.type, line.old_text, line.new_text), ("email", self.former, NEW))
        self.assertEqual(line.change_id.typed_by_id, self.family_agent)
        self.assertEqual(self.me.email, self.former, "nobody decided yet")
        agent_request = request.with_user(self.family_agent)
        with self.assertRaisesRegex(UserError, "what was seen"), self.env.cr.savepoint():
            agent_request.action_accept()
        mails = self.env["mail.mail"].search([])
        agent_request.change_line_ids.action_accept("Carte d’identité vue au guichet")
        self.assertEqual((self.me.email, request.state), (NEW, "accepted"))
        self.assertEqual(self.camille.login, "camille.test", "she signs in as before")
        told = self.env["mail.mail"].search([]) - mails
        former = told.filtered(lambda mail: self.former in (mail.email_to or ""))
        self.assertIn(NEW, former.body_html, "the former address is told")

    def test_a_link_sent_to_the_former_address_opens_nothing(self):
        self._open_file_to(self.other_service)
        self.me.signup_prepare(signup_type="reset")
        self._call().change_id.line_ids.with_user(self.manager).action_accept("Carte vue")
        self.assertFalse(self.me.signup_type)

    def test_never_that_by_which_somebody_else_signs_in(self):
        self._open_file_to(self.other_service)
        self.stranger.login = "Alex_Voisin@exemple.fr"
        for active in (True, False):
            self.stranger.active = active
            with self.subTest(active), self.assertRaises(AnswersInvalid) as refused:
                self._call("alex_voisin@exemple.fr")
            self.assertEqual(set(refused.exception.errors), {"new_email"})
        # Nor when somebody took it meanwhile.
        line = self._call().change_id.line_ids
        self.stranger.login = NEW
        with self.assertRaisesRegex(UserError, "Somebody else signs in"):
            line.with_user(self.manager).action_accept("Carte vue")
        self.assertEqual(self.me.email, self.former)
        # Her own is hers.
        self.camille.login = "alexivoisin@exemple.fr"
        self.assertTrue(self._call("alexivoisin@exemple.fr").change_id)

    def test_what_is_wrong_is_said_beside_its_question(self):
        self._open_file_to(self.other_service)
        with self.assertRaises(AnswersInvalid) as refused:
            self._call("camille@exemple")
        self.assertEqual(set(refused.exception.errors), {"new_email"})

    def test_on_the_site_she_changes_it_by_herself(self):
        with self.assertRaises(AnswersInvalid) as refused:
            self._report("email", new_email=NEW)
        self.assertEqual(set(refused.exception.errors), {"situation_event"})
        self.assertFalse(self.env["household.change"].search([("requester_id", "=", self.me.id)]))

    def test_neighbours_decide_nothing(self):
        self._open_file_to(self.other_service)
        line = self._call().change_id.line_ids
        for user in (
            *(self.secretary | self.agent | self.communication | self.dpo),
            *(self.camille | self.robin | self.sacha | self.stranger),
        ):
            with self.subTest(user.login):
                for act, words in (("action_accept", ("Vu",)), ("action_refuse", ("Non",))):
                    with self.assertRaises(AccessError):
                        getattr(line.with_user(user), act)(*words)
                with self.assertRaises(AccessError):
                    self.me.with_user(user).write({"email": NEW})
        self.assertEqual((line.state, self.me.email), ("proposed", self.former))

    def test_the_town_hall_next_door_types_nothing_of_her(self):
        """Nor learns that somebody signs in with that address."""
        self.stranger.login = NEW
        with self.assertRaises(AccessError):
            self._call(by=self.secretary)

    def test_what_changed_since_is_not_written_over(self):
        self._open_file_to(self.other_service)
        line = self._call().change_id.line_ids
        self.me.email = "entretemps@exemple.fr"
        line.with_user(self.manager).action_accept("Carte vue")
        self.assertEqual((line.state, self.me.email), ("stale", "entretemps@exemple.fr"))
