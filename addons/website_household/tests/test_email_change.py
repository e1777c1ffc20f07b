import re

from odoo.exceptions import AccessError, UserError

from .common import WebsiteHouseholdCommon

PATH = "/my/account/courriel"
NEW = "camille.durand@exemple.test"


class TestEmailChange(WebsiteHouseholdCommon):
    def setUp(self):
        super().setUp()
        self.camille.login = self.former = self.camille.email
        self.sign_in(self.camille)

    def _ask(self, email=NEW):
        """:return: the codes of the former and of the new address"""
        before = self.env["mail.mail"].search([])
        answer = self.post(PATH, {**self.hidden(self.get(PATH)), "email": email})
        self.assertEqual(answer.status_code, 303)
        mails = self.env["mail.mail"].search([]) - before
        codes = {mail.email_to: re.search(r"\d{6}", mail.subject)[0] for mail in mails}
        self.assertEqual(set(codes), {self.former, email})
        return codes[self.former], codes[email]

    def _confirm(self, former, new):
        path = f"{PATH}/codes"
        sent = {**self.hidden(self.get(path)), "code_former": former, "code_new": new}
        return self.post(path, sent)

    def test_both_codes_change_the_address_the_identifier_and_tell_the_former_one(self):
        answer = self._confirm(*self._ask())
        self.assertEqual(answer.status_code, 303)
        self.assertEqual((self.camille.email, self.camille.login), (NEW, NEW))
        page = self.get(answer.headers["Location"])
        self.assertIn("Votre adresse électronique est changée", self.notice(page))
        self.assertIn(NEW, page.text, "she is still signed in")
        told = self.env["mail.mail"].search(
            [("email_to", "=", self.former), ("subject", "not like", "code")]
        )
        self.assertTrue(told)
        # The used codes open nothing more.
        self.assertEqual(self.get(f"{PATH}/codes").url.rpartition("/")[2], "courriel")

    def test_one_code_is_not_enough_and_a_wrong_one_uses_up_none(self):
        former, new = self._ask()
        for pair in ((former, "000000"), ("000000", new), (new, former), ("", ""), (former, "")):
            if pair[0] != pair[1] or not pair[0]:
                with self.subTest(pair):
                    answer = self._confirm(*pair)
                    self.assertIn("pas juste", self.notice(answer))
                    self.assertEqual(self.camille.email, self.former)

    def test_after_a_slip_the_right_codes_still_work(self):
        former, new = self._ask()
        self._confirm(former, "12")
        self.assertEqual(self._confirm(former, f" {new[:3]} {new[3:]}").status_code, 303)
        self.assertEqual(self.camille.email, NEW)

    def test_a_code_is_that_of_one_address(self):
        former, _new = self._ask()
        _former, other = self._ask("autre@exemple.test")
        self._confirm(former, other)
        self.assertEqual(self.camille.email, self.former)

    def test_what_is_wrong_is_said_beside_it(self):
        for email, words in ((self.former, "déjà"), ("x@", "complète"), ("", "adresse")):
            with self.subTest(email):
                page = self.post(PATH, {**self.hidden(self.get(PATH)), "email": email})
                self.assertEqual(page.status_code, 422)
                self.assertIn(words, self.errors(page)["email"])
        self.assertEqual(self.get(f"{PATH}/codes").url.rpartition("/")[2], "courriel")

    def test_an_address_that_somebody_else_has_is_no_identifier_twice(self):
        self.dominique.login = NEW
        self.assertEqual(self._confirm(*self._ask()).status_code, 303)
        self.assertEqual((self.camille.email, self.camille.login), (NEW, self.former))

    def test_few_in_an_hour(self):
        for rank in range(5):
            self._ask(f"p{rank}@exemple.test")
        page = self.post(PATH, {**self.hidden(self.get(PATH)), "email": "p6@exemple.test"})
        self.assertNotEqual(page.status_code, 303)
        self.assertTrue(self.notice(page))

    def test_a_link_that_the_former_mailbox_holds_opens_nothing(self):
        self.camille.partner_id.signup_prepare(signup_type="reset")
        token = self.camille.partner_id._generate_signup_token()
        self.assertTrue(self.env["res.partner"]._get_partner_from_token(token))
        self._confirm(*self._ask())
        self.assertFalse(self.env["res.partner"]._get_partner_from_token(token))

    def test_whoever_signed_up_with_the_new_address_keeps_it_from_nobody(self):
        self.dominique.write({"login": NEW, "active": False, "signup_nonce": "x"})
        self._confirm(*self._ask())
        self.assertEqual(self.camille.login, NEW)

    def test_the_staff_has_no_such_page(self):
        self.sign_in(self.manager)
        for path in (PATH, f"{PATH}/codes"):
            self.assertEqual(self.get(path).status_code, 404)
        answer = self.post(PATH, {"email": NEW})
        self.assertEqual(answer.status_code, 404)
        with self.assertRaises(AccessError):
            self.manager.with_user(self.manager)._change_own_email(NEW, "1", "2")

    def test_nobody_changes_another_s(self):
        with self.assertRaises(AccessError):
            self.camille.with_user(self.dominique)._change_own_email(NEW, "1", "2")
        with self.assertRaises(UserError):
            self.camille.with_user(self.camille)._change_own_email(NEW, "1", "2")

    def test_the_staff_changes_it_on_the_person_and_the_former_address_is_told(self):
        before = self.env["mail.mail"].search([])
        self.camille.partner_id.with_user(self.manager).email = NEW
        told = self.env["mail.mail"].search([]) - before
        self.assertEqual(told.mapped("email_to"), [self.former])
        self.assertIn(NEW, told.body_html)
        before |= told
        self.camille.email = "encore@exemple.test"
        self.assertEqual(len(self.env["mail.mail"].search([]) - before), 1, "once")
        before = self.env["mail.mail"].search([])
        self.camille.partner_id.email = "ENCORE@exemple.test"
        self.assertEqual(self.env["mail.mail"].search([]), before, "the same address")
