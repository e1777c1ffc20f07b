from odoo.tests import tagged

from .common import STREET, WasteCommon


@tagged("post_install", "-at_install")
class TestHouseholdChange(WasteCommon):
    """The bins at an address that is left say so, by the one hook of the accepted changes."""

    def _move(self, resident, household, street):
        changes = self.env["household.change"].with_user(resident)
        change = changes._propose(
            household.with_user(resident),
            resident.partner_id.with_user(resident),
            {"address": {"street": street, "commune": "55992", "date": "2026-11-20"}},
        )
        return change.with_env(self.env).line_ids

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
