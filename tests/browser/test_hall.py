"""The hall of a village, hired out: slots, a price by option and by kind of applicant, a convention
and a second signature, made from nothing by the manager alone; every click of hers is counted.

Then it serves: somebody hires it, another one signs, the town hall sends the convention.
"""

import io
import re
import secrets

import flows
import pypdf
import pytest
from playwright.sync_api import expect
from test_new_procedure import Clicks, accept_the_entry, add, publish, setting, start
from test_signature import sign

MOST = 60
KIND = "Habitant de la commune"
# In euros: those of the commune, the others.
HALL = ("150", "200")
OPTIONS = {"Cuisine": "40", "Vaisselle": "60", "Sonorisation": "25"}
HIRED = ("Cuisine", "Sonorisation")
# The hall for somebody of the commune, the kitchen and the sound.
TOTAL, TOTAL_CENTS = "215,00\xa0€", 21500
# The hall for somebody else, with all its options.
TOTAL_ELSEWHERE = "325,00\xa0€"
CONVENTION = "Convention de mise à disposition de la salle à"
EMAIL = "camille@exemple.org"


@pytest.fixture
def width():
    """Procedures are set up at a desk."""
    return 1300


def test_the_hall_is_hired_out_in_few_clicks(
    page, new_page, login, server, mails, look, screenshot, axe
):
    token = secrets.token_hex(3)
    login("responsable")
    clicks = Clicks(page)
    page.goto("/odoo/action-procedure_desk.procedure_request_action")
    page.wait_for_selector(".o_kanban_view")
    clicks.count = 0

    calendar = f"Salle des fêtes {token}"
    open_the_days(page, clicks, calendar)
    write_the_convention(page, clicks, f"Convention {token}")
    name = f"Location de la salle {token}"
    start(page, clicks, name, axe, screenshot, service="Mairie de Beausite")
    accept_the_entry(page, clicks)
    # The neighbours may come too.
    page.locator("[name=is_open_to_all] input").check()
    write_the_form(page, clicks, calendar)
    write_the_prices(page, clicks, axe)
    screenshot(page, "salle-prix")
    publish(page)
    count = clicks.count
    assert count < MOST, f"{count} clicks"

    guarantor = flows.Person("Garance")
    number = hire(login("camille", new_page()), name, guarantor, look)
    sign(new_page(), mails, guarantor, look, "Camille", TOTAL, *HIRED)
    secretary = login("secretaire", new_page())
    accept_with(secretary, number, f"Convention {token}", screenshot)
    hall = flows.Client(server).log_in("secretaire")
    expect_the_convention(hall, mails, number, f"{guarantor.firstname} {guarantor.lastname}")
    read_the_price_elsewhere(new_page(), name, look)


def open_menu(page, words):
    page.locator(".o_menu_sections").get_by_text("Configuration").click()
    page.get_by_role("menuitem", name=words, exact=True).click()


def choose_service(page, clicks):
    clicks.write(page.locator("[name=service_id] input"), "Mairie de Beausite")
    page.locator(".o-autocomplete--dropdown-item .fw-bold", has_text="Beausite").first.click()


def open_the_days(page, clicks, name):
    """Saturdays and Sundays, the whole day."""
    open_menu(page, "Calendriers de créneaux")
    page.locator(".o_list_button_add").click()
    clicks.write(page.locator("[name=name] input"), name)
    choose_service(page, clicks)
    clicks.write(page.locator("[name=duration] input"), "600")
    lines = page.locator("[name=opening_ids]")
    for day in ("Samedi", "Dimanche"):
        lines.locator(".o_field_x2many_list_row_add a").click()
        row = lines.locator(".o_selected_row")
        row.locator("[name=weekday] input").click()
        page.locator(".o_select_menu_item", has_text=day).click()
        clicks.write(row.locator("[name=hour_from] input"), "10:00")
        page.keyboard.press("Tab")
        row.locator("[name=hour_to] input:focus").fill("20:00")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()


def write_the_convention(page, clicks, name):
    open_menu(page, "Modèles de réponse")
    page.locator(".o_list_button_add").click()
    clicks.write(page.get_by_label("Nom"), name)
    text = page.locator("[name=body] .note-editable")
    text.click()
    page.keyboard.type(f"{CONVENTION} {{{{demandeur}}}}, pour {{{{prix}}}}.")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()


def write_the_form(page, clicks, calendar):
    flows.press(page, "action_open_draft")
    expect(page.locator(".o_procedure_builder h1")).to_be_visible()
    add(page, "créneau", "Le jour")
    setting(page, "slot_calendar_id").select_option(label=calendar)
    add(page, "une seule", "La salle")
    setting(page, "required").check()
    clicks.write(setting(page, "choices"), "Salle entière")
    add(page, "plusieurs choix", "De quoi avez-vous besoin ?")
    clicks.write(setting(page, "choices"), "\n".join(OPTIONS))
    add(page, "par courriel", "Qui se porte garant ?")
    for label in ("Le jour", "De quoi avez-vous besoin"):
        page.locator(".o_builder_settings").get_by_label(label).check()
    expect(page.locator(".o_builder_status")).to_have_text("Enregistré")


def write_the_prices(page, clicks, axe):
    page.locator("[name=prices]").click()
    window = page.locator(".o_price_dialog")
    window.locator("[name=add_kind]").click()
    clicks.write(window.locator("[name=kind_name]"), KIND)
    window.locator("[name=kind_residence]").select_option("commune")
    # From one amount to the next one by the keyboard, as in a spreadsheet.
    window.get_by_label(f"La salle, Salle entière, {KIND}").click()
    amounts = [*HALL]
    for amount in OPTIONS.values():
        amounts += ["", amount]
    for amount in amounts:
        page.keyboard.type(amount)
        page.keyboard.press("Tab")
    axe(page, window=".o_price_dialog fieldset")
    window.locator(".modal-footer .btn-primary").click()
    expect(window).to_have_count(0)


def ask(page, name, options):
    """The form of the hall, filled in but for the names of the hirer and of the guarantor."""
    page.goto("/demarches")
    page.get_by_role("link", name=name).click()
    page.get_by_role("link", name="Commencer").click()
    page.locator("[name=slot], [name=le_jour]").first.check()
    page.get_by_label("Salle entière").check()
    for option in options:
        page.get_by_label(option).check()


def expect_total(page, total, look, name):
    flows.send(page, "Continuer")
    expect(page.get_by_role("heading", name="Vérifiez et envoyez")).to_be_visible()
    expect(page.locator("main")).to_contain_text(total)
    look(page, name)


def hire(page, name, guarantor, look):
    ask(page, name, HIRED)
    page.get_by_label(re.compile("Qui se porte garant")).fill(guarantor.email)
    expect_total(page, TOTAL, look, "salle-verifier")
    flows.check_and_send(page)
    return page.locator(".et-plaque--no").first.inner_text()


def accept_with(page, number, template, screenshot):
    """The secretary answers with the convention that was written for it."""
    flows.open_request(page, number).click()
    page.wait_for_selector(".o_form_sheet")
    flows.take(page)
    flows.press(page, "action_open_reason", "[data-hotkey=a]")
    with flows.dialog(page) as window:
        window.locator("[name=template_id]").get_by_text(template).click()
        words = window.locator("[name=reasons] textarea")
        expect(words).to_have_value(f"{CONVENTION} Camille Duchêne, pour {TOTAL}.")
        expect(window.locator("[name=letter_html]")).to_contain_text(TOTAL)
        screenshot(page, "salle-convention")


def expect_the_convention(secretary, mails, number, guarantor):
    """What was agreed is on paper, and in the request: the same, to the cent; with who signed."""
    (request,) = secretary.call(
        "procedure.request", "search_read", [("number", "=", number)], ["state", "price_cents"]
    )
    assert (request["state"], request["price_cents"]) == ("accepted", TOTAL_CENTS)
    mail = flows.until(
        lambda: next(
            (
                mail
                for mail in mails.to(EMAIL)
                if number in mail["subject"] and CONVENTION in mail["html"]
            ),
            None,
        ),
        seconds=60,
        message=f"no convention for {number}",
    )
    (file,) = [file for file in mail["attachments"] if file["type"] == "application/pdf"]
    pages = pypdf.PdfReader(io.BytesIO(mails.read(file["url"]))).pages
    text = " ".join(" ".join(each.extract_text() for each in pages).split())
    assert f"{CONVENTION} Camille Duchêne, pour {TOTAL.replace(chr(160), ' ')}." in text, text
    assert re.search(rf"garant \? ?Signée le [0-9/]+ par {guarantor}, en ligne", text), text


def read_the_price_elsewhere(page, name, look):
    """Somebody of another place, without account, takes all of it."""
    neighbour = flows.Person("Solange")
    ask(page, name, OPTIONS)
    page.get_by_label(re.compile("Qui se porte garant")).fill(flows.Person().email)
    flows.fill(
        page,
        {
            "contact_firstname": neighbour.firstname,
            "contact_lastname": neighbour.lastname,
            "contact_email": neighbour.email,
            "contact_address.street": neighbour.street,
            "contact_address.zip": "54000",
            "contact_address.commune": "Nancy",
        },
    )
    expect_total(page, TOTAL_ELSEWHERE, look, "salle-verifier-ailleurs")
