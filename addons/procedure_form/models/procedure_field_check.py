from odoo import models
from odoo.tools import LazyTranslate

from .. import linter

_lt = LazyTranslate(__name__)

# What is wrong with a question of any type; of its own settings, its type says it.
FORM_WORDS = {
    "no_label": _lt("“%(label)s”: this field has no label."),
    "duplicate_key": _lt("“%(label)s”: another field has the same key."),
    "type_in_block": _lt("“%(label)s”: a field of this type cannot be in the block “%(other)s”."),
    "condition_on_itself": _lt("“%(label)s”: its condition is about itself."),
    "condition_unknown": _lt(
        "“%(label)s”: its condition is about “%(other)s”, which is not in the form."
    ),
    "condition_later": _lt(
        "“%(label)s”: its condition is about “%(other)s”, which comes later in the form."
    ),
    "condition_in_block": _lt(
        "“%(label)s”: its condition is about “%(other)s”, which is inside a repeated "
        "block: it has one answer for each line."
    ),
    "condition_unreachable": _lt(
        "“%(label)s”: its condition is about an answer that “%(other)s” cannot have."
    ),
    "condition_compare": _lt(
        "“%(label)s”: its condition compares “%(other)s”, which is neither a number nor a date."
    ),
    "condition_value": _lt(
        "“%(label)s”: its condition compares “%(other)s” with something else than one "
        "number or one date."
    ),
    "never_shown": _lt(
        "“%(label)s”: its conditions can never hold together, so nobody would see it."
    ),
    "never_required": _lt(
        "“%(label)s”: the conditions that make it required can never hold together."
    ),
    "required_never_shown": _lt(
        "“%(label)s” is required, but “%(other)s”, where it stands, can never be shown."
    ),
}


class ProcedureFieldCheck(models.AbstractModel):
    """What forbids the publication of a field, one sentence each."""

    _name = "procedure.field.check"
    _description = "Checks of a form field before publication"

    def _get_label_of(self, key):
        """How another field of the same form is named to the person who builds it."""
        other = self.version_id.field_ids.filtered(lambda field: field.key == key)[:1]
        return other.label or key

    def _get_definition_sentence(self, problem):
        """Why this field forbids the publication of the form."""
        params = {"label": self.label or self.key, "other": "", **dict(problem.params)}
        if params["other"]:
            block, dot, child = params["other"].partition(".")
            params["other"] = self._get_label_of(child if dot else block)
        words = {**FORM_WORDS, **self._get_type().problem_words}
        sentence = self.env._(words[problem.code])
        return sentence % params

    def _get_own_sentences(self):
        """What the administration and the law say of this field; extended by other addons."""
        return [
            *self._get_account_sentences(),
            *self._get_document_sentences(),
            *self._get_forbidden_sentences(),
        ]

    def _get_place_sentences(self):
        """Whether the fields of blocks directly follow them: (field, sentence)."""
        sentences = []
        blocks = {field.key: field for field in self if field._get_type().holds == "rows"}
        current = None
        for field in self:
            if not field.block_key:
                current = field.key
            elif field.block_key not in blocks:
                sentences.append(
                    (
                        field,
                        self.env._(
                            "“%(label)s” is in a block that the form does not have.",
                            label=field.label or field.key,
                        ),
                    )
                )
            elif field.block_key != current:
                sentences.append(
                    (
                        field,
                        self.env._(
                            "“%(label)s”: put it just below its block “%(other)s”.",
                            label=field.label or field.key,
                            other=blocks[field.block_key].label or field.block_key,
                        ),
                    )
                )
        return sentences

    def _get_account_sentences(self):
        """A visitor has neither persons nor dwelling to choose from."""
        self.ensure_one()
        if (
            (self.required or self.require_ids)
            and self._get_type().needs_account
            and not self.procedure_id.account_required
        ):
            return [
                self.env._(
                    "“%(label)s” is required and needs an account: make it optional, or require "
                    "an account for this procedure.",
                    label=self.label or self.key,
                )
            ]
        return []

    def _get_document_sentences(self):
        """For a school registration the law closes the list of what may be demanded."""
        self.ensure_one()
        if self._get_type().holds != "files":
            return []
        label = self.label or self.key
        sentences = []
        if self.validity_kind == "months" and self.validity_months <= 0:
            sentences.append(
                self.env._("“%(label)s”: give the months of validity of the document.", label=label)
            )
        if self.validity_kind == "until" and not self.validity_until:
            sentences.append(
                self.env._(
                    "“%(label)s”: give the date until when the document is valid.", label=label
                )
            )
        if (
            (self.required or self.require_ids)
            and self.procedure_id._is_school_registration()
            and self.requirement_code not in linter.SCHOOL_DOCUMENTS
        ):
            sentences.append(
                self.env._(
                    "“%(label)s” cannot be mandatory for a school registration (code de "
                    "l'éducation, D131-3-1): only an identity document of the child, of the "
                    "persons responsible, and a proof of address may be demanded.",
                    label=label,
                )
            )
        return sentences

    def _get_forbidden_sentences(self):
        """Questions that the law forbids, and health data without a store of their own."""
        self.ensure_one()
        words = [
            self.key,
            self.label,
            self.help,
            self.requirement_code,
            *self.option_ids.mapped("label"),
        ]
        text = " | ".join(filter(None, words)).replace("_", " ")
        params = {"label": self.label or self.key}
        reasons = {
            "nir": self.env._(
                "“%(label)s”: the social security number is never asked for.", **params
            ),
            "disability": self.env._(
                "“%(label)s”: the nature of a disability is never asked for; ask whether "
                "particular care is needed.",
                **params,
            ),
            "religion": self.env._(
                "“%(label)s”: religion is never asked for; offer neutral choices.", **params
            ),
            "origin": self.env._(
                "“%(label)s”: origin and nationality are not asked for.", **params
            ),
            "marital": self.env._(
                "“%(label)s”: the marital status is not asked for; ask who holds parental "
                "authority.",
                **params,
            ),
            "whole_document": self.env._(
                "“%(label)s”: a whole judgment, tax notice or health booklet is not asked for; ask "
                "for the page that serves.",
                **params,
            ),
            "password": self.env._("“%(label)s”: a password is never asked for.", **params),
        }
        sentences = [reasons[topic] for topic in linter.forbidden_topics(text)]
        if linter.is_health(text) and not self.procedure_id._has_health_store():
            sentences.append(
                self.env._("“%(label)s”: health data are not kept with requests.", **params)
            )
        return sentences
