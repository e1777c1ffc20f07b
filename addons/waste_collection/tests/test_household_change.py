from odoo import fields
from odoo.tests import tagged

from .common import STREET, WasteCommon


@tagged("post_install", "-at_install")
class TestHouseholdChange(WasteCommon):
    """The bins at an address that is left say so, by the one hook of the accepted changes."""

    def _propose(self, resident, subject, **values):
        changes = self.env["household.change"].with_user(resident)
        change = changes._propose(
            subject.with_user(resident), resident.partner_id.with_user(resident), values
        )
        return change.with_env(self.env).line_ids

    def _move(self, resident, household, street):
        address = {"street": street, "commune": "55992", "date": "2026-11-20"}
        return self._propose(resident, household, address=address)

    def _deliver(self, occupant):
        home = self.env["territory.dwelling"]._find_or_create(STREET, False, self.commune)
        occupant._occupy(home, fields.Date.to_date("2026-01-01"))
        return self.Container.create(
            {
                "volume": 120,
                "service_id": self.waste.id,
                "state": "delivered",
                "dwelling_id": home.id,
            }
        )

    def test_the_last_who_leaves_marks_the_bin_the_others_do_not(self):
        self.env["household.membership"].search(
            [("household_id", "=", self.household.id)]
        ).date_start = "2026-01-01"
        self.env["household.membership"].create(
            {
                "household_id": self.household.id,
                "person_id": self.neighbour.partner_id.id,
                "date_start": "2026-01-01",
            }
        )
        bin_ = self._deliver(self.household)
        elsewhere = {"street": "5 rue Neuve", "commune": "55992", "date": "2026-11-20"}
        lines = self._propose(self.neighbour, self.household, new_home=elsewhere)
        lines.with_user(self.manager).action_accept()
        self.assertEqual(lines.state, "accepted")
        self.assertFalse(bin_.date_left, "somebody lives there still")
        death = {"person": self.resident.partner_id.id, "date": "2026-11-22"}
        lines = self._propose(self.resident, self.household, deaths=[death])
        lines.with_user(self.manager).action_accept("Acte vu")
        self.assertEqual(str(bin_.date_left), "2026-11-22")
        self.resident.partner_id.with_user(self.manager).action_undo_death()
        self.assertFalse(bin_.date_left, "it was somebody else")

    def test_an_address_that_she_gave_says_nothing_of_the_bin_of_those_who_live_there(self):
        bin_ = self._deliver(self.household)
        home, day = bin_.dwelling_id, fields.Date.to_date("2026-01-01")
        members = self.neighbour_household.member_ids
        members.date_start = day
        self.neighbour_household._occupy(home, day, state="declared")
        for street in ("5 rue Neuve", "6 rue Neuve"):
            lines = self._move(self.neighbour, self.neighbour_household, street)
            lines.with_user(self.manager).action_accept()
            self.assertEqual(lines.state, "accepted")
            self.assertFalse(bin_.date_left, "declared, or shared")
            self.neighbour_household._occupy(home, day)
        elsewhere = {"street": "5 rue Neuve", "commune": "55992", "date": "2026-11-20"}
        lines = self._propose(self.neighbour, self.neighbour_household, new_home=elsewhere)
        lines.with_user(self.manager).action_accept()
        self.assertFalse(bin_.date_left, "the first household lives there still")

    def test_a_company_that_closes_marks_its_bin(self):
        company = self.env["res.partner"].create({"kind": "company", "name": "Essai SARL"})
        self.env["partner.delegate"].create(
            {
                "organisation_id": company.id,
                "person_id": self.resident.partner_id.id,
                "role": "Gérante",
                "state": "active",
            }
        )
        bin_ = self._deliver(company)
        lines = self._propose(self.resident, company, closing={"date": "2026-11-21"})
        lines.with_user(self.manager).action_accept()
        self.assertEqual(str(bin_.date_left), "2026-11-21")

    def test_a_move_marks_the_bins_that_stay(self):
        Dwelling = self.env["territory.dwelling"]
        old = Dwelling._find_or_create(STREET, False, self.commune)
        other = Dwelling._find_or_create("1 rue Haute", False, self.commune)
        self.household._occupy(old)
        self.neighbour_household._occupy(other)
        bins = self.Container.create(
            [
                {"volume": 120, "service_id": self.waste.id, "state": state, "dwelling_id": home.id}
                for state, home in (("delivered", old), ("to_deliver", old), ("delivered", other))
            ]
        )
        lines = self._move(self.resident, self.household, "5 rue Neuve")
        self.assertFalse(any(bins.mapped("date_left")), "nothing before it is accepted")
        lines.with_user(self.manager).action_accept()
        self.assertEqual([str(each.date_left) for each in bins], ["2026-11-20", "False", "False"])

    def test_without_any_known_address_nothing_is_marked(self):
        lines = self._move(self.neighbour, self.neighbour_household, "5 rue Neuve")
        lines.with_user(self.manager).action_accept()
        self.assertEqual(lines.state, "accepted")
