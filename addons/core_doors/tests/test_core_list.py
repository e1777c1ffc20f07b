import warnings
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from . import core_list

LIST = Path(__file__).parent / "core.csv"


class CoreListCase(TransactionCase):
    """Compares what these addons take of core with the list that was read and recorded."""

    recorded = LIST

    def check_list(self, addons):
        today = core_list.make_rows(self.env, addons)
        wrong, changed = core_list.compare(core_list.read_rows(self.recorded), today)
        for sentence in changed:
            warnings.warn(sentence, stacklevel=1)
        self.assertEqual(wrong, [], "addons/core_doors/readme/TECHNICAL.md tells what to do")
        return today


@tagged("post_install", "-at_install")
class TestCoreList(CoreListCase):
    def test_core_is_as_it_was_when_its_doors_were_closed(self):
        today = self.check_list({"core_doors"})
        self.assertGreater(len(today), 40)
        core = "odoo.orm.models:BaseModel.write"
        self.assertEqual((today[core]["use"], today[core]["by"]), ("overrides", "core_doors"))

    def test_what_changes_is_told(self):
        row = {"core": "a:f", "use": "calls", "by": "x", "signature": "(self)", "source": "1"}
        other = {**row, "core": "a:g"}
        for today, wrong, changed in (
            ({"a:f": row}, 0, 0),
            ({"a:f": {**row, "source": "2"}}, 0, 1),
            ({"a:f": {**row, "signature": "(self, who)"}}, 1, 0),
            ({"a:f": {**row, "by": "x y"}}, 0, 0),
            ({}, 1, 0),
            ({"a:f": row, "a:g": other}, 0, 1),
        ):
            told = core_list.compare({"a:f": row}, today)
            self.assertEqual(tuple(map(len, told)), (wrong, changed), today)

    def test_a_changed_signature_of_core_is_seen(self):
        """By the real way: the function that a class of core holds today."""
        model = type(self.env["ir.qweb.field.image"])
        parent = next(each for each in model.mro() if core_list.get_addon(each) == "html_editor")

        def load_remote_url(self, url, timeout=10):
            """Another one, of the same place."""

        load_remote_url.__module__ = parent.__module__
        load_remote_url.__qualname__ = f"{parent.__name__}.load_remote_url"
        self.patch(parent, "load_remote_url", load_remote_url)
        today = core_list.make_rows(self.env, {"core_doors"})
        wrong, _changed = core_list.compare(core_list.read_rows(LIST), today)
        self.assertEqual(len(wrong), 1)
        self.assertIn("(self, url) became (self, url, timeout=10)", wrong[0])
