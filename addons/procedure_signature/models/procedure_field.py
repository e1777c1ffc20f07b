from odoo import fields, models

from ..field_types import SIGNATURE_TYPES, get_keys

DAYS = 15
DAYS_MAX = 90


class ProcedureField(models.Model):
    """Who signs is the type of the question; what is read and signed is here."""

    _inherit = "procedure.field"

    signature_keys = fields.Char(
        "Answers that are signed",
        help="Keys, joined by commas: whoever signs reads these answers, and nothing else.",
    )
    signature_days = fields.Integer("Days to sign", default=DAYS)
    signature_role = fields.Selection(
        [("any", "Anybody else who acts for it"), ("president", "Its president")],
        "Who signs for the organisation",
        default="any",
        help="The president does not sign again what he files himself.",
    )

    signature_commitment = fields.Text(
        "What this person commits to",
        translate=True,
        help="Read before signing, in the mail and on the page; the help text is read by the "
        "applicant only.",
    )

    def _is_signature(self):
        self.ensure_one()
        return self._get_type() in SIGNATURE_TYPES

    def _get_signed_fields(self):
        """The questions whose answers are read and signed by this one, in the order of the form."""
        self.ensure_one()
        keys = set(get_keys(self.signature_keys))
        kind = self._get_type()
        return self.version_id.field_ids.filtered(
            lambda field: (
                field.key in keys
                and field._may_be_signed()
                and not (kind.is_discreet and field._is_private())
            )
        )

    def _may_be_signed(self):
        """An answer of the form itself; a row is read with its block."""
        self.ensure_one()
        holds = self._get_type().holds
        return holds in ("answer", "rows", "result") and not (
            self.block_key or self._is_signature()
        )

    def _is_private(self):
        """Whether it tells where one lives, with whom, or how one is reached."""
        self.ensure_one()
        return any(field._get_type().tells_where for field in self | self._get_rows())

    def _get_own_sentences(self):
        sentences = super()._get_own_sentences()
        if self._is_signature():
            sentences += self._get_signature_sentences()
        return sentences

    def _get_signature_sentences(self):
        label = self.label or self.key
        keys = get_keys(self.signature_keys)
        ticked = self.version_id.field_ids.filtered(lambda field: field.key in keys)
        kind = self._get_type()
        sentences = []
        private = ticked.filtered(lambda field: field._is_private())
        if kind.is_discreet and private:
            sentences.append(
                self.env._(
                    "“%(label)s”: the other parent never reads “%(other)s”, which tells where one "
                    "lives or how one is reached: untick it.",
                    label=label,
                    other=private[0].label,
                )
            )
        elif not self._get_signed_fields():
            sentences.append(
                self.env._(
                    "“%(label)s”: tick at least one answer that this person reads and signs.",
                    label=label,
                )
            )
        if sentence := self._get_nobody_sentence(label):
            sentences.append(sentence)
        if not 1 <= self.signature_days <= DAYS_MAX:
            sentences.append(
                self.env._(
                    "“%(label)s”: give from 1 to %(max)s days to sign.", label=label, max=DAYS_MAX
                )
            )
        return sentences

    def _get_nobody_sentence(self, label):
        """Why nobody would ever be asked: the procedure is for no child, or for no organisation."""
        signer, kinds = self._get_type().signer, self.version_id.procedure_id.applicant_kinds
        asked = self.version_id.field_ids
        asks_child = kinds == "child" or any(each._get_type().asks_children for each in asked)
        if signer == "parent" and not asks_child:
            return self.env._(
                "“%(label)s”: this procedure asks for no child, so nobody could be asked to sign. "
                "Add a question that asks which children, or let only parents ask, for a child.",
                label=label,
            )
        if signer == "officer" and kinds in ("person", "child"):
            return self.env._(
                "“%(label)s”: no organisation makes this request, so nobody could be asked to "
                "sign. Let companies and associations ask.",
                label=label,
            )
        return ""
