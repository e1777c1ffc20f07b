"""The clock of the tests (`bin/lib/clock.sh`): the same on any day, for all that a run starts."""

import os
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from architecture import ROOT

PARTS = "common system postgres clock"
PYTHON = "/usr/bin/python3 -c 'import time; print(int(time.time()))'"


@pytest.fixture
def run():
    """What a script says, line by line, in a folder and with a PostgreSQL of its own."""

    def said(script):
        sources = "".join(f". {ROOT}/bin/lib/{part}.sh\n" for part in PARTS.split())
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        done = subprocess.run(
            ["bash", "-c", f"{sources}{script}"],
            env={**kept, "ETERRITOIRE_VAR": folder, "PG_FAST": "1"},
            capture_output=True,
            text=True,
        )
        assert not done.returncode, done.stderr
        return done.stdout.splitlines()

    # Where the user postgres may go: its server is there too.
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield said


def moment(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M %z")


def near(seconds, wanted):
    """Within ten minutes, on a machine however slow."""
    return timedelta() <= datetime.fromtimestamp(int(seconds), UTC) - wanted < timedelta(minutes=10)


def test_each_process_goes_on_from_the_moment(run):
    wanted, *read = run(f"""
        say "$MOMENT"
        use_clock "$(offset_of "$MOMENT")"
        date +%s
        {PYTHON}
        bash -c "date +%s"
    """)
    assert len(read) == 3
    assert all(near(seconds, moment(wanted)) for seconds in read)


def test_the_world_is_asked_with_the_clock_of_the_machine(run):
    before, under = run("""
        machine_time date +%s
        use_clock -100000000s
        machine_time date +%s
    """)
    assert 0 <= int(under) - int(before) < 600


def test_every_moment_is_one_and_what_it_is_said_to_be(run):
    moments = [moment(text) for text in run('say "$MOMENT"; printf "%s\\n" "${MOMENTS[@]}"')]
    # The database is made at the first, and no clock goes back.
    assert moments == sorted(moments)
    assert moments[0].isoweekday() == 4
    # Both changes of hour of the territory are on a Sunday, at 1 h UTC.
    changes = [
        each.astimezone(UTC) for each in moments if (each.hour, each.minute) in [(1, 58), (2, 58)]
    ]
    assert [(each.month, each.isoweekday(), each.hour) for each in changes] == [
        (3, 7, 0),
        (10, 7, 0),
    ]


def test_the_server_of_the_tests_begins_with_the_first_run_and_ends_with_the_last(run):
    """A second run begins meanwhile and ends before the first. What a killed run left, days ago,
    gives nobody its clock."""
    wanted, alone, beside, left, after = run("""
        now() { psql -d postgres -qAtc "SELECT extract(epoch FROM now())::bigint"; }
        say "$MOMENT"
        (MOMENT="2028-01-01 00:00 +0000" && start_clock)
        (
            start_clock
            now
            (
                unset PGHOST PGUSER PGPORT
                start_clock
                now
                stop_clock
            )
            now
            stop_clock
        )
        PG_NAME=test-postgres
        postgres_runs && say stays || say gone
    """)
    assert all(near(seconds, moment(wanted)) for seconds in (alone, beside, left))
    assert after == "gone"
