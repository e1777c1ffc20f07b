import gzip
import re

from .common import ThemeCase

BUDGET = 150_000
FONTS = "/website_territory_theme/static/src/fonts/"


class TestWeight(ThemeCase):
    def resources(self, path):
        """Everything that the browser fetches to show the page, fonts of the style included."""
        page = self.open_page(path)
        found = [path, *page.xpath("//link[@rel='stylesheet' or @rel='preload']/@href")]
        found += page.xpath("//script/@src | //script/@data-src | //img/@src")
        found += page.xpath("//link[contains(@rel, 'icon')]/@href")
        for style in page.xpath("//link[@rel='stylesheet']/@href"):
            found += re.findall(rf"url\(({FONTS}[^)]+)\)", self.url_open(style).text)
        return dict.fromkeys(found)

    def test_page_composed_by_an_editor_gets_the_style_of_the_blocks(self):
        self.env.ref(
            "website_territory_theme.legal_notice_more"
        ).arch = '<t t-name="x"><section data-snippet="s_text_block"><p>…</p></section></t>'
        styles = [url for url in self.resources("/mentions-legales") if url.endswith(".css")]
        self.assertEqual(len(styles), 1)
        self.assertIn("web.assets_frontend.", styles[0])

    def test_home_is_light(self):
        sizes = {
            url: len(gzip.compress(self.url_open(url).content, 6)) for url in self.resources("/")
        }
        self.assertTrue([url for url in sizes if "assets_visitor" in url])
        self.assertEqual(len([url for url in sizes if url.startswith(FONTS)]), 2)
        self.assertLess(sum(sizes.values()), BUDGET, sizes)
