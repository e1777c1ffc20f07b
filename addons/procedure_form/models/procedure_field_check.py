from odoo import models

from .. import linter


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
        texts = {
            "no_label": self.env._("“%(label)s”: this field has no label.", **params),
            "duplicate_key": self.env._("“%(label)s”: another field has the same key.", **params),
            "no_options": self.env._("“%(label)s”: there is nothing to choose from.", **params),
            "no_grid": self.env._(
                "“%(label)s”: give the lines and the days of the grid.", **params
            ),
            "empty_block": self.env._("“%(label)s”: this block holds no field.", **params),
            "impossible_range": self.env._(
                "“%(label)s”: the minimum is above the maximum.", **params
            ),
            "negative_minimum": self.env._(
                "“%(label)s”: the minimum cannot be below 0. Empty it for no minimum.", **params
            ),
            "maximum_too_small": self.env._(
                "“%(label)s”: with this maximum nothing can be answered. Empty it for no maximum.",
                **params,
            ),
            "impossible_length": self.env._(
                "“%(label)s”: the minimum length is above the maximum length.", **params
            ),
            "bad_pattern": self.env._(
                "“%(label)s”: the expected form is not a regular expression that can be read.",
                **params,
            ),
            "bad_url": self.env._(
                "“%(label)s”: the address of the link starts with https:// or /.", **params
            ),
            "type_in_block": self.env._(
                "“%(label)s”: a field of this type cannot be in the block “%(other)s”.", **params
            ),
            "condition_on_itself": self.env._(
                "“%(label)s”: its condition is about itself.", **params
            ),
            "condition_unknown": self.env._(
                "“%(label)s”: its condition is about “%(other)s”, which is not in the form.",
                **params,
            ),
            "condition_later": self.env._(
                "“%(label)s”: its condition is about “%(other)s”, which comes later in the form.",
                **params,
            ),
            "condition_in_block": self.env._(
                "“%(label)s”: its condition is about “%(other)s”, which is inside a repeated "
                "block: it has one answer for each line.",
                **params,
            ),
            "condition_unreachable": self.env._(
                "“%(label)s”: its condition is about an answer that “%(other)s” cannot have.",
                **params,
            ),
            "condition_compare": self.env._(
                "“%(label)s”: its condition compares “%(other)s”, which is neither a number nor "
                "a date.",
                **params,
            ),
            "condition_value": self.env._(
                "“%(label)s”: its condition compares “%(other)s” with something else than one "
                "number or one date.",
                **params,
            ),
            "never_shown": self.env._(
                "“%(label)s”: its conditions can never hold together, so nobody would see it.",
                **params,
            ),
            "required_never_shown": self.env._(
                "“%(label)s” is required, but “%(other)s”, where it stands, can never be shown.",
                **params,
            ),
            "formula_empty": self.env._("“%(label)s”: its formula is empty.", **params),
            "formula_too_deep": self.env._(
                "“%(label)s”: its formula has too many parentheses in each other.", **params
            ),
            "formula_unknown": self.env._(
                "“%(label)s”: its formula uses “%(other)s”, which is not in the form.", **params
            ),
            "formula_later": self.env._(
                "“%(label)s”: its formula uses “%(other)s”, which comes later in the form or is "
                "inside a block.",
                **params,
            ),
            "formula_key": self.env._(
                "“%(label)s”: its formula uses “%(other)s”, which is not a number.", **params
            ),
            "formula_age": self.env._(
                "“%(label)s”: its formula asks for the age at “%(other)s”, which is not a date.",
                **params,
            ),
            "formula_count": self.env._(
                "“%(label)s”: its formula counts “%(other)s”, which holds one answer only.",
                **params,
            ),
            "formula_sum": self.env._(
                "“%(label)s”: its formula adds up “%(other)s”, which is not a number of a block.",
                **params,
            ),
        }
        if problem.code == "too_many_rows_asked":
            return self.env._(
                "“%(label)s”: a block has %(max)s lines at most.",
                label=params["label"],
                max=params["max"],
            )
        if problem.code == "formula_too_long":
            return self.env._(
                "“%(label)s”: its formula has more than %(max)s characters.",
                label=params["label"],
                max=params["max"],
            )
        if problem.code == "formula_unreadable":
            return self.env._(
                "“%(label)s”: its formula cannot be read near “%(near)s”.",
                label=params["label"],
                near=params["near"],
            )
        if problem.code == "formula_function":
            return self.env._(
                "“%(label)s”: its formula uses “%(name)s”, which is not a function: there are "
                "count, sum, age, min and max.",
                label=params["label"],
                name=params["name"],
            )
        return texts[problem.code]

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
            self.required
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
            self.required
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
