"""Every cell of the database, before and after: what a decision touched, and nothing else."""

from odoo.tools import SQL

TABLES = """
    SELECT relname FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
     ORDER BY relname
"""
# Of the program, not of anybody; and what tells other servers to draw their pages again.
LEFT_OUT = (
    "base_registry",
    "ir_act",
    "ir_attachment",
    "ir_model",
    "ir_module",
    "ir_ui_view",
    "website_page_change",
)


def take(env):
    """:return: {(table, key of the row): {column: value}}"""
    env.flush_all()
    env.cr.execute(TABLES)
    rows = {}
    for (table,) in env.cr.fetchall():
        if not table.startswith(LEFT_OUT):
            env.cr.execute(SQL("SELECT to_jsonb(t) FROM %s t", SQL.identifier(table)))
            for (row,) in env.cr.fetchall():
                rows[table, row.get("id") or str(sorted(row.items()))] = row
    return rows


def compare(before, after):
    """:return: {(table, key): columns that differ}, every column of a row that came or went"""
    touched = {}
    for key in before.keys() | after.keys():
        one, two = before.get(key, {}), after.get(key, {})
        columns = {name for name in one.keys() | two.keys() if one.get(name) != two.get(name)}
        if columns:
            touched[key] = columns
    return touched
