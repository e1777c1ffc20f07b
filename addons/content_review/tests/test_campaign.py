from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestCampaign(TransactionCase):
    """What a campaign is; whom it asks is in `test_content`."""

    def _make(self, **values):
        dates = {"date_start": "2026-07-01", "date_end": "2026-12-31"}
        return self.env["content.review.campaign"].create({"name": "S2", **dates, **values})

    def test_it_begins_once_and_ends(self):
        campaign = self._make()
        campaign.action_end()
        self.assertEqual(campaign.state, "draft", "It has not begun")
        campaign.action_start()
        with self.assertRaises(UserError):
            campaign.action_start()
        campaign.action_end()
        self.assertEqual(campaign.state, "over")

    def test_it_ends_after_it_begins(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._make(date_end="2026-06-01")
