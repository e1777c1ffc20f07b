"""The page of a request in several states, its paper version, and the opinion of a link."""

import re
import secrets

import flows
import pytest
from playwright.sync_api import expect

# Persona of the demo: name of the screenshot, what her first request says.
STATES = {
    "camille": ("demande-a-completer", "Nous attendons votre réponse"),
    "sacha": ("demande-acceptee", "Votre demande est acceptée"),
    "dominique": ("demande-recue", "Le service va la lire"),
    "entreprise": ("demande-refusee", "Votre demande est refusée"),
}


def open_request(page, words):
    """The first of her requests that says so: other journeys file some more."""
    page.goto("/my/demandes")
    links = page.locator("tbody th a").evaluate_all("links => links.map(link => link.href)")
    for link in links:
        page.goto(link)
        if page.get_by_role("heading", name=re.compile(words)).count():
            return
    pytest.fail(f"no request says: {words}")


@pytest.mark.parametrize("persona", STATES)
def test_request_in_its_state(page, login, look, persona):
    name, words = STATES[persona]
    login(persona)
    open_request(page, words)
    look(page, name)
    page.get_by_role("link", name="Imprimer toute la demande").click()
    expect(page.get_by_role("button", name="Imprimer")).to_be_visible()
    assert page.locator("main details:not([open])").count() == 0
    look(page, f"{name}-papier")


def test_withdrawal_is_asked_first(page, login, look):
    login("dominique")
    open_request(page, STATES["dominique"][1])
    page.get_by_role("link", name="Annuler la demande").click()
    look(page, "demande-annuler")
    page.get_by_role("link", name="Non, la garder").click()
    expect(page.get_by_role("link", name="Annuler la demande")).to_be_visible()


def test_requests_found_again(page, login, look):
    login("camille")
    page.goto("/my/demandes?etat=en-cours")
    look(page, "mes-demandes-en-cours")
    page.goto("/my/demandes?q=introuvable")
    expect(page.get_by_text("Aucune demande ne correspond")).to_be_visible()
    look(page, "mes-demandes-aucune")


def test_draft_is_deleted_after_a_question(page, login, look):
    login("sacha")
    page.goto("/demarches/demander-un-badge-de-decheterie/formulaire")
    page.get_by_role("button", name=re.compile("plus tard")).click()
    page.wait_for_url(re.compile("/my/demandes"))
    look(page, "mes-demandes-brouillon")
    page.get_by_role("link", name=re.compile("^Supprimer")).first.click()
    page.wait_for_url(re.compile("/brouillon/supprimer"))
    look(page, "brouillon-supprimer")
    page.get_by_role("button", name="Oui, supprimer").click()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("supprimé")


def test_opinion_is_given_by_the_link_of_a_mail(page, server, mails, look, expected_errors):
    expected_errors += ["422 .*/avis/", "404 .*/avis/"]
    address = f"mairie-{secrets.token_hex(4)}@exemple.test"
    agent = flows.Client(server).log_in("agent.dechets")
    request = agent.call("procedure.request", "search", [("state", "=", "submitted")])[0]
    question = "Le camion peut-il passer devant cette maison ?"
    arguments = (request, question, False, "Mairie", address)
    assert "error" not in agent.rpc("procedure.request", "action_consult", *arguments)
    page.goto(flows.read_link(mails.wait(address, ""), "/avis/"))
    expect(page.get_by_text(question)).to_be_visible()
    look(page, "avis")
    page.get_by_label("Défavorable").check()
    page.get_by_role("button", name="Envoyer mon avis").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page, "avis-erreurs")
    flows.fill(page, {"texte": "La rue est trop étroite.", "nom": "Claude Martin, maire"})
    page.get_by_role("button", name="Envoyer mon avis").click()
    expect(page.get_by_role("heading", level=1, name="Merci")).to_be_visible()
    look(page, "avis-donne")
    page.goto("/avis/un-lien-invente")
    look(page, "avis-lien-refuse")
