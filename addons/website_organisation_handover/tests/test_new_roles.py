from odoo.exceptions import AccessError, UserError

from odoo.addons.territory_base import clock

from .common import INVITED, BoardCommon


class TestNewRoles(BoardCommon):
    """The commonest general meeting: the treasurer becomes president."""

    def named(self, user, role):
        return {"name": user.name, "email": user.partner_id.email, "role": role}

    def roles(self):
        return self.delegations.mapped("role")

    def send(self, path, **values):
        return self.post(path, {**self.hidden(self.get(path)), **values})

    def board(self, *rows, leaving=()):
        values = {
            f"{name}_{rank}": value
            for rank, row in enumerate(rows, start=1)
            for name, value in row.items()
        }
        return values | {f"leaves_{user.partner_id.id}": "1" for user in leaving}

    def hand_over(self, *rows, leaving=(), date="15/11/2026", **more):
        return self.send(
            f"{self.path}/passer-la-main", date=date, **self.board(*rows, leaving=leaving), **more
        )

    def test_the_president_names_the_treasurer_and_leaves(self):
        self.sign_in(self.camille)
        answer = self.hand_over(
            self.named(self.dominique, "Président"), leaving=[self.camille], _do="confirm"
        )
        self.assertTrue(answer.headers["Location"].endswith("/my/foyer?fait=parti"))
        self.assertEqual(self.delegations.mapped("state"), ["ended", "active"])
        self.assertEqual(self.delegations[1].role, "Président")
        self.assertFalse(self.Invitation.search([("organisation_id", "=", self.club.id)]))
        handover = self.Handover.search([("organisation_id", "=", self.club.id)])
        self.assertEqual((handover.state, str(handover.date_meeting)), ("done", "2026-11-15"))
        (told,) = self._mails(email=self.dominique.email)
        self.assertIn("Président", told.body_html)
        self.sign_in(self.dominique)
        self.assertIn("Président", self.words(self.get(self.path)))

    def test_what_settles_at_once_is_asked_once_more(self):
        """Whoever leaves reads her requests no longer: she is told before, and written to after."""
        self.sign_in(self.camille)
        path = f"{self.path}/passer-la-main"
        said = self.board(self.named(self.dominique, "Président"), leaving=[self.camille])
        self.assertNotIn("facultatif", self.words(self.get(path), "//label[contains(., 'part')]"))
        page = self.post(path, {**self.hidden(self.get(path)), "date": "15/11/2026", **said})
        self.assertEqual(page.status_code, 200)
        lead = self.words(page, "//p[@class='lead']")
        for told in (self.dominique.name, "agit déjà", f"{self.camille.name} n’agit plus"):
            self.assertIn(told, lead)
        self.assertEqual(self.acting(), {"Camille", "Dominique"}, "nothing is done yet")
        self.assertFalse(self.Handover.search([("organisation_id", "=", self.club.id)]))
        carried = {
            node.get("name"): node.get("value")
            for node in page.tree.xpath("//main//input[@type='hidden']")
        }
        # “No, go back”: what was typed is there.
        back = self.post(path, {**carried, "_do": "back"})
        self.assertEqual(self.value(back, "role_1"), "Président")
        self.assertEqual(self.value(back, f"leaves_{self.camille.partner_id.id}"), ["1"])
        self.assertFalse(self.errors(back))
        self.assertEqual(self.acting(), {"Camille", "Dominique"})
        answer = self.post(path, {**carried, "_do": "confirm"})
        self.assertTrue(answer.headers["Location"].endswith("/my/foyer?fait=parti"))
        self.assertEqual(self.acting(), {"Dominique"})
        (told,) = self._mails(email=self.camille.email)
        self.assertIn("Amicale", told.body_html)
        self.assertIn("ne lisez plus", told.body_html)

    def test_what_waits_for_somebody_is_not_asked_twice(self):
        self.sign_in(self.camille)
        answer = self.hand_over(INVITED, leaving=[self.camille])
        self.assertIn("fait=main", answer.headers["Location"])
        self.assertEqual(self.acting(), {"Camille", "Dominique"})

    def test_her_own_new_role_waits_for_a_service_and_nobody_leaves_before(self):
        self.sign_in(self.dominique)
        answer = self.hand_over(self.named(self.dominique, "Président"), leaving=[self.camille])
        self.assertIn("fait=fonction", answer.headers["Location"])
        self.assertEqual(self.roles(), ["Présidente", "Trésorier"])
        self.assertEqual(self.acting(), {"Camille", "Dominique"})
        (told,) = self._mails(email=self.camille.email)
        self.assertIn("Président", told.body_html, "the president is told of it")
        panel = self.words(self.get(self.path), "//section[@aria-labelledby='passer-la-main']")
        for word in ("Dominique", "Président", self.camille.name):
            self.assertIn(word, panel)
        handover = self.Handover._find_waiting(self.club)
        line = handover.change_id.line_ids
        self.assertEqual(str(line.date_from), "2026-11-15")
        for user in self.dominique | self.camille | self.elie:
            with self.subTest(user.login), self.assertRaises(AccessError):
                line.with_user(user).action_accept()
        line.with_user(self.manager).action_accept()
        self.assertEqual((line.state, handover.state), ("accepted", "done"))
        self.assertEqual(self.delegations[1].role, "Président")
        self.assertEqual(self.acting(), {"Dominique"})

    def test_refused_nothing_changes_and_it_may_begin_again(self):
        me = self.named(self.dominique, "Président")
        first = self.start(self.dominique, leaving=self.camille.partner_id, invited=[me])
        first.change_id.line_ids.with_user(self.manager).action_refuse("Sans procès-verbal")
        self.assertFalse(self.Handover._find_waiting(self.club))
        self.assertEqual(self.roles(), ["Présidente", "Trésorier"])
        self.assertEqual(self.acting(), {"Camille", "Dominique"})
        second = self.start(self.camille, leaving=self.camille.partner_id)
        self.assertEqual((first.state, second.state), ("cancelled", "waiting"))

    def test_a_colleague_cancels_it_with_the_role_that_was_asked(self):
        me = self.named(self.dominique, "Président")
        handover = self.start(self.dominique, leaving=self.camille.partner_id, invited=[me])
        handover.with_user(self.camille)._cancel()
        self.assertEqual(handover.change_id.line_ids.state, "withdrawn")
        with self.assertRaises(UserError):
            handover.change_id.line_ids.with_user(self.manager).action_accept()
        self.assertEqual(self.roles(), ["Présidente", "Trésorier"])

    def test_under_another_account_she_is_the_same(self):
        """Another sheet of hers, of the same birth: she does not name herself there either."""
        birth = {"firstname": "Dominique", "lastname": "Petit", "birthdate": "1980-01-02"}
        twin = self._resident("dominique.bis", "Dominique", "Petit")
        (self.dominique | twin).partner_id.write(birth)
        twin.email = "bis@example.test"
        self.env["partner.delegate"]._ask(self.club, twin.partner_id, role="Membre").action_accept()
        handover = self.start(
            self.dominique,
            leaving=self.camille.partner_id,
            invited=[self.named(twin, "Président")],
        )
        self.assertTrue(handover._is_role_waiting())
        self.assertFalse(handover.renamed_ids)

    def test_who_is_no_officer_makes_none_and_unmakes_none(self):
        """It is proposed: a service decides."""
        self.env["partner.delegate"]._ask(self.club, self.nora.partner_id).action_accept()
        for role in ("Présidente d’honneur", "Membre"):
            handover = self.start(
                self.nora,
                leaving=self.camille.partner_id,
                invited=[self.named(self.dominique, role)],
            )
            self.assertEqual(self.delegations[1].role, "Trésorier", role)
            self.assertEqual(handover.change_id.line_ids.state, "proposed")
            handover.with_user(self.dominique)._cancel()

    def test_two_change_places_and_nobody_leaves(self):
        self.sign_in(self.camille)
        answer = self.hand_over(
            self.named(self.dominique, "Président"), self.named(self.camille, "Trésorière")
        )
        self.assertIn("fait=fonction", answer.headers["Location"])
        self.assertEqual(self.roles(), ["Présidente", "Président"], "her own is looked at")
        self.assertEqual(self.acting(), {"Camille", "Dominique"})
        change = self.env["household.change"].search([("subject_id", "=", self.club.id)])
        change.line_ids.with_user(self.manager).action_accept()
        self.assertEqual(self.roles(), ["Trésorière", "Président"])

    def test_who_stays_as_she_is_waits_for_who_comes(self):
        handover = self.start(
            self.camille,
            leaving=self.camille.partner_id,
            invited=[self.named(self.dominique, ""), INVITED],
        )
        self.assertEqual(self.delegations[1].role, "Trésorier")
        self.assertEqual(self.acting(), {"Camille", "Dominique"}, "nobody has accepted yet")
        self.answer(self.elie, handover.invitation_ids)
        self.assertEqual(self.acting(), {"Dominique", "Élie"})

    def test_who_comes_may_still_accept_once_the_new_president_acts(self):
        handover = self.start(
            self.camille,
            leaving=self.camille.partner_id,
            invited=[self.named(self.dominique, "Président"), INVITED],
        )
        self.assertEqual((handover.state, self.acting()), ("done", {"Dominique"}))
        self.answer(self.elie, handover.invitation_ids)
        self.assertEqual(self.acting(), {"Dominique", "Élie"})

    def test_what_is_wrong_is_told_beside_its_field(self):
        self.sign_in(self.camille)
        leaves = f"leaves_{self.dominique.partner_id.id}"
        page = self.hand_over(
            self.named(self.dominique, "Président"), leaving=[self.camille, self.dominique]
        )
        self.assertEqual(set(self.errors(page)), {leaves})
        self.assertEqual(self.value(page, "role_1"), "Président")
        page = self.hand_over(self.named(self.dominique, "Trésorier"))
        (error,) = self.errors(page)
        self.assertTrue(error.startswith("leaves_"), "nobody leaves, nothing changes")
        self.assertEqual(self.roles(), ["Présidente", "Trésorier"])
        self.assertFalse(self.Handover.search([("organisation_id", "=", self.club.id)]))
        for leaving, invited in (
            (self.camille | self.dominique, [self.named(self.dominique, "Président")]),
            (self.elie, [self.named(self.dominique, "Trésorier")]),
        ):
            with self.assertRaises(UserError):
                self.start(self.camille, leaving=leaving.partner_id, invited=invited)

    def test_neighbours_and_former_delegates_name_nobody(self):
        self.delegations[1].action_end()
        for user in self.dominique | self.elie | self.manager | self.nora:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.start(user, invited=[self.named(self.camille, "Membre")])
        self.assertEqual(self.delegations[0].role, "Présidente")
        self.sign_in(self.dominique)
        self.assertEqual(self.get(f"{self.path}/passer-la-main").status_code, 404)

    def test_a_report_names_who_acts_and_invites_who_does_not(self):
        change = (
            self.env["household.change"]
            .with_user(self.camille)
            ._propose(
                self.club.with_user(self.camille),
                self.camille.partner_id.with_user(self.camille),
                {
                    "officers": [self.named(self.dominique, "Président"), INVITED],
                    "officers_leaving": ["Camille Durand"],
                },
            )
            .with_env(self.env)
        )
        self.assertEqual(
            change.line_ids.mapped("type"), ["officer_role", "officer", "officer_leaving"]
        )
        change.line_ids.with_user(self.manager).action_accept()
        self.assertEqual(self.delegations[1].role, "Président")
        self.assertEqual(self.acting(), {"Dominique"})

    def test_erased_once_nothing_hangs_on_it(self):
        handover = self.start(
            self.camille,
            leaving=self.camille.partner_id,
            invited=[self.named(self.dominique, "Président")],
        )
        self.assertEqual(clock.local_day(handover.date_done), clock.today())
        self.Handover._gc_handovers()
        self.assertFalse(handover.exists())
        self.assertEqual(self.delegations[1].role, "Président")
