from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.content_approval.tests.reading import accept

from .common import ContentCase, picture


@tagged("post_install", "-at_install")
class TestDifference(ContentCase):
    """Whoever reads sees what changes, and nothing else."""

    def test_words(self):
        (change,) = self._draft(story="Bâti en 1852, au pont du moulin.")._get_difference()
        self.assertEqual((change["name"], change["kind"]), ("story", "words"))
        self.assertEqual(
            [text for how, text in change["before"] if how == "removed"], ["1850", "près"]
        )
        self.assertEqual(
            [text for how, text in change["after"] if how == "added"], ["1852", "au pont"]
        )

    def test_both_sides_say_the_whole(self):
        @settings(max_examples=150)
        @given(st.text(max_size=60), st.text(max_size=60))
        def both(before, after):
            old, new = self.env["content.revision"]._compare_words(before, after)
            self.assertEqual("".join(text for _how, text in old), before)
            self.assertEqual("".join(text for _how, text in new), after)
            same = [[text for how, text in side if how == "same"] for side in (old, new)]
            self.assertEqual("".join(same[0]), "".join(same[1]))

        both()

    def test_hours_line_by_line(self):
        self._published(
            hours_ids=[
                {"day": "Mardi", "hour_from": "9", "hour_to": "12"},
                {"day": "Jeudi", "hour_from": "14", "hour_to": "17"},
            ]
        )
        tuesday, _thursday = self.house.hours_ids
        draft = self._draft(
            hours_ids=[
                {"id": tuesday.id, "hour_to": "11"},
                {"day": "Samedi", "hour_from": "8", "hour_to": "9"},
            ]
        )
        (change,) = draft._get_difference()
        self.assertEqual(change["kind"], "lines")
        self.assertEqual(
            [(row["label"], row["state"]) for row in change["rows"]],
            [("Mardi", "changed"), ("Jeudi", "removed"), ("Samedi", "added")],
        )

    def test_a_picture_with_its_words(self):
        self._published(photo=picture("red"), photo_alt="Le lavoir")
        draft = self._draft(photo=picture("blue"), photo_alt="Le lavoir et le pont")
        image, alt = draft._get_difference()
        self.assertEqual((image["kind"], alt["name"]), ("image", "photo_alt"))
        self.assertEqual(image["before"].res_model, "content.revision")
        self.assertNotEqual(image["before"].raw, image["after"].raw)

    def test_the_picture_of_a_line(self):
        draft = self._draft(hours_ids=[{"day": "Lundi", "picture": picture()}])
        (change,) = draft._get_difference()
        (kept,) = draft.sudo().values["hours_ids"]
        self.assertEqual(change["rows"][-1]["images"], ([], [kept["picture"]["sum"]]))

    def test_choices_days_and_numbers(self):
        draft = self._draft(
            water="river",
            built_on="1850-05-01",
            is_covered=True,
            depth="2",
            topic_ids=self.topics.ids,
        )
        said = {each["name"]: each["after"][0][1] for each in draft._get_difference()}
        self.assertEqual(said["water"], "River")
        self.assertEqual(said["topic_ids"], "Eau, Fêtes")
        self.assertEqual(said["is_covered"], "Yes")

    def test_the_text_of_the_builder(self):
        draft = self._draft()
        draft.write({"body": "<p>Le lavoir du <b>moulin</b>.</p><script>alert(1)</script>"})
        (change,) = draft._get_difference()
        self.assertEqual((change["name"], change["kind"]), ("body", "text"))
        self.assertIn("<ins>", change["after"])
        self.assertNotIn("script", change["after"])
        self.assertNotIn("moulin", change["before"])

    def test_what_the_builder_only_moves_is_no_change(self):
        draft = self._draft()
        draft.write({"body": "<p>Un.</p><p>Deux.</p>"})
        draft.action_submit()
        accept(draft.with_user(self.reader))
        draft = self._draft()
        draft.write({"body": "<p>Un.</p>\n  <p> Deux.</p>\n"})
        self.assertFalse(draft._get_difference())

    def test_any_two_versions(self):
        first = self._published(story="Un.")
        self._published(story="Deux.")
        third = self._published(story="Trois.")
        (change,) = third._get_difference(earlier=first)
        self.assertEqual(change["before"], [("removed", "Un"), ("same", ".")])

    def test_a_new_page_is_all_added(self):
        draft = (
            self.env["content.revision"]
            .with_user(self.camille)
            ._begin_new("wash.house", communes=self.commune)
        )
        draft._change({"name": "Lavoir du Haut"})
        (change,) = draft._get_difference()
        self.assertEqual((change["before"], change["after"]), ([], [("added", "Lavoir du Haut")]))
