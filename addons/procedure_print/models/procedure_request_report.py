from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.territory_base import clock


class ProcedureRequestReport(models.AbstractModel):
    """What the staff prints of a request: what it reads on screen, notes left out."""

    _name = "report.procedure_print.request"
    _description = "Printed request"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Any account may ask for a report by its address: the staff's rights are checked here."""
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only the staff prints a request."))
        requests = self.env["procedure.request"].browse(docids)
        requests.check_access("read")
        return {
            "docs": requests,
            "printed": self.env._(
                "Printed on %(date)s by %(name)s. These are personal data: keep this paper with "
                "the file, then destroy it.",
                date=clock.local_time(fields.Datetime.now()).strftime("%d/%m/%Y"),
                name=self.env.user.name,
            ),
            "facts": {request.id: self._get_facts(request) for request in requests},
            "show_time": self._show_time,
        }

    def _show_time(self, moment):
        return clock.local_time(moment).strftime("%d/%m/%Y %H:%M") if moment else ""

    def _get_facts(self, request):
        """(label, value) of what is known; the labels are those of the screen."""
        # As the screen does: a name that she may not read is said "not shown", nothing is refused.
        linked = request.read(["acting_for_id", "dwelling_id", "service_id", "user_id"])[0]
        names = {name: value and value[1] for name, value in linked.items() if name != "id"}
        persons = request.subject_ids._filtered_access("read")
        labels = request.fields_get(["state", "channel"], ["selection"])
        contact = (
            request.contact_street,
            " ".join(filter(None, (request.contact_zip, request.contact_city))),
        )
        rows = (
            (self.env._("Applicant"), request.applicant_name),
            (self.env._("For"), names["acting_for_id"]),
            (self.env._("E-mail"), request.applicant_email),
            (self.env._("Phone"), request.applicant_phone),
            (self.env._("Address"), ", ".join(filter(None, contact))),
            (self.env._("Dwelling"), names["dwelling_id"]),
            (self.env._("Persons concerned"), ", ".join(persons.mapped("name"))),
            (self.env._("Service"), names["service_id"]),
            (self.env._("Agent"), names["user_id"]),
            (self.env._("Received on"), self._show_time(request.date_submitted)),
            (self.env._("Channel"), dict(labels["channel"]["selection"]).get(request.channel)),
            (self.env._("State"), dict(labels["state"]["selection"])[request.state]),
            (
                self.env._("Answer due on"),
                request.date_due and request.date_due.strftime("%d/%m/%Y"),
            ),
        )
        return [(label, value) for label, value in rows if value]
