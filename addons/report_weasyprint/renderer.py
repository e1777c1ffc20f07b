"""HTML in, tagged PDF out. No ORM here: what may be reached is the fetcher's business.

WeasyPrint only logs a missing language, title or alternative text; here it is an error, because a
letter that a blind person cannot read is not finished.
"""

import io
import logging
import re
import threading
from urllib.parse import unquote, urlsplit
from urllib.request import DataHandler, Request

from lxml import html as lxml_html
from PIL import Image, UnidentifiedImageError
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from odoo.tools import file_path

from .exceptions import RenderingError

_logger = logging.getLogger(__name__)

MAX_HTML_BYTES = 4_000_000
MAX_RESOURCE_BYTES = 4_000_000
MAX_PIXELS = 16_000_000
STATIC = re.compile(r"/(\w+/static/[\w@./-]+)")
STATIC_TYPES = {
    ".css": "text/css",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}
PDF_OPTIONS = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}

# Not made for two threads at once; a letter takes a tenth of a second.
_lock = threading.Lock()


class StaticFetcher(URLFetcher):
    """What a document may reach: what it carries (`data:`) and the static files of our addons.

    Nothing is asked of the network or of the disk besides, whatever the address looks like.
    """

    def __init__(self, base_url):
        super().__init__(allowed_protocols=())
        self.origin = urlsplit(base_url)[:2]

    def fetch(self, url, headers=None):
        try:
            content, mimetype = self._get_content(url)
        except (OSError, ValueError) as error:
            _logger.warning("Not fetched for a document: %.100s (%s)", url, error)
            raise ValueError("not allowed in a document") from error
        return URLFetcherResponse(url, content, {"Content-Type": mimetype})

    def _get_content(self, url):
        if len(url) > 2 * MAX_RESOURCE_BYTES:
            raise ValueError("too big")
        if url[:5].lower() == "data:":
            with DataHandler().data_open(Request(url)) as response:
                content, mimetype = response.read(), response.headers["Content-Type"]
        else:
            parts = urlsplit(url)
            match = STATIC.fullmatch(unquote(parts.path))
            if parts[:2] != self.origin or not match:
                raise ValueError("neither data nor a static file")
            path = file_path(match[1], filter_ext=tuple(STATIC_TYPES))
            mimetype = STATIC_TYPES[path[path.rindex(".") :].lower()]
            with open(path, "rb") as file:
                content = file.read()
        self._check_size(content)
        return content, mimetype

    def _check_size(self, content):
        """A picture of a few kilobytes may be gigabytes once drawn."""
        if len(content) > MAX_RESOURCE_BYTES:
            raise ValueError("too big")
        try:
            with Image.open(io.BytesIO(content)) as image:
                pixels = image.width * image.height
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError) as error:
            if isinstance(error, Image.DecompressionBombError):
                raise ValueError("too many pixels") from error
            return
        if pixels > MAX_PIXELS:
            raise ValueError("too many pixels")


class Document:
    """A document laid out, before it is written; keeps its fonts alive as long as its pages."""

    def __init__(self, html, base_url):
        html = html.decode() if isinstance(html, bytes) else str(html)
        if len(html) > MAX_HTML_BYTES:
            raise RenderingError("the document is too long")
        check_readable(html)
        self._fonts = FontConfiguration()
        with _lock:
            self.layout = HTML(
                string=html, base_url=base_url, url_fetcher=StaticFetcher(base_url)
            ).render(font_config=self._fonts)


def write_pdf(documents):
    """One PDF of these documents. Joined before it is written: what joins PDFs drops the tags."""
    layouts = [document.layout for document in documents]
    layout = layouts[0]
    if len(layouts) > 1:
        layout = layout.copy([page for each in layouts for page in each.pages])
    with _lock:
        return layout.write_pdf(finisher=_set_scopes, **PDF_OPTIONS)


def check_readable(html):
    """What a screen reader needs of a document (PDF/UA)."""
    root = lxml_html.document_fromstring(html)
    missing = []
    if not (root.get("lang") or "").strip():
        missing.append("the language of the document (lang)")
    if not (root.findtext("head/title") or "").strip():
        missing.append("its title")
    for image in root.iter("img"):
        if not (image.get("alt") or "").strip():
            missing.append(f"the alternative text of the picture {image.get('src', '')[:40]}")
    for drawing in root.iter("svg"):
        if not (drawing.findtext("title") or "").strip():
            missing.append("the title of a drawing")
    if missing:
        raise RenderingError(f"the document lacks {', '.join(missing)}")


def _set_scopes(layout, pdf):
    """WeasyPrint links cells to their headers, and leaves out the scope that PDF/UA asks for."""
    for page in layout.pages:
        for box in page._page_box.descendants():
            if box.element_tag == "th" and (mark := getattr(box, "mark", None)):
                of_row = box.element.get("scope") == "row"
                mark["A"]["Scope"] = "/Row" if of_row else "/Column"
