"""What is known of the answers of a form, without filing them."""

from odoo.addons.procedure_form import engine
from odoo.addons.territory_base import clock


class FormAnswers:
    """Part of `FormPage`: what was typed, as the engine reads it."""

    def _get_typed(self):
        """(typed answers, keys of what is shown), from what was typed so far."""
        if not hasattr(self, "_typed"):
            form_fields = self.get_engine_fields()
            counts = self.make_filing(files=self.get_file_counts()).file_counts
            answers, problems = engine.validate(
                form_fields,
                self.raw,
                file_counts=counts,
                **self.get_lookups(),
            )
            self._typed = answers, engine.visible_keys(form_fields, answers, counts)
            self._typed_problems = problems
            self._typed_exit = engine.find_exit(form_fields, answers, counts, problems)
        return self._typed

    def get_engine_fields(self):
        form_fields = self.version.field_ids._to_engine()
        return form_fields if self.has_account else engine.without_account(form_fields)

    @property
    def has_account(self):
        """A visitor is not asked about the persons or the dwelling of an account."""
        return bool(self.partner) or self.is_preview

    @property
    def visible_keys(self):
        return self._get_typed()[1]

    def _find_exit(self):
        """The question that ends the form, if these answers do."""
        self._get_typed()
        return self._typed_exit and self._fields_by_key[self._typed_exit.key]

    def get_problem_codes(self):
        """Why what was typed is refused: dict error key -> code of the engine. What a service
        refuses besides has none."""
        self._get_typed()
        codes = {key: problem.code for key, problem in self._typed_problems.items()}
        if self.partner:
            return codes
        _values, problems = engine.validate(
            self._get_identity_fields(),
            self.identity,
            today=clock.today(),
            find_commune=self.get_lookups()["find_commune"],
        )
        return {**codes, **{key: problem.code for key, problem in problems.items()}}

    def _get_computed(self):
        return self._get_typed()[0]

    def get_lookups(self):
        partner = self.partner or self.env["res.partner"]
        return self._get_requests().sudo()._get_lookups(self.version, partner)

    def _get_answers_at(self, name):
        """Typed answers that a question may look at: those of its row as well."""
        answers = self._get_typed()[0]
        key, _dot, rest = name.partition(".")
        block = self._fields_by_key.get(key)
        if not rest or not block:
            return answers
        prefix = f"{key}.{rest.partition('.')[0]}."
        row = {
            inner.removeprefix(prefix): value
            for inner, value in self.raw.items()
            if inner.startswith(prefix)
        }
        children = block._prepare_engine_field(block._get_rows()).rows
        keys = {child.key for child in children}
        known = {other: value for other, value in answers.items() if other != key}
        typed_row, _errors = engine.validate_alone(children, keys, row, known, **self.get_lookups())
        return {**known, **typed_row}
