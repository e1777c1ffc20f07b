"""Which part of the tests runs: `bin/test` is the gate, `bin/sweep` all that explores.

    --part gate           what no stage of the sweep has
    --part sweep          all stages
    --part fuzz,races     these stages
    --part dates          those of the gate that read the calendar: bin/sweep plays them on ten days
    (nothing)             every test

A test is of a stage by its own word, where it is written:

- Odoo: `@tagged("post_install", "-at_install", "-standard", "sweep_fuzz")` on its class, or
  `@sweep("fuzz")` of `territory_base/tests/sweep.py`, on a class or on one of its tests;
- without Odoo: `pytest.mark.sweep("fuzz")`.

A journey of `tests/browser` is of the sweep unless it is marked `gate`, and then at the width of a
phone alone: its other width is of the sweep.
"""

import re
import sys
from functools import cache

try:
    import pytest
except ImportError:  # bin/sweep --help, before anything is installed.
    pytest = None

# Kind of tests, by what they run on: its stages, and what each looks at.
KINDS = {
    # No test: bin/lint --tests.
    "lint": {"lint": "what the linter of Odoo says of the tests"},
    # Without Odoo.
    "repository": {
        "services": "bin/run, nginx, docker, packaging, drill, rehearsal, the README's map"
    },
    # The database with every addon.
    "addons": {
        "rights": "fields by persona and door, records by guessed id, methods, doors of core",
        "routes": "every address and form: refusals, errors, French, empty lists, kept pages",
        "procedures": "each shipped procedure in each way, and each of the 47 town halls",
        "mails": "how a mail looks, and what becomes of it when the server fails",
        "files": "what is kept, left or never written of the files that people give",
        "fuzz": "hostile files and posts, any value of the right type",
        "machines": "any order of acts, compared with a model",
        "races": "two connections or several people at the same moment",
        "volumes": "ten times the rows cost no more",
        "again": "the gate's own once more: files in any order, ten times the examples",
    },
    "demo": {"demo": "the crawl of links and menus, everyday searches, four years of retention"},
    # Chromium.
    "browser": {
        "journeys": "every journey at both widths",
        "sizes": "every page at every size, by axe, by keyboard, on paper",
        "kill": "a server that dies, a database that goes away, many people at once",
    },
}
STAGES = {stage: kind for kind, stages in KINDS.items() for stage in stages}
# No stages of a test: the gate's own, played again. The dates by their name alone: they take
# longest.
AGAIN, DATES = "again", "dates"
READS_CALENDAR = re.compile(r"today|\bnow\(|\bclock\b")
PHONE = 390


def pytest_addoption(parser):
    parser.addoption("--part", default="", help="gate, sweep, or stages separated by commas")


def pytest_configure(config):
    config.addinivalue_line("markers", "sweep(stage): in bin/sweep, not in bin/test")
    config.addinivalue_line("markers", "gate: a journey that bin/test plays, on a phone")
    if unknown := wanted_stages(config.getoption("--part")) - {*STAGES, DATES, ""}:
        raise pytest.UsageError(f"the sweep has no stage {', '.join(sorted(unknown))}")


def wanted_stages(part):
    """Those of this part; "" is the one of a test that is of no stage."""
    if part == "gate":
        return {""}
    if part == "sweep":
        return set(STAGES)
    return set(part.split(",")) if part else {*STAGES, ""}


def width_of(item):
    return item.callspec.params.get("width") if hasattr(item, "callspec") else None


def stage_of(item):
    """The stage of a test, "" for the gate."""
    tags = getattr(item.obj, "test_tags", set()) | getattr(item.cls, "test_tags", set())
    found = {tag.removeprefix("sweep_") for tag in tags if tag.startswith("sweep_")}
    if mark := item.get_closest_marker("sweep"):
        found.add(mark.args[0])
    elif item.path.is_relative_to(item.config.rootpath / "tests" / "browser"):
        found = {"journeys"}
    if item.get_closest_marker("gate") and width_of(item) in (PHONE, None):
        found = set()
    if unknown := found - set(STAGES):
        raise pytest.UsageError(f"{item.nodeid}: the sweep has no stage {', '.join(unknown)}")
    return min(found, default="")


@cache
def reads_calendar(path):
    return bool(READS_CALENDAR.search(path.read_text()))


def is_played_again(item, wanted):
    """Whether a test of the gate is of a stage of the sweep too."""
    if AGAIN in wanted and item.path.is_relative_to(item.config.rootpath / "addons"):
        return True
    return DATES in wanted and reads_calendar(item.path)


def pytest_collection_modifyitems(config, items):
    wanted = wanted_stages(config.getoption("--part"))

    def is_wanted(item):
        stage = stage_of(item)
        return stage in wanted or (not stage and is_played_again(item, wanted))

    left = [item for item in items if not is_wanted(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        gone = set(left)
        items[:] = [item for item in items if item not in gone]


def main(part=""):
    """Without argument, what the stages are; else the kinds of tests that this part has."""
    if not part:
        for stages in KINDS.values():
            for stage, words in stages.items():
                print(f"  {stage:12}{words}")
        print(f"  {DATES:12}by its name alone: what reads the calendar, on ten days and nights")
        return 0
    if part == DATES:
        print(DATES)
        return 0
    wanted = list(STAGES) if part == "sweep" else part.split(",")
    if unknown := [stage for stage in wanted if stage not in STAGES]:
        print(f"the sweep has no stage {', '.join(unknown)}: {', '.join(STAGES)}", file=sys.stderr)
        return 1
    print(*(kind for kind in KINDS if kind in {STAGES[stage] for stage in wanted}))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
