"""The windows whose words leave to somebody: what leaves is read first, and is not lost."""

import re

import flows
import pytest
from harness import CORE_RULES, CORE_WIDGETS, violations
from playwright.sync_api import expect


@pytest.fixture
def agent(page, login, server):
    """In front of a request that has just arrived."""
    client = flows.Client(server).log_in("dominique")
    # What another journey left in her draft would be one file too many.
    token = client.read(f"{flows.BIN}/formulaire").xpath("//input[@name='csrf_token']/@value")[0]
    client.post(f"{flows.BIN}/brouillon/supprimer", {"csrf_token": token, "_action": "delete"})
    form = flows.BinForm(client)
    assert form.send()
    login("agent.dechets")
    flows.open_request(page, form.read_number()).click()
    page.wait_for_selector(".o_form_sheet")
    return page


def check_axe(page):
    """What is ours of a window: its frame and its title are core's."""
    ours = [".modal-dialog .o_form_renderer", ".modal-dialog footer"]
    found = violations(page, ours, CORE_WIDGETS, CORE_RULES)
    assert not found, "\n".join(found)


def test_who_reads_a_message_is_said_by_name(agent):
    top = agent.locator(".o-mail-Chatter-top")
    box = agent.locator(".o-mail-Composer-input")
    agent.locator(".o_desk_write").click()
    expect(top).to_contain_text("Dominique Aubry")
    expect(box).to_have_attribute("placeholder", re.compile("Dominique Aubry"))
    agent.locator(".o_desk_note").click()
    expect(box).to_have_attribute("placeholder", re.compile("collègues"))
    expect(top).not_to_contain_text("Abonnés")
    flows.take(agent)
    # One act, one line, in the name of its author.
    expect(agent.locator(".o-mail-Message").first).to_contain_text("Agent : Karim Lambert")
    expect(agent.locator(".o-mail-Message")).to_have_count(2)


def test_a_document_is_asked_for(agent, screenshot):
    flows.press(agent, "action_open_completion")
    window = agent.locator(".modal-dialog")
    expect(window).to_contain_text("un courriel à dominique@")
    window.locator(".o_field_x2many_list_row_add a").click()
    row = window.locator(".o_selected_row")
    expect(row.locator("[name=label] input")).to_be_focused()
    row.locator("[name=label] input").fill("Bail")
    row.get_by_role("button", name="Illisible").click()
    expect(row.locator("[name=reason] textarea")).to_have_value(re.compile("pas lisible"))
    screenshot(agent, "demander-piece")
    check_axe(agent)
    window.locator("[name=message] textarea").click()
    window.locator("[name=message] textarea").fill("Merci d'avance.")
    window.locator("[name=message] textarea").blur()
    letter = window.locator(".o_words_sheet")
    for words in ("Bail", "pas lisible", "Merci d'avance."):
        expect(letter).to_contain_text(words)

    # Closed by mistake: it asks, and nothing is lost.
    question = agent.get_by_role("dialog").filter(has_text="Rien n'est encore parti.")
    ways = {
        "Escape": lambda: agent.keyboard.press("Escape"),
        "cross": lambda: window.first.locator(".btn-close").click(),
        "button": lambda: window.get_by_role("button", name="Ne rien envoyer").click(),
    }
    for close in ways.values():
        close()
        expect(question).to_be_visible()
        question.get_by_role("button", name="Revenir au texte").click()
        expect(question).to_have_count(0)
        expect(window.locator("[name=message] textarea")).to_have_value("Merci d'avance.")

    window.get_by_role("button", name="Demander et envoyer").click()
    window.wait_for(state="detached")
    expect(agent.locator(".o-mail-Message", has_text="Merci d'avance.").first).to_be_visible()


def test_a_window_in_which_nothing_was_typed_closes_at_once(agent):
    flows.take(agent)
    window = agent.locator(".modal-dialog")
    flows.press(agent, "action_open_reason", "[data-hotkey=r]")
    expect(window.locator("[name=reasons] textarea")).to_be_visible()
    check_axe(agent)
    window.get_by_role("button", name="Ne rien envoyer").click()
    window.wait_for(state="detached")
