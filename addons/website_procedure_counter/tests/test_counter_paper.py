from odoo.tests import tagged

from .common import CounterCommon

NOWHERE = {"_by_hand": ""}


@tagged("post_install", "-at_install")
class TestCounterPaper(CounterCommon):
    """Who has no e-mail is answered by post, or at the counter: somebody has to say which."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._procedure(
            "Demander un badge",
            "ESSAIPAPIER",
            cls.waste,
            fields=[{"key": "plate", "type": "char", "label": "Plaque", "required": True}],
            slug="essai-papier",
        )

    def _enter(self, **values):
        path, page = self.open_form(self.agent, procedure=self.card.slug)
        data = {**self.ana(**NOWHERE), "plate": "AB-123-CD", "_action": "send", **values}
        return path, self.post(path, {**self.hidden(page), **data})

    def test_without_email_the_postal_address_is_asked(self):
        path, page = self._enter()
        self.assertEqual(page.status_code, 422)
        self.assertIn("la réponse part par la poste", self.words(page))
        self.assertFalse(self.requests_of(self.card))
        self.assertEqual(self.value(page, "plate"), "AB-123-CD")
        box = page.tree.xpath("//input[@name='_by_hand']/@value")[0]
        data = {**self.hidden(page), **self.ana(_by_hand=box), "plate": "AB-123-CD"}
        response = self.post(path, {**data, "_action": "send"})
        self.assertEqual(response.status_code, 303, self.errors(response))
        letter = self.requests_of(self.card).letter_ids
        self.assertIn("Remis en main propre", letter.frame["recipient_lines"])

    def test_an_address_or_an_email_is_enough(self):
        for values in (
            {"contact_email": "ana@exemple.fr"},
            {
                "contact_address.street": "3 rue du Moulin",
                "contact_address.zip": "55250",
                "contact_address.commune": "Vaubecourt",
            },
        ):
            _path, response = self._enter(**values)
            self.assertEqual(response.status_code, 303, self.errors(response))

    def test_the_address_that_the_form_asks_is_enough(self):
        path, page = self.open_form(self.agent)
        response = self.send(path, page, [self.jpeg()], **self.ana(**NOWHERE))
        self.assertNotIn("la réponse part par la poste", self.words(response))

    def test_the_receipt_that_is_printed_is_no_letter_to_print(self):
        _path, response = self._enter(_by_hand="1")
        receipt = self.get(response.headers["Location"])
        request = self.requests_of(self.card).with_user(self.agent)
        self.assertTrue(request.to_print_label)
        self.url_open(receipt.tree.xpath("//a[contains(@href, 'recepisse.pdf')]/@href")[0])
        request.invalidate_recordset()
        self.assertFalse(request.to_print_label)
