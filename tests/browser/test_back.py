"""Who goes back finds the page again, never the browser's own "document expired"."""

import flows
import pytest
from playwright.sync_api import expect

# What is wrong there, and the heading that one comes back to.
PAGES = {
    "/suivi": ({"numero": "BAC-2026-9999", "code": "AAAAAAAAAA"}, "Suivre une demande"),
    "/suivi/code": ({"email": "sans arobase"}, "Recevoir un autre code"),
    "/inscription/identifiant": ({"email": "sans arobase"}, "Retrouver mon identifiant"),
    "/web/login": ({"login": "personne", "password": "faux"}, "Se connecter"),
}


@pytest.mark.parametrize("path", PAGES)
def test_after_what_was_refused(page, path, expected_errors):
    expected_errors.append(f"422 .*{path}")
    go_back_after_a_refusal(page, path)


def test_before_the_files_of_the_page_arrive(page, expected_errors):
    """She is gone before a script of ours came."""
    expected_errors += ["422 .*/suivi", "ERR_FAILED"]
    page.route("**/website_parts.*", lambda route: route.abort())
    go_back_after_a_refusal(page, "/suivi")


def go_back_after_a_refusal(page, path):
    values, heading = PAGES[path]
    title = page.get_by_role("heading", level=1, name=heading)
    page.goto(path)
    for _time in range(2):
        flows.fill(page, values)
        page.locator("main form .btn-primary").click()
        expect(title).to_be_visible()
        expect(page.get_by_role("alert").first).to_be_visible()
    assert "#" not in page.url
    page.goto("/demarches")
    for _time in range(2):
        page.go_back()
        expect(title).to_be_visible()
        page.reload()
        expect(title).to_be_visible()


def test_after_an_incomplete_answer_to_the_service(page, login, expected_errors):
    expected_errors.append("422 .*/completer")
    login("camille")
    page.goto("/my/demandes?etat=a-completer")
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/my/demandes/*")
    address = page.url
    for _time in range(2):
        page.locator("#a-completer .et-actions .btn-primary").click()
        expect(page.locator("#erreurs")).to_be_visible()
    page.locator(".breadcrumb a:visible").last.click()
    page.wait_for_url("**/my/demandes")
    for _time in range(2):
        page.go_back()
        expect(page.locator("#a-completer")).to_be_visible()
        assert page.url == address


def test_without_network_a_form_stays_as_it_was_typed(page, expected_errors):
    """Chromium would put its own page in place of the form, and Back would lead before it."""
    expected_errors.append("ERR_INTERNET_DISCONNECTED")
    page.goto(f"{flows.BIN}/formulaire")
    page.check("[name=waste_request][value=arrival]")
    flows.fill(page, {"address.street": "3 rue du Moulin"})
    page.context.set_offline(True)
    page.locator("main form .et-actions .btn-primary").first.click()
    expect(page.get_by_role("alert")).to_contain_text("pas de réseau")
    page.context.set_offline(False)
    expect(page.locator("[name='address.street']")).to_have_value("3 rue du Moulin")
