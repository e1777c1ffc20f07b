from odoo import fields, models

BATCH = 500


class ProcedureExport(models.TransientModel):
    """Requests to be written in a spreadsheet: one column per field, versions joined by key."""

    _name = "procedure.export"
    _description = "Export of requests"

    request_ids = fields.Many2many("procedure.request")

    def _get_workbook(self):
        """The workbook, of what the current user may read today."""
        self.ensure_one()
        readable = self.request_ids._filtered_access("read")
        groups = self.env["procedure.request"]._read_group(
            [("id", "in", readable.ids)], ["procedure_id"], ["id:array_agg"]
        )
        return self.env["public.guard"]._xlsx(
            self._get_sheet(procedure, ids) for procedure, ids in groups
        )

    def _get_sheet(self, procedure, request_ids):
        columns = procedure._get_export_columns()
        headers = [label for label, _get in self._get_fixed_columns()]
        headers += [label for _key, label in columns]
        return procedure.name, headers, self._get_rows(sorted(request_ids), columns)

    def _get_rows(self, request_ids, columns):
        """By batches, so that a year of requests does not stay in memory."""
        fixed = self._get_fixed_columns()
        for start in range(0, len(request_ids), BATCH):
            requests = self.env["procedure.request"].browse(request_ids[start : start + BATCH])
            for request in requests:
                exported = request._get_exported_answers()
                yield [get(request) for _label, get in fixed] + [
                    exported.get(key) for key, _label in columns
                ]
            requests.invalidate_recordset()

    def _get_fixed_columns(self):
        """List of (header, function of the request)."""
        Request = self.env["procedure.request"]
        states = dict(Request._fields["state"]._description_selection(self.env))
        channels = dict(Request._fields["channel"]._description_selection(self.env))
        return [
            (self.env._("Number"), lambda request: request.number),
            (self.env._("State"), lambda request: states[request.state]),
            (self.env._("Step"), lambda request: request.step_id.name),
            (self.env._("Received on"), lambda request: request.date_submitted),
            (self.env._("Due on"), lambda request: request.date_due),
            (self.env._("Channel"), lambda request: channels[request.channel]),
            (self.env._("Applicant"), lambda request: request.applicant_name),
            (self.env._("E-mail"), lambda request: request.applicant_email),
            (self.env._("Phone"), lambda request: request.applicant_phone),
            (self.env._("On behalf of"), lambda request: request.acting_for_id.name),
            (self.env._("Commune"), lambda request: request.commune_id.name),
            (self.env._("Service"), lambda request: request.service_id.name),
            (self.env._("Agent"), lambda request: request.user_id.name),
        ]
