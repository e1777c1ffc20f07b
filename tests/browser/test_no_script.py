"""The same counter in a browser that runs no script: an old telephone, a blocked file, a choice."""

import re

import flows
import pytest
from harness import until
from playwright.sync_api import expect
from test_organisation import PRESIDENT, correct_phone, open_club, refuse_changes

pytestmark = pytest.mark.parametrize("width", [390], indirect=True)
COLLECTION = "/demarches/signaler-une-collecte-oubliee"


@pytest.fixture
def page(new_page):
    return new_page(java_script_enabled=False)


@pytest.fixture
def person():
    return flows.Person("Odette")


@pytest.fixture
def see(screenshot):
    """axe needs scripts: the same pages are given to it elsewhere."""

    def take(page, name):
        screenshot(page, name)
        expect(page.locator("h1")).to_have_count(1)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, f"{width} px wide"

    return take


@pytest.fixture(autouse=True)
def expected(expected_errors):
    expected_errors.append("422 .*/formulaire")


def press(page, name):
    page.get_by_role("button", name=re.compile(name)).first.click()


def linger(page):
    """As `flows.linger`, which needs a script."""
    until(lambda: page.evaluate("performance.now()") > flows.READING_MS)


def go_on(page):
    page.locator("form[data-public-form] button.btn-primary").first.click()


def send_form(page):
    """Each page of the form, up to the code: the button that goes on is the first green one."""
    linger(page)
    for _page in range(5):
        go_on(page)
        if "/formulaire/code" in page.url:
            return
    pytest.fail(f"the form does not reach the code: {page.locator('main').inner_text()}")


@pytest.mark.gate
def test_a_missed_collection_from_the_search_to_the_answer(page, server, mails, see, person):
    page.goto("/")
    menu = page.locator(".et-tools details")
    menu.locator("summary").click()
    menu.get_by_role("link", name="Démarches").click()
    page.get_by_role("searchbox").last.fill("poubelles pas ramassées")
    press(page, "Chercher")
    page.get_by_role("link", name="Signaler une collecte oubliée").click()
    page.get_by_role("link", name=re.compile("Commencer")).first.click()
    flows.fill(
        page,
        {
            "contact_firstname": person.firstname,
            "contact_lastname": person.lastname,
            "contact_email": person.email,
            "contact_address.street": person.street,
            "contact_address.commune": flows.COMMUNE,
            "address.street": person.street,
            "address.commune": flows.COMMUNE,
            "date_missed": "32/13/2026",
        },
    )
    page.locator("[name=waste_stream]").first.check()
    page.locator("[name=container_out]").first.check()
    page.locator("[name=photo]").last.set_input_files(flows.photo("Bac plein"))
    see(page, "sans-script-formulaire")
    with pytest.raises(pytest.fail.Exception, match="n.existe pas"):
        send_form(page)
    see(page, "sans-script-erreur")
    expect(page.locator("main")).to_contain_text("Bac plein.jpg")
    page.fill("[name=date_missed]", flows.day(-1))
    send_form(page)

    see(page, "sans-script-code")
    code = re.search(r"\b\d{6}\b", mails.wait(person.email, "")["text"]).group()
    page.fill("[name=code]", code)
    press(page, "Envoyer la demande")
    expect(page.get_by_role("heading", level=1, name=re.compile("envoyée"))).to_be_visible()
    see(page, "sans-script-accuse")
    number, secret = page.locator(".et-plaque--no").all_inner_texts()
    flows.ask_for_another_photo(server, number)

    page.context.clear_cookies()
    page.goto("/suivi")
    flows.fill(page, {"numero": number, "code": secret})
    press(page, "Voir ma demande")
    asked = page.locator("#a-completer")
    expect(asked).to_contain_text("On ne voit pas la rue.")
    see(page, "sans-script-a-completer")
    asked.locator("input[type=file]").last.set_input_files(flows.photo("La rue"))
    asked.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.locator("#a-completer")).to_have_count(0)
    page.fill("[name=message]", "Bonjour, voici la rue.")
    press(page, "Envoyer le message")
    expect(page.locator("#fil")).to_contain_text("voici la rue")
    see(page, "sans-script-suivi")


def test_an_account_is_opened(page, mails, see, person):
    page.goto("/inscription")
    see(page, "sans-script-inscription")
    page.check("[name=kind][value=resident]")
    page.check("[name=situation][value=settled]")
    flows.fill(
        page,
        {
            "firstname": person.firstname,
            "lastname": person.lastname,
            "birthdate": "3 mai 52",
            "birthplace": "Verdun",
            "street": person.street,
            "email": person.email,
            "password": flows.PASSWORD,
        },
    )
    page.select_option("[name=commune]", label=flows.COMMUNE)
    linger(page)
    press(page, "Créer mon compte")
    expect(page.get_by_text(person.email)).to_be_visible()
    page.goto(flows.read_link(mails.wait(person.email, ""), "/inscription/confirmer"))
    expect(page.get_by_role("heading", name="Votre compte est ouvert")).to_be_visible()
    page.get_by_role("link", name=re.compile("mon espace")).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(person.firstname)
    see(page, "sans-script-mon-espace")


def test_an_appointment_is_taken_moved_and_given_back(page, login, see):
    login("camille")
    page.goto("/demarches/prendre-rendez-vous-a-la-mairie/formulaire")
    page.check("[name=reason][value=identity]")
    page.fill("[name=people]", "1")
    linger(page)
    go_on(page)
    expect(page.get_by_text("Premier moment libre")).to_be_visible()
    press(page, "Semaine suivante")
    expect(page.get_by_role("button", name="Avant")).to_be_visible()
    see(page, "sans-script-creneau")
    page.locator("[name=slot]").first.check()
    go_on(page)
    expect(page.get_by_text("gardé pour vous")).to_be_visible()
    flows.check_and_send(page)
    expect(page.get_by_role("heading", name="Votre rendez-vous")).to_be_visible()
    page.get_by_role("link", name="Suivre ma demande").click()
    page.get_by_role("link", name="Le déplacer").click()
    see(page, "sans-script-creneau-deplacer")
    page.locator("main input[type=radio]").last.check()
    press(page, "Prendre cette heure")
    page.get_by_role("link", name="Le déplacer").click()
    page.get_by_role("link", name="Annuler le rendez-vous").click()
    press(page, "Oui, l’annuler")
    expect(page.get_by_text("annulé").first).to_be_visible()


def test_a_room_is_asked_for(page, login, see):
    login("camille")
    page.goto("/salles")
    page.get_by_role("link", name="Salle du Lavoir").first.click()
    page.locator("main a", has_text=re.compile(r"^\s*\d+\s+(libre|jour|soir)")).first.click()
    see(page, "sans-script-salle")
    page.locator("[name=moment]").first.check()
    press(page, "Demander cette date")
    page.wait_for_url("**/formulaire**")
    linger(page)
    go_on(page)
    flows.fill(page, {"room_purpose": "Repas de famille", "room_persons": "12"})
    go_on(page)
    page.locator("[name=room_insurance]").last.set_input_files(flows.photo("Attestation"))
    go_on(page)
    see(page, "sans-script-salle-verifier")
    flows.check_and_send(page)
    expect(page.get_by_role("heading", level=1, name=re.compile("envoyée"))).to_be_visible()
    page.get_by_role("link", name="Suivre ma demande").click()
    expect(page.locator("main")).to_contain_text("Salle du Lavoir, Beausite")


def test_the_sheet_of_an_association_is_corrected(page, login, server, see):
    login(PRESIDENT)
    open_club(page)
    see(page, "sans-script-organisme")
    correct_phone(page, "03 53 01 05 04")
    see(page, "sans-script-organisme-corrige")
    refuse_changes(server, "Ce numéro ne répond pas.")
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("03 53 01 05 04")
