"""A procedure that the manager makes from nothing: from the menu to its first answers.

Every click and every choice of hers is counted, by the browser itself.
"""

import io
import re
import secrets

import flows
import pytest
from harness import WINDOW
from openpyxl import load_workbook
from playwright.sync_api import expect

MOST = 40
EMAIL = "dominique@exemple.org"
COUNT = """
    const count = () => window.countClick();
    addEventListener("pointerdown", count, true);
    addEventListener("change", (ev) => ev.target.tagName === "SELECT" && count(), true);
    addEventListener("keydown", (ev) => ev.key === "Enter" && count(), true);
"""


class Clicks:
    """Presses of the mouse, choices in a list, keys that validate."""

    def __init__(self, page):
        self.count = 0
        self.page = page
        page.context.expose_function("countClick", self.add)
        page.context.add_init_script(COUNT)

    def add(self):
        self.count += 1

    def write(self, locator, text):
        """A field is pressed before it is filled in."""
        locator.click()
        locator.fill(text)


@pytest.fixture
def width():
    """Procedures are set up at a desk."""
    return 1300


def test_a_procedure_is_made_from_nothing_in_few_clicks(
    page, new_page, login, mails, axe, screenshot
):
    name = f"Emprunter le broyeur {secrets.token_hex(3)}"
    login("responsable")
    clicks = Clicks(page)
    page.goto("/odoo/action-procedure_desk.procedure_request_action")
    page.wait_for_selector(".o_kanban_view")
    clicks.count = 0

    start(page, clicks, name, axe, screenshot)
    accept_the_entry(page, clicks)
    write_the_steps(page)
    write_the_form(page, clicks)
    publish(page)

    number = file(login("dominique", new_page()), name)
    assert number in mails.wait(EMAIL, number)["subject"]
    answer(login("agent.dechets", new_page()), number)
    assert flows.mail_with(mails, EMAIL, "Le broyeur est prêt.")

    export(page, number)
    assert clicks.count < MOST, f"{clicks.count} clicks"


def start(page, clicks, name, axe, screenshot, service="Service déchets"):
    page.locator(".o_menu_sections").get_by_text("Configuration").click()
    page.get_by_role("menuitem", name="Démarches", exact=True).click()
    page.locator("button[name=action_new_procedure]").click()
    window = page.locator(".modal-dialog")
    window.get_by_label("Rien").check()
    clicks.write(window.locator("[name=name] input"), name)
    clicks.write(window.locator("[name=service_id] input"), service)
    # In bold once the list has been searched.
    page.locator(".o-autocomplete--dropdown-item .fw-bold", has_text=service).click()
    screenshot(page, "nouvelle-demarche")
    expect(page.locator(".o-autocomplete--dropdown-menu")).to_have_count(0)
    axe(page, window=WINDOW)
    window.locator("[name=action_create_procedure]").click()
    expect(page.locator(".o_form_view [name=todo_html]")).to_contain_text("Avant la publication")
    screenshot(page, "a-completer")
    axe(page, back_office=True)


def accept_the_entry(page, clicks):
    page.locator("button[name=action_open_processing]").click()
    clicks.write(page.locator("[name=retention] textarea"), "Un an après la réponse")
    page.locator("[name=action_accept]").click()
    expect(page.locator("[name=accepted_on]")).to_be_visible()
    page.locator(".breadcrumb .o_back_button, .breadcrumb-item a").last.click()
    expect(page.locator("[name=todo_html]")).not_to_contain_text("registre")


def write_the_steps(page):
    flows.open_tab(page, "steps")
    page.locator("[name=step_ids] .o_field_x2many_list_row_add a").click()
    names = page.locator("[name=step_ids] .o_selected_row [name=name] input")
    names.fill("À préparer")
    names.press("Enter")
    # The next row has opened.
    expect(names).to_have_value("")
    names.fill("Prêté")


def write_the_form(page, clicks):
    flows.press(page, "action_open_draft")
    expect(page.locator(".o_procedure_builder h1")).to_be_visible()
    add(page, "une seule", "Vous êtes")
    setting(page, "required").check()
    clicks.write(setting(page, "choices"), "Un habitant\nUne association")
    add(page, "texte court", "Nom de l'association")
    page.locator("[name=add_condition]").click()
    setting(page, "condition_key").select_option(label="Vous êtes")
    setting(page, "condition_value").select_option(label="Une association")
    add(page, "date", "Pour quel jour ?")
    setting(page, "required").check()
    expect(page.locator(".o_builder_status")).to_have_text("Enregistré")


def add(page, words, label):
    page.locator(".o_builder_bar [name=add]").click()
    page.locator(".o_builder_palette").get_by_label("Chercher").fill(words)
    page.keyboard.press("Enter")
    expect(setting(page, "label")).to_be_focused()
    setting(page, "label").fill(label)


def setting(page, name):
    return page.locator(f".o_builder_settings [name={name}]")


def publish(page):
    page.locator("[name=publish]").click()
    page.locator(".o_builder_dialog [name=confirm]").click()
    expect(page.locator(".o_builder_head")).to_contain_text("publié le")


def file(page, name):
    """An inhabitant finds it in the list, and sends a request."""
    page.goto("/demarches")
    page.get_by_role("link", name=name).click()
    page.get_by_role("link", name="Commencer").click()
    page.get_by_label("Une association").check()
    page.get_by_label(re.compile("Nom de l'association")).fill("Les Jardins")
    page.get_by_label(re.compile("Pour quel jour")).fill(flows.day(7))
    flows.send(page, "Continuer")
    flows.check_and_send(page)
    expect(page.get_by_role("heading", level=1, name=re.compile("envoyée"))).to_be_visible()
    return page.locator(".et-plaque--no").first.inner_text()


def answer(page, number):
    """An agent of the service finds it among the others, moves it on, and answers."""
    flows.open_request(page, number).click()
    page.wait_for_selector(".o_form_sheet")
    flows.take(page)
    step = page.locator("[name=step_id] input")
    step.click()
    page.locator(".o-autocomplete--dropdown-item", has_text="À préparer").click()
    flows.accept(page, "Le broyeur est prêt.")


def export(page, number):
    """She sees the requests of this procedure on the kanban, then as a table."""
    page.locator(".breadcrumb-item a").last.click()
    page.locator("[name=action_open_requests]").click()
    expect(page.locator(".o_kanban_record:not(.o_kanban_ghost)")).to_have_count(1)
    page.locator(".o_switch_view.o_list").click()
    expect(page.locator(".o_data_row", has_text=number)).to_be_visible()
    page.locator("button[name=action_export]").click()
    # A tab of its own opens for the file: its bytes as she gets them.
    with page.expect_response(re.compile("/action_download")) as action:
        page.locator("button[name=action_download]").click()
    answer = page.context.request.get(action.value.json()["result"]["url"])
    workbook = load_workbook(io.BytesIO(answer.body()))
    (titles, *rows) = workbook.worksheets[0].iter_rows(values_only=True)
    (row,) = (dict(zip(titles, row, strict=True)) for row in rows)
    assert number in row.values()
    assert row["Vous êtes"] == "Une association"
    assert row["Nom de l'association"] == "Les Jardins"
    assert row["Pour quel jour ?"].strftime("%d/%m/%Y") == flows.day(7)
