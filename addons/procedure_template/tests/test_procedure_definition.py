import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.territory_base.tests.sweep import sweep

from ..models.procedure_definition_check import LEFT_OUT, REQUIRED
from .common import TemplateCommon

words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=20
).filter(str.strip)
limits = st.sampled_from([0, -1, 1]) | st.integers(-1000, 1000)
keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


def optional(**strategies):
    """Any part of these keys."""
    return st.fixed_dictionaries({}, optional=strategies)


def with_all(required, other):
    return st.builds(lambda a, b: {**a, **b}, st.fixed_dictionaries(required), other)


options = st.lists(
    st.fixed_dictionaries({"label": words, "value": keys}, optional={"is_free": st.just(True)}),
    min_size=1,
    max_size=4,
    unique_by=lambda option: option["value"],
)
conditions = st.lists(
    with_all(
        {"key": keys},
        optional(operator=st.sampled_from(["=", "!=", "in", "set", "not set", "<"]), value=words),
    ),
    min_size=1,
    max_size=3,
)
field_settings = optional(
    required=st.booleans(),
    help=words,
    conditions=conditions,
    required_if=conditions,
    require_join=st.sampled_from(["all", "any"]),
    condition_join=st.sampled_from(["all", "any"]),
    min_value=limits,
    max_value=limits,
    min_length=limits,
    max_length=limits,
    lowest=words,
    highest=words,
    decimals=limits,
    prefill=st.sampled_from(["firstname", "email", "address"]),
    date_limit=st.sampled_from(["past", "future"]),
    validity_kind=st.sampled_from(["none", "months", "school_year"]),
    validity_months=st.integers(0, 36),
    is_local=st.booleans(),
)
simple_types = st.sampled_from(
    [
        "char",
        "text",
        "integer",
        "decimal",
        "amount",
        "time",
        "date",
        "boolean",
        "email",
        "phone",
        "address",
        "commune",
        "section",
    ]
)


def form_fields(types):
    plain = with_all({"type": types, "label": words}, field_settings)
    choice = with_all(
        {"type": st.sampled_from(["selection", "multi_selection"]), "label": words},
        st.builds(lambda a, b: {**a, "options": b}, field_settings, options),
    )
    return plain | choice


blocks = st.fixed_dictionaries(
    {
        "type": st.just("block"),
        "label": words,
        "fields": st.lists(
            form_fields(simple_types.filter("section".__ne__)), min_size=1, max_size=3
        ),
    }
)


def number_keys(rows, prefix="k"):
    """Each field its own key."""
    return [
        {
            **row,
            "key": f"{prefix}{index}",
            **(
                {"fields": number_keys(row["fields"], f"{prefix}{index}_")}
                if "fields" in row
                else {}
            ),
        }
        for index, row in enumerate(rows)
    ]


definitions = with_all(
    {"name": words},
    optional(
        summary=words,
        account_required=st.booleans(),
        applicant_kinds=st.sampled_from(["any", "person", "organisation", "child"]),
        season_kind=st.sampled_from(["none", "school_year", "calendar_year"]),
        max_per_household=st.integers(0, 9),
        handling_days=st.integers(10, 90),
        date_open=st.dates(date(2000, 1, 1)).map(str),
        regime=st.sampled_from(["none", "sva", "svr", "declaration"]),
        legal_basis=words,
        audiences=st.lists(
            st.sampled_from(["resident", "newcomer", "company"]), min_size=1, unique=True
        ),
        communes=st.just(["55532"]),
        service=st.just("test_waste"),
        steps=st.lists(
            with_all({"name": words}, optional(fold=st.booleans())), min_size=1, max_size=4
        ),
        register=with_all(
            {"name": words},
            optional(purpose=words, legal_basis=st.sampled_from(["public_task", "consent"])),
        ),
        fields=st.lists(form_fields(simple_types) | blocks, min_size=1, max_size=6).map(
            number_keys
        ),
    ),
)


@tagged("post_install", "-at_install")
class TestDefinition(TemplateCommon):
    def assertRefused(self, data, *expected):
        content = data if isinstance(data, bytes) else json.dumps(data).encode()
        before = self.env["procedure.procedure"].search_count([])
        with self.assertRaises(ValidationError) as caught:
            self.definition._import(self.definition._read_file(content))
        for part in expected:
            self.assertIn(part, str(caught.exception))
        self.assertEqual(self.env["procedure.procedure"].search_count([]), before)

    def _import(self, data, **vals):
        return self.definition._import(
            self.definition._read_file(json.dumps(data).encode()), **vals
        )

    def _without_defaults(self, model, data):
        """What is by default says nothing: a file leaves it out."""
        columns = self.definition._get_columns(model)
        defaults = self.definition.env[model].default_get(columns)
        rows = {
            "options": "option",
            "conditions": "condition",
            "required_if": "condition",
            "fields": None,
        }
        kept = {}
        for key, value in data.items():
            if key in rows:
                below = "procedure.field" + (f".{rows[key]}" if rows[key] else "")
                kept[key] = [self._without_defaults(below, row) for row in value]
            elif key == "steps":
                kept[key] = [self._without_defaults("procedure.step", row) for row in value]
            elif key == "register":
                kept[key] = self._without_defaults("privacy.processing", value)
            elif key in ("audiences", "communes"):
                kept[key] = sorted(value)
            elif key in (*REQUIRED.get(model, ()), "schema", "format"):
                kept[key] = value
            elif key not in columns or value != self.definition._to_file(
                model, key, defaults.get(key)
            ):
                kept[key] = value
        return kept

    @settings(max_examples=10)
    @sweep("machines")
    @given(data=definitions)
    def test_what_is_imported_is_exported_equal(self, data):
        data = {"format": "e-territoire.procedure", "schema": 2, "code": "HYPO", **data}
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            procedure = self._import(data)
            self.assertEqual((procedure.state, procedure.validated_on), ("draft", False))
            self.env.flush_all()
            self.env.invalidate_all()
            exported = json.loads(procedure._export_definition())
            self.assertEqual(self.definition._check(exported), [])
            expected = self._without_defaults("procedure.procedure", data)
            if "audiences" in exported:
                exported["audiences"].sort()
            self.assertEqual(exported, expected)
        finally:
            self.env.clear()
            savepoint.rollback()
            savepoint.close(rollback=False)

    def test_every_column_is_in_the_file_or_left_out_on_purpose(self):
        """A new column or relation is exported by itself; new rows have to be told."""
        ours = {"privacy_register", "procedure", "procedure_form", "procedure_template"}
        life = {"request_count", "message_ids", "message_follower_ids", "rating_ids"}
        for model in LEFT_OUT:
            told = (
                set(self.definition._get_columns(model))
                | self.definition._get_left_out(model)
                | set(self.definition._get_relations(model))
                | set(self.definition._get_rows(model))
                | life
            )
            for name, field in self.env[model]._fields.items():
                if field.store and set(field._modules) <= ours and name not in MAGIC_COLUMNS:
                    self.assertIn(name, told, f"{model}.{name}")

    def test_a_real_procedure_makes_the_journey(self):
        self.procedure.write(
            {
                "commune_ids": self.vaubecourt.ids,
                "consulted_service_ids": self.school.ids,
                "description": "<p>Pour <b>tous</b></p>",
                "regime": "svr",
                "legal_basis": "Décret 2016-625",
            }
        )
        self.procedure.action_validate_regime()
        content = self.procedure.with_user(self.manager)._export_definition()
        data = json.loads(content)
        self.assertEqual(
            (data["service"], data["communes"], data["consulted_services"]),
            ("test_waste", ["55532"], ["test_school"]),
        )
        for row in [data, data["register"], *data["fields"], *data["steps"]]:
            self.assertFalse({"id", "sequence", "create_uid", "state", "validated_on"} & set(row))
        copy = self.definition._import(data, name="Autre", code="AUTRE")
        self.assertEqual((copy.state, copy.validated_on, copy.version_id.ids), ("draft", False, []))
        self.assertTrue(copy.processing_id.is_proposed)
        self.assertNotEqual(copy.processing_id, self.procedure.processing_id)
        again = {**json.loads(copy._export_definition()), "name": data["name"], "code": "ESSAI"}
        self.assertEqual(again, data)

    def test_a_file_of_the_first_schema_is_still_read(self):
        """0 meant no limit there; it is one since."""
        child = {"key": "age", "type": "integer", "label": "Âge", "min_value": 0, "max_value": 12}
        rows = [
            {"key": "kids", "type": "block", "label": "Enfants", "max_value": 0, "fields": [child]},
            {"key": "note", "type": "text", "label": "Note", "min_length": 0, "max_length": 9},
        ]
        for schema, expected in (
            (1, [(None, None), (None, 12), (None, 9)]),
            (2, [(None, 0), (0, 12), (0, 9)]),
        ):
            data = self._data(schema=schema, code=f"SCHEMA{schema}", fields=rows)
            kids, age, note = self._import(data).version_ids.field_ids.sorted()
            self.assertEqual(
                [
                    (kids.min_value, kids.max_value),
                    (age.min_value, age.max_value),
                    (note.min_length, note.max_length),
                ],
                expected,
            )
            exported = json.loads(kids.procedure_id._export_definition())
            self.assertEqual(exported["schema"], 2)
            self.assertEqual("min_value" in exported["fields"][0]["fields"][0], schema == 2)

    def test_an_import_changes_nothing_that_exists(self):
        before = self.procedure._export_definition()
        data = json.loads(before)
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.definition._import(data)  # the same code
        self.definition._import(data, code="ESSAIBIS")
        self.assertEqual(self.procedure._export_definition(), before)
        self.assertEqual(self.procedure.state, "published")

    def test_a_bad_file_is_refused_with_its_line(self):
        self.assertRefused(b'{\n  "format": "e-territoire.procedure",\n  "name" "x"\n}', "Line 3")
        self.assertRefused(b'{\n\n"name": "\xe9t\xe9"}', "Line 3", "UTF-8")
        self.assertRefused(b'{"name": "a", "name": "b"}', "name", "twice")
        self.assertRefused(b"[" * 100_000, "cannot be read")
        self.assertRefused(b'{"schema": ' + b"9" * 10_000 + b"}", "cannot be read")
        self.assertRefused(b'{"schema": NaN}', "cannot be read")
        self.assertRefused(b" " * (512 * 1024 + 1), "512")
        self.assertRefused(b"[]", "not the definition")
        self.assertRefused(b"", "Line 1")
        self.assertRefused(self._data(schema=3), "schema 3")
        self.assertRefused(self._data(schema=True), "schema True")
        self.assertRefused(self._data(name="a\x00b"), "cannot be kept")
        self.assertRefused(self._data(name="a\ud800b"), "cannot be kept")

    def test_each_mistake_names_its_place(self):
        field = {"key": "a", "type": "char", "label": "Adresse"}
        for data, *expected in (
            (self._data(couleur="bleu"), "Procedure", "couleur"),
            (self._data(state="published"), "state", "not known"),
            (self._data(validated_on="2026-01-01"), "validated_on", "not known"),
            (self._data(name=""), "Procedure", "name"),
            (self._data(name=3), "Procedure", "name", "text"),
            (self._data(handling_days="3"), "handling_days", "whole number"),
            (self._data(handling_days=True), "handling_days", "whole number"),
            (self._data(handling_days=10**12), "handling_days", "too big"),
            (self._data(account_required=1), "account_required", "true or false"),
            (self._data(date_open="01/03/2027"), "date_open", "2027-03-01"),
            (self._data(date_open=["2027-03-01"]), "date_open", "2027-03-01"),
            (self._data(regime="peut-être"), "regime", "sva"),
            (self._data(regime=[]), "regime", "sva"),
            (self._data(service="inconnu"), "service", "inconnu", "does not exist"),
            (self._data(communes="55532"), "communes", "list of codes"),
            (self._data(communes=["99999"]), "99999"),
            (self._data(service=[]), "service", "a code"),
            (self._data(register="rien"), "Register"),
            (self._data(register={"code": "x", "name": "y"}), "Register", "code"),
            (self._data(steps={}), "steps", "list"),
            (self._data(steps=[{"name": "a"}] * 51), "steps", "51", "50"),
            (self._data(steps=[{}]), "Step 1", "name"),
            (self._data(fields=["a"]), "Field 1"),
            (self._data(fields=[field, {"key": "b", "label": "Rue"}]), "Field 2", "Rue", "type"),
            (self._data(fields=[{**field, "type": "couleur"}]), "Field 1", "Adresse", "type"),
            (self._data(fields=[{**field, "id": 3}]), "Adresse", "id", "not known"),
            (self._data(fields=[{**field, "label": "a" * 1001}]), "1001", "1000"),
            (self._data(fields=[field, {**field, "label": "Ville"}]), "Ville", "Adresse"),
            (self._data(fields=[{**field, "fields": [field]}]), "fields", "not known"),
            (
                self._data(fields=[{**field, "conditions": [{"operator": "set"}]}]),
                "Adresse",
                "condition 1",
                "key",
            ),
            (
                self._data(fields=[{**field, "options": [{"value": "x", "label": "X"}] * 2}]),
                "Adresse",
                "x",
            ),
            (
                self._data(
                    fields=[
                        {
                            "key": "b",
                            "type": "block",
                            "label": "Bloc",
                            "fields": [{**field, "fields": []}],
                        }
                    ]
                ),
                "Bloc",
                "Adresse",
                "not known",
            ),
            (self._data(fee_url="http://exemple.fr"), "https://"),
            (self._data(code="A B"), "letters and digits"),
            (self._data(date_open="2027-03-02", date_close="2027-03-01"), "before it opens"),
        ):
            with self.subTest(expected):
                self.assertRefused(data, *expected)

    def test_several_mistakes_are_told_at_once(self):
        self.assertRefused(
            self._data(couleur="bleu", handling_days="3"), "couleur", "handling_days"
        )

    def test_only_managers_read_and_write_files(self):
        data = self._data()
        for user in (self.agent, self.secretary, self.communication, self.dpo, self.camille):
            with self.subTest(user.login):
                procedure = self.procedure.with_user(user)
                with self.assertRaises(AccessError):
                    procedure._export_definition()
                with self.assertRaises(AccessError):
                    procedure.action_export_definition()
                with self.assertRaises(AccessError):
                    procedure._duplicate({"name": "x", "code": "XX"})
                with self.assertRaises(AccessError):
                    self.env["procedure.definition"].with_user(user)._import(data)


@tagged("post_install", "-at_install")
class TestDownload(TemplateCommon, HttpCase):
    def _download(self, user, procedure_id):
        self.authenticate(user.login, user.login) if user else self.authenticate(None, None)
        return self.url_open(f"/procedure/definition/{procedure_id}", allow_redirects=False)

    def test_the_manager_downloads_a_file_that_is_read_back(self):
        answer = self._download(self.manager, self.procedure.id)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("demarche-essai.json", answer.headers["Content-Disposition"])
        data = self.definition._read_file(answer.content)
        self.assertEqual(data["name"], "Demander un bac")

    def test_nobody_else_does(self):
        for user in (self.agent, self.secretary, self.communication, self.dpo, self.camille):
            answer = self._download(user, self.procedure.id)
            self.assertEqual(answer.status_code, 404, user.login)
            self.assertNotIn("Demander un bac", answer.text)
        self.assertIn("/web/login", self._download(None, self.procedure.id).headers["Location"])
        self.assertEqual(self._download(self.manager, 2**31 - 1).status_code, 404)
