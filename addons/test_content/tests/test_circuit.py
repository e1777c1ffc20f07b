from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.content_approval.exceptions import ContentErrors, DraftBegun, RevisionConflict
from odoo.addons.content_approval.tests.reading import accept

from .common import ContentCase, picture


@tagged("post_install", "-at_install")
class TestCircuit(ContentCase):
    def test_nothing_is_online_before_somebody_else_has_accepted_it(self):
        before = self._live()
        draft = self._draft(story="Bâti en 1852.", depth="2,5")
        self.assertEqual(self._live(), before)
        draft.action_submit("Le registre de 1852 est retrouvé.")
        self.assertEqual(draft.state, "submitted")
        self.assertEqual(self._live(), before)
        self._as(draft, self.reader).action_ask_changes("Ajoutez le nom du maçon.")
        self.assertEqual(draft.state, "changes_asked")
        self.assertEqual(self._live(), before)
        draft._change({"story": "Bâti en 1852 par Jean Roy."})
        draft.action_submit()
        accept(self._as(draft, self.reader))
        self.assertEqual(self.house.story, "Bâti en 1852 par Jean Roy.")
        self.assertEqual(self.house.depth, 2.5)
        self.assertEqual((draft.state, draft.version, self.house.version), ("published", 2, 2))
        self.assertEqual(draft.published_by_id, self.reader)
        self.assertTrue(self.house.is_online)
        messages = draft.sudo().message_ids.sorted("id").mapped("preview")
        self.assertEqual(
            messages, ["Le registre de 1852 est retrouvé.", "Ajoutez le nom du maçon."]
        )

    def test_the_former_version_is_kept_and_brought_back(self):
        first = self._published(story="Bâti en 1852.")
        second = self._published(story="Bâti en 1860.")
        self.assertEqual((first.state, second.state), ("archived", "published"))
        draft = first.action_restore()
        self.assertEqual(draft.state, "draft")
        self.assertEqual(self.house.story, "Bâti en 1860.", "not before it is accepted")
        draft.action_submit()
        accept(self._as(draft, self.reader))
        self.assertEqual(self.house.story, "Bâti en 1852.")
        self.assertEqual(draft.restored_id, first)

    def test_a_picture_is_private_until_it_is_accepted_and_comes_back(self):
        draft = self._draft()
        self._set_image(draft, colour="red")
        self.assertFalse(self._photo())
        draft.action_submit()
        accept(self._as(draft, self.reader))
        red = self._photo()
        self.assertTrue(red)
        other = self._draft()
        self._set_image(other, colour="blue")
        other.action_submit()
        accept(self._as(other, self.reader))
        self.assertNotEqual(self._photo(), red)
        back = draft.action_restore()
        back.action_submit()
        accept(self._as(back, self.reader))
        self.assertEqual(self._photo(), red)

    def test_hours_are_added_changed_and_taken_away(self):
        self._published(
            hours_ids=[
                {"day": "Mardi", "hour_from": "9", "hour_to": "12"},
                {"day": "Jeudi", "hour_from": "14", "hour_to": "17,5", "picture": picture()},
            ]
        )
        self.assertEqual(self.house.hours_ids.mapped("day"), ["Mardi", "Jeudi"])
        thursday = self.house.hours_ids[1]
        self.assertEqual(thursday.hour_to, 17.5)
        self.assertTrue(thursday.picture)
        kept = {"id": thursday.id, "hour_to": "18"}
        self._published(hours_ids=[kept, {"day": "Samedi", "hour_from": "8", "hour_to": "9"}])
        self.assertEqual(self.house.hours_ids.mapped("day"), ["Jeudi", "Samedi"])
        self.assertEqual(thursday.exists().hour_to, 18)
        self.assertTrue(thursday.picture, "what was not typed stays")

    def test_an_association_proposes_a_new_page(self):
        draft = self.env["wash.house"].with_user(self.camille).env["content.revision"]
        draft = draft._begin_new("wash.house", communes=self.commune)
        draft._change({"name": "Lavoir du Haut", "story": "En pierre."})
        self.assertEqual(draft.name, "Lavoir du Haut")
        draft.action_submit()
        self.assertFalse(self.env["wash.house"].search([("name", "=", "Lavoir du Haut")]))
        accept(self._as(draft, self.reader))
        house = self.env["wash.house"].search([("name", "=", "Lavoir du Haut")])
        self.assertEqual(house.owner_id, self.association)
        self.assertEqual(house.commune_id, self.commune)
        self.assertTrue(house.is_online)
        self.assertEqual(draft._get_content(), house)

    def test_a_new_page_says_its_commune_and_in_whose_name(self):
        Revision = self.env["content.revision"]
        with self.assertRaisesRegex(UserError, "commune"):
            Revision.with_user(self.manager)._begin_new("wash.house")
        draft = Revision.with_user(self.manager)._begin_new("wash.house", communes=self.commune)
        self.assertEqual(draft.commune_ids, self.commune)
        other = self.env["res.partner"].create(
            {"name": "Le Comité", "company_type": "company", "kind": "association"}
        )
        self._let_act(self.camille, other)
        with self.assertRaisesRegex(UserError, "whose name"):
            Revision.with_user(self.camille)._begin_new("wash.house", communes=self.commune)
        draft = Revision.with_user(self.camille)._begin_new(
            "wash.house", organisation=other, communes=self.commune
        )
        self.assertEqual(draft.organisation_id, other)

    def test_a_secretary_who_acts_for_an_association_elsewhere(self):
        self._let_act(self.secretary, self.association)
        elsewhere = self.env["wash.house"]._create_as(
            "data",
            {"name": "Lavoir d’ailleurs"},
            fixed={"commune_id": self.other_commune.id, "owner_id": self.association.id},
        )
        draft = elsewhere.with_user(self.secretary)._propose()
        self.assertEqual(draft.organisation_id, self.association)

    def test_two_people_of_one_association_share_a_draft(self):
        draft = self._draft(self.camille, story="Un.")
        same = self._draft(self.sacha, story="Deux.")
        self.assertEqual(draft, same)
        self.assertEqual(draft.sudo().editor_ids, self.camille | self.sacha)

    def test_what_is_being_read_is_not_changed(self):
        draft = self._sent()
        with self.assertRaises(UserError):
            draft._change({"story": "Autre chose."})
        with self.assertRaises(UserError):
            draft.write({"body": "<p>Autre chose.</p>"})
        draft.action_take_back()
        draft._change({"story": "Autre chose."})
        self.assertEqual(draft.state, "draft")

    def test_a_withdrawn_change_is_over(self):
        draft = self._sent()
        draft.action_withdraw()
        for act in (
            lambda: accept(self._as(draft, self.reader)),
            draft.action_submit,
            draft.action_withdraw,
            lambda: self._as(draft, self.reader).action_ask_changes("Non."),
        ):
            with self.assertRaises(UserError):
                act()
        self.assertEqual(self.house.version, 1)
        self.assertNotEqual(self._draft(), draft, "the next one is new")

    def test_only_what_was_read_is_accepted(self):
        draft = self._sent(story="Bâti en 1852.")
        reading = self._as(draft, self.reader)
        seen = reading.read(["mark", "values"])[0]["mark"]
        draft.action_take_back()
        draft._change({"story": "Bâti en 1950."})
        draft.action_submit()
        for mark in (seen, "", False, "0" * 16):
            with self.assertRaisesRegex(UserError, "read what it is now"):
                reading.action_publish(mark)
        with self.assertRaisesRegex(UserError, "read what it is now"):
            reading.action_publish()
        self.assertEqual((draft.state, self.house.version), ("submitted", 1))
        reading.invalidate_recordset()
        reading.action_publish(reading.read(["mark"])[0]["mark"])
        self.assertEqual(self.house.story, "Bâti en 1950.")

    def test_taken_back_while_another_draft_is_begun(self):
        sent = self._sent(story="Bâti en 1852.")
        draft = self._draft()
        sent.action_take_back()
        self.assertEqual((sent.state, draft.state), ("draft", "withdrawn"), "nothing was in it")
        sent.action_submit()
        draft = self._draft(depth="3")
        with self.assertRaises(DraftBegun) as caught:
            sent.action_take_back()
        self.assertEqual(caught.exception.revision, draft)
        self.assertEqual((sent.state, draft.state), ("submitted", "draft"))
        draft.action_withdraw()
        sent.action_take_back()
        self.assertEqual(sent.state, "draft")

    def test_the_version_before_comes_back_while_its_author_writes_another(self):
        self._published(story="Bâti en 1852.")
        self.type.allow_urgent = True
        urgent = self._draft(story="N'importe quoi.")
        urgent.action_publish_urgent("Vite.")
        draft = self._draft(story="Bâti en 1853.")
        self._as(urgent, self.reader).action_revert("Ce n'est pas urgent.")
        self.assertEqual(self.house.story, "Bâti en 1852.")
        self.assertEqual((draft.state, draft.values["story"]), ("draft", "Bâti en 1853."))

    def test_an_earlier_version_replaces_nothing_that_is_being_written(self):
        first = self._published(story="Bâti en 1852.")
        self._published(story="Bâti en 1860.")
        draft = self._draft(depth="3")
        with self.assertRaises(DraftBegun) as caught:
            first.action_restore()
        self.assertEqual(caught.exception.revision, draft)
        self.assertEqual(draft.values["story"], "Bâti en 1860.")
        draft._change({"depth": "1,5"})
        self.assertEqual(first.action_restore(), draft, "nothing is written in it")
        self.assertEqual(draft.values["story"], "Bâti en 1852.")

    def test_an_earlier_version_leaves_what_was_opened_since(self):
        self._published(hours_ids=[{"day": "Mardi", "hour_from": "9", "hour_to": "12"}])
        first = self._published(story="Bâti en 1852.")
        self._published(story="Bâti en 1860.", water="spring", depth="4")
        older = {**first.values}
        del older["water"]
        older["hours_ids"] = [{**row} for row in older["hours_ids"]]
        for row in older["hours_ids"]:
            del row["hour_to"]
        first._set({"values": older})
        draft = first.action_restore()
        draft.action_submit()
        accept(self._as(draft, self.reader))
        self.assertEqual((self.house.story, self.house.depth), ("Bâti en 1852.", 1.5))
        self.assertEqual(self.house.water, "spring", "it was opened since")
        self.assertEqual(self.house.hours_ids.mapped("hour_to"), [12])

    def test_a_second_change_takes_over_what_it_does_not_touch(self):
        mine, theirs = self._sent(story="Bâti en 1852."), self._sent(self.camille, depth="3")
        accept(self._as(mine, self.reader))
        accept(self._as(theirs, self.reader))
        self.assertEqual((self.house.story, self.house.depth), ("Bâti en 1852.", 3))

    def test_a_second_change_at_the_same_place_is_refused_with_the_difference(self):
        mine, theirs = self._sent(story="Bâti en 1852."), self._sent(self.camille, story="1853.")
        accept(self._as(mine, self.reader))
        with self.assertRaises(RevisionConflict) as caught:
            accept(self._as(theirs, self.reader))
        self.assertEqual(caught.exception.fields, ["story"])
        self.assertEqual(self.house.story, "Bâti en 1852.")
        self._as(theirs, self.reader).action_ask_changes("La page a changé.")
        with self.assertRaises(RevisionConflict):
            theirs.action_submit()
        self.assertEqual(theirs.sudo().values["story"], "1853.", "nothing is lost")
        theirs.action_keep_mine()
        theirs.action_submit()
        (change,) = theirs._get_difference()
        self.assertIn(("added", "1853"), change["after"])
        accept(self._as(theirs, self.reader))
        self.assertEqual(self.house.story, "1853.")

    def test_both_wrote_the_same(self):
        mine, theirs = self._sent(story="Un."), self._sent(self.camille, story="Un.", depth="4")
        accept(self._as(mine, self.reader))
        accept(self._as(theirs, self.reader))
        self.assertEqual((self.house.story, self.house.depth), ("Un.", 4))

    def test_nothing_changed_is_not_sent(self):
        draft = self._draft()
        with self.assertRaisesRegex(UserError, "Nothing has changed"):
            draft.action_submit()
        draft._change({"story": self.house.story})
        with self.assertRaisesRegex(UserError, "Nothing has changed"):
            draft.action_submit()

    @mute_logger("odoo.sql_db")
    def test_what_the_content_refuses_is_told_to_its_author(self):
        self.env["wash.house"]._create_as("data", {"name": "Lavoir du Bas"})
        draft = self._draft(name="Lavoir du Bas")
        with self.assertRaises(ValidationError):
            draft.action_submit()
        self.assertEqual((draft.state, self.house.name), ("draft", "Lavoir du Moulin"))
        draft._change({"name": ""})
        with self.assertRaises(ContentErrors) as caught:
            draft.action_submit()
        self.assertIn("name", caught.exception.errors)

    def test_a_picture_without_words_is_not_sent(self):
        draft = self._draft(photo=picture())
        with self.assertRaises(ContentErrors) as caught:
            draft.action_submit()
        self.assertEqual([*caught.exception.errors], ["photo_alt"])

    def test_an_urgent_change_where_the_configuration_says_so(self):
        draft = self._draft(story="Fermé pour travaux.")
        with self.assertRaises(AccessError):
            draft.action_publish_urgent("Un mur est tombé.")
        self.type.allow_urgent = True
        with self.assertRaises(UserError):
            draft.action_publish_urgent(" ")
        draft.action_publish_urgent("Un mur est tombé.")
        self.assertEqual(self.house.story, "Fermé pour travaux.")
        self.assertTrue(draft.is_urgent)
        self.assertTrue(self._as(draft, self.reader).is_mine_to_read)
        self._as(draft, self.reader).action_review()
        self.assertEqual(draft.reviewed_by_id, self.reader)
        self.assertFalse(self._as(draft, self.reader).is_mine_to_read)

    def test_an_urgent_change_that_is_wrong_is_undone(self):
        self._published(story="Bâti en 1852.")
        self.type.allow_urgent = True
        draft = self._draft(story="N'importe quoi.")
        draft.action_publish_urgent("Vite.")
        self._as(draft, self.reader).action_revert("Ce n'est pas urgent.")
        self.assertEqual(self.house.story, "Bâti en 1852.")
        self.assertEqual(self.house.version, 4)
        self.assertEqual(draft.reviewed_by_id, self.reader)

    def test_only_a_secretary_of_the_commune_publishes_at_once(self):
        self.type.allow_urgent = True
        for user in (self.camille, self.agent, self.manager):
            draft = self._draft(user, story="Vite.")
            with self.assertRaises(AccessError):
                draft.action_publish_urgent("Vite.")

    def test_a_reader_takes_what_must_not_be_seen_off_the_site(self):
        with self.assertRaises(AccessError):
            self.house.with_user(self.secretary).action_take_offline("Je préfère.")
        self.assertTrue(self.house.is_online)
        self.house.with_user(self.reader).action_take_offline("Une photo d'enfant.")
        self.assertFalse(self.house.is_online)
        log = self.env["content.revision"].search([("state", "=", "published")], limit=1)
        self.assertEqual((log.kind, log.is_urgent), ("remove", True))
        self._published(story="Corrigé.")
        self.assertTrue(self.house.is_online)

    def test_the_text_of_the_builder_comes_with_its_pictures(self):
        draft = self._draft()
        file = self.env["ir.attachment"].create(
            {"name": "mur.png", "raw": picture(), "res_model": draft._name, "res_id": draft.id}
        )
        draft.write(
            {"body": f'<p>Le mur <img src="/web/image/{file.id}/mur.png" alt="Le mur"></p>'}
        )
        draft.action_submit()
        accept(self._as(draft, self.reader))
        self.assertNotIn(f"/web/image/{file.id}", self.house.body)
        copy = self.env["ir.attachment"].search(
            [("res_model", "=", "wash.house"), ("res_field", "=", False)]
        )
        self.assertEqual((copy.public, copy.raw), (True, picture()))
        self.assertIn(f"/web/image/{copy.id}/mur.png", self.house.body)
        self.assertFalse(file.public)

    def test_nothing_of_a_text_calls_another_site(self):
        for text in (
            '<p><img src="https://ailleurs.example/a.png" alt="A"></p>',
            '<p><img src="//ailleurs.example/a.png" alt="A"></p>',
            '<p style="background-image: url(https://ailleurs.example/a.png)">A</p>',
            '<p><img src="/web/image/1" alt=""></p>',
        ):
            draft = self._draft()
            draft.write({"body": text})
            with self.assertRaises(ContentErrors, msg=text):
                draft.action_submit()

    def test_the_people_concerned_are_told(self):
        Mail = self.env["mail.mail"].sudo()
        Mail.search([]).unlink()
        draft = self._sent()
        self.assertEqual(Mail.search([]).mapped("email_to"), [self.reader.email_formatted])
        self.assertEqual(draft.sudo().activity_ids.user_id, self.reader)
        Mail.search([]).unlink()
        self._as(draft, self.reader).action_ask_changes("Corrigez.")
        self.assertEqual(Mail.search([]).mapped("email_to"), [self.secretary.email_formatted])
        self.assertFalse(draft.sudo().activity_ids)

    def test_a_word_of_the_other_side_is_one_mail(self):
        Mail = self.env["mail.mail"].sudo()
        draft = self._draft(story="Bâti en 1852, près du moulin.")
        for act, told in (
            (lambda: draft.action_submit("Bonjour."), self.reader),
            (lambda: self._as(draft, self.reader).action_comment("Depuis quand ?"), self.secretary),
            (lambda: draft.action_comment("Depuis hier."), self.reader),
            (lambda: self._as(draft, self.reader).action_ask_changes("Corrigez."), self.secretary),
        ):
            Mail.search([]).unlink()
            act()
            left = [(mail.email_to, mail.recipient_ids) for mail in Mail.search([])]
            self.assertEqual(left, [(told.email_formatted, self.env["res.partner"])])

    def test_the_lines_of_a_browser_are_no_change(self):
        self._published(story="Bâti en 1850.\nPrès du moulin.")
        draft = self._draft(story="Bâti en 1850.\r\nPrès du moulin.")
        self.assertEqual(draft._get_changed_names(), [])
        # What a file of the territory brought so.
        self.house._publish_as("data", {"story": "Bâti en 1850.\r\nPrès du moulin."})
        draft = self._draft(story="Bâti en 1850.\r\nPrès du moulin.")
        self.assertEqual(draft._get_changed_names(), [])

    def test_something_to_correct_and_a_draft_begun_meanwhile(self):
        sent = self._sent()
        draft = self._draft(story="Une autre idée.")
        self.assertNotEqual(draft, sent)
        self._as(sent, self.reader).action_ask_changes("Corrigez.")
        self.assertEqual(self._draft(), sent, "what is asked comes first")
        with self.assertRaises(UserError):
            accept(self._as(sent, self.reader))
        sent.action_submit()
        accept(self._as(sent, self.reader))
        self.assertEqual(self._draft(), draft)

    def test_a_removal_is_read_too(self):
        Revision = self.env["content.revision"].with_user(self.camille)
        change = self._draft(self.camille, story="Avant de partir.")
        removal = Revision._begin(self.house.with_user(self.camille), kind="remove")
        self.assertNotEqual(removal, change)
        removal.action_submit()
        self.assertTrue(self.house.is_online)
        accept(self._as(removal, self.reader))
        self.assertFalse(self.house.is_online)
        self.assertEqual(self.house.story, "Bâti en 1850, près du moulin.", "it is kept")

    def test_a_page_taken_off_the_site_comes_back_as_it_was(self):
        self.house.with_user(self.reader).action_take_offline("Une photo d'enfant.")
        self.assertFalse(self.house.is_online)
        draft = self._draft()
        draft.action_submit()
        accept(self._as(draft, self.reader))
        self.assertTrue(self.house.is_online)
        draft = self._draft()
        with self.assertRaises(UserError):
            draft.action_submit()

    def test_a_content_is_told_what_of_it_was_accepted(self):
        told = []
        hook = "odoo.addons.content_approval.models.content_approval_mixin.ContentApprovalMixin"
        with patch(
            f"{hook}._on_published",
            lambda content, revision, names: told.append(
                (content, revision, names, content.env.su)
            ),
        ):
            draft = self._published(story="Bâti en 1853.", depth="2")
            self.house._publish_as("data", {"motto": "Eau vive"})
        self.assertEqual(told, [(self.house, draft, ["story", "depth"], True)])
