"""The journeys of `bin/test` play in two processes, each on a site of its own."""

import os
import shutil
import subprocess
import sys

from architecture import ROOT

JOURNEY = """
def test_journey(server, mails):
    with open({seen!r}, "a") as seen:
        seen.write(f"{{server}} {{mails.url}}\\n")
"""


def test_each_process_of_the_journeys_has_its_own_site(tmp_path):
    """pytest-xdist starts them from a process that has read the same conftest.py."""
    seen = tmp_path / "seen"
    for path in (ROOT / "tests/browser").glob("*"):
        if path.is_file() and not path.name.startswith("test_"):
            shutil.copy(path, tmp_path)
    for name in ("test_a.py", "test_b.py"):
        (tmp_path / name).write_text(JOURNEY.format(seen=str(seen)))
    environment = {
        **{name: value for name, value in os.environ.items() if "XDIST" not in name},
        "E_TERRITOIRE_URL": "http://localhost:1\nhttp://localhost:2",
        "E_TERRITOIRE_MAIL": "http://localhost:1001\nhttp://localhost:1002",
    }
    options = ["-q", "-p", "no:odoo", "-p", "no:cacheprovider", "-n", "2", "--dist", "loadfile"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, f"--rootdir={tmp_path}", tmp_path],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(seen.read_text().splitlines()) == [
        "http://localhost:1 http://localhost:1001",
        "http://localhost:2 http://localhost:1002",
    ]
