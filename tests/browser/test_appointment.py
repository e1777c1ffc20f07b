"""An appointment at the town hall: chosen, moved, given back; offered to nobody meanwhile."""

import flows
import pytest
from playwright.sync_api import expect

FORM = "/demarches/prendre-rendez-vous-a-la-mairie/formulaire"
PEOPLE = "2"


@pytest.fixture
def inhabitant(page, login):
    return login("camille")


def open_next_week(page):
    page.goto(FORM)
    page.check("[name=reason][value=identity]")
    page.fill("[name=people]", PEOPLE)
    flows.send(page, "Suivant")
    expect(page.get_by_text("Premier moment libre")).to_be_visible()
    page.get_by_role("button", name="Semaine suivante").click()
    expect(page.get_by_role("button", name="Avant")).to_be_visible()


def read_hours(page):
    return page.locator("[name=slot]").evaluate_all("inputs => inputs.map(each => each.value)")


def test_an_appointment_is_taken_moved_and_given_back(inhabitant, new_page, look):
    page = inhabitant
    open_next_week(page)
    look(page, "creneau")
    offered = read_hours(page)
    page.check(f"[name=slot][value='{offered[0]}']")
    flows.send(page, "Continuer")
    look(page, "creneau-verifier")
    expect(page.get_by_text("gardé pour vous")).to_be_visible()
    flows.check_and_send(page)
    expect(page.get_by_role("heading", name="Votre rendez-vous")).to_be_visible()
    look(page, "creneau-accuse")

    # Two people come: a visitor is offered neither of the two hours.
    visitor = new_page()
    open_next_week(visitor)
    assert not {offered[0], offered[1]} & set(read_hours(visitor))

    page.get_by_role("link", name="Suivre ma demande").click()
    page.get_by_role("link", name="Le déplacer").click()
    look(page, "creneau-deplacer")
    before = page.locator("#rendez-vous ~ *").first.inner_text()
    page.locator("main input[type=radio]").last.check()
    page.get_by_role("button", name="Prendre cette heure").click()
    expect(page.get_by_role("button", name="Prendre cette heure")).to_have_count(0)
    page.get_by_role("link", name="Le déplacer").click()
    expect(page.locator("#rendez-vous ~ *").first).not_to_have_text(before)
    page.get_by_role("link", name="Annuler le rendez-vous").click()
    look(page, "creneau-annuler")
    page.get_by_role("button", name="Oui, l’annuler").click()
    expect(page.get_by_text("annulé").first).to_be_visible()
    visitor = new_page()
    open_next_week(visitor)
    assert set(read_hours(visitor)) == set(offered), "free again"
