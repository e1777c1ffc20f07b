from odoo import Command, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from odoo.addons.public_guard.exceptions import UploadRefused

from ..exceptions import ContentErrors
from .content_revision_text import CONTROL, LINE_END

TEXT_MAX = {"char": 250, "text": 5000}
LINES_MAX = 60
CHOICES_MAX = 500


class ContentRevisionTyped(models.AbstractModel):
    """What a contributor types: kept if every value of it is right, tried before it is sent."""

    _name = "content.revision.typed"
    _description = "Proposed change: what is typed"

    # ------------------------------------------------------------
    # What people type
    # ------------------------------------------------------------

    def _change(self, values):
        """Keep what a contributor typed. Nothing is kept if one of them is wrong.

        :param values: {name: value}: words as typed, ids, lists of lines (dicts with the `id` of a
            line that exists), the bytes of an image (False: none, None: as it was)
        :raise ContentErrors: one sentence for each field; :raise AccessError: a field that is not
            open, somebody else's revision
        """
        self.ensure_one()
        self._check_editable()
        options = self._get_model()._get_approval_fields()
        self._check_open(values, options)
        revision_sudo = self.sudo()
        kept, errors, body = dict(revision_sudo.values or {}), {}, None
        for name, value in values.items():
            if value is None:
                continue
            try:
                if name == "body":
                    body = revision_sudo._clean_body(value)
                    continue
                kept[name] = revision_sudo._clean(name, value, options[name], kept.get(name))
            except ValidationError as error:
                errors[name] = error.args[0]
        errors = {**self._get_model()._check_approval_values(kept), **errors}
        errors = {name: text for name, text in errors.items() if name in values}
        if errors:
            raise ContentErrors(errors)
        vals = {"values": kept, "editor_ids": [Command.link(self.env.uid)]}
        if body is not None:
            vals["body"] = body
        dropped = self._find_files(revision_sudo.values) - self._find_files(kept)
        self._set(vals)
        self._forget_files(dropped - self._find_files(revision_sudo.base_values))
        self._rename()

    def _check_open(self, values, options):
        closed = set(values) - set(options) - {"body"}
        if closed:
            raise AccessError(
                self.env._("These fields are not open: %(names)s", names=", ".join(sorted(closed)))
            )

    def _rename(self):
        """A new content is known by the name that is proposed for it."""
        name = (self.sudo().values or {}).get(self._get_model()._rec_name)
        if name and name != self.sudo().name:
            self._set({"name": name})

    def _clean(self, name, value, options, kept):
        field = self._get_model()._fields[name]
        if field.type == "one2many":
            return self._clean_lines(field, value, options["lines"], kept or [])
        return self._clean_value(self._get_model(), field, value, kept)

    def _clean_lines(self, field, rows, names, kept):
        is_list = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
        if not is_list or len(rows) > LINES_MAX:
            raise ValidationError(self.env._("%(count)s lines at most.", count=LINES_MAX))
        Line = self.env[field.comodel_name]
        known = {row["id"]: row for row in kept if row.get("id")}
        cleaned = []
        for row in rows:
            before = known.get(row.get("id"), {})
            line = {"id": before["id"]} if before else {}
            for name in names:
                value = row.get(name)
                line[name] = (
                    before.get(name, False)
                    if value is None
                    else self._clean_value(Line, Line._fields[name], value, before.get(name))
                )
            # A line left empty is a line that is not there.
            if any(line[name] for name in names):
                cleaned.append(line)
        return cleaned

    def _clean_value(self, Model, field, value, kept):
        clean = getattr(self, f"_clean_{field.type}", None)
        if clean is None:
            raise ValidationError(self.env._("This cannot be changed here."))
        return clean(Model, field, value, kept)

    def _clean_char(self, Model, field, value, kept):
        text = CONTROL.sub("", LINE_END.sub("\n", str(value or ""))).strip()
        limit = min(getattr(field, "size", None) or TEXT_MAX[field.type], TEXT_MAX[field.type])
        if len(text) > limit:
            raise ValidationError(
                self.env._("%(count)s signs: %(limit)s at most.", count=len(text), limit=limit)
            )
        return text or False

    _clean_text = _clean_char

    def _clean_boolean(self, Model, field, value, kept):
        return bool(value)

    def _clean_integer(self, Model, field, value, kept):
        try:
            number = int(str(value or 0).replace("\u202f", "").replace("\xa0", "").replace(" ", ""))
        except ValueError:
            number = 2**31
        if not abs(number) < 2**31:
            raise ValidationError(self.env._("Write a whole number."))
        return number

    def _clean_float(self, Model, field, value, kept):
        if value in ("", False, None):
            return 0
        try:
            number = float(str(value).replace(",", ".").strip())
        except ValueError:
            raise ValidationError(self.env._("Write a number.")) from None
        if not abs(number) < 1e12:
            raise ValidationError(self.env._("Write a number."))
        return number

    def _clean_date(self, Model, field, value, kept):
        try:
            return fields.Date.to_string(fields.Date.to_date(str(value))) if value else False
        except ValueError:
            raise ValidationError(self.env._("Write a day of the calendar.")) from None

    def _clean_datetime(self, Model, field, value, kept):
        """:param value: a moment of UTC, as the database writes it"""
        if not value:
            return False
        try:
            return fields.Datetime.to_string(fields.Datetime.to_datetime(str(value)))
        except ValueError:
            raise ValidationError(self.env._("Write a day and an hour.")) from None

    def _clean_selection(self, Model, field, value, kept):
        if value and value not in field.get_values(self.env):
            raise ValidationError(self.env._("Choose one of the list."))
        return value or False

    def _clean_many2one(self, Model, field, value, kept):
        return (self._clean_ids(Model, field, [value] if value else []) or [False])[0]

    def _clean_many2many(self, Model, field, value, kept):
        return sorted(set(self._clean_ids(Model, field, value or [])))

    def _clean_ids(self, Model, field, ids):
        try:
            ids = [int(each) for each in ids]
        # JSON of Python reads `Infinity`.
        except (OverflowError, TypeError, ValueError):
            raise ValidationError(self.env._("Choose one of the list.")) from None
        if len(set(ids)) > CHOICES_MAX:
            raise ValidationError(self.env._("Choose one of the list."))
        Records_sudo = self.env[field.comodel_name].sudo()
        is_content = hasattr(Model, "_get_approval_domain")
        domain = Model._get_approval_domain(field.name) if is_content else Domain.TRUE
        if Records_sudo.search_count(domain & Domain("id", "in", ids)) < len(set(ids)):
            raise ValidationError(self.env._("Choose one of the list."))
        return ids

    def _clean_binary(self, Model, field, value, kept):
        """:param value: the bytes that were sent; False: no image any more; a dict: an image that
        this revision holds already, of a line that has no number yet
        """
        if not value:
            return False
        if isinstance(value, dict):
            if not isinstance(value.get("file"), int) or not self._get_file(value):
                raise ValidationError(self.env._("Choose a picture."))
            return value
        if not isinstance(value, bytes):
            raise ValidationError(self.env._("Choose a picture."))
        try:
            found = self.env["public.guard"]._check_upload(
                field.name, value, kinds=("jpg", "png", "heic")
            )
        except UploadRefused as refusal:
            raise ValidationError(refusal.args[0]) from refusal
        return self._keep_image(field.name, found["content"], found["mimetype"])

    # ------------------------------------------------------------
    # Before it is sent
    # ------------------------------------------------------------

    def _get_faults(self):
        """{name: sentence} of what prevents its publication, tried on the content and undone."""
        self.ensure_one()
        Model = self._get_model()
        values = self.sudo().values or {}
        faults = dict(Model._check_approval_values(values))
        lost = self._find_files(values) - set(self._get_own_files().ids)
        for name in Model._get_approval_fields():
            if lost & self._find_files(values.get(name)):
                faults.setdefault(name, self.env._("Choose a picture."))
        for name in Model._get_approval_fields():
            if Model._fields[name].required and not values.get(name):
                faults.setdefault(name, self.env._("Write this: people look for it."))
            lacking = self._get_line_fault(name, values.get(name))
            if lacking:
                faults.setdefault(name, lacking)
        for name, options in Model._get_approval_fields().items():
            if values.get(name) and options.get("alt") and not values.get(options["alt"]):
                faults.setdefault(
                    options["alt"],
                    self.env._("Say what the picture shows, for those who cannot see it."),
                )
        body = self._get_body_fault()
        if body:
            faults["body"] = body
        return faults

    def _get_line_fault(self, name, rows):
        """The sentence for the first line that lacks what each of them needs."""
        options = self._get_model()._get_approval_fields()[name]
        if not options.get("lines"):
            return ""
        Line = self.env[self._get_model()._fields[name].comodel_name]
        picture, alt = options.get("line_alt") or ("", "")
        for number, row in enumerate(rows or [], 1):
            for column in options["lines"]:
                field = Line._fields[column]
                if field.required and field.type in ("char", "text") and not row.get(column):
                    told = options.get("columns", {}).get(column, {})
                    label = told.get("label") or field._description_string(self.env)
                    return self.env._(
                        "Line %(number)s: “%(column)s” is missing.", number=number, column=label
                    )
            if row.get(picture) and not row.get(alt):
                return self.env._(
                    "Line %(number)s: say what the picture shows, for those who cannot see it.",
                    number=number,
                )
        return ""
