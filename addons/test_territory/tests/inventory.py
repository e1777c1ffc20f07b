"""The lists that tests read, made from the code by `bin/inventory --write`.

What only a person can say (who may, and why) she writes in the columns that are left empty: until
then the gate is red. The rows of an addon of ours are in its own `tests`, those of Odoo and OCA
here.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parents[1].name
ADDONS = Path(__file__).parents[2]
COMMAND = "bin/inventory --write"
# A reason is some words.
REASON = 10


def is_reason(text, _row):
    return len(text) > REASON


@dataclass(frozen=True)
class Inventory:
    """One list.

    :param name: of its files, `tests/<name>.csv`
    :param keys: columns that say what a row is of; where one changes, everything is decided anew
    :param decided: {column that a person fills: whether it may be so, from (value, row)}
    :param free: columns that a person may leave empty
    :param find: all that there is today: env -> {key: the addon that has it}
    """

    name: str
    keys: tuple
    decided: dict[str, Callable]
    find: Callable
    free: tuple = ()
    folder: Path = ADDONS

    @property
    def columns(self):
        return (*self.keys, *self.decided, *self.free)

    def get_path(self, addon):
        is_ours = (self.folder / addon / "__manifest__.py").is_file()
        return self.folder / (addon if is_ours else HERE) / "tests" / f"{self.name}.csv"

    def read_rows(self):
        """:return: {key: row}, of every addon"""
        rows = {}
        for path in sorted(self.folder.glob(f"*/tests/{self.name}.csv")):
            with path.open(encoding="utf-8", newline="") as lines:
                rows |= {self.get_key(row): row for row in csv.DictReader(lines)}
        return rows

    def get_key(self, row):
        return tuple(row[column] for column in self.keys)

    def find_undecided(self, env):
        """What somebody has to say, in sentences."""
        kept = self.read_rows()
        for key, addon in sorted(self.find(env).items()):
            row = kept.get(key) or dict.fromkeys(self.columns, "")
            missing = [name for name, may_be in self.decided.items() if not may_be(row[name], row)]
            if missing:
                place = self.get_path(addon).relative_to(self.folder)
                yield f"{place}: {' '.join(key)}: say {', '.join(missing)}"

    def make_files(self, env):
        """Each file as it is to be: what was decided stays, what is no longer there goes.

        :return: {path: text}; None where no row is left
        """
        kept, files = self.read_rows(), {}
        for key, addon in sorted(self.find(env).items()):
            row = kept.get(key) or dict.fromkeys(self.columns, "")
            row = row | dict(zip(self.keys, key, strict=True))
            files.setdefault(self.get_path(addon), []).append(row)
        files |= dict.fromkeys(set(self.folder.glob(f"*/tests/{self.name}.csv")) - set(files))
        return {path: rows and _write(self.columns, rows) for path, rows in files.items()}


def _write(columns, rows):
    lines = io.StringIO()
    writer = csv.DictWriter(lines, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return lines.getvalue()
