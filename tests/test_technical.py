"""docs/architecture.md and the TECHNICAL.md of addons are true: what they name exists."""

import re
from functools import cache

import pytest
from architecture import ROOT, files, has_code, is_test, manifests

TEMPLATE = [
    "What it adds",
    "Models",
    "Hooks offered",
    "Hooks used",
    "Rights",
    "Good to know",
]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text()
PAGES = sorted(ROOT.glob("addons/*/readme/TECHNICAL.md"))


@cache
def code_of(addon):
    return "\n".join(
        path.read_text()
        for path in files(addon, "*.py", "*.xml", "*.js")
        if not is_test(path.relative_to(addon))
    )


@cache
def words_of_the_addons():
    return set(re.findall(r"\w+", code_of(ROOT / "addons")))


def section(page, title):
    return page.partition(f"# {title}\n")[2].partition("\n# ")[0]


def first_cells(text):
    return re.findall(r"^\| (`.+?) \|", text, re.M)


def test_every_addon_with_code_has_a_page():
    missing = {name for name in manifests(ROOT) if has_code(ROOT / "addons" / name)} - {
        page.parents[1].name for page in PAGES
    }
    assert not missing


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parents[1].name)
def test_page_follows_the_template(path):
    page = path.read_text()
    assert re.findall(r"^# (.+)$", page, re.M) == TEMPLATE
    assert not [line for line in page.splitlines() if len(line) > 120]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parents[1].name)
def test_hooks_offered_are_in_the_addon(path):
    cells = " ".join(first_cells(section(path.read_text(), "Hooks offered")))
    code = code_of(path.parents[1])
    named = re.findall(r"`[\w.…]*?(\w+)\(", cells)
    assert [name for name in named if not re.search(rf"\bdef {name}\b", code)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parents[1].name)
def test_methods_named_on_the_page_exist(path):
    names = set(re.findall(r"`(_\w+)(?:\(|`)", path.read_text()))
    assert names - words_of_the_addons() == set()


def test_lines_of_the_architecture_are_short():
    assert not [line for line in ARCHITECTURE.splitlines() if len(line) > 120]


def test_hooks_of_the_table_are_in_the_addon_named():
    rows = re.findall(r"^\| (`_.+?) \| \[(\w+)\] \|", ARCHITECTURE, re.M)
    assert len(rows) > 20
    for hooks, addon in rows:
        code = code_of(ROOT / "addons" / addon)
        for name in re.findall(r"`(_\w+)`", hooks):
            assert re.search(rf"\bdef {name}\b", code), f"{addon}: {name}"
        assert f"\n[{addon}]: ../addons/{addon}/readme/TECHNICAL.md\n" in f"{ARCHITECTURE}\n"


def test_tests_of_the_acceptance_exist():
    names = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "acceptance.md").read_text()))
    assert len(names) > 40
    code = "\n".join(path.read_text() for path in files(ROOT, "test_*.py"))
    assert names - set(re.findall(r"def (test_\w+)", code)) == set()
