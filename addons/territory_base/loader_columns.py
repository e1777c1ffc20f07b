"""The columns of the territory's files, and what one cell says."""

import re
from dataclasses import dataclass, field
from math import isfinite, nan

from stdnum.fr import siren

from . import clock
from .dates import NoSuchDay, read_day

# In a cell: nothing, where an empty cell leaves what is known.
NOTHING = "-"
HOUR = re.compile(r"(\d{1,2})\s*(?:h|:)?\s*(\d{2})?")
YES_NO = {"oui": True, "non": False}


@dataclass(frozen=True)
class Column:
    """A column fills a field; how it is read follows from the type of the field."""

    field: str
    required: bool = False
    # Name of a method of `Cells` that checks or reads it in place of the field's type.
    check: str = ""
    # What the file says: what the field stores.
    choices: dict = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    """A file fills a model. Its records are found by the fields of `keys`; none: the company."""

    model: str
    columns: dict
    keys: tuple = ()
    # Of what is no longer in the file: "all", or "loaded" (what a file brought before, nothing
    # that was made on screen). It is archived, or deleted where the model archives nothing.
    gone: str = "loaded"


class Cells:
    """Reads cells. Says which file, line and column is wrong, and goes on: all is told at once."""

    def __init__(self, loader, file, errors):
        self.loader, self.env, self.file, self.errors = loader, loader.env, file, errors

    def error(self, line, column, message):
        self.errors.append(
            self.env._(
                "%(file)s, line %(line)s, column %(column)s: %(message)s.",
                file=self.file,
                line=line,
                column=column,
                message=message,
            )
        )

    def read_cell(self, line, row, name, column, model):
        """The value to write; None when the cell is empty: what is known stays."""
        text = row.get(name) or ""
        if not text:
            if column.required:
                self.error(line, name, self.env._("a value is required"))
            return None
        if text == NOTHING and not column.required:
            return self.env[model] if self._is_relation(model, column) else False
        if column.choices:
            return self.choice(line, name, text, column.choices)
        kind = self.env[model]._fields[column.field].type
        read = getattr(self, f"read_{column.check or kind}", None)
        return read(line, name, text, model, column.field) if read else text

    def _is_relation(self, model, column):
        return bool(self.env[model]._fields[column.field].comodel_name)

    def choice(self, line, name, text, choices):
        if text not in choices:
            self.error(
                line,
                name,
                self.env._(
                    "“%(value)s” is not one of: %(choices)s",
                    value=text,
                    choices=", ".join(choices),
                ),
            )
        return choices.get(text)

    # By the type of the field

    def read_integer(self, line, name, text, *_field):
        if not text.isdecimal():
            self.error(line, name, self.env._("“%(value)s” is not a whole number", value=text))
            return None
        return int(text)

    def read_float(self, line, name, text, *_field):
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            number = nan
        if not isfinite(number):
            self.error(line, name, self.env._("“%(value)s” is not a number", value=text))
            return None
        return number

    def read_boolean(self, line, name, text, *_field):
        return self.choice(line, name, text, YES_NO)

    def read_date(self, line, name, text, *_field):
        try:
            return read_day(text, None, clock.today())
        except (NoSuchDay, ValueError):
            self.error(line, name, self.env._("“%(value)s” is not a day", value=text))
            return None

    def read_many2one(self, line, name, text, model, field_name):
        comodel = self.env[model]._fields[field_name].comodel_name
        found = self.loader._find_named(comodel, text)
        if not found:
            self.error(
                line, name, self.env._("nothing in the territory is named %(code)s", code=text)
            )
        return found

    def read_many2many(self, line, name, text, model, field_name):
        comodel = self.env[model]._fields[field_name].comodel_name
        found = self.env[comodel]
        for code in filter(None, text.split("|")):
            found |= self.read_many2one(line, name, code, model, field_name)
        return found

    # By what the column holds

    def read_hour(self, line, name, text, *_field):
        match = HOUR.fullmatch(text)
        hour = match and int(match[1]) + int(match[2] or 0) / 60
        if hour is None or hour > 24 or int(match[2] or 0) > 59:
            self.error(line, name, self.env._("“%(value)s” is not an hour", value=text))
            return None
        return hour

    def read_insee(self, line, name, text, *_field):
        if not (len(text) == 5 and text.isalnum() and text.isascii()):
            self.error(
                line,
                name,
                self.env._("“%(code)s” is not an INSEE code: 5 characters", code=text),
            )
            return None
        return text

    def read_postcode(self, line, name, text, *_field):
        if not (len(text) == 5 and text.isdecimal()):
            self.error(
                line,
                name,
                self.env._("“%(value)s” is not %(size)s digits", value=text, size=5),
            )
            return None
        return text

    def read_siren(self, line, name, text, *_field):
        if not siren.is_valid(text):
            self.error(line, name, self.env._("“%(value)s” is not a SIREN", value=text))
            return None
        return text
