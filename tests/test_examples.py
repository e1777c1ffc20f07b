"""Hypothesis in the gate and in the sweep (`bin/lib/pytest_examples.py`)."""

import os
import subprocess
import sys

import pytest
from architecture import ROOT

PROPERTIES = """
from hypothesis import given, settings
from hypothesis import strategies as st

seen = {"some": [], "many": []}

@settings(max_examples=5)
@given(st.integers())
def test_some(number): seen["some"].append(number)

@given(st.integers())
def test_many(number): seen["many"].append(number)

def test_seen():
    print("seen:", seen["some"], len(seen["many"]))
"""


@pytest.fixture
def play(tmp_path):
    (tmp_path / "test_properties.py").write_text(PROPERTIES)

    def seen(ci="", **environment):
        """(Examples of the one that wants five, number of them for the one that says nothing.)"""
        options = ["-q", "-s", "-p", "no:odoo", "-p", "no:cacheprovider", "-p", "pytest_examples"]
        everywhere = {name: value for name, value in os.environ.items() if name != "SEED"}
        run = subprocess.run(
            [sys.executable, "-m", "pytest", *options, f"--rootdir={tmp_path}", tmp_path],
            cwd=tmp_path,
            env={**everywhere, "PYTHONPATH": str(ROOT / "bin" / "lib"), "CI": ci, **environment},
            capture_output=True,
            text=True,
            check=True,
        )
        (line,) = [line for line in run.stdout.splitlines() if "seen:" in line]
        some, _bracket, many = line.partition("seen: ")[2].rpartition("]")
        return some, int(many)

    return seen


def test_in_the_gate_they_are_the_same_each_time(play):
    some, many = play()
    assert some.count(",") + 1 == 5
    assert many == 100
    assert play(ci="true") == (some, many)


def test_in_the_sweep_they_are_others_and_ten_times_as_many(play):
    some, many = play(SEED="1", ci="true")
    assert some.count(",") + 1 == 50
    assert many == 1000
    assert play(SEED="2") != (some, many)
    assert play(SEED="1") == (some, many)
