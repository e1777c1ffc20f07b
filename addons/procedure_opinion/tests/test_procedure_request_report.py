from odoo.tests import tagged

from odoo.addons.procedure.tests.common import ProcedureCommon
from odoo.addons.report_weasyprint.tests.pdf import get_text


@tagged("post_install", "-at_install")
class TestRequestReport(ProcedureCommon):
    def test_the_printed_request_holds_the_opinions(self):
        filed = self._submit()
        mine = filed.with_user(self.agent)
        mine.action_take()
        mine.action_consult("Y a-t-il la place ?", service_id=self.school.id)
        opinion = filed.opinion_ids.with_user(self.school_agent)
        opinion.action_give_favourable("Oui, une place")
        report = self.env["ir.actions.report"].with_user(self.agent)
        content = report.with_context(force_report_rendering=True)._render_qweb_pdf(
            "procedure_print.request_report", filed.ids
        )[0]
        text = get_text(content)
        for words in (filed.number, "Y a-t-il la place ?", "Oui, une place"):
            self.assertIn(words, text)
