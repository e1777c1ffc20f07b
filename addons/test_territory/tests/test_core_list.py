from pathlib import Path

from odoo.tests import tagged

from odoo.addons.core_doors.tests.test_core_list import CoreListCase

from .inventories import find_platform_addons


@tagged("post_install", "-at_install", "-standard", "sweep_rights")
class TestCoreListOfThePlatform(CoreListCase):
    recorded = Path(__file__).parent / "core.csv"

    def test_what_the_other_addons_take_of_core(self):
        today = self.check_list(find_platform_addons(self.env))
        self.assertGreater(len(today), 100)
