import base64
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.content_approval.tests.reading import accept
from odoo.addons.core_doors.exceptions import FileNotKept
from odoo.addons.website_parts.tests.common import PageCase

from .common import ContentCase, picture

PNG = {"Content-Type": "image/png"}


class ContentPageCase(ContentCase, PageCase):
    """The pages of contributors and readers, as a browser without script sends them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.env["res.users"].search([("login", "like", ".test")])
        users |= cls.secretary | cls.reader | cls.fallback | cls.manager | cls.agent
        cls.password = "un cheval bleu dans la neige"
        for user in users:
            user.sudo().password = cls.password
            user.partner_id.lang = "fr_FR"

    def sign_in(self, user):
        self.authenticate(user.login, self.password)

    def words(self, page, path="//main"):
        return " ".join(" ".join(node.text_content().split()) for node in page.tree.xpath(path))

    def form(self, page, index=1):
        """What the browser would send back of this form: all its inputs as they stand."""
        data = {}

        def add(name, value):
            data.setdefault(name, []).append(value)

        for node in page.tree.xpath(f"(//main//form[@method='post'])[{index}]//*[@name]"):
            name, kind = node.get("name"), node.get("type")
            if node.tag == "button" or kind == "file":
                continue
            if kind in ("checkbox", "radio") and not node.get("checked"):
                continue
            if node.tag == "select":
                add(name, (node.xpath("option[@selected]/@value") or [""])[0])
            elif node.tag == "textarea":
                add(name, node.text or "")
            else:
                add(name, node.get("value") or "")
        return data

    def press(self, page, wanted, path, files=None, index=1, **typed):
        data = self.form(page, index)
        data |= {name.replace("__", "."): value for name, value in typed.items()}
        if wanted:
            data["_do"] = wanted
        return self.post(path, data, files)

    def path(self, draft):
        return f"/my/contributions/{draft.id}"


@tagged("post_install", "-at_install")
class TestPagesContributor(ContentPageCase):
    def test_who_acts_for_nobody_is_told_how_to_begin(self):
        self.sign_in(self.resident)
        page = self.get("/my/contributions")
        self.assertTrue(page.tree.xpath("//main//a[@href='/my/foyer/organisation']"))
        self.sign_in(self.camille)
        page = self.get("/my/contributions")
        self.assertFalse(page.tree.xpath("//main//a[@href='/my/foyer/organisation']"))

    def test_an_association_changes_its_page_without_script(self):
        self.sign_in(self.camille)
        page = self.get("/my/contributions")
        self.assertIn("Les Amis du Lavoir", self.words(page, "//h1"))
        self.assertIn("Lavoir du Moulin", self.words(page))
        self.assertIn(self.sacha.name, self.words(page))
        path = f"/my/contributions/page/wash.house/{self.house.id}"
        answer = self.press(self.get(path), "change", path)
        self.assertEqual(answer.status_code, 303)
        draft = self.env["content.revision"].search([("state", "=", "draft")])
        self.assertTrue(answer.headers["Location"].endswith(self.path(draft)))
        page = self.get(self.path(draft))
        self.assertEqual(self.value(page, "story"), "Bâti en 1850, près du moulin.")
        self.assertEqual(self.value(page, "depth"), "1,5")
        before = self._live()
        answer = self.press(
            page,
            "keep",
            self.path(draft),
            story="Bâti en 1852.",
            built_on="3/2/1852",
            body="Premier.\n\nSecond & dernier.",
            hours_ids__0__day="Mardi",
            hours_ids__0__hour_from="9 h 30",
        )
        self.assertEqual(answer.status_code, 303, self.words(answer))
        page = self.get(answer.headers["Location"])
        self.assertEqual(self.value(page, "hours_ids.0.hour_from"), "9\xa0h\xa030")
        self.assertEqual(self.value(page, "built_on"), "03/02/1852")
        self.assertEqual(self.value(page, "body"), "Premier.\n\nSecond & dernier.")
        self.assertIn("Bâti en 1852.", self.words(page, "//*[@data-preview]"))
        self.assertIn("Second & dernier.", self.words(page, "//*[@data-preview]"))
        self.assertEqual(self._live(), before)
        answer = self.press(page, "send", self.path(draft), message="Le registre est retrouvé.")
        self.assertEqual(answer.status_code, 303, self.words(answer))
        draft.invalidate_recordset()
        self.assertEqual(draft.state, "submitted")
        page = self.get(answer.headers["Location"])
        self.assertIn("Le registre est retrouvé.", self.words(page))
        self.assertIn("1852", self.words(page, "//ins"))
        self.assertEqual(self._live(), before)

    def test_what_is_wrong_is_told_beside_its_field_and_the_rest_is_kept(self):
        draft = self._draft(self.camille)
        self.sign_in(self.camille)
        page = self.get(self.path(draft))
        answer = self.press(
            page,
            "send",
            self.path(draft),
            files=[("photo", ("lavoir.png", picture(), "image/png"))],
            depth="profond",
            story="Bâti en 1852.",
            hours_ids__0__day="Mardi",
            hours_ids__0__hour_from="tôt",
        )
        self.assertEqual(answer.status_code, 422)
        errors = self.errors(answer)
        self.assertEqual(set(errors), {"depth", "hours_ids.0.hour_from"})
        self.assertEqual(self.value(answer, "depth"), "profond")
        self.assertEqual(self.value(answer, "hours_ids.0.hour_from"), "tôt")
        self.assertEqual(self.value(answer, "hours_ids.0.day"), "Mardi")
        draft.invalidate_recordset()
        self.assertEqual(draft.sudo().values["story"], "Bâti en 1852.")
        self.assertTrue(answer.tree.xpath("//main//img[contains(@src, '/contributions/')]"))
        answer = self.press(
            answer, "send", self.path(draft), depth="2", hours_ids__0__hour_from="8 h"
        )
        self.assertEqual(set(self.errors(answer)), {"photo_alt"})
        answer = self.press(answer, "send", self.path(draft), photo_alt="Le lavoir")
        self.assertEqual(answer.status_code, 303, self.words(answer))
        self.reader_publishes(draft)
        self.assertTrue(self._photo())
        self.assertEqual(self.house.hours_ids.hour_from, 8)

    def reader_publishes(self, draft):
        draft.invalidate_recordset()
        accept(self._as(draft, self.reader))

    def test_the_picture_of_a_new_line_stays_when_the_form_comes_back(self):
        draft = self._draft(self.camille)
        self.sign_in(self.camille)
        self.press(
            self.get(self.path(draft)),
            "add.hours_ids",
            self.path(draft),
            files=[("hours_ids.0.picture", ("a.png", picture("blue"), "image/png"))],
            hours_ids__0__day="Mardi",
        )
        page = self.get(self.path(draft) + "?ligne=hours_ids")
        self.assertEqual(len(page.tree.xpath("//*[contains(@class, 'et-lines__row')]")), 2)
        self.press(page, "keep", self.path(draft), hours_ids__1__day="Jeudi")
        draft.invalidate_recordset()
        rows = draft.sudo().values["hours_ids"]
        self.assertEqual([row["day"] for row in rows], ["Mardi", "Jeudi"])
        self.assertTrue(rows[0]["picture"])
        page = self.get(self.path(draft))
        self.press(page, "keep", self.path(draft), hours_ids__0___remove="1")
        draft.invalidate_recordset()
        self.assertEqual([row["day"] for row in draft.sudo().values["hours_ids"]], ["Jeudi"])

    def test_a_form_of_another_site_is_shown_and_keeps_nothing(self):
        draft = self._draft(self.camille)
        self.sign_in(self.camille)
        page = self.get(self.path(draft))
        answer = self.press(page, "keep", self.path(draft), story="Ailleurs.", csrf_token="x")
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self.value(answer, "story"), "Ailleurs.")
        draft.invalidate_recordset()
        self.assertNotEqual(draft.sudo().values["story"], "Ailleurs.")

    def test_a_photo_that_did_not_arrive_is_told(self):
        draft = self._draft(self.camille)
        self.sign_in(self.camille)
        page = self.get(self.path(draft))
        empty = [("photo", ("lavoir.jpg", b"", "image/jpeg"))]
        answer = self.press(page, "keep", self.path(draft), empty)
        self.assertIn("vide", self.errors(answer).get("photo", ""))

    def test_a_disk_that_is_full_takes_the_photo_only(self):
        draft = self._draft(self.camille)
        self.sign_in(self.camille)
        page = self.get(self.path(draft))
        photo = [("photo", ("lavoir.png", picture(), "image/png"))]
        Revision = type(self.env["content.revision"])
        with patch.object(Revision, "_keep_image", side_effect=FileNotKept("Plus de place.")):
            answer = self.press(page, "keep", self.path(draft), photo, story="Un.")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Plus de place", self.errors(answer).get("photo", ""))
        draft.invalidate_recordset()
        self.assertEqual(draft.sudo().values["story"], "Un.")

    def test_two_tabs_lose_nothing(self):
        draft = self._draft(self.camille)
        self.sign_in(self.camille)
        first, second = self.get(self.path(draft)), self.get(self.path(draft))
        self.press(first, "keep", self.path(draft), story="Un.")
        answer = self.press(second, "keep", self.path(draft), story="Deux.")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("un autre onglet", self.notice(answer))
        self.assertEqual(self.value(answer, "story"), "Deux.")
        self.assertEqual(self.asked_again(answer), self.path(draft))
        draft.invalidate_recordset()
        self.assertEqual(draft.sudo().values["story"], "Un.")
        answer = self.press(answer, "keep", self.path(draft))
        self.assertEqual(answer.status_code, 303)
        draft.invalidate_recordset()
        self.assertEqual(draft.sudo().values["story"], "Deux.")

    def test_pressed_twice_it_is_sent_once(self):
        draft = self._draft(self.camille)
        self.sign_in(self.camille)
        page = self.get(self.path(draft))
        for _press in range(2):
            answer = self.press(page, "send", self.path(draft), story="Un.", message="Bonjour.")
            self.assertEqual(answer.status_code, 303, self.words(answer))
            self.assertIn("fait=envoye", answer.headers["Location"])
        draft.invalidate_recordset()
        self.assertEqual(len(draft._get_words()), 1)

    def test_a_page_that_stayed_open_loses_nothing(self):
        draft = self._draft(self.camille)
        self.sign_in(self.camille)
        page = self.get(self.path(draft))
        answer = self.press(page, "keep", self.path(draft), story="Un.", csrf_token="faux")
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self.value(answer, "story"), "Un.")
        answer = self.press(answer, "keep", self.path(draft))
        self.assertEqual(answer.status_code, 303)

    def test_the_preview_of_what_is_typed_keeps_nothing(self):
        draft = self._draft(self.camille)
        self.sign_in(self.camille)
        page = self.get(self.path(draft))
        answer = self.press(page, "", self.path(draft) + "/apercu", story="Pas encore.")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Pas encore.", answer.text)
        draft.invalidate_recordset()
        self.assertNotEqual(draft.sudo().values["story"], "Pas encore.")

    def test_taken_back_given_up_and_a_new_one(self):
        draft = self._sent(self.camille)
        self.sign_in(self.camille)
        page = self.get(self.path(draft))
        answer = self.press(page, "comment", self.path(draft) + "/acte", message="Une question.")
        self.assertIn("fait=message", answer.headers["Location"])
        page = self.get(self.path(draft))
        self.assertIn("Une question.", self.words(page))
        answer = self.press(page, "take_back", self.path(draft) + "/acte")
        draft.invalidate_recordset()
        self.assertEqual(draft.state, "draft")
        path = self.path(draft) + "/retirer"
        page = self.get(path)
        draft.invalidate_recordset()
        self.assertEqual(draft.state, "draft", "asked first")
        self.press(page, "", path)
        draft.invalidate_recordset()
        self.assertEqual(draft.state, "withdrawn")
        page = self.get("/my/contributions")
        data = self.form(page)
        for _press in range(2):
            answer = self.post("/my/contributions/nouveau", data)
        new = self.env["content.revision"].search([("kind", "=", "create")])
        self.assertEqual(len(new), 1, "pressed twice, begun once")
        self.assertEqual(new.organisation_id, self.association)
        self.assertTrue(answer.headers["Location"].endswith(self.path(new)))
        self.assertIn("Proposer", self.words(self.get(self.path(new)), "//h1"))

    def test_a_correction_is_asked_on_top_with_its_message(self):
        draft = self._sent(self.camille)
        self._as(draft, self.reader).action_ask_changes("Ajoutez le prix.")
        self.sign_in(self.camille)
        page = self.get("/my/contributions")
        self.assertIn("Ajoutez le prix.", self.words(page, "//section[@aria-labelledby='a-vous']"))
        space = self.get("/my")
        self.assertIn("Une correction", self.words(space))
        page = self.get(self.path(draft))
        self.assertIn("Ajoutez le prix.", self.words(page, "//section[@aria-labelledby='a-vous']"))

    def test_a_removal_that_waits_for_the_town_hall_is_sent_as_it_is(self):
        """No field to type; why, and what it does."""
        hall = self.secretary._get_town_halls()[:1]
        removal = self.env["content.revision"]._prepare_removal_for(
            hall, self.house, "Personne ne le demande plus."
        )
        self.sign_in(self.secretary)
        self.assertIn("Retirer du site", self.words(self.get("/my/contributions")))
        page = self.get(self.path(removal))
        self.assertIn("À retirer du site", self.words(page))
        self.assertIn("Personne ne le demande plus.", self.words(page))
        shown = page.tree.xpath("//main//input[@name='_shown']|//*[@id='apercu']")
        self.assertEqual(shown, [])
        before = self.house.sudo().story
        sent = self.press(page, "send", self.path(removal), story="Autre")
        self.assertEqual(sent.status_code, 303)
        self.assertEqual((removal.state, removal.author_id), ("submitted", self.secretary))
        self.assertTrue(self.house.sudo().is_online)
        accept(self._as(removal, self.reader))
        self.house.invalidate_recordset()
        self.assertEqual((self.house.sudo().is_online, self.house.sudo().story), (False, before))

    def test_a_conflict_shows_both_and_keeps_hers(self):
        theirs = self._sent(self.secretary, story="Bâti en 1860.")
        draft = self._draft(self.camille, story="Bâti en 1852.")
        accept(self._as(theirs, self.reader))
        self.sign_in(self.camille)
        answer = self.press(self.get(self.path(draft)), "send", self.path(draft))
        self.assertTrue(answer.headers["Location"].endswith("/conflit"))
        page = self.get(answer.headers["Location"])
        self.assertIn("1860", self.words(page, "//del"))
        self.assertIn("1852", self.words(page, "//ins"))
        answer = self.press(page, "keep_mine", self.path(draft) + "/acte")
        answer = self.press(self.get(self.path(draft)), "send", self.path(draft))
        self.assertIn("fait=envoye", answer.headers["Location"])

    def test_an_earlier_version_is_compared_and_proposed_again(self):
        self._published(self.secretary, story="Bâti en 1860.")
        self.sign_in(self.camille)
        path = f"/my/contributions/page/wash.house/{self.house.id}"
        page = self.get(path)
        ids = page.tree.xpath("//select[@name='de']/option/@value")
        self.assertEqual(len(ids), 2)
        page = self.get(f"{path}?de={ids[1]}&a={ids[0]}")
        self.assertIn("1860", self.words(page, "//ins"))
        data = self.form(page, 2)
        answer = self.post(path, {**data, "_do": "restore"})
        self.assertIn("fait=version", answer.headers["Location"])
        draft = self.env["content.revision"].search([("state", "=", "draft")])
        self.assertEqual(draft.sudo().values["story"], "Bâti en 1850, près du moulin.")
        self.assertEqual(self.house.story, "Bâti en 1860.", "not before it is accepted")

    def test_what_is_begun_is_neither_replaced_nor_doubled(self):
        self._published(self.secretary, story="Bâti en 1860.")
        sent = self._sent(self.camille, depth="2")
        draft = self._draft(self.camille, depth="3")
        self.sign_in(self.camille)
        path = f"/my/contributions/page/wash.house/{self.house.id}"
        answer = self.post(path, {**self.form(self.get(path), 2), "_do": "restore"})
        answer = (
            answer,
            self.press(self.get(self.path(sent)), "take_back", self.path(sent) + "/acte"),
        )
        for page in answer:
            self.assertEqual(page.status_code, 422)
            self.assertIn("envoyez-la ou renoncez-y", self.notice(page))
            self.assertTrue(page.tree.xpath(f"//main//a[@href='{self.path(draft)}']"))

    def test_the_commune_of_a_new_page_is_asked(self):
        path = "/my/contributions/nouveau"
        self.sign_in(self.manager)
        data = self.form(self.get("/my/contributions"))
        answer = self.post(path, {**data, "model": "wash.house", "pour": "moi"})
        self.assertEqual(answer.status_code, 303)
        page = self.get(answer.headers["Location"])
        chosen = page.tree.xpath("//main//select[@name='commune']/option/@value")
        self.assertIn(str(self.other_commune.id), chosen)
        answer = self.press(page, "", path)
        self.assertEqual(set(self.errors(answer)), {"commune"})
        answer = self.press(answer, "", path, commune=str(self.other_commune.id))
        new = self.env["content.revision"].search(
            [("kind", "=", "create"), ("author_id", "=", self.manager.id)]
        )
        self.assertEqual(new.commune_ids, self.other_commune)
        self.assertTrue(answer.headers["Location"].endswith(self.path(new)))

    def test_paragraphs_and_lines_that_move_are_kept(self):
        draft = self._draft(self.camille, body="<p>Un deux trois.</p>")
        self.sign_in(self.camille)
        for typed, kept in (
            ("Un deux.\n\nTrois.", 2),
            ("Un deux. Trois.", 1),
            ("Un deux.\n\nTrois.", 2),
            ("Un deux.\nTrois.", 1),
        ):
            self.press(self.get(self.path(draft)), "keep", self.path(draft), body=typed)
            draft.invalidate_recordset()
            body = str(draft.sudo().body)
            self.assertEqual(body.count("<p>"), kept, typed)
        self.assertIn("<br", body)
        before = body
        self.press(self.get(self.path(draft)), "keep", self.path(draft))
        draft.invalidate_recordset()
        self.assertEqual(str(draft.sudo().body), before, "as it was: nothing is written again")

    def test_what_is_too_long_is_told_and_nothing_of_it_is_cut(self):
        draft = self._draft(self.camille, story="Un.")
        self.sign_in(self.camille)
        long = "mot " * 600
        page = self.get(self.path(draft))
        answer = self.press(page, "send", self.path(draft), message=long, body="b" * 20_001)
        self.assertEqual(answer.status_code, 422)
        self.assertLessEqual({"message", "body"}, set(self.errors(answer)))
        self.assertEqual(self.value(answer, "message"), long.strip())
        self.assertEqual(len(self.value(answer, "body")), 20_001)
        draft.invalidate_recordset()
        self.assertEqual(draft.state, "draft")
        answer = self.press(answer, "send", self.path(draft), message="Court.", body="")
        self.assertEqual(answer.status_code, 303, self.words(answer))
        answer = self.press(
            self.get(self.path(draft)), "comment", self.path(draft) + "/acte", message=long
        )
        self.assertEqual(answer.status_code, 422)
        self.assertIn(long.strip(), self.value(answer, "message"))
        self.sign_in(self.reader)
        path = f"/my/a-relire/{draft.id}"
        answer = self.press(self.get(path), "correct", path, message=long)
        self.assertEqual(set(self.errors(answer)), {"message"})

    def test_the_secretary_publishes_what_cannot_wait(self):
        draft = self._draft(self.secretary, story="Fermé : un mur est tombé.")
        self.sign_in(self.secretary)
        self.assertEqual(self.url_open(self.path(draft) + "/urgent").status_code, 404)
        self.type.allow_urgent = True
        path = self.path(draft) + "/urgent"
        page = self.get(path)
        answer = self.press(page, "", path)
        self.assertEqual(set(self.errors(answer)), {"reason", "sure"})
        self.assertEqual(self.house.version, 1)
        answer = self.press(answer, "", path, reason="Un mur est tombé.", sure="1")
        self.assertEqual(answer.status_code, 303)
        self.house.invalidate_recordset()
        self.assertEqual(self.house.story, "Fermé : un mur est tombé.")

    def test_images_are_served_to_those_who_may_see_them(self):
        draft = self._draft(self.camille)
        self._set_image(draft)
        path = f"/contributions/{draft.id}/photo"
        self.sign_in(self.sacha)
        answer = self.url_open(path)
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "image/png"))
        self.assertIn("private", answer.headers["Cache-Control"])
        for user in (self.stranger, self.reader):
            self.sign_in(user)
            self.assertEqual(self.url_open(path).status_code, 404, user.login)
        public = f"/contenu/wash.house/{self.house.id}/photo"
        self.assertEqual(self.url_open(public).status_code, 404)
        draft.action_submit()
        self.reader_publishes(draft)
        self.authenticate(None, None)
        answer = self.url_open(f"{public}?v=2")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("immutable", answer.headers["Cache-Control"])
        self.assertEqual(base64.b64encode(answer.content), self.house.sudo().photo)
        for field in ("rank", "body", "image_1920", "photo_alt", "__class__"):
            url = f"/contenu/wash.house/{self.house.id}/{field}"
            self.assertEqual(self.url_open(url).status_code, 404, field)
        for url in (
            "/contenu/res.partner/1/image_1920",
            "/contenu/wash.house/x/photo",
            "/contenu/wash.house/99999999999999999999/photo",
        ):
            self.assertEqual(self.url_open(url).status_code, 404, url)
        self.house.with_user(self.reader).action_take_offline("Une photo d'enfant.")
        self.assertEqual(self.url_open(public).status_code, 404)
