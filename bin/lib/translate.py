"""Bring an addon's i18n/fr.po and .pot up to date with the terms that Odoo exports.

    translate.py EXPORTED FR.PO            prints the missing terms, {"source": ""}
    translate.py EXPORTED FR.PO ANSWERS    takes {"source": "French"}, writes both, prints the rest

Terms that the code no longer has are dropped; ANSWERS alone changes a translation.
"""

import json
import sys
from pathlib import Path

import polib
from typography import typeset

HEADER = {
    "Project-Id-Version": "Odoo Server 19.0",
    "Language": "fr",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


def write_template(french):
    """The .pot beside this fr.po: the same terms without their French, for other languages."""
    terms = polib.pofile(str(french))
    terms.metadata = {name: value for name, value in HEADER.items() if name != "Language"}
    for term in terms:
        term.msgstr = ""
    addon = french.resolve().parent.parent.name
    terms.save(str(french.with_name(f"{addon}.pot")))


def main(exported, french, answers=None):
    terms, french = polib.pofile(exported), Path(french)
    known = {}
    if french.exists():
        known = {term.msgid: term.msgstr for term in polib.pofile(str(french)) if term.translated()}
    if answers:
        known |= json.loads(Path(answers).read_text())
    for term in terms:
        term.msgstr = typeset(known.get(term.msgid, ""))
        # "fuzzy" would hide it from Odoo.
        term.flags = [flag for flag in term.flags if flag != "fuzzy"]
    if answers:
        terms.metadata = HEADER
        terms.header = ""
        french.parent.mkdir(exist_ok=True)
        terms.save(str(french))
        write_template(french)
    missing = {term.msgid: "" for term in terms if not term.msgstr}
    print(json.dumps(missing, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
