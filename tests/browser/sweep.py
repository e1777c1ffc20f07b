"""Every page, once for each kind of people, and what is measured on it while it is open.

One visit serves all the checks: text made larger, forced colours, the words as they are printed.
"""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urlsplit

from flows import find_draft_link, linger
from harness import WIDTHS, violations
from pages import PRIVATE, PUBLIC

# Who visits, and from where: the visitor first, whose pages the others do not open again.
STARTS = {
    None: ("/cette-page-n-existe-pas", "/inscription/confirmer?token=x", *PUBLIC.values()),
    "camille": tuple(PRIVATE["camille"].values()),
    "sacha": ("/my",),
    "dominique": ("/my",),
    "asso": ("/my",),
    "entreprise": ("/my",),
    "secretaire": ("/my/contributions",),
    "communication": tuple(PRIVATE["communication"].values()),
}
# Not pages, or the end of the session.
LEFT = re.compile(
    r"/web/(?!login|reset_password)|/odoo|\.(pdf|ics)$|/(piece|fichier|papier)(/|$)|/my/passkey"
)
# axe reads them in `test_pages.py`, at both widths.
GIVEN_TO_AXE = {*PUBLIC.values(), *(url for pages in PRIVATE.values() for url in pages.values())}
# Opened again by each of them: the page is another one.
OWN = re.compile(r"/my(/foyer|/demandes/0)?$")
# Forms that are refused when nothing is filled in.
HARMLESS = re.compile(
    r"^visitor .*(/formulaire|/inscription[^ ]*|/suivi[^ ]*|/web/[^ ]*)$"
    r"|/my/(security|foyer/(adresse|arrivee|depart|enfant|autorite/\d+|organisation))$"
    r"|/my/organisme/\d+/(inviter|passer-la-main)$"
)
PHONE, SMALLEST = 390, 320
# Of a sheet of paper between its margins.
SHEET = 680
WIDE = 1300
# Width of the screen, size of the text in pixels (16 is what browsers start with).
NORMAL = (PHONE, 16)
SIZES = (NORMAL, (PHONE, 24), (PHONE, 32), (SMALLEST, 16))
# As the browser does without script: what scripts do when sending is tested elsewhere.
SUBMIT = """
button => {
    const pressed = Object.assign(document.createElement("input"), {type: "hidden"});
    pressed.name = button.name || "_none";
    pressed.value = button.value;
    button.form.append(pressed);
    HTMLFormElement.prototype.submit.call(button.form);
}
"""
SCRIPT = Path(__file__).with_name("sweep.js").read_text()


def shape(url):
    """Two addresses of the same shape show the same kind of page."""
    parts = urlsplit(url)
    path = re.sub(r"\d+", "0", re.sub(r"/accuse/.*", "/accuse/0", parts.path))
    # The pages of the list of pages come first: full, on trial, being prepared.
    path = re.sub(r"^/communes/(?!carte$|mon-village$)[\w-]+$", "/communes/0", path)
    path = re.sub(r"^/annuaire/.*", "/annuaire/0", path)
    # Of each commune, and of each secret, one page.
    path = re.sub(r"(/commune|^/satisfaction|^/demarches/essai)/[^/]+$", r"\1/0", path)
    return path, tuple(sorted({name for name, _value in parse_qsl(parts.query)}))


class Look:
    """What is measured on a page while it is open, on a phone unless said; the page has `SCRIPT`.

    `findings[check]`: a line for each fault, with the page where it is.
    """

    def __init__(self, page, findings):
        self.page, self.findings = page, findings
        self.cdp = page.context.new_cdp_session(page)
        self.shown = None

    def measure(self, where):
        """Adds what is wrong with the page, `where` says which one it is."""
        self.where = where
        # Each other size is laid out anew, which takes longer than what is measured there.
        self.resize(*NORMAL)
        self.keep("words", self.page.evaluate("sweep.words()"))
        self.keep("size", self.page.evaluate("sweep.enlarged(sweep.sizes)"), "letters alone")
        self.look_at_width(PHONE, "light")
        for width, size in SIZES:
            self.resize(width, size)
            how = f"{width} px, text {size} px"
            self.keep("size", self.page.evaluate("sweep.sizes()"), how)
            if size == 16:
                self.keep("size", self.page.evaluate("sweep.brokenWords()"), how)
        self.resize(SHEET, 16)
        self.page.emulate_media(media="print")
        self.keep("print", self.page.evaluate("sweep.printed()"), "printed")
        self.page.emulate_media(media="screen")
        # The menu is another one on a wide screen.
        self.resize(WIDE, 16)
        self.look_at_width(WIDE, "dark")
        self.resize(*NORMAL)

    def look_at_width(self, width, scheme):
        self.keep("keys", self.page.evaluate("sweep.keys()"), f"{width} px")
        self.page.emulate_media(forced_colors="active", color_scheme=scheme)
        self.keep("forced", self.page.evaluate("sweep.forced()"), f"forced colours, {scheme}")
        self.page.emulate_media(forced_colors="none", color_scheme="light")

    def resize(self, width, size):
        if self.shown == (width, size):
            return
        self.page.set_viewport_size({"width": width, "height": WIDTHS[PHONE]})
        fonts = {"standard": size, "fixed": size}
        self.cdp.send("Page.setFontSizes", {"fontSizes": fonts})
        self.shown = width, size

    def keep(self, check, faults, how=""):
        found = self.findings.setdefault(check, [])
        found += [f"{self.where} [{how}]: {fault}" for fault in faults]


class Sweep:
    """Every page that links lead to, once for each kind of people."""

    def __init__(self, browser, server):
        self.browser, self.server = browser, server
        self.findings = {}
        self.pages = []
        self.known = set()

    def run(self):
        for persona, starts in STARTS.items():
            if not persona:
                starts = (*starts, find_draft_link(self.server))
            context = self.browser.new_context(
                base_url=self.server,
                viewport={"width": PHONE, "height": WIDTHS[PHONE]},
                has_touch=True,
                locale="fr-FR",
                timezone_id="Europe/Paris",
                reduced_motion="reduce",
            )
            context.set_default_timeout(20_000)
            context.add_init_script(SCRIPT)
            self.page = context.new_page()
            self.measured = Look(self.page, self.findings)
            if persona:
                self.log_in(persona)
            self.visit_from(persona, starts)
            context.close()
        return self

    def log_in(self, persona):
        self.page.goto("/web/login")
        self.page.fill("input[name=login]", persona)
        self.page.fill("input[name=password]", persona)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "/web/login" not in url)

    def visit_from(self, persona, starts):
        waiting = list(starts)
        self.known |= {shape(start) for start in starts}
        while waiting:
            url = waiting.pop(0)
            self.page.goto(url)
            where = f"{persona or 'visitor'} {url}"
            waiting += self.get_new_links(persona)
            self.look(where, is_new_to_axe=url not in GIVEN_TO_AXE)
            if self.send_nothing(where):
                self.look(f"{where} (sent as it was)")

    def get_new_links(self, persona):
        found = self.page.evaluate("[...document.links].map(link => link.href)")
        new = []
        for url in found:
            url = urldefrag(url).url
            path = url.removeprefix(self.server)
            if path == url or LEFT.search(urlsplit(path).path):
                continue
            key = shape(path)
            if key in self.known and not (persona and OWN.search(key[0])):
                continue
            if (persona, key) in self.known:
                continue
            self.known |= {key, (persona, key)}
            new.append(path)
        return new

    def look(self, where, is_new_to_axe=True):
        self.pages.append(where)
        self.measured.measure(where)
        if is_new_to_axe:
            self.measured.keep("axe", violations(self.page))

    def send_nothing(self, where):
        """The errors of a form are a page too: of those where nothing alone changes nothing."""
        button = self.page.locator("main form[method=post] button.btn-primary").first
        if not HARMLESS.search(where) or not button.count():
            return False
        if self.page.locator("[name=guard_token]").count():
            linger(self.page)
        with self.page.expect_navigation(wait_until="load"):
            button.evaluate(SUBMIT)
        return self.page.locator("[aria-invalid=true], .et-summary").count() > 0
