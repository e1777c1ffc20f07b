from odoo.addons.procedure_export.tests.common import ExportCommon

from .common import AllotmentCommon


class TestExport(AllotmentCommon, ExportCommon):
    """`_get_fixed_export_columns`: what the service noted of a request, in the table."""

    def test_plots_are_a_column(self):
        request, other = self._ask(), self._ask(self.dominique)
        request.with_user(self.agent).action_accept()
        wizard = self._wizard(request | other)
        rows = self._rows(self._workbook(wizard), self.allotment.name)
        self.assertEqual([row["Plots"].value for row in rows], ["A1", None])
