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
    find_address,
    violations,
)
from playwright.sync_api import expect, sync_playwright
from sweep import PHONE, SCRIPT, Look

# As a menu does.
OPEN_ACTION = """
([action, viewType]) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction(
    action, {clearBreadcrumbs: true, viewType}
)
"""


@pytest.fixture(scope="session")
def server():
    return find_address("E_TERRITOIRE_URL")


@pytest.fixture(scope="session")
def mails():
    return Mails(find_address("E_TERRITOIRE_MAIL"))


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
def watch(server, expected_errors):
    """What goes wrong in the browsers that it follows fails the journey."""
    watch = Watch(urlsplit(server).netloc)
    yield watch
    assert not (found := watch.findings(expected_errors)), "\n".join(found)


@pytest.fixture
def new_page(browser, server, width, watch):
    """A visitor more, with her own cookies."""
    opened = []

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
    """Browsers where somebody is signed in already (None: a visitor), kept with their cache for the
    whole module."""
    contexts = {}

    def find(persona, width):
        if (persona, width) not in contexts:
            context = contexts[persona, width] = make_context(browser, server, width)
            if persona:
                page = context.new_page()
                log_in(page, persona)
                page.close()
        return contexts[persona, width]

    yield find
    for context in contexts.values():
        context.close()


@pytest.fixture
def page_of(browsers_of, new_page, width):
    """`page_of("camille")`: a new tab of hers, for tests that only look; `page_of()`: of a
    visitor."""
    return lambda persona=None: new_page(browsers_of(persona, width))


@pytest.fixture(scope="module")
def web_clients(browsers_of):
    """Tabs of the back office that stay open: its client takes longer to load than a view."""
    pages = {}

    def find(persona, width):
        if (persona, width) not in pages:
            page = pages[persona, width] = browsers_of(persona, width).new_page()
            page.goto("/odoo")
            page.wait_for_selector(".o_action_manager > *")
        return pages[persona, width]

    return find


@pytest.fixture
def open_action(web_clients, watch, width):
    """`open_action("agent.dechets", "module.action")`: her tab of the back office, which shows it;
    `module.action?view_type=list` for a view of it."""
    followed = []

    def open_there(persona, action):
        page = web_clients(persona, width)
        watch.follow(page)
        followed.append(page)
        name, _, view = action.partition("?view_type=")
        page.evaluate(OPEN_ACTION, [name, view or None])
        return page

    yield open_there
    for page in followed:
        watch.leave(page)


@pytest.fixture
def axe():
    """Zero violation: on the whole page, or inside our own views of the back office."""

    def check(page, back_office=False, window=""):
        """`window`: selector of what is ours in one of the back office, whose frame is core's."""
        inside = window or (".o_action_manager" if back_office else "")
        found = violations(page, [inside], CORE_WIDGETS, CORE_RULES) if inside else violations(page)
        assert not found, f"axe on {page.url}:\n" + "\n".join(found)

    return check


@pytest.fixture
def screenshot(width):
    """For those who look: drawing a whole page takes a third of the time of its test."""
    folder = ROOT / "var" / "screenshots"

    def take(page, name):
        if not os.environ.get("SCREENSHOTS"):
            return
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True, caret="initial")

    return take


@pytest.fixture
def look(screenshot, axe):
    """A page as it should be found: one title, no wider than the screen, no violation of axe."""

    def take(page, name):
        screenshot(page, name)
        # What leads there may be a click, whose page is still on its way.
        expect(page.locator("h1")).to_have_count(1)
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
