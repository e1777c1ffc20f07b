"""The engine alone: any definition and any answers. No database."""

import json
import string
import unittest
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.procedure_form import engine
from odoo.addons.procedure_form.engine import Condition, Field
from odoo.addons.procedure_form.field_types import OWN_TYPES, RecordsType, RecordType
from odoo.addons.territory_base.tests.sweep import sweep

TODAY = date(2026, 11, 25)
COMMUNES = {
    "55029": {"insee": "55029", "label": "Bar-le-Duc", "zip": "55000"},
    "55545": {"insee": "55545", "label": "Vaubecourt", "zip": "55250"},
}
BY_NAME = {commune["label"].lower(): commune for commune in COMMUNES.values()}


class PeopleType(RecordsType):
    """Several records of an account, as another addon brings them."""

    code = "people"
    model = "res.partner"
    needs_account = True


class HomeType(RecordType):
    """One record of an account."""

    code = "home"
    model = "res.partner"
    needs_account = True


KINDS = {**OWN_TYPES, "people": PeopleType(), "home": HomeType()}
TYPES = list(KINDS)
BLOCK_TYPES = [code for code, each in KINDS.items() if each.in_block]
DISPLAY_TYPES = [code for code, each in KINDS.items() if each.holds == "nothing"]
OPTIONS = (("yes", "Oui"), ("no", "Non"), ("maybe", "Peut-être"))
RECORDS = {
    "people": {7: "Camille", 8: "Léo"},
    "home": {3: "1 rue Haute"},
    "school": {5: "École du Bourg"},
}


def find_commune(text):
    return COMMUNES.get(text) or BY_NAME.get(text.lower())


def find_record(field, text, answers):
    record_id = int(text) if text.isascii() and text.isdigit() else 0
    label = RECORDS[field.type].get(record_id)
    return {"id": record_id, "label": label} if label else None


def check(fields, raw, **kwargs):
    return engine.validate(
        fields, raw, today=TODAY, find_commune=find_commune, find_record=find_record, **kwargs
    )


texts = st.text(max_size=300)
plausible = {
    "integer": st.integers(-50, 50).map(str),
    "decimal": st.decimals(-50, 50, places=2).map(lambda one: str(one).replace(".", ",")),
    "amount": st.sampled_from(["12,5", "12.50", "1 250 €", "3 € 20", "0", "99 euros"]),
    "time": st.times().map(lambda one: one.strftime("%Hh%M")),
    "date": st.dates().map(lambda day: day.isoformat()),
    "boolean": st.sampled_from(["1", "0", "oui", "non"]),
    "selection": st.sampled_from([value for value, _label in OPTIONS]),
    "multi_selection": st.lists(st.sampled_from([value for value, _label in OPTIONS])),
    "email": st.sampled_from(["camille@Exemple.FR", "a.b+c@x.example.org"]),
    "phone": st.sampled_from(["06 39 98 12 34", "+33 1 99 00 12 34", "0639981234"]),
    "commune": st.sampled_from(["55029", "Vaubecourt", "bar-le-duc"]),
    "iban": st.sampled_from(["FR76 3000 6000 0112 3456 7890 189", "fr7630006000011234567890189"]),
    "siret": st.sampled_from(["732 829 320 00074", "73282932000074"]),
    "rna": st.sampled_from(["W551000001", "w55 1000001"]),
    "people": st.one_of(st.lists(st.sampled_from(["7", "8"])), st.just("8")),
    "home": st.just("3"),
    "school": st.just("5"),
    "consent": st.sampled_from(["on", "1", "0"]),
    "address": st.fixed_dictionaries(
        {
            "street": st.sampled_from(["1 rue Haute", "Le Moulin"]),
            "street2": st.sampled_from(["", "Bâtiment B"]),
            "zip": st.sampled_from(["", "55250"]),
            "commune": st.sampled_from(["55545", "Nancy", "bar-le-duc"]),
        }
    ),
}
rubbish = st.one_of(
    texts, st.none(), st.booleans(), st.integers(), st.lists(texts, max_size=3), st.just({})
)
OPERATORS = ["=", "!=", "in", "set", "not set", "<", "<=", ">", ">="]
VALUES = ["yes", "no", "1", "0", "55029", "-3", "2,5", "12.50", "09:30"]
VALUES += ["2026-01-01", "01/02/2030", "x"]


@st.composite
def conditions(draw, others):
    """Conditions on what is above, sensible or not."""
    return tuple(
        Condition(
            draw(st.sampled_from(others)).key,
            draw(st.sampled_from(OPERATORS)),
            tuple(draw(st.lists(st.sampled_from(VALUES), max_size=2))),
        )
        for _each in range(draw(st.integers(0, 2)) if others else 0)
    )


@st.composite
def form_fields(draw, key, types, above):
    field_type = draw(st.sampled_from(types))
    rows = ()
    if field_type == "block":
        rows = []
        for index in range(draw(st.integers(0, 3))):
            child = draw(form_fields(f"{key}_{index}", BLOCK_TYPES, [*above, *rows]))
            rows.append(child)
    names = [field.key for field in above] or ["none"]
    return Field(
        key=key,
        type=field_type,
        label=f"Question {key}",
        required=draw(st.booleans()),
        options=OPTIONS,
        free=draw(st.sampled_from([(), ("maybe",), ("yes", "maybe")])),
        conditions=draw(conditions(above)),
        require=draw(conditions(above)),
        any_require=draw(st.booleans()),
        any_condition=draw(st.booleans()),
        minimum=draw(st.sampled_from([None, -10, 0, 1])),
        maximum=draw(st.sampled_from([None, -1, 0, 10, 40])),
        date_limit=draw(st.sampled_from([None, "past", "future"])),
        max_files=draw(st.integers(1, 3)),
        rows=tuple(rows),
        days=(1, 2, 4, 5),
        lowest=draw(st.sampled_from(["", "", "0", "9h30", "-1,5"])),
        highest=draw(st.sampled_from(["", "", "10", "18h", "12,50"])),
        decimals=draw(st.sampled_from([2, 2, 0, 6, 9])),
        formula=draw(formulas(names)) if field_type == "computed" else "",
        min_length=draw(st.sampled_from([None, None, 0, 2])),
        max_length=draw(st.sampled_from([None, None, 0, 20])),
        pattern=draw(st.sampled_from(["", "", "[a-z]+", "(("])),
        pattern_message="Small letters only.",
        behaviour=KINDS[field_type],
    )


@st.composite
def formulas(draw, names):
    """Formulas that can be read, whatever their keys are worth."""
    operands = st.one_of(
        st.sampled_from(names),
        st.sampled_from(names).map(lambda name: f"count({name})"),
        st.sampled_from(names).map(lambda name: f"sum({name}.{name}_0)"),
        st.sampled_from(names).map(lambda name: f"age({name})"),
        st.integers(0, 99).map(str),
        st.just("0.5"),
    )
    return draw(
        st.recursive(
            operands,
            lambda inner: st.one_of(
                st.tuples(inner, st.sampled_from("+-*/"), inner).map(" ".join),
                inner.map(lambda one: f"({one})"),
                inner.map(lambda one: f"-{one}"),
                st.tuples(inner, inner).map(lambda two: f"min({two[0]}, {two[1]})"),
                st.tuples(inner, inner).map(lambda two: f"max({two[0]}, {two[1]})"),
                st.tuples(inner, st.sampled_from(("<", ">=", "!=")), inner).map(
                    lambda test: f"if({' '.join(test)}, {test[0]}, {test[2]})"
                ),
                st.tuples(st.sampled_from(names), inner).map(
                    lambda two: f"if(is({two[0]}, yes) or {two[1]} = 1, {two[1]}, 2)"
                ),
            ),
            max_leaves=4,
        )
    )


@st.composite
def definitions(draw):
    """Any definition whose conditions look up."""
    fields = []
    for index in range(draw(st.integers(1, 8))):
        fields.append(draw(form_fields(f"f{index}", TYPES, fields)))
    return fields


@st.composite
def raw_values(draw, field, name=None):
    """What somebody, or something, types for this field."""
    name = name or field.key
    raw = {}
    if field.type == "block":
        for number in draw(st.lists(st.integers(0, 12), max_size=4, unique=True)):
            for child in field.rows:
                raw.update(draw(raw_values(child, f"{name}.{number}.{child.key}")))
    elif field.type == "weekly_grid":
        days = st.lists(st.sampled_from(["1", "2", "4", "5", "5", "6"]), max_size=3)
        for row, _label in field.options:
            raw[f"{name}.{row}"] = draw(st.one_of(days, rubbish))
    elif field.type == "address":
        given_parts = draw(st.one_of(plausible["address"], rubbish))
        if isinstance(given_parts, dict) and draw(st.booleans()):
            raw.update({f"{name}.{part}": text for part, text in given_parts.items()})
        else:
            raw[name] = given_parts
    else:
        raw[name] = draw(st.one_of(plausible.get(field.type, texts), rubbish))
        for value in field.free if field.kind.has_options else ():
            raw[f"{name}.{value}"] = draw(st.one_of(st.just("Mes mots"), rubbish))
    return raw


@st.composite
def filled(draw):
    fields = draw(definitions())
    raw = {}
    for field in fields:
        raw.update(draw(raw_values(field)))
    raw.update(draw(st.dictionaries(st.text(string.ascii_lowercase, min_size=1), texts)))
    counts = {field.key: draw(st.integers(0, 4)) for field in fields if field.type == "file"}
    return fields, raw, counts


def shown_again(fields, answers):
    """What the form shows of these answers."""
    raw = {}
    for field in fields:
        if field.key in answers:
            raw.update(engine.to_raw(field, answers[field.key]))
    return raw


limits = st.one_of(st.none(), st.integers(-11, 11))


class TestEngineProperties(unittest.TestCase):
    @given(filled())
    def test_any_answer_is_typed_or_refused_on_its_own_field(self, case):
        fields, raw, counts = case
        by_key = {field.key: field for field in fields}
        answers, errors = check(fields, raw, file_counts=counts)
        visible = engine.visible_keys(fields, answers, counts)
        wrong = {key.partition(".")[0] for key in errors}
        self.assertLessEqual(wrong, set(visible), "an error on a field that is not shown")
        self.assertFalse(wrong & set(answers), "a field is both accepted and refused")
        self.assertLessEqual(set(answers), set(visible), "a hidden answer counts")
        page = section = True
        for field in fields:
            if field.type == "page":
                page, section = field.key in visible, True
            elif field.type == "section":
                section = field.key in visible
            self.assertTrue(
                page and section or field.key not in visible, "a hidden part shows a field"
            )
        for key in errors:
            if "." in key:
                block, number, child = key.split(".")
                self.assertIn(child, [row.key for row in by_key[block].rows])
                self.assertTrue(any(name.startswith(f"{block}.{number}.") for name in raw))
        for key in visible:
            field = by_key[key]
            if field.required and field.type not in (*DISPLAY_TYPES, "computed"):
                answered = counts.get(key) if field.type == "file" else key in answers
                self.assertTrue(answered or key in wrong, "a required answer was forgotten")

    @given(limits, limits, st.integers(-12, 12))
    def test_a_number_is_between_its_limits_zero_included(self, low, high, value):
        field = Field("n", "integer", "N", minimum=low, maximum=high)
        answers, errors = check([field], {"n": str(value)})
        fits = (low is None or value >= low) and (high is None or value <= high)
        self.assertEqual(answers, {"n": value} if fits else {})
        self.assertEqual(bool(errors), not fits)

    @given(limits, limits, st.integers(1, 12))
    def test_rows_and_characters_are_between_their_limits(self, low, high, count):
        block = Field("b", "block", "B", minimum=low, maximum=high, rows=(Field("c", "char", "C"),))
        raw = {f"b.{number}.c": "x" for number in range(count)}
        answers, _errors = check([block], raw)
        most = 10 if high is None else high
        self.assertEqual("b" in answers, (low or 0) <= count <= most)
        text = Field("t", "char", "T", min_length=low, max_length=high)
        answers, _errors = check([text], {"t": "x" * count})
        most = 255 if high is None else high
        self.assertEqual("t" in answers, (low or 0) <= count <= most)

    @given(limits, limits)
    def test_limits_that_no_answer_fits_forbid_the_publication(self, low, high):
        """And only these: whatever is published can be answered."""
        number = Field("n", "integer", "N", minimum=low, maximum=high)
        block = Field("b", "block", "B", minimum=low, maximum=high, rows=(Field("c", "char", "C"),))
        text = Field("t", "text", "T", min_length=low, max_length=high)
        fits = {
            "n": low is None or high is None or low <= high,
            "b": (low is None or 0 <= low <= (10 if high is None else high))
            and (high is None or high >= 1),
            "t": (low is None or 0 <= low <= (5000 if high is None else high))
            and (high is None or high >= 1),
        }
        for field in (number, block, text):
            problems = engine.check_definition([field])
            self.assertEqual(not problems, fits[field.key], (field, problems))

    @given(filled())
    def test_typed_answers_read_back_equal(self, case):
        fields, raw, counts = case
        answers, _errors = check(fields, raw, file_counts=counts)
        self.assertEqual(json.loads(json.dumps(answers)), answers)
        again, _errors = check(fields, shown_again(fields, answers), file_counts=counts)
        self.assertEqual(again, answers)

    @given(filled())
    def test_what_counts_is_settled(self, case):
        """Nothing changes when nothing changed: in blocks too, hidden answers are already gone."""
        fields, raw, counts = case
        answers, _errors = check(fields, raw, file_counts=counts)
        self.assertEqual(engine.settle(fields, answers, today=TODAY, file_counts=counts), answers)

    @given(filled(), st.data())
    def test_a_hidden_answer_never_counts(self, case, data):
        """Whatever is typed in what is hidden, the form is read the same; in blocks too."""
        fields, raw, counts = case
        answers, errors = check(fields, raw, file_counts=counts)
        hidden = {field.key for field in fields} - set(engine.visible_keys(fields, answers, counts))
        changed = {
            name: data.draw(rubbish) if name.partition(".")[0] in hidden else value
            for name, value in raw.items()
        }
        self.assertEqual(check(fields, changed, file_counts=counts), (answers, errors))
        above = []
        for field in fields:
            for row in answers.get(field.key, ()) if field.type == "block" else ():
                shown = engine.visible_keys([*above, *field.rows], {**answers, **row}, counts)
                self.assertLessEqual(set(row), set(shown), "a hidden answer of a row counts")
            if field.key not in hidden:
                above.append(engine.unconditional(field))

    @given(st.data(), st.booleans(), st.lists(st.booleans(), min_size=1, max_size=3))
    def test_a_hidden_answer_of_a_row_never_counts(self, data, above, rows):
        """Every row is typed in full: only what its own answers and those above show stays."""
        top = Field("a", "boolean")
        first = Field("b", "boolean")
        others = []
        for key in ("c", "d"):
            held = data.draw(conditions([top, first, *others]))
            others.append(Field(key, "char", conditions=held))
        block = Field("rows", "block", rows=(first, *others))
        raw = {"a": "1" if above else "0"}
        for number, value in enumerate(rows):
            raw |= {f"rows.{number}.b": "1" if value else "0"}
            raw |= {f"rows.{number}.{key}": "1" for key in ("c", "d")}
        answers, errors = check([top, block], raw)
        self.assertFalse(errors)
        for row, value in zip(answers["rows"], rows, strict=True):
            # The row asked by itself, as if it were the whole form.
            flat, _errors = check(
                [top, first, *others], {**raw, "b": "1" if value else "0", "c": "1", "d": "1"}
            )
            self.assertEqual({"a": above, **row}, flat)
        self.assertEqual(engine.settle([top, block], answers, today=TODAY), answers)

    @given(filled())
    def test_a_visitor_is_not_asked_what_needs_an_account(self, case):
        fields, raw, counts = case
        fields = engine.without_account(fields)
        answers, _errors = engine.validate(
            fields, raw, file_counts=counts, today=TODAY, find_commune=find_commune
        )
        words = json.dumps(answers)
        self.assertFalse(
            [name for name in ("Camille", "Léo", "rue Haute") if f'"label": "{name}"' in words]
        )

    @given(definitions())
    def test_what_the_check_lets_through_has_no_cycle(self, fields):
        """Each condition looks at a field above: the form can be filled from top to bottom."""
        wrong = {key for key, _problem in engine.check_definition(fields)}
        position = {field.key: index for index, field in enumerate(fields)}
        for field in fields:
            for condition in (*field.conditions, *field.require) if field.key not in wrong else ():
                if condition in field.require and field.required:
                    continue
                self.assertLess(position[condition.key], position[field.key])

    @given(definitions(), st.randoms())
    def test_shuffled_conditions_are_named(self, fields, random):
        random.shuffle(fields)
        wrong = {key for key, _problem in engine.check_definition(fields)}
        seen = set()
        for field in fields:
            if any(condition.key not in seen for condition in field.conditions):
                self.assertIn(field.key, wrong)
            seen.add(field.key)

    @sweep("machines")
    @settings(max_examples=50)
    @given(filled())
    def test_what_is_said_never_shown_is_never_shown(self, case):
        """No right form is refused: a field that answers did show is not said unreachable."""
        fields, raw, counts = case
        answers, errors = check(fields, raw, file_counts=counts)
        if errors:
            return
        codes = ("never_shown", "required_never_shown")
        never = {key for key, problem in engine.check_definition(fields) if problem.code in codes}
        self.assertFalse(never & set(engine.visible_keys(fields, answers, counts)))
