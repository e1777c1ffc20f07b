import re
from difflib import SequenceMatcher

from lxml.html import diff as html_diff
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date, html_sanitize

from odoo.addons.territory_base import clock

WORD = re.compile(r"\s+|\w+|[^\w\s]")
# Beyond, a word by word comparison takes seconds, and tells nobody anything.
WORDS_MAX = 4000


class ContentRevisionDifference(models.AbstractModel):
    """What changes, as people read it: side by side, what goes struck, what comes underlined."""

    _name = "content.revision.difference"
    _description = "Proposed change: difference"

    def _get_difference(self, earlier=None):
        """What this revision changes.

        :param earlier: another revision of the same content, in place of what it started from
        :return: list of dict: name, label, kind (words, choice, lines, image, text) and
            words, choice: before, after: lists of (same|removed|added, text)
            lines: rows: dicts of label, before, after (texts), state (same|removed|added|changed),
            images: the sums of those that change, before and after
            image: before, after: files or None (`ir.attachment` in superuser mode)
            text: before, after: safe HTML with `<del>`, `<ins>`
        """
        self.ensure_one()
        revision_sudo = self.sudo()
        if earlier is None:
            before, before_body, source = (
                revision_sudo.base_values or {},
                revision_sudo.base_body,
                self,
            )
        else:
            earlier_sudo = earlier.sudo()
            before, before_body, source = earlier_sudo.values or {}, earlier_sudo.body, earlier
        changes = []
        for name, options in self._get_model()._get_approval_fields().items():
            old, new = before.get(name, False), (revision_sudo.values or {}).get(name, False)
            if self._get_key(old) != self._get_key(new):
                changes.append(self._compare_field(name, options, old, new, source))
        if self._get_body_key(before_body) != self._get_body_key(revision_sudo.body):
            old, new = self._compare_html(before_body, revision_sudo.body)
            changes.append(
                {
                    "name": "body",
                    "label": self._get_label("body"),
                    "kind": "text",
                    "before": old,
                    "after": new,
                }
            )
        return changes

    def _get_label(self, name):
        Model = self._get_model()
        label = Model._get_approval_fields().get(name, {}).get("label")
        return label or Model._fields[name].get_description(self.env, ["string"])["string"]

    def _compare_field(self, name, options, old, new, source):
        field = self._get_model()._fields[name]
        change = {"name": name, "label": self._get_label(name)}
        if field.type == "one2many":
            Line_sudo = self.env[field.comodel_name].sudo()
            return {
                **change,
                "kind": "lines",
                "rows": self._compare_lines(
                    Line_sudo, options["lines"], old or [], new or [], source
                ),
            }
        if field.type == "binary":
            return {
                **change,
                "kind": "image",
                "before": source.sudo()._get_file(old) if old else None,
                "after": self.sudo()._get_file(new) if new else None,
            }
        before, after = self._show(field, old), self._show(field, new)
        if field.type in ("char", "text"):
            before, after = self._compare_words(before, after)
            return {**change, "kind": "words", "before": before, "after": after}
        return {
            **change,
            "kind": "choice",
            "before": [("removed", before)] if before else [],
            "after": [("added", after)] if after else [],
        }

    def _show(self, field, value):
        """A value in words."""
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if not value:
            return ""
        if field.type in ("many2one", "many2many"):
            ids = value if isinstance(value, list) else [value]
            records_sudo = self.env[field.comodel_name].sudo().browse(ids).exists()
            return ", ".join(records_sudo.mapped("display_name"))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "datetime":
            moment = clock.local_time(fields.Datetime.to_datetime(value))
            return self.env._(
                "%(day)s at %(hour)s",
                day=format_date(self.env, moment.date()),
                hour=f"{moment.hour}\xa0h\xa0{moment.minute:02}",
            )
        return str(value)

    @api.model
    def _compare_words(self, before, after):
        """:return: two lists of (same|removed|added, text)"""
        old, new = WORD.findall(before), WORD.findall(after)
        if len(old) + len(new) > WORDS_MAX:
            return [("removed", before)], [("added", after)]
        left, right = [], []
        steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        for rank, (code, i1, i2, j1, j2) in enumerate(steps):
            gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
            # A space between two words that change is read with them.
            is_same = code == "equal" and not (gone.isspace() and 0 < rank < len(steps) - 1)
            self._add_words(left, "same" if is_same else "removed", gone)
            self._add_words(right, "same" if is_same else "added", come)
        return left, right

    @api.model
    def _add_words(self, parts, state, words):
        if parts and parts[-1][0] == state:
            words = parts.pop()[1] + words
        if words:
            parts.append((state, words))

    def _compare_lines(self, Line, names, old, new, source):
        """Line by line: those of the same id, else those of the same label, face each other."""
        before = [(row, *self._show_line(Line, names, row)) for row in old]
        after = [(row, *self._show_line(Line, names, row)) for row in new]
        rows, taken = [], set()
        for row, label, text in before:
            match = self._find_line(row, label, after, taken)
            if match is None:
                rows.append(
                    {
                        "label": label,
                        "before": text,
                        "after": "",
                        "state": "removed",
                        "images": (self._list_sums(Line, row), []),
                    }
                )
                continue
            taken.add(match)
            other, other_label, other_text = after[match]
            same = self._get_key(row) == self._get_key(other)
            sums = self._list_sums(Line, row), self._list_sums(Line, other)
            rows.append(
                {
                    "label": other_label,
                    "before": text if label == other_label else f"{label}, {text}",
                    "after": other_text,
                    "state": "same" if same else "changed",
                    "images": ([], []) if sums[0] == sums[1] else sums,
                }
            )
        for index, (row, label, text) in enumerate(after):
            if index not in taken:
                rows.append(
                    {
                        "label": label,
                        "before": "",
                        "after": text,
                        "state": "added",
                        "images": ([], self._list_sums(Line, row)),
                    }
                )
        return rows

    @api.model
    def _list_sums(self, Line, row):
        return [
            value["sum"]
            for name, value in row.items()
            if value and name in Line._fields and Line._fields[name].type == "binary"
        ]

    @api.model
    def _find_line(self, row, label, others, taken):
        free = [index for index in range(len(others)) if index not in taken]
        for index in free:
            if row.get("id") and others[index][0].get("id") == row["id"]:
                return index
        for index in free:
            other, other_label, _text = others[index]
            if other_label == label and not (row.get("id") and other.get("id")):
                return index
        return None

    def _show_line(self, Line, names, row):
        """(label, text) of a line, as its model says it."""
        # In which order the lines stand is seen.
        names = [name for name in names if name != "sequence"]
        values = {
            name: row.get(name, False) for name in names if Line._fields[name].type != "binary"
        }
        return Line.new(values)._get_approval_row(names)

    @api.model
    def _compare_html(self, before, after):
        """Safe HTML of both, for two panels side by side."""
        # Nothing of what is proposed runs in the page of its reader.
        old, new = (
            str(html_sanitize(str(body or ""), strip_style=True, strip_classes=True))
            for body in (before, after)
        )
        if len(WORD.findall(old)) + len(WORD.findall(new)) > WORDS_MAX:
            return Markup(old), Markup(new)  # noqa: S704
        merged = html_diff.htmldiff(old or "<p></p>", new or "<p></p>")
        return (
            Markup(re.sub(r"(?s)<ins\b[^>]*>.*?</ins>", "", merged)),  # noqa: S704
            Markup(re.sub(r"(?s)<del\b[^>]*>.*?</del>", "", merged)),  # noqa: S704
        )
