from collections import Counter
from datetime import timedelta

from psycopg2.errors import CheckViolation, ExclusionViolation, UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

UNDO_DAYS = 30
ADDRESS = ("street", "street2", "zip", "city", "commune_id")
# What the kept sheet takes from the other one where it says nothing itself.
FILLED = (
    "birth_name",
    "birthdate",
    "birthplace",
    "birth_insee",
    "birth_country_id",
    "phone",
    "email",
    *ADDRESS,
)
# Of the sheet itself: its account, which is ended, and what is computed.
STAYING = {
    ("res.users", "partner_id"),
    ("res.partner", "commercial_partner_id"),
    ("res.partner", "parent_id"),
}
# Model, who holds it, of what, and the states in which the row of the kept sheet gives way.
TWINS = (
    ("household.membership", "person_id", "household_id", None),
    ("parental.authority", "holder_id", "child_id", ("declared", "verified")),
    ("partner.delegate", "person_id", "organisation_id", ("asked", "active")),
)
REFUSALS = (UniqueViolation, CheckViolation, ExclusionViolation)


class PersonMerge(models.Model):
    """Two sheets of one adult become one. Each cell that moved is kept for thirty days, so that the
    two sheets are what they were again if it was wrong.

    Cells are moved by SQL: nothing of the rows changes but the person, neither date nor author, and
    no message leaves.
    """

    _name = "person.merge"
    _description = "Merge of two sheets"
    _order = "id desc"

    kept_id = fields.Many2one(
        "res.partner", "Sheet that stays", required=True, readonly=True, ondelete="cascade"
    )
    merged_id = fields.Many2one(
        "res.partner",
        "Sheet that was joined to it",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    reason = fields.Text("What shows that it is one person", required=True, readonly=True)
    done_by_id = fields.Many2one("res.users", "Merged by", readonly=True, ondelete="set null")
    date_done = fields.Datetime("Merged on", readonly=True, default=fields.Datetime.now)
    date_undo = fields.Date("Can be undone until", readonly=True)
    state = fields.Selection(
        [("done", "Merged"), ("undone", "Undone")], required=True, readonly=True, default="done"
    )
    # Who was moved where: it names rows of files that not every reader of this one may read.
    moves = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    can_undo = fields.Boolean(compute="_compute_can_undo")

    @api.depends("state", "date_undo")
    def _compute_can_undo(self):
        today = fields.Date.context_today(self)
        for merge in self:
            is_open = merge.state == "done" and merge.date_undo and merge.date_undo >= today
            merge.can_undo = bool(is_open and merge.sudo().moves)

    @api.depends("kept_id")
    def _compute_display_name(self):
        for merge in self:
            merge.display_name = merge.kept_id.display_name

    # What moves

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
    def _count_moves(self, kept, merged):
        """What would move, for those who decide: [(what, how many)]."""
        self._check_pair(kept, merged)
        self_sudo, counts = self.sudo(), Counter()
        for place in self._get_places():
            model = self_sudo.env["ir.model"].search([("model", "=", place[0])])
            counts[model.name] += len(self_sudo._find_rows(place, merged))
        return sorted((+counts).items())

    # Acts

    @api.model
    def _check_pair(self, kept, merged):
        user = self.env.user
        (kept | merged)._check_file_read_by_user()
        pair_sudo = (kept | merged).sudo()
        if len(pair_sudo) != 2 or any(
            each.kind != "person" or not each.active or each.is_minor for each in pair_sudo
        ):
            raise UserError(
                self.env._(
                    "Choose two sheets of adults. Sheets of a child are joined on its authority."
                )
            )
        if user.partner_id in pair_sudo:
            raise AccessError(self.env._("You cannot decide on your own sheet."))
        users_sudo = pair_sudo.user_ids
        if any(not each.share for each in users_sudo):
            raise UserError(self.env._("The sheet of a colleague is not merged here."))
        if users_sudo.partner_id == merged.sudo():
            raise UserError(
                self.env._("The account is that of the other sheet: keep that one instead.")
            )
        is_manager = self.env.su or user.has_group("territory_base.territory_group_manager")
        if len(set(pair_sudo.mapped("identity_key"))) > 1 and not is_manager:
            raise UserError(
                self.env._("The names or the birth dates differ: the manager merges them.")
            )
        if len(users_sudo.partner_id) == 2 and not is_manager:
            raise UserError(
                self.env._("Both have an account: the manager merges them, once both were called.")
            )

    @api.model
    def _merge(self, kept, merged, reason):
        """By those who read both files.

        :raise UserError: not two adults, or no reason
        """
        self._check_pair(kept, merged)
        if not (reason or "").strip():
            raise UserError(self.env._("Say in a few words what was seen, or why."))
        self_sudo = self.sudo().with_context(tracking_disable=True, mail_notrack=True)
        kept, merged = kept.with_env(self_sudo.env), merged.with_env(self_sudo.env)
        (kept | merged)._meet()
        moves = {"ended": self_sudo._end_twins(kept, merged)}
        moves["rows"] = self_sudo._move(kept, merged)
        users = merged.with_context(active_test=False).user_ids.filtered("active")
        users.active = False
        moves["users"] = users.ids
        # Freed before the other sheet takes it.
        moves["filled"] = self_sudo._fill(kept, merged)
        merged.active = False
        return self_sudo.create(
            {
                "kept_id": kept.id,
                "merged_id": merged.id,
                "reason": reason,
                "done_by_id": self.env.uid,
                "date_undo": fields.Date.context_today(self) + timedelta(days=UNDO_DAYS),
                "moves": moves,
            }
        ).sudo(self.env.su)

    @api.model
    def _end_twins(self, kept, merged):
        """Of what both sheets hold (a household, a child, an organisation), one row ends, the one
        that says less: [[model, id, {field: former value}]]."""
        ended, today = [], fields.Date.context_today(self)
        for name, mine, common, strong in TWINS:
            rows = self.env[name].search(
                Domain(mine, "in", (kept | merged).ids)
                & (Domain("date_end", "=", False) | Domain("date_end", ">=", "today"))
            )
            if strong:
                rows = rows.filtered(lambda row: row.state not in ("ended", "refused"))
            for twins in rows.grouped(common).values():
                first = twins.filtered(lambda row, mine=mine: row[mine] == kept)[:1]
                other = twins.filtered(lambda row, mine=mine: row[mine] == merged)[:1]
                if not first or not other:
                    continue
                is_weaker = strong and (first.state, other.state) == strong
                row = first if is_weaker else other
                former = {"date_end": fields.Date.to_string(row.date_end)}
                values = {"date_end": max(row.date_start or today, today)}
                if strong:
                    former["state"], values["state"] = row.state, "ended"
                row.write(values)
                ended.append([name, row.id, former])
        return ended

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
        query = SQL(
            "UPDATE %s t SET %s = %s WHERE ctid = %s::tid RETURNING to_jsonb(t)",
            SQL.identifier(table),
            SQL.identifier(column),
            person.id,
            row,
        )
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(query, log_exceptions=False)
                ((values,),) = self.env.cr.fetchall()
        except REFUSALS:
            return None
        return {"id": values["id"]} if "id" in values else values

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

    @api.model
    def _get_filled_fields(self):
        """Hook: what the kept sheet takes from the other one where it says nothing itself."""
        return FILLED

    @api.model
    def _fill(self, kept, merged):
        """What the kept sheet does not say, as the other one says it: {field: value}."""
        # An address is taken whole.
        has_address = any(kept[name] for name in ADDRESS)
        filled = {
            name: merged[name].id if merged._fields[name].relational else merged[name]
            for name in self._get_filled_fields()
            if merged[name] and not kept[name] and not (name in ADDRESS and has_address)
        }
        kept.write(filled)
        return {
            name: fields.Date.to_string(value) if kept._fields[name].type == "date" else value
            for name, value in filled.items()
        }

    def action_undo(self):
        """What moved goes back, as far as nobody moved it since."""
        if not self.env.su and not self.env.user.has_group(
            "territory_base.territory_group_manager"
        ):
            raise AccessError(self.env._("Only the manager undoes a merge."))
        for merge in self:
            merge_sudo = merge.sudo().with_context(tracking_disable=True, mail_notrack=True)
            kept, merged = merge_sudo.kept_id, merge_sudo.merged_id
            if not merge.can_undo:
                raise UserError(self.env._("This can no longer be undone."))
            later = Domain("merged_id", "=", kept.id) & Domain("state", "=", "done")
            if merge_sudo.search_count(later, limit=1):
                raise UserError(self.env._("Undo first the later merge of this sheet."))
            (kept | merged)._meet()
            merge_sudo._move_back()
            for name, row_id, former in merge_sudo.moves["ended"]:
                merge_sudo.env[name].browse(row_id).exists().write(former)
            merge_sudo._empty_again()
            merged.active = True
            users = merge_sudo.env["res.users"].browse(merge_sudo.moves["users"]).exists()
            users.active = True
            merge_sudo.write({"state": "undone", "moves": False})

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
            table, column = SQL.identifier(each["table"]), SQL.identifier(each["column"])
            for key in each["rows"]:
                where = SQL(" AND ").join(
                    SQL("%s = %s", SQL.identifier(name), value) for name, value in key.items()
                )
                self.env.cr.execute(
                    SQL(
                        "UPDATE %s SET %s = %s WHERE %s AND %s = %s",
                        table,
                        column,
                        self.merged_id.id,
                        where,
                        column,
                        self.kept_id.id,
                    )
                )
        self._notice(self.moves["rows"])

    def _empty_again(self):
        for name, value in self.moves["filled"].items():
            known = self.kept_id[name]
            known = known.id if self.kept_id._fields[name].relational else known
            is_day = self.kept_id._fields[name].type == "date"
            known = fields.Date.to_string(known) if is_day else known
            if known == value:
                self.kept_id[name] = False

    @api.model
    def _get_retention_facts(self):
        """What is erased here, and when: [(what, how long)]. Shown by `privacy_retention`."""
        kept = self.env._("%(days)s days", days=UNDO_DAYS)
        return [
            (self.env._("What a merge of two sheets moved, to undo it"), kept),
            (self.env._("The closed account of a sheet that joined another one"), kept),
        ]

    @api.autovacuum
    def _gc_moves(self):
        """Past its day nothing is undone, and what would undo it is not kept."""
        past = Domain("date_undo", "<", "today") & Domain("state", "=", "done")
        for merge_sudo in self.sudo().search(past).filtered("moves"):
            aside_sudo = merge_sudo.merged_id
            users_sudo = aside_sudo.env["res.users"].browse(merge_sudo.moves["users"]).exists()
            users_sudo.filtered(lambda user: not user.active).unlink()
            merge_sudo.moves = False
            if not aside_sudo.active:
                aside_sudo._note_put_aside()
