from datetime import date

from odoo.tests import tagged

from odoo.addons.procedure_silence.tests.common import SilenceCommon
from odoo.addons.website_procedure_counter.tests.common import CounterCommon


@tagged("post_install", "-at_install")
class TestSilenceReceipt(CounterCommon, SilenceCommon):
    """The receipt that the service prints tells the day of silence."""

    def _read(self, request):
        self.sign_in(self.agent)
        page = self.get(f"/guichet/demande/{request.id}")
        return " ".join(page.tree.xpath("//main")[0].text_content().split())

    def test_day_to_come_and_day_that_has_passed(self):
        self._set_regime("svr")
        request = self._submit()
        day = request.date_silence.strftime("%d/%m/%Y")
        self.assertIn(f"la loi répond le {day}", self._read(request))
        request.sudo().date_silence = date(2026, 1, 2)
        self.assertIn("la loi a répondu le 02/01/2026", self._read(request))
        self._set_regime("none")
        self.assertNotIn("la loi", self._read(self._submit()))
