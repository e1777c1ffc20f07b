"""What systemd runs before Odoo, and the page of a pause, which nginx and Odoo both show."""

import os
import re
import shlex
import subprocess
from configparser import ConfigParser

import pytest
from architecture import ROOT

SERVICE = ROOT / "config/e-territoire.service"


def read_service():
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(SERVICE)
    return parser


def start_check():
    # A doubled "$" is systemd's way to leave one to the shell.
    return shlex.split(read_service()["Service"]["ExecStartPre"].replace("$$", "$"))


@pytest.mark.parametrize(
    ("psql", "starts"),
    [("exit 0", True), ("echo 1", False), ("exit 2", False)],
    ids=["no demo", "the demo", "PostgreSQL is away"],
)
def test_odoo_starts_only_on_a_database_that_says_it_is_not_the_demo(tmp_path, psql, starts):
    program = tmp_path / "psql"
    program.write_text(f"#!/bin/sh\n{psql}\n")
    program.chmod(0o755)
    done = subprocess.run(start_check(), env={"PATH": f"{tmp_path}:{os.environ['PATH']}"})
    assert (done.returncode == 0) is starts


def test_service_comes_back_however_long_postgresql_is_away():
    service = read_service()
    # Each in the section where systemd reads it.
    assert service["Unit"]["StartLimitIntervalSec"] == "0"
    assert service["Service"]["Restart"] in ("on-failure", "always")
    assert 0 < int(service["Service"]["RestartSec"]) <= 30


@pytest.mark.parametrize("path", ["config/e-territoire.service", "bin/lib/server.sh"])
def test_jobs_that_have_more_to_do_are_woken_at_once(path):
    """A job left half done waits up to a minute otherwise: letters were late by four."""
    setting = re.compile(r"^\s*(export |Environment=)ODOO_NOTIFY_CRON_CHANGES=1$", re.MULTILINE)
    assert setting.search((ROOT / path).read_text())


def test_nginx_and_odoo_show_the_same_page():
    shown = "addons/core_doors/static/src/pages/maintenance.html"
    assert (ROOT / shown).read_text() == (ROOT / "config/pages/maintenance.html").read_text()
