"""The rules of docs/architecture.md, each a function: a tree in, what is wrong out.

`test_architecture.py` gives them the repository; `test_guards.py` gives them bad trees.
"""

import ast
import csv
import re
import tokenize
from functools import cache
from pathlib import Path

import polib
from lxml import etree

PYTHON_PATH = Path("/usr/lib/python3/dist-packages/odoo")
ROOT = Path(__file__).parents[1]
STOCK = [
    PYTHON_PATH / "addons",
    *ROOT.glob(".venv/lib/python3*/site-packages/odoo/addons"),
]

# Addon: (layer, addons of the same layer that it may depend on).
LAYERS = {
    "core_doors": (0, ()),
    "territory_base": (0, ("core_doors",)),
    "mail_retry": (0, ()),
    "report_weasyprint": (0, ()),
    "territory_calendar": (0, ("territory_base",)),
    "privacy_register": (1, ()),
    "public_guard": (1, ()),
    "privacy_register_export": (1, ("privacy_register", "public_guard")),
    "privacy_retention": (1, ("privacy_register",)),
    "territory_search": (1, ()),
    "website_page_cache": (1, ()),
    "website_parts": (1, ("public_guard",)),
    "partner_household": (1, ("privacy_register",)),
    "privacy_consent": (1, ("partner_household", "privacy_register")),
    "content_approval": (1, ("partner_household", "public_guard")),
    "procedure_form": (1, ("privacy_register",)),
    "procedure": (1, ("partner_household", "procedure_form", "public_guard")),
    "procedure_desk": (1, ("procedure",)),
    "procedure_letter": (1, ("procedure_desk",)),
    "procedure_export": (1, ("procedure_desk",)),
    "procedure_print": (1, ("procedure",)),
    # Its section of the mail of the day, its part of the printed request.
    "procedure_opinion": (1, ("procedure_desk", "procedure_digest", "procedure_print")),
    "procedure_list": (1, ("procedure",)),
    # The law waits for a signature as for what is missing.
    "procedure_signature": (1, ("procedure_desk", "procedure_silence")),
    "procedure_slot": (1, ("procedure_desk", "procedure_template")),
    "procedure_survey": (1, ("privacy_retention", "procedure_desk", "public_guard")),
    "procedure_silence": (1, ("procedure_desk",)),
    "procedure_commune": (1, ("procedure_desk",)),
    "procedure_duplicate": (1, ("procedure_desk",)),
    "procedure_template": (1, ("procedure", "procedure_silence")),
    # Its columns of an export, its rows of a file.
    "procedure_price": (1, ("procedure_export", "procedure_letter", "procedure_template")),
    "procedure_digest": (1, ("procedure_desk",)),
    "procedure_mailgateway": (1, ("procedure",)),
    "person_merge": (1, ("partner_household",)),
    "household_entry": (1, ("household_retention",)),
    "person_claim": (1, ("household_entry", "person_merge", "public_guard")),
    "household_retention": (1, ("partner_household", "privacy_retention")),
    "procedure_retention": (1, ("household_retention", "privacy_retention", "procedure_desk")),
    "website_household": (2, ()),
    "website_procedure": (2, ("website_household",)),
    "procedure_builder": (2, ("website_procedure",)),
    "procedure_builder_file": (2, ("procedure_builder",)),
    "website_procedure_blank": (2, ("website_procedure",)),
    "website_procedure_commune": (2, ("website_procedure",)),
    "website_procedure_funnel": (2, ("procedure_builder", "website_procedure")),
    "website_procedure_request": (2, ("website_procedure",)),
    "website_procedure_price": (
        2,
        ("procedure_builder", "website_procedure_blank", "website_procedure_request"),
    ),
    "website_procedure_counter": (2, ("website_procedure", "website_procedure_request")),
    "website_procedure_opinion": (2, ("website_procedure_request",)),
    "website_procedure_survey": (2, ("website_procedure_request",)),
    "website_procedure_signature": (
        2,
        (
            "procedure_builder",
            "website_household",
            "website_procedure",
            "website_procedure_request",
        ),
    ),
    "waste_collection": (2, ()),
    "waste_round": (2, ("waste_collection",)),
    "situation_change": (2, ()),
    "family_file": (2, ()),
    "website_family": (3, ()),
    "family_school": (2, ("family_file",)),
    # Glue: a request that registers a pupil.
    "family_school_request": (2, ("family_school",)),
    "family_document": (2, ("family_activity", "family_file")),
    # Glue: whoever is booked is asked the papers of the activity.
    "family_booking_document": (2, ("family_booking", "family_document")),
    "family_activity": (2, ("family_file",)),
    "family_booking": (2, ("family_activity", "family_school")),
    "family_booking_mail": (2, ("family_booking",)),
    "website_content_approval": (2, ("website_household",)),
    "content_review": (2, ("website_content_approval",)),
    "content_review_link": (2, ("content_review",)),
    "website_content_report": (2, ("website_content_approval",)),
    "website_organisation_handover": (2, ("website_household",)),
    "website_person_claim": (2, ("website_household",)),
    "website_directory": (2, ("website_content_approval",)),
    "website_directory_claim": (2, ("website_directory", "website_content_approval")),
    "website_situation_change": (3, ()),
    "waste_badge": (3, ()),
    "waste_handover": (3, ()),
    "lodging_declaration": (3, ()),
    "website_lodging_declaration": (3, ("lodging_declaration",)),
    # Glue: a lodging that is declared, and its sheet of the directory.
    "website_lodging_directory": (3, ("lodging_declaration",)),
    "street_report": (3, ()),
    "website_procedure_slot": (3, ()),
    "website_commune": (4, ("website_territory_theme",)),
    "room_booking": (4, ()),
    "website_room_booking": (4, ("room_booking", "website_commune")),
    # Glue: a commune's own procedures on its page.
    "website_commune_procedure": (4, ("website_commune",)),
    # Glue: the places of a commune on its page.
    "website_commune_directory": (4, ("website_commune",)),
    "website_search": (4, ("website_territory_theme",)),
    # Glue: the pages of communes among the contributions.
    "website_commune_contribution": (4, ("website_commune",)),
    # The days of collection, beside a commune and in the space of an inhabitant.
    "website_waste_calendar": (4, ("website_commune",)),
    "website_commune_start": (4, ("website_commune_contribution",)),
    "website_territory_theme": (4, ()),
    # Their links are in the foot of the theme.
    "website_problem_report": (4, ("website_territory_theme",)),
    "website_street_report": (4, ("website_territory_theme",)),
    # Glue: the theme's parts in the pages of procedures.
    "website_procedure_theme": (4, ("website_territory_theme",)),
    "territory_platform": (5, ()),
    "territory_demo": (5, ("territory_platform",)),
    "test_territory": (5, ("territory_platform", "territory_demo")),
    # A service as others will write theirs: the contract test of the hooks.
    "test_allotment": (5, ()),
    # A content as others will write theirs.
    "test_content": (5, ()),
}
WITHOUT_WEBSITE = re.compile(
    "procedure(_(?!builder(_file)?$).*)?|family_.*|waste_.*|lodging_declaration|room_booking|street_report|situation_change|partner_household|household_.*|person_.*"
    "|core_doors|content_approval|territory_base|territory_search|privacy_register|privacy_retention|public_guard"
)
CONTENT = {"website_directory", "event_territory", "territory_announcement", "dms_territory"}
# What content is made of knows neither people nor procedures, accounts know no procedure.
APART = {
    "website_parts": {"partner_household", "procedure_form", "procedure"},
    "website_household": {"procedure_form", "procedure"},
}
# They send data to third parties.
FORBIDDEN_MODULES = {"iap", "iap_mail", "sms", "snailmail", "partner_autocomplete", "mail_bot"}
HEALTH_WORDS = re.compile(
    r"allerg|vaccin|health|medic(al|ine|ation)|handicap|disab(ility|led)|diet|disease|(^|_)pai(_|$)"
)
# Codes of questions that are no type of field of Odoo.
QUESTION_TYPES = set(
    "page section information link multi_selection email phone address commune iban siret rna "
    "persons children dwelling school weekly_grid block computed file consent".split()
)
TYPE_PLACES = ("field_types", "migrations")
# The same words, of something else.
TYPE_WORDS_ALLOWED = {
    "procedure/models/procedure_procedure_filing.py": "where first answers come from",
    "website_procedure/pages/form_check.py": "widgets",
}
# A flag that keeps such documents out, not health data: procedure.document.
HEALTH_ALLOWED = {"is_health"}
# Classes of procedure/circuit.py: one dict of each for all services.
CIRCUIT_CLASSES = {"State", "Transition", "DecisionKind"}
# Outside controllers and website_parts, what answers before or around any controller: the rest
# receives its environment, so that it is tested and extended without a browser.
REQUEST_ALLOWED = {
    "core_doors/body.py",
    "public_guard/models/public_guard_limit.py",
    "public_guard/models/res_users.py",
}
# `x.sudo().method()` that gives a value, not records.
SUDO_VALUES = {
    "_read_group",
    "check_access",
    "fields_get",
    "formatted_read_group",
    "get_bool",
    "get_int",
    "get_param",
    "get_str",
    "has_access",
    "has_group",
    "read",
    "search_count",
    "search_read",
    "unlink",
    "write",
}
# Words of this territory that its data do not hold.
TERRITORY = {"Argonne", "Meuse", "200066140"}
# Table of people in territory_demo/people.py: the column of the name.
FAMILY_NAMES = {"STAFF": 2, "RESIDENTS": 2, "CHILDREN": 1, "ORGANISATIONS": 2}
# What a fictitious French year of life says needs no translation.
UNTRANSLATED = {"territory_demo"}
LOCAL = {"var", "node_modules", "__pycache__"}


# A plural or a gender in brackets, two dots.
CLUMSY = re.compile(r"\w\((?:s|e|es|x)\)|[^.]\.\.(?!\.)")


def files(tree, *patterns):
    """Files of the tree that are ours, by shell patterns of their name."""
    for folder, folders, names in tree.walk():
        folders[:] = sorted(
            name
            for name in folders
            if name not in LOCAL and (not name.startswith(".") or name == ".ci")
        )
        for name in sorted(names):
            path = folder / name
            if any(path.match(pattern) for pattern in patterns):
                yield path


def manifests(tree):
    return {
        path.parent.name: ast.literal_eval(path.read_text())
        for path in sorted(tree.glob("addons/*/__manifest__.py"))
    }


def depends(name, known, stock=STOCK):
    """All that installing this addon brings in, itself excluded."""
    found, todo = set(), [name]
    while todo:
        current = todo.pop()
        manifest = known.get(current)
        if manifest is None:
            for folder in stock:
                path = folder / current / "__manifest__.py"
                if path.exists():
                    manifest = ast.literal_eval(path.read_text())
                    break
        for dependency in (manifest or {}).get("depends", []):
            if dependency not in found:
                found.add(dependency)
                todo.append(dependency)
    return found


def is_test(path):
    return "tests" in path.parts


def wrong_layers(tree):
    known = manifests(tree)
    for name, manifest in known.items():
        if name not in LAYERS:
            yield f"{name} has no layer: give it one in tests/architecture.py"
            continue
        layer, arrows = LAYERS[name]
        for dependency in manifest["depends"]:
            if dependency not in known and dependency not in LAYERS:
                continue
            if LAYERS.get(dependency, (9,))[0] >= layer and dependency not in arrows:
                yield f"{name} depends on {dependency}, which is not below it"


def website_under_the_back_office(tree):
    known = manifests(tree)
    for name in known:
        if WITHOUT_WEBSITE.fullmatch(name) and "website" in depends(name, known):
            yield f"{name} depends on website"


def content_on_procedure(tree):
    known = manifests(tree)
    for name in CONTENT.intersection(known):
        for module in sorted({"procedure", "procedure_form"} & depends(name, known)):
            yield f"{name} depends on {module}"


def parts_on_what_uses_them(tree):
    known = manifests(tree)
    for name in APART.keys() & known.keys():
        for module in sorted(APART[name] & depends(name, known)):
            yield f"{name} depends on {module}"


def forbidden_modules(tree):
    known = manifests(tree)
    for name in known:
        for module in sorted(FORBIDDEN_MODULES & depends(name, known)):
            yield f"{name} brings in {module}"


# By what is written: each file is parsed once for all the rules.
parse = cache(ast.parse)


def python_trees(tree):
    for path in files(tree / "addons", "*.py"):
        if not is_test(path.relative_to(tree)):
            yield path, parse(path.read_text())


def health_outside_family_health(tree):
    for path, code in python_trees(tree):
        if "family_health" in path.parts:
            continue
        for node in ast.walk(code):
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Call)
                and ast.unparse(node.value.func).startswith("fields.")
            ):
                for target in node.targets:
                    name = ast.unparse(target)
                    if HEALTH_WORDS.search(name) and name not in HEALTH_ALLOWED:
                        yield f"{path.relative_to(tree)}:{node.lineno}: field {name}"
    for path in files(tree / "addons", "*.xml"):
        if "family_health" in path.parts or is_test(path.relative_to(tree)):
            continue
        keys = "//record[@model='procedure.field']/field[@name='key']"
        for node in etree.parse(path).xpath(keys):
            if HEALTH_WORDS.search(node.text or ""):
                yield f"{path.relative_to(tree)}:{node.sourceline}: key {node.text}"


def is_table(node):
    return isinstance(node, ast.Assign) and isinstance(node.value, ast.List)


def territory_words(tree):
    """Names and codes of this territory, and the family names of the demo."""
    words = set(TERRITORY)
    with (tree / "data" / "communes.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            words |= {row["nom"], row["code_insee"], row["siren"], row["code_postal"]}
            words |= set((row.get("autres_noms") or "").split("|"))
            words |= set(row["anciens_noms"].split("|")) | set(
                row["anciens_codes_insee"].split("|")
            )
    people = tree / "addons" / "territory_demo" / "people.py"
    if people.exists():
        for node in parse(people.read_text()).body:
            column = FAMILY_NAMES.get(ast.unparse(node.targets[0]) if is_table(node) else "")
            if column is not None:
                words |= {ast.literal_eval(row.elts[column]) for row in node.value.elts}
    return words - {""}


def named_places_and_people(tree):
    words = "|".join(map(re.escape, sorted(territory_words(tree), key=len, reverse=True)))
    named = re.compile(rf"(?<![\w-])({words})(?![\w-])")
    for path in files(tree / "addons", "*.py", "*.xml", "*.js", "*.csv", "*.po"):
        if "territory_demo" in path.parts or is_test(path.relative_to(tree)):
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for match in named.finditer(line):
                yield f"{path.relative_to(tree)}:{number}: {match[0]}"


def has_code(addon):
    """An addon that only assembles others has nothing to test or to translate."""
    return any(
        path.name not in {"__init__.py", "__manifest__.py"}
        and not is_test(path.relative_to(addon))
        and "migrations" not in path.relative_to(addon).parts
        for path in files(addon, "*.py", "*_views.xml", "*_templates.xml")
    )


def incomplete_addons(tree):
    for name, manifest in manifests(tree).items():
        addon = tree / "addons" / name
        if manifest.get("license") != "AGPL-3":
            yield f"{name}: licence {manifest.get('license')}"
        if not re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", manifest.get("version", "")):
            yield f"{name}: version {manifest.get('version')}"
        description = addon / "readme" / "DESCRIPTION.md"
        text = description.read_text() if description.exists() else ""
        if len([part for part in text.split("\n\n") if part.strip()]) < 2:
            yield f"{name}: readme/DESCRIPTION.md says what and why in two paragraphs"
        if has_code(addon) and not list((addon / "tests").glob("test_*.py")):
            yield f"{name}: no tests"


PYPROJECT = """[build-system]
requires = ["whool"]
build-backend = "whool.buildapi"
"""
STATUSES = {"Alpha", "Beta", "Production/Stable", "Mature"}


def unpackaged_addons(tree):
    """Another territory installs an addon by pip, as OCA's."""
    for name, manifest in manifests(tree).items():
        addon = tree / "addons" / name
        pyproject = addon / "pyproject.toml"
        if not pyproject.exists() or pyproject.read_text() != PYPROJECT:
            yield f"{name}: pyproject.toml is not that of the other addons"
        if not manifest.get("maintainers"):
            yield f"{name}: no maintainers"
        if manifest.get("development_status") not in STATUSES:
            yield f"{name}: development_status {manifest.get('development_status')}"
        french = addon / "i18n" / "fr.po"
        template = addon / "i18n" / f"{name}.pot"
        if french.exists():
            terms, wanted = (
                {entry.msgid for entry in polib.pofile(str(path))} if path.exists() else set()
                for path in (template, french)
            )
            if terms != wanted:
                yield f"{name}: i18n/{name}.pot is not up to date: bin/i18n {name} writes it"


def incomplete_translations(tree):
    for name in manifests(tree):
        addon = tree / "addons" / name
        path = addon / "i18n" / "fr.po"
        if not path.exists():
            if has_code(addon) and name not in UNTRANSLATED:
                yield f"{name}: no i18n/fr.po"
            continue
        for entry in polib.pofile(str(path)):
            if entry.obsolete:
                yield f"{name}: obsolete {entry.msgid!r}"
            elif not entry.translated():
                yield f"{name}: not translated {entry.msgid!r}"


def clumsy_words(tree):
    """What is read aloud in no language: “fichier(s)”, “le 16 oct..”."""
    for name in manifests(tree):
        path = tree / "addons" / name / "i18n" / "fr.po"
        for entry in polib.pofile(str(path)) if path.exists() else ():
            for text in (entry.msgstr, *entry.msgstr_plural.values()):
                if CLUMSY.search(text):
                    yield f"{name}: {text!r}"


def unexported_terms(tree):
    """A `_t()` inside a template literal is not exported: it stays in English on screen."""
    inside = re.compile(r"\$\{_t\(")
    for path in files(tree / "addons", "*.js"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if inside.search(line):
                yield f"{path.relative_to(tree)}:{number}: name the term before the template"


def sudo_chain(node):
    """The words of `a.sudo().b()` after sudo, or None when nothing is superuser's."""
    words = []
    while True:
        if isinstance(node, ast.Call):
            if any(keyword.arg == "su" for keyword in node.keywords):
                return words
            arguments = node.args
            node = node.func
            if not isinstance(node, ast.Attribute):
                return None
            if node.attr == "sudo":
                # `sudo(False)`, `sudo(self.env.su)`: back to the caller's rights.
                return None if arguments else words
            if node.attr in ("with_user", "with_env"):
                return None
            words.insert(0, f"{node.attr}()")
            node = node.value
        elif isinstance(node, ast.Attribute):
            words.insert(0, node.attr)
            node = node.value
        elif isinstance(node, ast.Subscript):
            words.insert(0, "[]")
            node = node.value
        elif isinstance(node, ast.Await):
            node = node.value
        else:
            return None


def gives_sudo_records(node):
    if isinstance(node, ast.IfExp):
        return gives_sudo_records(node.body) or gives_sudo_records(node.orelse)
    if isinstance(node, ast.BoolOp):
        return any(map(gives_sudo_records, node.values))
    if isinstance(node, ast.BinOp):
        return gives_sudo_records(node.left) or gives_sudo_records(node.right)
    words = sudo_chain(node)
    if words is None:
        return False
    last = next((word for word in reversed(words) if word != "[]"), "sudo()")
    if last.endswith("()"):
        return last[:-2] not in SUDO_VALUES
    return bool(re.search("_ids?$", last))


def unnamed_sudo(tree):
    """What superuser reads is called something_sudo: a reviewer sees it pass."""
    for path, code in python_trees(tree):
        for node in ast.walk(code):
            if isinstance(node, ast.Assign):
                targets, value = node.targets, node.value
            elif isinstance(node, ast.NamedExpr | ast.AnnAssign):
                targets, value = [node.target], node.value
            elif isinstance(node, ast.For):
                targets, value = [node.target], node.iter
            else:
                continue
            if not gives_sudo_records(value):
                continue
            for target in targets:
                # A field of a record, or an item: it takes the record's own environment.
                if isinstance(target, ast.Name) and not target.id.endswith("_sudo"):
                    yield f"{path.relative_to(tree)}:{value.lineno}: {target.id} is superuser's"


def outside_needs(tree):
    """Nothing of this machine, of a neighbour folder or of a registry is needed."""
    wrong = re.compile(
        r"\.\./shared|(?<![\w.}/$~])/(work|home|root|Users)/[\w.-]"
        r"|(?:-i|--(?:extra-)?index-url|registry|\"resolved\":)[ =]*\"?https?://"
    )
    patterns = ("*.py", "*.sh", "*.xml", "*.js", "*.mjs", "*.scss", "*.json", "*.yaml", "*.yml")
    own = {"architecture.py", "test_guards.py"}
    paths = [path for path in files(tree, *patterns) if path.name not in own]
    paths += [path for path in files(tree / "bin", "*")] + [
        path for path in files(tree / ".ci", "*")
    ]
    paths += [path for path in files(tree / "docker", "*")]
    for path in dict.fromkeys(paths):
        for number, line in enumerate(path.read_text(errors="ignore").splitlines(), 1):
            if match := wrong.search(line):
                yield f"{path.relative_to(tree)}:{number}: {match[0]}"


def global_request(tree):
    """Page logic that reads the request of the moment is tested by a browser only."""
    for path, code in python_trees(tree):
        place = path.relative_to(tree / "addons")
        is_web = place.parts[0] == "website_parts" or "controllers" in place.parts
        # Core's own model of the request.
        if is_web or path.name == "ir_http.py" or str(place) in REQUEST_ALLOWED:
            continue
        for node in ast.walk(code):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module == "odoo.http":
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.Attribute) and ast.unparse(node) in (
                "http.request",
                "odoo.http.request",
            ):
                names = ["request"]
            if "request" in names:
                yield f"{path.relative_to(tree)}:{node.lineno}: receives no environment"


def raw_locks(tree):
    """Core refuses in words of programmers: `territory_base.locks` says it in a sentence."""
    for path, code in python_trees(tree):
        if path.name == "locks.py":
            continue
        for node in ast.walk(code):
            if isinstance(node, ast.Attribute) and node.attr == "lock_for_update":
                yield f"{path.relative_to(tree)}:{node.lineno}: lock_or_tell, lock_or_replay"


def raw_links(tree):
    """What a link signs is read by `territory_base.links`, which no forged one makes fail. The
    token of a form is no link, and `public_guard` knows no territory."""
    for path, code in python_trees(tree):
        is_reader = path.parts[-2:] == ("territory_base", "links.py")
        if is_reader or "public_guard" in path.parts:
            continue
        for node in ast.walk(code):
            if "verify_hash_signed" in (getattr(node, "name", ""), getattr(node, "attr", "")):
                yield f"{path.relative_to(tree)}:{node.lineno}: find_row, read_signed"


# A date compared with Odoo's own word: ("date_end", ">=", "today"), ('born', '>', 'today -18y').
WORD_TODAY = re.compile(r"""['"](?:<|>|&lt;|&gt;|!)?=?['"],\s*['"]today\b""")


def own_clocks(tree):
    """Which day it is there is said by `territory_base.clock`: a second time zone would be another
    midnight, and Odoo's word "today" is in that of the caller. The demo plays its own days."""
    for path in files(tree / "addons", "*.py", "*_security.xml"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if WORD_TODAY.search(line):
                yield f"{path.relative_to(tree)}:{number}: clock.today(), or today in a rule"
    for path, code in python_trees(tree):
        is_clock = path.parts[-2:] == ("territory_base", "clock.py")
        if is_clock or "territory_demo" in path.parts:
            continue
        for node in ast.walk(code):
            if isinstance(node, ast.Constant) and node.value == "Europe/Paris":
                yield f"{path.relative_to(tree)}:{node.lineno}: clock.ZONE, clock.today()"


def types_outside_their_class(tree):
    """What a type of question does is said by its class: no caller tests its code, no table of
    codes. An addon could not add to it."""

    def is_code(node):
        return isinstance(node, ast.Constant) and node.value in QUESTION_TYPES

    def is_type(node):
        return isinstance(node, ast.Attribute) and node.attr == "type"

    for path, code in python_trees(tree):
        addon, *rest = path.relative_to(tree / "addons").parts
        if not addon.startswith(("procedure", "website_procedure")) or rest[0] in TYPE_PLACES:
            continue
        for node in ast.walk(code):
            found = False
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                named = [each for side in sides for each in ast.walk(side) if is_code(each)]
                found = any(map(is_type, sides)) and named
            elif isinstance(node, ast.Match):
                named = [each for case in node.cases for each in ast.walk(case.pattern)]
                found = is_type(node.subject) and any(map(is_code, named))
            elif isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
                values = node.keys if isinstance(node, ast.Dict) else node.elts
                is_other = "/".join((addon, *rest)) in TYPE_WORDS_ALLOWED
                found = not is_other and sum(is_code(each) for each in values if each) > 2
            if found:
                yield f"{path.relative_to(tree)}:{node.lineno}: ask the class of the type"


def circuit_names_given_twice(tree):
    """States, transitions and kinds of decisions of all services are in one dict: a second addon
    that gives the same name overwrites the first one. Changing (`_replace`) is not giving."""
    given = {}
    for path, code in python_trees(tree):
        addon = path.relative_to(tree / "addons").parts[0]
        for node in ast.walk(code):
            pairs = []
            if isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
                pairs = [(node.targets[0].slice, node.value)]
            for key, value in pairs:
                if not (isinstance(key, ast.Constant) and isinstance(value, ast.Call)):
                    continue
                kind = ast.unparse(value.func).split(".")[-1]
                if kind not in CIRCUIT_CLASSES:
                    continue
                first = given.setdefault((kind, key.value), addon)
                if first != addon:
                    place = f"{path.relative_to(tree)}:{key.lineno}"
                    yield f"{place}: {kind} {key.value} is {first}'s already: prefix it"


def engine_with_database(tree):
    """What reads a form is plain Python: tested over any form in a second, without a database."""
    for path, code in python_trees(tree):
        if path.relative_to(tree / "addons").parts[1] != "engine":
            continue
        for node in ast.walk(code):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(alias.name for alias in node.names)]
            for name in names:
                if name.split(".")[0] == "odoo" or "models" in name.split("."):
                    yield f"{path.relative_to(tree)}:{node.lineno}: imports {name}"


def sleeping_tests(tree):
    for path in files(tree, "test_*.py", "common.py", "conftest.py"):
        for node in ast.walk(parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in (
                "sleep",
                "wait_for_timeout",
            ):
                yield f"{path.relative_to(tree)}:{node.lineno}: waits without knowing for what"


PROFILE = {"derandomize", "deadline", "database", "suppress_health_check", "print_blob"}


def own_examples(tree):
    """Which examples a property meets is said once, by `bin/lib/pytest_examples.py`."""
    for path in files(tree, "test_*.py", "common.py"):
        for node in ast.walk(parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "settings":
                for name in sorted(PROFILE & {keyword.arg for keyword in node.keywords}):
                    yield f"{path.relative_to(tree)}:{node.lineno}: settings({name}=…)"


# “for who” before a verb: it is “for a person who…”, “for those who…”, “by whoever…”.
WHO = re.compile(r"\b(?:for|to|by|of)\s+who\s+[a-z]+", re.I)
# A way in or a method, repaired, previous, the same thing, a service.
HOUSE_WORDS = re.compile(r"\b(?:doors?|mended|formers?|twins?|trades?)\b", re.I)


def words_of_code(path):
    """(line, text) of each docstring, and of each run of comments, of a Python file."""
    text = path.read_text()
    for node in ast.walk(parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if docstring := ast.get_docstring(node):
                yield node.body[0].lineno, docstring
    comments = {}
    with path.open("rb") as lines:
        for token in tokenize.tokenize(lines.readline):
            if token.type == tokenize.COMMENT:
                number = token.start[0]
                start, words = comments.pop(number - 1, (number, ""))
                comments[number] = (start, f"{words}\n{token.string.lstrip('#')}".lstrip())
    yield from comments.values()


def clumsy_english(tree):
    """What a stranger stumbles on, in comments, docstrings and documentation."""
    for path in files(tree, "*.py", "*.md"):
        is_page = path.suffix == ".md"
        for start, text in [(1, path.read_text())] if is_page else words_of_code(path):
            found = list(WHO.finditer(text))
            if is_page and path.name != "progress.md":
                found += HOUSE_WORDS.finditer(
                    re.sub("`[^`]*`", lambda code: "." * len(code[0]), text)
                )
            for match in found:
                number = start + text.count("\n", 0, match.start())
                yield f"{path.relative_to(tree)}:{number}: {' '.join(match[0].split())}"


def unsolved_merges(tree):
    """What git leaves where two changes met."""
    for path in files(tree, "*.md", "*.py", "*.xml", "*.po", "*.pot", "*.csv", "*.scss", "*.js"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if line.startswith(("<" * 7, ">" * 7)) or line == "=" * 7:
                yield f"{path.relative_to(tree)}:{number}: {line[:7]}"


RULES = [
    unsolved_merges,
    wrong_layers,
    website_under_the_back_office,
    content_on_procedure,
    parts_on_what_uses_them,
    forbidden_modules,
    health_outside_family_health,
    named_places_and_people,
    incomplete_addons,
    incomplete_translations,
    unpackaged_addons,
    clumsy_words,
    clumsy_english,
    unexported_terms,
    unnamed_sudo,
    global_request,
    raw_locks,
    raw_links,
    own_clocks,
    types_outside_their_class,
    circuit_names_given_twice,
    engine_with_database,
    outside_needs,
    sleeping_tests,
    own_examples,
]
