"""What somebody types in a form of which she skips no question, by the types of its questions."""

import re

from odoo.addons.procedure_form import engine

# By type of question; those that choose a record take the first one that is offered.
ANSWERS = {
    "address": {"street": "3 rue du Moulin", "commune": "55532"},
    "amount": "12,50",
    "boolean": "1",
    "commune": "55532",
    "consent": "1",
    "decimal": "1,5",
    "email": "personne@exemple.fr",
    "iban": "FR7630006000011234567890189",
    "lodging_number": "55532 123456 AB",
    "phone": "03 29 00 00 00",
    "rna": "W551234567",
    "signature_email": "temoin@exemple.fr",
    "siret": "73282932000074",
    "time": "14:00",
}
# What is made from the settings of the question.
MADE = ("char", "date", "integer", "multi_selection", "selection", "text", "weekly_grid")
# One of these fits each pattern of the shipped forms.
PATTERNED = ("14:00", "AB 123", "1234567")
# The clock of these tests says 25 November 2026.
DAYS = {"past": "2026-11-20", "future": "2026-12-12"}


class FormAnswers:
    def __init__(self, version, applicant, own=None):
        """:param own: raw answers that the type does not tell, by name of the input"""
        self._own = own or {}
        self._questions = {field.key: field for field in version.field_ids}
        self._form = version.field_ids._to_engine()
        self._applicant = applicant
        self._lookups = version.env["procedure.request"]._get_lookups(version, applicant)

    def fill(self, chosen=()):
        """From top to bottom, whatever each answer shows.

        :param chosen: raw answers by name of the input, of what must be so
        :return: raw answers by name of the input, keys of the documents that are asked
        """
        given = {**self._own, **dict(chosen)}
        raw, files = {}, {}
        done = set()
        while left := [key for key in self._get_shown(raw, files) if key not in done]:
            question = self._questions[left[0]]
            done.add(question.key)
            holds = question._get_type().holds
            if holds == "files":
                files[question.key] = 1
            elif holds == "answer":
                raw.update(self._answer(question, question.key, given, raw))
            elif holds == "rows":
                for row in question._get_rows():
                    raw.update(self._answer(row, f"{question.key}.0.{row.key}", given, raw))
        return raw, list(files)

    def _read(self, raw, files=None):
        return engine.validate(self._form, raw, file_counts=files, **self._lookups)[0]

    def _get_shown(self, raw, files):
        return engine.visible_keys(self._form, self._read(raw, files), files)

    # ------------------------------------------------------------
    # Enough times for each question to be asked once
    # ------------------------------------------------------------

    def get_ways(self):
        """What to choose in each filing, so that all of them together ask each question."""
        ways, asked = [{}], set(self._fill_keys({}))
        for question in self._questions.values():
            if question._get_type().holds in ("answer", "files", "rows") and not question.block_key:
                if question.key not in asked:
                    chosen = {}
                    self._choose(question, chosen)
                    ways.append(chosen)
                    asked |= self._fill_keys(chosen)
                    if question.key not in asked:
                        raise AssertionError(f"Nobody is ever asked {question.key}: {chosen}")
        return ways

    def _fill_keys(self, chosen):
        raw, files = self.fill(chosen)
        return {*(name.partition(".")[0] for name in raw), *files}

    def _choose(self, question, chosen):
        """Fill `chosen` in with what shows this question."""
        for asked in self._get_above(question) | question:
            conditions = asked.condition_ids
            for condition in conditions[:1] if asked.condition_join == "any" else conditions:
                if condition.operator in ("=", "in"):
                    chosen.setdefault(condition.key, condition.value.split(",")[0])
                self._choose(self._questions[condition.key], chosen)

    def _get_above(self, question):
        """The page and the section that hide it with them."""
        found = {}
        for other in question.version_id.field_ids:
            if other == question:
                break
            starts = other._get_type().starts
            if starts == "page":
                found = {}
            if starts:
                found[starts] = other
        return question.browse().union(*found.values())

    # ------------------------------------------------------------
    # One answer
    # ------------------------------------------------------------

    def _answer(self, question, name, given, raw):
        own = {
            each: value
            for each, value in given.items()
            if each == name or each.startswith(f"{name}.")
        }
        if not own and question.key in given:
            own = {name: given[question.key]}
        return own or self._invent(question, name, raw)

    def _invent(self, question, name, raw):
        values = question.option_ids.mapped("value")
        match question.type:
            case "char" | "text":
                return {name: self._write(question)}
            case "integer":
                return {name: str(max(question.min_value or 0, 1))}
            case "date":
                return {name: DAYS[question.date_limit or "past"]}
            case "selection":
                return {name: values[0]}
            case "multi_selection":
                return {name: values[:2]}
            case "weekly_grid":
                return {f"{name}.{value}": question.grid_days.split(",") for value in values}
            case known if known in ANSWERS:
                answer = ANSWERS[known]
                if isinstance(answer, str):
                    return {name: answer}
                return {f"{name}.{part}": text for part, text in answer.items()}
        return {name: self._choose_record(question, raw)}

    def _choose_record(self, question, raw):
        choices = question._get_record_choices(self._applicant, self._read(raw))
        if not choices:
            raise AssertionError(f"{question.key}: no answer is known of type {question.type}")
        first = choices[0][0]
        return [first] if question._get_type().is_several else first

    def _write(self, question):
        if question.pattern:
            fits = [text for text in PATTERNED if re.fullmatch(question.pattern, text)]
            if not fits:
                raise AssertionError(f"{question.key}: no text is known of {question.pattern}")
            return fits[0]
        text = f"Réponse à la question {question.sequence}"
        return text.ljust(question.min_length or 0, ".")[: question.max_length or None]
