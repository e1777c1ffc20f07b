"""What a form sends: raw values as the engine takes them, and files that are checked."""

import re

from odoo.addons.procedure_form import engine
from odoo.addons.website_parts.tools.day import tidy_date
from odoo.addons.website_parts.tools.upload import MIMETYPES
from odoo.addons.website_parts.tools.web import LIMIT_TEXT, number

MAX_FILES = 20
ADDRESS_PARTS = ("street", "street2", "zip", "commune")
# The address that a visitor gives of herself.
IDENTITY_ADDRESS = "contact_address"
DEFAULT_ROWS = 10
# Whatever a browser sends, or a version says.
LIMIT_ROWS = 50


def read_answers(form_fields, visit):
    """Raw values by input name, as the engine takes them. Files are received apart."""
    raw = {}
    for field in form_fields:
        if not getattr(field, "block_key", None):
            raw.update(_read_field(field, field.key, visit))
    return raw


def _read_field(field, name, visit):
    # A question of a form, or one of the identity block.
    asked = field.kind if isinstance(field, engine.Field) else field._get_type()
    if asked.holds == "rows":
        return _read_block(field, visit)
    if asked.holds != "answer":
        return {}
    if asked.is_day:
        return {name: tidy_date(visit.posted.text(name, 100), field.date_limit)}
    names = asked.get_input_names(field, name)
    if asked.is_several:
        return {each: visit.posted.texts(each, 1000) for each in names}
    return {each: visit.posted.text(each, asked.length_sent or LIMIT_TEXT) for each in names}


def _read_block(field, visit):
    """The rows as they were on the page, then the one that was asked for or taken out."""
    key, posted = field.key, visit.posted
    rows = []
    for index in range(count_rows(field, posted.form)):
        prefix = f"{key}.{index}."
        row = {}
        for child in get_row_fields(field):
            read = _read_field(child, prefix + child.key, visit)
            row.update({name.removeprefix(prefix): value for name, value in read.items()})
        rows.append(row)
    dropped = posted.text("_drop", 100)
    removed = dropped.removeprefix(f"{key}.")
    if removed.isdecimal() and removed.isascii() and dropped == f"{key}.{removed}":
        del rows[int(removed) : int(removed) + 1]
    if posted.text("_add", 100) == key and len(rows) < get_max_rows(field):
        rows.append({})
    raw = {
        f"{key}.{index}.{name}": value
        for index, row in enumerate(rows)
        for name, value in row.items()
    }
    return {**raw, f"_rows.{key}": str(len(rows))}


def is_reshaped(posted):
    """A row was added or taken out, a file taken back or about to be replaced, a proposed name
    taken: the form is shown again, and nothing else is done."""
    names = ("_add", "_drop", "_take", "_remove", "_replace", "_reuse", "_confirm")
    return any(posted.text(name, 1000) for name in names)


def get_row_fields(block):
    """The questions of each row of a repeated block."""
    return block.version_id.field_ids.filtered(lambda field: field.block_key == block.key)


def get_max_rows(block):
    asked = DEFAULT_ROWS if block.max_value is None else block.max_value
    return min(asked, LIMIT_ROWS)


def count_rows(block, raw):
    """As many as were shown: a row of boxes where nothing is ticked sends nothing."""
    pattern = re.compile(rf"{re.escape(block.key)}\.(\d{{1,3}})\.")
    found = [int(match[1]) + 1 for match in map(pattern.match, raw) if match]
    shown = number(raw.get(f"_rows.{block.key}"))
    return min(max([shown, *found, block.min_value or 1, 1]), LIMIT_ROWS)


def get_kinds(field):
    accepted = (field and field.accepted_kinds) or ""
    kinds = [kind.strip().lower() for kind in accepted.split(",")]
    return [kind for kind in kinds if kind in MIMETYPES] or list(MIMETYPES)
