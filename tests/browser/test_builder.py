"""A form changed by its manager: seen before it is published, then filled in."""

import re

import builder
import flows
import pytest
from harness import CORE_RULES, CORE_WIDGETS, violations
from playwright.sync_api import expect

QUESTION = "Numéro de l'association"


@pytest.fixture
def live(server):
    """(id, address) of a procedure that people already use."""
    return builder.make_live_procedure(server)


def file(page, address, **answers):
    """The form filled in; the new question is answered when it is given."""
    page.goto(f"{address}/formulaire")
    page.check(f"[name=caller][value={answers['caller']}]")
    page.fill("[name=subject]", answers["subject"])
    send(page)


def send(page):
    flows.linger(page)
    page.locator(".et-actions [value=check]").click()


def acknowledged(page):
    expect(page.get_by_role("heading", level=1, name=re.compile("envoyée"))).to_be_visible()
    return page.locator(".et-plaque--no").first.inner_text()


def read_in_my_space(page, number):
    page.goto("/my/demandes")
    page.locator("main tr", has_text=number).get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/my/demandes/\d+"))
    return page.locator("main").inner_text()


def read_in_the_back_office(page, number):
    card = flows.open_request(page, number)
    card.click()
    page.wait_for_selector(".o_form_sheet")
    return page.locator("[name=answers_html]").inner_text()


def test_a_question_is_added_to_a_live_procedure(
    page, new_page, login, live, axe, screenshot, expected_errors
):
    # A form with errors is answered by 422.
    expected_errors.append("422 .*/(formulaire|apercu)")
    procedure, address = live
    inhabitant = login("dominique", new_page())
    file(inhabitant, address, caller="association", subject="Fête des voisins")
    flows.check_and_send(inhabitant)
    before = acknowledged(inhabitant)

    login("responsable")
    builder.open_builder(page, procedure)
    builder.choose(page, "Vous êtes")
    builder.add(page, "texte court")
    builder.setting(page, "label").fill(QUESTION)
    builder.setting(page, "required").check()
    page.locator("[name=add_condition]").click()
    builder.setting(page, "condition_key").select_option(label="Vous êtes")
    builder.setting(page, "condition_value").select_option(label="Une association")
    builder.expect_saved(page)
    expect(page.locator(".o_builder_item.o_selected")).to_contain_text(
        "S'affiche si «\xa0Vous êtes\xa0» est «\xa0Une association\xa0»"
    )
    see_it_in_the_preview(page)
    screenshot(page, "editeur")
    axe(page, back_office=True)
    axe_in_the_preview(page, axe)
    publish(page, axe, screenshot)

    refused_then_filed(inhabitant, address)
    after = acknowledged(inhabitant)
    assert QUESTION not in read_in_my_space(inhabitant, before), "it was never asked"
    new = read_in_my_space(inhabitant, after)
    assert QUESTION in new
    assert "W551234567" in new
    assert QUESTION not in read_in_the_back_office(page, before)
    assert QUESTION in read_in_the_back_office(page, after)


def see_it_in_the_preview(page):
    """Hidden, then shown by the answer on which it depends; sending stores nothing."""
    preview = builder.preview(page)
    question = preview.get_by_label(re.compile(QUESTION))
    expect(question).to_be_hidden()
    preview.get_by_label("Une association").check()
    expect(question).to_be_visible()
    page.locator(".o_builder_preview [name=test]").click()
    preview.get_by_label(re.compile("Objet")).fill("Essai")
    preview.locator(".et-actions [value=send]").click()
    expect(preview.get_by_role("alert")).to_contain_text(QUESTION)
    page.locator(".o_builder_preview [name=test]").click()


def axe_in_the_preview(page, axe):
    """Its page alone: axe does not enter a frame."""
    tab = page.context.new_page()
    tab.goto(page.locator(".o_builder_frame iframe").get_attribute("src"))
    axe(tab)
    tab.close()


def publish(page, axe, screenshot):
    page.locator("[name=publish]").click()
    window = page.locator(".o_builder_dialog")
    expect(window).to_contain_text(f"Ajout\xa0: Question «\xa0{QUESTION}\xa0»")
    screenshot(page, "editeur-publier")
    window.locator("[name=confirm]").click()
    expect(page.locator(".o_builder_head")).to_contain_text("version 2, publié le")
    expect(page.locator(".o_builder_head")).to_contain_text("Hélène")
    # Read only from now on.
    expect(page.locator(".o_builder_bar [name=add]")).to_have_count(0)
    expect(builder.setting(page, "label")).not_to_be_editable()
    page.locator("[name=history]").click()
    expect(page.locator(".o_builder_dialog section")).to_have_count(2)
    page.locator(".o_builder_dialog .btn-primary").click()
    axe(page, back_office=True)


def refused_then_filed(page, address):
    file(page, address, caller="association", subject="Loto")
    question = page.get_by_label(re.compile(QUESTION))
    expect(question).to_have_attribute("aria-invalid", "true")
    question.fill("W551234567")
    send(page)
    flows.check_and_send(page)


def test_a_question_is_written_by_keyboard_alone(page, login, live):
    procedure, _address = live
    login("responsable")
    builder.open_builder(page, procedure)
    press, write = page.keyboard.press, page.keyboard.type

    def tab_to(locator):
        for _stop in range(120):
            press("Tab")
            if locator.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"Tab does not reach {locator}")

    tab_to(page.locator(".o_builder_bar [name=add]"))
    press("Enter")
    expect(page.locator(".o_builder_palette [type=search]")).to_be_focused()
    write("nombre entier")
    press("Enter")
    expect(builder.setting(page, "label")).to_be_focused()
    write("Combien de tables")
    tab_to(builder.setting(page, "required"))
    press("Space")
    tab_to(builder.setting(page, "max_value"))
    write("20")
    tab_to(page.locator("[name=add_condition]"))
    press("Enter")
    # The focus goes to the row that opens, and back to the button when a row is removed.
    expect(builder.setting(page, "condition_key")).to_be_focused()
    press("Tab")
    press("Enter")
    expect(page.locator("[name=add_condition]")).to_be_focused()
    press("Enter")
    expect(builder.setting(page, "condition_key")).to_be_focused()
    write("Vous")
    tab_to(builder.setting(page, "condition_value"))
    write("Une asso")
    press("Tab")
    builder.expect_saved(page)

    item = page.locator(".o_builder_item", has_text="Combien de tables")
    expect(item).to_contain_text("obligatoire")
    expect(item).to_contain_text("«\xa0Une association\xa0»")
    # Up by Alt and the arrow, the focus goes along; down by the button.
    item.locator("[name=select]").focus()
    press("Alt+ArrowUp")
    names = page.locator(".o_builder_label")
    expect(names).to_have_text(["Vous êtes", "Combien de tables", "Objet de la demande"])
    expect(page.locator(".o_builder_status")).to_have_text(
        "«\xa0Combien de tables\xa0»\xa0: place 2 sur 3."
    )
    expect(item.locator("[name=select]")).to_be_focused()
    tab_to(item.locator("[name=down]"))
    press("Enter")
    expect(names).to_have_text(["Vous êtes", "Objet de la demande", "Combien de tables"])
    expect(item.locator("[name=down]")).to_be_focused()
    # Removed, and back.
    tab_to(item.locator("[name=remove]"))
    press("Enter")
    expect(names).to_have_count(2)
    expect(page.locator("[name=undo]")).to_be_focused()
    press("Enter")
    expect(names).to_have_text(["Vous êtes", "Objet de la demande", "Combien de tables"])
    expect(item).to_contain_text("«\xa0Une association\xa0»")


def test_an_empty_limit_and_a_limit_of_zero_are_two_things(page, login, server, live):
    procedure, _address = live
    login("responsable")
    builder.open_builder(page, procedure)
    builder.add(page, "nombre entier")
    builder.setting(page, "label").fill("Combien de chaises")
    builder.setting(page, "min_value").fill("0")
    builder.setting(page, "max_value").fill("5")
    builder.expect_saved(page)
    builder.setting(page, "max_value").fill("")
    builder.expect_saved(page)
    page.reload()
    builder.choose(page, "Combien de chaises")
    expect(builder.setting(page, "min_value")).to_have_value("0")
    expect(builder.setting(page, "max_value")).to_have_value("")

    # The plain sheet of the version says and keeps the same.
    manager = flows.Client(server).log_in("responsable")
    own = [("version_id.procedure_id", "=", procedure), ("label", "=", "Combien de chaises")]
    (row,) = manager.call("procedure.field", "search_read", own, ["version_id"])
    page.goto(f"/odoo/m-procedure.version/{row['version_id'][0]}")
    page.locator(".o_data_row", has_text="Combien de chaises").locator(
        ".o_list_record_open_form_view button"
    ).click()
    page.wait_for_url("**/procedure.field/*")
    least, most = page.locator("[name=min_value] input"), page.locator("[name=max_value] input")
    expect(least).to_have_value("0")
    expect(most).to_have_value("")
    least.fill("")
    most.fill("0")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    (limits,) = manager.call("procedure.field", "read", [row["id"]], ["min_value", "max_value"])
    assert limits["min_value"] is False
    assert limits["max_value"] == 0
    assert limits["max_value"] is not False


@pytest.mark.gate
def test_the_sheet_publishes_once_the_difference_is_read(page, login, live, screenshot):
    procedure, _address = live
    login("responsable")
    builder.open_builder(page, procedure)
    builder.choose(page, "Objet de la demande")
    builder.setting(page, "label").fill("Votre objet")
    builder.expect_saved(page)
    builder.open_sheet(page, procedure)
    flows.press(page, "action_review_publication")
    window = page.locator(".o_builder_dialog")
    expect(window).to_contain_text(
        "Question «\xa0Votre objet\xa0»\xa0: libellé changé, c'était «\xa0Objet de la demande\xa0»"
    )
    screenshot(page, "fiche-publier")
    # The frame of a window is core's, with landmarks of its own.
    parts = [".o_builder_sentences", ".o_builder_dialog .modal-footer"]
    found = violations(page, parts, CORE_WIDGETS, CORE_RULES)
    assert not found, "\n".join(found)
    # Not now: nothing is published.
    window.get_by_role("button", name="Pas maintenant").click()
    expect(window).to_have_count(0)
    flows.press(page, "action_review_publication")
    window.locator("[name=confirm]").click()
    expect(window).to_have_count(0)
    # The sheet comes back as it is now: published, without draft.
    expect(flows.header_button(page, "action_review_publication")).to_have_count(0)
    expect(page.locator(".o_form_sheet")).to_be_visible()


def test_what_is_refused_stays_where_it_was_typed(page, login, live, axe, screenshot):
    procedure, _address = live
    login("responsable")
    builder.open_builder(page, procedure)
    builder.add(page, "une seule")
    builder.setting(page, "label").fill("Votre religion")
    builder.expect_saved(page)
    # What the law forbids, and what cannot work, is said with a way to the field.
    problems = page.locator(".o_builder_problems")
    expect(problems).to_contain_text("religion")
    page.locator("[name=publish]").click()
    expect(problems.locator("h2")).to_be_focused()
    page.get_by_text("Avancé").click()
    key = builder.setting(page, "key")
    key.fill("Pas une clé")
    key.press("Tab")
    expect(page.locator(".o_builder_setting[data-setting=key] [role=alert]")).to_be_visible()
    expect(key).to_have_value("Pas une clé")
    screenshot(page, "editeur-refus")
    axe(page, back_office=True)


def test_two_people_write_the_same_question(page, new_page, login, live):
    procedure, _address = live
    colleague = login("admin", new_page())
    for where in (login("responsable"), colleague):
        builder.open_builder(where, procedure)
        builder.choose(where, "Objet de la demande")
    builder.setting(colleague, "label").fill("Motif")
    builder.expect_saved(colleague)

    builder.setting(page, "label").fill("Objet précis")
    alert = page.locator(".o_builder_setting[data-setting=label] [role=alert]")
    expect(alert).to_contain_text("Motif")
    expect(builder.setting(page, "label")).to_have_value("Objet précis")
    expect(page.locator(".o_builder_status")).to_contain_text("Non enregistré")
    alert.get_by_role("button", name="Garder le mien").click()
    builder.expect_saved(page)
    expect(alert).to_have_count(0)
    colleague.reload()
    expect(colleague.locator(".o_builder_label", has_text="Objet précis")).to_be_visible()


@pytest.mark.parametrize("persona", ["agent.dechets", "secretaire", "communication", "dpo"])
def test_the_builder_is_closed_to_others(server, live, persona):
    procedure, _address = live
    other = flows.Client(server).log_in(persona)
    answer = other.rpc("procedure.procedure", "action_open_draft", [procedure])
    assert "error" in answer


def test_the_advice_of_the_links_shows_no_tag(page, login, live):
    procedure, _address = live
    login("responsable")
    builder.open_builder(page, procedure)
    page.locator(".o_procedure_builder [name=share]").click()
    advice = page.locator(".o_nocontent_help")
    expect(advice.locator("p.o_view_nocontent_smiling_face")).to_be_visible()
    expect(advice).not_to_contain_text("<p")
