"""Journeys in Chromium on a server that runs already: bin/test starts two, or
E_TERRITOIRE_URL and E_TERRITOIRE_MAIL name those that bin/run printed. With several, each process
of pytest-xdist takes one."""

import os
from urllib.parse import urlsplit

import pytest
from harness import (
    CHROMIUM_OPTIONS,
    CORE_RULES,
    CORE_WIDGETS,
    ROOT,
    WIDTHS,
    Mails,
    Watch,
    violations,
)
from playwright.sync_api import sync_playwright
from sweep import PHONE, SCRIPT, Look

for name in ("E_TERRITOIRE_URL", "E_TERRITOIRE_MAIL"):
    if servers := os.environ.get(name, "").split():
        worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
        os.environ[name] = servers[worker % len(servers)]


@pytest.fixture(scope="session")
def server():
    url = os.environ.get("E_TERRITOIRE_URL")
    assert url, "E_TERRITOIRE_URL says where the server is: see docs/testing.md"
    return url.rstrip("/")


@pytest.fixture(scope="session")
def mails():
    return Mails(os.environ["E_TERRITOIRE_MAIL"].rstrip("/"))


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell", args=CHROMIUM_OPTIONS
        )
        yield chromium
        chromium.close()


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def width(request):
    return request.param


@pytest.fixture
def expected_errors():
    """Patterns of console errors that the journey provokes, such as a page that does not exist."""
    return []


def make_context(browser, server, width, **options):
    context = browser.new_context(
        base_url=server,
        viewport={"width": width, "height": WIDTHS[width]},
        has_touch=width < 600,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(20_000)
    return context


@pytest.fixture
def new_page(browser, server, width, expected_errors):
    """A visitor more, with her own cookies. What goes wrong in her browser fails the journey."""
    opened, watch = [], Watch(urlsplit(server).netloc)

    def make(context=None, **options):
        if not context:
            context = make_context(browser, server, width, **options)
            opened.append(context)
        page = context.new_page()
        opened.append(page)
        watch.follow(page)
        return page

    yield make
    for each in reversed(opened):
        each.close()
    assert not (found := watch.findings(expected_errors)), "\n".join(found)


@pytest.fixture
def page(new_page):
    return new_page()


def log_in(page, persona):
    page.goto("/web/login")
    page.fill("input[name=login]", persona)
    page.fill("input[name=password]", persona)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/web/login" not in url)


@pytest.fixture
def login(page):
    """`login("camille")`: in her page; `login("sacha", other_page)`: in another browser."""

    def log_in_there(persona, where=page):
        log_in(where, persona)
        return where

    return log_in_there


@pytest.fixture(scope="module")
def browsers_of(browser, server):
    """Browsers where somebody is signed in already, kept with their cache for the whole module."""
    contexts = {}

    def find(persona, width):
        if (persona, width) not in contexts:
            context = contexts[persona, width] = make_context(browser, server, width)
            page = context.new_page()
            log_in(page, persona)
            page.close()
        return contexts[persona, width]

    yield find
    for context in contexts.values():
        context.close()


@pytest.fixture
def page_of(browsers_of, new_page, width):
    """`page_of("camille")`: a new tab of hers, for tests that only look."""
    return lambda persona: new_page(browsers_of(persona, width))


@pytest.fixture
def axe():
    """Zero violation: on the whole page, or inside our own views of the back office."""

    def check(page, back_office=False):
        found = (
            violations(page, [".o_action_manager"], CORE_WIDGETS, CORE_RULES)
            if back_office
            else violations(page)
        )
        assert not found, f"axe on {page.url}:\n" + "\n".join(found)

    return check


@pytest.fixture
def screenshot(width):
    folder = ROOT / "var" / "screenshots"

    def take(page, name):
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True, caret="initial")

    return take


@pytest.fixture
def look(screenshot, axe):
    """A page as it should be found: one title, no wider than the screen, no violation of axe."""

    def take(page, name):
        screenshot(page, name)
        assert page.locator("h1").count() == 1
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{overflow} px wider than the screen"
        axe(page)

    return take


@pytest.fixture
def look_closely(look, width):
    """A page where only a journey leads, as `sweep.py` looks at every other: once on a phone.

    The page is opened again: what was typed in it is lost.
    """

    def take(page, name):
        look(page, name)
        if width != PHONE:
            return
        findings = {}
        page.add_init_script(SCRIPT)
        page.reload()
        Look(page, findings).measure(name)
        assert not (faults := sum(findings.values(), [])), "\n".join(faults)

    return take
