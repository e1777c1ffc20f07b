from odoo import fields

from .base import ChangeType, _lt, to_json


class ClosingType(ChangeType):
    """A company that closes, an association that is dissolved: {date}."""

    code = "closing"
    argument = "closing"
    label = _lt("Closing")
    has_one_value = True

    def prepare(self, proposal, raw):
        organisation_sudo = proposal.subject.sudo()
        day = proposal.read_day(raw.get("date"))
        if not organisation_sudo._is_organisation() or organisation_sudo.date_closed == day:
            return []
        new_value = {"date": fields.Date.to_string(day)}
        return [
            {"field_key": self.code, "new_text": organisation_sudo.name, "new_value": new_value}
        ]

    def read_known(self, line):
        return to_json(line.change_id.subject_id.date_closed)

    def apply(self, line):
        line.change_id.subject_id._close(fields.Date.to_date(line.new_value["date"]))
