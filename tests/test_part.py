"""Two parts, no test lost: `bin/test` and `bin/sweep` (`bin/lib/pytest_part.py`)."""

import os
import subprocess
import sys

import pytest
from architecture import ROOT

PLAIN = """
import pytest

def test_plain(): pass

@pytest.mark.sweep("services")
def test_explores(): pass

class TestOfOdoo:
    test_tags = {"post_install", "sweep_fuzz"}
    def test_any_post(self): pass

class TestOther:
    def test_one(self): pass
    def test_long(self): pass
    test_long.test_tags = {"sweep_races"}
"""
JOURNEYS = """
import pytest

@pytest.fixture(params=[1300, 390], ids=["wide", "phone"])
def width(request): return request.param

@pytest.mark.gate
def test_in_both(width): pass

def test_journey(width): pass

@pytest.mark.gate
def test_without_page(): pass
"""


@pytest.fixture
def collect(tmp_path):
    # A folder above that happens to be named so makes no journey of what is in it.
    tmp_path /= "browser"
    journeys = tmp_path / "tests" / "browser"
    journeys.mkdir(parents=True)
    (tmp_path / "test_plain.py").write_text(PLAIN)
    (journeys / "test_journeys.py").write_text(JOURNEYS)

    def names(part):
        options = ["-q", "--collect-only", "-p", "no:odoo", "-p", "no:cacheprovider"]
        run = subprocess.run(
            [sys.executable, "-m", "pytest", *options, "-p", "pytest_part", f"--part={part}"]
            + [f"--rootdir={tmp_path}", tmp_path],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT / "bin" / "lib")},
            capture_output=True,
            text=True,
        )
        if run.returncode:
            return run.stdout + run.stderr
        return [line.rpartition("::")[2] for line in run.stdout.splitlines() if "::" in line]

    return names


def test_the_gate_has_what_no_stage_has_and_a_journey_on_a_phone(collect):
    assert sorted(collect("gate")) == [
        "test_in_both[phone]",
        "test_one",
        "test_plain",
        "test_without_page",
    ]


def test_the_sweep_has_all_the_rest(collect):
    gate, sweep, every = collect("gate"), collect("sweep"), collect("")
    assert sorted(gate + sweep) == sorted(every)
    assert len(every) == 10


def test_a_stage_is_played_by_its_name(collect):
    assert collect("races") == ["test_long"]
    assert collect("fuzz,services") == ["test_explores", "test_any_post"]


def test_dates_are_those_of_the_gate_that_read_the_calendar(collect, tmp_path):
    plain = tmp_path / "browser" / "test_plain.py"
    assert "no tests collected" in collect("dates")
    plain.write_text(PLAIN + "\n# today\n")
    assert collect("dates") == ["test_plain", "test_one"]


def test_the_gate_of_the_addons_is_played_again(collect, tmp_path):
    addon = tmp_path / "browser" / "addons" / "test_addon.py"
    addon.parent.mkdir()
    addon.write_text("def test_of_an_addon(): pass")
    assert collect("again") == ["test_of_an_addon"]
    assert "test_of_an_addon" in collect("sweep")
    assert "test_of_an_addon" in collect("gate")


def test_a_stage_that_is_not_known_is_said(collect, tmp_path):
    assert "the sweep has no stage everything" in collect("everything")
    (tmp_path / "browser" / "test_more.py").write_text(PLAIN.replace("services", "servers"))
    assert "the sweep has no stage servers" in collect("gate")


def test_bin_sweep_says_which_stages_there_are():
    said = subprocess.run([ROOT / "bin" / "sweep", "--help"], capture_output=True, text=True)
    assert "kill" in said.stdout and "machines" in said.stdout
    script = ROOT / "bin" / "lib" / "pytest_part.py"
    refused = subprocess.run([sys.executable, script, "dust"], capture_output=True, text=True)
    assert refused.returncode == 1
    assert "no stage dust" in refused.stderr


def words(script):
    lines = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True)
    return lines.stdout.splitlines()


MOMENTS = words('. bin/lib/clock.sh; printf "%s\\n" "${MOMENTS[@]}"')
STUBS = """
. bin/lib/common.sh
. bin/lib/clock.sh
. bin/lib/testing.sh
stage() { say "$1"; }
behind() { say "$1"; }
made="install_node prepare_platform clone_for_demo start_sites"
for name in $made begin_run draw_seed wait_behind summarize; do
    eval "$name() { :; }"
done
PYTHON=$1
shift
run_sweep "$@"
"""


@pytest.mark.parametrize(
    ("asked", "played"),
    [
        (
            [],
            [
                "lint of the tests",
                "repository tests",
                "database with every addon",
                "tests of the addons",
                "tests of the demo",
                "browser journeys",
                "server logs",
                "logs without keys nor persons",
            ],
        ),
        (["services"], ["repository tests"]),
        (["lint"], ["lint of the tests"]),
        (["lint", "services"], ["lint of the tests", "repository tests"]),
        (
            ["fuzz", "races"],
            ["database with every addon", "tests of the addons", "logs without keys nor persons"],
        ),
        (
            ["demo"],
            ["database with every addon", "tests of the demo", "logs without keys nor persons"],
        ),
        (
            ["dates"],
            ["database with every addon", *MOMENTS, "logs without keys nor persons"],
        ),
        (["kill"], ["browser journeys", "server logs", "logs without keys nor persons"]),
    ],
)
def test_the_sweep_plays_what_its_stages_need(asked, played):
    run = subprocess.run(
        ["bash", "-c", STUBS, "bash", sys.executable, *asked],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines() == played
