"""A loan with its price, and a second signature by somebody who has no account."""

import flows
import pytest
from playwright.sync_api import expect
from test_keyboard import Keyboard

FORM = "/demarches/emprunter-des-tables-des-bancs-ou-un-barnum/formulaire"
# One small marquee at 15 euros, six tables at 2.50.
TOTAL = "30,00"


@pytest.fixture
def person():
    return flows.Person("Garance")


def ask_for_a_loan(page, person, look):
    page.goto(FORM)
    page.check("[name=marquee][value=small]")
    page.fill("[name=tables]", "6")
    page.fill("[name=date_out]", flows.day(20))
    page.locator("[name=place]").first.check()
    look(page, "pret-formulaire")
    flows.send(page, "Suivant")
    page.fill("[name=guarantor]", person.email)
    flows.send(page, "Continuer")
    expect(page.get_by_role("heading", name="Vérifiez et envoyez")).to_be_visible()
    expect(page.locator("main")).to_contain_text(f"{TOTAL}\xa0€")
    look(page, "pret-verifier")
    flows.check_and_send(page)
    number = page.locator(".et-plaque--no").first.inner_text()
    look(page, "pret-accuse")
    return number


def sign(signer, mails, person, look, applicant, *read):
    """By the link of the mail and the code of the next one.

    :param applicant: whom the link alone does not name
    :param read: words of what she signs
    """
    signer.goto(flows.read_link(mails.wait(person.email, ""), "/signer/"))
    look(signer, "signer-ouvrir")
    assert applicant not in signer.inner_text("main"), "the link alone tells nothing"
    signer.get_by_role("button", name="M’envoyer un code").click()
    look(signer, "signer-code")
    code = flows.read_code(mails.wait(person.email, "code"))
    signer.fill("[name=code]", code)
    signer.get_by_role("button", name="Ouvrir").click()
    expect(signer.locator("[name=reponse]")).not_to_have_count(0)
    for words in read:
        expect(signer.locator("main")).to_contain_text(words)
    look(signer, "signer-lire")
    signer.check("[name=reponse][value=signed]")
    signer.fill("[name=nom]", f"{person.firstname} {person.lastname}")
    signer.get_by_role("button", name="Envoyer ma réponse").click()
    expect(signer.get_by_role("heading", name="Merci")).to_be_visible()
    look(signer, "signer-fait")


def sign_without_mouse(signer, mails, person):
    """The same by Tab, Space and Enter, with a wrong code first."""
    keyboard = Keyboard(signer)
    signer.goto(flows.read_link(mails.wait(person.email, ""), "/signer/"))
    keyboard.tab_to(text="M’envoyer un code")
    keyboard.press("Space")
    expect(signer.locator("[name=code]")).to_be_visible()
    code = flows.read_code(mails.wait(person.email, "code"))
    keyboard.fill("code", "000000" if code != "000000" else "111111")
    keyboard.press("Enter")
    expect(signer.get_by_role("alert")).to_be_focused()
    keyboard.tab_to(text=".*bon code.*")
    keyboard.press("Enter")
    expect(signer.locator("[name=code]")).to_be_focused()
    keyboard.press("Control+A")
    keyboard.type(code)
    keyboard.tab_to(text="Ouvrir")
    keyboard.press("Enter")
    expect(signer.locator("[name=reponse]")).not_to_have_count(0)
    keyboard.tab_to(name="reponse")
    keyboard.press("Space")
    keyboard.fill("nom", f"{person.firstname} {person.lastname}")
    keyboard.tab_to(text="Envoyer ma réponse")
    keyboard.press("Space")
    expect(signer.get_by_role("heading", name="Merci")).to_be_visible()


def test_a_guarantor_signs_with_a_code(
    page, login, new_page, mails, look, person, width, expected_errors
):
    login("camille")
    number = ask_for_a_loan(page, person, look)
    page.get_by_role("link", name="Suivre ma demande").click()
    expect(page.get_by_text("signature").first).to_be_visible()
    look(page, "pret-attend-la-signature")

    if width < 600:
        sign(new_page(), mails, person, look, "Camille")
    else:
        # At a desk by the keyboard: the hall is signed for there by the mouse.
        expected_errors.append("422 .*/signer/")
        sign_without_mouse(new_page(), mails, person)

    page.reload()
    expect(page.get_by_text("Vous recevez la réponse")).to_be_visible()
    look(page, "pret-signe")
    assert number
