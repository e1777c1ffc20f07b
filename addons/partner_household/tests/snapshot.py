"""Every cell of the database, before and after: what a decision touched, and nothing else."""

from odoo.tools import SQL

TABLES = """
    SELECT relname FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
     ORDER BY relname
"""
NAMING = """
    SELECT conrelid::regclass::text, attname
      FROM pg_constraint
      JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
     WHERE contype = 'f' AND confrelid = 'res_partner'::regclass
"""
# Of the program, not of anybody; and what tells other servers to draw their pages again.
LEFT_OUT = (
    "base_registry",
    "ir_act",
    "ir_model",
    "ir_module",
    "ir_ui_view",
    "website_page_change",
)
# Files that are of a record: the others are those of pages.
PARTS = {"ir_attachment": SQL("WHERE res_id > 0")}


def take(env, left_out=LEFT_OUT):
    """:return: {(table, key of the row): {column: value}}"""
    env.flush_all()
    env.cr.execute(TABLES)
    rows = {}
    for (table,) in env.cr.fetchall():
        if not table.startswith(left_out):
            part = PARTS.get(table, SQL(""))
            env.cr.execute(SQL("SELECT to_jsonb(t) FROM %s t %s", SQL.identifier(table), part))
            for (row,) in env.cr.fetchall():
                rows[table, row.get("id") or str(sorted(row.items()))] = row
    return rows


def get_changes(before, after):
    """:return: {(table, key): {column that differs: new value}}, every column of a row that came
    or went"""
    changes = {}
    for key in before.keys() | after.keys():
        one, two = before.get(key, {}), after.get(key, {})
        names = [name for name in one.keys() | two.keys() if one.get(name) != two.get(name)]
        if names:
            changes[key] = {name: two.get(name) for name in names}
    return changes


def compare(before, after):
    """:return: {(table, key): columns that differ}, every column of a row that came or went"""
    return {key: set(cells) for key, cells in get_changes(before, after).items()}


def find_naming(env, rows, partners):
    """Of these rows, the sheets themselves and those that name one of them: by a foreign key, or as
    what a message, a file or a follower is of.

    :param rows: what `take` gave
    """
    env.cr.execute(NAMING)
    columns = {}
    for table, column in env.cr.fetchall():
        columns.setdefault(table.strip('"'), []).append(column)
    ids = set(partners.ids)

    def is_named(table, row):
        model = row.get("res_model") or row.get("model")
        return (
            any(row.get(column) in ids for column in columns.get(table, ()))
            or (table == "res_partner" and row["id"] in ids)
            or (model == "res.partner" and row.get("res_id") in ids)
        )

    return {key: row for key, row in rows.items() if is_named(key[0], row)}
