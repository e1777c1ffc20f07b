import re

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.procedure.tests.test_procedure_request_circuit import CircuitCommon

MAYOR = "maire@exemple.fr"


@tagged("post_install", "-at_install")
class TestOpinion(CircuitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.school.email = "ecole@exemple.fr"
        cls.filed = cls._submit()

    def _consult(self, user=None, **values):
        request = self.filed.with_user(user or self.agent)
        request.action_consult(**{"question": "Y a-t-il la place ?", **values})
        return self.filed.opinion_ids[-1]

    def _link_in(self, mail):
        return re.search(r'/avis/([^"]+)', mail.body_html).group(1)

    def _mail_to(self, email):
        return self._mails(email=email)[:1]

    def _give(self, token, state="favourable", text="", author_name="Claude Martin"):
        Opinion = self.env["procedure.opinion"].with_user(self.env.ref("base.public_user"))
        return Opinion._give_by_link(token, state, text, author_name)

    # -- a service

    def test_a_service_consulted_later_reads_and_answers(self):
        self.assertFalse(self.filed.with_user(self.school_agent).has_access("read"))
        opinion = self._consult(service_id=self.school.id, date_due="2099-01-10")
        self.assertTrue(self.filed.with_user(self.school_agent).has_access("read"))
        self.assertEqual((opinion.asked_by_id, opinion.state), (self.agent, "asked"))
        self.assertIn("Y a-t-il la place ?", self._mail_to("ecole@exemple.fr").body_html)
        self.filed.with_user(self.agent).action_take()
        opinion.with_user(self.school_agent).action_give_favourable("Oui")
        self.assertEqual((opinion.state, opinion.author_id), ("favourable", self.school_agent))
        self.assertEqual(self.filed.activity_ids.user_id, self.agent, "who is in charge is told")

    def test_who_is_asked_sees_it_on_the_request_and_finds_it(self):
        Request = self.env["procedure.request"].with_user(self.school_agent)
        asked = [("my_opinion_id", "!=", False)]
        opinion = self._consult(service_id=self.school.id)
        mine = self.filed.with_user(self.school_agent)
        self.assertEqual(mine.my_opinion_id, opinion)
        self.assertEqual(mine.my_opinion_question, "Y a-t-il la place ?")
        self.assertIn(mine, Request.search(asked))
        for user in (self.agent, self.manager):
            self.assertFalse(self.filed.with_user(user).my_opinion_id, user.login)
            self.assertNotIn(self.filed, Request.with_user(user).search(asked))
        window = mine.with_context(reason_action="favourable").action_open_my_opinion()
        wizard = Form(Request.env[window["res_model"]].with_context(**window["context"]))
        wizard.reasons = "Oui"
        wizard.save().action_confirm()
        self.assertEqual(opinion.state, "favourable")
        self.assertEqual(opinion.author_name, self.school_agent.name)
        self.assertFalse(mine.my_opinion_id)
        self.assertNotIn(mine, Request.search(asked))

    def test_an_opinion_received_is_the_next_thing_to_do(self):
        self.filed.with_user(self.agent).action_take()
        opinion = self._consult(service_id=self.school.id)
        mine = self.filed.with_user(self.agent).with_context(lang="fr_FR")
        before = mine.to_do
        opinion.with_user(self.school_agent).action_give_unfavourable("Trop loin")
        self.assertNotEqual(mine.to_do, before)
        self.assertIn("Avis reçu", mine.to_do)

    def test_an_opinion_is_given_once(self):
        opinion = self._consult(service_id=self.school.id)
        opinion.with_user(self.school_agent).action_give_favourable("Oui")
        with self.assertRaisesRegex(UserError, "already given"):
            opinion.with_user(self.school_agent).action_give_unfavourable("Non")
        self.assertEqual(opinion.text, "Oui")

    def test_who_may_ask(self):
        for user in (
            self.camille,
            self.school_agent,
            self.other_secretary,
            self.communication,
            self.dpo,
            self.env.ref("base.public_user"),
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._consult(user, contact_email=MAYOR)
        self.assertFalse(self.filed.opinion_ids)
        self._consult(self.manager, contact_email=MAYOR)

    def test_what_is_refused_says_why(self):
        other = self._procedure("Autre", "AUTREAVIS", self.waste)
        closed = self._in_state("accepted")
        for values, words in (
            ({"question": " ", "contact_email": MAYOR}, "question"),
            ({}, "e-mail"),
            ({"contact_email": "maire"}, "e-mail"),
            ({"contact_email": "a@exemple.fr, b@exemple.fr"}, "e-mail"),
            ({"service_id": self.waste.id}, "in charge"),
            ({"contact_email": MAYOR, "date_due": "2020-01-01"}, "passed"),
            (
                {"contact_email": MAYOR, "shown_field_ids": other.version_id.field_ids[1].ids},
                "another form",
            ),
        ):
            with self.subTest(values), self.assertRaisesKeeping(UserError, words):
                self._consult(**values)
        with self.assertRaisesKeeping(UserError):
            closed.with_user(self.agent).action_consult("Alors ?", contact_email=MAYOR)
        self.assertFalse((self.filed | closed).opinion_ids)
        self.assertFalse(self._mails(email=MAYOR))

    def test_a_double_click_asks_once(self):
        for who in ({"service_id": self.school.id}, {"contact_email": MAYOR}):
            self._consult(**who)
            with self.assertRaisesRegex(UserError, "already asked"):
                self._consult(**who)
        self.assertEqual(len(self.filed.opinion_ids), 2)
        self.assertEqual(len(self._mails(email=MAYOR)), 1)

    def test_asked_by_mistake(self):
        """The service reads no more, the link says so."""
        opinion = self._consult(service_id=self.school.id)
        token = self._link_in(self._mail_to("ecole@exemple.fr"))
        for user in (self.school_agent, self.dpo):
            with self.assertRaises(AccessError):
                opinion.with_user(user).action_withdraw()
        opinion.with_user(self.agent).action_withdraw()
        self.assertFalse(self.filed.with_user(self.school_agent).has_access("read"))
        with self.assertRaisesRegex(UserError, "no longer asked"):
            self._give(token)
        self._consult(service_id=self.school.id)
        self.assertTrue(self.filed.with_user(self.school_agent).has_access("read"))

    def test_the_wizard_asks(self):
        action = self.filed.with_user(self.agent).action_open_consult()
        Wizard = self.env[action["res_model"]].with_user(self.agent)
        with Form(Wizard.with_context(**action["context"])) as form:
            form.contact_email = MAYOR
            form.question = "Le chemin est-il communal ?"
        form.record.action_confirm()
        self.assertEqual(self.filed.opinion_ids.contact_email, MAYOR)
        with self.assertRaises(AccessError):
            self.env[action["res_model"]].with_user(self.school_agent).create(
                {"request_id": self.filed.id, "question": "?"}
            )

    # -- the link

    def test_the_link_gives_the_opinion_once(self):
        opinion = self._consult(contact_name="Claude Martin", contact_email=MAYOR)
        token = self._link_in(self._mail_to(MAYOR))
        self.assertEqual(self.env["procedure.opinion"]._find_by_token(token), opinion)
        given = self._give(token, text="Il y a la place.")
        self.assertEqual(
            (given.state, given.text, given.author_name, given.author_id.id),
            ("favourable", "Il y a la place.", "Claude Martin", False),
        )
        note = self.filed.message_ids[0]
        self.assertFalse(note.author_id, "no visitor's account signs")
        self.assertIn("Claude Martin", note.email_from)
        notes = len(self.filed.message_ids)
        for again in (token, token + "="):
            with self.assertRaisesKeeping(UserError, "already given"):
                self._give(again, "unfavourable", "Non", "Quelqu'un")
        self.assertEqual((given.state, given.author_name), ("favourable", "Claude Martin"))
        self.assertEqual(len(self.filed.message_ids), notes)
        self.assertTrue(given._get_link_problem())

    def test_what_the_link_asks_for(self):
        self._consult(contact_email=MAYOR)
        token = self._link_in(self._mail_to(MAYOR))
        for state, text, name, words in (
            ("favourable", "", " ", "name"),
            ("unfavourable", " ", "Claude", "why"),
            ("withdrawn", "x", "Claude", "favourable or"),
            ("asked", "x", "Claude", "favourable or"),
        ):
            with self.subTest(state), self.assertRaisesKeeping(UserError, words):
                self._give(token, state, text, name)
        self.assertEqual(self.filed.opinion_ids.state, "asked")

    def test_wrong_links_open_nothing(self):
        opinion = self._consult(contact_email=MAYOR)
        other = self._consult(contact_email="autre@exemple.fr")
        token = self._link_in(self._mail_to(MAYOR))
        swapped = opinion._get_link().rpartition("/")[2][:-6] + other._get_link()[-6:]
        find = self.env["procedure.opinion"]._find_by_token
        forged = token[:20] + ("B" if token[20] == "A" else "A") + token[21:]
        for wrong in ("", None, "x", "é", "AAAA", token[:-3], forged, swapped):
            with self.subTest(wrong):
                self.assertFalse(find(wrong))
                with self.assertRaisesRegex(UserError, "no longer valid"):
                    self._give(wrong)

    def test_a_new_link_kills_the_former(self):
        opinion = self._consult(contact_email=MAYOR)
        former = self._link_in(self._mail_to(MAYOR))
        with self.assertRaises(AccessError):
            opinion.with_user(self.other_secretary).action_send_link_again()
        opinion.with_user(self.agent).action_send_link_again()
        self.assertFalse(self.env["procedure.opinion"]._find_by_token(former))
        self._give(self._link_in(self._mail_to(MAYOR)))
        with self.assertRaises(UserError):
            opinion.with_user(self.agent).action_send_link_again()

    def test_the_link_expires_after_the_due_date(self):
        with freeze_time("2026-03-02 09:00"):
            opinion = self._consult(contact_email=MAYOR, date_due="2026-05-04")
            token = opinion._issue_link().rpartition("/")[2]
        find = self.env["procedure.opinion"]._find_by_token
        with freeze_time("2026-05-19 09:00"):
            self.assertEqual(find(token), opinion)
        with freeze_time("2026-05-20 09:00"):
            self.assertFalse(find(token))

    def test_once_decided_nothing_is_asked(self):
        self._consult(contact_email=MAYOR)
        token = self._link_in(self._mail_to(MAYOR))
        self.filed.with_user(self.agent).action_accept()
        with self.assertRaisesRegex(UserError, "already decided"):
            self._give(token)

    def test_the_link_shows_what_was_ticked_and_nothing_else(self):
        fields = {field.key: field for field in self.procedure.version_id.field_ids}
        opinion = self._consult(contact_email=MAYOR, shown_field_ids=fields["dwelling"].ids)
        content = opinion._get_link_content()
        self.assertEqual(content["answers"], [("Type de logement", "Résidence principale")])
        self.assertEqual(content["number"], self.filed.number)
        shown = str(content) + self._mail_to(MAYOR).body_html + self._mail_to(MAYOR).subject
        for secret in ("Camille", "Durand", "camille@", "rue du Moulin"):
            self.assertNotIn(secret, shown)
        # What the applicant wrote begins as our mail does.
        self.assertNotIn("Bonjour", str(content))
        opinion.shown_field_ids = False
        self.assertEqual(opinion._get_link_content()["answers"], [])

    def test_nobody_reads_the_secret_of_a_link(self):
        opinion = self._consult(contact_email=MAYOR)
        token = self._link_in(self._mail_to(MAYOR))
        for user in (self.agent, self.manager, self.env.ref("base.user_admin")):
            with self.subTest(user.login), self.assertRaises(AccessError):
                opinion.with_user(user).read(["link_nonce"])
        self.assertNotIn(token, "".join(map(str, self.filed.message_ids.mapped("body"))))

    def test_opinions_are_written_by_their_doors_only(self):
        opinion = self._consult(service_id=self.school.id)
        for user in (self.agent, self.school_agent, self.manager, self.env.ref("base.user_admin")):
            for values in ({"state": "favourable"}, {"contact_email": "x@exemple.fr"}):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    opinion.with_user(user).write(values)

    # -- the reminder

    def test_reminded_once_before_the_due_date(self):
        with freeze_time("2026-03-02 09:00"):
            by_link = self._consult(contact_email=MAYOR, date_due="2026-03-20")
            self._consult(service_id=self.school.id, date_due="2026-03-20")
        first = self._link_in(self._mail_to(MAYOR))
        cron = self.env.ref("procedure_opinion.ir_cron_opinion")
        for night, mails in (("2026-03-16", 1), ("2026-03-17", 2), ("2026-03-18", 2)):
            with freeze_time(f"{night} 04:00"), self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.assertEqual(len(self._mails(email=MAYOR)), mails, night)
        self.assertEqual(self.filed.activity_ids.user_id, self.school_agent)
        with freeze_time("2026-03-18 09:00"):
            find = self.env["procedure.opinion"]._find_by_token
            self.assertEqual(find(first), by_link, "the first link still opens")
            self.assertEqual(find(self._link_in(self._mail_to(MAYOR))), by_link)

    def test_one_that_breaks_stops_nobody(self):
        with freeze_time("2026-03-02 09:00"):
            broken = self._consult(contact_email="casse@exemple.fr", date_due="2026-03-20")
            self._consult(contact_email=MAYOR, date_due="2026-03-20")
        remind = self.registry["procedure.opinion"]._remind

        def break_one(opinion):
            remind(opinion)
            if opinion.id == broken.id:
                raise ValueError("cassé")

        self.patch(self.registry["procedure.opinion"], "_remind", break_one)
        cron = self.env.ref("procedure_opinion.ir_cron_opinion")
        with (
            freeze_time("2026-03-17 04:00"),
            self.enter_registry_test_mode(),
            self.assertLogs("odoo.addons.procedure.jobs", "ERROR"),
        ):
            cron.method_direct_trigger()
        self.assertEqual(len(self._mails(email=MAYOR)), 2)
        self.assertFalse(broken.date_reminded, "tried again tomorrow")

    def test_nobody_is_reminded_of_a_request_that_is_decided(self):
        with freeze_time("2026-03-02 09:00"):
            self._consult(contact_email=MAYOR, date_due="2026-03-20")
            self.filed.with_user(self.agent).action_accept()
        with freeze_time("2026-03-18 04:00"), self.enter_registry_test_mode():
            self.env.ref("procedure_opinion.ir_cron_opinion").method_direct_trigger()
        self.assertEqual(len(self._mails(email=MAYOR)), 1)

    # -- at filing

    def test_consulted_services_are_asked_at_once(self):
        self.procedure.consulted_service_ids = self.school
        opinion = self._submit().opinion_ids
        self.assertEqual((opinion.service_id, opinion.state), (self.school, "asked"))

    def test_the_services_always_consulted_answer_in_the_back_office(self):
        self.procedure.consulted_service_ids = self.school
        opinion = self._submit().opinion_ids
        with self.assertRaises(AccessError):
            opinion.with_user(self.agent).action_give_favourable()
        with self.assertRaises(UserError):
            opinion.with_user(self.school_agent).action_give_unfavourable()
        opinion.with_user(self.school_agent).action_give_unfavourable("Trop tard")
        self.assertEqual((opinion.state, opinion.author_id), ("unfavourable", self.school_agent))
