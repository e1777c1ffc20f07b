from odoo import models


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    def action_export_definition(self):
        """Download the procedure as a file."""
        self._check_manager()
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/procedure/definition/{self.id}",
            "target": "download",
        }

    def action_new_procedure(self):
        """Ask where the new procedure comes from: nothing, or this one."""
        self._check_manager()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "procedure_template.procedure_new_wizard_action"
        )
        if len(self) == 1:
            action["context"] = {"default_source": "procedure", "default_procedure_id": self.id}
        return action

    def _get_version_to_copy(self):
        """What the public fills in today; else what is being written."""
        self.ensure_one()
        return self.version_id or self._get_draft()

    def _export_definition(self):
        """Bytes of the file."""
        self._check_manager()
        Definition = self.env["procedure.definition"]
        return Definition._write_file(Definition._export(self, self._get_version_to_copy()))

    def _duplicate(self, vals):
        """A draft with the same form, steps and settings, and a register entry to be accepted."""
        self._check_manager()
        self.ensure_one()
        source = self._get_version_to_copy()
        procedure = self.copy({**vals, "processing_id": self._copy_processing(vals).id})
        if source:
            source.copy(
                {
                    "procedure_id": procedure.id,
                    "number": 1,
                    "state": "draft",
                    "published_by_id": False,
                    "published_on": False,
                }
            )
        return procedure

    def _copy_processing(self, vals):
        processing = self.processing_id
        if not processing:
            return processing
        return processing.copy(
            {
                "name": vals["name"],
                "code": processing._get_free_code(vals["code"].lower()),
                "is_proposed": True,
            }
        )
