"""What a matrix of docs/rights.md says, tried by each persona on each object."""

from contextlib import ExitStack
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from . import matrix
from .inventories import MODELS


class _Undo(Exception):
    """Ends an allowed operation: it leaves nothing behind."""


class MatrixCase:
    """For a test with ``users`` ({persona: user}), ``heading`` of its matrix and ``objects``:

    {object: (record, values of a write, values of a creation, transition)}; a fifth item names the
    fields that are read, where the object is a part of a record.
    """

    heading = "Matrix"

    def _may(self, persona, name, operation):
        record, write_values, create_values, transition, *fields = self.objects[name]
        known = [each for each in ("display_name", "create_date") if each in record._fields]
        names = fields[0] if fields else known
        record = record.with_user(self.users[persona])
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                match operation:
                    case "R":
                        record.read(names)
                        record.search_read([("id", "=", record.id)], names)
                    case "W":
                        record.write(dict(write_values))
                    case "C":
                        record.create(dict(create_values))
                    case "D":
                        record.unlink()
                    case "T":
                        transition(record)
                self.env.flush_all()
                raise _Undo
        except UserError:
            # No right, or frozen for everybody.
            return False
        except (_Undo, IntegrityError):
            # The rights allow it; other rows may still hold the record.
            return True

    def _get_operations(self, name):
        """Those that are tried on it: no value, no creation; a part of a record is not deleted."""
        _record, write_values, create_values, transition, *fields = self.objects[name]
        given = {"W": write_values, "C": create_values, "D": not fields, "T": transition}
        return [each for each in matrix.OPERATIONS if given.get(each, True)]

    def _refusing_at_once(self):
        """The words of a refusal cost more than the refusal, thousands of times."""
        stack = ExitStack()
        for model in ("ir.model.access", "ir.rule"):
            owner = self.env.registry[model]
            refuse = lambda *args, **kwargs: AccessError("refused")  # noqa: E731
            stack.enter_context(patch.object(owner, "_make_access_error", refuse))
        return stack

    @mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_rule")
    def _observe(self):
        """What the code allows, in the shape of the page."""
        with self._refusing_at_once():
            return {
                persona: {
                    name: {
                        operation
                        for operation in self._get_operations(name)
                        if self._may(persona, name, operation)
                    }
                    for name in self.objects
                }
                for persona in self.users
            }

    def _check_page(self):
        expected = matrix.load(self.heading)
        observed = self._observe()
        self.assertEqual(set(expected), set(observed), "personas of docs/rights.md")
        self.assertEqual(
            set().union(*expected.values()), set(self.objects), "objects of docs/rights.md"
        )
        wrong = [
            f"{persona} × {name}: page {''.join(sorted(expected[persona].get(name, '?')))!r}, "
            f"code {''.join(sorted(letters))!r}"
            for persona, row in observed.items()
            for name, letters in row.items()
            if expected[persona].get(name) != letters
        ]
        self.assertFalse(wrong, "\n".join(wrong))

    def _check_named(self, file):
        """Each model whose row of `models.csv` names this file is tried by it."""
        rows = MODELS.read_rows().values()
        named = {row["model"] for row in rows if row["test"].endswith(f"/{file}")}
        self.assertTrue(named)
        self.assertEqual(named - {record._name for record, *_ in self.objects.values()}, set())

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def _check_not_found(self):
        """By search, count, names, export and grouping, with the id in hand."""
        found = [
            (persona, name, each)
            for persona, row in matrix.load(self.heading).items()
            for name, letters in row.items()
            if "R" not in letters and len(self.objects[name]) == 4
            for each in self._found(self.objects[name][0].with_user(self.users[persona]))
        ]
        self.assertFalse(found)

    def _found(self, record):
        domain = [("id", "=", record.id)]
        found = []
        for door in (
            lambda: record.search(domain),
            lambda: record.search_count(domain),
            lambda: record.name_search("", domain),
            lambda: record.formatted_read_group(domain, [], ["__count"])[0]["__count"],
            lambda: record.export_data(["display_name"])["datas"],
            lambda: record.web_read({"display_name": {}}),
        ):
            try:
                found += [said] if (said := door()) else []
            except UserError:
                # Access refused; and nobody outside the staff exports.
                continue
        return found
