from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path

from .common import HouseholdCase
from .test_signup import PASSWORD, RESIDENT


@tagged("post_install", "-at_install")
class TestDwellingClaim(HouseholdCase):
    """Whoever signs up types the address she likes: it opens nothing on who lives there."""

    def _claim(self, street="8 rue du Lavoir", **values):
        """Somebody signs up at this address, by default the one where Camille lives."""
        public = self.env(user=self.env.ref("base.public_user"))
        typed = {**RESIDENT, "street": street, "firstname": "Malo", **values}
        user, errors = public["res.users"]._signup_resident(typed)
        self.assertFalse(errors)
        token = user._get_confirm_url().partition("token=")[2]
        return public["res.users"]._confirm_signup(token, PASSWORD).with_env(self.env)

    def _claimed(self, user):
        return user.partner_id._current_household()._get_current_occupancies().with_env(self.env)

    def test_a_typed_address_is_declared_and_opens_no_dwelling(self):
        malo = self._claim()
        claim = self._claimed(malo)
        self.assertEqual((claim.dwelling_id, claim.state), (self.dwelling, "declared"))
        self.assertEqual(malo.partner_id._current_dwelling(), self.dwelling, "proposed in forms")
        for model in ("territory.dwelling", "dwelling.occupancy"):
            found = self.env[model].with_user(malo).search([])
            self.assertEqual(found, claim if model == claim._name else self.env[model], model)
        self.assertReadsNot(malo, self.dwelling)
        self.assertReads(self.camille, self.dwelling)

    def test_an_empty_address_answers_the_same(self):
        """Else whoever signs up would learn whether somebody lives there."""
        answers = []
        for street in ("8 rue du Lavoir", "77 rue Vide"):
            user = self._claim(street, email=f"{street[:2].strip()}@example.org")
            values = self._claimed(user).with_user(user).read(["state", "role", "date_start"])
            values[0].pop("id")
            answers.append((values, self.env["territory.dwelling"].with_user(user).search([]).ids))
        self.assertEqual(*answers)

    def test_an_organisation_that_signs_up_declares_too(self):
        user = self._claim(
            kind="association", organisation="Foyer rural", rna="W551000009", situation=""
        )
        organisation = user.partner_id.delegation_ids.organisation_id
        self.assertEqual(organisation._get_current_occupancies().state, "declared")
        user.partner_id.delegation_ids.state = "active"
        self.assertReadsNot(user, self.dwelling)

    def test_how_many_live_there_is_for_the_staff(self):
        self.assertEqual(self.dwelling.with_user(self.manager).person_count, 2)
        for user in self.camille | self._claim():
            with self.assertRaises(AccessError):
                self.dwelling.with_user(user).read(["person_count"])

    def test_alone_a_declared_one_counts_and_beside_others_it_does_not(self):
        malo = self._claim()
        claim, home = self._claimed(malo), self.dwelling.occupancy_ids - self._claimed(malo)
        self.assertEqual((claim | home)._filtered_trusted(), home)
        home.write({"date_start": "2020-01-01", "date_end": "2026-11-24"})
        self.assertEqual(claim._filtered_trusted(), claim, "nobody else lives there any more")
        home.write({"date_start": "2026-12-01", "date_end": False})
        self.assertFalse(claim._filtered_trusted(), "somebody is to come")
        first = self._claimed(self._claim("77 rue Vide", email="un@example.org"))
        self.assertEqual(first._filtered_trusted(), first)
        second = self._claimed(self._claim("77 rue Vide", email="deux@example.org"))
        self.assertFalse((first | second)._filtered_trusted(), "to come first proves nothing")

    def test_who_reads_the_file_accepts_and_nobody_for_herself(self):
        malo = self._claim()
        claim = self._claimed(malo)
        claim.occupant_id.reader_service_ids += self.town_hall | self.service
        for user in (
            malo
            | self.camille
            | self.stranger
            | self.agent
            | self.family_agent
            | self.secretary
            | self.communication
            | self.dpo
            | self.technician
        ):
            for call in (
                lambda line: line.action_verify(),
                lambda line: line.write({"state": "verified"}),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    call(claim.with_user(user))
        self.assertEqual(claim.state, "declared")
        claim.occupant_id.reader_service_ids += self.other_service
        mine = self.env["household.membership"].create(
            {"household_id": claim.occupant_id.id, "person_id": self.family_agent.partner_id.id}
        )
        with self.assertRaises(AccessError):
            claim.with_user(self.family_agent).action_verify()
        mine.unlink()
        claim.with_user(self.family_agent).action_verify()
        self.assertEqual(claim.state, "verified")
        self.assertReads(malo, self.dwelling)

    def test_a_change_that_the_staff_accepts_is_verified(self):
        malo = self._claim("77 rue Vide")
        household = malo.partner_id._current_household()
        change = (
            self.env["household.change"]
            .with_user(malo)
            ._propose(
                household.with_user(malo),
                malo.partner_id.with_user(malo),
                {"address": {"street": "5 rue Haute", "commune": "99001", "date": "2026-11-25"}},
            )
        )
        self.assertEqual(self._claimed(malo).state, "declared")
        change.line_ids.with_user(self.manager).action_accept()
        self.env.invalidate_all()
        current = self._claimed(malo).filtered(lambda line: not line.date_end)
        self.assertEqual((current.dwelling_id.street, current.state), ("5 rue Haute", "verified"))

    def test_the_staff_who_writes_the_same_address_verifies_it(self):
        malo = self._claim()
        malo.partner_id._current_household().with_env(self.env)._occupy(self.dwelling)
        self.assertEqual(self._claimed(malo).state, "verified")

    def test_known_addresses_that_nobody_checked_become_declared(self):
        claim, home = self._claimed(self._claim()), self.dwelling.occupancy_ids
        home -= claim
        seen = self._claimed(self._claim("77 rue Vide", email="vu@example.org"))
        (claim | home | seen).state = "verified"
        self.env.flush_all()
        public = self.env.ref("base.public_user").id
        for record, creator, writer in (
            (claim, public, public),
            (seen, public, self.agent.id),
            (home, self.manager.id, self.manager.id),
        ):
            self.env.cr.execute(
                "UPDATE dwelling_occupancy SET create_uid = %s, write_uid = %s WHERE id = %s",
                [creator, writer, record.id],
            )
        path = file_path("partner_household/migrations/19.0.1.1.0/post-migration.py")
        load_script(path, "post_migration_claims").migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        declared = self.env["dwelling.occupancy"].search(
            Domain("id", "in", (claim | home | seen).ids) & Domain("state", "=", "declared")
        )
        self.assertEqual(declared, claim)
