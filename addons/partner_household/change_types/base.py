from dataclasses import dataclass, field
from datetime import date

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


@dataclass
class Proposal:
    """What is proposed, while it is read. `errors`: a sentence for each value that is wrong."""

    env: object
    subject: object
    requester: object
    errors: list = field(default_factory=list)

    @property
    def check(self):
        return self.env["identity.check"]

    def read_day(self, raw):
        """The day that was typed, today when nothing was."""
        day, error = self.check._parse_day(raw) if raw else (None, None)
        if error:
            self.errors.append(error)
        return day or fields.Date.context_today(self.subject)

    def get_person(self, person_id):
        """Herself or a child she answers for, living in this household."""
        person = self.env["res.partner"].browse(int(person_id)).exists()
        if person not in self.subject._get_current_members() or not (
            person == self.requester or person._is_child_accessible_by(self.requester)
        ):
            raise AccessError(self.env._("This person is not in your household."))
        return person


class ChangeType:
    """One way in which a file changes. It holds no data: everything is on the line.

    :cvar code: kept on each line (`household.change.line.type`)
    :cvar argument: key of the values of `household.change._propose` that it reads
    """

    code = None
    argument = None
    label = None

    def prepare(self, proposal, raw):
        """Lines of what differs; `proposal.errors` gets what is wrong.

        :param raw: what was typed, never trusted
        :return: [vals of `household.change.line`], without `type` nor `old_value`
        """
        raise NotImplementedError

    def read_known(self, line):
        """What is known today where the line would write, as JSON: when it is no longer what it was
        on the day of the proposal, nobody may accept the line. In superuser mode."""
        raise NotImplementedError

    def apply(self, line):
        """Writes `new_value`, typed, not the text shown. In superuser mode, after every check."""
        raise NotImplementedError

    def get_label(self, line):
        return line.env._(self.label)


class FieldType(ChangeType):
    """A field of a sheet: of the person of the line, or of the organisation itself."""

    def get_record(self, line):
        raise NotImplementedError

    def make_line(self, record_sudo, name, new):
        """:return: no line when nothing differs"""
        if (record_sudo[name] or False) == (new or False):
            return []
        known = record_sudo._fields[name]
        return [
            {
                "field_key": name,
                "old_text": known.convert_to_export(record_sudo[name], record_sudo) or "",
                "new_text": known.convert_to_export(new, record_sudo) or "",
                "new_value": to_json(new),
            }
        ]

    def read_known(self, line):
        return to_json(self.get_record(line)[line.field_key])

    def apply(self, line):
        self.get_record(line).write({line.field_key: line.new_value})

    def get_label(self, line):
        names = self.get_record(line)._fields
        return names[line.field_key]._description_string(line.env)


def to_json(value):
    """Of a text, a day or a code; nothing is False, as fields say it."""
    return fields.Date.to_string(value) if isinstance(value, date) else value or False
