import base64
import csv
import io
from dataclasses import dataclass, field

from odoo import api, fields, models

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.tools import normalize

from ..tools.csv_reader import read_lines


@dataclass
class Plan:
    """What a file would change in a list."""

    to_create: list = field(default_factory=list)  # vals
    to_write: list = field(default_factory=list)  # (row, vals)
    to_end: list = field(default_factory=list)  # rows
    to_delete: list = field(default_factory=list)  # rows
    kept: int = 0


class ProcedureListLoad(models.TransientModel):
    """Rows of a list put in the place of those that it has: read first, written once agreed."""

    _name = "procedure.list.load"
    _inherit = "territory.file.load"
    _description = "File of a shared list"
    _load_action = "procedure_list.procedure_list_load_action"

    list_id = fields.Many2one("procedure.list", required=True, readonly=True, ondelete="cascade")
    current = fields.Binary("Rows of today (.csv)", compute="_compute_current")
    current_name = fields.Char(compute="_compute_current")

    @api.depends("list_id")
    def _compute_current(self):
        for wizard in self:
            wizard.current = base64.b64encode(wizard._write_csv())
            wizard.current_name = f"{wizard.list_id.code or 'liste'}.csv"

    def _check_loader(self):
        self.list_id.check_access("write")

    def _get_loaded_into(self):
        return self.list_id

    def _get_compared(self):
        return self._write_csv()

    def _get_changed_sentence(self):
        return self.env._("The file or the list has changed since: read it again.")

    def _write_plan(self, plan):
        Row = self.env["procedure.list.row"]
        for row, vals in plan.to_write:
            row.write(vals)
        Row.create(plan.to_create)
        yesterday = fields.Date.subtract(clock.today(), days=1)
        for row in plan.to_end:
            row.date_to = max(yesterday, row.date_from or yesterday)
        Row.union(*plan.to_delete).unlink()
        return self.list_id.action_open_rows()

    def _write_csv(self):
        """The rows as they are, in a file that can be loaded again."""
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        writer.writerow(["code", "libellé", "valable du", "valable au", "parent", "à préciser"])
        for row in self.list_id.row_ids:
            days = [day.strftime("%d/%m/%Y") if day else "" for day in (row.date_from, row.date_to)]
            free = "oui" if row.is_free else ""
            cells = [row.value, row.label, *days, row._get_parent_code(), free]
            # A spreadsheet runs what begins as a formula.
            writer.writerow([f"'{cell}" if cell[:1] in "=+-@" and cell else cell for cell in cells])
        return stream.getvalue().encode("utf-8-sig")

    # ------------------------------------------------------------
    # What the file would change
    # ------------------------------------------------------------

    def _read_lines(self, content):
        lines, mistakes = read_lines(content)
        mistakes = [
            (number, self._get_mistake_sentence(code, params)) for number, code, params in mistakes
        ]
        plan = Plan()
        parents = self._get_parents()
        known = {row.value: row for row in self.list_id.row_ids}
        labels = {}
        for rank, line in enumerate(lines):
            parent = parents.get(line.parent.casefold()) or parents.get(normalize(line.parent))
            sentence = line.parent and not parent and self._get_parent_sentence(line.parent)
            same = labels.setdefault((normalize(line.label), parent), line)
            if not sentence and same is not line and not same.date_to and not line.date_to:
                sentence = self.env._(
                    "“%(label)s” is already on line %(number)s: nobody could tell them apart.",
                    label=line.label,
                    number=same.number,
                )
            if sentence:
                mistakes.append((line.number, sentence))
                continue
            self._plan_line(plan, line, parent, rank, known.pop(line.value, None))
        if not mistakes:
            self._plan_absent(plan, known.values())
        return plan, mistakes

    def _plan_line(self, plan, line, parent, rank, row):
        vals = {
            "value": line.value,
            "label": line.label,
            "date_from": line.date_from or False,
            "date_to": line.date_to or False,
            "is_free": line.is_free,
            "sequence": rank,
        }
        if self.list_id.parent_kind == "commune":
            vals["commune_id"] = parent.id if parent else False
        elif self.list_id.parent_kind == "list":
            vals["parent_id"] = parent.id if parent else False
        if not row:
            plan.to_create.append({**vals, "list_id": self.list_id.id})
            return
        changed = {name: value for name, value in vals.items() if row._get_stored(name) != value}
        if changed:
            plan.to_write.append((row, changed))
        if not set(changed) - {"sequence"}:
            plan.kept += 1

    def _plan_absent(self, plan, rows):
        """Rows that the file lacks: those that something holds end, the others go."""
        held = self.list_id._get_held_values()
        children = self.env["procedure.list.row"].search(
            [("parent_id", "in", [row.id for row in rows])]
        )
        today = clock.today()
        for row in rows:
            if row.value not in held and row not in children.parent_id:
                plan.to_delete.append(row)
            elif row.date_to and row.date_to < today:
                plan.kept += 1
            else:
                plan.to_end.append(row)

    def _get_parents(self):
        """What a line may name: dict of its code or its words -> record."""
        match self.list_id.parent_kind:
            case "commune":
                return self.env["territory.commune"]._get_named()
            case "list":
                rows = self.list_id.parent_list_id.row_ids
                named = {normalize(row.label): row for row in rows}
                return {**named, **{row.value.casefold(): row for row in rows}}
        return {}

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    def _tell_plan(self, plan):
        changes = [
            sentence
            for row, vals in plan.to_write
            if (sentence := self._get_change_sentence(row, vals))
        ]
        return [
            self.env._(
                "%(added)s added, %(changed)s changed, %(ended)s ended, %(deleted)s deleted, "
                "%(kept)s unchanged.",
                added=len(plan.to_create),
                changed=len(changes),
                ended=len(plan.to_end),
                deleted=len(plan.to_delete),
                kept=plan.kept,
            ),
            *self._cut([self.env._("Added: “%s”", vals["label"]) for vals in plan.to_create]),
            *self._cut(changes),
            *self._cut(
                [
                    self.env._(
                        "Ended, no longer proposed (an answer or a form holds it): “%s”", row.label
                    )
                    for row in plan.to_end
                ]
            ),
            *self._cut(
                [self.env._("Deleted, nothing holds it: “%s”", r.label) for r in plan.to_delete]
            ),
        ]

    def _get_change_sentence(self, row, vals):
        parts = []
        described = row.fields_get(list(vals), ["string"])
        for name, value in vals.items():
            if name == "sequence":
                continue
            parts.append(
                self.env._(
                    "%(column)s from “%(before)s” to “%(after)s”",
                    column=described[name]["string"],
                    before=self._say(row, name, row._get_stored(name)),
                    after=self._say(row, name, value),
                )
            )
        if not parts:
            return ""
        return self.env._(
            "Changed: “%(label)s”: %(changes)s", label=row.label, changes=", ".join(parts)
        )

    def _say(self, row, name, value):
        column = row._fields[name]
        if column.type == "many2one":
            return self.env[column.comodel_name].browse(value).display_name or self.env._("nothing")
        if column.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        if column.type == "date" and value:
            return value.strftime("%d/%m/%Y")
        return value or self.env._("nothing")

    def _get_parent_sentence(self, text):
        text = text[:60]
        if self.list_id.parent_kind == "commune":
            return self.env._("“%s” is not a commune of the territory.", text)
        if self.list_id.parent_kind == "list":
            return self.env._(
                "“%(text)s” is not a row of the list “%(list)s”.",
                text=text,
                list=self.list_id.parent_list_id.name,
            )
        return self.env._("This list is filtered by nothing: leave the parent “%s” out.", text)

    def _get_mistake_sentence(self, code, params):
        sentences = {
            "no_label": self.env._("its words are missing."),
            "long_label": self.env._("its words are too long."),
            "ends_before": self.env._("it ends before it begins."),
        }
        if code in sentences:
            return sentences[code]
        if code == "not_a_date":
            return self.env._("“%(text)s” is not a date, such as 24/03/2026.", **params)
        if code == "not_yes_no":
            return self.env._("“%(text)s”: write oui, or nothing.", **params)
        if code == "twice":
            return self.env._("the code “%(value)s” is already on line %(other)s.", **params)
        return self.env._(
            "the code “%(text)s” may hold letters without accent, digits, - and _, 60 at most.",
            **params,
        )

    def _get_unreadable_sentence(self, error):
        if error.code == "no_columns":
            return self.env._(
                "No column is called “libellé”. The first line names the columns: code, libellé, "
                "valable du, valable au, parent, à préciser."
            )
        return super()._get_unreadable_sentence(error)
