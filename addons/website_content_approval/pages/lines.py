"""The lines of a content (elected members, links…) in the form of a proposed change."""

from odoo.exceptions import ValidationError

from odoo.addons.website_parts.tools.item import make_item


class LineInputs:
    """Part of `ContributionForm`: one input for each column of each line, and one more line."""

    def _read_lines(self, name, field, options):
        """Rows for `_change`; a cell that is wrong stays as it was, with its sentence beside it."""
        Line = self.env[field.comodel_name]
        columns = options.get("columns") or {}
        shown, wanted, self._rows[name] = self._list_columns(options), [], []
        for place in range(min(len(self.posted.texts(f"{name}._row", 10)), 100)):
            prefix = f"{name}.{place}"
            if self.posted.text(f"{prefix}._remove"):
                continue
            number = self.posted.text(f"{prefix}._id", 20)
            row = {"id": int(number) if number.isdecimal() else False}
            is_kept, known = False, self._find_row(name, row["id"])
            ranks = {
                each: known.get(each)
                for each, told in columns.items()
                if told.get("widget") == "rank" and each in options["lines"]
            }
            for each in shown:
                cell = Line._fields[each]
                try:
                    value = self._read_input(cell, f"{prefix}.{each}", columns.get(each, {}))
                    if cell.type == "binary" and value is None:
                        value = self._find_kept(name, each, f"{prefix}.{each}._kept")
                        known = {**known, each: value} if value else known
                    elif cell.type != "binary":
                        is_kept |= bool(self.revision_sudo._clean_value(Line, cell, value, False))
                    is_kept |= cell.type == "binary" and bool(value)
                except ValidationError as error:
                    self.errors[f"{prefix}.{each}"] = error.args[0]
                    value = None
                row[each] = value
            for each, rank in ranks.items():
                last = max((other[each] for other in wanted), default=0)
                # A line without any word goes, whatever its rank.
                row[each] = (last + 1 if rank is None else rank) if is_kept else 0
            wanted.append(row)
            self._rows[name].append(
                {"place": place, "id": row["id"], "is_kept": is_kept, "kept": known}
            )
        return wanted

    @staticmethod
    def _list_columns(options):
        columns = options.get("columns") or {}
        return [
            each
            for each in options["lines"]
            if columns.get(each, {}).get("widget") != "rank"
            and not (options.get("week") and each == "weekday")
        ]

    def _find_row(self, name, number):
        for row in (self.revision_sudo.values or {}).get(name) or []:
            if number and row.get("id") == number:
                return row
        return {}

    def _find_kept(self, name, column, key):
        """The image of a line that has no number yet: of this draft, told by its sum."""
        digest = self.posted.text(key, 40)
        for row in (self.revision_sudo.values or {}).get(name) or []:
            value = row.get(column)
            if digest and value and value.get("sum") == digest:
                return value
        return None

    def _place_rows(self):
        """Which kept line each typed one became: its image is shown with it."""
        for name, rows in self._rows.items():
            kept = iter((self.revision_sudo.values or {}).get(name) or [])
            for row in rows:
                row["kept"] = next(kept, {}) if row["is_kept"] else {}

    def _make_lines_item(self, name, field, label, options):
        Line = self.env[field.comodel_name]
        kept_rows = (self.revision_sudo.values or {}).get(name) or []
        if options.get("week"):
            kept_rows = [row for row in kept_rows if not row.get("weekday")]
        rows = [{"place": None, "id": row.get("id"), "kept": row} for row in kept_rows]
        has_errors = any(key.startswith(f"{name}.") for key in self.errors)
        is_typed = name in self._rows and (has_errors or self.is_shown_typed(name))
        if is_typed:
            rows = list(self._rows[name])
        if self.added == name or not (rows or options.get("week")):
            rows.append({"place": None, "id": False, "kept": {}})
        columns = options.get("columns") or {}
        item = make_item(
            name,
            self.errors,
            label=label,
            help=options.get("help"),
            template="website_content_approval.lines_input",
        )
        item["rows"] = [
            {
                "place": place,
                "id": row["id"],
                "name": self.env._("%(label)s, line %(number)s", label=label, number=place + 1),
                "cells": [
                    self._make_cell(Line, name, each, columns.get(each, {}), row, place)
                    for each in self._list_columns(options)
                ],
            }
            for place, row in enumerate(rows)
        ]
        return item

    def _make_cell(self, Line, name, column, options, row, place):
        field = Line._fields[column]
        label = options.get("label") or field._description_string(self.env)
        key = f"{name}.{place}.{column}"
        kept = row.get("kept", {}).get(column, False)
        cell = self._make_input(Line, field, key, label, options, kept, unmarked=True)
        cell["required"] = False
        if row["place"] is None or field.type == "binary":
            cell["error"] = None
        if row["place"] is not None:
            typed = f"{name}.{row['place']}.{column}"
            cell["error"] = self.errors.get(typed)
            if "value" in cell:
                value = self.posted.text(typed)
                cell["value"] = ("1" if value else "") if field.type == "boolean" else value
            if cell["error"]:
                cell["describedby"] = f"{cell['id']}-e"
        return cell
