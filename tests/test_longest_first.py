"""What takes longest begins (`bin/lib/pytest_longest_first.py`)."""

import os
import subprocess
import sys

from architecture import ROOT


def test_the_files_that_are_named_begin_and_the_others_keep_their_order(tmp_path):
    for name in ("a", "b", "c", "d"):
        (tmp_path / f"test_{name}.py").write_text("def test_one(): pass\ndef test_two(): pass\n")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "longest.txt").write_text("test_d.py\ntest_b.py\n")
    options = ["-q", "--collect-only", "-p", "no:odoo", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-p", "pytest_longest_first"]
        + [f"--rootdir={tmp_path}", tmp_path],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "bin" / "lib")},
        capture_output=True,
        text=True,
        check=True,
    )
    found = [line for line in run.stdout.splitlines() if "::" in line]
    assert found == [
        f"test_{name}.py::test_{test}" for name in ("d", "b", "a", "c") for test in ("one", "two")
    ]


def test_each_file_that_is_named_is_there_once():
    names = (ROOT / "tests" / "longest.txt").read_text().splitlines()
    assert names
    assert [name for name in names if not (ROOT / name).is_file()] == []
    assert len(set(names)) == len(names)
