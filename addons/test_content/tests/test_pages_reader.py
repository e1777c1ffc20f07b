from odoo.tests import tagged

from odoo.addons.territory_base import clock

from .test_pages_contributor import ContentPageCase


@tagged("post_install", "-at_install")
class TestPagesReader(ContentPageCase):
    def page_of(self, draft):
        return f"/my/a-relire/{draft.id}"

    def test_read_and_accepted_in_one_press_then_the_next_one(self):
        draft = self._sent(self.camille)
        other = self.env["content.revision"].with_user(self.camille)
        other = other._begin_new("wash.house", communes=self.commune)
        other._change({"name": "Lavoir du Haut"})
        other.action_submit()
        self.sign_in(self.reader)
        page = self.get("/my/a-relire")
        self.assertIn("2", self.words(page, "//h1"))
        page = self.get(self.page_of(draft))
        self.assertIn("1852", self.words(page, "//ins"))
        self.assertIn("1850", self.words(page, "//del"))
        self.assertIn("ajouté", self.words(page, "//ins"))
        self.assertIn("retiré", self.words(page, "//del"))
        for _press in range(2):
            answer = self.press(page, "accept", self.page_of(draft))
            self.assertEqual(answer.status_code, 303, self.words(answer))
        self.assertIn(self.page_of(other), answer.headers["Location"])
        self.house.invalidate_recordset()
        self.assertEqual(
            (self.house.story, self.house.version), ("Bâti en 1852, près du moulin.", 2)
        )
        page = self.get(answer.headers["Location"])
        # It says which page is online: this one, below, is another.
        self.assertIn("Lavoir du Moulin : c'est en ligne", self.plain(page))
        self.assertIn("Voici la suivante", self.notice(page))
        for number in (0, "x", 2**31, draft.id + 10_000):
            page = self.get(f"{self.page_of(other)}?fait=accepte&lu={number}")
            self.assertIn("en ligne", self.notice(page))
        answer = self.press(page, "accept", self.page_of(other))
        place = f"/my/a-relire?fait=accepte&lu={other.id}"
        self.assertTrue(answer.headers["Location"].endswith(place))
        self.assertIn("Rien ne vous attend", self.words(self.get("/my/a-relire")))

    def plain(self, page):
        return " ".join(self.notice(page).replace("’", "'").split())

    def test_what_was_changed_while_the_page_was_open_is_read_first(self):
        draft = self._sent(self.camille)
        self.sign_in(self.reader)
        page = self.get(self.page_of(draft))
        contributor = self._as(draft, self.camille)
        contributor.action_take_back()
        contributor._change({"story": "Bâti en 1950."})
        contributor.action_submit()
        answer = self.press(page, "accept", self.page_of(draft))
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self.asked_again(answer), self.page_of(draft))
        self.assertIn("1950", self.words(answer, "//ins"))
        draft.invalidate_recordset()
        self.assertEqual(draft.state, "submitted")
        answer = self.press(answer, "accept", self.page_of(draft))
        self.assertEqual(answer.status_code, 303)

    def test_a_correction_needs_a_message(self):
        draft = self._sent(self.camille)
        self.sign_in(self.reader)
        page = self.get(self.page_of(draft))
        answer = self.press(page, "correct", self.page_of(draft))
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(set(self.errors(answer)), {"message"})
        answer = self.press(answer, "correct", self.page_of(draft), message="Ajoutez le prix.")
        self.assertEqual(answer.status_code, 303)
        draft.invalidate_recordset()
        self.assertEqual(draft.state, "changes_asked")

    def test_an_absent_colleague_is_named(self):
        self.env["content.absence"].create(
            {
                "user_id": self.reader.id,
                "delegate_id": self.agent.id,
                "date_start": clock.today(),
                "date_end": clock.today(),
            }
        )
        draft = self._sent(self.camille)
        self.sign_in(self.agent)
        self.assertIn(self.reader.name, self.words(self.get("/my/a-relire")))
        self.assertIn(self.reader.name, self.words(self.get(self.page_of(draft))))

    def test_an_urgent_change_is_read_afterwards(self):
        self.type.allow_urgent = True
        for wanted, version in (("right", 2), ("undo", 4)):
            draft = self._draft(self.secretary, story=f"Fermé {version}.")
            draft.action_publish_urgent("Vite.")
            self.sign_in(self.reader)
            page = self.get(self.page_of(draft))
            answer = self.press(page, wanted, self.page_of(draft), message="Vu.")
            self.assertEqual(answer.status_code, 303, self.words(answer))
            self.house.invalidate_recordset()
            self.assertEqual(self.house.version, version)

    def test_mails_lead_each_to_her_page(self):
        draft = self._sent(self.camille)
        self.assertIn("/my/a-relire/", draft.with_context(reader=self.reader)._get_url())
        self.assertIn("/my/contributions/", draft.with_context(reader=self.camille)._get_url())


@tagged("post_install", "-at_install")
class TestPagesRights(ContentPageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_secretary = cls._new_staff("autre.secretaire", "secretary")
        cls.other_secretary.territory_commune_ids = cls.other_commune
        cls.other_secretary.sudo().password = cls.password
        cls.dpo.sudo().password = cls.password

    def status(self, user, path):
        if user is None:
            self.authenticate(None, None)
        else:
            self.sign_in(user)
        return self.url_open(path, allow_redirects=False).status_code

    def test_who_opens_which_page(self):
        draft = self._draft(self.camille, story="Un.")
        found = {
            user.login: (
                self.status(user, f"/my/contributions/{draft.id}"),
                self.status(user, f"/my/contributions/{draft.id}/apercu"),
                self.status(user, f"/my/a-relire/{draft.id}"),
            )
            for user in (
                self.camille,
                self.sacha,
                self.stranger,
                self.secretary,
                self.other_secretary,
                self.reader,
                self.agent,
                self.manager,
                self.dpo,
            )
        }
        none = (404, 404, 404)
        self.assertEqual(
            found,
            {
                self.camille.login: (200, 200, 303),
                self.sacha.login: (200, 200, 303),
                self.stranger.login: none,
                self.secretary.login: none,
                self.other_secretary.login: none,
                self.reader.login: none,
                self.agent.login: none,
                self.manager.login: (303, 200, 200),
                self.dpo.login: (303, 200, 200),
            },
        )
        draft.action_submit()
        self.assertEqual(self.status(self.reader, f"/my/a-relire/{draft.id}"), 200)
        self.assertEqual(self.status(self.fallback, f"/my/a-relire/{draft.id}"), 404)
        self.assertEqual(self.status(None, f"/my/contributions/{draft.id}"), 303)

    def test_who_may_only_look_writes_nothing(self):
        draft = self._draft(self.camille, story="Un.")
        self.sign_in(self.manager)
        for act in ("retirer", "urgent", "conflit"):
            answer = self.url_open(f"/my/contributions/{draft.id}/{act}", allow_redirects=False)
            self.assertEqual(answer.status_code, 404, act)

    def test_an_earlier_version_of_others_is_compared_and_not_read(self):
        version = self._published(self.camille)
        self.assertEqual(self.status(self.secretary, f"/my/a-relire/{version.id}"), 404)
        path = f"/my/contributions/page/wash.house/{self.house.id}"
        self.assertEqual(self.status(self.secretary, path), 200)

    def test_a_former_delegate_opens_nothing_more(self):
        draft = self._draft(self.camille, story="Un.")
        delegate = self.env["partner.delegate"].search(
            [("person_id", "=", self.camille.partner_id.id)]
        )
        delegate.write({"state": "ended"})
        self.assertEqual(self.status(self.camille, f"/my/contributions/{draft.id}"), 404)
        self.assertEqual(self.status(self.sacha, f"/my/contributions/{draft.id}"), 200)
        path = f"/my/contributions/page/wash.house/{self.house.id}"
        self.assertEqual(self.status(self.camille, path), 404)

    def test_who_does_not_read_it_decides_nothing(self):
        draft = self._sent(self.camille)
        self.sign_in(self.reader)
        data = self.form(self.get(f"/my/a-relire/{draft.id}"))
        for user in (self.manager, self.dpo, self.stranger, self.camille, self.other_secretary):
            self.sign_in(user)
            page = self.get("/my/contributions")
            token = self.form(page).get("csrf_token") or self.hidden(page, "//form").get(
                "csrf_token"
            )
            for wanted in ("accept", "correct", "comment", "right", "undo"):
                answer = self.post(
                    f"/my/a-relire/{draft.id}",
                    {**data, "csrf_token": token or "", "_do": wanted, "message": "Non."},
                )
                self.assertIn(answer.status_code, (303, 404, 422), user.login)
        draft.invalidate_recordset()
        self.assertEqual((draft.state, self.house.version), ("submitted", 1))

    def test_hostile_values_never_break_a_page(self):
        draft = self._draft(self.camille, story="Un.")
        self.sign_in(self.camille)
        for path in (
            "/my/contributions?pour=%00&fait[]=1",
            "/my/contributions?pour=o999999999999999",
            "/my/contributions/99999999999999999999",
            "/my/contributions/-1",
            "/my/contributions/x",
            f"/my/contributions/{draft.id}?fait=%3Cb%3E&ligne=__class__",
            f"/my/contributions/{draft.id}/conflit",
            "/my/contributions/page/res.users/1",
            "/my/contributions/page/wash.house/x?de=a&a=b",
            f"/my/contributions/page/wash.house/{self.house.id}?de=%00&a=99999999999999999",
            f"/contributions/{draft.id}/values",
            f"/contributions/{draft.id}/{'0' * 40}",
            f"/my/contributions/{draft.id}/retirer?x[]=1",
        ):
            self.assertLess(self.url_open(path).status_code, 500, path)
        page = self.get(f"/my/contributions/{draft.id}")
        data = self.form(page)
        for typed in (
            {"hours_ids.0._id": "99999999999999999999999", "hours_ids.0.day": "Mardi"},
            {"hours_ids._row": ["1"] * 500},
            {"hours_ids.0.picture._kept": "0" * 40},
            {"topic_ids": ["x", "-1", "99999999999999"]},
            {"water": "<script>"},
            {"depth": "1e999"},
            {"built_on": "31/31/31"},
            {"_shown": ["rank", "is_online", "name"], "rank": "3", "is_online": "1"},
            {"_do": "add.__class__"},
            {"_do": "add.hours_ids\x00"},
            {"story": "a" * 100_000},
            {"photo": "text in place of a file"},
        ):
            data["_mark"] = self.form(self.get(f"/my/contributions/{draft.id}"))["_mark"]
            answer = self.post(f"/my/contributions/{draft.id}", {**data, "_do": "keep", **typed})
            self.assertLess(answer.status_code, 500, typed)
        self.house.invalidate_recordset()
        self.assertEqual((self.house.rank, self.house.version), (0, 1))

    def test_a_resident_is_shown_nothing_of_it(self):
        self.sign_in(self.stranger)
        self.assertNotIn("/my/contributions", self.get("/my").text)
        self.assertEqual(self.url_open("/my/a-relire").status_code, 404)

    def test_the_list_costs_the_same_with_more_contents(self):
        self.sign_in(self.camille)
        before = self.count_queries("/my/contributions")
        for number in range(8):
            self.env["wash.house"]._create_as(
                "data",
                {"name": f"Lavoir {number}"},
                fixed={"commune_id": self.commune.id, "owner_id": self.association.id},
            )
        self.assertLessEqual(self.count_queries("/my/contributions"), before + 2)
        self.assertLessEqual(before, 60)
