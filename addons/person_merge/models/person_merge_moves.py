from psycopg2.errors import CheckViolation, ExclusionViolation, UniqueViolation

from odoo import api, models
from odoo.tools import SQL

# Of the sheet itself: its account, which is ended, and what is computed.
STAYING = {
    ("res.users", "partner_id"),
    ("res.partner", "commercial_partner_id"),
    ("res.partner", "parent_id"),
}
REFUSALS = (UniqueViolation, CheckViolation, ExclusionViolation)


class PersonMergeMoves(models.AbstractModel):
    """Where a sheet is named, and how each of these cells names another one, there and back.

    Cells are moved by SQL: nothing of the rows changes but the sheet, neither date nor author, and
    no message leaves.
    """

    _name = "person.merge.moves"
    _description = "What moves when two sheets are merged"

    @api.model
    def _get_places(self):
        """Where a person is named: [(model, column, condition)], whatever addon brings it."""
        places, tables = [], set()
        for name, model in self.env.items():
            if model._abstract or model._transient or not model._auto or name == self._name:
                continue
            for field in model._fields.values():
                if not field.store or field.company_dependent or (name, field.name) in STAYING:
                    continue
                if field.type == "many2one" and field.comodel_name == "res.partner":
                    places.append((name, model._table, field.name, SQL("TRUE")))
                elif field.type == "many2one_reference":
                    condition = SQL("%s = 'res.partner'", SQL.identifier(field.model_field))
                    places.append((name, model._table, field.name, condition))
                elif field.type == "many2many" and field.relation not in tables:
                    for comodel, column in (
                        (field.comodel_name, field.column2),
                        (name, field.column1),
                    ):
                        if comodel == "res.partner":
                            tables.add(field.relation)
                            places.append((name, field.relation, column, SQL("TRUE")))
        return places

    @api.model
    def _find_rows(self, place, person):
        """Keys of the rows that name this person there."""
        _name, table, column, condition = place
        self.env.flush_all()
        return [
            row
            for (row,) in self.env.execute_query(
                SQL(
                    "SELECT ctid::text FROM %s WHERE %s = %s AND %s",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    person.id,
                    condition,
                )
            )
        ]

    @api.model
    def _move(self, kept, merged):
        """Each row names the kept sheet; what both have already stays on the other one."""
        # Found by what is about to move.
        in_json = merged._find_json_names()
        moved = []
        for name, table, column, condition in self._get_places():
            rows = self._find_rows((name, table, column, condition), merged)
            done = [key for row in rows if (key := self._move_row(table, column, row, kept))]
            if done:
                moved.append({"model": name, "table": table, "column": column, "rows": done})
        moved += self._move_json(in_json, merged, kept)
        self._notice(moved)
        return moved

    @api.model
    def _move_row(self, table, column, row, person):
        """:return: what finds this row again; nothing where the database refuses"""
        found = self._rename(table, column, SQL("ctid = %s::tid", row), person)
        return found and ({"id": found["id"]} if "id" in found else found)

    @api.model
    def _rename(self, table, column, where, person):
        """:return: the row, that names this sheet now; nothing where the database refuses"""
        query = SQL(
            "UPDATE %s t SET %s = %s WHERE %s RETURNING to_jsonb(t)",
            SQL.identifier(table),
            SQL.identifier(column),
            person.id,
            where,
        )
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(query, log_exceptions=False)
                found = self.env.cr.fetchall()
        except REFUSALS:
            return None
        return found[0][0] if found else None

    @api.model
    def _move_json(self, names, former, person):
        """What JSON says of this sheet (`_find_json_names`) it says of the other one."""
        moved = []
        for name, field, row_id, path in names:
            table = self.env[name]._table
            query = SQL(
                "UPDATE %(table)s"
                " SET %(column)s = jsonb_set(%(column)s, %(path)s, to_jsonb(%(new)s))"
                " WHERE id = %(id)s AND %(column)s #> %(path)s = to_jsonb(%(old)s)",
                table=SQL.identifier(table),
                column=SQL.identifier(field),
                path=[str(step) for step in path],
                new=person.id,
                old=former.id,
                id=row_id,
            )
            self.env.cr.execute(query)
            if self.env.cr.rowcount:
                moved.append(
                    {"model": name, "column": field, "path": path, "rows": [{"id": row_id}]}
                )
        return moved

    @api.model
    def _notice(self, moved):
        """What is computed from these rows is computed again."""
        self.env.invalidate_all(flush=False)
        for each in moved:
            model = self.env[each["model"]]
            ids = [key["id"] for key in each["rows"] if "id" in key]
            if ids and each["column"] in model._fields:
                model.with_context(active_test=False).browse(ids).modified([each["column"]])
        self.env.flush_all()

    def _move_back(self):
        self.env.flush_all()
        in_json = [each for each in self.moves["rows"] if "path" in each]
        self._move_json(
            [
                (each["model"], each["column"], each["rows"][0]["id"], each["path"])
                for each in in_json
            ],
            self.kept_id,
            self.merged_id,
        )
        for each in self.moves["rows"]:
            if "path" in each:
                continue
            own = SQL("%s = %s", SQL.identifier(each["column"]), self.kept_id.id)
            for key in each["rows"]:
                cells = [SQL("%s = %s", SQL.identifier(name), key[name]) for name in key]
                where = SQL(" AND ").join([*cells, own])
                self._rename(each["table"], each["column"], where, self.merged_id)
        self._notice(self.moves["rows"])
