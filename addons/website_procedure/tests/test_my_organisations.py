from .common import WebsiteProcedureCommon


class TestMyOrganisations(WebsiteProcedureCommon):
    """What an organisation sees of itself, by those who act for it today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.delegations = cls._delegations(cls.camille, cls.dominique)
        cls.delegations[0].role = "Présidente"
        cls.club = cls.delegations.organisation_id
        cls.club.write({"rna": "W551000987", "street": "1 place de la Mairie"})
        cls.club.commune_id = cls.vaubecourt

    def _ask_address(self):
        procedure = self._procedure(
            "Subvention",
            "SUBV",
            self.waste,
            fields=[
                {"key": "home", "type": "address", "label": "Adresse", "prefill": "address"},
                {"key": "note", "type": "text", "label": "Précision"},
            ],
            slug="subvention-essai",
        )
        self.camille.partner_id.write({"street": "8 rue du Lavoir", "commune_id": self.vaubecourt})
        self.sign_in(self.camille)
        return procedure, f"/demarches/{procedure.slug}/formulaire"

    def _answer(self, path, page, **typed):
        """Press "Continue" and read the next page."""
        answer = self.post(path, {**self.hidden(page), **typed, "_action": "next"})
        self.assertEqual(answer.status_code, 303, self.errors(answer))
        return self.get(answer.headers["Location"])

    def test_for_whom_is_asked_first_and_the_address_follows(self):
        _procedure, path = self._ask_address()
        page = self.get(path)
        self.assertFalse(page.tree.xpath("//*[@name='home.street'][not(@type='hidden')]"))
        # Nobody chooses for her.
        self.assertEqual(self.value(page, "_for"), [])
        answer = self.post(path, {**self.hidden(page), "_action": "next"})
        self.assertEqual(list(self.errors(answer)), ["_for"])
        mine, clubs = str(self.camille.partner_id.id), str(self.club.id)
        page = self._answer(path, page, _for=clubs)
        self.assertEqual(self.value(page, "home.street"), "1 place de la Mairie")
        self.assertIn("Repris de la fiche de Amicale", page.text)
        # Back to herself: her home again, and what she typed stays.
        data = {**self.hidden(page), "home.street": "1 place de la Mairie", "note": "Pressé"}
        data["home.commune"] = self.vaubecourt.name
        answer = self.post(path, {**data, "_action": "back"})
        page = self.get(answer.headers["Location"])
        self.assertEqual(self.value(page, "_for"), [clubs])
        page = self._answer(path, page, _for=mine)
        self.assertEqual(self.value(page, "home.street"), "8 rue du Lavoir")
        self.assertEqual(self.value(page, "note"), "Pressé")

    def test_an_address_that_she_typed_is_not_replaced(self):
        _procedure, path = self._ask_address()
        page = self._answer(path, self.get(path), _for=str(self.camille.partner_id.id))
        data = {**self.hidden(page), "home.street": "2 rue Neuve", "home.commune": "Vaubecourt"}
        answer = self.post(path, {**data, "_action": "back"})
        page = self._answer(path, self.get(answer.headers["Location"]), _for=str(self.club.id))
        self.assertEqual(self.value(page, "home.street"), "2 rue Neuve")

    def test_an_organisation_without_address_has_an_empty_one(self):
        self.club.street = False
        self.club.commune_id = False
        _procedure, path = self._ask_address()
        page = self._answer(path, self.get(path), _for=str(self.club.id))
        self.assertFalse(self.value(page, "home.street"))
        self.assertFalse(self.value(page, "home.commune"))

    def test_a_link_names_the_organisation_of_who_acts_for_it(self):
        procedure, path = self._ask_address()
        link = f"{path}?pour={self.club.id}"
        self.assertEqual(self.value(self.get(link), "_for"), [str(self.club.id)])
        # Another's organisation changes nothing, and there is no choice left to make.
        self.delegations[0].state = "ended"
        page = self.get(link)
        self.assertFalse(page.tree.xpath("//main//*[@name='_for']"))
        self.assertEqual(self.value(page, "home.street"), "8 rue du Lavoir")
        procedure.applicant_kinds = "organisation"
        self.delegations[0].state = "active"
        self.assertEqual(self.value(self.get(path), "home.street"), "1 place de la Mairie")

    def test_nobody_learns_an_address_by_saying_whom_she_left(self):
        """The number of another's organisation, as the former choice, swaps nothing."""
        foreign = self._delegations(self.dominique, name="Autre").organisation_id
        foreign.write({"street": "8 rue du Lavoir", "commune_id": self.vaubecourt})
        _procedure, path = self._ask_address()
        page = self.get(path)
        data = {**self.hidden(page), "_for": str(self.club.id), "_was_for": str(foreign.id)}
        answer = self.post(path, {**data, "_action": "next"})
        page = self.get(answer.headers["Location"])
        self.assertEqual(self.value(page, "home.street"), "8 rue du Lavoir")
