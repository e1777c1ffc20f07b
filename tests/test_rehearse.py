"""What bin/rehearse compares: one that sees nothing proves nothing."""

import json
import sys

import pytest
from nginx_site import ROOT

pytestmark = pytest.mark.sweep("services")


@pytest.fixture
def rehearse(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "bin/lib"))
    sys.modules.pop("rehearse", None)
    import rehearse

    return rehearse


BEFORE = {
    "requests": {"EAU-1": {"state": ["refused", ""], "letters": [["decision", "abc"]]}},
    "readers": {"camille": ["EAU-1"], "communication": "no access"},
    "index": [["EAU-1", "work", "reopen"]],
    "drafts": {"17 EAU": [5, {"work": "reopen"}]},
    "versions": {"EAU 1": ["published", ["work", "selection"]]},
    "counts": {"res.users": 2},
    "xmlids": ["a.b"],
}


def run(rehearse, tmp_path, before, after):
    paths = tmp_path / "before.json", tmp_path / "after.json"
    for path, found in zip(paths, (before, after), strict=True):
        path.write_text(json.dumps(found))
    return rehearse.main(*paths)


def test_nothing_changed_is_green(rehearse, tmp_path):
    assert not run(rehearse, tmp_path, BEFORE, BEFORE)


def test_what_grows_is_told(rehearse, tmp_path, capsys):
    after = {**BEFORE, "counts": {"res.users": 3}, "xmlids": ["a.b", "a.c"]}
    assert not run(rehearse, tmp_path, BEFORE, after)
    assert "told: counts.res.users: 2 -> 3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ({"requests": {}}, "requests.EAU-1: gone"),
        ({"index": []}, "index: "),
        ({"readers": {"camille": [], "communication": "no access"}}, "readers.camille: "),
        (
            {"requests": {"EAU-1": {"state": ["refused", ""], "letters": [["decision", "abd"]]}}},
            "requests.EAU-1.letters[0][1]: abc -> abd",
        ),
        (
            {"readers": {"camille": ["EAU-1"], "communication": ["EAU-1"]}},
            "readers.communication: no access",
        ),
    ],
    ids=["lost", "not indexed", "not read", "a letter", "a reader"],
)
def test_what_changed_is_a_fault(rehearse, tmp_path, capsys, after, words):
    assert run(rehearse, tmp_path, BEFORE, {**BEFORE, **after})
    assert words in capsys.readouterr().out


def test_more_requests_of_the_demo_are_told(rehearse, tmp_path, capsys):
    after = {
        **BEFORE,
        "requests": {**BEFORE["requests"], "EAU-2": {}},
        "readers": {"camille": ["EAU-1", "EAU-2"], "communication": "no access", "x": []},
        "index": [*BEFORE["index"], ["EAU-2", "work", "move"]],
    }
    assert not run(rehearse, tmp_path, BEFORE, after)
    assert "told: 1 requests more" in capsys.readouterr().out


def test_an_empty_site_proves_nothing(rehearse, tmp_path):
    assert run(rehearse, tmp_path, {**BEFORE, "requests": {}}, BEFORE)
