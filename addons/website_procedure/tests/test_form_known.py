from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from odoo.addons.territory_base import clock

from .page_case import FormPageCase


class TestFormKnown(FormPageCase):
    """Beside what her file says: one press says that it is still exact."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.camille.partner_id.phone = "03 29 11 11 11"
        form = [
            {"key": "call", "type": "phone", "label": "Téléphone", "prefill": "phone"},
            {"key": "name", "type": "char", "label": "Nom", "prefill": "lastname"},
            {"key": "note", "type": "char", "label": "Remarque"},
        ]
        cls.short = cls._procedure("Se présenter", "PRES", cls.waste, fields=form)
        cls.today = fields.Date.to_string(clock.today())

    def press(self, user=None, **posted):
        page = self.open(self.short, user or self.camille)
        typed = {name: value or "" for name, value in page.raw.items()}
        page = self.open(self.short, user or self.camille, **{**typed, **posted})
        if page.owner:
            page.keep()
        return page

    def test_the_buttons_are_beside_what_is_known_only(self):
        drawn = self.draw(self.open(self.short, self.camille))
        for name in ("_confirm", "_correct"):
            values = drawn.tree.xpath(f"//button[@name='{name}']/@value")
            self.assertEqual(values, ["call", "name"])

    def test_of_an_address_all_of_it_is_said(self):
        form = [{"key": "home", "type": "address", "label": "Adresse", "prefill": "address"}]
        procedure = self._procedure("Se loger", "LOGE", self.waste, fields=form)
        home = {"street": "4 rue du Four", "zip": "55800", "commune_id": self.revigny.id}
        self.camille.partner_id.write(home)
        drawn = self.draw(self.open(procedure, self.camille))
        (button,) = drawn.tree.xpath("//button[@name='_confirm']")
        words = " ".join(button.text_content().split())
        for part in ("4 rue du Four", "55800", self.revigny.name):
            self.assertIn(part, words)
        self.assertFalse(button.xpath(".//*[@class='visually-hidden']"), "read by everybody")
        (button,) = drawn.tree.xpath("//button[@name='_correct']")
        self.assertIn("Adresse", button.text_content())
        # Of one input, its label stands above.
        drawn = self.draw(self.open(self.short, self.camille))
        (button,) = drawn.tree.xpath("//button[@name='_confirm'][@value='call']")
        self.assertIn("Téléphone", button.xpath("string(*[@class='visually-hidden'])"))

    def test_confirmed_it_is_dated_and_goes_with_the_request(self):
        page = self.press(_confirm="call", note="Bonjour")
        self.assertEqual(page.confirmed, {"call": self.today})
        again = self.open(self.short, self.camille)
        self.assertEqual(again.raw["note"], "Bonjour")
        drawn = self.draw(again)
        self.assertEqual(drawn.tree.xpath("//button[@name='_confirm']/@value"), ["name"])
        request_sudo = again.submit().sudo()
        self.assertEqual(request_sudo.confirmed_facts, {"call": self.today})
        self.assertIn("Téléphone", request_sudo.with_user(self.agent).confirmed_words)

    def test_what_is_corrected_later_is_confirmed_no_more(self):
        self.press(_confirm="call")
        request_sudo = self.press(_confirm="name").submit().sudo()
        self.assertEqual(set(request_sudo.confirmed_facts), {"call", "name"})
        request_sudo._correct_answers({"call": "03 29 22 22 22"})
        self.assertEqual(set(request_sudo.confirmed_facts), {"name"})

    def test_what_she_changes_afterwards_is_not_confirmed(self):
        self.press(_confirm="call")
        page = self.press(call="03 29 22 22 22")
        self.assertFalse(page.confirmed)
        self.assertFalse(page.submit().sudo().confirmed_facts)

    def test_neither_what_she_typed_nor_another_question(self):
        for key in ("note", "inconnue", "call.x", "_for"):
            self.assertFalse(self.press(_confirm=key, note="Bonjour").confirmed)
        self.assertFalse(self.press(_confirm="call", call="06 00 00 00 00").confirmed)

    def test_a_visitor_confirms_nothing(self):
        visitor = self.env.ref("base.public_user")
        page = self.open(self.short, visitor, _confirm="call", call="03 29 11 11 11")
        self.assertFalse(page.confirmed)
        self.assertFalse(self.draw(page).tree.xpath("//button[@name='_confirm']"))

    def test_corrected_in_her_file_the_draft_follows_and_keeps_the_rest(self):
        self.press(_confirm="call", note="Bonjour", name="Autre")
        self.camille.partner_id.phone = "03 29 33 33 33"
        page = self.open(self.short, self.camille)
        self.assertEqual(page.raw["call"].replace(" ", "")[-6:], "333333")
        self.assertEqual((page.raw["note"], page.raw["name"]), ("Bonjour", "Autre"))
        self.assertFalse(page.confirmed)

    def test_where_it_is_corrected(self):
        self.assertEqual(self.press(_correct="call").get_correction_url(), "/my/account")
        for key in ("note", "inconnue", ""):
            self.assertFalse(self.press(_correct=key).get_correction_url())

    def test_kept_from_one_day_to_the_next(self):
        self.press(_confirm="call")
        with freeze_time(clock.today() + timedelta(days=3)):
            self.assertEqual(self.open(self.short, self.camille).confirmed, {"call": self.today})
