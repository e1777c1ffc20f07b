"""The order of the files of tests: what takes longest begins, in the gate; drawn, in the sweep."""

import os
import subprocess
import sys

import pytest
from architecture import ROOT


@pytest.fixture
def collect(tmp_path):
    for name in ("a", "b", "c", "d"):
        (tmp_path / f"test_{name}.py").write_text("def test_one(): pass\ndef test_two(): pass\n")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "longest.txt").write_text("test_d.py\ntest_b.py\n")

    def files(plugin, seed="1"):
        """Names of the files, whose tests follow one another as they are written."""
        options = ["-q", "--collect-only", "-p", "no:odoo", "-p", "no:cacheprovider"]
        run = subprocess.run(
            [sys.executable, "-m", "pytest", *options, "-p", plugin, f"--rootdir={tmp_path}"]
            + [tmp_path],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT / "bin" / "lib"), "SEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        found = [line for line in run.stdout.splitlines() if "::" in line]
        names = [line[len("test_")] for line in found[::2]]
        kept = [f"test_{name}.py::test_{test}" for name in names for test in ("one", "two")]
        assert found == kept
        return "".join(names)

    return files


def test_the_files_that_are_named_begin_and_the_others_keep_their_order(collect):
    assert collect("pytest_longest_first") == "dbac"


def test_an_order_is_drawn_by_its_number(collect):
    drawn = {seed: collect("pytest_any_order", seed) for seed in "123"}
    assert all(sorted(order) == list("abcd") for order in drawn.values())
    assert len(set(drawn.values())) > 1
    assert collect("pytest_any_order", "2") == drawn["2"]


def test_each_file_that_is_named_is_there_once():
    names = (ROOT / "tests" / "longest.txt").read_text().splitlines()
    assert names
    assert [name for name in names if not (ROOT / name).is_file()] == []
    assert len(set(names)) == len(names)
