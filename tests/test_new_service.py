"""docs/new-service.md is the tested service: each block is an excerpt of addons/test_allotment."""

import re

import pytest
from architecture import ROOT

PAGE = (ROOT / "docs" / "new-service.md").read_text()
ADDON = ROOT / "addons" / "test_allotment"
# A block names its language and its file; a line with “…” alone stands for lines left out.
BLOCKS = re.findall(r"^```(\w+) (\S+)\n(.*?)^```$", PAGE, re.M | re.S)


def test_every_block_names_its_file():
    assert len(BLOCKS) == len(re.findall(r"^```\w", PAGE, re.M)) > 6


@pytest.mark.parametrize(
    ("name", "block"),
    [pytest.param(name, block, id=f"{name}-{n}") for n, (_, name, block) in enumerate(BLOCKS, 1)],
)
def test_block_is_an_excerpt(name, block):
    code = "\n" + (ADDON / name).read_text()
    place = 0
    for part in re.split(r"^ *…\n", block, flags=re.M):
        found = code.find(f"\n{part}", place)
        assert found >= 0, f"not in {name}, or not in this order:\n{part}"
        place = found + len(part)


def test_methods_named_on_the_page_exist():
    code = "\n".join(path.read_text() for path in (ROOT / "addons").rglob("*.py"))
    names = set(re.findall(r"`(_\w+)(?:\(|`)", PAGE))
    assert [name for name in sorted(names) if not re.search(rf"\bdef {name}\b", code)] == []


def test_lines_are_short():
    """Those of the page: a block is as long as its file."""
    text = re.sub(r"^```\w.*?^```$", "", PAGE, flags=re.M | re.S)
    assert not [line for line in text.splitlines() if len(line) > 120]
