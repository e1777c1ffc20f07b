from freezegun import freeze_time

from odoo.tests import TransactionCase, tagged

from ..tools.day import show_date, show_day, tidy_date, to_iso
from ..tools.item import list_error, list_errors, make_item, show_if
from ..tools.web import Posted, number, text


@tagged("post_install", "-at_install")
class TestTools(TransactionCase):
    """What a browser sends is never trusted to be of the right shape."""

    def test_what_is_typed_is_one_line_that_the_database_accepts(self):
        self.assertEqual(text("  a\x00b  "), "ab")
        self.assertEqual(text("abcd", 2), "ab")
        self.assertEqual(text(["a"]), "")
        self.assertEqual(text(None), "")

    def test_number_is_one_or_nothing(self):
        self.assertEqual(number("12"), 12)
        for value in ("-1", "1e3", "²", "99999999999999", None, "١٢"):
            self.assertEqual(number(value), 0, value)

    def test_posted_values_are_read_without_a_browser(self):
        posted = Posted([("name", " Ada "), ("child", "1"), ("child", "2")])
        self.assertEqual(posted.text("name"), "Ada")
        self.assertEqual(posted.texts("child"), ["1", "2"])
        self.assertEqual(posted.text("nothing"), "")
        self.assertEqual(posted.uploads("file"), [])

    @freeze_time("2026-11-26")
    def test_day_is_shown_as_it_was_understood(self):
        self.assertEqual(tidy_date("151162", "past"), "15/11/1962")
        self.assertEqual(tidy_date("demain"), "demain")
        self.assertEqual(to_iso("15/11/1962"), "1962-11-15")
        self.assertEqual(show_date("1962-11-15"), "15/11/1962")
        self.assertEqual(show_day(self.env, False), "")

    def test_summary_lists_what_is_wrong_then_what_is_of_no_field(self):
        errors = {"name": "Write it.", "": "Send it again."}
        items = [
            make_item("name", errors, label="Your name?"),
            make_item("age", errors, label="Age"),
        ]
        listed = [("f-name", "Your name\xa0: Write it."), (None, "Send it again.")]
        self.assertEqual(list_errors(items, errors), listed)
        self.assertEqual(list_errors(items, {**errors, "": ""}), listed[:1])

    def test_what_is_wrong_is_tied_to_its_input(self):
        item = make_item("a.b", {"a.b": "Trop long"}, label="Nom :", help="En entier")
        self.assertEqual((item["id"], item["describedby"]), ("f-a-b", "f-a-b-a f-a-b-e"))
        self.assertEqual(list_error(item), ("f-a-b", "Nom\xa0: Trop long"))
        show_if(item, "kind", "company", sentence="Pour une entreprise :")
        self.assertEqual(item["conditions"], [["all", [["kind", "in", ["company"]]]]])

    def test_communes_are_chosen_by_the_name_they_have_or_had(self):
        commune = self.env["territory.commune"].create(
            {"name": "Trifouillis", "insee_code": "99001", "zip": "99000"}
        )
        choices = self.env["territory.commune"]._get_form_choices()
        self.assertIn((commune.insee_code, "Trifouillis"), choices)
