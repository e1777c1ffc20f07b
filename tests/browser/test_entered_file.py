"""« Ouvrir un dossier »: what is typed stays in its cell, what lacks is told in a sentence."""

import pytest
from playwright.sync_api import expect

CHILD = "Zoé"
STREET = "4 rue du Puits"


@pytest.fixture
def width():
    """Files are kept at a desk."""
    return 1300


@pytest.fixture
def form(page, login):
    login("responsable")
    page.goto("/odoo/action-household_entry.household_entry_action")
    form = page.locator(".o_form_view")
    expect(form.get_by_role("button", name="Ouvrir le dossier")).to_be_visible()
    return form


def add_row(form, lines, **values):
    """A row of adults or of children; its cells stay open."""
    rows = form.locator(f".o_field_widget[name={lines}]")
    written = rows.locator(".o_data_row")
    count = written.count()
    rows.get_by_role("button", name="Ajouter une ligne").or_(
        rows.locator(".o_field_x2many_list_row_add a")
    ).first.click()
    # The row of before is open until the new one is there.
    added = written.nth(count)
    for name, value in values.items():
        added.locator(f"[name={name}] input").fill(value)
    return rows


def read_row(rows):
    return rows.locator(".o_data_row").first.inner_text()


def test_what_is_typed_after_a_row_that_lacks_something_goes_where_one_types(page, form):
    add_row(form, "adult_ids", firstname="Jeanne", lastname="Perrin", birthdate="09/03/1985")
    adults = add_row(form, "adult_ids", firstname="Hugo", lastname="Morel")
    children = add_row(form, "child_ids", firstname=CHILD, lastname="Morel")
    street = form.locator("[name=street] input")
    street.click()
    page.keyboard.type(STREET)
    expect(street).to_have_value(STREET)
    assert CHILD in read_row(children)
    form.get_by_role("button", name="Ouvrir le dossier").click()
    told = page.locator(".modal-dialog")
    expect(told).to_contain_text("Hugo Morel\xa0: Écrivez la date de naissance.")
    expect(told).to_contain_text("Zoé Morel\xa0: Écrivez la date de naissance.")
    expect(told).to_contain_text("dites quel adulte a l'autorité parentale")
    told.get_by_role("button", name="Fermer").first.click()
    assert CHILD in read_row(children)
    assert "Jeanne" in read_row(adults)


def test_the_only_adult_is_not_to_be_chosen(form):
    add_row(form, "adult_ids", firstname="Jeanne", lastname="Perrin")
    children = add_row(form, "child_ids", firstname=CHILD)
    choice = children.locator("th[data-name=parents]")
    expect(choice).to_have_count(0)
    add_row(form, "adult_ids", firstname="Hugo")
    form.locator("[name=street] input").click()
    expect(choice).to_be_visible()
