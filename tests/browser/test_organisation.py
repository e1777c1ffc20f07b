"""An association is kept by those who act for it: its sheet, who acts, a new board."""

import re

import flows
import pytest
from playwright.sync_api import expect
from test_keyboard import Keyboard

CLUB = "Foyer rural des Trois Vallons"
PRESIDENT = "asso"


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=re.compile(f"^{name}")).first.click()


def told(page):
    return page.get_by_role("main").get_by_role("status")


def open_club(page):
    page.goto("/my")
    page.get_by_role("navigation", name="Vous agissez pour").get_by_role("link", name=CLUB).click()
    expect(page.get_by_role("heading", level=1, name=CLUB)).to_be_visible()


@pytest.fixture
def person():
    return flows.Person("Dominique")


def test_a_new_member_of_the_board_is_invited_acts_and_leaves(
    page, new_page, login, look, look_closely, mails, person, expected_errors
):
    expected_errors += ["422 .*/my/organisme/", "404 .*/my/organisme/"]
    # Somebody of her own: who acts for an organisation reads other forms than who does not.
    new = new_page()
    flows.sign_up(new, mails, person)
    flows.log_in(new, person)
    president = login(PRESIDENT)
    open_club(president)
    look(president, "organisme")
    president.get_by_role("link", name="Inviter une personne").click()
    name = f"{person.firstname} {person.lastname}"
    president.get_by_label("Prénom et nom").fill(name)
    press(president, "Envoyer")
    expect(president.get_by_role("alert")).to_contain_text("adresse")
    assert president.get_by_label("Prénom et nom").input_value() == name
    president.get_by_label("Son adresse électronique").fill(person.email)
    president.get_by_label("Rôle dans l’organisme").fill("Trésorier")
    press(president, "Envoyer")
    expect(told(president)).to_contain_text("partie")
    look(president, "organisme-invitation")

    new.goto("/my")
    new.get_by_role("main").get_by_role("link", name=CLUB).click()
    look_closely(new, "invitations")
    press(new, "Oui")
    expect(new.get_by_role("heading", level=1, name=CLUB)).to_be_visible()
    expect(new.get_by_role("main")).to_contain_text("Trésorier")

    open_club(president)
    president.get_by_role("link", name=re.compile(f"^N’agit plus.*{person.lastname}")).click()
    look_closely(president, "organisme-depart")
    press(president, "Oui")
    expect(told(president)).to_contain_text("n’agit plus")
    assert new.goto(president.url.split("?")[0]).status == 404


def correct_phone(page, number):
    """From the page of the club to its own again."""
    page.get_by_role("link", name="Corriger la fiche").click()
    page.get_by_label("Téléphone").fill(number)
    press(page, "Envoyer")
    expect(told(page)).to_contain_text("vérifie")
    expect(page.get_by_role("main")).to_contain_text(number)


def refuse_changes(server, reason):
    """A service does: what a journey proposed waits for nobody."""
    manager = flows.Client(server).log_in("responsable")
    lines = manager.call(
        "household.change.line",
        "search",
        [("change_id.subject_id.name", "=", CLUB), ("state", "=", "proposed")],
    )
    answer = manager.rpc("household.change.line", "action_refuse", lines, reason)
    assert lines and "error" not in answer, answer


@pytest.mark.gate
def test_its_sheet_is_corrected_and_a_service_answers(page, login, server, look):
    president = login(PRESIDENT)
    open_club(president)
    president.get_by_role("link", name="Corriger la fiche").click()
    look(president, "organisme-corriger")
    president.go_back()
    correct_phone(president, "03 53 01 05 02")
    refuse_changes(server, "Ce numéro ne répond pas.")
    president.reload()
    expect(president.get_by_role("main")).to_contain_text("Ce numéro ne répond pas.")


@pytest.mark.parametrize("width", [1300], indirect=True)
def test_it_is_handed_over_and_taken_back_without_mouse(page, login, look, person, expected_errors):
    expected_errors.append("422 .*/my/organisme/")
    login(PRESIDENT)
    keyboard = Keyboard(page)
    page.goto("/my")
    keyboard.tab_to(text=CLUB)
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=CLUB)).to_be_visible()
    keyboard.tab_to(text="Passer la main")
    keyboard.press("Enter")
    page.wait_for_url("**/passer-la-main")
    look(page, "organisme-main")
    keyboard.tab_to(text="Envoyer")
    keyboard.press("Space")

    # Nothing was said: the summary has the focus, and leads to the first field.
    expect(page.get_by_role("alert")).to_be_focused()
    look(page, "organisme-main-erreurs")
    keyboard.tab_to(text=".*assemblée.*")
    keyboard.press("Enter")
    expect(page.locator("[name=date]")).to_be_focused()
    keyboard.type(flows.day(-1))
    keyboard.tab_to(name="leaves_.*")
    keyboard.press("Space")
    keyboard.fill("name_1", f"{person.firstname} {person.lastname}")
    keyboard.fill("email_1", person.email)
    # From a box of text, as in any form.
    keyboard.press("Enter")
    expect(told(page)).to_be_visible()
    look(page, "organisme-main-passee")

    keyboard.tab_to(text="Annuler le passage de main")
    keyboard.press("Enter")
    page.wait_for_url("**/annuler")
    look(page, "organisme-main-annuler")
    keyboard.tab_to(text="Oui, annuler")
    keyboard.press("Enter")
    expect(page.get_by_role("link", name="Passer la main")).to_be_visible()
