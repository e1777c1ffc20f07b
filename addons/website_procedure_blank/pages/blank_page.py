"""What the page of a form shows, laid out for a pen."""

from string import ascii_lowercase

from odoo.addons.procedure_form import engine
from odoo.addons.website_procedure.pages.form_conditions import get_require_sentence
from odoo.addons.website_procedure.pages.form_page import FormPage
from odoo.addons.website_procedure.pages.form_reading import get_max_rows

# Rows printed of a block that may have more.
ROWS = 3
# Above, the answer is written: a page of boxes helps nobody.
MAX_BOXES = 24
# Widget of the form: how many lines a hand needs. Choices and tables are drawn apart.
LINES = {"line": 1, "text": 3}
ADDRESS_LINES = 2
# Choices that stand on one line.
SHORT_CHOICES, SHORT_LABEL = 4, 14


class BlankPage(FormPage):
    """The same page, of nobody: every question, all pages in a row, nothing filled in."""

    # Shown as to somebody with an account: the counter knows what to do with each answer.
    is_preview = True
    is_paper = True
    has_check = False
    # Who asks, on paper as at the counter.
    asks_identity = True

    def __init__(self, procedure_sudo, visit):
        super().__init__(procedure_sudo, visit)
        self.partner = None
        for field in self.version.field_ids:
            if field._get_type().holds == "rows":
                rows = min(max(field.min_value or 0, ROWS), get_max_rows(field))
                self.raw[f"_rows.{field.key}"] = str(rows)
        asked = self.version.field_ids.filtered(
            lambda field: field._get_type().holds in ("answer", "rows") and not field.block_key
        )
        # How a condition names a question, and its choices by their letters.
        self.numbers = {field.key: number for number, field in enumerate(asked, 1)}
        form_fields = self.version.field_ids
        conditions = form_fields.condition_ids | form_fields.require_ids
        self.named = {condition.key for condition in conditions}

    @property
    def pages(self):
        return self._cut_pages()

    def _is_ruled_out(self, field):
        """Nobody has answered anything: the condition is printed."""
        return False

    def _get_computed(self):
        return {}

    def _get_answers_at(self, name):
        """Nobody has answered anything."""
        return {}

    def _get_records(self, field, answers):
        is_written = field._get_type().paper_lines
        return [] if is_written else super()._get_records(field, answers)

    def _make_typed(self, field, name, values, choices):
        """Nobody proposes anything to a pen."""
        return self._item(name, **values)

    def _get_identity_fields(self):
        return self.env["procedure.request"]._get_identity_fields("mail", self.procedure)

    def _prepare_field(self, field, name=None):
        items = super()._prepare_field(field, name)
        for item in items:
            item["paper"], item["lines"] = self._choose_paper(field, item)
            self._add_paper_hint(field, item)
            if item["paper"] == "boxes":
                item["letters"] = self._get_letters(field).values()
                item["is_short"] = len(item["choices"]) <= SHORT_CHOICES and all(
                    len(label) <= SHORT_LABEL for _value, label in item["choices"]
                )
        if items and not name:
            items[0]["number"] = self.numbers.get(field.key)
        return items

    def _get_letters(self, field):
        """Dict value of a choice -> its letter, where a condition names one."""
        if field.key not in self.named or not field._get_type().has_options:
            return {}
        values = field.option_ids.mapped("value")
        return dict(zip(values, ascii_lowercase, strict=False))

    def _add_condition(self, items, field, prefix=""):
        """In the words of a form on paper: « Si vous avez coché 1a ou 1c »."""
        marks = [] if prefix else self._get_marks(field)
        if not marks:
            return super()._add_condition(items, field, prefix)
        is_yes = len(marks) == 1 and marks[0][1] in ("yes", "no")
        if is_yes and marks[0][1] == "yes":
            sentence = self.env._("If yes to question %(number)s:", number=marks[0][0])
        elif is_yes:
            sentence = self.env._("If no to question %(number)s:", number=marks[0][0])
        else:
            *first, last = [f"{number}{letter}" for number, letter in marks]
            glue = self.env._(" or ")
            answers = glue.join(filter(None, (", ".join(first), last)))
            sentence = self.env._("If you ticked %(answers)s:", answers=answers)
        for item in items:
            item.setdefault("condition_sentences", []).append(sentence)

    def _get_marks(self, field):
        """List of (number of a question, letter of a choice, yes or no), any of which must be
        ticked; empty when the condition is of another kind."""
        marks = []
        conditions = field.condition_ids
        for condition in conditions:
            wanted = condition._to_engine()
            other = self._fields_by_key.get(wanted.key)
            number = other and self.numbers.get(other.key)
            if not number or wanted.operator not in ("=", "in"):
                return []
            if other._get_type().widget == "yes_no" and len(conditions) == 1:
                is_yes = wanted.values[0].lower() in engine.TRUE_VALUES
                return [(number, "yes" if is_yes else "no")]
            letters = self._get_letters(other)
            if not all(value in letters for value in wanted.values):
                return []
            marks += [(number, letters[value]) for value in letters if value in wanted.values]
        is_all = field.condition_join != "any" and len(conditions) > 1
        return [] if is_all else marks

    def _prepare_address(self, _field, name, values, same=None):
        """One question on paper, not four."""
        parts = self.env._("Number and street, postcode, commune.")
        values["help"] = " ".join(filter(None, (values.get("help"), parts)))
        return [self._item(name, **values)]

    def _get_help(self, field):
        """What a hand needs: neither a format of file nor a weight."""
        if not field._get_type().is_hint_printed:
            required = get_require_sentence(field, self._fields_by_key)
            return " ".join(filter(None, (field.help, required))) or None
        if field._get_type().holds != "files":
            return super()._get_help(field)
        months = field.validity_kind == "months" and field.validity_months
        age = months and self.env._("Less than %(months)s months old.", months=months)
        required = get_require_sentence(field, self._fields_by_key)
        return " ".join(filter(None, (field.help, required, age))) or None

    def _add_paper_hint(self, field, item):
        hint = field._get_paper_hint()
        if hint and item["paper"] == "lines":
            item["help"] = " ".join(filter(None, (item.get("help"), hint)))

    def _choose_paper(self, field, item):
        """(how it is drawn, number of lines)."""
        widget = item["widget"]
        asked = field._get_type()
        if asked.paper_lines:
            return "lines", asked.paper_lines
        if asked.is_day:
            return "date", 0
        if widget in ("choice", "select"):
            fits = 0 < len(item["choices"]) <= MAX_BOXES
            return ("boxes", 0) if fits else ("lines", 1)
        if widget in LINES:
            return "lines", LINES[widget]
        return widget, 0

    def _prepare_subject_sections(self):
        section = {"label": self.env._("For whom"), "fields": []}
        if self.is_for_child:
            label = self.env._("The child: last name, first name, date of birth")
            section["fields"].append(self._prepare_whom(label))
        return [section]

    def _prepare_identity_section(self):
        section = {"label": self.env._("How to answer you"), "fields": []}
        for field in self._get_identity_fields():
            values = {"label": field.label, "required": field.required}
            is_address = bool(field.kind.parts)
            prepare = self._prepare_address if is_address else self._prepare_line
            for item in prepare(field, field.key, values):
                item["paper"], item["lines"] = "lines", ADDRESS_LINES if is_address else 1
                section["fields"].append(item)
        if self.procedure.applicant_kinds == "organisation":
            label = self.env._("The company or association: name, SIRET or RNA number")
            section["fields"].append(self._prepare_whom(label))
        return section

    def _prepare_whom(self, label):
        """What the site knows of an account, and asks nobody."""
        return self._item("_for", label=label, required=True, paper="lines", lines=1)

    def _prepare_line(self, _field, name, values):
        return [self._item(name, **values)]

    def get_paper(self):
        """(sections, documents to join)."""
        sections, documents = [], []
        for index, page in enumerate(self.pages):
            self.go(index)
            shown = self.sections
            for section in shown:
                documents += [item for item in section["fields"] if item["widget"] == "file"]
                section["fields"] = [
                    item for item in section["fields"] if item["widget"] not in ("file", "computed")
                ]
            shown = [section for section in shown if section["fields"]]
            if shown and page["key"]:
                shown[0]["page"] = page
            sections += shown
        for section in sections:
            section["groups"] = groups = []
            for item in section["fields"]:
                sentences = item.get("condition_sentences") or []
                # Said once for the questions that follow one another.
                if groups and groups[-1][0] == sentences:
                    groups[-1][1].append(item)
                else:
                    groups.append((sentences, [item]))
        return sections, documents
