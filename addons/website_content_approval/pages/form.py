"""The form of a proposed change: inputs drawn from the fields that its content opens."""

import re

from odoo.exceptions import ValidationError

from odoo.addons.content_approval.exceptions import ContentErrors
from odoo.addons.content_approval.models.content_revision_text import BODY_MAX
from odoo.addons.core_doors.exceptions import FileNotKept
from odoo.addons.website_parts.tools.day import show_date, to_iso
from odoo.addons.website_parts.tools.item import list_error, make_item

from .lines import LineInputs
from .typing import (
    count_wrong_digits,
    from_paragraphs,
    is_same_text,
    read_hour,
    read_moment,
    show_hour,
    show_moment,
    show_number,
    to_paragraphs,
)
from .week import WeekInputs

CHOICES_MAX = 500
LIMIT_BODY = 20_000
BODY = "body"
# As people write one: www.exemple.fr/page
BARE_URL = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}([/?#]\S*)?$", re.IGNORECASE)


class ContributionForm(LineInputs, WeekInputs):
    """What is shown, and what comes back.

    Values of the options of `_get_approval_fields()` that it reads beside those of
    `content_approval`: `help`, `section` (title of a folded part), `widget` (`hours`, `tel`,
    `email`, `url`, `rank`: not shown, lines keep the order in which they stand), `columns` (the
    same for each field of a line), `week` (lines of opening hours: one input for each day).

    :param revision: `content.revision` with the rights of the person who writes in it
    :param posted: `website_parts.tools.web.Posted`, what she sent
    :param has_builder: whether she writes `body` in the builder of pages
    """

    def __init__(self, revision, posted=None, has_builder=False):
        self.revision, self.revision_sudo = revision, revision.sudo()
        self.env = revision.env
        self.Model = revision._get_model()
        self.options = dict(self.Model._get_approval_fields())
        if self.Model._has_text_form and not has_builder:
            self.options.setdefault(BODY, {})
        else:
            self.options.pop(BODY, None)
        self.posted = posted
        self.errors = {}
        # Shown as it was typed, not as it is kept.
        self.is_typed = False
        self.added = ""
        self._rows = {}

    # ------------------------------------------------------------
    # What was typed
    # ------------------------------------------------------------

    def keep(self, only_images=False):
        """Keep what is right; `errors` says what is not, and it is shown as it was typed.

        :param only_images: files cannot be shown again in a form: they are kept in any case
        """
        values = self._read(only_images)
        while values:
            try:
                with self.env.cr.savepoint():
                    self.revision._change(values)
                break
            except ContentErrors as refused:
                self.errors |= refused.errors
                values = {
                    name: value for name, value in values.items() if name not in refused.errors
                }
            except FileNotKept as refused:
                # The disk is full: what has no file is kept all the same.
                files = [name for name, value in values.items() if self._has_file(value)]
                if not files:
                    raise
                self.errors |= dict.fromkeys(files, str(refused))
                values = {name: value for name, value in values.items() if name not in files}
        if not only_images:
            self._place_rows()

    @staticmethod
    def _has_file(value):
        """Of a field, or of one of its lines."""
        rows = value if isinstance(value, list) else ()
        cells = [cell for row in rows if isinstance(row, dict) for cell in row.values()]
        return any(isinstance(each, bytes) for each in (value, *cells))

    def _read(self, only_images=False):
        shown = set(self.posted.texts("_shown", 100))
        values = {}
        for name, options in self.options.items():
            if name not in shown:
                continue
            kind = self.Model._fields[name].type
            if only_images and kind != "binary":
                if kind == "one2many":
                    self._read_lines(name, self.Model._fields[name], options)
                continue
            try:
                value = self.Model._read_approval_input(name, self)
                if value is NotImplemented:
                    value = self._read_field(name, options)
            except ValidationError as error:
                self.errors[name] = error.args[0]
                continue
            if value is not None:
                values[name] = value
        return values

    def _read_field(self, name, options):
        if name == BODY:
            typed = self.Model._clean_typed_body(self.posted.text(BODY, 2 * BODY_MAX), self)
            if len(typed) > LIMIT_BODY:
                raise ValidationError(
                    self.env._(
                        "%(count)s signs: %(limit)s at most.", count=len(typed), limit=LIMIT_BODY
                    )
                )
            kept = to_paragraphs(self.revision_sudo.body)
            if kept is None or is_same_text(typed, kept):
                return None
            return from_paragraphs(typed)
        field = self.Model._fields[name]
        if field.type == "one2many":
            read = self._read_week if options.get("week") else self._read_lines
            return read(name, field, options)
        return self._read_input(field, name, options)

    def _read_input(self, field, key, options):
        """A value for `content.revision._change`; None: as it was."""
        posted = self.posted
        if field.type == "binary":
            uploads = posted.uploads(key)
            if uploads:
                # Of a phone's cloud, not fetched yet, or cut on its way.
                content = uploads[0].read()
                if not content:
                    raise ValidationError(self.env._("This file is empty. Choose it again."))
                return content
            return False if posted.text(f"{key}._remove") else None
        if field.type == "boolean":
            return bool(posted.text(key))
        if field.type == "many2many":
            return [each for each in posted.texts(key, 20) if each]
        typed = posted.text(key)
        if field.type == "date":
            return to_iso(typed)
        if options.get("widget") == "url" and BARE_URL.match(typed):
            return f"https://{typed}"
        lost = options.get("widget") == "tel" and count_wrong_digits(typed)
        if lost:
            raise ValidationError(
                self.env._("The number has %(count)s digits. It takes 10.", count=lost)
            )
        if field.type == "float" and options.get("widget") == "hours" and typed:
            try:
                return read_hour(typed)
            except ValueError:
                raise ValidationError(self.env._("Write an hour: 9 h, or 14 h 30.")) from None
        if field.type == "integer" and typed.count(",") + typed.count("."):
            raise ValidationError(self.env._("Write a whole number."))
        if field.type == "datetime" and typed:
            try:
                return read_moment(typed)
            except ValueError:
                raise ValidationError(self._get_moment_help()) from None
        return typed

    # ------------------------------------------------------------
    # What is shown
    # ------------------------------------------------------------

    def get_sections(self):
        """List of dict: title (empty: always open), items, is_open."""
        sections = {"": []}
        hints = self.Model._get_approval_hints(self.revision_sudo.values or {})
        for name, options in self.options.items():
            if name in hints:
                words = filter(None, (hints[name], options.get("help")))
                options = {**options, "help": "\n".join(words)}
            item = self._make_item(name, options)
            sections.setdefault(options.get("section") or "", []).append(item)
        return [
            {
                "title": title,
                "items": items,
                # On a folded part: one need not open it to know.
                "told": ", ".join(filter(None, (item["label"] for item in items))),
                "is_open": any(self._list_errors(item) for item in items),
            }
            for title, items in sections.items()
            if items
        ]

    def get_items(self, names):
        """The inputs of some fields only, as a page of its own asks them."""
        return [self._make_item(name, self.options[name]) for name in names]

    def list_errors(self, items=None):
        """(id of the field, sentence) for the summary of the page.

        :param items: those that are shown, all of them by default
        """
        if items is None:
            items = [item for section in self.get_sections() for item in section["items"]]
        return [error for item in items for error in self._list_errors(item)]

    def _list_errors(self, item):
        cells = [cell for row in item.get("rows", ()) for cell in row["cells"]]
        return [list_error(each) for each in [item, *item.get("days", ()), *cells] if each["error"]]

    def _make_item(self, name, options):
        label = self.revision_sudo._get_label(name)
        if name == BODY:
            item = self._make_body_item(label, options)
        else:
            field = self.Model._fields[name]
            if field.type == "one2many":
                make = self._make_week_item if options.get("week") else self._make_lines_item
                item = make(name, field, label, options)
            else:
                kept = (self.revision_sudo.values or {}).get(name, False)
                item = self._make_input(self.Model, field, name, label, options, kept)
        return self.Model._prepare_approval_item(name, item, self)

    def _make_body_item(self, label, options):
        text = to_paragraphs(self.revision_sudo.body)
        if text is None:
            return make_item(
                BODY,
                self.errors,
                label=label,
                widget="information",
                help=self.env._("Its headings and pictures are changed in the page, see below.")
                if self.revision._is_written_in_page(self.env.user)
                else self.env._(
                    "This text has headings or pictures: call us to change it, it stays as it is."
                ),
            )
        if self.is_shown_typed(BODY):
            text = self.posted.text(BODY, 2 * BODY_MAX)
        return make_item(
            BODY,
            self.errors,
            label=label,
            widget="text",
            value=text,
            help=options.get("help") or self.env._("Leave an empty line between two paragraphs."),
        )

    def is_shown_typed(self, name):
        return self.posted is not None and (self.is_typed or name in self.errors)

    def _make_input(self, Model, field, key, label, options, kept, **more):
        values = {
            "label": label,
            # In a line there is no room for what the model says.
            "help": options.get("help")
            or ("" if more.get("unmarked") else field._description_help(self.env)),
            "required": bool(field.required),
            **more,
        }
        make = getattr(self, f"_make_{field.type}", None)
        values |= make(Model, field, key, options, kept) if make else {"value": kept or ""}
        if "value" in values and self.is_shown_typed(key):
            values["value"] = self.posted.text(key)
        if values.get("several") and self.is_shown_typed(key):
            values["values"] = self.posted.texts(key, 20)
        return make_item(key, self.errors, **values)

    def _make_char(self, Model, field, key, options, kept):
        widget = options.get("widget")
        types = {"tel": "tel", "email": "email", "url": "url"}
        return {"value": kept or "", "type": types.get(widget)}

    def _make_text(self, Model, field, key, options, kept):
        return {"widget": "text", "value": kept or ""}

    def _make_integer(self, Model, field, key, options, kept):
        return {"value": str(kept or ""), "inputmode": "numeric", "width": "et-w1"}

    def _make_float(self, Model, field, key, options, kept):
        if options.get("widget") == "hours":
            return {"value": show_hour(kept), "width": "et-w1"}
        return {"value": show_number(kept), "inputmode": "decimal", "width": "et-w1"}

    def _make_date(self, Model, field, key, options, kept):
        return {"value": show_date(kept) or "", "day": "any"}

    def _make_datetime(self, Model, field, key, options, kept):
        return {
            "value": show_moment(self.env, kept),
            "help": options.get("help") or self._get_moment_help(),
            "width": "et-w3",
        }

    def _get_moment_help(self):
        return self.env._("Write the day and the hour: 12/12/2026 at 20 h 30.")

    def _make_boolean(self, Model, field, key, options, kept):
        return {"widget": "consent", "value": "1" if kept else "", "is_shortcut": True}

    def _make_selection(self, Model, field, key, options, kept):
        choices = field._description_selection(self.env)
        return {"widget": "select", "choices": choices, "value": kept or ""}

    def _make_many2one(self, Model, field, key, options, kept):
        choices = self._list_choices(Model, field)
        return {"widget": "select", "choices": choices, "value": str(kept or "")}

    def _make_many2many(self, Model, field, key, options, kept):
        choices = self._list_choices(Model, field)
        return {
            "widget": "choice",
            "several": True,
            "choices": choices,
            "values": [str(each) for each in kept or []],
        }

    def _list_choices(self, Model, field):
        Records_sudo = self.env[field.comodel_name].sudo()
        domain = []
        if hasattr(Model, "_get_approval_domain"):
            domain = Model._get_approval_domain(field.name)
        records_sudo = Records_sudo.search(domain, limit=CHOICES_MAX)
        return [(str(record.id), record.display_name) for record in records_sudo]

    def _make_binary(self, Model, field, key, options, kept):
        return {
            "template": "website_content_approval.image_input",
            "kept": kept and kept["sum"],
            "picture": kept and f"/contributions/{self.revision.id}/{kept['sum']}",
            "accept": "image/jpeg,image/png,image/heic",
            # What is larger is not kept: it need not leave the telephone.
            "side": max(getattr(field, "max_width", 0), getattr(field, "max_height", 0)) or 2000,
        }
