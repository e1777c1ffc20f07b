from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.territory_base import clock


class HouseholdEntry(models.TransientModel):
    _inherit = "household.entry"

    report_id = fields.Many2one("procedure.request", "Report of change to link", readonly=True)

    @api.constrains("report_id")
    def _check_report_id(self):
        self.report_id.sudo(False).check_access("read")

    def action_enter(self):
        """The report for which the file is opened is linked to it."""
        self._settle_before()
        action = super().action_enter()
        report = self.report_id
        if not report:
            return action
        if report.sudo()._lacks_file():
            try:
                with self.env.cr.savepoint():
                    report._link_opened(self.sheet_id)
            except ValidationError:
                # The file is open all the same. What cannot be proposed is said where the agent
                # links it herself, by the band that stays.
                self.env.invalidate_all()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "procedure_desk.procedure_request_action"
            ),
            "res_id": report.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _settle_before(self):
        """Who tells us that she moved on Friday lived on Thursday where she is entered: an address
        that began today would be the later one of the two."""
        answers = self.report_id.sudo().answers or {}
        day = fields.Date.to_date(answers.get("date_event"))
        if day and not self.date_home and day <= clock.today():
            if any((self.street, self.city, self.commune_id)):
                self.date_home = day - relativedelta(days=1)
