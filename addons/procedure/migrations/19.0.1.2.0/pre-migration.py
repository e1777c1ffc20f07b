"""Until now 0 meant “no limit” in these columns; an empty one says it, and 0 is a limit."""

from odoo.tools.sql import column_exists

COLUMNS = ("min_value", "max_value", "min_length", "max_length")


def migrate(cr, version):
    if not version:
        return
    for column in COLUMNS:
        if column_exists(cr, "procedure_field", column):
            cr.execute(f"UPDATE procedure_field SET {column} = NULL WHERE {column} = 0")
