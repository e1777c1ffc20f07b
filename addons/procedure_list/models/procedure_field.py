from dataclasses import replace

from odoo import fields, models
from odoo.tools import format_list

from odoo.addons.territory_base import clock

from ..field_types import LIST_TYPE, LISTS_TYPE, TICKED_MAX

# Offered to whoever writes a condition.
NAMED_MAX = 500
COMMUNES_MAX = 1000


class ProcedureField(models.Model):
    _inherit = "procedure.field"

    list_id = fields.Many2one(
        "procedure.list",
        "Shared list",
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )

    def _is_of_list(self):
        return self._get_type() in (LIST_TYPE, LISTS_TYPE)

    def _prepare_engine_field(self, rows=()):
        field = super()._prepare_engine_field(rows)
        if not self._is_of_list():
            return field
        return replace(field, free=tuple(row.value for row in self._get_free_choices()))

    def _get_free_choices(self):
        if not self._is_of_list():
            return super()._get_free_choices()
        rows_sudo = self.env["procedure.list.row"].sudo()
        domain = [("list_id", "=", self.sudo().list_id.id), ("is_free", "=", True)]
        return rows_sudo.search(domain)

    # ------------------------------------------------------------
    # What is offered, in the light of an answer above
    # ------------------------------------------------------------

    def _get_choices_filter(self):
        """The nearest question above that fits."""
        if not self._is_of_list():
            return super()._get_choices_filter()
        list_sudo = self.sudo().list_id
        found = self.browse()
        for other in self.version_id.field_ids:
            if other == self:
                break
            if other.block_key and other.block_key != self.block_key:
                continue
            if list_sudo.parent_kind == "commune":
                fits = other._get_type().is_place
            else:
                fits = other._is_of_list() and other.sudo().list_id == list_sudo.parent_list_id
            if fits:
                found = other
        return found if list_sudo.parent_kind != "none" else self.browse()

    def _get_list_parents(self, answers):
        """Codes of what is answered above, by which the list is filtered: dict code -> words;
        None when nothing is."""
        other = self._get_choices_filter()
        answer = answers.get(other.key) if other else None
        if not answer:
            return None
        if other._get_type().is_place:
            return {answer["insee"]: answer.get("label") or answer.get("commune")}
        rows = answer if isinstance(answer, list) else [answer]
        return {row["value"]: row["label"] for row in rows}

    def _find_list_choices(self, answers):
        """Dict value -> words; with its parent, as long as the answer above is not known."""
        list_sudo = self.sudo().list_id
        parents = self._get_list_parents(answers)
        rows_sudo = list_sudo._get_offer(parents)
        if parents is None and list_sudo.parent_kind != "none":
            return {row.value: row._get_full_label() for row in rows_sudo}
        return {row.value: row.label for row in rows_sudo}

    def _get_record_finder(self, partner):
        find = super()._get_record_finder(partner)
        questions = {field.key: field for field in self if field._is_of_list()}

        def find_row(field, text, answers):
            question = questions.get(field.key)
            return (
                question._find_list_row(text, answers) if question else find(field, text, answers)
            )

        return find_row

    def _find_list_row(self, text, answers):
        """For the engine: {"id", "label"} of the row, or why it is refused."""
        parents = self._get_list_parents(answers)
        row_sudo = self.sudo().list_id._find_row(text, parents)
        if not row_sudo:
            return None
        today = clock.today()
        label = row_sudo.label
        if row_sudo.date_to and row_sudo.date_to < today:
            day = fields.Date.add(row_sudo.date_to, days=1).strftime("%d/%m/%Y")
            return {"refused": "row_ended", "params": {"label": label, "day": day}}
        if row_sudo.date_from and row_sudo.date_from > today:
            day = row_sudo.date_from.strftime("%d/%m/%Y")
            return {"refused": "row_to_come", "params": {"label": label, "day": day}}
        parent = row_sudo._get_parent_code()
        if parent and parents is not None and parent not in parents:
            words = ", ".join(parents.values())
            return {"refused": "row_elsewhere", "params": {"label": label, "parent": words}}
        return {"id": row_sudo.value, "label": label}

    def _get_near_choices(self, text, answers):
        if not self._is_of_list():
            return super()._get_near_choices(text, answers)
        return self.sudo().list_id._get_near_labels(text, self._get_list_parents(answers))

    def _get_typed_values(self, values):
        """On the page, a row is chosen by its value or typed in its words."""
        values = super()._get_typed_values(values)
        if not self._is_of_list():
            return values
        return [*values, *self.sudo().list_id._get_labels(values).values()]

    def _get_named_choices(self):
        if not self._is_of_list():
            return super()._get_named_choices()
        rows_sudo = self.sudo().list_id._get_offer()[:NAMED_MAX]
        return [(row.value, row._get_full_label()) for row in rows_sudo]

    def _get_paper_hint(self):
        hint = super()._get_paper_hint()
        return self.sudo().list_id.where_to_find or hint if self._is_of_list() else hint

    # ------------------------------------------------------------
    # Before publication
    # ------------------------------------------------------------

    def _get_own_sentences(self):
        sentences = super()._get_own_sentences()
        if self._is_of_list():
            sentences += self._get_list_sentences()
        return sentences + self._get_named_sentences()

    def _get_list_sentences(self):
        label = self.label or self.key
        list_sudo = self.sudo().list_id
        if not list_sudo:
            return [self.env._("“%(label)s”: choose its shared list.", label=label)]
        names = {"label": label, "list": list_sudo.name}
        if not list_sudo.active:
            return [
                self.env._(
                    "“%(label)s”: the list “%(list)s” is archived, nobody could answer.", **names
                )
            ]
        if not list_sudo.row_count:
            return [self.env._("“%(label)s”: the list “%(list)s” proposes nothing today.", **names)]
        sentences = []
        if self._get_type() == LISTS_TYPE and list_sudo.row_count > TICKED_MAX:
            sentences.append(
                self.env._(
                    "“%(label)s”: nobody ticks boxes among %(count)s. Put a choice of one row of "
                    "“%(list)s” in a repeated block.",
                    count=list_sudo.row_count,
                    **names,
                )
            )
        if list_sudo.parent_kind != "none" and not self._get_choices_filter():
            sentences.append(self._get_filter_sentence(names))
        elif list_sudo.parent_kind != "none" and (self.required or self.require_ids):
            sentences += self._get_empty_sentences(names)
        return sentences

    def _get_filter_sentence(self, names):
        list_sudo = self.sudo().list_id
        if list_sudo.parent_kind == "commune":
            return self.env._(
                "“%(label)s”: the list “%(list)s” is filtered by the commune. Ask the commune or "
                "an address above.",
                **names,
            )
        return self.env._(
            "“%(label)s”: the list “%(list)s” is filtered by “%(other)s”. Ask a question on that "
            "list above.",
            other=list_sudo.parent_list_id.name,
            **names,
        )

    def _get_empty_sentences(self, names):
        """Nobody could answer there, and the answer is required."""
        list_sudo = self.sudo().list_id
        offered_sudo = list_sudo._get_offer()
        if any(not row._get_parent_code() for row in offered_sudo):
            return []
        if list_sudo.parent_kind == "commune":
            parents_sudo = self.env["territory.commune"].sudo().search([], limit=COMMUNES_MAX)
            lacking = parents_sudo - offered_sudo.commune_id
        else:
            lacking = list_sudo.parent_list_id._get_offer() - offered_sudo.parent_id
        if not lacking:
            return []
        shown = [each.display_name for each in lacking[:3]] + ["…"] * (len(lacking) > 3)
        return [
            self.env._(
                "“%(label)s” is required and the list “%(list)s” proposes nothing for "
                "%(parents)s. Add a row without parent, such as “Other”, or make the question "
                "optional.",
                parents=format_list(self.env, shown),
                **names,
            )
        ]

    def _get_named_sentences(self):
        """Of the conditions that name a row which does not exist."""
        sentences = []
        by_key = {other.key: other for other in self.version_id.field_ids if other._is_of_list()}
        for condition in self.condition_ids | self.require_ids:
            named = condition._to_engine()
            other = by_key.get(named.key)
            if not other or not named.values:
                continue
            list_sudo = other.sudo().list_id
            known = {*list_sudo._get_labels(named.values)}
            sentences += [
                self.env._(
                    "“%(label)s”: its condition names “%(value)s”, which is no code of the list "
                    "“%(list)s”.",
                    label=self.label or self.key,
                    value=value,
                    list=list_sudo.name or "",
                )
                for value in named.values
                if value not in known
            ]
        return sentences
