"""The words of an answer, with fields that each request fills: inserted where one writes."""

import secrets

import pytest
from playwright.sync_api import expect


@pytest.fixture
def width():
    """Answers are written at a desk."""
    return 1300


def insert(page, words):
    page.get_by_role("button", name="Insérer un champ").click()
    page.locator(".o_select_menu_menu").get_by_text(words).click()


def test_a_field_comes_where_the_caret_is(page, login):
    login("responsable")
    page.goto("/odoo/action-procedure_letter.procedure_letter_template_action/new")
    page.get_by_label("Nom").fill(f"Essai {secrets.token_hex(3)}")
    text = page.locator("[name=body] .note-editable")
    text.click()
    page.keyboard.type("Bonjour , merci.")
    for _each in ", merci.":
        page.keyboard.press("ArrowLeft")
    insert(page, "nom du demandeur")
    expect(text).to_have_text("Bonjour {{demandeur}}, merci.")
    # One goes on writing after it.
    page.keyboard.type(" !")
    expect(text).to_have_text("Bonjour {{demandeur}} !, merci.")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    page.reload()
    expect(text).to_have_text("Bonjour {{demandeur}} !, merci.")
    # Nobody has clicked in the text: after what is written.
    insert(page, "téléphone du service")
    expect(text).to_have_text("Bonjour {{demandeur}} !, merci.{{telephone}}")
    page.locator(".o_form_button_cancel").click()
    expect(text).to_have_text("Bonjour {{demandeur}} !, merci.")
