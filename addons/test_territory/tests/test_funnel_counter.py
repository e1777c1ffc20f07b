from odoo.tests import tagged

from odoo.addons.website_procedure_counter.tests.common import CounterCommon


@tagged("post_install", "-at_install")
class TestFunnelCounter(CounterCommon):
    """Where people stop: what the staff enters for somebody is nobody's stop."""

    def test_an_entry_at_the_counter_is_not_counted(self):
        path, page = self.open_form(self.agent)
        self.assertFalse(page.tree.xpath("//form[@data-seen]"))
        refused = self.send(path, page, **self.ana(date_in="demain"))
        self.assertEqual(refused.status_code, 422)
        filed = self.send(path, refused, [self.jpeg()], **self.ana())
        self.assertEqual(filed.status_code, 303, self.errors(filed))
        self.assertEqual(len(self.requests_of()), 1)
        self.assertFalse(self.env["procedure.form.mark"].search([]))
