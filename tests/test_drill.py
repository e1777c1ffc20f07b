"""What bin/drill counts, without the site that it breaks: one that sees nothing proves nothing."""

import hashlib
import subprocess
import sys
from argparse import Namespace
from email.message import EmailMessage

import pytest
from nginx_site import ROOT

STREETS = ("1 rue A", "2 rue B", "3 rue C")


@pytest.fixture
def modules(monkeypatch, tmp_path):
    monkeypatch.setenv("ETERRITOIRE_VAR", str(tmp_path))
    for folder in ("bin/lib", "tests/browser"):
        monkeypatch.syspath_prepend(str(ROOT / folder))
    for name in ("drill", "drill_people", "drill_site"):
        sys.modules.pop(name, None)
    (tmp_path / "odoo.conf").write_text("http_port = 1\n")
    import drill
    import drill_people

    return drill, drill_people


@pytest.fixture
def site(modules, monkeypatch, tmp_path):
    """Three requests, acknowledged, with their file and one mail each."""
    drill, people = modules
    monkeypatch.setattr(drill, "MAIL_SECONDS", 0)
    store = tmp_path / "data/filestore/drill"
    store.mkdir(parents=True)
    (store / "photo").write_bytes(b"photo")
    (tmp_path / "box/new").mkdir(parents=True)
    digest = hashlib.sha256(b"photo").hexdigest()
    one = Namespace(
        store=store,
        box=tmp_path / "box/new",
        requests={street: [(i, f"BAC-{i}")] for i, street in enumerate(STREETS)},
        files={i: [(digest, "photo")] for i in range(3)},
        filings=[
            people.Filing(street, "", sends=2, number=f"BAC-{i}")
            for i, street in enumerate(STREETS)
        ],
    )
    for i in range(3):
        write_mail(one.box / f"m{i}", f"BAC-{i}\N{NO-BREAK SPACE}: nous avons reçu votre demande")

    def query(sql, value=None, database=""):
        return one.requests.get(value, []) if "value_text" in sql else one.files[value]

    monkeypatch.setattr(drill, "query", query)
    one.drill = drill.Drill(Namespace(front="", rounds=1, smtp=1))
    return one


def write_mail(path, subject, message_id=None):
    message = EmailMessage()
    message["Message-Id"] = message_id or f"<{path.name}@example.com>"
    message["Subject"] = subject
    path.write_bytes(bytes(message))


def test_nothing_is_found_when_all_is_right(site):
    assert site.drill.check("kill", site.filings) == [3, 6, 3, 0, 0, 0, 0, 0, 0]
    assert site.drill.faults == []


@pytest.mark.parametrize(
    ("column", "words", "damage"),
    [
        (3, "not there", lambda site: site.requests.pop(STREETS[0])),
        (3, "not there", lambda site: site.requests.update({STREETS[0]: [(0, "BAC-9")]})),
        (4, "there twice", lambda site: site.requests[STREETS[1]].append((2, "BAC-2"))),
        (5, "whose file", lambda site: site.files.update({0: []})),
        (5, "whose file", lambda site: site.files.update({0: [("0", "photo")]})),
        (5, "whose file", lambda site: site.files.update({0: [("0", "nowhere")]})),
        (6, "did not leave", lambda site: (site.box / "m1").unlink()),
        (7, "more than once", lambda site: write_mail(site.box / "m9", "BAC-1 nous avons reçu")),
    ],
)
def test_each_loss_is_seen(site, column, words, damage):
    damage(site)
    row = site.drill.check("kill", site.filings)
    assert row[column] == 1
    assert len(site.drill.faults) == 1
    assert words in site.drill.faults[0]


def test_mail_sent_again_by_a_kill_is_the_same_mail(site):
    write_mail(site.box / "m9", "BAC-1 nous avons reçu votre demande", "<m1@example.com>")
    assert site.drill.check("kill", site.filings)[-2:] == [0, 1]
    assert site.drill.faults == []


def test_part_where_nobody_filed_proves_nothing(site):
    site.drill.check("kill", [])
    assert "without any filing" in site.drill.faults[0]


def test_file_of_the_store_that_was_cut_is_seen(site, monkeypatch):
    rows = [("photo", hashlib.sha1(b"photo").hexdigest())]
    monkeypatch.setattr(sys.modules["drill"], "query", lambda *args, **options: rows)
    assert site.drill.check_store(folder=site.store) == 1
    assert site.drill.faults == []
    (site.store / "photo").write_bytes(b"pho")
    site.drill.check_store(folder=site.store)
    assert "missing or damaged" in site.drill.faults[0]


def test_parts_are_those_that_the_command_names(modules):
    drill, _people = modules
    usage = subprocess.run([ROOT / "bin/drill", "--help"], check=True, capture_output=True)
    for part, method in drill.PARTS.items():
        assert part in usage.stdout.decode()
        assert callable(getattr(drill.Drill, method))
    refused = subprocess.run([ROOT / "bin/drill", "nothing"], check=False, capture_output=True)
    assert refused.returncode == 1
    assert "Way out" in refused.stderr.decode()
