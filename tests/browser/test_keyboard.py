"""A request filed without mouse: Tab, Enter, Space and what is typed, seen at each stop."""

import re

import flows
import pytest
from playwright.sync_api import TimeoutError, expect

APPOINTMENT = "/demarches/prendre-rendez-vous-a-la-mairie/formulaire"
# Where the focus is, and whether the eye sees it there: something changes when it goes.
FOCUSED = """
() => {
    const element = document.activeElement;
    // A hidden input shows its focus on its label.
    const shown = element.matches(".visually-hidden")
        ? document.querySelector(`label[for="${element.id}"]`)
        : element;
    const look = () => {
        const style = getComputedStyle(shown);
        return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor,
                style.backgroundColor].join();
    };
    const box = shown.getBoundingClientRect();
    const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
    const focused = look();
    element.blur();
    const left = look();
    element.focus({preventScroll: true});
    return {
        name: element.getAttribute("name") || "",
        text: (element.innerText || "").trim(),
        html: element.outerHTML.slice(0, 200),
        visible: inside && focused !== left,
    };
}
"""


class Keyboard:
    """Goes forward only; a page without end, or a stop that is not seen, fails."""

    def __init__(self, page):
        self.page = page
        self.press = page.keyboard.press
        self.type = page.keyboard.type

    def tab_to(self, name=".*", text=".*"):
        for _stop in range(100):
            self.press("Tab")
            focused = self.page.evaluate(FOCUSED)
            assert focused["visible"], f"the focus is not seen on {focused['html']}"
            if re.fullmatch(name, focused["name"]) and re.fullmatch(text, focused["text"], re.S):
                return
        raise AssertionError(f"Tab reaches nothing named {name} that says {text}")

    def choose(self, file):
        """Enter or Space opens the window of files; a busy browser may let a press pass
        unseen, as it does for a person, who presses again."""
        for key in ("Enter", "Space", "Enter", "Space"):
            try:
                with self.page.expect_file_chooser(timeout=5000) as chooser:
                    self.press(key)
            except TimeoutError:
                continue
            chooser.value.set_files(file)
            return
        raise AssertionError("neither Enter nor Space opens the window of files")

    def fill(self, name, text):
        self.tab_to(name=re.escape(name))
        self.type(text)


@pytest.fixture
def person():
    return flows.Person("Odette")


@pytest.mark.gate
def test_a_missed_collection_is_told_without_mouse(page, mails, person, expected_errors):
    expected_errors.append("422 .*/formulaire")
    keyboard = Keyboard(page)
    page.goto("/demarches")
    keyboard.tab_to(text="Signaler une collecte oubliée.*")
    keyboard.press("Enter")
    page.wait_for_url(re.compile("/signaler-une-collecte-oubliee$"))
    keyboard.tab_to(text="Commencer.*")
    keyboard.press("Enter")
    page.wait_for_url("**/formulaire")
    keyboard.fill("address.street", person.street)
    keyboard.fill("address.commune", flows.COMMUNE)
    keyboard.tab_to(name="waste_stream")
    keyboard.press("Space")
    keyboard.tab_to(name="container_out")
    keyboard.press("Space")
    keyboard.tab_to(name="photo")
    keyboard.choose(flows.photo("Bac plein"))
    keyboard.fill("contact_firstname", person.firstname)
    keyboard.fill("contact_lastname", person.lastname)
    keyboard.fill("contact_email", person.email)
    keyboard.tab_to(name="contact_address.same")
    keyboard.press("Space")
    keyboard.tab_to(text="Continuer")
    flows.linger(page)
    keyboard.press("Enter")

    # The day was forgotten: the summary has the focus, and leads to the field.
    expect(page.get_by_role("alert")).to_be_focused()
    keyboard.tab_to(text="Jour.*|Date.*")
    keyboard.press("Enter")
    expect(page.locator("[name=date_missed]")).to_be_focused()
    keyboard.type(flows.day(-1))
    keyboard.tab_to(text="Continuer")
    flows.linger(page)
    keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1, name="Vérifiez et envoyez")).to_be_focused()
    keyboard.tab_to(text="Modifier.*")
    keyboard.press("Enter")
    expect(page.locator("[name=date_missed]")).to_have_value(flows.day(-1))
    keyboard.tab_to(text="Continuer")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Vérifiez et envoyez")).to_be_focused()
    keyboard.tab_to(text="Recevoir mon code")
    keyboard.press("Enter")
    page.wait_for_url(re.compile("/formulaire/code"))
    code = re.search(r"\b\d{6}\b", mails.wait(person.email, "")["text"]).group()
    keyboard.fill("code", code)
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=re.compile("envoyée"))).to_be_visible()
    keyboard.tab_to(text="Suivre ma demande")
    keyboard.press("Enter")
    page.wait_for_url(re.compile("/suivi/"))
    expect(page.locator("main")).to_contain_text("Bac plein.jpg")


def send_and_confirm(page, keyboard, mails, person):
    """From the page that shows everything again to the number of the request."""
    expect(page.get_by_role("heading", level=1, name="Vérifiez et envoyez")).to_be_focused()
    keyboard.tab_to(text="Recevoir mon code")
    flows.linger(page)
    keyboard.press("Enter")
    page.wait_for_url(re.compile("/formulaire/code"))
    code = re.search(r"\b\d{6}\b", mails.wait(person.email, "")["text"]).group()
    keyboard.fill("code", code)
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=re.compile("envoyée"))).to_be_visible()


def go_on(page, keyboard, step):
    keyboard.tab_to(text="Suivant")
    flows.linger(page)
    keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile(f"Étape {step} sur"))).to_be_visible()


def test_a_room_is_asked_without_mouse(page, mails, person):
    keyboard = Keyboard(page)
    page.goto("/salles")
    keyboard.tab_to(text="Salle du Lavoir")
    keyboard.press("Enter")
    page.wait_for_url("**/salles/salle-du-lavoir-beausite")
    keyboard.tab_to(text=r"\d+\s+(libre|jour|soir).*")
    keyboard.press("Enter")
    page.wait_for_url(re.compile("jour="))
    keyboard.tab_to(name="moment")
    keyboard.press("Space")
    keyboard.tab_to(text="Demander cette date")
    keyboard.press("Enter")
    page.wait_for_url("**/formulaire**")
    go_on(page, keyboard, 2)
    keyboard.fill("room_purpose", "Repas de famille")
    keyboard.fill("room_persons", "12")
    go_on(page, keyboard, 3)
    keyboard.tab_to(name="room_insurance")
    keyboard.choose(flows.photo("Attestation"))
    go_on(page, keyboard, 4)
    keyboard.fill("contact_firstname", person.firstname)
    keyboard.fill("contact_lastname", person.lastname)
    keyboard.fill("contact_email", person.email)
    keyboard.fill("contact_address.street", person.street)
    keyboard.fill("contact_address.commune", flows.COMMUNE)
    keyboard.tab_to(text="Continuer")
    keyboard.press("Enter")
    send_and_confirm(page, keyboard, mails, person)
    keyboard.tab_to(text="Suivre ma demande")
    keyboard.press("Enter")
    page.wait_for_url(re.compile("/suivi/"))
    expect(page.locator("main")).to_contain_text("Salle du Lavoir, Beausite")


def test_a_hole_in_the_street_is_reported_without_mouse(page):
    keyboard = Keyboard(page)
    page.goto("/signaler")
    keyboard.tab_to(name="commune")
    keyboard.type("Lavoye")
    keyboard.tab_to(text="Voir ce qui.*")
    keyboard.press("Enter")
    page.wait_for_url("**/signaler?commune=*")
    # The first one leads back, to the other communes.
    for _link in range(2):
        keyboard.tab_to(text="Signaler un .*")
    keyboard.press("Enter")
    page.wait_for_url("**/formulaire**")
    keyboard.tab_to(name="street_problem")
    keyboard.press("Space")
    keyboard.tab_to(name="street_danger")
    # Yes comes first, and has the focus.
    keyboard.press("ArrowDown")
    keyboard.fill("street_text", "Un trou, profond comme la main.")
    keyboard.fill("street_place", "Devant le lavoir")
    keyboard.tab_to(text="Continuer")
    flows.linger(page)
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Vérifiez et envoyez")).to_be_focused()
    keyboard.tab_to(text="Envoyer.*")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=re.compile("envoyé"))).to_be_visible()


@pytest.mark.parametrize("width", [1300], indirect=True)
def test_an_appointment_is_taken_without_mouse(page, login, expected_errors):
    expected_errors.append("422 .*/formulaire")
    login("camille")
    keyboard = Keyboard(page)
    page.goto(APPOINTMENT)
    keyboard.tab_to(name="reason")
    keyboard.press("Space")
    keyboard.tab_to(text="Suivant")
    flows.linger(page)
    keyboard.press("Enter")
    # How many come was forgotten.
    expect(page.get_by_role("alert")).to_be_focused()
    keyboard.tab_to(text=".*personne.*")
    keyboard.press("Enter")
    expect(page.locator("[name=people]")).to_be_focused()
    keyboard.type("1")
    keyboard.tab_to(text="Suivant")
    keyboard.press("Space")
    expect(page.get_by_text("Premier moment libre")).to_be_visible()
    keyboard.tab_to(text="Semaine suivante")
    keyboard.press("Enter")
    expect(page.get_by_role("button", name="Avant")).to_be_visible()
    keyboard.tab_to(name="slot")
    keyboard.press("Space")
    # From an hour to the next one as in any group.
    keyboard.press("ArrowDown")
    chosen = page.locator("[name=slot]:checked")
    expect(chosen).to_be_focused()
    hour = chosen.locator("xpath=ancestor::label").inner_text().strip()
    keyboard.tab_to(text="Continuer")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Vérifiez et envoyez")).to_be_focused()
    expect(page.locator("main")).to_contain_text(hour)
    keyboard.tab_to(text="Envoyer la demande")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Votre rendez-vous")).to_be_visible()
