from datetime import datetime, timedelta
from urllib.parse import urlencode

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.content_review.controllers import stale, stale_choice

from .test_pages_contributor import ContentPageCase
from .test_review import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewPages(ReviewCase, ContentPageCase):
    def test_opening_the_link_confirms_nothing_one_press_does(self):
        review = self._asked()
        path = review._get_link(self.camille)
        page = self.get(path)
        self.assertEqual(review.state, "asked", "A scanner of mails opens links")
        self.assertKeptNowhere(page)
        self.assertIn("Bâti en 1850", self.words(page))
        answer = self.post(path, {"csrf_token": "x"})
        self.assertEqual((answer.status_code, self.asked_again(answer)), (422, path))
        self.assertEqual(review.state, "asked")
        sent = self.form(page)
        answer = self.post(path, sent)
        self.assertEqual(answer.status_code, 303, self.words(answer))
        self.assertEqual(self.house.date_verified, self.today)
        again = self.post(path, sent)
        self.assertEqual(again.status_code, 200, "Pressed twice")
        self.assertIn("rien à faire", self.words(again))
        page = self.get(answer.headers["Location"])
        self.assertKeptNowhere(page)
        self.assertIn("vérifiée aujourd'hui", self.notice(page))
        again = self.post(path, {**self.hidden(page), "csrf_token": ""})
        self.assertFalse(self.get(path).tree.xpath("//main//form"))
        self.assertNotEqual(again.status_code, 500)
        foot = (
            self.env["ir.qweb"]
            .with_context(lang="fr_FR")
            ._render("website_parts.content_foot", {"content": self.house})
        )
        self.assertIn("25 novembre 2026", str(foot))
        self.assertIn("Vérifié le", str(foot))

    def test_the_next_page_is_one_press_further(self):
        house = self.env["wash.house"]._create_as(
            "data", {"name": "Puits"}, fixed={"owner_id": self.association.id}
        )
        self._make_old(house)
        self._asked()
        first = self.env["content.review"]._find_next(self.camille)[0]
        path = first._get_link(self.camille)
        answer = self.post(path, self.form(self.get(path)))
        page = self.get(answer.headers["Location"])
        path = page.tree.xpath("//main//a[contains(@href, '/verifier/')]/@href")[0]
        self.post(path, self.form(self.get(path)))
        self.assertEqual(set(self.campaign.review_ids.mapped("state")), {"confirmed"})

    def test_opening_the_link_with_all_that_the_form_sends_confirms_nothing(self):
        review = self._asked()
        path = review._get_link(self.camille)
        sent = self.form(self.get(path))
        self.assertTrue(sent["csrf_token"])
        page = self.get(f"{path}?{urlencode(sent, doseq=True)}")
        self.assertEqual(page.status_code, 200, "Nothing was tried")
        self.assertEqual((review.state, self.house.date_verified), ("asked", False))

    def test_the_next_links_are_given_right_after_the_answer_only(self):
        house = self.env["wash.house"]._create_as(
            "data", {"name": "Puits"}, fixed={"owner_id": self.association.id}
        )
        self._make_old(house)
        self._asked()
        review = self.env["content.review"]._find_next(self.camille)[0]
        path = review._get_link(self.camille)
        done = self.post(path, self.form(self.get(path))).headers["Location"]
        self.assertTrue(self._list_keys(self.get(done)))
        proof = done.partition("?")[2]
        found = self.env["content.review"]._find_by_token(path.rpartition("/")[2])
        self.assertEqual(found, (review, self.camille))
        for used in (
            path,
            f"{path}?fait=exact",
            f"{path}?fait=",
            f"{path}?{proof}x",
            f"{review._get_link(self.sacha)}?{proof}",
        ):
            page = self.get(used)
            self.assertEqual(page.status_code, 200, used)
            self.assertFalse(self._list_keys(page), used)
            self.assertTrue(page.tree.xpath("//main//a[@href='/my/contributions/a-verifier']"))
        with freeze_time(datetime.now() + timedelta(minutes=11)):
            self.assertFalse(self._list_keys(self.get(done)))

    def _list_keys(self, page):
        return page.tree.xpath("//main//a[contains(@href, '/verifier/')]")

    def test_who_comes_after_the_end_is_not_told_that_she_has_answered(self):
        review = self._asked()
        self.campaign.action_end()
        page = self.get(review._get_link(self.camille))
        self.assertNotIn("rien à faire", self.words(page))
        self.assertIn("jamais trop tard", self.words(page))
        self.assertTrue(page.tree.xpath("//main//a[@href='/my/contributions/a-verifier']"))

    def test_the_proof_of_an_answer_is_of_that_answer_and_opens_nothing(self):
        review = self._asked()
        other = self.env["content.review"]._make(self._make_well())
        proof = review._sign_done(self.camille)
        self.assertTrue(review._is_just_done(self.camille, proof))
        for wrong in (
            other._sign_done(self.camille),
            review._sign_done(self.sacha),
            self._token(review, self.camille),
            f"{proof}x",
            "é",
            "",
        ):
            self.assertFalse(review._is_just_done(self.camille, wrong), wrong)
        self.assertFalse(self.env["content.review"]._find_by_token(proof)[0])

    def _make_well(self, **fixed):
        fixed = fixed or {"owner_id": self.association.id}
        return self.env["wash.house"]._create_as("data", {"name": "Puits"}, fixed=fixed)

    def test_a_closed_account_and_a_page_off_the_site_confirm_nothing(self):
        review = self._asked()
        self.camille.active = False
        with self.assertRaisesRegex(UserError, "somebody else"):
            review._confirm(self.camille, is_by_link=True)
        self.house.with_user(self.reader).action_take_offline("Il est tombé.")
        with self.assertRaisesRegex(UserError, "not online"):
            review._confirm(self.sacha, is_by_link=True)
        self.assertFalse(self.house.date_verified)

    def test_what_comes_next_is_what_is_asked_of_her_and_that_she_may_answer(self):
        self._asked()
        well = self._make_well()
        asked = self.env["content.review"]._make(well)
        Review = self.env["content.review"]
        self.assertNotIn(asked, Review._find_next(self.camille), "It is asked of nobody")
        asked.user_ids = self.camille
        self.assertIn(asked, Review._find_next(self.camille))
        well._publish_as("test", {}, is_online=False)
        self.assertNotIn(asked, Review._find_next(self.camille))

    def test_who_keeps_it_no_more_is_not_reminded_and_each_of_what_is_hers(self):
        self._make_old(self._make_well(commune_id=self.commune.id))
        self._asked()
        self.assertEqual(len(self._told()), 3)
        self.env["partner.delegate"].search(
            [("person_id", "=", self.camille.partner_id.id)]
        ).state = "ended"
        with freeze_time("2026-12-20"):
            self.campaign._cron_run()
        told = dict(self._told())
        self.assertEqual(set(told), {self.sacha.email_formatted, self.secretary.email_formatted})
        self.assertIn("Puits", told[self.secretary.email_formatted])
        self.assertNotIn("Lavoir du Moulin", told[self.secretary.email_formatted])

    def assertKeptNowhere(self, page):  # noqa: N802
        """Its address is a key."""
        names = ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")
        told = [page.headers.get(name) for name in names]
        self.assertEqual(told, ["no-store", "noindex", "no-referrer"])

    def test_links_are_not_guessed_without_end_and_true_ones_count_nothing(self):
        path = self._asked()._get_link(self.camille)
        self.env["public.guard"]._hit("content.review", "127.0.0.1", 60, 3600, by=59)
        for _again in range(2):
            self.assertEqual(self.get(path).status_code, 200)
        self.assertEqual(self.get("/verifier/invente").status_code, 404)
        page = self.get(path)
        self.assertEqual(page.status_code, 429)
        self.assertTrue(page.tree.xpath("//main//h1"))
        self.assertKeptNowhere(page)

    def test_a_forged_link_and_a_stranger(self):
        review = self._asked()
        page = self.get("/verifier/invente")
        self.assertEqual(page.status_code, 404)
        self.assertKeptNowhere(page)
        self.assertIn("ce lien", self.words(page, "//h1").lower())
        self.assertTrue(page.tree.xpath("//main//a[@href='/my/contributions/a-verifier']"))
        forged = review._get_link(self.stranger)
        page = self.get(forged)
        self.assertFalse(page.tree.xpath("//main//form"))
        self.assertEqual(review.state, "asked")

    def test_what_is_to_be_checked_by_commune(self):
        self.sign_in(self.secretary)
        path = "/my/contributions/a-verifier"
        self.assertIn("À vérifier", self.words(self.get("/my/contributions")))
        page = self.get(path)
        self.assertIn("Valmont", self.words(page, "//main//li"))
        self.assertIn("Lavoir du Moulin", self.words(page))
        forms = page.tree.xpath("//main//form[@method='post']")
        index = 1 + next(
            rank
            for rank, form in enumerate(forms)
            if form.xpath(".//input[@name='model'][@value='wash.house']")
        )
        for _press in range(2):
            answer = self.post(path, self.form(page, index))
            self.assertEqual(answer.status_code, 303, self.words(answer))
        self.assertEqual(self.house.date_verified, self.today)
        self.assertEqual(self.env["content.review"].search_count([]), 1, "Noted once")
        self.assertNotIn("Lavoir du Moulin", self.words(self.get(path), "//main//li"))

    def test_the_figures_are_for_the_staff(self):
        path = "/my/contributions/a-verifier/chiffres"
        for login in (self.camille, self.secretary, self.stranger):
            self.sign_in(login)
            self.assertEqual(self.get(path).status_code, 404, login.login)
            self.assertNotIn(path, self.get("/my/contributions/a-verifier").text)
        self.sign_in(self.manager)
        self.assertIn(path, self.get("/my/contributions/a-verifier").text)
        page = self.get(path)
        kind = self.type.with_context(lang="fr_FR").name
        row = page.tree.xpath(f"//main//tbody/tr[contains(th, '{kind}')]")[0]
        cells = ["".join(cell.itertext()).strip() for cell in row.xpath("td")]
        self.assertEqual(cells, ["1", "0", "0 %", "6 mois"])

    def test_a_long_list_is_narrowed_by_commune_and_kind_and_cut(self):
        self.patch(stale_choice, "PAGE_SIZE", 2)
        self.commune.copy({"name": "Clairval-le-Haut", "insee_code": "99077"})
        self.sign_in(self.manager)
        path = "/my/contributions/a-verifier"

        def list_names(query):
            page = self.get(f"{path}?{query}")
            self.assertEqual(page.status_code, 200, query)
            return page.tree.xpath("//main//ul[contains(@class, 'et-rows')]/li/div/a/text()")

        names = list_names(f"commune={self.commune.id}&genre=wash.house")
        self.assertEqual(names, ["Lavoir du Moulin"])
        page = self.get(f"{path}?commune={self.commune.id}&genre=wash.house")
        self.assertEqual(
            page.tree.xpath("//select/option[@selected]/@value"),
            [str(self.commune.id), "wash.house"],
        )
        # What is confirmed there leads back there.
        answer = self.post(
            page.tree.xpath("//main//form[@method='post']/@action")[0], self.form(page)
        )
        self.assertIn(f"commune={self.commune.id}", answer.headers["Location"])
        self.assertEqual(list_names(f"commune={self.commune.id}&genre=wash.house"), [])
        self.assertEqual(len(list_names("")), 2)
        self.assertFalse({*list_names("page=1")} & {*list_names("page=2")})
        for hostile in ("commune=x&genre=x'&page=-1", "page=999999", "commune=99999999999999"):
            list_names(hostile)
        for beyond in ("page=999999", "page=0"):
            self.assertTrue(list_names(beyond), beyond)
        self.assertEqual(len(list_names("genre=territory.commune")), 2)
        self.patch(stale, "ROWS", 1)
        self.assertEqual(len(list_names("genre=territory.commune")), 1, "The list has an end")

    def test_a_page_of_two_communes_is_found_under_each_and_told_under_hers(self):
        both = self.other_commune | self.commune
        self.patch(self.registry["wash.house"], "_get_approval_communes", lambda _house: both)
        path = "/my/contributions/a-verifier"
        self.sign_in(self.secretary)
        row = self.get(path).tree.xpath("//main//li[.//a[text()='Lavoir du Moulin']]")[0]
        self.assertIn(self.commune.name, row.text_content())
        self.assertNotIn(self.other_commune.name, row.text_content())
        for commune in both:
            page = self.get(f"{path}?commune={commune.id}&genre=wash.house")
            self.assertIn("Lavoir du Moulin", self.words(page), commune.name)

    def test_the_neighbour_neither_sees_nor_confirms(self):
        self.sign_in(self.secretary)
        path = "/my/contributions/a-verifier"
        data = self.form(self.get(path))
        data |= {"model": ["wash.house"], "content": [str(self.house.id)]}
        other = self._new_staff("secretaire.clairval", "secretary")
        other.territory_commune_ids = self.other_commune
        # No secretary any more, and still said to be of this commune.
        self.dpo.territory_commune_ids = self.commune
        for user in (self.stranger, other, self.dpo):
            user.sudo().password = self.password
            self.sign_in(user)
            page = self.get(path)
            self.assertNotIn("Lavoir", self.words(page))
            self.assertEqual(self.post(path, data).status_code, 404)
            take = f"/my/contributions/page/wash.house/{self.house.id}/retirer"
            self.assertEqual(self.get(take).status_code, 404)
        self.assertFalse(self.house.date_verified)

    def test_a_page_that_is_there_whoever_writes_it_is_not_taken_off(self):
        every = Domain.TRUE
        self.patch(self.registry["wash.house"], "_get_shown_domain", lambda _self: every)
        self.sign_in(self.secretary)
        path = f"/my/contributions/page/wash.house/{self.house.id}/retirer"
        self.assertEqual(self.get(path).status_code, 404)

    def test_a_page_that_is_off_the_site_is_not_taken_off_again(self):
        self.house._publish_as("test", {}, is_online=False)
        self.sign_in(self.secretary)
        path = f"/my/contributions/page/wash.house/{self.house.id}/retirer"
        self.assertEqual(self.get(path).status_code, 404)

    def test_taking_off_asks_why_and_is_a_proposal(self):
        self.sign_in(self.camille)
        path = f"/my/contributions/page/wash.house/{self.house.id}/retirer"
        page = self.get(path)
        answer = self.press(page, "", path)
        self.assertEqual(set(self.errors(answer)), {"raison"})
        answer = self.press(page, "", path, raison="Il est tombé. " * 200)
        self.assertEqual(set(self.errors(answer)), {"raison"}, "Nothing is cut without a word")
        answer = self.press(page, "", path, raison="Il est tombé.")
        self.assertEqual(answer.status_code, 303, self.words(answer))
        revision = self.env["content.revision"].search([("kind", "=", "remove")])
        self.assertEqual(revision.state, "submitted")
        self.assertTrue(self.house.is_online)
