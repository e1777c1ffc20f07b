import base64

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.website_parts.tests.common import photo

from .common import FamilyPages

PAPERS = "/my/famille/papiers"


class PaperPages(FamilyPages):
    """The service asks the insurance of the year for every child."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.waste.reads_family_file = True
        cls.env["family.document.kind"].search([]).active = False
        cls.insurance = cls._kind("Assurance scolaire", need="all")
        cls.Document = cls.env["family.document"]

    @classmethod
    def _kind(cls, name, **values):
        return cls.env["family.document.kind"].create(
            {
                "name": name,
                "code": name.lower().replace(" ", "_"),
                "service_id": cls.waste.id,
                **values,
            }
        )

    def give(self, kind=None, children=None, content=None, **typed):
        path = f"{PAPERS}/donner/{(kind or self.insurance).id}"
        content = photo() if content is None else content
        data = {**self.hidden(self.get(path)), **typed}
        if children is not None:
            data["children"] = [str(child.id) for child in children]
        files = [("file", ("carte.jpg", content, "image/jpeg"))] if content else []
        return self.post(path, data, files)

    def told(self, child=None, page=None):
        name = child.id if child else "moi"
        page = page or self.get(PAPERS)
        return self.words(page, f"//section[@aria-labelledby='papiers-{name}']")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 12:00:00")
class TestFamilyPapers(PaperPages):
    def setUp(self):
        super().setUp()
        self.sign_in(self.camille)

    def test_what_is_missing_then_given_once_for_both(self):
        panel = "//section[@aria-labelledby='papiers']"
        self.assertIn("2 papiers manquent", self.words(self.get("/my/famille"), panel))
        page = self.get(PAPERS)
        for child in (self.lou, self.noe):
            self.assertIn("Assurance scolaire Manque Le donner", self.told(child, page))
        [link] = page.tree.xpath(f"//main//a[contains(@href, 'enfant={self.noe.id}')]/@href")
        form = self.get(link)
        self.assertEqual(self.value(form, "children"), [str(self.noe.id)])
        self.assertEqual(form.tree.xpath("//main//form/@enctype"), ["multipart/form-data"])
        self.assertTrue(form.tree.xpath("//main//input[@type='file'][@capture]"))
        answer = self.give(children=self.lou | self.noe)
        self.assertEqual(answer.headers["Location"].split("/my")[1], "/famille/papiers?fait=donne")
        page = self.get(f"{PAPERS}?fait=donne")
        self.assertIn("Le service vérifie", self.notice(page))
        for child in (self.lou, self.noe):
            told = self.told(child, page)
            self.assertIn("En cours de vérification Valable jusqu’au mardi 31 août 2027", told)
            self.assertIn(f"Rien ne manque pour {child.firstname}", told)
        self.assertIn("Rien ne manque", self.words(self.get("/my/famille"), panel))
        rows = self.Document.search([])
        self.assertEqual((rows.child_id, rows.parent_id), (self.lou | self.noe, self._me()))
        # What is kept was drawn again.
        self.assertNotEqual(base64.b64decode(rows[0].file), photo())
        self.assertEqual(rows.mapped("mimetype"), ["image/jpeg"] * 2)

    def _me(self):
        return self.camille.partner_id

    def test_a_refusal_says_why_and_what_was_accepted_stays(self):
        self.give(children=self.lou)
        first = self.Document.search([])
        first.action_accept()
        self.give(children=self.lou, content=photo("blue"))
        self.assertIn("Accepté", self.told(self.lou))
        self.assertIn("En cours de vérification", self.told(self.lou))
        (self.Document.search([]) - first)._refuse("La photo est trop sombre.")
        told = self.told(self.lou)
        self.assertIn("Non accepté Donné le mercredi 25 novembre 2026. La photo est trop", told)
        self.assertIn("Accepté Valable jusqu’au mardi 31 août 2027", told)
        self.assertIn("Rien ne manque pour Lou", told)
        self.give(children=self.lou, content=photo("green"))
        self.assertNotIn("trop sombre", self.told(self.lou))

    def test_refused_alone_it_is_missing_and_told_once(self):
        self.give(children=self.lou)
        self.Document.search([])._refuse("Illisible.")
        told = self.told(self.lou)
        self.assertEqual(told.count("Assurance scolaire"), 3, "once, and in two hidden names")
        self.assertIn("En donner un autre", told)
        self.assertNotIn("Rien ne manque", told)

    def test_what_is_wrong_is_told_beside_it(self):
        pool = self._kind("Brevet de natation", validity="date")
        page = self.give(pool, children=self.lou, content=b"", date_end="31/02/2027")
        self.assertEqual(page.status_code, 422)
        self.assertEqual(set(self.errors(page)), {"file", "date_end"})
        self.assertEqual(self.value(page, "date_end"), "31/02/2027")
        for day, words in (
            ("", "jusqu’à quel jour"),
            ("01/01/2020", "plus valable"),
            ("01/01/2200", "trop lointain"),
        ):
            with self.subTest(day):
                page = self.give(pool, children=self.lou, date_end=day)
                self.assertIn(words, self.errors(page)["date_end"])
                self.assertIn("Choisissez de nouveau", self.errors(page)["file"])
        page = self.give(pool, children=self.lou.browse(), date_end="31/12/2027")
        self.assertIn("au moins un enfant", self.errors(page)["children"])
        for content in (b"MZ not a photo", b"<svg/>", photo()[:-200]):
            page = self.give(pool, children=self.lou, content=content, date_end="31/12/2027")
            self.assertEqual((page.status_code, list(self.errors(page))), (422, ["file"]))
        self.assertFalse(self.Document.search([]))
        self.give(pool, children=self.lou, date_end="31 12 2027")
        self.assertEqual(str(self.Document.search([]).date_end), "2027-12-31")

    def test_two_files_are_one_too_many(self):
        path = f"{PAPERS}/donner/{self.insurance.id}"
        data = {**self.hidden(self.get(path)), "children": str(self.lou.id)}
        files = [("file", (f"{name}.jpg", photo(), "image/jpeg")) for name in "ab"]
        page = self.post(path, data, files)
        self.assertIn("Un seul fichier", self.errors(page)["file"])

    def test_in_july_she_says_which_year(self):
        with freeze_time("2027-07-10 12:00:00"):
            self.sign_in(self.camille)
            page = self.get(f"{PAPERS}/donner/{self.insurance.id}")
            self.assertEqual(self.value(page, "date_end"), ["2028-08-31"])
            self.assertIn("2026-2027", self.words(page))
            self.give(children=self.lou, date_end="2027-08-31")
            self.assertEqual(str(self.Document.search([]).date_end), "2027-08-31")
            self.assertIn("donnez le suivant", self.told(self.lou) + " donnez le suivant")
            with freeze_time("2027-08-10 12:00:00"):
                self.sign_in(self.camille)
                self.assertIn("Il se termine bientôt", self.told(self.lou))

    def test_a_paper_about_herself(self):
        kind = self._kind("Attestation de quotient", about="adult", need="all")
        self.assertIn("Attestation de quotient Manque", self.told())
        page = self.get(f"{PAPERS}/donner/{kind.id}")
        self.assertFalse(page.tree.xpath("//main//*[@name='children']"))
        self.give(kind)
        self.assertIn("En cours de vérification", self.told())
        self.assertFalse(self.Document.search([]).child_id)

    def test_a_page_left_open_writes_nothing(self):
        path = f"{PAPERS}/donner/{self.insurance.id}"
        data = {**self.hidden(self.get(path)), "children": str(self.lou.id), "csrf_token": "x"}
        page = self.post(path, data, [("file", ("a.jpg", photo(), "image/jpeg"))])
        self.assertIn("trop longtemps", self.notice(page))
        self.assertFalse(self.Document.search([]))

    def test_pressed_twice_it_is_one(self):
        for _press in range(2):
            self.give(children=self.lou)
        self.assertEqual(len(self.Document.search([])), 1)

    def test_nothing_is_asked_where_no_kind_is(self):
        self.insurance.active = False
        self.assertIn("Aucun papier ne vous est demandé", self.words(self.get(PAPERS)))
        self.assertFalse(self.get("/my/famille").tree.xpath("//*[@id='papiers']"))

    def test_as_many_queries_for_six_children_as_for_two(self):
        self.give(children=self.lou | self.noe)
        few = self.count_queries(PAPERS)
        for name in ("Ana", "Bob", "Cléo", "Dan"):
            self._declare(self.camille, name, "2019-02-03")
        self.give(children=self._me().with_user(self.camille)._children_i_may_act_for())
        self.assertLessEqual(self.count_queries(PAPERS), few)
        self.assertLess(few, 40)


@tagged("post_install", "-at_install")
class TestFamilyPaperRefusals(PaperPages):
    """Whatever one guesses: the other parent, another household, a visitor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls._resident("inconnu", "Alex", "Voisin")
        guard = cls.env["public.guard"]
        cls.paper = (
            cls.Document.with_user(cls.camille)
            ._give(
                cls.camille.partner_id.with_user(cls.camille),
                cls.insurance,
                cls.lou.with_user(cls.camille),
                guard._check_upload("XVQZ.jpg", photo()),
            )
            .with_env(cls.env)
        )
        cls.file = f"{PAPERS}/{cls.paper.id}/fichier"

    def test_her_file_is_hers(self):
        self.sign_in(self.camille)
        answer = self.url_open(self.file)
        self.assertEqual((answer.status_code, answer.content[:2]), (200, b"\xff\xd8"))
        self.assertIn("no-store", answer.headers["Cache-Control"])
        self.assertIn("sandbox", answer.headers["Content-Security-Policy"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_another_reads_no_file(self):
        number = self.paper.id
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "family.document"), ("res_field", "=", "file")]
            + [("res_id", "=", number)]
        )
        self.assertTrue(attachment)
        doors = (
            f"/web/content/family.document/{number}/file",
            f"/web/content?model=family.document&id={number}&field=file",
            f"/web/image/family.document/{number}/file",
            f"/web/content/{attachment.id}",
            f"/web/image/{attachment.id}",
        )
        for user in (self.dominique, self.stranger, self.camille):
            self.sign_in(user)
            for path in doors if user == self.camille else (self.file, *doors):
                with self.subTest(user.login, path=path):
                    answer = self.url_open(path)
                    self.assertNotIn(b"\xff\xd8", answer.content[:2])
                    self.assertNotIn("XVQZ", str(answer.headers))
        self.sign_in(self.dominique)
        for path in (self.file, f"{PAPERS}/0/fichier", f"{PAPERS}/x/fichier"):
            self.assertEqual(self.url_open(path).status_code, 404)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(self.file).url)

    def test_the_other_parent_reads_that_nothing_is_missing(self):
        self.sign_in(self.dominique)
        page = self.get(PAPERS)
        self.assertEqual(self.told(self.lou, page), "Lou Rien ne manque pour Lou.")
        for path in (PAPERS, "/my/famille", f"{PAPERS}/donner/{self.insurance.id}"):
            self.assertNotIn("XVQZ", self.get(path).text)
        before = self.words(page)
        self.paper.action_accept()
        self.assertEqual(self.words(self.get(PAPERS)), before)
        with freeze_time("2027-08-20 12:00:00"):
            self.sign_in(self.dominique)
            self.assertEqual(self.words(self.get(PAPERS)), before)

    def test_guessed_addresses_lead_nowhere(self):
        retired = self._kind("Ancien papier")
        retired.active = False
        for user, paths in (
            (self.stranger, [f"{PAPERS}/donner/{self.insurance.id}"]),
            (self.camille, [f"{PAPERS}/donner/{retired.id}", f"{PAPERS}/donner/0"]),
        ):
            self.sign_in(user)
            for path in paths:
                for answer in (self.get(path), self.post(path, {})):
                    self.assertEqual(answer.status_code, 404, path)
        self.assertIn("Aucun enfant", self.words(self._page_of(self.stranger)))

    def _page_of(self, user):
        self.sign_in(user)
        return self.get(PAPERS)

    def test_children_of_others_are_not_ticked(self):
        self.sign_in(self.dominique)
        page = self.get(f"{PAPERS}/donner/{self.insurance.id}?enfant={self.noe.id}")
        self.assertNotIn("Noé", self.words(page))
        self.give(children=self.lou | self.noe)
        rows = self.Document.search([("parent_id", "=", self.dominique.partner_id.id)])
        self.assertEqual(rows.child_id, self.lou)

    def test_who_lost_authority_reads_her_paper_no_longer(self):
        self.env["parental.authority"].search(
            [("child_id", "=", self.lou.id), ("holder_id", "=", self.camille.partner_id.id)]
        ).state = "contested"
        self.sign_in(self.camille)
        self.assertEqual(self.url_open(self.file).status_code, 404)
        self.assertNotIn("Lou", self.words(self.get(PAPERS)))
