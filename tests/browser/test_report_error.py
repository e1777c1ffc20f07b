"""Must show 1: what a visitor says is wrong on a page, followed to its end."""

import re
import secrets

import flows
from playwright.sync_api import expect

REPORT = "Signaler une erreur, proposer une mise à jour"
RECEIVED = "/my/contributions/signalements"
PAGE = "/communes/beausite"


def report(page, words, address=""):
    page.goto(PAGE)
    page.get_by_role("link", name=REPORT).click()
    page.get_by_label("Autre chose").check()
    page.get_by_label("Qu'est-ce qui est juste").fill(words)
    page.get_by_label(re.compile("Votre adresse électronique")).fill(address)
    flows.linger(page)
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url(re.compile("/signaler-une-erreur/suivi/"))


def open_received(page, words):
    """The report that says so, among those that others have left."""
    page.goto(RECEIVED)
    links = page.locator("main .et-rows a").evaluate_all("links => links.map(link => link.href)")
    for link in links:
        page.goto(link)
        if page.get_by_text(words).count():
            return
    raise AssertionError(f"no report says: {words}")


def choose_reader(server, login):
    """Who accepts what the town halls propose: the territory chooses."""
    manager = flows.Client(server).log_in("responsable")
    user = manager.call("res.users", "search", [("login", "=", login)])[0]
    if not manager.call("content.validator", "search", [("user_id", "=", user)]):
        manager.call("content.validator", "create", {"user_id": user})


def test_a_visitors_correction_followed_to_its_end(
    page, new_page, login, mails, look, expected_errors, server
):
    choose_reader(server, "communication")
    expected_errors += ["422 .*/signaler-une-erreur/"]
    key = secrets.token_hex(3)
    address, words = f"lectrice-{key}@exemple.test", f"Le village a un tilleul centenaire, {key}."

    # Without an account, from the foot of the page.
    page.goto(PAGE)
    page.get_by_role("link", name=REPORT).click()
    look(page, "signaler")
    flows.linger(page)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert")).to_contain_text("2 points")
    look(page, "signaler-erreurs")
    report(page, words, address)
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("Merci")
    look(page, "signaler-suivi")
    follow = page.url.split("?")[0]
    assert words not in page.request.get(PAGE).text(), "Nothing of it is public"

    # The town hall reads it, and corrects the page in one press.
    secretary = login("secretaire", new_page())
    secretary.goto("/my/contributions")
    secretary.locator(f"a[href='{RECEIVED}']").click()
    look(secretary, "signalements")
    open_received(secretary, words)
    look(secretary, "signalement")
    assert address not in secretary.content()
    flows.linger(secretary)
    secretary.get_by_role("button", name="Corriger la page").click()
    secretary.wait_for_url(re.compile(r"/my/contributions/\d+"))
    revision = re.search(r"/my/contributions/(\d+)", secretary.url)[1]
    secretary.locator("[name=tagline]").fill(f"Quatre villages, un tilleul {key}")
    flows.linger(secretary)
    secretary.locator("button[name=_do][value=send]").first.click()
    secretary.wait_for_load_state()
    page.goto(follow)
    expect(page.get_by_text("en train de la corriger")).to_be_visible()

    # Somebody else reads it, and accepts.
    reader = login("communication", new_page())
    reader.goto(f"/my/a-relire/{revision}")
    flows.linger(reader)
    reader.get_by_role("button", name=re.compile("Accepter")).click()
    reader.wait_for_url(re.compile("fait=accepte"))

    # She is told, and everybody reads it.
    page.goto(follow)
    expect(page.get_by_text("C'est corrigé.")).to_be_visible()
    look(page, "signaler-corrige")
    page.goto(PAGE)
    expect(page.get_by_text(f"un tilleul {key}")).to_be_visible()
    mail = mails.wait(address, "Ce que vous avez signalé")
    page.goto(flows.read_link(mail, "/signaler-une-erreur/suivi/"))
    expect(page.get_by_text("C'est corrigé.")).to_be_visible()
    assert [each["subject"] for each in mails.to(address)] == [mail["subject"]]


def test_it_was_right(page, new_page, login, look):
    words = f"La salle ferme à 20 h, {secrets.token_hex(3)}."
    report(page, words)
    follow = page.url.split("?")[0]
    secretary = login("secretaire", new_page())
    open_received(secretary, words)
    secretary.get_by_label("La page est juste").check()
    secretary.get_by_label(re.compile("Un mot")).fill("Jusqu'à 22 h depuis septembre.")
    flows.linger(secretary)
    secretary.get_by_role("button", name="Répondre").click()
    expect(secretary.get_by_role("main").get_by_role("status")).to_contain_text(
        "Votre réponse est envoyée"
    )
    page.goto(follow)
    expect(page.get_by_text("Jusqu'à 22 h depuis septembre.")).to_be_visible()
    look(page, "signaler-juste")


def test_without_network_what_is_typed_stays(page, expected_errors):
    expected_errors += ["422 .*/signaler-une-erreur/", "ERR_INTERNET_DISCONNECTED"]
    page.goto(PAGE)
    page.get_by_role("link", name=REPORT).click()
    page.get_by_label("Qu'est-ce qui est juste").fill("Le pont est rouvert.")
    flows.linger(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert")).to_contain_text("pas de réseau")
    page.context.set_offline(False)
    page.get_by_role("button", name="Envoyer").click()
    # The topic was not chosen: the server has answered.
    expect(page.get_by_role("alert").first).to_contain_text("1 point")
    expect(page.get_by_label("Qu'est-ce qui est juste")).to_have_value("Le pont est rouvert.")
    # Back, where the browser would say that the document has expired.
    page.goto(PAGE)
    page.go_back()
    expect(page.get_by_role("heading", level=1, name=REPORT)).to_be_visible()
