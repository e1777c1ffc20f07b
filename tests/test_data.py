"""The territory's own data say what their README says (data/README.md)."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from stdnum.fr import siren

DATA = Path(__file__).parents[1] / "data"
COLUMNS = [
    "code_insee",
    "nom",
    "code_postal",
    "population",
    "siren",
    "population_totale",
    "population_communes_json",
    "code_arrondissement",
    "anciens_codes_insee",
    "anciens_noms",
    "autres_noms",
    "latitude",
    "longitude",
]


SERVICE_COLUMNS = [
    "code",
    "nom",
    "ordre",
    "type",
    "communes",
    "telephone",
    "courriel",
    "rue",
    "code_postal",
    "ville",
    "horaires",
    "lit_dossier_famille",
    "lit_logement",
]


def read(name):
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def communes():
    return read("communes.csv")


@pytest.fixture(scope="module")
def services():
    return read("services.csv")


def test_columns_are_those_of_the_readme(communes, services):
    assert list(communes[0]) == COLUMNS
    readme = (DATA / "README.md").read_text()
    assert [column for column in COLUMNS if f"| `{column}` |" not in readme] == []
    assert list(services[0]) == SERVICE_COLUMNS
    assert [column for column in SERVICE_COLUMNS if f"| `{column}` |" not in readme] == []


def test_47_communes_each_with_its_own_code_sorted(communes):
    codes = [row["code_insee"] for row in communes]
    assert len(codes) == len(set(codes)) == 47
    assert codes == sorted(codes)
    assert all(len(code) == 5 and code.startswith("55") for code in codes)


def test_each_centre_is_in_the_territory_and_its_own(communes):
    centres = [(float(row["latitude"]), float(row["longitude"])) for row in communes]
    assert len(set(centres)) == 47
    assert all(48.7 < latitude < 49.1 and 5 < longitude < 5.5 for latitude, longitude in centres)


@pytest.mark.parametrize(
    ("column", "total"),
    [("population", 6382), ("population_totale", 6533), ("population_communes_json", 6338)],
)
def test_sum_of_population(communes, column, total):
    assert sum(int(row[column]) for row in communes) == total


def test_postal_codes(communes):
    assert Counter(row["code_postal"] for row in communes) == {
        "55260": 23,
        "55250": 13,
        "55000": 4,
        "55120": 2,
        "55220": 2,
        "55300": 2,
        "55800": 1,
    }


def test_arrondissements(communes):
    assert Counter(row["code_arrondissement"] for row in communes) == {"551": 27, "552": 20}


def test_siren_keys_are_valid_and_distinct(communes):
    assert [row["nom"] for row in communes if not siren.is_valid(row["siren"])] == []
    assert len({row["siren"] for row in communes}) == 47


def test_14_absorbed_communes_in_7_each_with_its_name(communes):
    current = {row["code_insee"] for row in communes}
    absorbing = [row for row in communes if row["anciens_codes_insee"]]
    former = []
    for row in absorbing:
        codes = row["anciens_codes_insee"].split("|")
        assert len(codes) == len(row["anciens_noms"].split("|")), row["nom"]
        former += codes
    assert (len(absorbing), len(former), len(set(former))) == (7, 14, 14)
    # A code that changed hands would resolve to two communes.
    assert current.isdisjoint(former)


def test_nothing_is_padded(communes, services):
    padded = [
        row for row in communes + services for value in row.values() if value != value.strip()
    ]
    assert padded == []


def test_a_commune_is_found_by_a_name_that_it_bore_itself(communes):
    named = {row["nom"]: row["autres_noms"] for row in communes if row["autres_noms"]}
    assert named == {"Seuil-d'Argonne": "Triaucourt-en-Argonne"}


def test_each_commune_has_its_town_hall(communes, services):
    town_halls = [row for row in services if row["type"] == "mairie"]
    assert [row["communes"] for row in town_halls] == [row["code_insee"] for row in communes]
    for row, commune in zip(town_halls, communes, strict=True):
        assert row["code"] == f"mairie-{commune['code_insee']}"
        assert (row["code_postal"], row["ville"]) == (commune["code_postal"], commune["nom"])
        name = commune["nom"].removeprefix("Les ")
        assert re.fullmatch(rf"Mairie (de |d'|des ){re.escape(name)}", row["nom"])


def test_the_services_of_the_specification_are_there(services):
    codes = [row["code"] for row in services]
    assert len(codes) == len(set(codes))
    epci = {row["code"] for row in services if row["type"] == "epci"}
    assert epci == {"accueil", "dechets", "enfance", "jeunesse", "social", "amenagement"}
    readers = {row["code"] for row in services if row["lit_dossier_famille"] == "oui"}
    assert readers == {"enfance", "jeunesse"}
    assert {row["code"] for row in services if row["lit_logement"] == "oui"} == {"dechets"}
    assert read("epci.csv")[0]["accueil"] == "accueil"


def test_nothing_is_invented_of_a_service(services):
    """Nobody has told a number, an address or an hour: the town halls will."""
    for row in services:
        assert not any(row[name] for name in ("telephone", "courriel", "rue", "horaires")), row
    assert not (DATA / "openings.csv").exists()
