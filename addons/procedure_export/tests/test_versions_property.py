import io

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from odoo import Command
from odoo.tests import tagged

from .common import ExportCommon

KEYS = ("alpha", "beta", "gamma", "delta")
# What each version asks, and what is answered under it.
VERSIONS = st.lists(
    st.dictionaries(st.sampled_from(KEYS), st.text("=+abc é", max_size=6), min_size=1),
    min_size=1,
    max_size=4,
)


@tagged("post_install", "-at_install", "-standard", "sweep_machines")
class TestVersionsProperty(ExportCommon):
    @settings(max_examples=3)
    @given(VERSIONS)
    def test_export_joins_versions_by_key(self, versions):
        """Whatever each version asked: a column for each key, each answer under its own."""
        with self.env.cr.savepoint() as savepoint:
            requests, answers = self._publish_and_file(versions)
            rows = list(self._export(requests).active.values)
            titles, cells = rows[0], rows[1:]
            asked = {key for version in versions for key in version}
            self.assertEqual({title for title in titles if title in KEYS}, asked)
            self.assertEqual(len(titles), len(set(titles)))
            for row, expected in zip(cells, answers, strict=True):
                read = dict(zip(titles, row, strict=True))
                for key in asked:
                    self.assertEqual(read[key] or "", expected.get(key, ""))
            savepoint.rollback()

    def _publish_and_file(self, versions):
        requests, answers = self.env["procedure.request"], []
        procedure = self._procedure(
            "Versions", "ESSAIV", self.waste, fields=self._get_fields(versions[0])
        )
        for number, version in enumerate(versions):
            if number:
                draft = procedure.action_new_version()
                draft.field_ids.unlink()
                draft.field_ids = [Command.create(vals) for vals in self._get_fields(version)]
                procedure.action_publish()
                self.env.flush_all()
            requests |= self._submit(procedure=procedure, files={}, answers=version)
            answers.append({key: text.strip() for key, text in version.items()})
        return requests, answers

    def _get_fields(self, version):
        return [{"key": key, "type": "char", "label": key} for key in version]

    def _export(self, requests):
        output = io.BytesIO()
        self._wizard(requests)._write_workbook(output)
        return load_workbook(output)
