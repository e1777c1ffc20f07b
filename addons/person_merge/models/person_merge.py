from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.territory_base import clock

from ..kinds import find_kind
from ..kinds.base import ADDRESS
from .person_merge_moves import REFUSALS

UNDO_DAYS = 30


class PersonMerge(models.Model):
    """Two sheets of one adult, household or organisation become one. Each cell that moved is kept
    for thirty days, so that the two sheets are what they were again if it was wrong."""

    _name = "person.merge"
    _description = "Merge of two sheets"
    _inherit = ["person.merge.moves"]
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
    reason = fields.Text("What shows that they are one", required=True, readonly=True)
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
        today = clock.today()
        for merge in self:
            is_open = merge.state == "done" and merge.date_undo and merge.date_undo >= today
            merge.can_undo = bool(is_open and merge.sudo().moves)

    @api.depends("kept_id")
    def _compute_display_name(self):
        for merge in self:
            merge.display_name = merge.kept_id.display_name

    # What is read before it

    @api.model
    def _count_moves(self, kept, merged):
        """What would move, for those who decide: [(what, how many)]."""
        self._check_pair(kept, merged)
        self_sudo, counts = self.sudo(), Counter()
        for place in self._get_places():
            model = self_sudo.env["ir.model"]._get(place[0])
            counts[model.name] += len(self_sudo._find_rows(place, merged))
        return sorted((+counts).items())

    @api.model
    def _compare(self, kept, merged):
        """Both sheets side by side, for those who decide: [(what, of the first, of the other)]."""
        self._check_pair(kept, merged)
        kept_sudo, merged_sudo = kept.sudo(), merged.sudo()
        kind = find_kind(kept_sudo | merged_sudo)
        days = [format_date(self.env, each.create_date) for each in (kept_sudo, merged_sudo)]
        lines = zip(kind.describe(kept_sudo), kind.describe(merged_sudo), strict=True)
        return [
            (self.env._("Name"), kept_sudo.display_name, merged_sudo.display_name),
            *((what, one, two) for (what, one), (_what, two) in lines if one or two),
            (self.env._("Sheet made on"), *days),
        ]

    # Acts

    @api.model
    def _check_pair(self, kept, merged):
        (kept | merged)._check_file_read_by_user()
        pair_sudo = (kept | merged).sudo()
        kind = find_kind(pair_sudo)
        if len(pair_sudo) != 2 or not kind or not all(pair_sudo.mapped("active")):
            raise UserError(
                self.env._(
                    "Choose two sheets of adults, of households or of organisations. Sheets of a "
                    "child are joined on its authority."
                )
            )
        pair = pair_sudo.sudo(self.env.su)
        pair._check_not_own(self._get_own_sentence())
        is_manager = self.env.su or self._is_manager()
        problem = kind.get_problem(kept.sudo(), merged.sudo(), is_manager)
        if problem:
            raise UserError(problem)

    @api.model
    def _is_manager(self):
        return self.env.user.has_group("territory_base.territory_group_manager")

    @api.model
    def _get_own_sentence(self):
        return self.env._("You cannot decide on your own sheet.")

    @api.model
    def _merge(self, kept, merged, reason):
        """By those who read both files.

        :raise UserError: not two sheets of one kind, no reason, or somebody else merges them
        """
        self._check_pair(kept, merged)
        if not (reason or "").strip():
            raise UserError(self.env._("Say in a few words what was seen, or why."))
        self_sudo = self.sudo().with_context(tracking_disable=True, mail_notrack=True)
        kept, merged = kept.with_env(self_sudo.env), merged.with_env(self_sudo.env)
        (kept | merged)._meet()
        kind = find_kind(kept | merged)
        moves = {"ended": kind.end_twins(kept, merged)}
        moves["rows"] = self_sudo._move(kept, merged)
        users = merged.with_context(active_test=False).user_ids.filtered("active")
        users.active = False
        moves["users"] = users.ids
        # Freed before the other sheet takes it.
        moves["filled"] = self_sudo._fill(
            kept, merged, (*kind.filled, *self_sudo._get_filled_fields())
        )
        merged.active = False
        return self_sudo.create(
            {
                "kept_id": kept.id,
                "merged_id": merged.id,
                "reason": reason,
                "done_by_id": self.env.uid,
                "date_undo": clock.today() + timedelta(days=UNDO_DAYS),
                "moves": moves,
            }
        ).sudo(self.env.su)

    @api.model
    def _get_filled_fields(self):
        """Hook: what the kept sheet takes from the other one where it says nothing itself, besides
        what its kind says."""
        return ()

    @api.model
    def _fill(self, kept, merged, names):
        """What the kept sheet does not say, as the other one says it: {field: value}."""
        # An address is taken whole.
        has_address = any(kept[name] for name in ADDRESS)
        filled = {
            name: merged[name].id if merged._fields[name].relational else merged[name]
            for name in names
            if merged[name] and not kept[name] and not (name in ADDRESS and has_address)
        }
        kept.write(filled)
        return {
            name: fields.Date.to_string(value) if kept._fields[name].type == "date" else value
            for name, value in filled.items()
        }

    def action_undo(self):
        """What moved goes back, as far as nobody moved it since."""
        if not self.env.su and not self._is_manager():
            raise AccessError(self.env._("Only the manager undoes a merge."))
        for merge in self:
            merge_sudo = merge.sudo().with_context(tracking_disable=True, mail_notrack=True)
            kept, merged = merge_sudo.kept_id, merge_sudo.merged_id
            (kept | merged).sudo(self.env.su)._check_not_own(self._get_own_sentence())
            if not merge.can_undo:
                raise UserError(self.env._("This can no longer be undone."))
            later = Domain("merged_id", "=", kept.id) & Domain("state", "=", "done")
            if merge_sudo.search_count(later, limit=1):
                raise UserError(self.env._("Undo first the later merge of this sheet."))
            (kept | merged)._meet()
            merge_sudo._move_back()
            merge_sudo._begin_again()
            merge_sudo._empty_again()
            merged.active = True
            users = merge_sudo.env["res.users"].browse(merge_sudo.moves["users"]).exists()
            users.active = True
            merge_sudo.write({"state": "undone", "moves": False})

    def _begin_again(self):
        """What both held, but where another row took the place since."""
        for name, row_id, former in self.moves["ended"]:
            row = self.env[name].browse(row_id).exists()
            try:
                with self.env.cr.savepoint():
                    row.write(former)
            except REFUSALS:
                row.invalidate_recordset()

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
        past = Domain("date_undo", "<", clock.today()) & Domain("state", "=", "done")
        for merge_sudo in self.sudo().search(past).filtered("moves"):
            aside_sudo = merge_sudo.merged_id
            users_sudo = aside_sudo.env["res.users"].browse(merge_sudo.moves["users"]).exists()
            users_sudo.filtered(lambda user: not user.active).unlink()
            merge_sudo.moves = False
            if not aside_sudo.active:
                aside_sudo._note_put_aside()
