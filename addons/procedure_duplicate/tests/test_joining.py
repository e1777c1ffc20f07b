from datetime import timedelta

from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.partner_household.tests import snapshot
from odoo.addons.procedure.tests.common import upload
from odoo.addons.territory_base import clock

from .common import DuplicateCase

# Words that are said, and what is counted of rows.
SAID = ("mail_", "bus_", "procedure_decision", "ir_cron", "procedure_letter", "message_attachment")
# The last one: a “no” that was never said is written when a request is reopened.
TRACE = {"write_date", "write_uid", "is_silence_to_check"}


@tagged("post_install", "-at_install")
class TestJoining(DuplicateCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second.sudo()._post_from_applicant("Plutôt un grand bac", by=cls.camille.partner_id)
        cls.document = cls.second.document_line_ids.document_id

    def test_the_other_one_is_closed_and_both_say_it(self):
        answers = self.second.answers
        self._join()
        self.assertEqual((self.second.state, self.first.state), ("dropped", "submitted"))
        decision = self.second.decision_ids
        self.assertEqual((decision.kind, decision.author_id), ("dropped", self.agent))
        self.assertIn(self.first.number, decision.reasons)
        self.assertEqual(self.second.duplicate_of_id, self.first)
        self.assertEqual(
            self.second.sudo()._get_handled_under(), self.first, "her page leads there"
        )
        self.assertEqual(self.first.duplicate_ids, self.second)
        shown = self.second.with_user(self.agent)
        self.assertIn("joined", shown.desk_bands)
        self.assertIn(self.first.number, shown.joined_label)
        self.assertEqual(shown.action_open_similar()["res_id"], self.first.id)
        self.assertEqual(
            self.first.with_user(self.agent).action_open_joined()["res_id"], self.second.id
        )
        self.assertFalse(self._similar_by(self.agent, self.first), "nothing more to join")
        # Nothing is erased: each keeps its number, its answers, its acknowledgment.
        self.assertEqual(self.second.answers, answers)
        self.assertTrue(self._mails(self.second).filtered(lambda mail: "reçu" in mail.subject))
        self.assertEqual(self.second.document_line_ids.document_id, self.document)

    def test_what_the_other_one_lacks_passes_to_it(self):
        self._join()
        line = self.first.document_line_ids
        self.assertEqual((line.document_id, line.state), (self.document, "received"))
        internal = self.env.ref("mail.mt_note")
        note = self.first.message_ids.filtered(lambda each: each.subtype_id == internal)[:1]
        self.assertIn("Plutôt un grand bac", note.body)
        self.assertIn(self.second.number, note.body)
        shown = self.first.sudo()._get_messages_for_applicant()
        self.assertNotIn("grand bac", str(shown.mapped("body")), "she reads it where she wrote it")

    def test_what_it_has_is_not_given_twice(self):
        third = self._submit()
        self._join(third, self.second)
        self.assertEqual(self.second.document_line_ids.document_id, self.document)
        refused = self.second.document_line_ids
        self._separate(third)
        refused.state = "refused"
        self._join(third, self.second)
        self.assertEqual(len(self.second.document_line_ids), 2)

    def test_the_older_reception_counts(self):
        day = self.first.date_submitted
        due = self.first.date_due
        self._join(self.first, self.second)
        self.assertEqual((self.second.date_submitted, self.second.date_due), (day, due))
        self._separate(self.first)
        self.assertGreater(self.second.date_submitted, day)
        self.assertGreater(self.second.date_due, due)

    def test_a_younger_one_changes_no_day(self):
        days = self.first.date_submitted, self.first.date_due
        self._join()
        self.assertEqual((self.first.date_submitted, self.first.date_due), days)

    def test_the_applicant_is_told_once(self):
        before = self._mails()
        self._join()
        mails = self._mails() - before
        self.assertEqual(mails.recipient_ids | mails.partner_ids, self.camille.partner_id)
        self.assertEqual(len(mails), 1)
        self.assertEqual(mails.res_id, self.first.id)
        self.assertIn(self.first.number, mails.subject)
        self.assertIn(self.second.number, mails.body_html)
        self.assertIn("sous le numéro", mails.body_html)

    def test_of_another_applicant_nothing_is_told(self):
        """The same telephone, typed at the counter: a couple, perhaps."""
        visitor = self._visit(contact_email="ana@exemple.fr")
        self._age(visitor, 40)
        received = self.first.date_submitted
        self.camille.partner_id.phone = visitor.contact_phone = "03 29 55 55 55"
        before = self._mails()
        with self.assertRaises(UserError):
            self._join(visitor)
        self.assertEqual(visitor.state, "submitted")
        visitor.sudo()._post_from_applicant("Un bac jaune")
        self._join(visitor, words="Vous nous avez dit au téléphone que c’était fait.")
        self.assertIn(visitor.number, str(self.first.message_ids.mapped("body")))
        self.assertNotIn("bac jaune", str(self.first.message_ids.mapped("body")))
        mails = self._mails() - before
        self.assertEqual(mails.mapped("email_to"), ["ana@exemple.fr"])
        said = str(mails.mapped("body_html")) + str(visitor.decision_ids.mapped("reasons"))
        self.assertIn("au téléphone", said)
        for words in (self.first.number, "Camille", "Durand"):
            self.assertNotIn(words, said)
        self.assertFalse(self.first.document_line_ids, "no document of hers either")
        self.assertEqual(self.first.date_submitted, received, "nor the day, which her page shows")
        shown = self.first.sudo()._get_messages_for_applicant()
        self.assertNotIn(visitor.number, str(shown.mapped("body")))
        self.assertFalse(visitor.sudo()._get_handled_under(), "nor on the page of either")
        self._separate(visitor)
        self.assertEqual(visitor.state, "submitted")

    def test_who_has_no_e_mail_is_known_by_telephone_and_names(self):
        one, two = self._visit().sudo(), self._visit().sudo()
        (one | two).contact_email = False
        self.assertFalse(one._has_applicant_of(two), "two people may bear one name")
        (one | two).contact_phone = "0329555555"
        self.assertTrue(one._has_applicant_of(two))
        two.contact_firstname = "Paul"
        self.assertFalse(one._has_applicant_of(two))

    def test_separated_it_is_as_it_was(self):
        self.second.with_user(self.agent).action_take()
        before = snapshot.take(self.env)
        self._join()
        self._separate()
        self.assertEqual((self.second.state, self.second.user_id), ("in_review", self.agent))
        self.assertFalse(self.second.decision_ids.filtered("active"))
        touched = snapshot.compare(before, snapshot.take(self.env))
        self.assertEqual(
            {
                key: columns - TRACE
                for key, columns in touched.items()
                if columns - TRACE and not key[0].startswith(SAID)
                # The letters that came.
                if key[0] != "ir_attachment" or key in before
            },
            {},
        )
        self.assertEqual(self._similar_by(self.agent, self.first), self.second)

    def test_separated_what_was_asked_is_asked_again(self):
        request = self.second.with_user(self.agent)
        request.action_ask_completion(
            [{"label": "Plan du logement", "reason": "Il manque"}],
            due=clock.today() + timedelta(days=20),
        )
        days = self.second.date_completion_due, self.second.date_due, self.second.date_paused
        self._join()
        self.assertFalse(self.second.document_line_ids.filtered("asked"))
        self._separate()
        self.assertEqual(self.second.state, "to_complete")
        asked = self.second.document_line_ids.filtered("asked")
        self.assertEqual((asked.label, asked.reason), ("Plan du logement", "Il manque"))
        self.assertEqual(
            (self.second.date_completion_due, self.second.date_due, self.second.date_paused), days
        )

    def test_separated_the_applicant_is_told(self):
        self._join()
        before = self._mails()
        self._separate()
        mails = self._mails() - before
        self.assertEqual(mails.mapped("res_id"), self.second.ids)
        self.assertNotIn(self.first.number, mails.body_html)

    def test_reopened_by_its_button_it_is_alone_too(self):
        self._join()
        self.second.with_user(self.agent).action_reopen("Deux bacs en fait")
        self.assertFalse(self.second.duplicate_of_id)
        self.assertFalse(self.first.document_line_ids)

    def test_what_was_decided_keeps_what_it_took(self):
        self._join()
        self.first.with_user(self.agent).action_take()
        self.first.with_user(self.agent).action_accept()
        self._separate()
        self.assertEqual(self.second.state, "submitted")
        self.assertEqual(self.first.document_line_ids.document_id, self.document)

    def test_thirty_days(self):
        self._join()
        self.second.date_joined = self._days_ago(30)
        self.assertTrue(self.second.with_user(self.agent).can_separate)
        self.second.date_joined = self._days_ago(31)
        self.assertFalse(self.second.with_user(self.agent).can_separate)
        with self.assertRaises(UserError):
            self._separate()
        self.env["procedure.request"]._gc_joined_before()
        self.assertFalse(self.second.joined_before)
        self.assertEqual(self.second.duplicate_of_id, self.first, "the link stays")

    def test_the_last_one_is_separated_first(self):
        third = self._submit()
        self._join(self.second, third)
        self._join(third, self.first)
        with self.assertRaisesRegex(UserError, "first"):
            self._separate(self.second)
        self._separate(third)
        self._separate(self.second)
        self.assertEqual(self.second.state, "submitted")

    def test_only_who_handles_both(self):
        (self.first | self.second).consulted_service_ids = self.school
        for user in (
            *(self.camille | self.dominique | self.school_agent | self.secretary),
            *(self.communication | self.dpo),
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._join(user=user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["procedure.duplicate.wizard"].with_user(user).create(
                    {"request_id": self.second.id, "kept_id": self.first.id}
                )
        # One of them is another service's now.
        self.first.service_id = self.school
        for one, two in ((self.first, self.second), (self.second, self.first)):
            with self.assertRaises(AccessError):
                self._join(one, two)
        self.first.service_id = self.waste
        self._join()
        self.first.service_id, self.first.consulted_service_ids = self.school, False
        with self.assertRaises(AccessError):
            self._separate()
        self.assertNotIn(self.first.number, self.second.with_user(self.agent).joined_label)
        self.first.service_id = self.waste
        for user in (self.camille, self.dpo, self.secretary):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._separate(user=user)

    def test_what_does_not_seem_to_be_one_is_refused(self):
        other = self._submit(self.dominique)
        with self.assertRaisesRegex(UserError, "seem"):
            self._join(other)
        with self.assertRaises(UserError):
            self._join(self.first, self.first)
        self.second.with_user(self.agent).action_drop("Vu")
        with self.assertRaisesRegex(UserError, "handled"):
            self._join()

    def test_the_window_shows_both_first(self):
        self.first.with_user(self.colleague).action_take()
        action = self.second.with_user(self.agent).action_open_joining()
        context = action["context"]
        self.assertEqual(context["default_request_id"], self.second.id)
        self.assertEqual(context["default_kept_id"], self.first.id)
        wizard = (
            self.env["procedure.duplicate.wizard"]
            .with_user(self.agent)
            .with_context(**context)
            .create({})
        )
        for words in (self.first.number, self.second.number, "Justificatif de domicile"):
            self.assertIn(words, wizard.preview)
        self.assertIn("camille@exemple.fr", wizard.leaves_label)
        wizard.action_swap()
        self.assertEqual(wizard.kept_id, self.second)
        wizard.action_swap()
        wizard.action_confirm()
        self.env.invalidate_all()
        self.assertEqual(self.second.duplicate_of_id, self.first)
        self.assertFalse(self._similar_by(self.agent, self.first))
        with self.assertRaises(UserError):
            self.first.with_user(self.agent).action_open_joining()

    def test_the_window_shows_the_answers_that_differ_and_no_other(self):
        self.first.sudo().answers = {**self.first.answers, "persons": "7"}
        wizard = (
            self.env["procedure.duplicate.wizard"]
            .with_user(self.agent)
            .create({"request_id": self.second.id, "kept_id": self.first.id})
        )

        def shown():
            rows = html.fromstring(wizard.preview).xpath("//tr[@class='o_different']")
            return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]

        (row,) = shown()
        self.assertEqual(row[1:], ["7", "4"])
        wizard.action_swap()
        (row,) = shown()
        self.assertEqual(row[1:], ["4", "7"])
        wizard.action_swap()
        answers = {**self.first.answers, "persons": "4"}
        self.first.sudo().answers = {key: answers[key] for key in answers if key != "note"}
        wizard.invalidate_recordset()
        (row,) = shown()
        self.assertEqual(row[1:], ["–", "Bonjour"])

    def test_anonymised_it_forgets_what_it_was(self):
        self._join()
        self.second.sudo()._anonymise()
        self.assertFalse(self.second.joined_before)
        self.assertEqual(self.first.document_line_ids.document_id, self.document)
        with self.assertRaises(UserError):
            self._separate()

    def test_a_file_given_in_a_message_stays_where_it_was(self):
        self.second.sudo()._post_from_applicant("Voici", [upload()], by=self.camille.partner_id)
        self._join()
        self.assertTrue(self.second.message_ids.attachment_ids)
        self.assertFalse(self.first.message_ids.attachment_ids)

    def _ask(self, *items):
        self.first.with_user(self.agent).action_ask_completion(
            [{"reason": "Il manque", **item} for item in items],
            due=clock.today() + timedelta(days=20),
        )

    def test_what_was_asked_comes_with_the_other_one(self):
        self._ask({"field_key": "proof"})
        before = self._mails()
        self._join()
        self.assertEqual(self.first.state, "in_review")
        self.assertEqual(self.first.document_line_ids.document_id, self.document)
        self.assertFalse(self.first.document_line_ids.filtered("asked"))
        self.assertFalse(self.first.date_paused)
        self.assertIn("rien à faire", str((self._mails() - before).mapped("body_html")))
        self._separate()
        self.assertEqual(self.first.document_line_ids.document_id, self.document, "it was asked")

    def test_what_did_not_come_is_still_expected(self):
        self._ask({"field_key": "proof"}, {"label": "Plan du logement"})
        before = self._mails()
        self._join()
        self.assertEqual(self.first.state, "to_complete")
        asked = self.first.document_line_ids.filtered("asked")
        self.assertEqual(asked.label, "Plan du logement")
        mail = self._mails() - before
        self.assertIn("toujours attendu", mail.body_html)
        self.assertNotIn("rien à faire", mail.body_html)

    def test_what_was_refused_answers_nothing(self):
        """The same file, sent with both."""
        third = self._submit()
        line = self.second.document_line_ids
        self.second.with_user(self.agent).action_ask_completion(
            [{"line_id": line.id, "reason": "Illisible"}],
            due=clock.today() + timedelta(days=20),
        )
        self._join(third, self.second)
        self.assertEqual(self.second.state, "to_complete")
        self.assertTrue(line.asked)

    def test_separated_what_is_asked_again_stays(self):
        self._join()
        line = self.first.document_line_ids
        self._ask({"line_id": line.id})
        self._separate()
        self.assertEqual(self.first.document_line_ids.filtered("asked"), line)

    def test_separated_after_a_pause_the_dates_are_to_check(self):
        self.second.with_user(self.agent).action_take()
        self._join(self.first, self.second)
        self.second.date_due += timedelta(days=3)
        self._separate(self.first)
        task = self.second.activity_ids.filtered(lambda each: "Dates" in (each.summary or ""))
        self.assertEqual(task.user_id, self.agent)

    def test_erased_its_words_go_from_the_other_one(self):
        self._join()
        self.env["procedure.request"]._gc_joined_before()
        self.second.joined_before = False
        self.second.sudo()._anonymise()
        self.assertNotIn("grand bac", str(self.first.message_ids.mapped("body")))
        self.assertFalse(self.second.duplicate_of_id or self.second.date_joined)
