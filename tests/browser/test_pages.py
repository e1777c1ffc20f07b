"""Every page, for everybody: readable, accessible, at home on a phone, and without tracker."""

import pytest
from flows import find_draft_link, find_survey_link
from pages import BACK_OFFICE, BACK_OFFICE_LISTS, GATE, PRIVATE, PUBLIC

pytestmark = pytest.mark.sweep("sizes")

# The session, and the language that the visitor chose.
COOKIES = {"session_id", "frontend_lang", "tz"}
FIRST_RECORD = ".o_data_row .o_data_cell:not(.o_handle_cell), .o_kanban_record:not(.o_kanban_ghost)"


def check_page(page, axe):
    assert page.locator("html").get_attribute("lang").startswith("fr"), "not in French"
    assert page.locator("h1").count() == 1, "one title, no more and no less"
    assert page.title()
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0, f"{overflow} px wider than the screen"
    axe(page)


def named(*values):
    """A page by the last of these, its name."""
    return pytest.param(*values, marks=pytest.mark.gate if values[-1] in GATE else ())


@pytest.mark.parametrize("name", map(named, PUBLIC))
def test_public_page(page_of, axe, screenshot, name):
    page = page_of()
    answer = page.goto(PUBLIC[name])
    assert answer.status == 200
    screenshot(page, name)
    check_page(page, axe)


def each(pages):
    """(persona, name) of every page of such a list."""
    return [named(persona, name) for persona in pages for name in pages[persona]]


@pytest.mark.parametrize(("persona", "name"), each(PRIVATE))
def test_private_page(page_of, axe, screenshot, persona, name):
    page = page_of(persona)
    answer = page.goto(PRIVATE[persona][name])
    assert answer.status == 200
    screenshot(page, name)
    check_page(page, axe)


def test_draft_behind_its_link(page, server, axe, screenshot):
    assert page.goto(find_draft_link(server)).status == 200
    screenshot(page, "formulaire-a-l-essai")
    check_page(page, axe)


def test_survey_behind_its_link(page, page_of, axe, screenshot):
    link = find_survey_link(page_of("dominique"))
    for shown, name in ((link, "avis"), (f"{link}?avis=non", "avis-non")):
        assert page.goto(shown).status == 200
        screenshot(page, name)
        check_page(page, axe)


def check_view(page, axe, screenshot, name):
    page.wait_for_selector(".o_view_controller :is(.o_renderer, .o_calendar_renderer)")
    screenshot(page, f"agent-{name}")
    axe(page, back_office=True)


@pytest.mark.parametrize(("persona", "name"), each(BACK_OFFICE_LISTS))
def test_back_office_list(open_action, axe, screenshot, persona, name):
    page = open_action(persona, BACK_OFFICE_LISTS[persona][name])
    check_view(page, axe, screenshot, name)


@pytest.mark.parametrize(("persona", "name"), each(BACK_OFFICE))
def test_back_office_view_and_its_first_record(open_action, axe, screenshot, persona, name):
    page = open_action(persona, BACK_OFFICE[persona][name])
    check_view(page, axe, screenshot, name)
    page.locator(FIRST_RECORD).first.click()
    page.wait_for_selector(".o_form_view .o_form_sheet")
    screenshot(page, f"agent-{name}-fiche")
    axe(page, back_office=True)


def test_a_page_that_does_not_exist_says_so(page, axe, screenshot, expected_errors):
    expected_errors.append("404 .*/cette-page-n-existe-pas")
    answer = page.goto("/cette-page-n-existe-pas")
    assert answer.status == 404
    screenshot(page, "404")
    check_page(page, axe)


def test_a_visitor_is_not_followed(page):
    for address in PUBLIC.values():
        page.goto(f"{address}?utm_source=lettre&utm_campaign=automne&utm_medium=mail")
    assert {cookie["name"] for cookie in page.context.cookies()} <= COOKIES
