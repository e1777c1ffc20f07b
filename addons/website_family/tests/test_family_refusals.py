from odoo.tests import tagged

from .common import FamilyPages

MARK = "XVQZ"


@tagged("post_install", "-at_install")
class TestFamilyRefusals(FamilyPages):
    """One parent of a child, the other, somebody else: whatever she guesses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls._resident("inconnu", "Alex", "Voisin")
        camille = cls.camille.partner_id.with_user(cls.camille)
        Contact = cls.env["family.contact"].with_user(cls.camille)
        cls.contact = Contact._say(
            cls.lou.with_user(cls.camille),
            camille,
            {
                "name": f"{MARK} Duchêne",
                "link": f"{MARK} grand-mère",
                "phone": "06 39 98 00 11",
                "may_fetch": True,
            },
        ).with_env(cls.env)
        cls.env["family.custody"].with_user(cls.camille)._say(
            cls.lou.with_user(cls.camille), camille, {"rhythm": "odd", "holidays": "never"}
        )
        cls.env["family.quotient"].with_user(cls.camille)._say(camille, {"quotient": 4321})
        cls.env["privacy.consent"].with_user(cls.camille)._answer(
            cls.outings.with_user(cls.camille), cls.lou.with_user(cls.camille), "yes"
        )

    def test_the_other_parent_reads_nothing_of_what_she_says(self):
        self.sign_in(self.dominique)
        for path in (
            "/my",
            "/my/famille",
            "/my/famille/fiche",
            f"/my/famille/semaines/{self.lou.id}",
            f"/my/famille/accords/{self.lou.id}",
            "/my/famille/personne",
            "/my/famille/quotient",
        ):
            with self.subTest(path):
                page = self.get(path)
                self.assertEqual(page.status_code, 200)
                for said in (MARK, "4321", "Semaines impaires."):
                    self.assertNotIn(said, page.text)
                # Holidays as the other weeks, which is what everybody is proposed.
                ticked = page.tree.xpath("//main//input[@type='radio'][@checked]/@value")
                self.assertIn(ticked, ([], ["same"]))
        self.assertIn("pas encore répondu", self.said(self.get("/my/famille/fiche"), self.lou))
        self.assertNotIn("Noé", self.words(self.get("/my/famille/fiche")))

    def test_guessed_addresses_lead_nowhere(self):
        for user, paths in (
            (self.dominique, self._paths(self.noe)),
            (self.stranger, [*self._paths(self.lou), "/my/famille/personne"]),
        ):
            self.sign_in(user)
            for path in (*paths, "/my/famille/semaines/0", "/my/famille/personne/x"):
                for method in ("get", "post"):
                    with self.subTest(user.login, path=path, method=method):
                        answer = self.get(path) if method == "get" else self.post(path, {})
                        self.assertEqual(answer.status_code, 404)

    def _paths(self, child):
        return [
            f"/my/famille/semaines/{child.id}",
            f"/my/famille/accords/{child.id}",
            f"/my/famille/personne/{self.contact.id}",
            f"/my/famille/personne/{self.contact.id}/retirer",
        ]

    def test_nobody_is_called_first_by_guessing(self):
        for user in (self.dominique, self.stranger):
            self.sign_in(user)
            path = f"/my/famille/personne/{self.contact.id}/premier"
            answer = self.post(path, self.hidden(self.get("/my/famille/fiche")))
            self.assertIn(answer.status_code, (404, 405))
        self.assertFalse(self.contact.call_rank)

    def test_children_of_others_are_not_ticked(self):
        self.sign_in(self.dominique)
        self.send(
            f"/my/famille/semaines/{self.lou.id}",
            rhythm="even",
            holidays="same",
            children=[str(self.lou.id), str(self.noe.id)],
        )
        rows = self.env["family.custody"].search([("parent_id", "=", self.dominique.partner_id.id)])
        self.assertEqual(rows.child_id, self.lou)

    def test_a_visitor_signs_in_first(self):
        self.authenticate(None, None)
        for path in ("/my/famille", "/my/famille/fiche", "/my/famille/quotient"):
            self.assertIn("/web/login", self.get(path).url)
