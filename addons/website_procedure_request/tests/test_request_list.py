from odoo.tests import new_test_user

from odoo.addons.website_procedure.tests.common import WebsiteProcedureCommon

# Of the page of an organisation.
QUERIES = 36


class TestRequestList(WebsiteProcedureCommon):
    """A parent finds one request among those of a year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.camille.partner_id
        cls.child = (
            cls.person.with_user(cls.camille)
            .sudo()
            ._declare_child({"firstname": "Élise", "lastname": "Durand", "birthdate": "2018-02-01"})
        )
        cls.delegate = cls._delegations(cls.camille, name="Les Amis du lavoir")
        cls.association = cls.delegate.organisation_id

    def setUp(self):
        super().setUp()
        self.mine = self._submit()
        self.childs = self._submit(subjects=self.child, answers=self._answers(note="enfant"))
        self.friends = self._submit(acting_for=self.association)
        self.friends.with_user(self.agent).action_refuse("Non.")
        self.childs.with_user(self.agent).action_ask_completion(
            [{"field_key": "persons", "reason": "Combien ?"}]
        )
        self.sign_in(self.camille)

    def listed(self, query=""):
        page = self.get(f"/my/demandes{query}")
        self.assertEqual(page.status_code, 200)
        links = page.tree.xpath("//tbody//a/@href")
        by_link = {f"/my/demandes/{request.id}": request for request in self.requests_of()}
        return self.env["procedure.request"].union(*(by_link[link] for link in links))

    def test_found_by_number_as_it_is_copied_and_by_name(self):
        number = self.friends.number
        for words in (number, number.lower(), number.replace("-", " "), "LAVOIR"):
            self.assertEqual(self.listed(f"?q={words}"), self.friends, words)
        self.assertEqual(self.listed("?q=élise"), self.childs)
        self.assertEqual(len(self.listed("?q=demander un BAC")), 3)

    def test_filtered_by_state_with_how_many_there_are(self):
        self.assertEqual(self.listed("?etat=a-completer"), self.childs)
        self.assertEqual(self.listed("?etat=en-cours"), self.mine)
        self.assertEqual(self.listed("?etat=terminees"), self.friends)
        self.assertEqual(len(self.listed("?etat=autre")), 3)
        page = self.get("/my/demandes?etat=terminees")
        chips = page.tree.xpath("//nav//ul[contains(@class, 'et-chips')]/li/a")
        words = [" ".join(chip.text_content().split()) for chip in chips]
        self.assertEqual(words, ["Toutes (3)", "À compléter (1)", "En cours (1)", "Terminées (1)"])
        self.assertEqual([chip.get("aria-current") for chip in chips], [None] * 3 + ["true"])

    def test_filtered_by_child_or_organisation(self):
        page = self.get("/my/demandes?etat=en-cours")
        names = page.tree.xpath("//select[@name='pour']/option/text()")
        self.assertEqual(names[1:], ["Moi-même", "Les Amis du lavoir", "Élise Durand"])
        self.assertEqual(self.listed(f"?pour={self.child.id}"), self.childs)
        self.assertEqual(self.listed(f"?pour={self.association.id}"), self.friends)
        self.assertEqual(self.listed("?pour=moi"), self.mine)
        self.assertFalse(self.listed(f"?pour={self.child.id}&etat=terminees"))

    def test_what_is_filtered_stays_mine(self):
        theirs = self._submit(self.dominique, answers=self._answers(note="eux"))
        for query in (
            f"?q={theirs.number}",
            f"?pour={self.dominique.partner_id.id}",
            "?pour=999999999999999999999",
            "?pour=x&etat[]=y&q[]=z&page[]=1",
        ):
            self.assertNotIn(theirs, self.listed(query))
        # Nor are theirs counted, nor their children named.
        child = self.dominique.partner_id.sudo()._declare_child(
            {"firstname": "Nina", "lastname": "Petit", "birthdate": "2018-02-01"}
        )
        self._submit(self.dominique, subjects=child, answers=self._answers(note="Nina"))
        page = self.get("/my/demandes?etat=terminees")
        self.assertIn("Toutes (3)", " ".join(page.tree.text_content().split()))
        self.assertNotIn("Nina", page.text)
        self.delegate.sudo().state = "ended"
        self.assertFalse(self.listed(f"?pour={self.association.id}"))
        self.assertNotIn("lavoir", self.get("/my/demandes").text)

    def test_nothing_found_leads_to_everything(self):
        page = self.get("/my/demandes?q=zzz")
        self.assertIn("Aucune demande ne correspond", page.text)
        self.assertTrue(page.tree.xpath("//main//a[@href='/my/demandes']"))

    def test_filters_are_kept_from_page_to_page(self):
        for number in range(21):
            self._submit(answers=self._answers(note=str(number)))
        page = self.get("/my/demandes?etat=en-cours&q=bac")
        older = page.tree.xpath("//a[@rel='next']/@href")[0]
        self.assertIn("etat=en-cours", older)
        self.assertIn("q=bac", older)

    # What was begun

    def begin(self):
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(), "_action": "later"}
        self.post(self.form_path, data, [self.jpeg()])
        return self.env["website.procedure.pending"].search([("partner_id", "=", self.person.id)])

    def test_what_is_kept_for_later_is_said_not_to_be_sent(self):
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(persons="", note="Pas fini")}
        response = self.post(self.form_path, {**data, "_action": "later"}, [self.jpeg()])
        page = self.get(response.headers["Location"])
        self.assertIn("pas encore envoyée", self.notice(page))
        self.assertTrue(page.tree.xpath(f"//a[@href='{self.form_path}']"))

    def test_draft_is_gone_on_with_or_deleted_after_a_question(self):
        draft = self.begin()
        page = self.get("/my/demandes")
        self.assertIn(self.form_path, page.tree.xpath("//main//a/@href"))
        path = f"{self.path}/brouillon/supprimer"
        self.assertIn(path, page.tree.xpath("//main//a/@href"))
        page = self.get(path)
        self.assertTrue(draft.exists(), "Opening the page deletes nothing")
        data = {**self.hidden(page), "_action": "delete"}
        self.post(path, {"_action": "delete"})
        self.assertTrue(draft.exists(), "Another site deletes nothing")
        for _twice in range(2):
            response = self.post(path, data)
            self.assertEqual(response.status_code, 303)
        self.assertFalse(draft.exists())
        self.assertIn("supprimé", self.notice(self.get(response.headers["Location"])))

    def test_draft_of_another_is_not_listed(self):
        self.begin()
        self.assertIn(self.form_path, self.get("/my/demandes").text)
        self.sign_in(self.dominique)
        self.assertNotIn(self.form_path, self.get("/my/demandes").text)

    def test_draft_of_another_is_deleted_by_nobody_else(self):
        draft = self.begin()
        path = f"{self.path}/brouillon/supprimer"
        manager = new_test_user(
            self.env, "chef_brouillon", "territory_base.territory_group_manager"
        )
        for user in (self.dominique, manager):
            self.sign_in(user)
            data = {**self.hidden(self.get("/my/foyer/adresse")), "_action": "delete"}
            self.post(path, data)
            self.assertTrue(draft.exists(), user.login)
        self.opener.cookies.clear()
        self.post(path, {"_action": "delete"})
        self.assertTrue(draft.exists())

    def test_the_page_of_an_organisation_lists_its_requests_and_no_other(self):
        page = self.get(f"/my/organisme/{self.association.id}")
        links = page.tree.xpath("//section[@aria-labelledby='ses-demandes']//tbody//a/@href")
        self.assertEqual(links, [f"/my/demandes/{self.friends.id}"])
        self.friends.with_user(self.agent).action_reopen("Erreur.")
        self.friends.with_user(self.agent).action_ask_completion(
            [{"field_key": "persons", "reason": "Combien ?"}]
        )
        page = self.get(f"/my/organisme/{self.association.id}")
        self.assertIn("Nous attendons", page.text)
        self.assertEqual(self.get("/my/organisme/0").status_code, 404)

    def _organisation_rows(self):
        page = self.get(f"/my/organisme/{self.association.id}")
        rows = page.tree.xpath("//section[@aria-labelledby='ses-demandes']//tbody/tr")
        return [" ".join(row.text_content().split()) for row in rows]

    def test_the_page_of_an_organisation_says_who_asked(self):
        (mine,) = self._organisation_rows()
        self.assertIn("Par vous, le", mine)
        self.assertNotIn(self.association.name, mine, "it is its own page")
        self.delegate.copy({"person_id": self.dominique.partner_id.id, "state": "active"})
        self.sign_in(self.dominique)
        (theirs,) = self._organisation_rows()
        self.assertIn(f"Par {self.camille.name}, le", theirs)

    def test_the_page_of_an_organisation_costs_few_queries_whatever_it_asked(self):
        path = f"/my/organisme/{self.association.id}"
        few = self.count_queries(path)
        for _rank in range(3):
            self._submit(acting_for=self.association)
        many = self.count_queries(path)
        self.assertEqual(len(self._organisation_rows()), 4)
        self.assertLessEqual(many, few)
        self.assertLess(many, QUERIES)

    def test_the_page_of_an_organisation_lists_what_i_began_for_it(self):
        draft = self.begin()
        draft.acting_for_id = False
        self.assertEqual(len(self._organisation_rows()), 1, "hers alone")
        draft.acting_for_id = self.association
        begun, _sent = self._organisation_rows()
        self.assertIn("Brouillon", begun)
