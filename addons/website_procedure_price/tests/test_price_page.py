from lxml import html

from odoo.tests import tagged

from odoo.addons.procedure_price.tests.common import PriceCommon
from odoo.addons.report_weasyprint.tests.pdf import get_text
from odoo.addons.website_procedure.tests.page_case import FormPageCase

ALL = {"when": "evening", "more": ["dishes", "kitchen", "sound"]}


@tagged("post_install", "-at_install")
class TestPricePage(FormPageCase, PriceCommon):
    def _check(self, procedure=None, user=None, **typed):
        """What is read before it is sent: (words, amount), the total last, of the drawn page."""
        page = self.open(procedure or self.hall, user or self.camille, **typed)
        return page, self._read_price(page)

    def _read_price(self, page):
        price = page.price
        if not price:
            return []
        table = page.env["ir.qweb"]._render(
            "website_procedure_price.price_table", {"price": price}, minimal_qcontext=True
        )
        tree = html.fromstring(str(table))
        return [
            (
                " ".join(row.xpath("th")[0].text_content().split()),
                " ".join(row.xpath("td")[0].text_content().split()),
            )
            for row in tree.xpath("//tr[td]")
        ]

    def test_the_four_outputs_are_equal(self):
        """The page, the mail, the paper and the agent: the same lines, the same total."""
        _page, shown = self._check(**{**ALL, "more": "dishes"})
        self.assertEqual(
            shown, [("Soirée", "200,00 €"), ("Vaisselle", "40,00 €"), ("Total", "240,00 €")]
        )
        request = self._book(more=["dishes"])
        self.assertEqual(self._told(request), shown)
        mail = html.fromstring(self._mails(request)[:1].body_html)
        mailed = [
            tuple(" ".join(part.text_content().split()) for part in line.xpath("strong|span"))
            for line in mail.xpath("//p[@class='o_answer']")
        ]
        self.assertEqual(mailed[-3:], shown)
        agent = html.fromstring(request.with_user(self.agent).answers_html)
        read = [
            tuple(" ".join(part.text_content().split()) for part in line.xpath("dt|dd"))
            for line in agent.xpath("//dl")
        ]
        self.assertEqual(read[-3:], shown)
        paper = "".join(get_text(request._get_summary_file()["content"]).split())
        told = "".join(f"{label}{amount}" for label, amount in shown)
        self.assertIn("".join(told.split()), paper)
        self.assertNotIn("pay", paper.lower().partition("leprix")[2][:80])
        # The export.
        Fixed = request._get_fixed_export_columns()["@price"]
        self.assertEqual(" ".join(request[Fixed.field].split()), "240,00 €")

    def test_a_new_tariff_is_read_again(self):
        page = self.open(self.hall, self.camille, when="evening")
        stamp = page.stamp
        self.assertEqual(self.open(self.hall, self.camille, when="evening").stamp, stamp)
        # Who pays what may change too, the form being the same.
        self.env.cr.execute(
            "UPDATE procedure_tariff SET cents = 21000 WHERE version_id = %s AND value = 'evening'",
            [self.hall.version_id.id],
        )
        self.env.invalidate_all()
        again = self.open(self.hall, self.camille, when="evening")
        self.assertNotEqual(again.stamp, stamp)
        self.assertFalse(again.is_behind(stamp))
        self.assertEqual(again.price["total"].replace("\xa0", " "), "210,00 €")

    def test_what_lacks_is_said(self):
        tariffs = [*self._hall_tariffs(), {"basis": "quantity", "key": "plates", "cents": 25}]
        hall = self._priced("Salle bis", "BIS", tariffs)
        page, shown = self._check(hall, when="day")
        self.assertEqual(
            shown[1:],
            [("Couverts", "À préciser par le service")] + [("Total", "À préciser par le service")],
        )
        self.assertIn("Rien à payer", page.price["note"])
        _page, shown = self._check(hall, when="day", plates="80")
        self.assertEqual(shown[1], ("Couverts 80 à 0,25 €", "20,00 €"))

    def test_the_part_stands_before_who_asks(self):
        page = self.open(self.hall, self.camille, when="day", _action="check")
        labels = [part["label"] for part in page.parts]
        self.assertEqual(labels[-2:], ["Le prix", "Qui demande"])
        body = page.env["ir.qweb"]._render(
            "website_procedure_price.price_table", {"price": page.parts[-2]["price"]}
        )
        self.assertIn("et-price", str(body))

    def test_without_price_nothing_is_said(self):
        page = self.open(self.procedure, self.camille)
        self.assertFalse(hasattr(page, "price"))

    def test_the_page_of_the_request_says_how_to_pay(self):
        self.hall.write(
            {"payment_kind": "payfip", "payfip_number": "72000", "payment_when": "filed"}
        )
        request = self._book()
        (block,) = [each for each in request._prepare_portal_blocks() if each["name"] == "paiement"]
        drawn = str(
            self.env["ir.qweb"]._render(block["template"], {"block": block}, minimal_qcontext=True)
        )
        for words in ("200,00", request.payment_reference, "payfip.gouv.fr", "montant=20000"):
            self.assertIn(words, drawn)
        request.with_user(self.agent).action_cancel_payment()
        (block,) = [each for each in request._prepare_portal_blocks() if each["name"] == "paiement"]
        self.assertEqual(block["values"]["url"], "")

    def test_the_tariffs_are_read_before_the_form_and_on_paper(self):
        sentences = [each.replace("\xa0", " ") for each in self.hall._get_tariff_sentences()]
        self.assertIn("Soirée : 200,00 €", sentences)
        self.assertEqual(len(sentences), 5)
        self.assertEqual(self.procedure._get_tariff_sentences(), [])
