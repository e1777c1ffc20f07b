"""The same bin without account: a code by mail, then a number and a code to follow it."""

import re

import flows
import pytest
from playwright.sync_api import expect


@pytest.fixture
def person():
    return flows.Person("André")


@pytest.mark.gate
def test_a_bin_is_obtained_without_account(
    page, new_page, login, mails, look, person, expected_errors
):
    expected_errors.append("422 .*/(formulaire|code|suivi)")
    page.goto(flows.BIN + "/formulaire")
    fill_in(page, person, look)
    go_back_and_forth(page, person)
    confirm_by_code(page, mails, person, look)
    number, code = read_acknowledgment(page, mails, person, look)

    agent = login("agent.dechets", new_page())
    ask_for_the_lease_again(agent, number)

    # Another day, another browser: number and code are all that she has.
    page = new_page()
    refuse_a_wrong_code(page, number, code, look)
    follow(page, number, code.lower())
    complete_and_write(page, mails, person, look)

    agent.reload()
    authors = agent.locator(".o-mail-Message-author")
    expect(authors.filter(has_text=person.lastname).first).to_be_visible()
    expect(authors.filter(has_text="@")).to_have_count(0)
    flows.accept_document(agent, "Bail net.jpg")
    flows.accept(agent, "Votre bac arrive mardi.")

    mail = flows.mail_with(mails, person.email, "Votre bac arrive mardi.")
    assert number in mail["subject"]
    page.reload()
    expect(page.get_by_role("region", name="La réponse")).to_contain_text("Votre bac arrive mardi.")
    look(page, "suivi-repondu")


def test_only_who_moves_is_asked_for_a_new_address(page):
    page.goto(flows.BIN + "/formulaire")
    new_street = page.locator("[name='new_address.street']")
    page.check("[name=waste_request][value=size_change]")
    expect(page.locator("[name=household_size]")).to_be_visible()
    expect(new_street).to_be_hidden()
    page.check("[name=waste_request][value=move]")
    expect(new_street).to_be_visible()
    # Ticked, "the one given above" takes the place of the street, and gives it back.
    own_street = page.locator("[name='contact_address.street']")
    page.check("[name='contact_address.same']")
    expect(own_street).to_be_hidden()
    page.uncheck("[name='contact_address.same']")
    expect(own_street).to_be_visible()
    # The parts that are shown are numbered one after the other.
    numbers = page.locator("fieldset.et-step:visible .et-num").all_inner_texts()
    assert numbers == [str(rank) for rank in range(1, len(numbers) + 1)]


def test_who_leaves_a_form_begun_is_asked_first(page, expected_errors):
    expected_errors.append("422 .*/formulaire")
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(flows.BIN + "/formulaire")
    page.locator(".breadcrumb a:visible").last.click()
    page.wait_for_url("**" + flows.BIN)
    assert not asked, "nothing was typed"
    page.goto(flows.BIN + "/formulaire")
    page.locator("[name=contact_firstname]").press_sequentially("Odette")
    with page.expect_event("dialog"):
        page.locator(".breadcrumb a:visible").last.click()
    assert asked == ["beforeunload"]
    expect(page.locator("[name=contact_firstname]")).to_have_value("Odette")
    # What is sent leaves without a question.
    flows.send(page, "Continuer")
    expect(page.locator("#erreurs")).to_be_visible()
    assert len(asked) == 1


def fill_in(page, person, look):
    flows.fill(
        page,
        {
            "contact_firstname": person.firstname,
            "contact_lastname": person.lastname,
            "contact_email": "sans arobase",
            "contact_address.street": person.street,
            "contact_address.commune": flows.COMMUNE,
        },
    )
    flows.fill_arrival(page, person, size="4")
    page.locator("#f-lease_or_deed-f").set_input_files(flows.photo("Bail flou"))
    flows.send(page, "Continuer")
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(1)
    look(page, "formulaire-sans-compte-erreurs")
    expect(page.locator(".et-files")).to_contain_text("Bail flou.jpg")
    expect(page.locator("[name='address.street']")).to_have_value(person.street)
    page.fill("[name=contact_email]", person.email)
    flows.send(page, "Continuer")
    expect(page.get_by_role("region", name="Comment vous répondre")).to_contain_text(person.email)
    look(page, "verifier-sans-compte")
    flows.check_and_send(page, "Recevoir mon code")


def go_back_and_forth(page, person):
    """The form is found again as it was sent, errors seen before or not."""
    page.wait_for_url(re.compile("/formulaire/code"))
    page.go_back()
    expect(page.locator("main")).to_contain_text("Bail flou.jpg")
    page.go_back()
    expect(page.locator("[name=contact_email]")).to_have_value(person.email)
    expect(page.locator(".et-files")).to_contain_text("Bail flou.jpg")
    page.go_forward()
    page.go_forward()


def confirm_by_code(page, mails, person, look):
    """A wrong code first: nothing is sent; the right one is in the mail."""
    page.wait_for_url(re.compile("/formulaire/code"))
    code = flows.read_code(mails.wait(person.email, ""))
    page.fill("[name=code]", "000000" if code != "000000" else "111111")
    page.get_by_role("button", name="Envoyer la demande", exact=True).click()
    expect(page.locator("[name=code]")).to_have_attribute("aria-invalid", "true")
    page.goto("/demarches")
    page.go_back()
    expect(page.locator("[name=code]")).to_be_visible()
    look(page, "formulaire-code")
    page.fill("[name=code]", code)
    page.get_by_role("button", name="Envoyer la demande", exact=True).click()


def read_acknowledgment(page, mails, person, look):
    expect(page.get_by_role("heading", level=1, name=re.compile("envoyée"))).to_be_visible()
    number = flows.read_number(page)
    look(page, "accuse-sans-compte")
    link = page.get_by_role("link", name="Garder un récapitulatif (PDF)")
    answer = page.context.request.get(link.get_attribute("href"))
    assert answer.body().startswith(b"%PDF"), "drawn at once for the person who asks"
    mail = mails.wait(person.email, number)
    code = re.search(r"\b[2-9A-HJKMNP-Z]{10}\b", mail["text"]).group()
    # She follows it with both: the plates say both.
    expect(page.locator(".et-plaque--no")).to_have_text([number, code])
    assert "03 53 01 00 10" in mail["html"]
    return number, code


def ask_for_the_lease_again(agent, number):
    flows.open_request(agent, number).click()
    agent.wait_for_selector(".o_form_sheet")
    flows.take(agent)
    assert flows.is_photo(flows.open_document(agent, "Bail flou.jpg"))
    flows.refuse_document(agent, "Bail flou.jpg", "La photo est floue.")
    flows.press(agent, "action_open_completion")
    with flows.dialog(agent) as window:
        expect(window.locator(".o_data_row")).to_contain_text("La photo est floue.")


def refuse_a_wrong_code(page, number, code, look):
    """One answer, whether the number exists or not."""
    answers = []
    for guess in ((number, "A" * 10), ("BAC-2026-9999", code)):
        page.goto("/suivi")
        flows.fill(page, {"numero": guess[0], "code": guess[1]})
        page.get_by_role("button", name="Voir ma demande").click()
        answers.append(page.get_by_role("alert").inner_text())
    assert answers[0] == answers[1]
    look(page, "suivi-refuse")
    # The address of the page alone gives nothing either.
    page.goto(f"/suivi/{number}")
    expect(page.locator("[name=code]")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Bail")


def follow(page, number, code):
    page.goto("/suivi")
    flows.fill(page, {"numero": number, "code": code})
    page.get_by_role("button", name="Voir ma demande").click()
    page.wait_for_url(re.compile(f"/suivi/{number}"))


def complete_and_write(page, mails, person, look):
    flows.mail_with(mails, person.email, "La photo est floue.")
    asked = page.locator("#a-completer")
    expect(asked).to_contain_text("La photo est floue.")
    look(page, "suivi-a-completer")
    asked.locator("input[type=file][id$='-f']").set_input_files(flows.photo("Bail net"))
    asked.get_by_role("button", name="Envoyer", exact=True).click()
    expect(asked).to_have_count(0)
    with page.expect_response(re.compile("/fichier/")) as file, page.expect_download():
        page.get_by_role("link", name="Bail net.jpg").click()
    assert file.value.status == 200
    page.fill("[name=message]", "Bonjour, c'est le bon document.")
    page.get_by_role("button", name="Envoyer le message").click()
    expect(page.locator("#fil")).to_contain_text("c'est le bon document")
