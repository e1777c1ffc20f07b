import shutil
from pathlib import Path
from tempfile import mkdtemp

from odoo.tests import BaseCase, TransactionCase, tagged

from odoo.addons.territory_base.tests.sweep import sweep

from . import inventories
from .inventory import COMMAND, HERE, Inventory, is_reason


@tagged("post_install", "-at_install")
class TestInventories(TransactionCase):
    def test_nothing_is_left_to_decide(self):
        for inventory in inventories.INVENTORIES:
            undecided = list(inventory.find_undecided(self.env))
            self.assertEqual(
                undecided,
                [],
                f"Write these rows by `{COMMAND}`, then say in each what it lacks; shut what "
                "nobody needs, as core_doors does (docs/testing.md)",
            )
            self.assertGreater(len(inventory.read_rows()), 30)

    def test_a_route_without_its_row_is_undecided(self):
        key = ("/demarches", "all", "public")
        rows = inventories.ROUTES.read_rows()
        self.assertEqual(rows.pop(key)["who"], "everybody")
        self.patch(Inventory, "read_rows", lambda _self: rows)
        self.assertEqual(
            list(inventories.ROUTES.find_undecided(self.env)),
            [f"website_procedure/tests/routes.csv: {' '.join(key)}: say who, why"],
        )

    @sweep("rights")
    def test_the_lists_are_what_the_code_says(self):
        old = [
            str(path)
            for path, text in inventories.make_files(self.env).items()
            if text != (path.read_text() if path.exists() else None)
        ]
        self.assertEqual(old, [], COMMAND)


class TestInventory(BaseCase):
    """A list of rows of two addons: one of ours, one of Odoo."""

    def setUp(self):
        super().setUp()
        self.folder = Path(mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        for addon in ("ours", HERE):
            (self.folder / addon / "tests").mkdir(parents=True)
        (self.folder / "ours" / "__manifest__.py").touch()
        (self.folder / HERE / "__manifest__.py").touch()
        self.today = {("/a", "user"): "ours", ("/web", "none"): "web"}
        self.inventory = Inventory(
            "routes",
            ("route", "auth"),
            {"why": is_reason},
            lambda _env: self.today,
            free=("led_by",),
            folder=self.folder,
        )

    def _write(self):
        for path, text in self.inventory.make_files(None).items():
            if text is None:
                path.unlink()
            else:
                path.write_text(text)

    def _read(self, addon):
        path = self.folder / addon / "tests" / "routes.csv"
        return path.read_text().splitlines()[1:] if path.exists() else []

    def _decide(self, addon, row):
        path = self.folder / addon / "tests" / "routes.csv"
        path.write_text(f"route,auth,why,led_by\n{row}\n")

    def test_a_row_is_written_where_its_addon_is_and_waits_for_its_reason(self):
        self._write()
        self.assertEqual(self._read("ours"), ["/a,user,,"])
        self.assertEqual(self._read(HERE), ["/web,none,,"])
        self.assertEqual(
            list(self.inventory.find_undecided(None)),
            [
                "ours/tests/routes.csv: /a user: say why",
                f"{HERE}/tests/routes.csv: /web none: say why",
            ],
        )

    def test_what_was_decided_stays(self):
        self._write()
        self._decide("ours", "/a,user,the household of who asks,a mail")
        self.today["/b", "user"] = "ours"
        self._write()
        self.assertEqual(
            self._read("ours"), ["/a,user,the household of who asks,a mail", "/b,user,,"]
        )

    def test_another_way_of_asking_who_comes_is_decided_anew(self):
        self._decide("ours", "/a,user,the household of who asks,a mail")
        self._decide(HERE, "/web,none,closed: nobody needs it,")
        self.assertEqual(list(self.inventory.find_undecided(None)), [])
        self.today = {("/a", "public"): "ours", ("/web", "none"): "web"}
        self.assertEqual(
            list(self.inventory.find_undecided(None)),
            ["ours/tests/routes.csv: /a public: say why"],
        )
        self._write()
        self.assertEqual(self._read("ours"), ["/a,public,,"])

    def test_what_is_no_longer_there_goes(self):
        self._write()
        del self.today["/a", "user"]
        self._write()
        self.assertEqual(self._read("ours"), [])
        self.assertFalse((self.folder / "ours" / "tests" / "routes.csv").exists())
        self.assertEqual(self._read(HERE), ["/web,none,,"])
