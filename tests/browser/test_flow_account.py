"""A bin asked for with an account, from the first page to the answer, as lived on both sides."""

import re

import flows
import pytest
from playwright.sync_api import expect


@pytest.fixture
def person():
    return flows.Person()


@pytest.mark.gate
def test_a_bin_is_asked_for_completed_and_obtained(
    page, new_page, login, mails, screenshot, look, person, expected_errors
):
    # A form with errors is answered by 422.
    expected_errors.append("422 .*/formulaire")
    flows.sign_up(page, mails, person)
    flows.log_in(page, person)
    choose_procedure(page, look)
    send_with_an_error_first(page, person, look)
    number = read_acknowledgment(page, mails, person, look)

    agent = login("agent.dechets", new_page())
    flows.open_request(agent, number)
    screenshot(agent, "kanban")
    refuse_the_photo_and_ask_for_a_paper(agent, number, screenshot)

    complete(page, mails, person, number, look)
    accept(agent)
    read_answer(page, mails, person, number, look)
    expect_a_bin_assigned(agent)


@pytest.mark.gate
def test_signing_up_for_the_canteen_leads_back_to_the_canteen(page, mails, look, person):
    form = "/demarches/inscrire-a-la-cantine-et-a-la-garderie/formulaire"
    page.goto(form)
    page.get_by_role("link", name="Créer mon compte").click()
    password = page.locator("[name=password]")
    password.fill(flows.PASSWORD)
    page.get_by_role("button", name="Afficher le mot de passe").click()
    expect(password).to_have_attribute("type", "text")
    day = page.locator("[name=birthdate]")
    day.fill("3 mai 52")
    day.blur()
    expect(day).to_have_value("03/05/1952")
    look(page, "inscription-remplie")
    flows.fill_sign_up(page, person)
    look(page, "inscription-envoyee")
    page.goto(flows.read_link(mails.wait(person.email, ""), "/inscription/confirmer"))
    page.wait_for_url(f"**{form}")
    expect(page.locator("form[data-public-form]")).to_be_visible()
    page.goto("/my/security")
    page.get_by_text("Je veux fermer mon compte").click()
    look(page, "fermer-mon-compte")


def test_a_day_is_chosen_in_the_calendar(page):
    """Need 19. The picker is the browser's own, which no journey can press: what opens it, and
    what becomes of the day that it gives."""
    page.goto("/inscription")
    page.evaluate("HTMLInputElement.prototype.showPicker = function () { this.opened = true; }")
    day = page.locator("[name=birthdate]")
    day.fill("3 mai 52")
    button = page.get_by_role("button", name=re.compile("Calendrier.*Date de naissance"))
    expect(button).to_be_visible()
    button.click()
    picker = day.locator("xpath=..").locator("input[type=date]")
    expect(picker).to_have_value("1952-05-03")
    assert picker.evaluate("node => node.opened && node.max < '2100' && node.tabIndex === -1")
    choose = "node => { node.value = '1962-11-15'; node.dispatchEvent(new Event('change')); }"
    picker.evaluate(choose)
    expect(day).to_have_value("15/11/1962")
    expect(day).to_be_focused()


def test_signing_in_from_a_begun_form_keeps_what_was_typed(page, login, look):
    page.goto(f"{flows.BIN}/formulaire")
    page.fill("[name=contact_firstname]", "Dominique")
    page.check("[name=waste_request][value=arrival]")
    page.locator("#f-lease_or_deed-f").set_input_files(flows.photo("Bail"))
    expect(page.locator(".et-files")).to_contain_text("Bail.jpg")
    # After the file, which left with what was typed before it.
    page.fill("[name=date_in]", "15112026")
    page.get_by_role("button", name="vous connecter").click()
    page.wait_for_url(re.compile("/web/login"))
    look(page, "connexion-en-chemin")
    flows.fill(page, {"login": "dominique", "password": "dominique"})
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/formulaire")
    # Another one may have typed it, on a computer that people share: it is hers if she says so.
    # Until then, what she had begun herself: other journeys leave a form of hers half way.
    expect(page.locator("[name=date_in]")).not_to_have_value("15/11/2026")
    look(page, "formulaire-a-reprendre")
    page.get_by_role("button", name="La reprendre").click()
    expect(page.locator("[name=date_in]")).to_have_value("15/11/2026")
    expect(page.locator(".et-files")).to_contain_text("Bail.jpg")
    # What was not typed comes from the account.
    expect(page.locator("[name='address.street']")).not_to_have_value("")
    look(page, "formulaire-repris")
    page.get_by_role("link", name="Supprimer ce que").click()
    page.get_by_role("button", name="Supprimer").first.click()


def test_a_lost_session_is_one_button_back_to_the_page(page, login, look):
    login("sacha")
    page.goto("/demarches/demander-un-badge-de-decheterie/formulaire")
    for box in page.locator("main form .et-step [type=radio]").all():
        box.check()
    page.context.clear_cookies()
    flows.send(page, "Garder et finir plus tard")
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("Rien n'est perdu")
    assert page.locator("#erreurs").count() == 0
    look(page, "deconnecte")
    page.get_by_role("link", name="Me reconnecter").click()
    flows.fill(page, {"login": "sacha", "password": "sacha"})
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/formulaire?etape=1**")
    expect(page.locator(".et-notice--event[role=status]")).to_contain_text("est toujours là")
    page.get_by_role("link", name="Supprimer ce que").click()
    page.get_by_role("button", name="Supprimer").first.click()


def choose_procedure(page, look):
    page.goto("/")
    look(page, "accueil-connecte")
    page.goto("/demarches")
    look(page, "demarches")
    page.get_by_role("link", name="Demander, changer ou rendre un bac").first.click()
    page.wait_for_url("**" + flows.BIN)
    look(page, "presentation")
    page.get_by_role("link", name=re.compile("Commencer")).first.click()
    page.wait_for_url("**/formulaire")


def send_with_an_error_first(page, person, look):
    expect(page.locator("[name='address.street']")).to_have_value(person.street)
    flows.fill_arrival(page, person, size="")
    page.locator("#f-lease_or_deed-f").set_input_files(flows.photo("Bail flou"))
    flows.send(page, "Continuer")

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(1)
    look(page, "formulaire-erreurs")
    size = page.locator("[name=household_size]")
    expect(size).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"[id='{size.get_attribute('id')}-e']")).to_be_visible()
    summary.get_by_role("link").click()
    expect(size).to_be_focused()

    # Nothing is lost.
    expect(page.locator(".et-files")).to_contain_text("Bail flou.jpg")
    expect(page.locator("[name=date_in]")).to_have_value(flows.day(-8))
    expect(page.locator("[name=waste_request][value=arrival]")).to_be_checked()
    size.fill("2")
    flows.send(page, "Continuer")
    change_the_number_of_persons(page, look)
    flows.check_and_send(page)


def change_the_number_of_persons(page, look):
    """Read again, she sees a slip: she goes there, and finds the rest as it was."""
    expect(page.get_by_role("heading", level=1, name="Vérifiez et envoyez")).to_be_focused()
    part = page.get_by_role("region", name="Le logement")
    expect(part).to_contain_text(flows.day(-8))
    expect(page.locator("main")).to_contain_text("Bail flou.jpg")
    look(page, "verifier")
    part.get_by_role("button", name="Modifier").click()
    size = page.locator("[name=household_size]")
    expect(page.get_by_role("group", name="Le logement").locator("> legend")).to_be_in_viewport()
    expect(page.locator(".et-files")).to_contain_text("Bail flou.jpg")
    size.fill("3")
    size.press("Enter")
    # Back, then forward: what was kept is found again.
    expect(part).to_contain_text("3")
    page.go_back()
    expect(size).to_have_value("3")
    page.go_forward()


def read_acknowledgment(page, mails, person, look):
    expect(page.get_by_role("heading", level=1, name=re.compile("envoyée"))).to_be_visible()
    number = flows.read_number(page)
    look(page, "accuse")
    mail = mails.wait(person.email, number)
    for text in (page.locator("main").inner_text(), mail["html"]):
        assert number in text
        assert flows.day() in text
        assert "03 53 01 00 10" in text, "the phone of the service"
    return number


def refuse_the_photo_and_ask_for_a_paper(agent, number, screenshot):
    flows.open_request(agent, number).click()
    agent.wait_for_selector(".o_form_sheet")
    screenshot(agent, "demande-agent")
    flows.take(agent)
    content = flows.open_document(agent, "Bail flou.jpg")
    assert flows.is_photo(content)
    flows.look_at_document(agent, "Bail flou.jpg")
    flows.refuse_document(agent, "Bail flou.jpg", "On ne lit pas l'adresse.")
    flows.press(agent, "action_open_completion")
    with flows.dialog(agent) as window:
        # The refused photo is already in the list.
        expect(window.locator(".o_data_row")).to_contain_text("On ne lit pas l'adresse.")
        window.locator("[name=message] textarea").fill("Encore deux papiers et c'est fini.")
        window.locator(".o_field_x2many_list_row_add a").click()
        row = window.locator(".o_selected_row")
        row.locator("[name=label] input").fill("Attestation de la mairie")
        row.locator("[name=reason] textarea").fill("Elle manque à votre dossier.")


def complete(page, mails, person, number, look):
    mail = flows.mail_with(mails, person.email, "On ne lit pas l")
    assert "Encore deux papiers et c" in mail["html"], "the word of the agent"
    page.goto(flows.read_link(mail, "/my/demandes/"))
    assert re.search(r"/my/demandes/\d+$", page.url)
    look(page, "demande-a-completer")
    asked = page.locator("#a-completer")
    expect(asked).to_contain_text("Encore deux papiers et c'est fini.")
    expect(asked).to_contain_text("On ne lit pas l'adresse.")
    expect(asked).to_contain_text("Attestation de la mairie")
    inputs = asked.locator("input[type=file][id$='-f']")
    expect(inputs).to_have_count(2)
    inputs.nth(0).set_input_files(flows.photo("Bail net"))
    inputs.nth(1).set_input_files(flows.photo("Attestation"))
    asked.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.locator(".et-notice[role=status]")).to_be_visible()
    expect(asked).to_have_count(0)
    page.fill("[name=message]", "Le portail est fermé le matin.")
    page.get_by_role("button", name="Envoyer le message").click()
    expect(page.locator("#fil")).to_contain_text("Le portail est fermé le matin.")
    page.goto("/my/demandes")
    look(page, "mes-demandes")
    expect(page.locator("main")).to_contain_text(number)


def accept(agent):
    agent.reload()
    agent.wait_for_selector(".o_form_sheet")
    expect(agent.locator(".o-mail-Thread")).to_contain_text("Le portail est fermé le matin.")
    assert flows.is_photo(flows.open_document(agent, "Bail net.jpg"))
    flows.accept_document(agent, "Bail net.jpg")
    flows.write(agent, "Bien noté pour le portail.")
    flows.write(agent, "À livrer en dernier.", note=True)
    flows.accept(agent, "Votre bac arrive jeudi.")


def read_answer(page, mails, person, number, look):
    mail = flows.mail_with(mails, person.email, "Votre bac arrive jeudi.")
    assert number in mail["subject"]
    page.goto(flows.read_link(mail, "/my/demandes/"))
    answer = page.get_by_role("region", name="La réponse")
    expect(answer).to_contain_text("Votre bac arrive jeudi.")
    expect(page.locator("#fil")).to_contain_text("Bien noté pour le portail.")
    flows.mail_with(mails, person.email, "Bien noté pour le portail.")
    # What colleagues say to each other stays between them.
    expect(page.locator("main")).not_to_contain_text("À livrer en dernier.")
    assert not any("livrer en dernier" in mail["html"] for mail in mails.to(person.email))
    look(page, "demande-repondue")


def expect_a_bin_assigned(agent):
    flows.open_tab(agent, "container_history")
    moves = agent.locator("[name=container_move_ids] .o_data_row")
    expect(moves).to_have_count(1)
    expect(moves.locator("[name=container_id]")).not_to_be_empty()
