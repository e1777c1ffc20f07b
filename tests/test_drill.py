"""What bin/drill counts, without the site that it breaks: one that sees nothing proves nothing."""

import hashlib
import subprocess
import sys
from argparse import Namespace
from copy import deepcopy
from email.message import EmailMessage

import pytest
from nginx_site import ROOT

pytestmark = pytest.mark.sweep("services")

STREETS = ("1 rue A", "2 rue B", "3 rue C")


@pytest.fixture
def modules(monkeypatch, tmp_path):
    monkeypatch.setenv("ETERRITOIRE_VAR", str(tmp_path))
    for folder in ("bin/lib", "tests/browser"):
        monkeypatch.syspath_prepend(str(ROOT / folder))
    for name in ("drill", "drill_people", "drill_places", "drill_site"):
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


@pytest.fixture
def places(modules):
    """Two people in a slot of two places, two bookings of a room one after the other, a signature
    that waits; and the same again."""
    slot = {"of": 1, "start": "2026-12-01 08:00:00", "stop": "2026-12-01 08:20:00", "capacity": 2}
    slots = [
        {**slot, "id": 1, "place": 1, "state": "taken", "request": 11},
        {**slot, "id": 2, "place": 2, "state": "held", "request": False},
    ]
    hours = [(8, 12), (12, 18)]
    rooms = [
        {
            "id": rank,
            "of": 5,
            "start": f"2026-12-01 {start:02}:00:00",
            "stop": f"2026-12-01 {stop:02}:00:00",
            "state": "option",
            "request": 20 + rank,
        }
        for rank, (start, stop) in enumerate(hours)
    ]
    signatures = [{"id": 7, "state": "asked", "request": 11, "digest": "a", "is_current": True}]
    copy = {"slots": slots, "rooms": rooms, "signatures": signatures}
    return modules[0].drill_places, copy, deepcopy(copy)


def count_faults(places):
    module, copy, original = places
    return {words: count for count, words in module.find_faults(copy, original) if count}


def test_places_of_a_good_copy_have_no_fault(places):
    assert count_faults(places) == {}
    # The form that held it was left meanwhile.
    places[2]["slots"].pop()
    assert count_faults(places) == {}


@pytest.mark.parametrize(
    ("words", "damage"),
    [
        ("taken twice", lambda copy: copy["slots"][1].update(place=1)),
        ("more people", lambda copy: copy["slots"][1].update(capacity=1)),
        ("at one moment", lambda copy: copy["rooms"][1].update(start="2026-12-01 11:59:00")),
        ("something else", lambda copy: copy["signatures"][0].update(is_current=False)),
        ("lost", lambda copy: copy["rooms"].pop()),
        ("lost", lambda copy: copy["slots"][0].update(request=12)),
        ("never given", lambda copy: copy["signatures"].append({**copy["signatures"][0], "id": 8})),
        ("nothing proved", lambda copy: copy["signatures"].clear()),
    ],
)
def test_each_fault_of_the_places_is_seen(places, words, damage):
    damage(places[1])
    faults = count_faults(places)
    assert [count for each, count in faults.items() if words in each] == [1], faults


def test_parts_are_those_that_the_command_names(modules):
    drill, _people = modules
    usage = subprocess.run([ROOT / "bin/drill", "--help"], check=True, capture_output=True)
    for part, method in drill.PARTS.items():
        assert part in usage.stdout.decode()
        assert callable(getattr(drill.Drill, method))
    refused = subprocess.run([ROOT / "bin/drill", "nothing"], check=False, capture_output=True)
    assert refused.returncode == 1
    assert "Way out" in refused.stderr.decode()
