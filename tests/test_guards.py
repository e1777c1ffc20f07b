"""Each guard is seen red once: a bad tree, report, log or file, and the guard says so."""

import os
import subprocess
from pathlib import Path

import architecture
import pytest

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "bin" / "lib" / "report.py"
PYTHON = ROOT / ".venv" / "bin" / "python"
LINT = ROOT / ".venv-lint" / "bin"
NODE = ROOT / "node_modules" / ".bin"


def write(tree, contents):
    for name, content in contents.items():
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tree


def manifest(*depends, licence="AGPL-3", version="19.0.1.0.0"):
    return repr({"license": licence, "version": version, "depends": list(depends)})


COMMUNES = (
    "code_insee,nom,code_postal,siren,anciens_codes_insee,anciens_noms\n"
    "99001,Trifouillis,99000,123456789,99002|99003,Les Oies|Perlin\n"
)
FR_PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"
"""

# Rule: trees in which it must find something, each with a word of what it says.
BAD_TREES = {
    "wrong_layers": [
        ({"addons/procedure/__manifest__.py": manifest("website_procedure")}, "not below"),
        ({"addons/public_guard/__manifest__.py": manifest("privacy_register")}, "not below"),
        ({"addons/surprise/__manifest__.py": manifest("base")}, "no layer"),
    ],
    "website_under_the_back_office": [
        ({"addons/waste_collection/__manifest__.py": manifest("website")}, "waste_collection"),
        # Through another addon, and through one of Odoo's.
        (
            {
                "addons/procedure/__manifest__.py": manifest("public_guard"),
                "addons/public_guard/__manifest__.py": manifest("website_mail"),
            },
            "procedure",
        ),
    ],
    "content_on_procedure": [
        ({"addons/event_territory/__manifest__.py": manifest("procedure")}, "event_territory"),
        (
            {"addons/event_territory/__manifest__.py": manifest("procedure_form")},
            "on procedure_form",
        ),
    ],
    "parts_on_what_uses_them": [
        ({"addons/website_parts/__manifest__.py": manifest("partner_household")}, "partner_hou"),
        ({"addons/website_household/__manifest__.py": manifest("procedure")}, "on procedure"),
        (
            {"addons/website_household/__manifest__.py": manifest("procedure_form")},
            "on procedure_f",
        ),
    ],
    "forbidden_modules": [
        ({"addons/procedure/__manifest__.py": manifest("crm_iap_enrich")}, "iap"),
    ],
    "health_outside_family_health": [
        ({"addons/procedure/models/child.py": "class C:\n    allergies = fields.Text()\n"}, "alle"),
        ({"addons/procedure/models/child.py": "class C:\n    has_pai = fields.Text()\n"}, "pai"),
        (
            {
                "addons/procedure/data/form.xml": "<odoo><record model='procedure.field'>"
                "<field name='key'>vaccine_dates</field></record></odoo>"
            },
            "vaccine_dates",
        ),
    ],
    "named_places_and_people": [
        ({"addons/procedure/models/a.py": "HOME = 'Trifouillis'\n"}, "Trifouillis"),
        ({"addons/procedure/data/a.xml": "<odoo>Mairie de Les Oies</odoo>"}, "Les Oies"),
        ({"addons/procedure/static/a.js": "const code = '99002';"}, "99002"),
        (
            {
                "addons/territory_demo/people.py": "RESIDENTS = [('a', 'Ada', 'Jolibois')]\n",
                "addons/procedure/data/a.xml": "<odoo>Madame Jolibois</odoo>",
            },
            "Jolibois",
        ),
    ],
    "incomplete_addons": [
        ({"addons/a/__manifest__.py": manifest(licence="LGPL-3")}, "licence LGPL-3"),
        ({"addons/a/__manifest__.py": manifest(version="1.0")}, "version 1.0"),
        ({"addons/a/__manifest__.py": manifest()}, "DESCRIPTION"),
        (
            {"addons/a/__manifest__.py": manifest(), "addons/a/readme/DESCRIPTION.md": "What."},
            "DESCRIPTION",
        ),
        (
            {
                "addons/a/__manifest__.py": manifest(),
                "addons/a/models/a.py": "",
                "addons/a/tests/a": "",
            },
            "no tests",
        ),
    ],
    "unpackaged_addons": [
        ({"addons/a/__manifest__.py": manifest()}, "pyproject.toml"),
        ({"addons/a/__manifest__.py": manifest()}, "no maintainers"),
        ({"addons/a/__manifest__.py": manifest()}, "development_status"),
        (
            {
                "addons/a/__manifest__.py": manifest(),
                "addons/a/i18n/fr.po": FR_PO + '\nmsgid "Dwelling"\nmsgstr "Logement"\n',
                "addons/a/i18n/a.pot": FR_PO,
            },
            "a.pot is not up to date",
        ),
    ],
    "unsolved_merges": [
        ({"CHANGELOG.md": f"# Changes\n{sign}\n- New.\n"}, f"CHANGELOG.md:2: {sign[:7]}")
        for sign in ("<" * 7 + " HEAD", "=" * 7, ">" * 7 + " 4e91e7f")
    ],
    "clumsy_words": [
        (
            {
                "addons/a/__manifest__.py": manifest(),
                "addons/a/i18n/fr.po": FR_PO + f'\nmsgid "Files"\nmsgstr "{words}"\n',
            },
            words,
        )
        for words in ("2 fichier(s)", "le 16 oct..")
    ],
    "clumsy_english": [
        ({name: content}, f"{name}:1: for who has")
        for name, content in {
            "addons/a/models/a.py": '"""Nothing is kept for\n    who has no account."""\n',
            "addons/a/models/b.py": "# Nothing is kept for\n# who has no account.\nKEPT = 1\n",
            "addons/a/readme/USAGE.md": "Nothing is kept for who has no account.\n",
            "docs/rights.md": "Nothing is kept for\nwho has no account.\n",
        }.items()
    ]
    + [({"docs/rights.md": "Rights\n\nA door of core.\n"}, "docs/rights.md:3: door")],
    "unexported_terms": [
        ({"addons/a/static/src/a.js": 'markup`<p>${_t("Shortcuts")}</p>`;'}, "a.js:1"),
    ],
    "incomplete_translations": [
        ({"addons/a/__manifest__.py": manifest(), "addons/a/models/a.py": ""}, "no i18n"),
        (
            {
                "addons/a/__manifest__.py": manifest(),
                "addons/a/i18n/fr.po": FR_PO + '\nmsgid "Dwelling"\nmsgstr ""\n',
            },
            "Dwelling",
        ),
        (
            {
                "addons/a/__manifest__.py": manifest(),
                "addons/a/i18n/fr.po": FR_PO + '\n#, fuzzy\nmsgid "Child"\nmsgstr "Enfant"\n',
            },
            "Child",
        ),
    ],
    "global_request": [
        ({"addons/procedure/models/a.py": "from odoo.http import request\n"}, "a.py:1"),
        ({"addons/procedure/models/a.py": "from odoo import http\nhttp.request.env\n"}, "a.py:2"),
    ],
    "raw_locks": [
        ({"addons/a/models/a.py": "def act(self):\n    self.lock_for_update()\n"}, "a.py:2")
    ],
    "raw_links": [
        ({"addons/a/models/a.py": f"{line}\n"}, "a.py:1: find_row")
        for line in ("from odoo.tools.misc import verify_hash_signed", "misc.verify_hash_signed(1)")
    ],
    "own_clocks": [
        ({"addons/a/models/a.py": "ZONE = 'Europe/Paris'\n"}, "a.py:1: clock"),
        ({"addons/a/models/a.py": 'DUE = ("day", "<=", "today")\n'}, "a.py:1: clock"),
        (
            {"addons/a/security/a_security.xml": "<a>[('born', '&gt;', 'today -18y')]</a>\n"},
            "a_security.xml:1: clock",
        ),
    ],
    "types_outside_their_class": [
        ({"addons/procedure/models/a.py": line}, "ask the class")
        for line in (
            "if field.type == 'iban':\n    pass",
            "found = field.type in ('char', 'weekly_grid')",
            "match self.type:\n    case 'char' | 'siret':\n        pass",
            "WIDTHS = {'iban': 4, 'siret': 3, 'rna': 2}",
            "ACCOUNT_TYPES = ('persons', 'children', 'dwelling')",
        )
    ],
    "circuit_names_given_twice": [
        (
            {
                "addons/room_booking/models/a.py": f"known = {{**known, 'offer': {first}}}",
                "addons/waste_collection/models/a.py": second,
            },
            "waste_collection/models/a.py:1: ",
        )
        for first, second in (
            ("State('applicant')", "known = {'offer': State()}"),
            ("Transition((), 'a', 'agent')", "known['offer'] = circuit.Transition((), 'b', 'law')"),
            ("DecisionKind(gives=True)", "known = {'offer': DecisionKind()}"),
        )
    ],
    "engine_with_database": [
        ({"addons/procedure_form/engine/a.py": line}, "imports")
        for line in (
            "from odoo import fields",
            "import odoo.tools",
            "from ..models.procedure_field import KEY_PATTERN",
            "def read():\n    from .. import models",
        )
    ],
    "unnamed_sudo": [
        ({"addons/a/models/a.py": line}, "superuser")
        for line in (
            "partner = self.sudo()",
            "partners = env['res.partner'].sudo().search([])",
            "child = record.sudo().child_id",
            "first = records.sudo()[0]",
            "record = found or self.sudo()",
            "env = self.env(su=True)",
            "for person in self.sudo().person_ids:\n    pass",
        )
    ],
    "outside_needs": [
        ({"bin/run": "cp ../shared/data/communes.csv data/"}, "../shared"),
        ({"tests/test_a.py": "PATH = '/home/anna/data'"}, "/home/a"),
        ({"docker/Dockerfile": "RUN pip install -i https://a.example/simple x"}, "-i https://"),
        ({"package-lock.json": '"resolved": "https://a.example/x.tgz"'}, "https://"),
    ],
    "sleeping_tests": [
        ({"addons/a/tests/test_a.py": "import time\ntime.sleep(1)\n"}, "test_a.py:2"),
        ({"tests/browser/test_a.py": "page.wait_for_timeout(500)\n"}, "test_a.py:1"),
    ],
    "own_examples": [
        ({"addons/a/tests/test_a.py": "@settings(deadline=None)\ndef f(): pass\n"}, "(deadline=…)"),
        ({"tests/test_a.py": "s = hypothesis.settings(derandomize=True)\n"}, "(derandomize=…)"),
    ],
}
CASES = [
    pytest.param(rule, tree, word, id=f"{rule}-{number}")
    for rule, trees in BAD_TREES.items()
    for number, (tree, word) in enumerate(trees, 1)
]


@pytest.mark.parametrize(("rule", "tree", "word"), CASES)
def test_architecture_rule_is_red_on_a_bad_tree(tmp_path, rule, tree, word):
    write(tmp_path, {"data/communes.csv": COMMUNES, **tree})
    findings = list(getattr(architecture, rule)(tmp_path))
    assert any(word in finding for finding in findings), findings


def test_every_architecture_rule_is_seen_red():
    assert {rule.__name__ for rule in architecture.RULES} == set(BAD_TREES)


@pytest.mark.parametrize(
    "line",
    [
        "partner_sudo = self.sudo()",
        "count = self.sudo().search_count([])",
        "name = self.sudo().name",
        "partner = self.sudo().with_user(user)",
        "partner = partner_sudo.sudo(False)",
        "record.total = self.sudo().line_ids",
        # Seen at one glance, and gone at the end of the line.
        "names = [person.name for person in self.sudo().search([])]",
    ],
)
def test_sudo_rule_accepts_values_and_named_records(tmp_path, line):
    assert not list(architecture.unnamed_sudo(write(tmp_path, {"addons/a/models/a.py": line})))


def run_report(*arguments):
    return subprocess.run([PYTHON, REPORT, *arguments], capture_output=True, text=True)


def pytest_report(tmp_path, source, *arguments):
    write(tmp_path, {"addons/procedure/tests/test_a.py": source})
    subprocess.run(
        [PYTHON, "-m", "pytest", "-q", "-p", "no:odoo", "-p", "no:cacheprovider"]
        + ["--import-mode=importlib", "--rootdir", tmp_path, "--junitxml", tmp_path / "report.xml"]
        + ["-o", "junit_family=xunit1", *arguments, tmp_path / "addons"],
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPORT.parent)},
    )
    return tmp_path / "report.xml"


GREEN = "def test_a(): pass\n"
SKIPPED = GREEN + "import pytest\n@pytest.mark.skip('no http')\ndef test_b(): pass\n"


def test_green_run_of_an_addon_is_green(tmp_path):
    run = run_report("tests", "--addon", "procedure", pytest_report(tmp_path, GREEN))
    assert (run.returncode, run.stdout) == (0, "")


@pytest.mark.parametrize(
    ("source", "addon", "word"),
    [
        (SKIPPED, "procedure", "skipped: "),
        (GREEN, "waste_collection", "no test of waste_collection ran"),
        ("", "procedure", "no test ran"),
    ],
    ids=["skipped", "addon without test", "no test"],
)
def test_a_run_that_proves_nothing_is_red(tmp_path, source, addon, word):
    run = run_report("tests", "--addon", addon, pytest_report(tmp_path, source))
    assert run.returncode == 1
    assert word in run.stdout


def test_a_run_that_stopped_is_red(tmp_path):
    run = run_report("tests", tmp_path / "absent.xml")
    assert run.returncode == 1
    assert "stopped before its end" in run.stdout


def test_counts_of_the_last_line(tmp_path):
    source = SKIPPED + "def test_c(): assert False\n"
    run = run_report("total", "--failed", "2", pytest_report(tmp_path, source))
    assert run.stdout == "1 passed, 3 failed, 1 skipped\n"


FROZEN = """
import unittest
from freezegun import freeze_time
class TestFrozen(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        frozen = freeze_time("2001-01-01")
        frozen.start()
        cls.addClassCleanup(frozen.stop)
    def test_first(self): pass
    def test_last(self): pass
def test_longest(): sum(range(3_000_000))
"""


def test_the_slowest_are_named_with_real_durations(tmp_path):
    run = run_report("slowest", pytest_report(tmp_path, FROZEN, "-p", "pytest_real_durations"))
    tests = run.stdout.split("The slowest classes")[0].splitlines()[1:]
    assert {line.split(".")[-1] for line in tests} == {"test_first", "test_last", "test_longest"}
    # A clock that was stopped in between says thirty years.
    assert all(abs(float(line.split()[0])) < 600 for line in tests)


FLAKY = """
import os
import pytest
@pytest.mark.parametrize("number", range(4))
def test_flaky(number):
    assert number >= {flaky} or os.environ["E_TERRITOIRE_URL"].endswith(":3")
def test_steady():
    assert {steady}
"""
SITES = """
. bin/lib/common.sh
. bin/lib/testing.sh
RUN=$1 PYTHON=$2
start_site() { say "ready: http://localhost:3" >"$RUN/site3.log"; }
run_pytest() {
    (cd "$RUN" && "$PYTHON" -m pytest -q -p no:cacheprovider --rootdir . "$@")
}
begin_run
say "ready: http://localhost:1" >"$RUN/site1.log"
stage "browser journeys" play_journeys browser site1 -p no:odoo test_a.py
try_again
[ ! -s "$RUN/failed" ] || say "stage failed"
report total "$RUN"/*.xml
"""


@pytest.mark.parametrize(
    ("flaky", "steady", "named", "failed"),
    [(1, True, 1, 0), (2, True, 2, 0), (3, True, 0, 3), (1, False, 2, 1), (0, True, 0, 0)],
    ids=["one", "two", "too many", "fails twice", "none"],
)
def test_a_journey_that_fails_is_named_and_played_on_a_fresh_site(
    tmp_path, flaky, steady, named, failed
):
    write(tmp_path, {"test_a.py": FLAKY.format(flaky=flaky, steady=steady)})
    run = subprocess.run(
        ["bash", "-c", SITES, "bash", tmp_path, PYTHON], capture_output=True, text=True, cwd=ROOT
    )
    assert run.stdout.count("second try: test_a.py::") == named, run.stdout + run.stderr
    assert run.stdout.endswith(f"{5 - failed} passed, {failed} failed, 0 skipped\n")
    assert "stage failed" not in run.stdout


START = "2026-11-25 10:00:00,000 12 {} base odoo.http: {}\n"
FINE = START.format("INFO", "ready") + "a second line, ERROR included\n"

MET = START.format("ERROR", "bad query: UPDATE") + "ERROR: could not serialize access due to x\n"
AGAIN = START.format("INFO", "SERIALIZATION_FAILURE, 4 tries left, try again in 0.5 sec...")
CLOSED = START.replace("odoo.http", "odoo.addons.bus.websocket").format(
    "ERROR", "could not serialize access due to concurrent update"
)


@pytest.mark.parametrize(
    ("log", "returncode"),
    [
        (FINE, 0),
        (FINE + START.format("WARNING", "known of old"), 0),
        (FINE + START.format("WARNING", "never seen"), 1),
        (FINE + START.format("ERROR", "known of old"), 1),
        (FINE + START.format("CRITICAL", "x"), 1),
        ("", 1),
        (FINE + MET + AGAIN, 0),
        (FINE + MET, 1),
        (FINE + MET + CLOSED, 0),
        (FINE + MET + FINE * 20 + AGAIN, 1),
        (START.format("ERROR", "bad query: UPDATE") + AGAIN, 1),
    ],
    ids=["fine", "known warning", "unknown warning", "error", "critical", "empty"]
    + ["tried again", "not tried again", "tabs closed", "long after", "another error"],
)
def test_server_log(tmp_path, log, returncode):
    write(tmp_path, {"odoo.log": log, "allow.txt": "# words\nknown of old ## of no consequence\n"})
    run = run_report("log", "--allow", tmp_path / "allow.txt", tmp_path / "odoo.log")
    assert run.returncode == returncode, run.stdout


PEOPLE = 'PEOPLE = [("lou", "Lou", "Bertin", "2017-03-02", "3 route de Bar")]\n'
SIGNED = "AbfrB2sAAAAAYNJivRVN5IoqpUJOH7lJ6h6IeS3uBPYlEIMsJWUH_kFbMTIsICJ4Il0"


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (f"GET /avis/{SIGNED} HTTP/1.1", "a signed token"),
        ("GET /web/reset_password?token=abc HTTP/1.1", "a key"),
        ("the code is 2B4D6F8H3J", "a follow-up code"),
        ("login:elise.martin@example.org", "an e-mail address"),
        ("born 2017-03-02", "a birth date"),
        ("born 02/03/2017", "a birth date"),
        ("file of Lou Bertin", "the name of a person"),
        ("GET /avis/*** and ?*** and token=*** HTTP/1.1", None),
        ("Message-Id '<12.3-openerp-5-x@host.example>' sent", None),
        ("CONSTRAINT 2016-03-02 1234567890 /web/assets/1a2b3c4/x.min.js", None),
    ],
)
def test_log_that_tells_a_key_or_a_person(tmp_path, told, kind):
    write(tmp_path, {"odoo.log": START.format("INFO", told), "people.py": PEOPLE})
    run = run_report("private", "--people", tmp_path / "people.py", tmp_path / "odoo.log")
    assert run.returncode == (kind is not None), run.stdout
    assert not kind or f"odoo.log:1: {kind}: " in run.stdout


@pytest.mark.parametrize(("log", "people"), [("", PEOPLE), (FINE, "PEOPLE = []\n")])
def test_log_that_was_not_looked_at(tmp_path, log, people):
    write(tmp_path, {"odoo.log": log, "people.py": people})
    run = run_report("private", "--people", tmp_path / "people.py", tmp_path / "odoo.log")
    assert run.returncode == 1


def test_a_warning_is_not_allowed_without_a_reason(tmp_path):
    write(tmp_path, {"odoo.log": FINE, "allow.txt": "known of old\n"})
    run = run_report("log", "--allow", tmp_path / "allow.txt", tmp_path / "odoo.log")
    assert run.returncode == 1
    assert "no reason" in run.stderr


def test_a_term_that_is_in_the_code_and_not_in_the_translation(tmp_path):
    pot = FR_PO + '\n#. modules: waste_collection,\n#. procedure\nmsgid "Dwelling"\nmsgstr ""\n'
    po = FR_PO + '\n#. module: procedure\nmsgid "Child"\nmsgstr "Enfant"\n'
    write(tmp_path, {"terms.po": pot, "addons/procedure/i18n/fr.po": po})
    run = run_report("terms", tmp_path / "terms.po", tmp_path / "addons")
    assert run.returncode == 1
    assert "procedure: not in i18n/fr.po: 'Dwelling'" in run.stdout


def bash(script, folder):
    return subprocess.run(
        ["bash", "-c", f". {ROOT}/bin/lib/common.sh; . {ROOT}/bin/lib/testing.sh\n{script}"],
        capture_output=True,
        text=True,
        env={"ETERRITOIRE_VAR": str(folder), "PATH": "/usr/bin:/bin"},
    )


def test_a_stage_that_fails_makes_the_suite_red_and_the_next_one_runs(tmp_path):
    run = bash(
        'mkdir -p "$RUN"; : >"$RUN/failed"; stage first false; stage second say still; summarize',
        tmp_path,
    )
    assert run.returncode == 1
    assert "still" in run.stdout
    assert run.stdout.splitlines()[-1] == "0 passed, 1 failed, 0 skipped"


def test_a_stage_that_dies_is_counted(tmp_path):
    run = bash('mkdir -p "$RUN"; : >"$RUN/failed"; stage first die "no disk"; summarize', tmp_path)
    assert run.returncode == 1
    assert run.stdout.splitlines()[-1] == "0 passed, 1 failed, 0 skipped"


# Linter: command, file, content with a finding, what it says of it.
LINTERS = {
    "ruff check": (["ruff", "check"], "a.py", "import os\n", "F401"),
    "ruff format": (["ruff", "format", "--check"], "a.py", "x = 'a'\n", "would be reformatted"),
    "pylint-odoo": (["pylint"], "a/models.py", "cr.execute('%s' % name)\n", "sql-injection"),
    "oca-checks-odoo-module": (
        ["oca-checks-odoo-module"],
        "a/data/a.xml",
        "<odoo><data/></odoo>",
        "xml-deprecated-data-node",
    ),
    "oca-checks-po": (
        ["oca-checks-po"],
        "a/i18n/fr.po",
        FR_PO + '\n#. module: a\n#, python-format\nmsgid "%s files"\nmsgstr "fichiers"\n',
        "po-python-parse-printf",
    ),
    "prettier": (["prettier", "--check"], "a.xml", "<odoo>\n<a   id='a'/></odoo>\n", "a.xml"),
    "eslint": (["eslint"], "a.js", "var unused = 1;\n", "no-unused-vars"),
    "shellcheck": (["shellcheck"], "a.sh", "#!/bin/sh\ncat $1\n", "SC2086"),
}
CONFIGURATION = {
    "ruff": "ruff.toml",
    "pylint": ".pylintrc",
    "oca-checks-odoo-module": ".oca_hooks.cfg",
    "oca-checks-po": ".oca_hooks.cfg",
    "prettier": ".prettierrc",
    "eslint": "eslint.config.mjs",
}
ADDON = {
    "license": "AGPL-3",
    "version": "19.0.1.0.0",
    "author": "E-Territoire contributors",
    "depends": ["base"],
    "summary": "A",
    "data": ["data/a.xml"],
}


@pytest.mark.parametrize("linter", LINTERS)
def test_linter_sees_a_finding(tmp_path, linter):
    (command, *options), name, content, word = LINTERS[linter]
    write(tmp_path, {"a/__init__.py": "", "a/__manifest__.py": repr(ADDON), name: content})
    folder = next(
        folder for folder in (LINT, NODE, Path("/usr/bin")) if (folder / command).exists()
    )
    if configuration := CONFIGURATION.get(command):
        key = "--rcfile" if command == "pylint" else "--config"
        options.append(f"{key}={ROOT / configuration}")
    whole_addon = command in ("pylint", "oca-checks-odoo-module")
    run = subprocess.run(
        [folder / command, *options, tmp_path / ("a" if whole_addon else name)],
        capture_output=True,
        text=True,
        # Prettier finds its plugin from where it runs.
        cwd=ROOT if command == "prettier" else tmp_path,
    )
    assert run.returncode != 0
    assert word in run.stdout + run.stderr


def test_continuous_integration_runs_the_test_command_of_the_readme():
    assert "bin/test" in (ROOT / ".ci" / "run").read_text()
    assert "\nbin/test" in (ROOT / "README.md").read_text()
