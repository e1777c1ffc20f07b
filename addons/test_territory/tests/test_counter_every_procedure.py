from odoo.tests import tagged

from odoo.addons.procedure_template.tests.common import import_template
from odoo.addons.website_procedure_counter.tests.common import CounterCommon


@tagged("post_install", "-at_install", "-standard", "sweep_procedures")
class TestCounterEveryProcedure(CounterCommon):
    """Whoever comes without a computer asks for anything that the site offers."""

    def test_each_opens_at_the_counter(self):
        codes = self.env["procedure.template"].search([]).mapped("code")
        self.assertGreater(len(codes), 15)
        opened = []
        self.sign_in(self.agent)
        for code in codes:
            procedure = import_template(self.env, code, self.waste)
            # As if all that surrounds it were set: what is looked at is its form.
            version = procedure._get_draft()
            version.state = "published"
            procedure.write({"version_id": version.id, "state": "published", "is_communal": False})
            entry = self.env["website.procedure.pending"]._start_entry(
                procedure, self.agent, channel="counter", received_on="2026-11-20"
            )
            with self.subTest(code):
                page = self.get(f"/guichet/{entry.id}")
                self.assertEqual(page.status_code, 200, code)
                opened.append(code)
        self.assertGreater(len(opened), 15)
