"""Somebody comes to the counter with her paper: the agent enters it and prints the receipt."""

import re

import flows
import pytest
from playwright.sync_api import expect

BADGE = "Demander un badge de déchèterie"


@pytest.mark.gate
def test_a_request_is_entered_at_the_counter(page, login, look, expected_errors):
    expected_errors.append("422")
    person = flows.Person(firstname="Odile")
    login("agent.dechets")
    page.goto(flows.KANBAN)
    page.get_by_role("button", name="Nouvelle demande au guichet").first.click()
    expect(page.get_by_role("heading", name="Nouvelle demande au guichet")).to_be_visible()
    look(page, "guichet")

    # Nobody of this name is known: she goes on and types it.
    page.select_option("[name=procedure]", label=BADGE)
    page.fill("[name=name]", person.lastname)
    page.get_by_role("button", name="Chercher", exact=True).click()
    expect(page.get_by_text("ne connaît personne de ce nom")).to_be_visible()
    page.get_by_role("button", name="Continuer vers le formulaire").click()
    expect(page.get_by_role("alert")).to_contain_text("Dites comment la demande vous est parvenue")
    look(page, "guichet-erreur")
    page.check("[name=channel][value=counter]")
    page.get_by_role("button", name="Continuer vers le formulaire").click()
    expect(page.get_by_text("Saisie au guichet pour quelqu'un sans compte")).to_be_visible()

    # What is missing is said, and nothing that was typed is lost.
    flows.fill(page, {"contact_firstname": person.firstname, "contact_lastname": person.lastname})
    page.set_input_files("#f-_paper-f", [flows.photo("signe")])
    flows.send(page, "Envoyer la demande")
    expect(page.get_by_role("alert")).to_contain_text("points à corriger")
    expect(page.get_by_role("button", name="Retirer signe.jpg")).to_be_visible()
    assert page.input_value("[name=contact_lastname]") == person.lastname
    look(page, "guichet-formulaire")
    fill_badge(page, person)
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.get_by_role("heading", name="La demande est enregistrée")).to_be_visible()
    look(page, "guichet-recu")

    number = page.locator(".et-plaque--no").inner_text()
    receipt = page.get_by_role("link", name=re.compile("Imprimer le récépissé"))
    answer = page.request.get(receipt.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    page.get_by_role("link", name="Ouvrir la demande").click()
    expect(page.locator(".o_form_view [name=number]")).to_contain_text(number)


def fill_badge(page, person):
    """The first answer of each question of the demo's form."""
    for name in page.locator("main input[type=radio]").evaluate_all(
        "inputs => [...new Set(inputs.map(input => input.name))]"
    ):
        page.locator(f"[name='{name}']").first.check()
    street = page.locator("[name$='.street']:not([name^=contact_])")
    street.fill(person.street)
    page.locator("[name$='.commune']:not([name^=contact_])").fill(flows.COMMUNE)
    for box in page.locator("main input[type=checkbox]:not([name$='.same'], [name=_seen])").all():
        box.check()
    proofs = page.locator("main input[type=file][id$='-f']:not([name=_paper])")
    for proof in proofs.all():
        proof.set_input_files([flows.photo("justificatif")])
