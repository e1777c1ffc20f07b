from odoo import fields, models

from odoo.addons.procedure_form.engine.formula import find_operands

from ..field_types import SLOT_TYPE


class ProcedureField(models.Model):
    _inherit = "procedure.field"

    slot_calendar_id = fields.Many2one(
        "procedure.slot.calendar",
        "Calendar of slots",
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )

    def _get_slot_holder(self):
        """The secret of the form (context `slot_holder`) for this question: another one of the same
        form holds a place of its own. None without form."""
        holder = self.env.context.get("slot_holder")
        return f"{holder} {self.key}" if holder else None

    def _get_slot_operands(self, always=False):
        """The questions that its calculation needs, through those that are worked out too.

        :param always: but for those that only one answer of another one needs
        """
        by_key = {field.key: field for field in self.version_id.field_ids}
        operands, seen = self.browse(), set()
        waiting = find_operands(self.formula or "", always)
        while waiting:
            key = waiting.pop(0)
            field = by_key.get(key)
            if key in seen or not field:
                continue
            seen.add(key)
            if field._get_type().holds == "result":
                waiting += find_operands(field.formula or "", always)
            else:
                operands |= field
        return operands

    def _get_lacking_sentences(self):
        """Nobody would know how many slots to keep while an answer may lack."""
        shown_when = self._get_conditions_by_key()
        return [
            self.env._(
                "“%(label)s”: its calculation counts “%(other)s”, which may have no answer. Make "
                "it required, and shown whenever this one is.",
                label=self.label or self.key,
                other=operand.label or operand.key,
            )
            for operand in self._get_slot_operands(always=True)
            if not (operand.required or operand._get_type().holds == "rows")
            or not shown_when[operand.key] <= shown_when[self.key]
        ]

    def _get_conditions_by_key(self):
        """By key of question, all that may hide it: its own conditions, of its section, its
        page."""
        page = section = frozenset()
        found = {}
        for field in self.version_id.field_ids._to_engine():
            own = frozenset([(field.conditions, field.any_condition)] if field.conditions else [])
            if field.kind.starts == "page":
                page, section = own, frozenset()
            elif field.kind.starts == "section":
                section = own
            found[field.key] = own | page | section
        return found

    def _get_own_sentences(self):
        sentences = super()._get_own_sentences()
        if self._get_type() == SLOT_TYPE:
            label = self.label or self.key
            calendar_sudo = self.sudo().slot_calendar_id
            if not calendar_sudo:
                sentence = self.env._("“%(label)s”: choose its calendar.", label=label)
                sentences.append(sentence)
            elif not calendar_sudo.active:
                sentence = self.env._(
                    "“%(label)s”: its calendar is archived, nobody could choose a slot.",
                    label=label,
                )
                sentences.append(sentence)
            sentences += self._get_lacking_sentences()
        return sentences

    def _is_answered_by_slot(self):
        """Whether the hour that is taken is all that one comes for: everybody chooses one, and
        neither a document nor a signature is looked at before."""
        is_asked = any(each.required and each._get_type() == SLOT_TYPE for each in self)
        kinds = list(filter(None, (each._get_type() for each in self)))
        return is_asked and not any(
            kind.holds == "files" or "signature" in kind.settings for kind in kinds
        )
