"""The repository keeps the rules of docs/architecture.md."""

import pytest
from architecture import (
    FORBIDDEN_MODULES,
    LAYERS,
    ROOT,
    RULES,
    STOCK,
    depends,
    manifests,
    territory_words,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule(rule):
    findings = list(rule(ROOT))
    assert not findings, "\n".join(["", *findings])


def test_layers_are_those_of_addons():
    assert set(LAYERS) - set(manifests(ROOT)) == set()


def test_platform_depends_on_every_addon():
    """`--skip-auto-install` leaves out what territory_platform does not name."""
    known = manifests(ROOT)
    apart = {"territory_platform", "territory_demo"}
    apart |= {name for name in known if name.startswith("test_")}
    assert set(known) - apart - depends("territory_platform", known) == set()


def test_modules_that_call_home_are_real_names():
    """A renamed module would leave the rule without effect."""
    assert [name for name in FORBIDDEN_MODULES if not (STOCK[0] / name).is_dir()] == []


def test_people_of_the_demo_are_known_to_the_rule():
    assert {"Aubry", "Petitjean", "Foyer rural des Trois Vallons"} <= territory_words(ROOT)
