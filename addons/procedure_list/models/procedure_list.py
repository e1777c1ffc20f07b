import re
from difflib import get_close_matches
from heapq import nlargest

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.territory_base.tools import normalize

CODE_PATTERN = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
# Proposed of what was typed.
NEAR_MAX = 8
LIKENESS = 0.6
# Each name that is compared costs; a list has thousands, and whoever passes by may ask.
COMPARED_MAX = 300
TYPED_MAX = 40


class ProcedureList(models.Model):
    """Rows that the questions of several forms offer. Read when a form is filled in: a row that
    ends is offered no more, and stays readable on the requests that chose it."""

    _name = "procedure.list"
    _description = "Shared list"
    _order = "name, id"

    name = fields.Char(required=True)
    code = fields.Char(
        required=True, copy=False, help="How files of procedures name it, such as streets."
    )
    active = fields.Boolean(default=True)
    parent_kind = fields.Selection(
        [
            ("none", "Nothing: each row is always proposed"),
            ("commune", "The commune, or the address, answered above"),
            ("list", "The answer above in another list"),
        ],
        string="Filtered by",
        required=True,
        default="none",
    )
    parent_list_id = fields.Many2one(
        "procedure.list", string="Other list", index="btree_not_null", ondelete="restrict"
    )
    where_to_find = fields.Char(
        string="On paper, where it is read",
        help="Printed where the list is too long to be: whoever fills the form in by hand looks "
        "there.",
    )
    row_ids = fields.One2many("procedure.list.row", "list_id", string="Rows")
    row_count = fields.Integer(string="Rows proposed today", compute="_compute_row_count")

    _code_uniq = models.Constraint("UNIQUE(code)", "Another list has this code.")

    @api.depends("row_ids.date_from", "row_ids.date_to")
    def _compute_row_count(self):
        Row = self.env["procedure.list.row"]
        domain = Domain("list_id", "in", self.ids) & Row._get_offer_domain()
        counts = dict(Row._read_group(domain, ["list_id"], ["__count"]))
        for each in self:
            each.row_count = counts.get(each, 0)

    @api.constrains("code")
    def _check_code(self):
        for each in self:
            if not CODE_PATTERN.fullmatch(each.code):
                raise ValidationError(
                    self.env._(
                        "The code of a list holds small letters without accent, digits, - and _."
                    )
                )

    @api.constrains("parent_kind", "parent_list_id")
    def _check_parent(self):
        for each in self:
            if each.parent_kind == "list" and not each.parent_list_id:
                raise ValidationError(
                    self.env._("“%(name)s”: say by which list it is filtered.", name=each.name)
                )
        if self._has_cycle("parent_list_id"):
            raise ValidationError(self.env._("A list cannot be filtered by itself."))

    @api.constrains("parent_kind", "parent_list_id")
    def _check_rows(self):
        """Rows keep the parent that they were given: none of another kind."""
        self.row_ids._check_parent()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        Field_sudo = self.env["procedure.field"].sudo()
        question_sudo = Field_sudo.search([("list_id", "in", self.ids)], limit=1)
        if question_sudo:
            raise UserError(
                self.env._(
                    "“%(list)s” is asked by “%(procedure)s”: archive it instead.",
                    list=question_sudo.list_id.name,
                    procedure=question_sudo.version_id.display_name,
                )
            )

    def action_open_rows(self):
        """Its rows, to search in."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "procedure_list.procedure_list_row_action"
        )
        return {
            **action,
            "display_name": self.name,
            "domain": [("list_id", "=", self.id)],
            "context": {"default_list_id": self.id, "search_default_offered": 1},
        }

    def action_load(self):
        """Ask for the file of its rows."""
        self.check_access("write")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "procedure_list.procedure_list_load_action"
        )
        return {**action, "context": {"default_list_id": self.id}}

    # ------------------------------------------------------------
    # What is offered
    # ------------------------------------------------------------

    def _get_offer(self, parents=None):
        """The rows offered today, in their order.

        :param parents: codes of the answers above; None when they are not known: all of them
        """
        Row = self.env["procedure.list.row"]
        domain = Domain("list_id", "in", self.ids) & Row._get_offer_domain()
        if parents is not None and self.parent_kind != "none":
            domain &= Row._get_parent_domain(self.parent_kind, parents)
        return Row.search_fetch(domain, ["value", "label", "parent_id", "commune_id"])

    def _find_row(self, text, parents=None):
        """The row that a person means, offered or not; its value first, then its words."""
        Row = self.env["procedure.list.row"]
        row = Row.search([("list_id", "=", self.id), ("value", "=", text)], limit=1)
        if row:
            return row
        wanted = normalize(text)
        seen = Row
        for rows in (self._get_offer(parents), self._get_offer(), self.row_ids):
            rows, seen = rows - seen, seen | rows
            for row in rows:
                if wanted in (normalize(row.label), normalize(row._get_full_label())):
                    return row
        return Row

    def _get_near_labels(self, text, parents=None):
        """What somebody may have meant by these words: the likeliest first."""
        wanted = normalize(text)[:TYPED_MAX]
        if not wanted:
            return []
        is_full = parents is None and self.parent_kind != "none"
        names = {}
        for row in self._get_offer(parents):
            label = row._get_full_label() if is_full else row.label
            names.setdefault(normalize(label), label)
        words = wanted.split()
        holding = [key for key in names if all(word in key for word in words)]
        compared = find_comparable(wanted, names)
        near = get_close_matches(wanted, compared, n=NEAR_MAX, cutoff=LIKENESS)
        return [names[key] for key in dict.fromkeys([*holding, *near])][:NEAR_MAX]

    def _get_labels(self, values):
        """Dict value -> label, of rows that ended too."""
        domain = [("list_id", "in", self.ids), ("value", "in", list(values))]
        rows = self.env["procedure.list.row"].search_fetch(domain, ["value", "label"])
        return {row.value: row.label for row in rows}

    # ------------------------------------------------------------
    # What is held
    # ------------------------------------------------------------

    def _get_held_values(self):
        """Values of its rows that an answer holds, in a block too, or that a form names: these
        rows end, and are not deleted. In superuser mode: nothing else is told of the requests."""
        self.ensure_one()
        questions_sudo = self.env["procedure.field"].sudo().search([("list_id", "=", self.id)])
        if not questions_sudo:
            return set()
        versions_sudo = questions_sudo.version_id
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT held #>> '{}'
                  FROM procedure_request,
                       jsonb_path_query(procedure_request.answers, 'strict $.**.value') AS held
                 WHERE procedure_request.version_id IN %s
                   AND procedure_request.answers IS NOT NULL
                """,
                tuple(versions_sudo.ids),
            )
        )
        held = {value for (value,) in rows}
        keys = set(questions_sudo.mapped("key"))
        form_fields_sudo = versions_sudo.field_ids
        for condition_sudo in form_fields_sudo.condition_ids | form_fields_sudo.require_ids:
            if condition_sudo.key in keys:
                held.update(condition_sudo._to_engine().values)
        return held


def find_comparable(wanted, names):
    """At most `COMPARED_MAX` of these names: those of which most words begin as a word that is
    wanted, in their order."""

    def count(name):
        return len(starts & {word[:3] for word in name.split()})

    starts = {word[:3] for word in wanted.split()}
    return nlargest(COMPARED_MAX, names, key=count)
