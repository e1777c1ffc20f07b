from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ConsentCase

SETTINGS = settings(max_examples=40)


@tagged("post_install", "-at_install")
class TestPrivacyConsent(ConsentCase):
    def test_nobody_agreed_before_somebody_answered(self):
        for text in (self.photos, self.outings, self.rules):
            self.assertFalse(self.agreed(text))

    def test_a_parent_agrees_then_withdraws_and_both_answers_stay(self):
        given_one = self.say(self.camille, self.outings, "yes")
        self.assertTrue(self.agreed(self.outings))
        self.assertEqual(given_one.date.date().isoformat(), "2026-11-25")
        self.assertEqual((given_one.sudo().user_id, given_one.channel), (self.camille, "web"))
        self.say(self.camille, self.outings, "no")
        self.assertFalse(self.agreed(self.outings))
        self.say(self.camille, self.outings, "yes")
        self.assertTrue(self.agreed(self.outings))
        rows = self.Consent.search([("text_id", "=", self.outings.id)])
        self.assertEqual(rows.mapped("answer"), ["yes", "no", "yes"])
        self.assertEqual(rows.filtered("stands"), rows[:1])
        self.assertEqual(self.Consent.search([("stands", "=", True)]), rows[:1])
        self.assertEqual(self.Consent.search([("stands", "=", False)]), rows[1:])

    def test_the_same_answer_twice_is_one(self):
        first = self.say(self.camille, self.outings, "yes")
        again = self.say(self.camille, self.outings, "yes")
        self.assertEqual(again, first)
        self.assertFalse(first.env.su or again.env.su, "given back with her own rights")

    def test_each_parent_is_heard_where_both_must_agree(self):
        self.say(self.camille, self.photos, "yes")
        self.assertTrue(self.agreed(self.photos))
        self._second_holder(state="verified")
        self.assertFalse(self.agreed(self.photos), "Sacha has not answered")
        self.say(self.sacha, self.photos, "yes")
        self.assertTrue(self.agreed(self.photos))
        self.say(self.sacha, self.photos, "no")
        self.assertFalse(self.agreed(self.photos))

    def test_one_who_refuses_is_heard_where_one_is_enough(self):
        self._second_holder(state="verified")
        self.say(self.camille, self.outings, "yes")
        self.assertTrue(self.agreed(self.outings))
        self.say(self.sacha, self.outings, "no")
        self.assertFalse(self.agreed(self.outings))

    def test_who_lost_authority_is_heard_no_longer(self):
        authority = self._second_holder(state="verified")
        self.say(self.camille, self.outings, "yes")
        self.say(self.sacha, self.outings, "no")
        authority.write({"kind": "withdrawn"})
        self.assertTrue(self.agreed(self.outings))
        with self.assertRaises(AccessError):
            self.say(self.sacha, self.outings, "no")

    def test_who_has_no_authority_answers_for_nobody(self):
        self._second_holder()
        for user in (self.sacha, self.stranger):
            with self.assertRaises(AccessError):
                self.say(user, self.outings, "yes")
        self.assertFalse(self.Consent.search([]))

    def test_what_is_for_older_children_is_not_asked_before(self):
        self.outings.age_from = self.child.age + 1
        self.assertFalse(self.outings._is_asked_about(self.child))
        with self.assertRaises(AccessError):
            self.say(self.camille, self.outings, "yes")
        self.outings.age_from = self.child.age
        self.say(self.camille, self.outings, "yes")
        self.assertTrue(self.agreed(self.outings))

    def test_rules_that_changed_are_to_be_read_again(self):
        me = self.camille.partner_id
        read = self.say(self.camille, self.rules, "yes")
        self.assertEqual(self.Consent._get_standing(self.rules, self.child, me).id, read.id)
        self.rules.body = "D’autres horaires."
        self.assertFalse(self.Consent._get_standing(self.rules, self.child, me))
        self.assertFalse(self.Consent._get_standing(self.outings, self.child, me))

    def test_an_adult_answers_for_herself_alone(self):
        me = self.camille.partner_id
        self.say(self.camille, self.letter, "yes", me)
        self.assertTrue(self.agreed(self.letter, me))
        self.assertFalse(self.agreed(self.letter, self.sacha.partner_id))
        for person in (self.sacha.partner_id, self.child):
            with self.assertRaises(AccessError):
                self.say(self.camille, self.letter, "yes", person)
        with self.assertRaises(AccessError):
            self.say(self.camille, self.outings, "yes", me)

    def test_words_that_changed_are_read_again_and_the_former_are_kept(self):
        consent = self.say(self.camille, self.rules, "yes")
        self.assertTrue(self.agreed(self.rules))
        self.rules.body = "Arriver avant 8 h 30."
        self.assertFalse(self.agreed(self.rules))
        self.assertEqual(set(self.rules.version_ids.mapped("number")), {1, 2})
        self.assertIn("de quoi il s’agit", consent.version_id.body)
        self.say(self.camille, self.rules, "yes")
        self.assertTrue(self.agreed(self.rules))

    def test_words_that_were_shown_are_never_written_over(self):
        first = self.rules._get_version()
        self.rules.body = "Arriver avant 8 h 30."
        self.assertNotEqual(self.rules._get_version(), first)
        self.assertIn("de quoi il s’agit", first.body)

    def test_other_words_are_asked_again_of_who_agreed(self):
        self.say(self.camille, self.outings, "yes")
        self.outings.body = "Sorties en car."
        self.assertFalse(self.agreed(self.outings))
        self.assertFalse(
            self.Consent._get_standing(self.outings, self.child, self.camille.partner_id)
        )

    def test_a_refusal_stays_whatever_the_words_become(self):
        self.say(self.camille, self.outings, "no")
        self.outings.body = "Sorties en car."
        self._second_holder(state="verified")
        self.say(self.sacha, self.outings, "yes")
        self.assertFalse(self.agreed(self.outings))

    def test_where_only_the_spelling_changes_nobody_is_asked_again(self):
        self.say(self.camille, self.outings, "yes")
        for body in ("Sorties à pied.", "Des sorties à pied."):
            self.outings.write({"body": body, "keeps_answers": True})
            self.assertTrue(self.agreed(self.outings))
            self.assertFalse(self.outings.keeps_answers, "said of one change alone")
        self.outings.body = "Des sorties en car."
        self.assertFalse(self.agreed(self.outings))

    def test_words_that_changed_while_they_were_read_are_read_again(self):
        read = self.outings._get_version()
        self.outings.body = "Sorties en car."
        with self.assertRaisesRegex(UserError, "changé|changed"):
            self.Consent.with_user(self.camille)._answer(
                self.outings.with_user(self.camille),
                self.child.with_user(self.camille),
                "yes",
                version=read,
            )

    def test_what_was_answered_keeps_its_meaning(self):
        self.outings.kind = "reading"
        self.outings.kind = "consent"
        self.say(self.camille, self.outings, "no")
        for values in ({"kind": "reading"}, {"about": "adult"}):
            with self.assertRaises(UserError):
                self.outings.write(values)
        self.outings.write({"kind": "consent", "name": "Sorties"})

    def test_a_draft_is_asked_of_nobody(self):
        self.outings.is_asked = False
        with self.assertRaises(AccessError):
            self.say(self.camille, self.outings, "yes")
        self.assertFalse(self.outings.with_user(self.camille).has_access("read"))
        self.assertTrue(self.outings.with_user(self.family_agent).has_access("read"))

    def test_her_parents_agree_for_her_until_she_is_of_age(self):
        self.say(self.camille, self.outings, "yes")
        self.child.birthdate = "2008-11-26"
        self.assertTrue(self.agreed(self.outings))
        self.child.birthdate = "2008-11-25"
        self.assertFalse(self.agreed(self.outings))

    def test_an_account_that_is_closed_leaves_what_it_answered(self):
        consent = self.say(self.camille, self.outings, "yes").sudo()
        self.camille.unlink()
        self.assertTrue(consent.exists())
        self.assertFalse(consent.user_id)

    def test_rules_are_read_not_refused(self):
        for text, answer in ((self.rules, "no"), (self.outings, "perhaps")):
            with self.assertRaises(UserError):
                self.say(self.camille, text, answer)

    def test_what_the_counter_types_is_the_parents(self):
        self._open_file_to(self.other_service)
        agent = self.family_agent
        consent = self.Consent.with_user(agent)._answer(
            self.outings.with_user(agent),
            self.child.with_user(agent),
            "yes",
            author=self.camille.partner_id.with_user(agent),
            channel="counter",
        )
        self.assertEqual(
            (consent.author_id, consent.user_id, consent.channel),
            (self.camille.partner_id, agent, "counter"),
        )
        self.assertTrue(self.agreed(self.outings))

    def test_the_counter_types_for_nobody_whose_file_it_does_not_read(self):
        for agent in (self.agent, self.family_agent):
            with self.assertRaises(AccessError):
                self.Consent.with_user(agent)._answer(
                    self.outings.with_user(agent),
                    self.child.with_user(agent),
                    "yes",
                    author=self.camille.partner_id.with_user(agent),
                )
        self._open_file_to(self.other_service)
        with self.assertRaises(AccessError):
            # The stranger's file is not open, and she has no authority.
            self.Consent.with_user(self.family_agent)._answer(
                self.outings.with_user(self.family_agent),
                self.child.with_user(self.family_agent),
                "yes",
                author=self.stranger.partner_id.with_user(self.family_agent),
            )

    def test_answers_follow_the_sheets_that_are_joined(self):
        own = self._declare_as(self.sacha, "Lou", "Bertin", "2017-03-02")
        self.say(self.sacha, self.outings, "no", own)
        own._join_child(self.child)
        own.invalidate_recordset()
        self.child.authority_ids.state = "verified"
        self.assertFalse(self.agreed(self.outings))
        self.assertEqual(self.Consent.search([]).person_id, self.child)

    def test_an_adult_has_no_other_holder(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.letter.each_holder = True
            self.env.flush_all()

    @SETTINGS
    @given(st.lists(st.tuples(st.booleans(), st.sampled_from(["yes", "no"])), max_size=8))
    def test_the_last_answers_of_both_decide(self, answers):
        with self.env.cr.savepoint() as savepoint:
            self._second_holder(state="verified")
            last = {}
            for is_camille, answer in answers:
                user = self.camille if is_camille else self.sacha
                self.say(user, self.photos, answer)
                self.say(user, self.outings, answer)
                last[user] = answer
            self.assertEqual(self.agreed(self.photos), list(last.values()) == ["yes", "yes"])
            self.assertEqual(self.agreed(self.outings), set(last.values()) == {"yes"})
            savepoint.rollback()
        self.env.invalidate_all()
