"""The first results under the box of the search: keyboard, screen reader, telephone, no network."""

import re

import pytest
from playwright.sync_api import expect

WORDS = "boul"
ADDRESS = re.compile(r"/recherche/suggestions\?")


@pytest.fixture
def box(page):
    """The box of the page of search, which both widths have."""
    page.goto("/recherche?chercher=1")
    return page.locator("main form[role=search] [name=q]")


@pytest.fixture
def options(page):
    return page.locator("main [role=listbox] [role=option]")


def type_words(page, box, words=WORDS):
    with page.expect_response(ADDRESS) as answer:
        box.press_sequentially(words)
    answer.value.finished()


def told(box):
    """What a screen reader says without being asked."""
    return box.page.locator("main form[role=search] [role=status]")


def found(page):
    """The sentence above the results."""
    return page.locator("main p[role=status]")


def test_with_the_keyboard_alone(page, box, options, axe):
    type_words(page, box)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(options).not_to_have_count(0)
    count = options.count()
    expect(told(box)).to_contain_text(f"{count} suggestions")
    expect(box).to_have_role("combobox")
    expect(box).to_have_accessible_name("Que cherchez-vous ?")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    assert box.get_attribute("aria-controls") == options.first.locator("..").get_attribute("id")
    axe(page)

    # Down and up go round, by the box itself; the words stay.
    for index in [*range(count), None, 0]:
        page.keyboard.press("ArrowDown")
        check_active(box, options, index)
    page.keyboard.press("ArrowUp")
    check_active(box, options, None)
    page.keyboard.press("ArrowUp")
    check_active(box, options, count - 1)
    axe(page)
    expect(box).to_have_value(WORDS)
    expect(box).to_be_focused()

    # Escape closes and keeps the words; Down asks again.
    page.keyboard.press("Escape")
    check_closed(box, options)
    expect(box).to_have_value(WORDS)
    page.keyboard.press("ArrowDown")
    expect(options).to_have_count(count)

    # Tab goes to the button, and nothing stays in the way.
    page.keyboard.press("Tab")
    check_closed(box, options)
    expect(page.locator("main form[role=search] button")).to_be_focused()


def check_active(box, options, index):
    selected = [
        place
        for place in range(options.count())
        if options.nth(place).get_attribute("aria-selected") == "true"
    ]
    assert selected == ([] if index is None else [index])
    named = box.get_attribute("aria-activedescendant")
    assert named == (None if index is None else options.nth(index).get_attribute("id"))


def check_closed(box, options):
    expect(options).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.get_attribute("aria-activedescendant") is None
    expect(told(box)).to_have_text("")


def test_enter_goes_to_what_is_chosen_else_to_the_results(page, box, options):
    type_words(page, box)
    page.keyboard.press("ArrowDown")
    name = options.first.evaluate("option => option.firstChild.textContent")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.goto("/recherche?chercher=1")
    type_words(page, box)
    expect(options).not_to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/recherche\?q={WORDS}"))


def test_a_touch_chooses_and_a_touch_outside_closes(page, box, options):
    press = page.touchscreen.tap if page.viewport_size["width"] < 600 else page.mouse.click
    type_words(page, box)
    expect(options).not_to_have_count(0)
    # Fingers are wide, and the list stays on the screen.
    for place in range(options.count()):
        frame = options.nth(place).bounding_box()
        assert frame["height"] >= 48
        assert frame["x"] >= 0
        assert frame["x"] + frame["width"] <= page.viewport_size["width"]
    title = page.get_by_role("heading", level=1).bounding_box()
    press(title["x"] + 5, title["y"] + 5)
    check_closed(box, options)

    box.fill("")
    type_words(page, box)
    frame = options.first.bounding_box()
    name = options.first.evaluate("option => option.firstChild.textContent")
    press(frame["x"] + 20, frame["y"] + 20)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_words_that_nobody_has_are_told_to_who_does_not_see_the_box(page, box, options):
    type_words(page, box, "zzzzz")
    expect(told(box)).to_contain_text("Aucune suggestion")
    expect(options).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(found(page)).to_contain_text("zzzzz")


def test_a_slow_network_shows_nothing_old_and_holds_nobody(page, box, options):
    type_words(page, box)
    expect(options).not_to_have_count(0)
    waiting = []
    page.route(ADDRESS, lambda route: waiting.append(route))
    with page.expect_request(ADDRESS):
        box.fill("piscine")
    # The bakeries go, though the answer did not come.
    check_closed(box, options)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/recherche\?q=piscine"))


def test_an_answer_that_comes_too_late_opens_nothing(page, box, options):
    waiting = []
    page.route(ADDRESS, lambda route: waiting.append(route))
    with page.expect_request(ADDRESS):
        box.press_sequentially(WORDS)
    page.keyboard.press("Tab")
    for route in waiting:
        route.abort() if route.request.failure else route.continue_()
    page.wait_for_load_state("networkidle")
    check_closed(box, options)


def test_without_network_the_box_is_a_box(page, box, options, expected_errors):
    expected_errors.append("ERR_FAILED|500")
    page.route(ADDRESS, lambda route: route.abort())
    with page.expect_event("requestfailed"):
        box.press_sequentially(WORDS)
    check_closed(box, options)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/recherche\?q={WORDS}"))


def test_without_script_the_form_is_the_search(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/recherche?chercher=1")
    box = page.locator("main").get_by_role("searchbox")
    expect(box).to_be_focused()
    page.keyboard.type("déchèterie")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/recherche\?q="))
    expect(found(page)).to_contain_text("déchèterie")


def test_words_are_repeated_with_their_accents(page):
    page.goto("/recherche?q=déchèterie")
    expect(found(page)).to_contain_text(re.compile("pour déchèterie.*déchets", re.S))
