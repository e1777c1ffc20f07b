from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit

from lxml import html

# Words typed in every search box.
TYPED = "bac"
# What ends the session, what the web client of the back office draws, and what only a script
# of core asks for.
LEFT = ("/web/session/logout", "/odoo", "/web/assets/", "/web?")
# A list that goes on for ever stops the crawl rather than the tests.
MOST_PAGES = 600


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

    def _get_form_targets(self, form):
        """The form as it is shown, once for each choice of its lists."""
        action = form.get("action") or self.final_url
        values = {
            name: value or (TYPED if form.inputs[name].get("type") in ("search", "text") else "")
            for name, value in form.form_values()
            if name
        }
        yield f"{action}?{urlencode(values)}", "<form>"
        for choice in form.xpath(".//select[@name]/option"):
            changed = {**values, choice.getparent().get("name"): choice.get("value", "")}
            yield f"{action}?{urlencode(changed)}", "<form>"


class Crawler:
    """Follows every link, filter and search form from some pages, as who is signed in."""

    def __init__(self, test, starts):
        self.test = test
        self.base = test.base_url()
        self.pages = {}
        self.links = 0
        self.broken = []
        self.outside = set()
        self.waiting = [(urljoin(self.base, start), "start", "") for start in starts]
        self.anchors = []

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
                    self.waiting.append((target, url, label))
            if len(self.pages) > MOST_PAGES:
                self.broken.append(f"more than {MOST_PAGES} pages: {url}")
                break
        self._check_anchors()
        return self

    def _open(self, url):
        return Page(url, self.test.url_open(url, allow_redirects=True))

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
