from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.content_approval.tests.reading import accept
from odoo.addons.lodging_declaration.tests.common import FURNISHED, NUMBER, LodgingCase

ASKED = {
    **FURNISHED,
    "lodging_directory": "1",
    "lodging_directory_name": "Gîte des Essais",
}
CONTACT = ("street", "phone", "email")


@tagged("post_install", "-at_install")
class TestLodgingSheet(LodgingCase):
    """Who ticks it has a draft of her sheet at the town hall; nothing of it is online by itself."""

    procedures = ("furnished", "national")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.communication.email = "communication@exemple.test"
        cls.env["content.validator"].create({"user_id": cls.communication.id})
        cls.secretary.territory_commune_ids = cls.commune
        cls.camille.partner_id.write({"phone": "0399999999", "email": "camille@exemple.test"})
        cls.entries = cls.env["directory.entry"].with_context(active_test=False)

    def _lodging(self, **typed):
        return self._declare(answers=ASKED, **typed).lodging_ids

    def _count_sheets(self):
        return self.entries.search_count([])

    def test_a_draft_waits_at_the_town_hall_and_nothing_is_published(self):
        before = self._count_sheets()
        lodging = self._lodging()
        sheet = lodging.sheet_id
        self.assertEqual(self._count_sheets(), before, "no sheet before somebody has read it")
        self.assertEqual(
            (sheet.state, sheet.kind, sheet.service_id, sheet.commune_ids, sheet.version),
            ("draft", "create", self.town_hall, self.commune, 0),
        )
        values = sheet.values
        self.assertEqual(
            (values["name"], values["activity"], values["commune_ids"]),
            ("Gîte des Essais", "Meublé de tourisme", self.commune.ids),
        )
        self.assertEqual(values["summary"], "3 pièces, 2 lits, 4 personnes au plus.")
        self.assertEqual(
            values["category_id"],
            self.env.ref("website_directory.directory_category_hebergement").id,
        )
        self.assertEqual(lodging.with_user(self.secretary).sheet_step, "draft")

    def test_who_does_not_tick_has_none(self):
        for answers in (FURNISHED, {**ASKED, "lodging_directory": "0"}):
            self.assertFalse(self._declare(answers=answers, user=self.sacha).lodging_ids.sheet_id)

    def test_of_her_contact_what_she_ticked_and_nothing_else(self):
        lodging = self._lodging()
        self.assertFalse([name for name in CONTACT if lodging.sheet_id.values[name]])
        for number, (ticked, name, said) in enumerate(
            (
                ("address", "street", "4 rue du Four"),
                ("phone", "phone", "03 99 99 99 99"),
                ("email", "email", "camille@exemple.test"),
            )
        ):
            street = {"lodging_address.street": f"{number + 10} rue du Four"}
            values = self._lodging(lodging_directory_shows=[ticked], **street).sheet_id.values
            said = said.replace("4 rue", f"{number + 10} rue")
            self.assertEqual(
                {each: values[each] for each in CONTACT if values[each]}, {name: said}, ticked
            )
        for declaration in lodging.search([("declarant_id", "=", self.camille.partner_id.id)]):
            told = str(declaration.sheet_id.values)
            self.assertNotIn("Camille", told)
            self.assertNotIn("Duchêne", told)

    def test_the_town_hall_completes_it_and_somebody_else_accepts_it(self):
        sheet = self._lodging().sheet_id
        for user in self.camille | self.sacha | self.agent | self.communication:
            with self.assertRaises(AccessError, msg=user.login):
                sheet.with_user(user)._change({"summary": "Autre"})
            with self.assertRaises(AccessError, msg=user.login):
                sheet.with_user(user).action_submit()
        theirs = sheet.with_user(self.secretary)
        theirs._change({"summary": "Au calme."})
        theirs.action_submit()
        self.assertEqual((sheet.state, sheet.author_id), ("submitted", self.secretary))
        with self.assertRaises(AccessError):
            accept(theirs)
        accept(sheet.with_user(self.communication))
        entry = sheet._get_content()
        self.assertEqual((entry.name, entry.is_online), ("Gîte des Essais", True))
        self.assertEqual(entry.summary, "Au calme.")
        self.assertFalse(entry.owner_id)

    def test_who_sends_it_untouched_is_its_author(self):
        sheet = self._lodging().sheet_id
        self.assertFalse(sheet.author_id)
        sheet.with_user(self.secretary).action_submit()
        self.assertEqual(sheet.author_id, self.secretary)
        # As when it cannot wait to be read.
        self.env["content.type"]._get_of("directory.entry").allow_urgent_new = True
        urgent = self._lodging(user=self.sacha, **{"lodging_address.street": "9 rue Basse"})
        urgent.sheet_id.with_user(self.secretary).action_publish_urgent("La fête est demain")
        self.assertEqual(urgent.sheet_id.author_id, self.secretary)

    def test_a_change_keeps_the_draft_as_the_town_hall_left_it(self):
        first = self._lodging()
        sheet = first.sheet_id
        sheet.with_user(self.secretary)._change({"summary": "Au calme."})
        second = self._lodging(lodging_rooms="5")
        self.assertEqual((first.state, first.sheet_id), ("replaced", sheet.browse()))
        self.assertEqual((second.sheet_id, sheet.state), (sheet, "draft"))
        self.assertEqual(sheet.values["summary"], "Au calme.")

    def test_what_she_lets_it_show_no_more_leaves_the_draft(self):
        shows = ["address", "phone", "email"]
        sheet = self._lodging(lodging_directory_shows=shows).sheet_id
        self.assertTrue(all(sheet.values[name] for name in CONTACT))
        sheet.with_user(self.secretary)._change({"summary": "Au calme."})
        second = self._lodging(lodging_directory_shows=["email"])
        self.assertEqual(second.sheet_id, sheet)
        self.assertEqual([name for name in CONTACT if sheet.values[name]], ["email"])
        self.assertEqual(sheet.values["summary"], "Au calme.")
        # The number of the national site says nothing of it.
        self._set_mode("national", "2026-06-01")
        self._declare(self.national, answers=NUMBER)
        self.assertTrue(sheet.values["email"])

    def test_a_page_that_shows_too_much_is_told_to_the_register(self):
        lodging = self._lodging(lodging_directory_shows=["phone"])
        sheet = lodging.sheet_id
        sheet.with_user(self.secretary).action_submit()
        accept(sheet.with_user(self.communication))
        second = self._lodging(lodging_directory_shows=["phone"])
        self.assertEqual((second.sheet_id, second.sheet_step), (sheet, "online"))
        third = self._lodging(lodging_directory_shows=[])
        self.assertEqual((third.sheet_id, third.sheet_step), (sheet, "contact"))
        # A phone that is not hers, the town hall's own word.
        self.camille.partner_id.phone = "0399999900"
        fourth = self._lodging(lodging_directory_shows=[])
        self.assertEqual(fourth.sheet_step, "online")
        self.camille.partner_id.phone = "0399999999"
        self.assertEqual(self._lodging(lodging_directory_shows=[]).sheet_step, "contact")
        # The number of the national site says nothing of it.
        self._set_mode("national", "2026-06-01")
        number = self._declare(self.national, answers=NUMBER).lodging_ids
        self.assertEqual((number.sheet_id, number.sheet_step), (sheet, "online"))

    def test_who_asks_for_it_no_more_has_no_draft_nor_contact_in_it(self):
        shows = {"lodging_directory_shows": ["address", "phone", "email"]}
        sheet = self._lodging(**shows).sheet_id
        self.assertTrue(sheet.values["phone"])
        self._declare(answers=FURNISHED)
        self.assertEqual(sheet.state, "withdrawn")
        self.assertFalse([name for name in CONTACT if sheet.values[name]])
        lodging = self._lodging(**shows)
        given_up = lodging.sheet_id
        given_up.with_user(self.secretary).action_withdraw()
        lodging.request_id.with_user(self.camille)._run_transition(
            "lodging_cease", by=self.camille.partner_id
        )
        self.assertEqual(lodging.state, "ceased")
        self.assertFalse([name for name in CONTACT if given_up.values[name]])

    def test_what_is_taken_back_gives_its_place_back(self):
        first = self._lodging()
        second = self._declare(answers=FURNISHED).lodging_ids
        self.assertFalse(first.sheet_id)
        second._take_back()
        self.assertEqual((first.state, first.sheet_id.state), ("live", "draft"))

    def _online(self, **typed):
        """A lodging whose sheet is in the directory."""
        lodging = self._lodging(**typed)
        sheet = lodging.sheet_id
        sheet.with_user(self.secretary).action_submit()
        self.assertEqual(lodging.sheet_step, "reading")
        accept(sheet.with_user(self.communication))
        self.assertEqual(lodging.sheet_step, "online")
        return lodging

    def _said(self, removal):
        return " ".join(removal._get_words().mapped("body"))

    def test_a_letting_that_ends_has_its_removal_prepared_and_nothing_goes_by_itself(self):
        lodging = self._online()
        entry = lodging.sheet_id._get_content()
        self.assertFalse(lodging.removal_id)
        lodging.request_id.with_user(self.camille)._run_transition(
            "lodging_cease", by=self.camille.partner_id
        )
        removal = lodging.removal_id
        self.assertEqual((entry.is_online, lodging.sheet_step), (True, "stale"))
        self.assertEqual(
            (removal.kind, removal.state, removal.service_id, removal.author_id.id),
            ("remove", "draft", self.town_hall, False),
        )
        self.assertEqual(removal._get_content(), entry)
        self.assertIn("n’est plus loué", self._said(removal))
        self.assertNotIn("Tout le monde y lit", self._said(removal), "no contact is on it")
        for user in self.camille | self.sacha | self.agent | self.communication:
            with self.assertRaises(AccessError, msg=user.login):
                removal.with_user(user).action_submit()
        removal.with_user(self.secretary).action_submit()
        self.assertEqual((entry.is_online, lodging.sheet_step), (True, "leaving"))
        with self.assertRaises(AccessError):
            accept(removal.with_user(self.secretary))
        accept(removal.with_user(self.communication))
        self.assertEqual((entry.is_online, lodging.sheet_step), (False, False))

    def test_who_wants_it_no_more_has_its_removal_prepared_and_her_contact_said(self):
        lodging = self._online(lodging_directory_shows=["address", "phone"])
        second = self._declare(answers=FURNISHED).lodging_ids
        self.assertFalse(lodging.sheet_id | lodging.removal_id, "the declaration in force has them")
        said = self._said(second.removal_id)
        self.assertIn("ne demande plus l’annuaire", said)
        entry = second.sheet_id._get_content()
        self.assertTrue(entry.street and entry.phone and entry.is_online)
        self.assertIn("Tout le monde y lit", said)
        self.assertIn("Rue ou lieu-dit, Téléphone.", said)
        for word in (entry.phone, entry.street, "Camille", "Duchêne"):
            self.assertNotIn(word, said)

    def test_the_desk_and_the_register_lead_to_the_removal(self):
        lodging = self._online()
        request = lodging.request_id
        lodging._end("ceased")
        url = f"/my/contributions/{lodging.removal_id.id}"
        theirs = request.with_user(self.secretary)
        self.assertIn("sheet_off", theirs.desk_bands)
        self.assertNotIn("sheet_off", request.with_user(self.manager).desk_bands or [])
        self.assertEqual(theirs.action_open_lodging_sheet()["url"], url)
        self.assertEqual(lodging.with_user(self.secretary).action_open_sheet()["url"], url)
        # Who does not contribute for this town hall is led to the page.
        page = f"/my/contributions/page/directory.entry/{lodging.sheet_id.res_id}"
        self.assertEqual(lodging.with_user(self.manager).action_open_sheet()["url"], page)
        # Given up by mistake: begun again by the same button.
        given_up = lodging.removal_id
        given_up.with_user(self.secretary).action_withdraw()
        again = lodging.with_user(self.secretary).action_open_sheet()["url"]
        self.assertEqual(again, f"/my/contributions/{lodging.removal_id.id}")
        self.assertNotEqual(lodging.removal_id, given_up)
        lodging.removal_id.with_user(self.secretary).action_submit()
        self.assertNotIn("sheet_off", theirs.desk_bands or [])

    def test_who_asks_for_it_again_keeps_her_sheet(self):
        for is_sent in (False, True):
            street = {"lodging_address.street": f"{20 + is_sent} rue du Four"}
            first = self._online(**street)
            sheet = first.sheet_id
            second = self._declare(answers={**FURNISHED, **street}).lodging_ids
            removal = second.removal_id
            if is_sent:
                removal.with_user(self.secretary).action_submit()
            third = self._lodging(**street)
            self.assertEqual((removal.state, third.removal_id.id), ("withdrawn", False))
            self.assertEqual((third.sheet_id, third.sheet_step), (sheet, "online"))

    def test_a_withdrawal_that_is_taken_back_keeps_her_sheet(self):
        first = self._online()
        sheet, before = first.sheet_id, self._count_sheets()
        second = self._declare(answers=FURNISHED).lodging_ids
        removal = second.removal_id
        second._take_back()
        self.assertEqual((first.sheet_id, first.sheet_step), (sheet, "online"))
        self.assertEqual((removal.state, self._count_sheets()), ("withdrawn", before))

    def test_who_took_the_place_of_somebody_leaves_her_no_sheet(self):
        first = self._declare(answers=FURNISHED).lodging_ids
        second = self._lodging(user=self.sacha)
        second.with_user(self.secretary).action_replace()
        sheet = second.sheet_id
        self.assertTrue(sheet)
        second._take_back()
        self.assertEqual((first.state, first.sheet_id.id), ("live", False))

    def test_off_the_site_then_asked_for_again_it_is_a_new_draft(self):
        first = self._online()
        second = self._declare(answers=FURNISHED).lodging_ids
        second.removal_id.with_user(self.secretary).action_submit()
        accept(second.removal_id.with_user(self.communication))
        third = self._lodging()
        self.assertNotEqual(third.sheet_id, first.sheet_id)
        self.assertEqual(third.sheet_step, "draft")

    def test_what_only_waits_to_be_checked_takes_nothing_off(self):
        lodging = self._online()
        waiting = self._lodging(user=self.sacha)
        self.assertFalse(lodging.removal_id | waiting.removal_id)
        lodging.write({"state": "to_check"})
        lodging._follow_sheet()
        self.assertFalse(lodging.removal_id)
        lodging.write({"state": "live"})
        waiting.with_user(self.secretary).action_replace()
        self.assertEqual(lodging.removal_id.state, "draft", "another one lets it: another sheet")
        self.assertIn("n’est plus en vigueur", self._said(lodging.removal_id))

    def test_what_the_town_hall_has_begun_is_not_begun_twice(self):
        lodging = self._online()
        entry = lodging.sheet_id._get_content().with_user(self.secretary)
        revisions = self.env["content.revision"]
        own = revisions.with_user(self.secretary)._begin(entry, kind="remove")
        lodging._end("ceased")
        self.assertFalse(lodging.removal_id)
        self.assertEqual(revisions.search([("kind", "=", "remove")]), own.sudo())

    def test_that_of_somebody_else_waits_without_sheet(self):
        self._lodging()
        waiting = self._lodging(user=self.sacha)
        self.assertEqual((waiting.state, waiting.sheet_id.id), ("to_check", False))
        waiting.with_user(self.secretary).action_replace()
        self.assertEqual(waiting.sheet_id.state, "draft")

    def test_what_is_corrected_is_followed(self):
        lodging = self._lodging()
        sheet = lodging.sheet_id
        lodging._correct({"wants_directory": False})
        self.assertEqual((lodging.sheet_id.id, sheet.state), (False, "withdrawn"))

    def test_another_address_is_another_sheet(self):
        lodging = self._lodging()
        sheet = lodging.sheet_id
        other = self.env["territory.dwelling"]._find_or_create("9 rue Basse", False, self.commune)
        lodging._move_to(other, lodging.service_id)
        self.assertEqual((lodging.state, sheet.state), ("live", "withdrawn"))
        self.assertEqual(lodging.sheet_id.state, "draft")
        self.assertNotEqual(lodging.sheet_id, sheet)

    def test_a_declaration_never_fails_for_its_sheet(self):
        revisions = type(self.env["content.revision"])
        log = self.assertLogs("odoo.addons.website_lodging_directory", "WARNING")
        with log, patch.object(revisions, "_rename", side_effect=ValidationError("Non")):
            lodging = self._lodging()
        self.assertEqual((lodging.state, lodging.sheet_id.id), ("live", False))

    def test_no_town_hall_no_draft(self):
        self.town_hall.kind = "epci"
        self.assertFalse(self._lodging().sheet_id)

    def test_the_register_leads_to_it(self):
        lodging = self._lodging()
        url = f"/my/contributions/{lodging.sheet_id.id}"
        self.assertEqual(lodging.with_user(self.secretary).action_open_sheet()["url"], url)
        with self.assertRaises(UserError):
            lodging.with_user(self.manager).action_open_sheet()
        with self.assertRaises(AccessError):
            lodging.with_user(self.camille).action_open_sheet()
        none = self._declare(answers=FURNISHED, user=self.sacha).lodging_ids
        with self.assertRaises(UserError):
            none.with_user(self.secretary).action_open_sheet()

    def test_the_desk_of_its_town_hall_says_it(self):
        request = self._lodging().request_id
        sheet = request.lodging_ids.sheet_id
        theirs = request.with_user(self.secretary)
        self.assertIn("sheet", theirs.desk_bands)
        url = f"/my/contributions/{sheet.id}"
        self.assertEqual(theirs.action_open_lodging_sheet()["url"], url)
        self.assertNotIn("sheet", request.with_user(self.manager).desk_bands or [])
        sheet.with_user(self.secretary).action_submit()
        self.assertNotIn("sheet", theirs.desk_bands or [])
        with self.assertRaisesRegex(UserError, "completed meanwhile"):
            theirs.action_open_lodging_sheet()
        with self.assertRaises(AccessError):
            request.with_user(self.sacha).action_open_lodging_sheet()

    def test_the_number_alone_keeps_the_draft(self):
        sheet = self._lodging().sheet_id
        self._set_mode("national", "2026-06-01")
        second = self._declare(self.national, answers=NUMBER).lodging_ids
        self.assertEqual((second.wants_directory, second.sheet_id), (True, sheet))
