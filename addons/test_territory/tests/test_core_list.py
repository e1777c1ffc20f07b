from pathlib import Path

from odoo.tests import tagged

from odoo.addons.core_doors.tests import core_list
from odoo.addons.core_doors.tests.test_core_list import CoreListCase

# They are not installed where the platform serves.
ASIDE = ("core_doors", "test_", "territory_demo")


@tagged("post_install", "-at_install", "-standard", "sweep_rights")
class TestCoreListOfThePlatform(CoreListCase):
    recorded = Path(__file__).parent / "core.csv"

    def test_what_the_other_addons_take_of_core(self):
        own = core_list.find_own_addons(self.env)
        today = self.check_list({name for name in own if not name.startswith(ASIDE)})
        self.assertGreater(len(today), 100)
