import time
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.content_approval.exceptions import ContentErrors
from odoo.addons.content_approval.models import content_revision_text
from odoo.addons.content_approval.tests.reading import accept

from .common import ContentCase, picture

# Each of these asks another site, or what may change after it was read, when the page is shown.
LOADED = (
    r'<img src="/\ailleurs.example/a.png" alt="A">',
    r'<img src="\\ailleurs.example\a.png" alt="A">',
    '<img src="/&#9;/ailleurs.example/a.png" alt="A">',
    '<img src="http:ailleurs.example/a.png" alt="A">',
    '<img src="/web/image/1" srcset="/a.png 1x, //ailleurs.example/b.png 2x" alt="A">',
    '<img src="web/image/1" alt="A">',
    '<img src="/web/image/res.company/1/logo" alt="A">',
    '<img src="/web/image?model=res.company&amp;id=1&amp;field=logo" alt="A">',
    '<img src="/web/image/999999999/a.png" alt="A">',
    '<img src="/logo.png" alt="A">',
    '<img src="/web/image/1?model=res.company&amp;field=logo" alt="A">',
    r'<p style="background-image: url(\2f\2f ailleurs.example/a.png)">A</p>',
    r'<p style="background-image: url(/\ailleurs.example/a.png)">A</p>',
    '<p style="background-image: url(/web/image/res.company/1/logo)">A</p>',
    '<video src="/web/content/1" poster="//ailleurs.example/a.png"></video>',
    '<svg><image href="//ailleurs.example/a.png"/></svg>',
    '<svg><use xlink:href="/web/content/1#a"/></svg>',
)
RUN = (
    '<p onclick="alert(1)">A</p>',
    '<img src="/web/static/img/smile.svg" onerror="alert(1)" alt="A">',
    '<a href="javascript:alert(1)">A</a>',
    '<a href=" java&#9;script:alert(1)">A</a>',
    '<a href="data:text/html,x">A</a>',
    "<style>@import '//ailleurs.example/a.css';</style>",
)


@tagged("post_install", "-at_install", "-standard", "sweep_fuzz")
class TestHostile(ContentCase):
    """What a contributor types to harm: refused with a sentence, in a short time."""

    def _put(self, draft, name="mur.png", **values):
        return self.env["ir.attachment"].create(
            {"name": name, "raw": picture(), "res_model": draft._name, "res_id": draft.id, **values}
        )

    def _passes(self, text):
        """Whether it is sent, kept as it is by the database (who draws the site types so)."""
        draft = self._draft()
        draft.sudo()._set({"body": False})
        self.env.flush_all()
        self.env.cr.execute("UPDATE content_revision SET body = %s WHERE id = %s", [text, draft.id])
        self.env.invalidate_all()
        try:
            draft.action_submit()
        except UserError as refused:
            if not isinstance(refused, ContentErrors):
                raise AssertionError(text) from refused
            self.assertEqual([*refused.errors], ["body"])
            return False
        draft.action_take_back()
        return True

    def test_nothing_is_loaded_that_may_change_after_it_was_read(self):
        passed = [text for text in LOADED if self._passes(text)]
        self.assertEqual(passed, [])

    def test_nothing_runs_in_a_page(self):
        passed = [text for text in RUN if self._passes(text)]
        self.assertEqual(passed, [])

    def test_what_the_builder_makes_passes(self):
        file = self._put(self._draft())
        for text in (
            "<h2>Au lavoir</h2><p>Ouvert <strong>le soir</strong>.</p>",
            f'<img src="/web/image/{file.id}-1a2b3c/mur.png" alt="Mur" loading="lazy">',
            f'<img src="/web/image/{file.id}/mur.png?unique=1" alt="Mur">',
            '<img src="/web/static/img/smile.svg" alt="Sourire">',
            '<img src="data:image/png;base64,iVBORw0KGgo=" alt="Point">',
            f'<section style="background-image: url(&quot;/web/image/{file.id}&quot;)">A</section>',
            '<a href="https://ailleurs.example/a">Ailleurs</a> <a href="mailto:a@b.fr">Écrire</a>',
            '<a href="/annuaire?q=a">Annuaire</a> <a href="tel:+33300000000">Appeler</a>',
        ):
            self.assertTrue(self._passes(text), text)

    def test_a_file_of_somebody_elses_draft_is_not_brought_online(self):
        theirs = self._put(self._draft(self.camille))
        self.assertFalse(self._passes(f'<img src="/web/image/{theirs.id}" alt="Mur">'))

    def test_the_files_of_a_text_are_of_this_change_or_were_published_of_the_same_page(self):
        """Asked where a text is brought back too, which nobody types."""
        published, other = self._draft(), self.env["wash.house"]._create_as("data", {"name": "B"})
        before = self._put(published)
        published._change({"body": f'<p><img src="/web/image/{before.id}" alt="Mur"></p>'})
        published.action_submit()
        accept(published.with_user(self.reader))
        draft, theirs = self._draft(), self._draft(self.camille)
        elsewhere = other.with_user(self.manager)._propose()
        far = self._put(elsewhere)
        elsewhere._change({"body": f'<p><img src="/web/image/{far.id}" alt="Mur"></p>'})
        elsewhere.action_submit()
        accept(elsewhere.with_user(self.reader))
        user = self.env["ir.attachment"].create({"name": "x.png", "raw": picture()})
        # Of another record, that happens to have the number of this change.
        chance = user.copy({"res_model": "territory.topic", "res_id": draft.id})
        live = self.house.sudo()._as_publication()
        for file, is_hers in (
            (before, True),
            (self._put(draft), True),
            (self._put(theirs), False),
            (far, False),
            (user, False),
            (chance, False),
        ):
            self.assertEqual(draft._owns_media(file), is_hers, file)
            text = f'<p><img src="/web/image/{file.id}" alt="Mur"></p>'
            copied = str(draft._copy_media(text, live, public=True))
            self.assertEqual(copied != text, is_hers, file)

    def test_a_file_of_another_record_is_not_shown(self):
        """Its owner would change it after it was read."""
        own = self.env["ir.attachment"].with_user(self.secretary)
        own = own.create({"name": "mur.png", "raw": picture()})
        self.assertFalse(self._passes(f'<img src="/web/image/{own.id}/mur.png" alt="Mur">'))

    def test_what_is_taken_off_the_site_is_no_longer_served(self):
        draft = self._draft()
        file = self._put(draft)
        draft.write({"body": f'<p><img src="/web/image/{file.id}" alt="Mur"></p>'})
        draft.action_submit()
        accept(self._as(draft, self.reader))
        shown = self.env["ir.attachment"].search(
            [("res_model", "=", "wash.house"), ("res_id", "=", self.house.id)]
        )
        self.assertTrue(shown.public)
        self.house.with_user(self.reader).action_take_offline("Une photo d'enfant.")
        self.assertFalse(shown.public)
        self._published(story="Corrigé.")
        self.assertTrue(shown.public, "the page is back")
        draft = self._draft()
        draft.write({"body": "<p>Sans image.</p>"})
        draft.action_submit()
        accept(self._as(draft, self.reader))
        self.assertFalse(shown.public, "the text shows it no more")

    def test_a_picture_that_its_author_deleted(self):
        draft = self._draft()
        self._set_image(draft)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", draft._name), ("res_id", "=", draft.id)]
        )
        files.with_user(self.secretary).unlink()
        with self.assertRaises(ContentErrors) as caught:
            draft.action_submit()
        self.assertEqual([*caught.exception.errors], ["photo"])

    def test_a_picture_that_is_replaced_leaves_nothing_behind(self):
        draft = self._draft()
        own = [("res_model", "=", draft._name), ("res_id", "=", draft.id)]
        for size in range(10, 20):
            self._set_image(draft, size=(size, size))
        self.assertEqual(self.env["ir.attachment"].search_count(own), 1)

    def test_a_picture_of_the_text_is_put_while_it_is_hers_and_not_too_many(self):
        draft = self._draft(story="Bâti en 1852.")
        draft._add_text_picture(picture())
        with patch.object(content_revision_text, "FILES_MAX", 1):
            with self.assertRaisesRegex(ValidationError, "at most"):
                draft._add_text_picture(picture())
        with self.assertRaises(ValidationError):
            draft._add_text_picture(b"x")
        with self.assertRaises(AccessError):
            draft.with_user(self.stranger)._add_text_picture(picture())
        draft.action_submit()
        with self.assertRaisesRegex(UserError, "being read"):
            draft._add_text_picture(picture())

    def test_signs_that_the_database_refuses(self):
        for value in ("a\x00b", "a\ud800b", "\udfff"):
            draft = self._draft()
            draft._change({"story": f"Bâti {value}", "body": f"<p>Bâti {value}</p>"})
            self.env.flush_all()
            self.assertIn("Bâti", draft.body)

    def test_what_is_too_large_is_refused_at_once(self):
        draft, begun = self._draft(), time.monotonic()
        many = [{"day": "Lundi", "hour_from": "8", "hour_to": "9"}] * 10_000
        for values in (
            {"story": "a" * 50_000_000},
            {"hours_ids": many},
            {"hours_ids": [{"day": "a" * 10_000_000}]},
            {"photo": b"\x89PNG\r\n\x1a\n" + b"\x00" * 50_000_000},
            {"depth": "9" * 100_000},
            {"topic_ids": [10**30]},
            {"topic_ids": list(range(1, 100_000))},
            {"built_on": "9" * 1_000_000},
            {"water": "x" * 10_000_000},
            {"body": "<p>a</p>" * 1_000_000},
            {"body": "<div>" * 50_000},
        ):
            with self.assertRaises(ContentErrors, msg=str(values)[:60]):
                draft._change(values)
        self.assertLess(time.monotonic() - begun, 15)

    def test_a_text_of_boxes_in_boxes(self):
        """As deep as the form lets it be: sent, compared, shown."""
        draft, begun = self._draft(), time.monotonic()
        draft._change({"body": "<div>" * 3000 + "a" + "</div>" * 3000})
        try:
            draft.action_submit()
            draft._get_difference()
        except (ContentErrors, UserError):
            self.assertEqual(draft.state, "draft")
        self.assertLess(time.monotonic() - begun, 5)

    def test_the_worst_texts_are_compared_in_a_short_time(self):
        for before, after in (
            ("a b " * 1240, "b a " * 1240),
            ("a " * 2490, "a " * 2480 + "b"),
            (" ".join(map(str, range(1200))), " ".join(map(str, range(1200, 0, -1)))),
        ):
            draft = self._draft()
            draft._set({"base_values": {**draft.sudo().values, "story": before}})
            draft._change({"story": after, "body": f"<p>{after}</p>" * 2})
            draft._set({"base_body": f"<p>{before}</p>" * 2})
            begun = time.monotonic()
            self.assertEqual(len(draft._get_difference()), 2)
            self.assertLess(time.monotonic() - begun, 2, before[:20])

    def test_entities_that_grow_do_not(self):
        bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;&b;</p>'
        draft = self._draft()
        draft._change({"body": bomb})
        self.assertLess(len(draft.body), 500)

    def test_files_that_are_being_read_do_not_change(self):
        draft = self._draft()
        file = self._put(draft)
        draft.write({"body": f'<p><img src="/web/image/{file.id}" alt="Mur"></p>'})
        draft.action_submit()
        for user in (self.secretary, self.reader, self.manager, self.technician, self.env.user):
            for act in (
                lambda own: own.write({"raw": b"x"}),
                lambda own: own.write({"res_id": draft.id + 1}),
                lambda own: own.unlink(),
                lambda own: own.copy(),
            ):
                with self.assertRaises(AccessError):
                    act(file.with_user(user))
        with self.assertRaises(AccessError):
            self._put(draft)
