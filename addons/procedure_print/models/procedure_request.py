from odoo import models

from odoo.addons.report_weasyprint import renderer


class ProcedureRequest(models.Model):
    _inherit = "procedure.request"

    def _get_summary_file(self):
        """Her answers and her documents, with what the acknowledgment says. Drawn when she asks:
        what it holds is in no mail."""
        self.ensure_one()
        title = self.env._("Your request %(number)s", number=self.number)
        sections = self._get_answer_sections(self._get_file_words())
        html = self.env["ir.qweb"]._render(
            "procedure_print.summary",
            {
                "heading": title,
                "lang": self.env.lang,
                "sections": sections,
                **self._acknowledgment_values(),
                "documents": self._get_documents_besides(),
            },
            minimal_qcontext=True,
        )
        layout = self.env["ir.actions.report"]._lay_out(str(html))
        return {"name": f"{self.number}.pdf", "content": renderer.write_pdf([layout])}
