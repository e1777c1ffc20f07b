"""What each `models.csv` says: what the access lists give to whom, and the test of the rows."""

import json
import re
from collections import Counter
from copy import deepcopy
from itertools import product
from pathlib import Path

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS
from odoo.service.model import call_kw
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.territory_base.tests.sweep import sweep

from .access_lists import GROUPS, OPERATIONS, find_own_models
from .common import PeopleCommon
from .inventories import MODELS
from .inventory import ADDONS
from .matrix import NOTHING

# What a constraint of the model wants, beside what it requires.
WANTED = {
    "content.link.host": {"name": "www.exemple.fr"},
    "family.session": {"hour_from": 9, "hour_to": 10},
    "family.slot": {"hour_from": 9, "hour_to": 10},
    "procedure.export": {"domain": "[]"},
    "procedure.list": {"code": "essai"},
    "procedure.opinion": {"contact_email": "avis@exemple.fr", "contact_name": "Avis"},
    "procedure.slot.booking": {"held_until": "2026-12-01 10:15:00"},
    "procedure.slot.opening": {"hour_from": 9, "hour_to": 10},
    "room.booking": {"held_until": "2026-12-01 10:15:00", "stop": "2026-12-01 12:00:00"},
    "waste.round.shift": {"date_moved": "2026-12-02"},
}
# Made of no bare values, even in superuser mode: pages, which change by a proposal only, and what
# hangs on them; then what needs a file, another person, one of two owners, a place that is free.
NOT_MADE = {
    *("commune.block", "commune.link", "commune.member", "commune.page", "commune.room"),
    *("content.revision", "content.type", "content.validator"),
    *("directory.claim", "directory.entry", "directory.link", "directory.opening"),
    *(
        "directory.photo",
        "family.booking",
        "family.booking.entry",
        "family.document",
        "family.rule",
        "parental.authority",
        "parental.authority.decision",
    ),
    *("privacy.consent.version", "procedure.commune", "procedure.commune.file"),
    "procedure.version",
    *("school.class", "school.climb", "school.climb.line", "school.pupil"),
    *("school.registration", "school.sector", "school.year"),
    *("street.report.route", "territory.opening", "waste.container.rule"),
}
# Its rows go by the name of their field, or of their fixture, in the test that is named.
CALLED = {
    "commune.member": "member_ids",
    "privacy.consent.version": "consent.version_id",
    "procedure.elimination.line": "elimination.line_ids",
    "procedure.export.column": "column_ids",
    "procedure.slot.opening": '"opening"',
    "procedure.tariff": '"tariff"',
    "procedure.tariff.who": '"who"',
}
# They read the objects of their matrices: `test_each_row_that_names_this_test_is_an_object`.
MATRICES = ("test_rights_matrix.py", "test_contents_matrix.py")
WHOLE = ("[(1, '=', 1)]", "[(1,'=',1)]", False)
REFUSES = re.compile(r"AccessError|assertReadsNot|_check_page|404|403|has_access|check_access")


@tagged("post_install", "-at_install")
class TestModelsMatrix(PeopleCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._resident("resident")
        cls.users["administrator"] = cls.env.ref("base.user_admin")
        cls.models = sorted(find_own_models(cls.env))
        rows = MODELS.read_rows().values()
        cls.tests = {row["model"]: row["test"] for row in rows}
        cls.given = {
            row["model"]: {persona: row[persona].replace(NOTHING, "") for persona in GROUPS}
            for row in rows
        }

    def _get_letters(self, model, persona):
        """By the groups of this persona: rules say which rows."""
        records = self.env[model].with_user(self.users[persona])
        return "".join(letter for letter, mode in OPERATIONS.items() if records.has_access(mode))

    def test_each_persona_has_what_the_list_says(self):
        """With all of her groups, as Odoo itself answers."""
        self.assertEqual(sorted(self.given), self.models)
        wrong = [
            f"{model} × {persona}: list {letters!r}, code {found!r}"
            for model in self.models
            for persona, letters in self.given[model].items()
            if (found := self._get_letters(model, persona)) != letters
        ]
        self.assertFalse(wrong, "\n".join(wrong))

    def test_each_model_names_the_test_of_who_is_refused(self):
        for model in self.models:
            test = ADDONS / self.tests[model]
            with self.subTest(model):
                self.assertTrue(test.is_file(), test)
                text = test.read_text()
                self.assertRegex(text, REFUSES)
                if test.name in MATRICES or test == Path(__file__):
                    continue
                if self.env[model].is_transient():
                    # Its rows are tried below, as those of every wizard.
                    continue
                common = test.with_name("common.py")
                made = common.read_text() if common.is_file() else ""
                name = CALLED.get(model)
                self.assertIn(name or f'"{model}"', text if name else text + made)

    def test_this_test_is_named_where_nothing_narrows_what_a_group_reads(self):
        rules = self.env["ir.rule"].sudo().search([("domain_force", "not in", WHOLE)])
        narrowed = set(rules.model_id.mapped("model"))
        named = {model for model in self.models if ADDONS / self.tests[model] == Path(__file__)}
        self.assertTrue(named)
        self.assertEqual(named & narrowed, set())

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_a_wizard_is_its_authors_only(self):
        """Whoever made it, another person with the same rights reads no word of it."""
        open_doors, tried = [], set()
        for model in self.models:
            if not self.env[model].is_transient():
                continue
            rows = self.env[model].sudo()
            made = (self._make(rows, values) for values in self._find_values(model))
            wizard = next(filter(None, made), rows)
            if not wizard:
                continue
            tried.add(model)
            for persona, letters in self.given[model].items():
                record = wizard.sudo(False).with_user(self.users[persona])
                self.env.invalidate_all()
                if "R" not in letters:
                    continue
                if record.has_access("read") or record.search([("id", "=", record.id)]):
                    open_doors.append((model, persona))
        self.assertEqual(open_doors, [])
        self.assertGreater(len(tried), 20)

    @sweep("rights")
    @mute_logger("odoo.addons.base.models.ir_model", "odoo.models")
    def test_what_a_persona_does_not_read_is_closed_by_remote_calls(self):
        """By a guessed number, by search, by count, by group; changed, deleted."""
        open_doors = []
        for model in self.models:
            number = self.env[model].sudo().search([], limit=1).id or 1
            for persona, letters in self.given[model].items():
                records = self.env[model].with_user(self.users[persona])
                doors = {
                    "R": (
                        lambda records=records, number=number: records.browse(number).read(["id"]),
                        lambda records=records: records.search_read([], ["id"]),
                        lambda records=records: records.search_count([]),
                        lambda records=records: records.formatted_read_group([], [], ["__count"]),
                        lambda records=records: records.name_search("a"),
                    ),
                    "W": (lambda records=records, number=number: records.browse(number).write({}),),
                    "D": (lambda records=records, number=number: records.browse(number).unlink(),),
                }
                for letter in sorted(doors.keys() - set(letters)):
                    for rank, door in enumerate(doors[letter]):
                        if not self._is_refused(door):
                            open_doors.append((model, persona, letter, rank))
        self.assertFalse(open_doors)

    @sweep("rights")
    @mute_logger("odoo.addons.base.models.ir_model", "odoo.models", "odoo.sql_db")
    def test_what_a_persona_does_not_create_is_refused_by_remote_calls(self):
        """A record that is right in all but who makes it: as one that is there, or with what is
        required. It is made in superuser mode first, so that a refusal is about rights."""
        not_made, open_doors = set(), []
        for model in self.models:
            values = self._find_values(model)
            rows = self.env[model].sudo().with_context(active_test=False)
            valid = next((vals for vals in values if self._make(rows, vals, keep=False)), None)
            if valid is None:
                not_made.add(model)
            before = rows.search_count([])
            for persona, letters in self.given[model].items():
                if "C" in letters:
                    continue
                records, args = (
                    self.env[model].with_user(self.users[persona]),
                    [valid or values[-1]],
                )
                if not self._is_refused(lambda r=records, a=args: call_kw(r, "create", [a], {})):
                    open_doors.append((model, persona))
            if rows.search_count([]) != before:
                open_doors.append((model, "a row is left"))
        self.assertFalse(open_doors)
        # Of these a refusal may be about the values: the fewer, the better.
        self.assertEqual(not_made - NOT_MADE, set())

    @sweep("rights")
    @mute_logger("odoo.addons.base.models.ir_model", "odoo.models", "odoo.sql_db")
    def test_nothing_at_all_is_refused_in_a_sentence_by_remote_calls(self):
        """Of no value: her right is missing, or what is required; never an error of the code. What
        the database refuses is a sentence by then (`odoo.service.model.retrying`)."""
        calls = (("create", [{}]), ("create", [[{}]]), ("web_save", [[], {}, {}]))
        broken, made, refused = [], [], Counter()
        for model, persona, (method, args) in product(
            self.models, ("visitor", "resident", "agent", "manager", "administrator"), calls
        ):
            records = self.env[model].with_user(self.users[persona])
            try:
                with self.env.cr.savepoint() as savepoint:
                    call_kw(records, method, deepcopy(args), {})
                    self.env.flush_all()
                    savepoint.rollback()
            except (UserError, IntegrityError) as refusal:
                refused[type(refusal)] += 1
            except Exception as error:  # noqa: BLE001 - what a remote call would show
                broken.append(f"{model} × {persona} × {method}: {error!r}")
            else:
                if "C" not in self.given[model][persona]:
                    made.append((model, persona, method))
        self.assertFalse(broken, "\n".join(broken))
        self.assertFalse(made)
        self.assertGreater(refused[AccessError], len(self.models))

    def _find_values(self, model, depth=0):
        """As the last record, the same under other names, what is required."""
        records = self.env[model].sudo().with_context(active_test=False)
        written = {
            name: field
            for name, field in records._fields.items()
            if name not in MAGIC_COLUMNS and field.store and field.column_type and not field.related
        }
        known = records.search([], limit=1, order="id desc")
        as_known = {
            name: field.convert_to_write(known[name], known)
            for name, field in written.items()
            if known[name] and not (field.compute and field.readonly)
        }
        required = {
            name: self._make_value(field, depth)
            for name, field in written.items()
            if field.required and not field.compute
        }
        required |= WANTED.get(model, {})
        return [as_known, self._make_unlike(records, as_known), required] if known else [required]

    def _make_unlike(self, records, vals):
        """The same under other names: what is unique."""
        return {
            name: f"{value}9" if records._fields[name].type == "char" else value
            for name, value in vals.items()
        }

    def _make_value(self, field, depth=0):
        if field.type == "many2one":
            return self._get_one(field.comodel_name, depth).id
        if field.type == "selection":
            return next(iter(field.get_values(self.env)), False)
        values = {"date": "2026-12-01", "datetime": "2026-12-01 10:00:00", "json": {}}
        numbers = dict.fromkeys(("integer", "float", "monetary", "many2one_reference"), 9)
        return (values | numbers).get(field.type, "Essai9")

    def _get_one(self, model, depth):
        """What a required field names: the last record, else one that is made for it."""
        records = self.env[model].sudo().with_context(active_test=False)
        found = records.search([], limit=1, order="id desc")
        if not found and depth < 3:
            found = self._make(records, self._find_values(model, depth + 1)[-1])
        return found

    def _make(self, records, vals, keep=True):
        try:
            with self.env.cr.savepoint(flush=False) as savepoint:
                made = records.create(vals)
                self.env.flush_all()
                if not keep:
                    savepoint.rollback()
                    self.env.invalidate_all()
                return made
        except (UserError, IntegrityError, ValueError):
            self.env.invalidate_all()
            return records.browse()

    def _is_refused(self, door):
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint(flush=False) as savepoint:
                door()
                savepoint.rollback()
        except UserError:
            # No right, or nothing is there under this number: nothing was done.
            return True
        return False

    @sweep("rights")
    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model")
    def test_a_resident_opens_none_by_its_address(self):
        """What her groups do not read, by the addresses that take a model and a number."""
        user = self.users["resident"]
        self.authenticate(user.login, user.login)
        opened = []
        for model in self.models:
            if self.given[model]["resident"]:
                continue
            number = self.env[model].sudo().search([], limit=1).id or 1
            call = {"model": model, "method": "read", "args": [[number], ["id"]], "kwargs": {}}
            answer = self.url_open(
                f"/web/dataset/call_kw/{model}/read",
                data=json.dumps({"params": call}),
                headers={"Content-Type": "application/json"},
            ).json()
            if "error" not in answer:
                opened.append((model, "call"))
            for path in (
                f"/web/content/{model}/{number}/display_name",
                f"/web/image/{model}/{number}/display_name",
            ):
                response = self.url_open(path, allow_redirects=False)
                if response.status_code == 200 and response.headers["Content-Type"] != "image/png":
                    opened.append((model, path))
        self.assertFalse(opened)
