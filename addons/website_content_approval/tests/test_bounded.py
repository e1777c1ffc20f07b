import time

import hypothesis
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..pages.bounded import bound, rename_headings

WRITTEN = (
    '<h3>Les sentiers</h3><p>Trois <strong>boucles</strong>, <a href="/communes">d\'ici</a>.</p>'
    "<ul><li>Une</li><li>Deux</li></ul>"
    '<figure class="et-fig"><img src="/web/image/3" alt="Un sentier"'
    ' loading="lazy" class="img-fluid"><figcaption>Photo : moi</figcaption></figure>'
    '<div class="container o_text_columns"><div class="row"><div class="col-md-6"><p>A</p></div>'
    '<div class="col-md-6"><p>B</p></div></div></div>'
)

# Pieces of what a browser, or anything else, may send.
SOUP = (
    "<html>|</html>|<head>|<body a=1>|<BODY\n>|</body>|<frameset>|<!doctype html>|<p>|</p>|<p/>"
    "|<table><td>|<figure>|<figcaption>|<h1>|<div class='row'>|<!--|-->|<![CDATA[|]]>|<?php|</|<|>"
    "|&|&#0;|&#xd800;|<a href=|'|\x00|\x0b|\ufffe|mot| |<svg><style>|<math><mtext>|<xmp>"
).split("|")


@tagged("post_install", "-at_install")
class TestBounded(BaseCase):
    """Whatever a browser sends, the text holds what the editor of the page offers."""

    def test_what_the_editor_writes_stays(self):
        self.assertEqual(bound(WRITTEN), WRITTEN)
        self.assertEqual(bound(bound(WRITTEN)), WRITTEN)

    def test_headings_of_other_levels_are_no_foreign_text(self):
        """A text that has them is written in the page: they become those of a block."""
        text = '<h2 class="x">A</h2><p>h2 &lt;h2&gt;</p><h6>C</h6>'
        self.assertEqual(
            rename_headings(text), '<h3 class="x">A</h3><p>h2 &lt;h2&gt;</p><h4>C</h4>'
        )
        self.assertEqual(bound(rename_headings(text)), bound(text))

    def test_words_stay_and_what_carries_them_goes(self):
        for given, kept in (
            ("", ""),
            ("  ", ""),
            ("<h1>A</h1><h2>B</h2><h6>C</h6>", "<h3>A</h3><h3>B</h3><h4>C</h4>"),
            ('<div class="o-paragraph">A</div>', "<p>A</p>"),
            ('<div style="color:red"><p onclick="x()" style="y">A</p></div>', "<p>A</p>"),
            ('<p class="text-danger o_text_columns">A</p>', '<p class="o_text_columns">A</p>'),
            ('<section data-snippet="s_x"><p>A</p></section>', "<p>A</p>"),
            ("<p><font>A</font><span>B</span></p>", "<p>AB</p>"),
            (
                '<div class="row"><div class="col-6">A</div></div>',
                '<div class="row"><div class="col-md-6">A</div></div>',
            ),
            ('<p>A<img src="data:image/png;base64,AAAA" alt="x">B</p>', "<p>AB</p>"),
            ('<p>A<img src="https://ailleurs.example/a.png" alt="x">B</p>', "<p>AB</p>"),
            ("<p>A<!-- b --></p>", "<p>A</p>"),
            ("<p>A</p><p>\ufeff<br></p><p></p>", "<p>A</p>"),
            (
                "<figure><figcaption>A<p>B</p></figcaption></figure>",
                "<figure><figcaption>AB</figcaption></figure>",
            ),
        ):
            self.assertEqual(bound(given), kept, given)

    def test_nothing_runs_nor_is_asked_elsewhere(self):
        for hostile in (
            "<script>x()</script>",
            "<style>@import '//a'</style>",
            '<iframe src="/a"></iframe>',
            '<form action="/a"><input name="b"><button>A</button></form>',
            '<a href="javascript:x()">A</a>',
            '<a href=" java&#9;script:x()">A</a>',
            '<img src="/web/image/1" onerror="x()" srcset="//a 2x" alt="A">',
            '<svg onload="x()"><use xlink:href="/a#b"/></svg>',
            '<object data="/a"></object><embed src="/a"><video poster="//a"></video>',
            '<meta http-equiv="refresh" content="0;url=//a"><link rel="stylesheet" href="//a">',
        ):
            kept = bound(f"<p>A</p>{hostile}")
            self.assertTrue(kept.startswith("<p>A</p>"), kept)
            for word in ("x()", "//a", '"/a', "<form", "<svg", "onerror", "srcset"):
                self.assertNotIn(word, kept, hostile)

    def test_broken_text_is_mended(self):
        tails = ("&lt;script&gt;", "<<>>", "<a href=<math><a href=", "<p><math><p>", "<h1><foo><p>")
        for given in ("<p>A", "A<b>B", "</div><p>A</p>", "<ul><li>A", *tails):
            once = bound(given)
            self.assertEqual(bound(once), once, given)

    @hypothesis.given(st.lists(st.sampled_from(SOUP), max_size=12).map("".join))
    def test_whatever_is_posted_becomes_a_text(self, body):
        written = bound(body)
        self.assertEqual(bound(written), written, "a text that is kept is not changed again")
        for sign in ("<script", "<style", "<svg", "<html", "<body", "<!--"):
            self.assertNotIn(sign, written.lower())

    def test_the_words_of_a_whole_document_are_kept(self):
        body = "<html><head><title>T</title></head><body><p>Un mot.</p></body></html>"
        self.assertIn("Un mot.", bound(body))
        self.assertIn("x", bound("</body><body>x"))

    def test_many_empty_lines_cost_little(self):
        start = time.process_time()
        self.assertEqual(bound("<p></p>" * 28_000), "")
        few = time.process_time() - start
        self.assertLess(few, 1.5)
