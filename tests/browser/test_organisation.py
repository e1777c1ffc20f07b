"""An association is kept by those who act for it: its sheet, who acts, a new board."""

import re

import flows
import pytest
from playwright.sync_api import expect

CLUB = "Foyer rural des Trois Vallons"
PRESIDENT, NEW = "asso", "dominique"


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=re.compile(f"^{name}")).first.click()


def told(page):
    return page.get_by_role("main").get_by_role("status")


def open_club(page):
    page.goto("/my")
    page.get_by_role("navigation", name="Vous agissez pour").get_by_role("link", name=CLUB).click()
    expect(page.get_by_role("heading", level=1, name=CLUB)).to_be_visible()


@pytest.fixture
def address_of_new(server):
    """The address that she confirmed, and nobody invited once the journey is over."""
    manager = flows.Client(server).log_in("responsable")
    ((person,),) = (
        manager.call("res.partner", "search_read", [("user_ids.login", "=", NEW)], ["email"]),
    )
    yield person["email"]
    delegations = manager.call(
        "partner.delegate",
        "search",
        [
            ("person_id", "=", person["id"]),
            ("organisation_name", "=", CLUB),
            ("state", "=", "active"),
        ],
    )
    if delegations:
        manager.rpc("partner.delegate", "action_end", delegations)


def test_a_new_member_of_the_board_is_invited_acts_and_leaves(
    page, new_page, login, look, look_closely, address_of_new, expected_errors
):
    expected_errors += ["422 .*/my/organisme/", "404 .*/my/organisme/"]
    president = login(PRESIDENT)
    open_club(president)
    look(president, "organisme")
    president.get_by_role("link", name="Inviter une personne").click()
    president.get_by_label("Prénom et nom").fill("Dominique Lambert")
    press(president, "Envoyer")
    expect(president.get_by_role("alert")).to_contain_text("adresse")
    assert president.get_by_label("Prénom et nom").input_value() == "Dominique Lambert"
    president.get_by_label("Son adresse électronique").fill(address_of_new)
    president.get_by_label("Rôle dans l’organisme").fill("Trésorier")
    press(president, "Envoyer")
    expect(told(president)).to_contain_text("partie")
    look(president, "organisme-invitation")

    new = login(NEW, new_page())
    new.goto("/my")
    new.get_by_role("main").get_by_role("link", name=CLUB).click()
    look_closely(new, "invitations")
    press(new, "Oui")
    expect(new.get_by_role("heading", level=1, name=CLUB)).to_be_visible()
    expect(new.get_by_role("main")).to_contain_text("Trésorier")

    open_club(president)
    president.get_by_role("link", name=re.compile("^N’agit plus")).click()
    look_closely(president, "organisme-depart")
    press(president, "Oui")
    expect(told(president)).to_contain_text("n’agit plus")
    assert new.goto(president.url.split("?")[0]).status == 404


def test_its_sheet_is_corrected_and_a_service_accepts(page, login, server, look):
    president = login(PRESIDENT)
    open_club(president)
    president.get_by_role("link", name="Corriger la fiche").click()
    look(president, "organisme-corriger")
    president.get_by_label("Téléphone").fill("03 53 01 05 02")
    press(president, "Envoyer")
    expect(told(president)).to_contain_text("vérifie")
    expect(president.get_by_role("main")).to_contain_text("03 53 01 05 02")
    manager = flows.Client(server).log_in("responsable")
    lines = manager.call(
        "household.change.line",
        "search",
        [("change_id.subject_id.name", "=", CLUB), ("state", "=", "proposed")],
    )
    manager.rpc("household.change.line", "action_refuse", lines, "Ce numéro ne répond pas.")
    president.reload()
    expect(president.get_by_role("main")).to_contain_text("Ce numéro ne répond pas.")
