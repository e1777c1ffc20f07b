from odoo import fields, models

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
        return sentences
