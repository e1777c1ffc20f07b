"""The French of each addon is set as it is printed: `bin/i18n` does it, or, for what was written
by hand, `.venv/bin/python bin/lib/typography.py addons/*/i18n/fr.po`. What its data say in French
is not translated, and is typed as it is printed."""

import sys
from pathlib import Path

import polib
import pytest
from lxml import etree

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "bin" / "lib"))

from typography import get_faults, typeset  # noqa: E402

CATALOGUES = sorted(ROOT.glob("addons/*/i18n/fr.po"))
DATA = sorted(ROOT.glob("addons/*/data/*.xml"))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_french_of_an_addon(path):
    faults = [fault for term in polib.pofile(str(path)) for fault in get_faults(term.msgstr)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", DATA, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_data_of_an_addon(path):
    texts = [
        field.text
        for field in etree.parse(path).iter("field")
        if field.text and not field.get("eval") and not len(field)
    ]
    # The others are English, set as English is, and translated.
    faults = [fault for text in texts for fault in get_faults(text) if "may break" in fault]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "text",
    [
        "Que faut-il faire ?",
        "Erreur: rien",
        "« non »",
        "Voici..",
        "exacts. : Cochez",
        "Que souhaitez-vous  : non",
        "<b>Nom</b> : Ana",
        "Ana , Paul",
    ],
)
def test_a_fault_is_seen(text):
    assert get_faults(text)


def test_text_is_set_and_tags_are_left_alone():
    text = "<a style='x : y' href=\"https://a ? b\">Qui</a> : « <b>Ana</b> » ?\nNon ; %(name)s !"
    assert typeset(text) == (
        "<a style='x : y' href=\"https://a ? b\">Qui</a>\u00a0: «\u00a0<b>Ana</b>\u00a0»\u00a0?\n"
        "Non\u00a0; %(name)s\u00a0!"
    )
    assert not get_faults(typeset(text))
