from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from lxml import html

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import StreetCase


@tagged("post_install", "-at_install")
class TestStreetReport(StreetCase):
    def _say(self, request):
        return request.with_context(lang="fr_FR")._get_street_state()

    def _solve(self, request, **reasons):
        mine = request.with_user(self.secretary)
        if request.state == "submitted":
            mine.action_take()
        mine.action_accept(**reasons)
        return mine

    def test_from_the_report_to_the_closing(self):
        request = self._report({"contact_email": "ana@exemple.test"})
        self.assertEqual((request.service_id, request.commune_id), (self.town_hall, self.commune))
        self.assertFalse(request.applicant_name)
        self.assertEqual(self._say(request), "Reçu")
        mine = request.with_user(self.secretary)
        mine.action_take()
        for step in self.street.step_ids[:2]:
            mine.step_id = step
            self.assertEqual(self._say(request), step.name)
        mine.action_accept("L’ampoule est changée.")
        self.assertEqual(self._say(request), "Résolu")
        mails = self.env["mail.mail"].search(
            [("model", "=", request._name), ("res_id", "=", request.id)], order="id"
        )
        self.assertIn("est réglé", mails[-1].subject)
        letter = request.letter_ids.filtered(lambda each: each.kind == "decision")
        for words in ("Éclairage public", "4 rue du Four", self.commune.name):
            self.assertIn(words, letter.body)
        self.assertIn("ampoule", mails[-1].body_html)
        mine.action_close()
        self.assertEqual(self._say(request), "Résolu")

    def test_nobody_says_who_she_is(self):
        """Neither name nor address: a number and a code, and no mail."""
        request = self._report()
        self.assertEqual(request.state, "submitted")
        self.assertFalse(request.contact_email or request.contact_lastname)
        mails = self.env["mail.mail"].search([("res_id", "=", request.id)])
        self.assertFalse(mails.filtered(lambda mail: mail.model == request._name))
        request.with_user(self.secretary).action_take()
        request.with_user(self.secretary).action_drop("Ce chemin est privé.")
        self.assertEqual(self._say(request), "Non recevable")

    def test_who_gave_no_contact_has_no_letter_to_print(self):
        """Read on its page, with its number and its code: nobody prints what nobody receives."""
        nobody, reached = self._report(), self._report({"contact_phone": "06 39 98 00 00"})
        for request, is_reachable in ((nobody, False), (reached, True)):
            mine = request.with_user(self.secretary)
            self.assertEqual(mine.is_reachable, is_reachable)
            self.assertEqual(bool(mine.to_print_label), is_reachable)
            mine.action_take()
            self.assertEqual("nothing: no contact" in mine._get_leaves_label(), not is_reachable)
            mine.action_accept("L’ampoule est changée.")
            letters = request.letter_ids
            self.assertEqual(set(letters.mapped("kind")), {"acknowledgment", "decision"})
            self.assertEqual(set(letters.mapped("on_paper")), {is_reachable})
            self.assertEqual(bool(mine.to_print_label), is_reachable)
            self.assertEqual(
                any("person" in line for each in letters for line in each._get_recipient_lines()),
                is_reachable,
            )
            label = letters[0].sending_label
            self.assertEqual(label == "on the page of the request", not is_reachable)
            # An answer to what was written on the page.
            mine.message_post(body="Vu", subtype_xmlid="mail.mt_comment")
            self.assertEqual("message" in request.letter_ids.mapped("kind"), is_reachable)
        at_counter = self.env["procedure.request"].new({"channel": "counter"})
        self.assertTrue(at_counter.is_reachable)
        self.assertFalse(self.env["procedure.request"].new({"channel": "web"}).is_reachable)

    def test_other_procedures_still_ask_who(self):
        fields_ = self.env["procedure.request"]._get_identity_fields("web")
        self.assertIn("contact_lastname", [field.key for field in fields_ if field.required])

    def test_the_problem_says_which_service(self):
        Route = self.env["street.report.route"].with_user(self.manager)
        Route.create({"problem": "dump", "service_id": self.service.id})
        Route.create(
            {
                "problem": "light",
                "service_id": self.other_service.id,
                "commune_ids": [Command.set(self.other_commune.ids)],
            }
        )
        for typed, service in (
            ({"street_problem": "dump", "street_dump": ["tyres"]}, self.service),
            ({"street_problem": "light"}, self.town_hall),
            ({"street_commune": "99002"}, self.other_service),
            ({"street_problem": "hole"}, self.town_hall),
        ):
            with self.subTest(typed):
                request = self._report(**typed)
                self.assertEqual(request.service_id, service)
        self.other_service.active = False
        lamp = self._report(street_commune="99002")
        self.assertNotEqual(lamp.service_id, self.other_service, "nobody reads there any more")
        dump = self._report(street_problem="dump")
        self.assertTrue(dump.with_user(self.agent).has_access("read"))
        dump.with_user(self.agent).action_take()

    def test_nothing_typed_is_told_before_an_agent_has_read_it(self):
        request = self._report({"contact_email": "ana@exemple.test"}, [self._photo()])
        facts = request.sudo()._get_street_facts()
        self.assertEqual(
            (facts["problem"], facts["place"], facts["has_photo"]),
            ("Éclairage public", "", False),
        )
        self.assertNotIn("Secret", str(facts))
        mine = request.with_user(self.secretary)
        mine.street_place = "4 rue du Four"
        self.assertFalse(request.sudo()._get_street_facts()["place"])
        mine.write({"street_is_shown": True, "street_photo_id": request._get_street_photos()[0].id})
        facts = request.sudo()._get_street_facts()
        self.assertEqual((facts["place"], facts["has_photo"]), ("4 rue du Four", True))
        for words in ("Secret", "ana@exemple.test", "Camille"):
            self.assertNotIn(words, str(facts))

    def test_only_a_photo_of_the_report_is_shown(self):
        request, other = self._report(), self._report(files=[self._photo()])
        with self.assertRaises(ValidationError):
            request.with_user(self.secretary).street_photo_id = other._get_street_photos()[0]

    def test_the_list_is_that_of_the_commune_and_of_what_is_open(self):
        request = self._report()
        elsewhere = self._report(street_commune="99002")
        find = self.env["procedure.request"]._find_street_open
        count = self.env["procedure.request"]._count_street_unread
        self.assertFalse(find(self.commune) | find(self.other_commune))
        self.assertEqual((count(self.commune), count(self.other_commune)), (1, 1))
        request.with_user(self.secretary).street_is_shown = True
        elsewhere.sudo().street_is_shown = True
        self.assertEqual((count(self.commune), count(self.other_commune)), (0, 0))
        self.assertEqual(find(self.commune), request.sudo())
        self.assertEqual(find(self.other_commune), elsewhere.sudo())
        self._solve(request)
        self.assertFalse(find(self.commune))

    def test_a_flood_does_not_hide_what_was_read_or_confirmed(self):
        confirmed, shown = self._report(), self._report()
        flood = self._report() | self._report()
        (shown | confirmed).with_user(self.secretary).street_is_shown = True
        confirmed.with_user(self.visitor)._confirm_street()
        find = self.env["procedure.request"]._find_street_open
        self.assertEqual(find(self.commune).ids, (confirmed | shown).ids)
        self.assertFalse(find(self.commune) & flood.sudo())

    def test_a_word_says_a_hole(self):
        self.assertTrue(self._report(street_problem="hole", street_text="Trou"))

    def test_the_same_is_one_confirmation_more(self):
        request = self._report()
        request.with_user(self.visitor)._confirm_street()
        self.assertEqual(request.street_confirmations, 1)
        self._solve(request)
        with self.assertRaises(UserError):
            request.with_user(self.visitor)._confirm_street()
        self.assertEqual(request.street_confirmations, 1)

    def test_nothing_tells_who_saw_the_same(self):
        request = self._report()
        request.with_user(self.camille)._confirm_street()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(request.street_confirmations, 1)
        self.assertNotEqual(request.sudo().write_uid, self.camille)

    def test_reopened_twice_then_it_is_another_report(self):
        request = self._report()
        by_link = request.with_user(self.visitor).sudo()
        for _each in range(2):
            self._solve(request)
            by_link._run_transition("street_reopen")
            self.assertEqual(request.state, "in_review")
        request.with_user(self.secretary).action_accept()
        self.assertFalse(by_link._may_street_reopen())
        with self.assertRaises(UserError):
            by_link._run_transition("street_reopen")

    def test_reopened_by_its_link_within_thirty_days(self):
        request = self._report()
        self._solve(request)
        by_link = request.with_user(self.visitor).sudo()
        by_link._run_transition("street_reopen")
        self.assertEqual(request.state, "in_review")
        self.assertFalse(request.decision_ids.filtered("active"))
        request.with_user(self.secretary).action_accept()
        late = fields.Datetime.now() + timedelta(days=31)
        with freeze_time(late), self.assertRaises(UserError):
            by_link._run_transition("street_reopen")

    def test_an_account_reopens_its_own_only(self):
        request = self._report(user=self.camille)
        self._solve(request)
        with self.assertRaises(AccessError):
            request.with_user(self.stranger)._run_transition(
                "street_reopen", by=self.stranger.partner_id
            )
        request.with_user(self.camille)._run_transition("street_reopen", by=self.camille.partner_id)
        self.assertEqual(request.state, "in_review")

    def test_a_report_is_not_refused(self):
        mine = self._report().with_user(self.secretary)
        mine.action_take()
        with self.assertRaises(UserError):
            mine.action_refuse("Non.")

    def test_one_handled_under_another_number_is_not_said_not_for_us(self):
        request, kept = self._report(), self._report()
        mine = request.with_user(self.secretary)
        Request = type(self.env["procedure.request"])
        with patch.object(Request, "_get_handled_under", lambda _request: kept):
            mine.action_drop("Doublon.")
            self.assertNotEqual(request._get_mail_template("drop"), "street_report.mail_not_ours")
            self.assertNotIn("not for us", request._get_decision_title("dropped") or "")
            self.assertEqual(self._say(request), "Traité avec un autre signalement")

    def test_the_desk_shows_only_the_buttons_of_a_report(self):
        view = self.env.ref("procedure_desk.procedure_request_view_form")
        arch = self.env["procedure.request"].with_user(self.secretary).get_view(view.id)["arch"]
        shown = [
            button.get("context")
            for button in html.fromstring(arch).iter("button")
            if button.get("name") == "action_open_reason"
            and "kind" not in (button.get("invisible") or "")
        ]
        self.assertNotIn("{'reason_action': 'refuse'}", shown)
        self.assertNotIn("{'reason_action': 'waiting_list'}", shown)
        self.assertNotIn("{'reason_action': 'drop'}", shown)
        completion = [
            button.get("invisible")
            for button in html.fromstring(arch).iter("button")
            if button.get("name") == "action_open_completion"
        ]
        self.assertTrue(all("not is_reachable" in each for each in completion), completion)

    def test_what_is_forgotten_is_shown_no_more(self):
        request = self._report()
        request.with_user(self.secretary).street_is_shown = True
        request.with_user(self.secretary).action_take()
        request.with_user(self.secretary).action_drop("Rien sur place.")
        request.sudo()._anonymise()
        self.assertFalse(request.street_place or request.street_is_shown)

    def test_a_key_tells_nothing_of_the_number(self):
        first, second = self._report(), self._report()
        keys = [each.sudo()._get_street_facts()["key"] for each in (first, second)]
        self.assertEqual(len(set(keys)), 2)
        for request, key in zip((first, second), keys, strict=True):
            self.assertGreaterEqual(len(key), 16)
            self.assertNotIn(str(request.id), str(request.sudo()._get_street_facts()))
            self.assertFalse(request._find_street_key(key), "nobody has read it")
        request.with_user(self.secretary).street_is_shown = True
        self.assertEqual(request._find_street_key(key), request.sudo())
        self.assertFalse(first._find_street_key("") or first._find_street_key(str(first.id)))
        self._solve(first)
        self.assertFalse(first._find_street_key(keys[0]))
        with self.assertRaises(AccessError):
            second.with_user(self.secretary).read(["street_key"])

    def test_who_saw_the_same_is_told_once_what_becomes_of_it(self):
        request = self._report({"contact_email": "ana@exemple.test"})
        by_visitor = request.with_user(self.visitor)
        by_visitor._confirm_street("Bea@exemple.test ")
        by_visitor._confirm_street("bea@exemple.test")
        by_visitor._confirm_street()
        self.assertEqual(request.street_confirmations, 3)
        with self.assertRaises(AccessError):
            request.with_user(self.secretary).read(["street_followers"])
        before = self.env["mail.mail"].search([])
        self._solve(request)
        mails = (self.env["mail.mail"].search([]) - before).filtered(
            lambda mail: "bea@exemple.test" in (mail.email_to or "").lower()
        )
        self.assertEqual(len(mails), 1)
        self.assertIn("réglé", mails.subject)
        for secret in ("Secret", "ana@exemple.test", request.number):
            self.assertNotIn(secret, mails.subject + mails.body_html)
        self.assertFalse(request.sudo().street_followers, "an address serves once")

    def test_who_saw_the_same_of_what_is_not_ours(self):
        request = self._report()
        request.with_user(self.visitor)._confirm_street("bea@exemple.test")
        before = self.env["mail.mail"].search([])
        mine = request.with_user(self.secretary)
        mine.action_take()
        mine.action_drop("Mme Secret est propriétaire du chemin.")
        (mail,) = (self.env["mail.mail"].search([]) - before).filtered("email_to")
        self.assertIn("pas chargés", mail.body_html)
        self.assertNotIn("Secret", mail.body_html)

    def test_what_is_forgotten_tells_nobody(self):
        request = self._report()
        request.with_user(self.visitor)._confirm_street("bea@exemple.test")
        request.with_user(self.secretary).action_take()
        with patch.object(type(request), "_tell_street_followers"):
            request.with_user(self.secretary).action_drop("Rien sur place.")
        request.sudo()._anonymise()
        self.assertFalse(request.sudo().street_followers)
