from dataclasses import dataclass, field
from datetime import date

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tools import LazyTranslate

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.dates import say_day
from odoo.addons.territory_base.tools import format_phone, normalize

NAMES = ("firstname", "lastname")

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
        return day or clock.today()

    def get_person(self, person_id):
        """Herself or a child she answers for, living in this household."""
        person = self.env["res.partner"].browse(int(person_id)).exists()
        if person not in self.subject._get_current_members() or not (
            person == self.requester or person._is_child_accessible_by(self.requester)
        ):
            raise AccessError(self.env._("This person is not in your household."))
        return person

    def get_child(self, person_id):
        """A child she answers for, wherever it lives."""
        child = self.env["res.partner"].browse(int(person_id or 0)).exists()
        if not child or not child._is_child_accessible_by(self.requester):
            raise AccessError(self.env._("You do not act for this child."))
        return child


class ChangeType:
    """One way in which a file changes. It holds no data: everything is on the line.

    :cvar code: kept on each line (`household.change.line.type`)
    :cvar argument: key of the values of `household.change._propose` that it reads
    :cvar title: a noun for it, where several are listed; the label, when that is one
    :cvar needs_evidence: whether who accepts says what was seen
    :cvar is_named: whether what the line shows is the name of a person
    :cvar has_one_value: whether a second value takes the place of the first one: two phones, not
        two births
    """

    code = None
    argument = None
    label = None
    title = None
    needs_evidence = False
    is_named = False
    has_one_value = False

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

    def get_title(self, line):
        return line.env._(self.title) if self.title else self.get_label(line)

    def get_text(self, line):
        """What it says, without its day; with `unnamed_children` in the context, to somebody who
        may not be whom she says she is."""
        return line.new_text or line.old_text or ""


class MemberType(ChangeType):
    """About somebody who lives in the household: {person (id), date}, or, of another adult, whose
    sheet nobody reads for her, as typed: {firstname, lastname, birthdate (may lack), date}."""

    is_named = True

    def prepare(self, proposal, raw):
        lines = []
        for said in raw:
            day = proposal.read_day(said.get("date"))
            value = {"date": fields.Date.to_string(day)}
            if said.get("person"):
                person = proposal.get_person(said["person"])
                line = {"person_id": person.id, "old_text": person.sudo().name}
            else:
                typed = self.read_names(proposal, said)
                value |= typed
                line = {"old_text": " ".join(filter(None, map(typed.get, NAMES)))}
            lines.append({"field_key": self.code, "new_value": value, **line})
        return lines

    def read_names(self, proposal, said):
        """At any age; the birth date may lack."""
        values, found = proposal.check._check_person(said)
        found.pop("birthdate", None)
        values = {name: values[name] for name in NAMES if name in values}
        if said.get("birthdate"):
            born, error = proposal.check._parse_day(said["birthdate"], "past")
            values["birthdate"] = born
            found |= {"birthdate": error} if error else {}
        proposal.errors += found.values()
        return {name: to_json(value) for name, value in values.items()}

    def find_person(self, line):
        """Whom the line is about. Nobody: the names that were typed are those of none, or of
        several, of the people who live there. In superuser mode."""
        if line.person_id:
            return line.person_id
        value = line.new_value
        born = value.get("birthdate")
        names = [normalize(value[name]) for name in NAMES]
        found = line.change_id.subject_id._get_current_members().filtered(
            lambda person: (
                [normalize(person[name] or "") for name in NAMES] == names
                and (not born or to_json(person.birthdate) in (False, born))
            )
        )
        return found if len(found) == 1 else found.browse()

    def find_person_or_refuse(self, line):
        person = self.find_person(line)
        if not person:
            raise UserError(
                line.env._(
                    "Nobody of this name lives in this household: refuse this line and say so, "
                    "or mend the sheet first."
                )
            )
        return person


class FieldType(ChangeType):
    """A field of a sheet: of the person of the line, or of the organisation itself."""

    has_one_value = True

    def get_record(self, line):
        raise NotImplementedError

    def make_line(self, record_sudo, name, new):
        """:return: no line when nothing differs"""
        if (record_sudo[name] or False) == (new or False):
            return []
        return [
            {
                "field_key": name,
                "old_text": self.tell(record_sudo, name, record_sudo[name]),
                "new_text": self.tell(record_sudo, name, new),
                "new_value": to_json(new),
            }
        ]

    def tell(self, record_sudo, name, value):
        """As people write it: 1er janvier 2027, 06 39 98 00 99."""
        if not value:
            return ""
        if isinstance(value, date):
            return say_day(record_sudo.env, value)
        if name == "phone":
            return format_phone(value).replace("\xa0", " ")
        if name == "situation":
            return record_sudo._get_situation_words()[value]
        return record_sudo._fields[name].convert_to_export(value, record_sudo)

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
