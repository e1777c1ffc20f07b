from .common import INVITED, BoardCommon


class TestHandoverPages(BoardCommon):
    def send(self, path, **values):
        page = self.get(path)
        return self.post(path, {**self.hidden(page), **values})

    def test_somebody_is_invited_signs_in_and_acts(self):
        self.sign_in(self.dominique)
        answer = self.send(f"{self.path}/inviter", **INVITED)
        self.assertIn("fait=invite", answer.headers["Location"])
        page = self.get(self.path)
        self.assertIn("elie@example.test", self.words(page))
        (mail,) = self._mails(email="elie@example.test")
        self.assertIn("/my/invitations", mail.body_html)
        self.assertNotIn("W551", mail.body_html)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.get("/my/invitations").url)
        self.sign_in(self.nora)
        page = self.get("/my/invitations")
        self.assertNotIn("Amicale", self.words(page))
        self.assertIn("nora@example.test", self.words(page), "for which address none waits")
        self.sign_in(self.elie)
        self.assertIn("Amicale", self.words(self.get("/my"), "//*[contains(@class, 'et-notice')]"))
        invitation = self.Invitation.search([("email", "=", "elie@example.test")])
        page = self.get("/my/invitations")
        answer = self.post(
            f"/my/invitations/{invitation.id}", {**self.hidden(page), "_do": "accept"}
        )
        self.assertTrue(answer.headers["Location"].endswith(self.path))
        self.assertIn("Secrétaire", self.words(self.get(self.path)))
        again = self.post(
            f"/my/invitations/{invitation.id}", {**self.hidden(page), "_do": "accept"}
        )
        self.assertEqual(again.status_code, 422, "told, not broken")

    def test_what_is_wrong_is_told_beside_its_field(self):
        self.sign_in(self.camille)
        page = self.send(f"{self.path}/inviter", name="Élie Marchal", email="elie")
        self.assertEqual(set(self.errors(page)), {"email"})
        self.assertEqual(self.value(page, "name"), "Élie Marchal")
        leaves = f"leaves_{self.camille.partner_id.id}"
        page = self.send(
            f"{self.path}/passer-la-main", date="31/02/2026", name_2="Nora", **{leaves: "1"}
        )
        self.assertEqual(set(self.errors(page)), {"date", "email_2"})
        self.assertEqual(self.value(page, leaves), ["1"])
        page = self.send(f"{self.path}/passer-la-main", date="")
        self.assertEqual(set(self.errors(page)), {"date", "name_1", leaves})
        self.assertFalse(self.Invitation.search([("organisation_id", "=", self.club.id)]))

    def test_it_is_handed_over_and_the_former_board_is_refused_everywhere(self):
        self.sign_in(self.dominique)
        answer = self.send(
            f"{self.path}/passer-la-main",
            date="15/11/2026",
            **{f"{name}_1": value for name, value in INVITED.items()},
            **{f"leaves_{user.partner_id.id}": "1" for user in self.camille | self.dominique},
        )
        self.assertIn("fait=main", answer.headers["Location"])
        page = self.get(self.path)
        for told in ("15 novembre 2026", "n’agiront plus", self.camille.name):
            self.assertIn(told, self.words(page, "//section[@aria-labelledby='passer-la-main']"))
        self.assertTrue(self.get(f"{self.path}/passer-la-main").url.endswith("fait=encours"))
        self.answer(self.elie, self.Invitation.search([("email", "=", "elie@example.test")]))
        for user in self.dominique | self.camille:
            self.sign_in(user)
            for path in (
                "",
                "/corriger",
                "/inviter",
                "/passer-la-main",
                "/passer-la-main/annuler",
                "/invitations/1",
                f"/personnes/{self.delegations[0].id}",
            ):
                self.assertEqual(self.get(self.path + path).status_code, 404, path)
            self.assertFalse(
                self.get("/my").tree.xpath("//nav[@aria-labelledby='vous-agissez-pour']")
            )

    def test_an_invitation_and_a_handing_over_are_taken_back_once_asked_again(self):
        self.sign_in(self.camille)
        invitation = self.invite(self.camille)
        path = f"{self.path}/invitations/{invitation.id}"
        self.assertIn("Élie Marchal", self.words(self.get(path), "//h1"))
        self.assertEqual(invitation.state, "sent", "opened is not done")
        self.assertIn("fait=reprise", self.send(path).headers["Location"])
        self.assertEqual(invitation.state, "withdrawn")
        self.assertEqual(self.get(path).url.split("/")[-1], str(self.club.id))
        handover = self.start(self.camille)
        path = f"{self.path}/passer-la-main/annuler"
        self.assertIn("fait=annulee", self.send(path).headers["Location"])
        self.assertEqual(handover.state, "cancelled")

    def test_an_invitation_is_refused_once_asked_again(self):
        invitation = self.invite(self.camille)
        path = f"/my/invitations/{invitation.id}"
        self.sign_in(self.nora)
        hidden = self.hidden(self.get("/my/account"))
        for act in ("refuse", "confirm"):
            answer = self.post(path, {**hidden, "_do": act})
            self.assertEqual(answer.status_code, 404, act)
        self.sign_in(self.elie)
        hidden = self.hidden(self.get("/my/invitations"))
        page = self.post(path, {**hidden, "_do": "refuse"})
        self.assertEqual(page.status_code, 200)
        self.assertIn("Amicale", self.words(page, "//h1"))
        self.assertEqual(invitation.state, "sent", "asked first")
        self.assertIn("/my/invitations", page.tree.xpath("//main//form//a/@href"))
        answer = self.post(path, {**self.hidden(page), "_do": "confirm"})
        self.assertIn("fait=refuse", answer.headers["Location"])
        self.assertEqual(invitation.state, "refused")
        again = self.post(path, {**self.hidden(page), "_do": "confirm"})
        self.assertEqual(again.status_code, 422, "told, not broken")

    def test_by_a_guessed_number_nothing_is_found_nor_done(self):
        invitation = self.invite(self.camille)
        other = self._delegations(self.nora).organisation_id
        self.sign_in(self.nora)
        path = f"/my/organisme/{other.id}/invitations/{invitation.id}"
        hidden = self.hidden(self.get(f"/my/organisme/{other.id}/inviter"))
        self.assertNotIn("Élie", self.get(path).text)
        self.post(path, hidden)
        self.assertEqual(invitation.state, "sent")
        for number in (invitation.id, 0, 999999, "x"):
            answer = self.post(f"/my/invitations/{number}", {**hidden, "_do": "accept"})
            self.assertEqual(answer.status_code, 404, number)
        self.assertEqual(invitation.state, "sent")
        self.sign_in(self.elie)
        self.post(f"/my/invitations/{invitation.id}", {"_do": "accept"})
        hidden = self.hidden(self.get("/my/invitations"))
        self.post(f"/my/invitations/{invitation.id}", hidden)
        self.assertEqual(
            invitation.state, "sent", "without the mark of the form, or without a word"
        )

    def test_mails_to_addresses_that_one_types_are_limited(self):
        self.sign_in(self.camille)
        for rank in range(20):
            self.Invitation.search([]).write({"state": "withdrawn"})
            self.send(f"{self.path}/inviter", name="Élie Marchal", email=f"p{rank}@example.test")
        page = self.send(f"{self.path}/inviter", name="Élie Marchal", email="p20@example.test")
        self.assertEqual(page.status_code, 200)
        self.assertFalse(self._mails(email="p20@example.test"))
