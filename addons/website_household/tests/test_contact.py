from odoo.tests import new_test_user

from .common import WebsiteHouseholdCommon

PATH = "/my/account"


class TestContact(WebsiteHouseholdCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.camille.partner_id

    def setUp(self):
        super().setUp()
        self.sign_in(self.camille)

    def save(self, **values):
        return self.post(PATH, {**self.hidden(self.get(PATH)), **values})

    def test_phone_is_changed_without_script_and_the_page_says_so(self):
        response = self.save(phone="06 39 98 00 55")
        self.assertEqual(response.status_code, 303)
        page = self.get(response.headers["Location"])
        self.assertIn("Votre numéro de téléphone est enregistré", self.notice(page))
        self.assertEqual(self.value(page, "phone"), "06 39 98 00 55")
        self.assertEqual(self.person.phone, "06 39 98 00 55")

    def test_wrong_number_is_told_beside_it_and_kept(self):
        self.person.phone = "06 39 98 00 41"
        for wrong in ("06 39", "06 39 98", "06 39 98 00 4", "06 39 98 00 411", "+33 6 39"):
            with self.subTest(wrong):
                response = self.save(phone=wrong)
                self.assertEqual(response.status_code, 422)
                self.assertIn("dix chiffres", self.errors(response)["phone"])
                self.assertEqual(self.value(response, "phone"), wrong)
                self.assertEqual(self.person.phone, "06 39 98 00 41")

    def test_email_is_shown_and_changed_elsewhere(self):
        page = self.get(PATH)
        self.assertIn(self.person.email, page.text)
        self.assertFalse(page.tree.xpath("//main//input[@name='email' or @name='street']"))
        self.assertIn("/my/account/courriel", page.tree.xpath("//main//a/@href"))
        email = self.person.email
        self.save(phone="", email="autre@exemple.test", name="Autre")
        self.assertEqual(self.person.email, email)

    def test_page_left_open_too_long_changes_nothing(self):
        self.person.phone = "06 39 98 00 41"
        response = self.post(PATH, {"phone": "06 39 98 00 55", "csrf_token": "faux"})
        self.assertIn("trop longtemps", self.notice(response))
        self.assertEqual(self.value(response, "phone"), "06 39 98 00 55")
        self.assertEqual(self.person.phone, "06 39 98 00 41")

    def test_staff_keep_the_page_of_odoo(self):
        self.sign_in(new_test_user(self.env, "contact_staff", groups="base.group_user"))
        self.assertTrue(self.get(PATH).tree.xpath("//form[@action='/my/address/submit']"))
