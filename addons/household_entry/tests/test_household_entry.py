from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.partner_household.tests.common import HouseholdCase

ADULT = {"firstname": "Jeanne", "lastname": "Perrin", "birthdate": "1985-03-09"}
OTHER = {"firstname": "Hugo", "lastname": "Morel", "birthdate": "1984-11-21"}
CHILD = {"firstname": "Zoé", "lastname": "Morel", "birthdate": "2018-06-01", "parents": "all"}


class TestHouseholdEntry(HouseholdCase):
    """A family, an association come to the counter: nobody of them has an account."""

    def _start(self, user=None, adults=(ADULT,), children=(), **values):
        user = user or self.family_agent
        lines = {
            "adult_ids": [Command.create(each) for each in adults],
            "child_ids": [Command.create(each) for each in children],
        }
        return self.env["household.entry"].with_user(user).create({**lines, **values})

    def test_the_page_that_is_loaded_again_is_our_form(self):
        """The address names the action: without it, the web client opens the form of contacts."""
        entry = self._start(self.family_agent)
        action = entry.action_enter()
        known = self.env.ref("partner_household.res_partner_action")
        self.assertEqual((action["id"], action["res_id"]), (known.id, entry.sheet_id.id))
        form = self.env.ref("partner_household.res_partner_view_form")
        self.assertEqual(action["views"], [(form.id, "form")])
        read = self.env["ir.actions.act_window"]._for_xml_id("partner_household.res_partner_action")
        self.assertIn((form.id, "form"), read["views"], "what is opened from that address")

    def _enter(self, user=None, **values):
        entry = self._start(user, **values)
        entry.action_enter()
        return entry.sheet_id.with_env(self.env)

    def _enter_all(self, **values):
        return self._enter(
            adults=[{**ADULT, "phone": "03 29 00 00 00"}, OTHER],
            children=[CHILD],
            street="4 rue du Puits",
            commune_id=self.commune.id,
            **values,
        )

    def _members(self, household):
        return {
            (member.person_id.name, member.role): member.person_id
            for member in household.member_ids
        }

    def test_a_family_is_entered_whole(self):
        household = self._enter_all(authority_evidence="Livret de famille vu", is_home_seen=True)
        members = self._members(household)
        self.assertEqual(
            sorted(members),
            [("Hugo Morel", "adult"), ("Jeanne Perrin", "adult"), ("Zoé Morel", "child")],
        )
        child = members["Zoé Morel", "child"]
        jeanne, hugo = members["Jeanne Perrin", "adult"], members["Hugo Morel", "adult"]
        self.assertEqual(child.authority_ids.holder_id, jeanne | hugo)
        self.assertEqual(set(child.authority_ids.mapped("state")), {"verified"})
        self.assertEqual(child.authority_ids.evidence_seen_by, self.family_agent)
        self.assertEqual(jeanne.phone, "03 29 00 00 00")
        self.assertEqual(household.occupancy_ids.dwelling_id.street, "4 rue du Puits")
        self.assertEqual(household.occupancy_ids.state, "verified")
        self.assertFalse((jeanne | hugo).user_ids)
        for sheet in household | jeanne | hugo | child:
            self.assertEqual(sheet.entry_channel, "counter")
            self.assertEqual(sheet.entry_service_id, self.other_service)
            self.assertReads(self.family_agent, sheet)
            for neighbour in (self.agent, self.camille, self.secretary):
                self.assertReadsNot(neighbour, sheet)

    def test_the_commune_is_chosen_not_guessed(self):
        self.commune.former_ids = [Command.create({"name": "Sanscode"})]
        entry = self._start(street="999 chemin Perdu")
        with self.assertRaisesRegex(ValidationError, "Choose a commune of the list"):
            entry.action_enter()
        self.assertEqual(entry.street, "999 chemin Perdu")

    def test_what_was_not_seen_waits(self):
        household = self._enter_all(channel="phone")
        child = self._members(household)["Zoé Morel", "child"]
        self.assertEqual(set(child.authority_ids.mapped("state")), {"declared"})
        self.assertEqual(household.occupancy_ids.state, "declared")

    def test_nobody_is_told(self):
        before = self.env["mail.mail"].search_count([])
        self._enter_all(authority_evidence="Livret de famille vu")
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_the_second_adult_alone_answers_for_the_child(self):
        household = self._enter(adults=[ADULT, OTHER], children=[{**CHILD, "parents": "second"}])
        child = self._members(household)["Zoé Morel", "child"]
        self.assertEqual(child.authority_ids.holder_id.name, "Hugo Morel")

    def test_each_mistake_is_said_with_its_person_and_nothing_is_opened(self):
        count = self.env["res.partner"].search_count([])
        entry = self._start(
            adults=[{**ADULT, "birthdate": "2015-01-01"}, {**OTHER, "email": "pas une adresse"}],
            children=[{**CHILD, "birthdate": "1980-01-01"}],
            street="4 rue du Puits",
        )
        with self.assertRaises(ValidationError) as refused, self.env.cr.savepoint():
            entry.action_enter()
        told = str(refused.exception).split("\n")
        self.assertEqual(
            [line.partition("\xa0: ")[0] for line in told[:3]],
            ["Jeanne Perrin", "Hugo Morel", "Zoé Morel"],
        )
        self.assertIn("Choose a commune of the list.", told)
        self.assertEqual(self.env["res.partner"].search_count([]), count)

    def test_a_family_has_an_adult(self):
        entry = self._start(adults=[], children=[CHILD])
        with self.assertRaisesRegex(ValidationError, "one adult"):
            entry.action_enter()

    def test_a_second_parent_who_does_not_exist(self):
        entry = self._start(children=[{**CHILD, "parents": "second"}])
        with self.assertRaisesRegex(ValidationError, "no second adult"):
            entry.action_enter()

    def _tell(self, **values):
        """The sentences that the button answers; the form was saved before."""
        entry = self._start(**values).with_context(lang="fr_FR")
        with self.assertRaises(ValidationError) as refused, self.env.cr.savepoint():
            entry.action_enter()
        return str(refused.exception).split("\n")

    def test_what_lacks_on_a_row_is_told_when_the_file_is_opened_with_its_person(self):
        adult = {"firstname": "Paul", "lastname": "Trésor", "phone": "03 29 00 00 00"}
        child = {**CHILD, "parents": False}
        self.assertEqual(
            self._tell(adults=[adult]), ["Paul Trésor\xa0: Écrivez la date de naissance."]
        )
        self.assertEqual(
            self._tell(adults=[ADULT, OTHER], children=[child]),
            ["Zoé Morel\xa0: dites quel adulte a l'autorité parentale."],
        )
        nameless = {"birthdate": "1985-03-09", "phone": "03 29 00 00 00"}
        self.assertEqual(
            self._tell(adults=[nameless]),
            [
                "Une ligne sans nom\xa0: Écrivez le prénom.",
                "Une ligne sans nom\xa0: Écrivez le nom.",
            ],
        )
        without_day = {"firstname": "Jeanne", "lastname": "Perrin"}
        told = self._tell(adults=[without_day, without_day])
        self.assertEqual(len(told), 2, "without birth date nobody is said to be written twice")

    def test_a_row_where_nothing_is_typed_is_nobody(self):
        household = self._enter(adults=[ADULT, {}], children=[{**CHILD, "parents": False}, {}])
        self.assertEqual(household.member_ids.person_id.mapped("firstname"), ["Jeanne", "Zoé"])

    def test_the_only_adult_answers_for_the_child(self):
        household = self._enter(children=[{**CHILD, "parents": False}])
        child = self._members(household)["Zoé Morel", "child"]
        self.assertEqual(child.authority_ids.holder_id.name, "Jeanne Perrin")

    def test_a_choice_between_adults_goes_with_the_second_of_them(self):
        entry = (
            self.env["household.entry"]
            .with_user(self.family_agent)
            .new(
                {
                    "adult_ids": [Command.create(ADULT), Command.create(OTHER)],
                    "child_ids": [Command.create({**CHILD, "parents": "second"})],
                }
            )
        )
        entry._onchange_adult_ids()
        self.assertTrue(entry.has_choice_of_adults)
        self.assertEqual(entry.child_ids.parents, "second")
        entry.adult_ids = entry.adult_ids[:1]
        entry._onchange_adult_ids()
        self.assertFalse(entry.has_choice_of_adults)
        self.assertFalse(entry.child_ids.parents)

    def test_a_button_pressed_twice_opens_one_file(self):
        entry = self._start()
        entry.action_enter()
        count = self.env["res.partner"].search_count([])
        entry.action_enter()
        self.assertEqual(self.env["res.partner"].search_count([]), count)

    def test_it_is_not_received_tomorrow(self):
        with self.assertRaises(ValidationError):
            self._enter(date_received="2026-11-26")

    # Who is known already

    def test_a_known_adult_is_not_entered_twice(self):
        camille = self.camille.partner_id
        self._open_file_to(self.other_service)
        names = {name: camille[name] for name in ("firstname", "lastname", "birthdate")}
        entry = self._start(adults=[names])
        self.assertEqual(entry.adult_ids.known_id.id, camille.id)
        with self.assertRaisesRegex(ValidationError, "Camille Duchêne has an account"):
            entry.action_enter()
        # Without account, and in no household.
        self.camille.unlink()
        with self.assertRaisesRegex(ValidationError, "household"):
            entry.action_enter()
        self.household.member_ids.filtered(lambda each: each.role == "adult").unlink()
        entry.action_enter()
        self.assertEqual(entry.sheet_id.sudo().member_ids.person_id, camille)

    def test_whom_she_does_not_read_is_not_told(self):
        camille = self.camille.partner_id
        names = {name: camille[name] for name in ("firstname", "lastname", "birthdate")}
        entry = self._start(adults=[names])
        self.assertFalse(entry.adult_ids.known_id)
        entry.action_enter()
        self.assertNotEqual(entry.sheet_id.sudo().member_ids.person_id, camille)

    def test_a_known_child_gets_a_second_holder_on_what_was_seen(self):
        self._open_file_to(self.other_service)
        child = {name: self.child[name] for name in ("firstname", "lastname", "birthdate")}
        child["parents"] = "first"
        with self.assertRaisesRegex(ValidationError, "Lou"):
            self._start(children=[child]).action_enter()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = '2020-01-01' WHERE id = %s", [self.child.id]
        )
        self.child.invalidate_recordset()
        before = self.child.write_date
        household = self._enter(
            children=[{**child, "shared_custody": True}], authority_evidence="Jugement vu"
        )
        self.assertIn(self.child, household.member_ids.person_id)
        self.assertEqual(
            self.child.authority_ids.mapped("holder_id.name"), ["Camille Duchêne", "Jeanne Perrin"]
        )
        self.assertEqual(self.child.authority_ids[1].state, "verified")
        self.assertEqual(self.authority.state, "declared")
        self.assertEqual(self.child.write_date, before)

    def test_what_is_said_of_a_contested_child_waits_for_its_sheet(self):
        self._open_file_to(self.other_service)
        self._second_holder(state="contested")
        child = {name: self.child[name] for name in ("firstname", "lastname", "birthdate")}
        child["parents"] = "first"
        with self.assertRaisesRegex(ValidationError, "contested or withdrawn"):
            self._enter(children=[child], authority_evidence="Livret vu")

    def test_an_identity_card_proves_no_authority(self):
        household = self._enter_all(evidence="Carte d'identité vue")
        child = self._members(household)["Zoé Morel", "child"]
        self.assertEqual(set(child.authority_ids.mapped("state")), {"declared"})
        self.assertEqual(household.entry_evidence, "Carte d'identité vue")
        self.assertFalse(child.entry_evidence)

    def test_what_is_typed_is_never_dropped_without_a_word(self):
        for values, told in (
            ({"is_home_seen": True}, "number and the street"),
            ({"street2": "Bâtiment B"}, "number and the street"),
            ({"adults": [ADULT, ADULT]}, "written twice"),
            (
                {"adults": [ADULT, OTHER, {**OTHER, "firstname": "Ana"}], "children": [CHILD]},
                "which",
            ),
            ({"subject": "organisation", "name": "Club", "children": [CHILD]}, "no children"),
        ):
            with self.subTest(told), self.assertRaisesRegex(ValidationError, told):
                self._start(**values).action_enter()

    def test_an_address_outside_is_on_the_sheets_that_say_nothing(self):
        household = self._enter(
            adults=[ADULT, OTHER], street="1 rue Neuve", is_outside=True, zip="54000", city="Nancy"
        )
        self.assertEqual(household.member_ids.person_id.mapped("city"), ["Nancy", "Nancy"])

    # Who may

    def test_a_service_that_reads_no_family_file_opens_none(self):
        for user in (self.agent, self.secretary):
            entry = self._start(user, service_id=self.other_service.id)
            self.assertFalse(entry.service_ids)
            with self.assertRaises(AccessError):
                entry.action_enter()

    def test_residents_and_others_have_no_such_form(self):
        for user in (self.camille, self.communication, self.dpo):
            with self.assertRaises(AccessError):
                self._start(user)

    def test_the_manager_opens_one_for_any_service(self):
        household = self._enter(self.manager, service_id=self.other_service.id)
        self.assertReads(self.family_agent, household)

    # Organisations

    def _enter_club(self, user=None, **values):
        return self._enter(
            user or self.agent,
            subject="organisation",
            kind="association",
            name="Les Amis du lavoir",
            rna="W551000123",
            adults=[{**ADULT, "role": "Présidente"}],
            **values,
        )

    def test_an_association_is_entered_with_who_acts_for_it(self):
        club = self._enter_club(
            service_id=self.service.id,
            evidence="Procès-verbal vu",
            street="1 place de la Mairie",
            commune_id=self.commune.id,
            phone="03 29 00 00 01",
        )
        self.assertEqual(club.delegate_ids.state, "active")
        self.assertEqual(club.delegate_ids.role, "Présidente")
        self.assertEqual(club.delegate_ids.accepted_by_id, self.agent)
        self.assertEqual(club._get_current_delegates().name, "Jeanne Perrin")
        self.assertEqual(club.occupancy_ids.dwelling_id.street, "1 place de la Mairie")
        self.assertReads(self.agent, club)
        self.assertReadsNot(self.family_agent, club)

    def test_an_officer_whom_the_service_knows_by_name_is_used_and_not_written(self):
        """She asked for a bin: the service of waste reads who she is, not her file."""
        camille = self.camille.partner_id
        camille.write({"phone": False, "reader_service_ids": self.service})
        names = {name: camille[name] for name in ("firstname", "lastname", "birthdate")}
        club = self._enter(
            self.agent,
            subject="organisation",
            kind="association",
            name="Les Amis du lavoir",
            rna="W551000123",
            adults=[{**names, "phone": "03 29 00 00 09"}],
            service_id=self.service.id,
        )
        self.assertEqual(club.delegate_ids.person_id, camille)
        self.assertFalse(camille.phone)

    def test_whose_identity_alone_is_read_tells_nothing_of_her_household(self):
        camille = self.camille.partner_id
        camille.reader_service_ids = self.service
        self.service.user_ids += self.family_agent
        names = {name: camille[name] for name in ("firstname", "lastname", "birthdate")}
        with self.assertRaises(AccessError):
            self._enter(adults=[names], service_id=self.other_service.id)

    def test_without_proof_its_officer_acts_for_nobody(self):
        club = self._enter_club(service_id=self.service.id)
        self.assertEqual(club.delegate_ids.state, "asked")
        self.assertFalse(club._get_current_delegates())

    def test_a_known_number_is_not_entered_twice(self):
        self._enter_club(service_id=self.service.id)
        with self.assertRaisesRegex(UserError, "known already"):
            self._enter_club(service_id=self.service.id)

    def test_a_wrong_number_is_said(self):
        entry = self._start(
            self.agent,
            subject="organisation",
            kind="association",
            name="Les Amis du lavoir",
            rna="551",
            service_id=self.service.id,
        )
        with self.assertRaisesRegex(ValidationError, "W551000001"):
            entry.action_enter()
