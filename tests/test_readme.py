"""The README is true: what it names exists, and what exists is named."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def section(title):
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_logins_are_those_that_bin_run_prints():
    named = {
        login
        for cell in re.findall(r"^\| (`.+?) \|", section("Who is in the demo"), re.M)
        for login in re.findall(r"`(.+?)`", cell)
    }
    printed = (
        (ROOT / "bin/lib/database.sh").read_text().partition('DEMO_LOGINS="')[2].partition('"\n')[0]
    )
    assert named == {line.partition("|")[0] for line in printed.splitlines()}


def test_commands_exist():
    for command in set(re.findall(r"\b(?:bin|tests)/[a-z_]+\b", README)):
        assert (ROOT / command).stat().st_mode & 0o111, command


def test_links_lead_somewhere():
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("addons/*/readme/*.md")):
        for target in re.findall(r"(?<!!)\[[^]]*\]\((?!https?:)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)}: {target}"
