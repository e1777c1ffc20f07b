"""An association keeps its sheet of the directory, a company asks for one that nobody keeps.

Each journey ends as it began: the version of before is online again, nobody keeps what nobody kept.
"""

import re

import flows
import pytest
from playwright.sync_api import expect
from test_contributions import accept, open_part, open_to_read, press, read, told

KEEPER, COMPANY, READER, MANAGER = "asso", "entreprise", "communication", "responsable"
SHEET = "Foyer rural des Trois Vallons"
PAGE = "/annuaire/foyer-rural-des-trois-vallons"
PHONE = "03 53 01 05 41"
FREE = "Poterie du Four Ancien"
FREE_PAGE = "/annuaire/poterie-du-four-ancien"


@pytest.fixture
def keeper(page, login):
    return login(KEEPER)


@pytest.fixture
def reader(new_page, login):
    return login(READER, new_page())


def find_live(server):
    manager = flows.Client(server).log_in(MANAGER)
    domain = [("res_model", "=", "directory.entry"), ("name", "=", SHEET)]
    (live,) = manager.call("content.revision", "search", [*domain, ("state", "=", "published")])
    return live


@pytest.fixture
def as_before(server):
    """The sheet is that of before, once the journey is over: whatever happened."""
    before, live = read(server, PAGE), find_live(server)
    yield before
    author, colleague = (flows.Client(server).log_in(each) for each in (KEEPER, READER))
    staff = flows.Client(server).log_in(MANAGER)
    begun = [("name", "=", SHEET), ("state", "in", ("draft", "submitted", "changes_asked"))]
    for number in staff.call("content.revision", "search", begun):
        author.rpc("content.revision", "action_withdraw", [number])
    if read(server, PAGE) != before:
        draft = author.call("content.revision", "action_restore", [live])
        author.call("content.revision", "action_submit", draft)
        (read_now,) = colleague.call("content.revision", "read", draft, ["mark"])
        colleague.call("content.revision", "action_publish", draft, read_now["mark"])
    assert read(server, PAGE) == before, "The next journey finds what this one found"


def write_hours(page, weekday, hours):
    open_part(page, "Horaires").get_by_label(weekday, exact=True).fill(hours)


@pytest.mark.gate
def test_an_association_changes_its_sheet_and_a_reader_accepts_it(
    keeper, reader, server, look, as_before
):
    keeper.goto("/my/contributions")
    look(keeper, "fiche-contributions")
    keeper.get_by_role("link", name=SHEET, exact=True).click()
    press(keeper, "Modifier cette page")
    expect(keeper.get_by_role("heading", level=1, name=SHEET)).to_be_visible()
    keeper.fill("[name=phone]", PHONE)
    keeper.set_input_files("input[type=file][name=photo]", flows.photo("La salle un soir"))
    keeper.fill("[name=photo_alt]", "La salle un soir de théâtre")
    write_hours(keeper, "Samedi", "10h - 12h30")
    # What people will read follows what is typed.
    preview = keeper.locator("[data-preview]")
    expect(preview).to_contain_text(PHONE)
    expect(preview).to_contain_text("Samedi")
    look(keeper, "fiche-modifier")
    press(keeper, "Garder pour plus tard")
    keeper.get_by_role("link", name=re.compile("^Voir toute la page")).click()
    expect(keeper.locator("main")).to_contain_text(PHONE)
    expect(keeper.get_by_alt_text("La salle un soir de théâtre").first).to_be_visible()
    look(keeper, "fiche-apercu")
    keeper.get_by_role("link", name="Retour").click()
    press(keeper, "Envoyer")
    expect(told(keeper)).to_contain_text("envoyé")
    look(keeper, "fiche-envoyee")
    assert read(server, PAGE) == as_before, "Sent is not online"

    open_to_read(reader, SHEET)
    expect(reader.locator("ins", has_text="05")).to_be_visible()
    expect(reader.locator("ins", has_text="12 h 30")).to_be_visible()
    expect(reader.get_by_alt_text("La salle un soir de théâtre").first).to_be_visible()
    look(reader, "fiche-relire")
    press(reader, "Accepter")
    expect(told(reader)).to_contain_text("en ligne")
    visited = read(server, PAGE)
    for words in (PHONE, "Samedi", "La salle un soir de théâtre"):
        assert words in visited, f"Accepted, it is online: {words}"

    keeper.goto("/my/contributions")
    keeper.get_by_role("link", name=SHEET, exact=True).click()
    look(keeper, "fiche-versions")
    keeper.get_by_role("button", name=re.compile("^Remettre cette version")).first.click()
    press(keeper, "Envoyer")
    accept(reader, SHEET)
    assert read(server, PAGE) == as_before, "The version of before is online again"


def test_what_is_typed_before_the_script_came_is_in_the_preview(keeper, as_before):
    keeper.goto("/my/contributions")
    keeper.get_by_role("link", name=SHEET, exact=True).click()
    press(keeper, "Modifier cette page")
    expect(keeper.locator("[name=phone]")).to_be_visible()
    late = []
    keeper.route("**/website_content_approval.assets_form*", lambda route: late.append(route))
    keeper.reload(wait_until="commit")
    keeper.fill("[name=phone]", PHONE)
    (script,) = late
    script.continue_()
    expect(keeper.locator("[data-preview]")).to_contain_text(PHONE)


@pytest.fixture
def kept_by_nobody(server):
    yield
    manager = flows.Client(server).log_in(MANAGER)
    company = flows.Client(server).log_in(COMPANY)
    asked = [("entry_id.name", "=", FREE), ("state", "=", "asked")]
    for claim in manager.call("directory.claim", "search", asked):
        page = company.read("/my/contributions")
        form = page.xpath(f"//form[input[@name='claim'][@value='{claim}']]")[0]
        company.post("/my/contributions/fiche-demandee", dict(form.form_values()))
    begun = [("name", "=", FREE), ("state", "=", "draft")]
    for number in manager.call("content.revision", "search", begun):
        company.rpc("content.revision", "action_withdraw", [number])
    sheets = manager.call("directory.entry", "search", [("name", "=", FREE)])
    manager.call("directory.entry", "write", sheets, {"owner_id": False})


def test_a_company_asks_for_a_sheet_and_keeps_it_once_confirmed(
    page, login, reader, look, kept_by_nobody
):
    keeper = login(COMPANY)
    keeper.goto(FREE_PAGE)
    keeper.get_by_role("link", name="Tenir cette fiche").click()
    keeper.fill("[name=message]", "Notre atelier est au fond de la cour.")
    look(keeper, "fiche-demander")
    press(keeper, "Demander")
    expect(told(keeper)).to_contain_text("demandé")
    keeper.goto("/my/contributions")
    expect(keeper.get_by_role("link", name=FREE, exact=True)).to_have_attribute("href", FREE_PAGE)
    look(keeper, "fiche-demandee")

    reader.goto("/odoo/action-website_directory_claim.directory_claim_action")
    reader.locator(".o_data_row, .o_kanban_record", has_text=FREE).first.click()
    flows.header_button(reader, "action_accept").click()
    expect(flows.header_button(reader, "action_accept")).to_have_count(0)

    keeper.goto("/my/contributions")
    keeper.get_by_role("link", name=FREE, exact=True).click()
    press(keeper, "Modifier cette page")
    expect(keeper.get_by_role("heading", level=1, name=FREE)).to_be_visible()


def test_what_was_asked_is_taken_back(page, login, kept_by_nobody):
    keeper = login(COMPANY)
    keeper.goto(f"{FREE_PAGE}/tenir")
    press(keeper, "Demander")
    keeper.goto("/my/contributions")
    keeper.get_by_role("button", name=re.compile(f"^Annuler ma demande.*{FREE}")).click()
    expect(told(keeper)).to_be_visible()
    expect(keeper.get_by_role("link", name=FREE, exact=True)).to_have_count(0)
