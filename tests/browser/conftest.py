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
            executable_path="/usr/bin/chromium", args=CHROMIUM_OPTIONS
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


@pytest.fixture
def new_page(browser, server, width, expected_errors):
    """A visitor more, with her own cookies. What goes wrong in her browser fails the journey."""
    contexts, watch = [], Watch(urlsplit(server).netloc)

    def make(**options):
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
        contexts.append(context)
        page = context.new_page()
        watch.follow(page)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not (found := watch.findings(expected_errors)), "\n".join(found)


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def login(page):
    """`login("camille")`: in her page; `login("sacha", other_page)`: in another browser."""

    def log_in(persona, where=page):
        where.goto("/web/login")
        where.fill("input[name=login]", persona)
        where.fill("input[name=password]", persona)
        where.press("input[name=password]", "Enter")
        where.wait_for_url(lambda url: "/web/login" not in url)
        return where

    return log_in


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
