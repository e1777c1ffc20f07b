from odoo import models

from .procedure_procedure import KIND


class ProcedureVersion(models.Model):
    _inherit = "procedure.version"

    def _get_price_lines(self, answers, applicant, day=None):
        """An association of the commune has some bookings of the year for nothing."""
        lines = super()._get_price_lines(answers, applicant, day)
        association_id = applicant.get("room_association_id")
        if self.procedure_id.kind != KIND or not association_id:
            return lines
        Request_sudo = self.env["procedure.request"].sudo()
        room_sudo, start, _stop = Request_sudo._find_room_asked(answers)
        total = self._get_price_total(lines)
        if not room_sudo or not start or not total:
            return lines
        own_sudo = Request_sudo.browse(applicant.get("room_request_id") or []).room_booking_ids
        left = room_sudo._count_gratis_left(association_id, start, own_sudo)
        if left <= 0:
            return lines
        return [*lines, room_sudo._prepare_gratis_line(left, start, total, len(lines))]
