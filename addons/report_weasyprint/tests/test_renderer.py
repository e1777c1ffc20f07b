import base64
import io
import socket
from unittest.mock import patch

from PIL import Image

from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from .. import renderer
from ..exceptions import RenderingError
from . import pdf

BASE = "http://site.test:8069"
LETTER = """<!DOCTYPE html>
<html lang="fr-FR"><head><title>Une lettre</title>
<link rel="stylesheet" href="/report_weasyprint/static/src/css/document.css"></head>
<body><h1>Été 2026</h1><h2>Pièces reçues</h2>
<p>Vos 10\xa0000\xa0€ sont là. <a href="/suivi">Suivre la demande</a></p>
<ul><li>Un</li><li>Deux</li></ul>
<table><thead><tr><th scope="col">Pièce</th><th scope="col">Pages</th></tr></thead>
<tbody><tr><th scope="row">Bail</th><td>3</td></tr></tbody></table>
%s</body></html>"""


def png(width, height):
    content = io.BytesIO()
    Image.new("1", (width, height)).save(content, "PNG")
    return "data:image/png;base64," + base64.b64encode(content.getvalue()).decode()


def draw(more=""):
    return renderer.write_pdf([renderer.Document(LETTER % more, BASE)])


@tagged("post_install", "-at_install")
class TestRenderer(BaseCase):
    def test_a_screen_reader_finds_its_way(self):
        content = draw(f'<img alt="Un point" src="{png(2, 2)}">')
        reader = pdf.read(content)
        root = reader.trailer["/Root"]
        self.assertEqual(root["/Lang"], "fr-FR")
        self.assertEqual(reader.metadata.title, "Une lettre")
        self.assertTrue(root["/ViewerPreferences"]["/DisplayDocTitle"])
        self.assertTrue(root["/MarkInfo"]["/Marked"])
        self.assertIn(b"pdfuaid:part", root["/Metadata"].get_data())
        tags = pdf.get_tags(content)
        names = [name for name, _node in tags]
        for name in ("/H1", "/H2", "/P", "/L", "/LI", "/Table", "/THead", "/TR", "/TD", "/Link"):
            self.assertIn(name, names)
        self.assertEqual([node["/Alt"] for name, node in tags if name == "/Figure"], ["Un point"])
        scopes = [node["/A"]["/Scope"] for name, node in tags if name == "/TH"]
        self.assertEqual(scopes, ["/Column", "/Column", "/Row"])
        headers = {node["/ID"]: node for name, node in tags if name == "/TH"}
        (cell,) = [node for name, node in tags if name == "/TD"]
        self.assertTrue(set(cell["/A"]["/Headers"]) <= set(headers))
        self.assertEqual(pdf.get_links(content), [f"{BASE}/suivi"])

    def test_the_text_is_the_letter(self):
        self.assertEqual(
            pdf.get_text(draw()),
            "Été 2026 Pièces reçues Vos 10 000 € sont là. Suivre la demande "
            "Un Deux Pièce Pages Bail 3",
        )

    def test_the_fonts_are_ours_and_in_the_file(self):
        page = pdf.read(draw()).pages[0]
        fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
        names = {font["/BaseFont"].partition("+")[2] for font in fonts}
        self.assertIn("E-Territoire-Sans", names)
        self.assertTrue(any(name.startswith("Bitter") for name in names))
        for font in fonts:
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            self.assertTrue({"/FontFile2", "/FontFile3"} & set(descriptor.get_object()))

    def test_what_a_reader_lacks_is_refused(self):
        for before, after, named in (
            ('lang="fr-FR"', "", "lang"),
            ("<title>Une lettre</title>", "<title> </title>", "title"),
            ("<h1>", '<img src="a.png"><h1>', "a.png"),
            ("<h1>", '<img src="a.png" alt=" "><h1>', "a.png"),
            ("<h1>", "<svg viewBox='0 0 1 1'></svg><h1>", "drawing"),
        ):
            with self.subTest(after), self.assertRaises(RenderingError) as caught:
                renderer.Document((LETTER % "").replace(before, after), BASE)
            self.assertIn(named, str(caught.exception))

    def test_documents_joined_keep_their_tags(self):
        documents = [renderer.Document(LETTER % f"<h3>Numéro {n}</h3>", BASE) for n in (1, 2, 3)]
        content = renderer.write_pdf(documents)
        self.assertEqual(len(pdf.read(content).pages), 3)
        names = [name for name, _node in pdf.get_tags(content)]
        self.assertEqual(names.count("/H1"), 3)
        scopes = [n["/A"]["/Scope"] for name, n in pdf.get_tags(content) if name == "/TH"]
        self.assertEqual(scopes, ["/Column", "/Column", "/Row"] * 3)
        for number in (1, 2, 3):
            self.assertIn(f"Numéro {number}", pdf.get_text(content))

    def test_a_hostile_page_reaches_nothing(self):
        """Neither the network, nor the disk, nor the memory."""
        addresses = (
            "file:///etc/passwd",
            "FILE:///etc/hostname",
            "http://127.0.0.1:1/x.png",
            "https://127.0.0.1:1/x.css",
            "ftp://127.0.0.1/x",
            f"{BASE}/web/content/1",
            f"{BASE}/web/static/../../../../etc/passwd",
            f"{BASE}/web/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
            f"{BASE}/report_weasyprint/static/../renderer.py",
            f"{BASE}/report_weasyprint/static/src/fonts/OFL-Bitter.txt",
            "http://other.test/report_weasyprint/static/src/css/document.css",
            "//other.test/web/static/img/logo.png",
            png(20_000, 20_000),
        )
        hostile = "".join(
            f'<img alt="x" src="{address}"><link rel="stylesheet" href="{address}">'
            f'<link rel="attachment" href="{address}"><a rel="attachment" href="{address}">a</a>'
            f'<object data="{address}"></object><embed src="{address}">'
            f'<p style="background: url({address})">b</p>'
            f"<style>@import url({address}); @font-face {{font-family: f; src: url({address})}}"
            f"</style><svg viewBox='0 0 9 9'><title>s</title><image href='{address}'/>"
            f"<use href='{address}#a'/></svg>"
            for address in addresses
        )
        hostile += '<iframe src="file:///etc/passwd"></iframe><script src="/x.js"></script>'
        plain = len(draw())
        opened = []

        def refuse(*args, **kwargs):
            opened.append(args)
            raise OSError("no network in this test")

        with (
            patch.object(socket, "create_connection", refuse),
            patch.object(socket.socket, "connect", refuse),
            patch.object(renderer, "file_path", wraps=renderer.file_path) as paths,
            mute_logger("weasyprint", renderer.__name__),
        ):
            content = draw(hostile)
        self.assertEqual(opened, [])
        asked = {call.args[0] for call in paths.call_args_list}
        self.assertFalse({path for path in asked if "passwd" in path and ".." not in path})
        self.assertNotIn("root:", pdf.get_text(content))
        reader = pdf.read(content)
        self.assertFalse(reader.attachments)
        self.assertLess(len(content), plain + 200_000)

    def test_each_address_is_refused_by_itself(self):
        fetcher = renderer.StaticFetcher(BASE)
        good = f"{BASE}/report_weasyprint/static/src/css/document.css"
        self.assertEqual(fetcher.fetch(good).content_type, "text/css")
        self.assertEqual(fetcher.fetch(png(10, 10)).content_type, "image/png")
        for address in (
            "file:///etc/passwd",
            f"{BASE}/report_weasyprint/static/../renderer.py",
            f"{BASE}/report_weasyprint/static/src/fonts/OFL-Bitter.txt",
            f"{BASE}/web/login",
            "http://other.test/report_weasyprint/static/src/css/document.css",
            png(20_000, 20_000),
            "data:text/plain," + "x" * (renderer.MAX_RESOURCE_BYTES + 1),
        ):
            with (
                self.subTest(address[:60]),
                mute_logger(renderer.__name__),
                self.assertRaises(ValueError),
            ):
                fetcher.fetch(address)
        with self.assertRaises(RenderingError):
            renderer.Document(LETTER % ("x" * renderer.MAX_HTML_BYTES), BASE)
