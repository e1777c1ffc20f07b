"""`bin/inventory`: what is made from the code and kept in the repository, compared or written.

The lists of the tests are made by `test_territory/tests/inventories.py`, in the shell of Odoo; the
map of README.md, the picture of docs/architecture.md and the models of docs/rights.md here.
"""

import csv
import difflib
import os
import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests"))
WIDTH = 110
LAYERS_NAMED = ("ground", "frameworks", "pages", "portals", "faces", "assembly")
MAP = re.compile(r"(?<=^\| Module \| Holds \|\n\|---\|---\|\n)(?:\|.*\n)*", re.M)
MODELS = re.compile(r"(?<=^\| model \|)(.*\n\|-.*\n)(?:\|.*\n)*", re.M)
PICTURE = re.compile(r"(?<=^```\n)L5 (?:.*\n)*?(?=---)", re.M)


def draw_map(layers, summaries):
    """The lines of the table of modules: from the ground up.

    :param layers: {addon: (its layer, addons of the same layer that it may depend on)}
    :param summaries: {addon: the summary of its manifest}
    """
    return "".join(
        f"| `{addon}` | {summaries[addon]} |\n"
        for addon in sorted(summaries, key=lambda addon: (layers[addon][0], addon))
    )


def draw_picture(layers, addons):
    """Each layer, and in it who depends on whom (`a <- b c`)."""
    lines = []
    for number in reversed(range(len(LAYERS_NAMED))):
        here = sorted(addon for addon in addons if layers[addon][0] == number)
        below = {addon: [each for each in here if addon in layers[each][1]] for addon in here}
        drawn = {addon for each in below.values() for addon in each}
        drawn |= {addon for addon, each in below.items() if each}
        groups = [f"{addon} <- {' '.join(each)}" for addon, each in below.items() if each]
        groups += ["  ".join(addon for addon in here if addon not in drawn)]
        head = f"L{number} {LAYERS_NAMED[number]}"
        for group in filter(None, groups):
            lines += textwrap.wrap(
                group, WIDTH, initial_indent=f"{head:15}", subsequent_indent=" " * 19
            )
            head = ""
    return "".join(f"{line}\n" for line in lines)


def draw_models(root):
    """The lines of the table of models, from the lists of all addons."""
    rows = []
    for path in root.glob("addons/*/tests/models.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            rows += csv.reader(lines)
    return "".join(
        f"| `{model}` | {' | '.join(letters)} | `{test}` |\n"
        for model, *letters, test in sorted(rows)
        if model != "model"
    )


def make_documents(root=ROOT):
    """:return: {path: text as it is to be}"""
    from architecture import LAYERS, manifests  # noqa: PLC0415 (the shell of Odoo has no use for it)

    summaries = {name: manifest["summary"] for name, manifest in manifests(root).items()}
    readme, architecture = root / "README.md", root / "docs/architecture.md"
    rights = root / "docs/rights.md"
    return {
        rights: MODELS.sub(lambda head: head[1] + draw_models(root), rights.read_text(), count=1),
        readme: MAP.sub(lambda _: draw_map(LAYERS, summaries), readme.read_text(), count=1),
        architecture: PICTURE.sub(
            lambda _: draw_picture(LAYERS, summaries), architecture.read_text(), count=1
        ),
    }


def settle(files, write, root=ROOT):
    """Say what is not as it is to be; write it where that is asked.

    :param files: {path: text as it is to be, or None where the file goes}
    :return: whether all is as it is to be now
    """
    is_settled = True
    for path, text in sorted(files.items()):
        old = path.read_text() if path.exists() else ""
        if old == (text or ""):
            continue
        name = str(path.relative_to(root))
        if not write:
            is_settled = False
            before, after = old.splitlines(True), (text or "").splitlines(True)
            sys.stdout.writelines(difflib.unified_diff(before, after, name, name, n=0))
            continue
        print(f"written: {name}")
        if text:
            path.write_text(text)
        else:
            path.unlink()
    return is_settled


def settle_lists(env):
    """In the shell of Odoo, of a database with every addon."""
    from odoo.addons.test_territory.tests import inventories  # noqa: PLC0415 (only there)

    write = os.environ.get("INVENTORY") == "--write"
    is_settled = settle(inventories.make_files(env), write)
    for inventory in inventories.INVENTORIES if write else ():
        for sentence in inventory.find_undecided(env):
            is_settled = False
            print(f"addons/{sentence}")
    sys.stdout.flush()
    # The shell of Odoo has nothing to put away.
    os._exit(0 if is_settled else 1)


if __name__ == "__main__":
    sys.exit(0 if settle(make_documents(), sys.argv[1:] == ["--write"]) else 1)
