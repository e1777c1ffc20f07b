"""The desk without mouse: its letters with Alt, what is typed in a box, Tab out of the search."""

import re
import time

import flows
import pytest
from playwright.sync_api import expect

WINDOW = ".modal-dialog"
# What each letter opens on a request that is in review.
WINDOWS = {"a": "Accepter la demande", "d": "Demander", "r": "Refuser la demande"}
WORDS = "Lardat : tard à la radio, dalle et trad"


@pytest.fixture
def width():
    """Requests are handled at a desk."""
    return 1300


@pytest.fixture
def resident(server):
    return flows.Client(server).log_in("camille")


@pytest.fixture
def number(resident):
    form = flows.BinForm(resident)
    assert form.send()
    return form.read_number()


@pytest.fixture
def agent(page, login, number):
    login("agent.dechets")
    flows.open_request(page, number)
    return page


def write_as(resident, number, words):
    """The applicant's message, from the page of her request."""
    links = resident.read(f"/my/demandes?q={number}").xpath("//main//a/@href")
    (path,) = {found.group() for link in links if (found := re.match(r"/my/demandes/\d+", link))}
    (form,) = resident.read(path).xpath("//form[contains(@action, '/message')]")
    opened = time.monotonic()
    flows.until(lambda: time.monotonic() - opened > flows.READING_MS / 1000)
    answer = resident.post(
        form.get("action").partition("#")[0], {**dict(form.form_values()), "message": words}
    )
    assert answer.status_code == 303


def close_window(page):
    page.keyboard.press("Alt+x")
    page.locator(WINDOW).wait_for(state="detached")


def test_each_letter_does_what_its_button_says(agent, resident, number):
    card = agent.locator(".o_kanban_record:not(.o_kanban_ghost)")
    card.focus()
    agent.keyboard.press("Enter")
    expect(agent.locator(".o_form_sheet")).to_be_visible()
    state = agent.locator("[name=state] [aria-checked=true]")
    expect(state).to_contain_text("Reçue")
    # Letters of acts that this state does not have do nothing.
    for letter in "arl":
        agent.keyboard.press(f"Alt+{letter}")
    expect(agent.locator(WINDOW)).to_have_count(0)
    agent.keyboard.press("Alt+t")
    expect(state).to_contain_text("En instruction")
    for letter, title in WINDOWS.items():
        agent.keyboard.press(f"Alt+{letter}")
        expect(agent.locator(f"{WINDOW} .modal-title")).to_contain_text(re.compile(title))
        close_window(agent)
    write_as(resident, number, "Le bac est derrière la grange.")
    agent.reload()
    band = agent.locator(".o_desk_band", has_text="derrière la grange")
    expect(band).to_be_visible()
    agent.keyboard.press("Alt+l")
    expect(band).to_have_count(0)
    # The whole refusal, from the letter to what leaves.
    agent.keyboard.press("Alt+r")
    words = agent.locator(f"{WINDOW} [name=reasons] textarea")
    expect(words).to_be_visible()
    words.focus()
    agent.keyboard.type("Ce logement a déjà son bac.")
    agent.keyboard.press("Alt+q")
    expect(state).to_contain_text("Refusée")


def test_what_is_typed_in_a_box_does_nothing_else(agent):
    agent.locator(".o_kanban_record:not(.o_kanban_ghost)").click()
    expect(agent.locator(".o_form_sheet")).to_be_visible()
    flows.take(agent)
    agent.locator(".o_desk_note").click()
    note = agent.locator(".o-mail-Composer-input")
    note.focus()
    agent.keyboard.type(WORDS)
    expect(note).to_have_value(WORDS)
    expect(agent.locator(WINDOW)).to_have_count(0)
    agent.keyboard.press("Alt+r")
    words = agent.locator(f"{WINDOW} [name=reasons] textarea")
    words.focus()
    agent.keyboard.type(WORDS)
    expect(words).to_have_value(WORDS)
    # The letters of the request behind the window are not heard there.
    for letter in "tadrl":
        agent.keyboard.press(f"Alt+{letter}")
    expect(agent.locator(WINDOW)).to_have_count(1)
    expect(agent.locator(f"{WINDOW} .modal-title")).to_contain_text("Refuser la demande")
    expect(words).to_have_value(WORDS)
    expect(agent.locator("[name=state] [aria-checked=true]")).to_contain_text("En instruction")


def test_the_letters_of_the_morning_are_its_counters(page, login):
    login("agent.dechets")
    page.goto(flows.KANBAN)
    for letter, words in (("r", "en retard"), ("e", "réponse"), ("o", "nouvelle")):
        counter = page.locator(".o_desk_count", has_text=words)
        expect(counter).to_have_attribute("aria-pressed", "false")
        page.keyboard.press(f"Alt+{letter}")
        expect(counter).to_have_attribute("aria-pressed", "true")
        page.keyboard.press(f"Alt+{letter}")
        expect(counter).to_have_attribute("aria-pressed", "false")
    box = page.locator(".o_searchview_input")
    box.focus()
    page.keyboard.type("reo")
    expect(box).to_have_value("reo")
    expect(page.locator(".o_desk_count[aria-pressed=true]")).to_have_count(0)


def test_tab_leaves_the_search_box_for_the_cards(agent):
    """Core turns for ever between the facet and the box (WCAG 2.1.2)."""
    expect(agent.locator(".o_searchview_facet")).not_to_have_count(0)
    agent.locator(".o_searchview_input").focus()
    seen = []
    for _stop in range(40):
        agent.keyboard.press("Tab")
        seen.append(
            agent.evaluate(
                """() => {
                    const node = document.activeElement;
                    const places = [".o_searchview", ".o_desk_morning", ".o_kanban_record"];
                    return places.find((place) => node.closest(place)) || "";
                }"""
            )
        )
        if seen[-1] == ".o_kanban_record":
            break
    assert ".o_desk_morning" in seen and seen[-1] == ".o_kanban_record", seen
    agent.keyboard.press("Enter")
    expect(agent.locator(".o_form_sheet")).to_be_visible()
