"""The TECHNICAL.md of an addon is true: one template, and what it names exists."""

import re

import pytest
from architecture import ROOT, files, is_test

TEMPLATE = [
    "What it adds",
    "Models",
    "Hooks offered",
    "Hooks used",
    "Rights",
    "Good to know",
]
PAGES = sorted(ROOT.glob("addons/*/readme/TECHNICAL.md"))


def code_of(addon):
    return "\n".join(
        path.read_text()
        for path in files(addon, "*.py", "*.xml", "*.js")
        if not is_test(path.relative_to(addon))
    )


def section(page, title):
    return page.partition(f"# {title}\n")[2].partition("\n# ")[0]


def first_cells(text):
    return re.findall(r"^\| (`.+?) \|", text, re.M)


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
    code = code_of(ROOT / "addons")
    names = set(re.findall(r"`(_\w+)(?:\(|`)", path.read_text()))
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", code)] == []
