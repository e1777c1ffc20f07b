from odoo.tests import tagged

from odoo.addons.procedure_price.tests.common import PriceCommon
from odoo.addons.website_procedure_counter.tests.common import CounterCommon


@tagged("post_install", "-at_install")
class TestCounterPrice(CounterCommon, PriceCommon):
    """Whoever asks at the counter is told the price before her request is entered, as a resident
    reads it on her last page; without script."""

    def setUp(self):
        super().setUp()
        self.path, self.page = self.open_form(self.agent, procedure=self.hall.slug)

    def _press(self, page, **answers):
        data = {**self.hidden(page), **self.ana(), "when": "evening", "_action": "send"}
        return self.post(self.path, {**data, **answers})

    def _read(self, page):
        rows = page.tree.xpath("//section[@id='prix']//table//tr[td]")
        return [
            tuple(" ".join(row.xpath(cell)[0].text_content().split()) for cell in ("th", "td"))
            for row in rows
        ]

    def test_the_price_is_read_first_and_is_the_one_that_is_kept(self):
        shown = self._press(self.page, more="dishes")
        self.assertEqual(shown.status_code, 200)
        self.assertEqual(
            self._read(shown),
            [("Soirée", "200,00 €"), ("Vaisselle", "40,00 €"), ("Total", "240,00 €")],
        )
        self.assertIn("Pas encore envoyée", shown.text)
        self.assertFalse(self.requests_of(self.hall))
        filed = self._press(shown, more="dishes")
        self.assertEqual(filed.status_code, 303, self.errors(filed))
        self.assertEqual(self._told(self.requests_of(self.hall).sudo()), self._read(shown))

    def test_another_price_is_read_again(self):
        shown = self._press(self.page)
        other = self._press(shown, when="day")
        self.assertEqual(self._read(other)[-1], ("Total", "150,00 €"))
        forged = self._press(other, when="day", _price="x")
        self.assertEqual(forged.status_code, 200)
        self.env.cr.execute(
            "UPDATE procedure_tariff SET cents = 16000 WHERE version_id = %s AND value = 'day'",
            [self.hall.version_id.id],
        )
        self.env.invalidate_all()
        raised = self._press(other, when="day")
        self.assertEqual(self._read(raised)[-1], ("Total", "160,00 €"))
        self.assertFalse(self.requests_of(self.hall))
        self.assertEqual(self._press(raised, when="day").status_code, 303)

    def test_what_is_wrong_is_said_before_any_price(self):
        wrong = self._press(self.page, when="")
        self.assertEqual(wrong.status_code, 422)
        self.assertEqual(self._read(wrong), [])
