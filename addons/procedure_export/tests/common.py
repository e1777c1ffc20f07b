import io

from openpyxl import load_workbook

from odoo.addons.procedure.tests.common import ProcedureCommon


class ExportCommon(ProcedureCommon):
    def _wizard(self, requests, user=None):
        """What the button of the list gives, for these requests."""
        requests = requests.with_user(user or self.agent)
        wizard_id = requests.action_export()["res_id"]
        return requests.env["procedure.export.wizard"].browse(wizard_id)

    def _workbook(self, wizard):
        output = io.BytesIO()
        wizard._write_workbook(output)
        return load_workbook(output)

    def _rows(self, workbook, name="Demander un bac"):
        """List of dict title -> cell."""
        rows = list(workbook[name].iter_rows())
        titles = [cell.value for cell in rows[0]]
        return [dict(zip(titles, row, strict=True)) for row in rows[1:]]
