"""The territory's own data say what their README says (data/README.md)."""

import csv
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
]


@pytest.fixture(scope="module")
def communes():
    with (DATA / "communes.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_columns_are_those_of_the_readme(communes):
    assert list(communes[0]) == COLUMNS
    readme = (DATA / "README.md").read_text()
    assert [column for column in COLUMNS if f"| `{column}` |" not in readme] == []


def test_47_communes_each_with_its_own_code_sorted(communes):
    codes = [row["code_insee"] for row in communes]
    assert len(codes) == len(set(codes)) == 47
    assert codes == sorted(codes)
    assert all(len(code) == 5 and code.startswith("55") for code in codes)


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


def test_nothing_is_padded(communes):
    padded = [row for row in communes for value in row.values() if value != value.strip()]
    assert padded == []
