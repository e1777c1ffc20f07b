import re
from collections import Counter
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit

from lxml import html

# Words typed in every search box.
TYPED = "bac"
ESCAPED = re.compile(r"&(#\d+|#x[0-9a-f]+|amp|lt|gt|quot|apos);", re.IGNORECASE)
# Pages of one request: nobody else reads them, whatever they say.
PRIVATE = re.compile(r"/suivi/(?!code$)|.*/accuse/")
# What ends the session, what the web client of the back office draws, and what only a script
# of core asks for.
LEFT = ("/web/session/logout", "/odoo", "/web/assets/", "/web?")
# A list that goes on for ever stops the crawl rather than the tests.
MOST_PAGES = 700
# Of one page: the first PDF is drawn cold, on a machine that does something else too.
SECONDS = 60
# Of a list as long as that of the villages, some: the others lead to the same kind of page.
MOST_CHOICES = 4
# The same page for each page of the site, or in each village: some of them.
ALIKE = re.compile(
    r"/signaler-un-probleme\?|/salles/[^/?]+\?|/formulaire\?jour=|"
    r"/demarches/[^/?]+/commune/|/(demarches/[^?]+|signaler)\?commune="
)


class Page:
    """What was found at an address."""

    def __init__(self, url, response):
        self.url = url
        self.status = response.status_code
        self.final_url = response.url
        self.is_html = response.headers.get("Content-Type", "").startswith("text/html")
        self.tree = html.fromstring(response.content) if self.is_html and response.content else None

    @property
    def path(self):
        return urlsplit(self.final_url).path

    @property
    def targets(self):
        """Every address that this page leads to: (address, what leads there)"""
        if self.tree is None:
            return
        for attribute in ("href", "src"):
            for node in self.tree.xpath(f"//body//*[@{attribute}] | //head/link[@{attribute}]"):
                yield node.get(attribute).strip(), f"<{node.tag}> {node.text_content().strip()}"
        for form in self.tree.xpath("//form[not(@method) or @method='get' or @method='GET']"):
            yield from self._get_form_targets(form)

    def get_head(self):
        """What the page says of itself to a browser, a search engine, a social network."""
        return {
            "lang": self.tree.xpath("string(/html/@lang)"),
            "title": " ".join((self.tree.findtext(".//title") or "").split()),
            "canonical": self.tree.xpath("string(//link[@rel='canonical']/@href)"),
            **{
                meta.get("property") or meta.get("name"): meta.get("content", "")
                for meta in self.tree.xpath("//head/meta[@name or @property]")
            },
        }

    def get_head_faults(self):
        head = self.get_head()
        expected = {
            "og:title": head["title"],
            "og:description": head.get("description", ""),
            "og:url": head["canonical"],
            "og:type": "website",
            "og:locale": "fr_FR",
            "twitter:title": head["title"],
        }
        for name, value in expected.items():
            if head.get(name) != value:
                yield f"{name} is {head.get(name)!r} rather than {value!r}"
        for name in ("title", "description", "canonical", "og:image", "og:site_name"):
            if not head.get(name):
                yield f"no {name}"
        for name in ("title", "description", "og:title", "og:site_name"):
            if ESCAPED.search(head.get(name, "")):
                yield f"{name} is escaped twice: {head[name]}"
        if not 20 <= len(head.get("description", "")) <= 200:
            yield f"description of {len(head.get('description', ''))} characters"
        if not head["canonical"].startswith("http") or "?" in head["canonical"]:
            yield f"canonical is {head['canonical']}"
        if not head["lang"].startswith("fr"):
            yield f"language is {head['lang']}"
        if len(self.tree.xpath("//h1")) != 1:
            yield f"{len(self.tree.xpath('//h1'))} titles of first level"

    def _get_form_targets(self, form):
        """The form as it is shown, once for each choice of its lists."""
        action = form.get("action") or self.final_url
        values = {
            name: value or (TYPED if form.inputs[name].get("type") in ("search", "text") else "")
            for name, value in form.form_values()
            if name
        }
        yield f"{action}?{urlencode(values)}", "<form>"
        for choice in form.xpath(f".//select[@name]/option[position() <= {MOST_CHOICES}]"):
            changed = {**values, choice.getparent().get("name"): choice.get("value", "")}
            yield f"{action}?{urlencode(changed)}", "<form>"


class Crawler:
    """Follows every link, filter and search form from some pages, as who is signed in.

    `get_kind`: what pages of one kind have in common, of an address. `known`: the kinds that a
    visitor has followed to the end; each of the others opens one of their pages.
    """

    def __init__(self, test, starts, get_kind, known=()):
        self.test, self.get_kind, self.known = test, get_kind, known
        self.base = test.base_url()
        self.pages = {}
        self.links = 0
        self.broken = []
        self.outside = set()
        self.waiting = [(urljoin(self.base, start), "start", "") for start in starts]
        self.anchors = []
        self.alike = Counter()

    def run(self):
        seen = {url for url, _source, _label in self.waiting}
        while self.waiting:
            url, source, label = self.waiting.pop(0)
            page = self.pages[url] = self._open(url)
            if page.status >= 400:
                self.broken.append(f"{page.status} {url} from {source} {label}")
                continue
            for target, label in page.targets:
                self.links += 1
                target, fragment = self._resolve(page, target)
                if not target:
                    continue
                if fragment:
                    self.anchors.append((target, fragment, url))
                if target not in seen:
                    seen.add(target)
                    if not self._is_one_more(target):
                        self.waiting.append((target, url, label))
            if len(self.pages) > MOST_PAGES:
                self.broken.append(f"more than {MOST_PAGES} pages: {url}")
                break
        self._check_anchors()
        return self

    def _is_one_more(self, url):
        found = ALIKE.search(url)
        kind = found.group() if found else self.get_kind(url)
        if not found and kind not in self.known:
            return False
        self.alike[kind] += 1
        return self.alike[kind] > (1 if kind in self.known else MOST_CHOICES)

    def _open(self, url):
        return Page(url, self.test.url_open(url, timeout=SECONDS, allow_redirects=True))

    def _resolve(self, page, target):
        """(address inside of the site, the same for two spellings; fragment) or (None, None)"""
        url, fragment = urldefrag(urljoin(page.final_url, target))
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            return None, None
        if f"{parts.scheme}://{parts.netloc}" != self.base:
            self.outside.add(url)
            return None, None
        path = url.removeprefix(self.base)
        if path.startswith(LEFT):
            return None, None
        query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
        return parts._replace(query=query).geturl(), fragment

    def _check_anchors(self):
        """A link to a part of a page leads to something."""
        for target, fragment, source in self.anchors:
            page = self.pages.get(target)
            if page and page.tree is not None and not page.tree.xpath("//*[@id=$id]", id=fragment):
                self.broken.append(f"no #{fragment} in {target} from {source}")

    @property
    def html_pages(self):
        """One page for each address where it ended."""
        return {page.path: page for page in self.pages.values() if page.tree is not None}

    def get_head_faults(self):
        """Of every page; two pages do not bear the same title or description."""
        known = {}
        for path, page in sorted(self.html_pages.items()):
            if PRIVATE.match(path):
                continue
            yield from (f"{path}: {fault}" for fault in page.get_head_faults())
            head = page.get_head()
            for name in ("title", "description"):
                twin = known.setdefault((name, head.get(name)), path)
                if twin != path and head.get(name):
                    yield f"{path}: the {name} of {twin}: {head[name]}"
