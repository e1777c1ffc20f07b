"""What a town hall writes, a colleague reads and people see: "Must show" of contents, step by step.

Each journey ends as it began: the version of before is online again.
"""

import re

import flows
import pytest
from playwright.sync_api import expect

VILLAGE = "Chaumont-sur-Aire"
PAGE = "/communes/chaumont-sur-aire"
SECRETARY, READER = "secretaire2", "communication"
# Presses of a whole first hour: to begin, one for each question, to send.
CLICKS = 9
COUNT_CLICKS = """
addEventListener("click", () => {
    sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
}, true);
"""


def read(server, path=PAGE):
    """What a visitor gets: the bytes of the page between its head and its foot."""
    text = flows.Client(server).get(path).text
    return text[text.index("<main") : text.index("</main>")]


@pytest.fixture
def secretary(page, login):
    return login(SECRETARY)


@pytest.fixture
def reader(new_page, login):
    return login(READER, new_page())


def list_versions(server):
    manager = flows.Client(server).log_in("responsable")
    return manager.call(
        "content.revision",
        "search_read",
        [
            ("res_model", "=", "territory.commune"),
            ("name", "=", VILLAGE),
            ("version", ">", 0),
        ],
        ["version", "state"],
    )


@pytest.fixture
def as_before(server):
    """The page of the village is that of before, once the journey is over: whatever happened."""
    before = read(server)
    (live,) = [each["id"] for each in list_versions(server) if each["state"] == "published"]
    yield before
    author, colleague = (flows.Client(server).log_in(each) for each in (SECRETARY, READER))
    mine = [("author_id.login", "=", SECRETARY), ("name", "=", VILLAGE)]
    begun = [*mine, ("state", "in", ("draft", "submitted", "changes_asked"))]
    for number in author.call("content.revision", "search", begun):
        author.rpc("content.revision", "action_withdraw", [number])
    if read(server) != before:
        draft = author.call("content.revision", "action_restore", [live])
        author.rpc("content.revision", "action_submit", draft)
        (read_now,) = colleague.call("content.revision", "read", draft, ["mark"])
        colleague.rpc("content.revision", "action_publish", draft, read_now["mark"])


def press(page, name):
    page.get_by_role("button", name=re.compile(f"^{name}")).first.click()


def told(page):
    """What was done: the box of the header, where one searches, tells its own."""
    return page.get_by_role("main").get_by_role("status")


def open_part(page, title):
    part = page.locator("details", has=page.locator("summary", has_text=title)).first
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    return part


def open_to_read(reader, name=VILLAGE):
    reader.goto("/my/a-relire")
    reader.get_by_role("link", name=name, exact=True).click()
    expect(reader.get_by_role("heading", level=1, name=re.compile(name))).to_be_visible()


def tab_to(page, target):
    """As who has no mouse; a page has less than a hundred stops."""
    for _stop in range(100):
        page.keyboard.press("Tab")
        if target.evaluate("(each) => each === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {target}")


def accept(reader, name=VILLAGE):
    """By the keyboard alone."""
    reader.goto("/my/a-relire")
    tab_to(reader, reader.get_by_role("link", name=name, exact=True))
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", level=1, name=re.compile(name))).to_be_visible()
    tab_to(reader, reader.get_by_role("button", name=re.compile("^Accepter")).first)
    reader.keyboard.press("Enter")
    expect(told(reader)).to_contain_text("en ligne")


def choose_photo(page, words):
    page.locator("input[type=file][name=photo]").set_input_files(flows.photo(words))
    flows.fill(page, {"photo_alt": words, "photo_credit": "La mairie"})


@pytest.mark.gate
def test_a_secretary_changes_her_page_and_an_earlier_version_comes_back(
    secretary, reader, server, look, as_before, expected_errors
):
    expected_errors.append("422 .*/my/")
    secretary.goto("/my/contributions")
    secretary.get_by_role("link", name=VILLAGE, exact=True).click()
    press(secretary, "Modifier cette page")
    expect(secretary.get_by_role("heading", level=1, name=VILLAGE)).to_be_visible()
    secretary.fill("[name=tagline]", "Un pont, deux moulins")
    choose_photo(secretary, "Le pont au printemps")
    open_part(secretary, "La mairie").get_by_label("Mercredi", exact=True).fill("9h-11h30")
    # What people will read follows what is typed.
    expect(secretary.locator("[data-preview]")).to_contain_text("Mercredi")
    expect(secretary.locator("[data-preview]")).to_contain_text("Un pont, deux moulins")
    look(secretary, "contribution")
    press(secretary, "Envoyer")
    expect(told(secretary)).to_contain_text("envoyé")
    look(secretary, "contribution-envoyee")
    assert read(server) == as_before, "Sent is not online"

    open_to_read(reader)
    expect(reader.locator("ins", has_text="deux moulins")).to_be_visible()
    expect(reader.locator("ins", has_text="11 h 30")).to_be_visible()
    expect(reader.get_by_alt_text("Le pont au printemps")).to_be_visible()
    look(reader, "relire")
    press(reader, "Demander une correction")
    expect(reader.get_by_role("alert")).to_contain_text("corriger")
    reader.fill("[name=message]", "Le deuxième moulin a-t-il un nom ?")
    press(reader, "Demander une correction")
    expect(told(reader)).to_contain_text("message")
    assert read(server) == as_before, "Returned is not online"

    secretary.goto("/my/contributions")
    expect(secretary.get_by_text("Le deuxième moulin a-t-il un nom ?")).to_be_visible()
    look(secretary, "contributions-a-corriger")
    secretary.get_by_role("link", name=re.compile("^Corriger")).first.click()
    secretary.fill("[name=tagline]", "Un pont, et le moulin de la Croix")
    press(secretary, "Envoyer")
    accept(reader)
    visited = read(server)
    for words in ("moulin de la Croix", "Mercredi", "Le pont au printemps"):
        assert words in visited, f"Accepted, it is online: {words}"

    secretary.goto("/my/contributions")
    secretary.get_by_role("link", name=VILLAGE, exact=True).click()
    look(secretary, "contribution-versions")
    secretary.get_by_role("button", name=re.compile("^Remettre cette version")).first.click()
    press(secretary, "Envoyer")
    accept(reader)
    assert read(server) == as_before, "The version of before is online again"


def test_who_writes_sees_what_a_colleague_published_meanwhile(
    secretary, reader, new_page, login, server, look_closely, as_before
):
    secretary.goto("/my/contributions")
    secretary.get_by_role("link", name=VILLAGE, exact=True).click()
    expect(secretary.get_by_role("heading", level=1, name=VILLAGE)).to_be_visible()
    reader.goto(secretary.url)
    press(secretary, "Modifier cette page")
    secretary.fill("[name=tagline]", "Un pont et deux moulins")
    press(secretary, "Garder pour plus tard")
    hers = secretary.url.split("?")[0]
    press(reader, "Modifier cette page")
    reader.fill("[name=tagline]", "Un pont, trois moulins")
    press(reader, "Envoyer")
    accept(login("responsable", new_page()))
    assert "trois moulins" in read(server)

    secretary.goto(hers)
    press(secretary, "Envoyer")
    title = secretary.get_by_role("heading", level=1)
    expect(title).to_have_text("Cette page a changé entre-temps")
    look_closely(secretary, "contribution-conflit")
    expect(secretary.locator("main del")).to_contain_text("trois")
    expect(secretary.locator("main ins")).to_contain_text("deux")
    assert "trois moulins" in read(server), "nothing was sent"
    press(secretary, "Garder")
    press(secretary, "Envoyer")
    accept(reader)
    assert "Un pont et deux moulins" in read(server)


def test_the_first_hour_of_a_secretary(secretary, reader, server, look, look_closely, as_before):
    secretary.context.add_init_script(COUNT_CLICKS)
    secretary.goto("/my/contributions")
    look(secretary, "contributions-premiere-fois")
    press(secretary, "Répondre aux questions")
    questions = secretary.locator("ol.et-q > li")
    expect(questions).to_have_count(7)
    answers = {
        "ouverte": lambda: None,
        "joindre": lambda: secretary.fill("[name=access]", "Deux marches, une rampe à droite"),
        "ligne": lambda: secretary.fill("[name=tagline]", "Le village du pont"),
        "photo": lambda: choose_photo(secretary, "Le pont en automne"),
        "élus": lambda: None,
        "demande": lambda: secretary.fill("[name=practical]", "Clé du cimetière\xa0: à la mairie"),
        "PanneauPocket": lambda: secretary.fill(
            "[name=panneaupocket_url]", "https://app.panneaupocket.com/ville/exemple"
        ),
    }
    secretary.goto(secretary.url.split("?")[0] + "?question=1")
    look_closely(secretary, "premiere-heure-debut")
    for words, answer in answers.items():
        expect(secretary.locator("li[aria-current=step] h2")).to_contain_text(words)
        answer()
        if words == "photo":
            look(secretary, "premiere-heure")
        press(secretary, "C’est bon")
    expect(secretary.locator(".et-preview")).to_contain_text("Le village du pont")
    look_closely(secretary, "premiere-heure-fin")
    press(secretary, "Envoyer")
    expect(told(secretary)).to_contain_text("envoyé")
    assert secretary.evaluate("Number(sessionStorage.clicks)") == CLICKS
    assert read(server) == as_before, "Sent is not online"
    accept(reader)
    visited = read(server)
    for words in (
        "Le village du pont",
        "une rampe à droite",
        "Le pont en automne",
        "Clé du cimetière",
        "panneaupocket.com/ville/exemple",
    ):
        assert words in visited, words
