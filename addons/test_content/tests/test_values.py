from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.content_approval.exceptions import ContentErrors
from odoo.addons.content_approval.models import content_revision_typed

from .common import ContentCase, picture


@tagged("post_install", "-at_install")
class TestValues(ContentCase):
    """What is typed: a sentence for each wrong value, and nothing of it kept."""

    def test_wrong_values(self):
        draft = self._draft(story="Juste.")
        for name, value in (
            ("depth", "deux mètres"),
            ("depth", "nan"),
            ("depth", "-1"),
            ("water", "wine"),
            ("built_on", "31 février"),
            ("topic_ids", [0]),
            ("topic_ids", ["x"]),
            ("topic_ids", [float("inf")]),
            ("story", "a" * 5001),
            ("photo", b"not a picture"),
            ("hours_ids", [{"hour_from": "midi"}]),
            ("hours_ids", [{"day": "Lundi"}] * 61),
            ("hours_ids", "Lundi"),
        ):
            with self.assertRaises(ContentErrors, msg=f"{name} {value!r:.40}") as caught:
                draft._change({"story": "Autre.", name: value})
            self.assertEqual([*caught.exception.errors], [name])
        self.assertEqual(draft.sudo().values["story"], "Juste.")

    def test_fields_that_are_not_open(self):
        draft = self._draft()
        for name in ("rank", "version", "is_online", "owner_id", "id", "nothing"):
            with self.assertRaises(AccessError):
                draft._change({name: 5})

    def test_whatever_an_addon_opens(self):
        """Types that the wash house does not open."""
        House = self.env["wash.house"]
        draft = self._draft()
        for name, values in (
            ("rank", ("x", "1,5", 2**31, "9" * 99)),
            ("body", ("x",)),
            ("commune_id", ("x", 2**30)),
        ):
            for value in values:
                with self.subTest(name=name, value=value), self.assertRaises(ValidationError):
                    draft._clean_value(House, House._fields[name], value, None)
        self.assertEqual(draft._clean_value(House, House._fields["rank"], "1 200", None), 1200)
        file = self._draft(self.camille)._keep_image("photo", picture())
        for value in ("x", 1, {"file": "x"}, {"file": 2**30}, file):
            with self.subTest(value=value), self.assertRaises(ContentErrors):
                draft._change({"photo": value})
        with patch.object(content_revision_typed, "CHOICES_MAX", 1):
            draft._change({"topic_ids": self.topics[:1].ids})
            with self.assertRaises(ContentErrors):
                draft._change({"topic_ids": self.topics.ids})

    def test_a_line_of_another_page_is_not_taken(self):
        other = self.env["wash.house"]._create_as("data", {"name": "Autre"})
        other._publish_as("data", {"hours_ids": [(0, 0, {"day": "Dimanche"})]})
        line = other.hours_ids
        self._published(hours_ids=[{"id": line.id, "day": "Lundi"}])
        self.assertEqual(line.day, "Dimanche")
        self.assertEqual(self.house.hours_ids.mapped("day"), ["Lundi"])
        self.assertNotEqual(self.house.hours_ids, line)

    def test_any_value_is_kept_or_refused_in_a_sentence(self):
        anything = st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
            max_leaves=5,
        )
        names = [*self.env["wash.house"]._get_approval_fields()]
        draft = self._draft()

        @settings(max_examples=300)
        @given(st.sampled_from(names), anything)
        def typed(name, value):
            try:
                draft._change({name: value})
            except ContentErrors as errors:
                self.assertEqual([*errors.errors], [name])
            self.env.flush_all()

        typed()

    def test_the_preview_is_the_page_as_it_will_be(self):
        self._published(hours_ids=[{"day": "Mardi", "hour_from": "9", "hour_to": "12"}])
        draft = self._draft(
            story="Demain.", hours_ids=[{"day": "Jeudi"}], photo=picture(), photo_alt="Le lavoir"
        )
        draft.write({"body": "<p>Texte.</p>"})
        before = self._live()
        draft._get_preview()
        preview = draft._get_preview()
        self.assertEqual(preview.story, "Demain.")
        self.assertEqual(preview.hours_ids.mapped("day"), ["Jeudi"], "once, however often drawn")
        self.assertEqual(str(preview.body), "<p>Texte.</p>")
        self.assertTrue(preview.photo)
        self.assertIn(f"/{draft.id}/photo", preview._get_image_url("photo"))
        self.assertEqual(self._live(), before)

    def test_a_field_opened_since_a_draft_was_begun_is_shown_as_it_is_online(self):
        draft = self._draft(depth="2")
        kept = {name: value for name, value in draft.sudo().values.items() if name != "story"}
        draft._set({"values": kept, "base_values": kept})
        self.assertEqual(draft._get_preview().story, "Bâti en 1850, près du moulin.")
