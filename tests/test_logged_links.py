"""A signed link opens what it names: neither of the two journals keeps one, whoever made it."""

import csv
import importlib.util
import re

import pytest
from nginx_site import ROOT

KEY = "Axyz0123456789"


def read_secret_routes():
    return [
        row["route"]
        for path in sorted(ROOT.glob("addons/*/tests/routes.csv"))
        for row in csv.DictReader(path.read_text().splitlines())
        if "<string:token>" in row["route"]
    ]


def read_pattern():
    """The rule of config/nginx.conf on what it logs, as Python reads it."""
    text = (ROOT / "config/nginx.conf").read_text()
    return re.search(r'\$territory_logged \{.*?"~\*(?P<rule>[^"]+)"', text, re.DOTALL)["rule"]


def read_masks():
    spec = importlib.util.spec_from_file_location(
        "log_privacy", ROOT / "addons/territory_base/log_privacy.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("route", read_secret_routes())
def test_no_journal_keeps_a_signed_link(route):
    path = re.sub("<string:token>", KEY, re.sub("<[^>]*slug>", "une-page", route))
    assert re.search(read_pattern(), path, re.IGNORECASE), "the journal of nginx"
    assert KEY not in read_masks().mask(f'"GET {path} HTTP/1.1" 200'), "that of Odoo"


def test_there_are_signed_links():
    assert len(read_secret_routes()) > 5
