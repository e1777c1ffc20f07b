"""A secretary writes the text of her village where people will read it, with a picture."""

import flows
import pytest
from playwright.sync_api import expect

VILLAGE = "Beausite"
PAGE = "/communes/beausite"
SECRETARY = "secretaire"
TEXT = "[data-page-text] [contenteditable=true]"


def read(server):
    text = flows.Client(server).get(PAGE).text
    return text[text.index("<main") : text.index("</main>")]


@pytest.fixture
def draft(page, login, server):
    """A proposal of hers, given up once the journey is over."""
    login(SECRETARY)
    client = flows.Client(server).log_in(SECRETARY)
    (number,) = client.call("territory.commune", "search", [("name", "=", VILLAGE)])
    page.goto(f"/my/contributions/page/territory.commune/{number}")
    flows.linger(page)
    page.locator("button[value=change]").click()
    page.wait_for_url("**/my/contributions/*")
    yield page
    mine = [("author_id.login", "=", SECRETARY), ("name", "=", VILLAGE)]
    begun = [*mine, ("state", "in", ("draft", "submitted", "changes_asked"))]
    for revision in client.call("content.revision", "search", begun):
        client.rpc("content.revision", "action_withdraw", [revision])


def test_a_secretary_writes_the_text_in_its_page(draft, server, look):
    before = read(server)
    flows.linger(draft)
    draft.locator("button[value=page]").click()
    text = draft.locator(TEXT)
    expect(text).to_be_visible()
    text.click()
    draft.keyboard.press("Control+End")
    draft.keyboard.press("Enter")
    draft.keyboard.type("Les sentiers")
    draft.get_by_role("button", name="Titre").click()
    expect(text.get_by_role("heading", name="Les sentiers")).to_be_visible()
    draft.keyboard.press("End")
    draft.keyboard.press("Enter")
    draft.keyboard.type("Trois boucles partent de la place.")

    draft.get_by_role("button", name="Image", exact=True).click()
    window = draft.get_by_role("dialog")
    window.locator("[name=picture]").set_input_files(flows.photo("Un sentier"))
    window.get_by_label("Qui l’a prise").fill("La mairie")
    look(draft, "texte-image")
    window.get_by_label("Ce qu’elle montre").fill("Un sentier")
    flows.linger(draft)
    window.get_by_role("button", name="La mettre dans le texte").click()
    expect(text.get_by_alt_text("Un sentier")).to_be_visible()
    look(draft, "texte-dans-la-page")
    draft.get_by_role("button", name="Garder et continuer").click()
    expect(draft.get_by_role("main").get_by_role("status")).to_contain_text("gardé")
    for words in ("Les sentiers", "Trois boucles", "Photo : La mairie"):
        expect(draft.locator(TEXT)).to_contain_text(words)
    flows.linger(draft)
    draft.get_by_role("button", name="Garder et revenir").click()
    expect(draft.locator("button[value=page]")).to_be_visible()
    assert read(server) == before, "Kept is not online"


def test_the_keyboard_goes_in_and_out_of_the_text(draft):
    """Tab is no trap there, and writes nothing."""
    draft.locator("button[value=page]").click()
    text = draft.locator(TEXT)
    expect(text).to_be_visible()
    before = text.inner_text()
    keep = draft.get_by_role("button", name="Garder et revenir")
    draft.get_by_role("button", name="Annuler").focus()
    for reached in (text, keep):
        for _stop in range(40):
            draft.keyboard.press("Tab")
            if reached.evaluate("element => element === document.activeElement"):
                break
        expect(reached).to_be_focused()
    draft.keyboard.press("Shift+Tab")
    assert text.inner_text() == before
    # The window of a picture: Escape leaves it, and gives the focus back.
    button = draft.get_by_role("button", name="Image", exact=True)
    button.focus()
    draft.keyboard.press("Enter")
    expect(draft.get_by_role("dialog")).to_be_visible()
    draft.keyboard.press("Escape")
    expect(draft.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()


def write_for_long(page):
    """A session does not end in the minutes after the page came: then nobody is asked."""
    page.evaluate("() => (document.querySelector('[data-signed-in]').dataset.signedIn = 0)")


def test_what_is_typed_outlives_the_session(draft):
    """In the form, then in the page: one is told to sign in, and nothing is lost."""
    typed = draft.locator("[name=tagline]")
    typed.fill("Vingt minutes de travail")
    cookies = draft.context.cookies()
    draft.context.clear_cookies()
    write_for_long(draft)
    flows.linger(draft)
    draft.locator("button[value=send]").click()
    told = draft.get_by_role("alert").filter(has_text="Connectez-vous dans un autre onglet")
    expect(told).to_be_visible()
    expect(typed).to_have_value("Vingt minutes de travail")
    draft.context.add_cookies(cookies)
    draft.locator("button[value=page]").click()
    expect(draft.locator(TEXT)).to_be_visible()
    draft.context.clear_cookies()
    write_for_long(draft)
    draft.get_by_role("button", name="Garder et continuer").click()
    expect(told).to_be_visible()
    expect(draft.locator(TEXT)).to_be_visible()
