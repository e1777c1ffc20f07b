"""Hypothesis in the gate and in the sweep (`bin/lib/pytest_examples.py`)."""

import json
import os
import subprocess
import sys

import pytest
from architecture import ROOT

PROPERTIES = """
import json

from hypothesis import given, settings
from hypothesis import strategies as st

seen = {"some": [], "many": []}

@settings(max_examples=5)
@given(st.integers())
def test_some(number): seen["some"].append(number)

@given(st.integers())
def test_many(number): seen["many"].append(number)

def test_seen():
    print("seen:", json.dumps(seen))
"""


@pytest.fixture
def play(tmp_path):
    (tmp_path / "test_properties.py").write_text(PROPERTIES)

    def seen(ci="", **environment):
        """(Examples of the one that wants five, those of the one that says nothing.)"""
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
        examples = json.loads(line.partition("seen: ")[2])
        return examples["some"], examples["many"]

    return seen


def test_in_the_gate_they_are_the_same_each_time(play):
    some, many = play()
    assert len(some) == 5
    assert len(many) == 100
    assert play(ci="true") == (some, many)


def test_they_are_the_same_whatever_code_is_loaded(play, tmp_path):
    alone = play(), play(SEED="1")
    (tmp_path / "loaded.py").write_text(f"NUMBERS = {[*range(10**6, 10**6 + 99)]}")
    (tmp_path / "conftest.py").write_text("import loaded")
    assert (play(), play(SEED="1")) == alone


def test_in_the_sweep_they_are_others_and_ten_times_as_many(play):
    some, many = play(SEED="1", ci="true")
    assert len(some) == 50
    assert len(many) == 1000
    assert play(SEED="2") != (some, many)
    assert play(SEED="1") == (some, many)
