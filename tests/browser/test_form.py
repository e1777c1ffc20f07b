"""A form with every type of question, page by page: with the script, accessible, on a phone too."""

import re

import flows
import pytest
from playwright.sync_api import expect

SLUG = "essai-de-tous-les-champs"
FORM = f"/demarches/{SLUG}/formulaire"
FAMILY = [
    ("page", "family", "Votre famille", {"help": "Seulement ce qui sert."}),
    ("information", "before", "Avant de commencer", {"help": "Gardez votre RIB."}),
    ("link", "rules", "Lire le règlement", {"url": "https://exemple.test/reglement"}),
    ("section", "children_part", "Les enfants", {}),
    ("children", "kids", "Pour quels enfants ?", {}),
    ("persons", "us", "Qui sera présent ?", {}),
    ("dwelling", "home", "Dans quel logement ?", {}),
    ("school", "school", "Dans quelle école ?", {}),
    (
        "weekly_grid",
        "week",
        "Jours de présence",
        {"required": True, "options": ["Cantine", "Garderie du soir"]},
    ),
]
CONTACTS = [
    ("page", "contacts", "Personnes autorisées", {}),
    ("block", "pick", "Personne autorisée", {"max_value": 3, "required": True}),
    ("char", "who", "Nom et prénom", {"required": True, "block_key": "pick"}),
    ("phone", "tel", "Téléphone", {"block_key": "pick"}),
    (
        "selection",
        "bond",
        "Lien avec l'enfant",
        {"block_key": "pick", "options": ["Grand-parent", "Nourrice"]},
    ),
    ("integer", "price", "Tarif", {}),
    ("computed", "total", "Total par mois", {"formula": "price * count(pick)"}),
]
PAYMENT = [
    ("page", "payment", "Paiement et documents", {}),
    ("address", "place", "Adresse de facturation", {"required": True}),
    ("commune", "village", "Commune de naissance", {}),
    ("iban", "bank", "IBAN", {"required": True}),
    ("siret", "company", "SIRET de l'employeur", {}),
    ("rna", "club", "RNA de l'association", {}),
    ("boolean", "other", "Autre chose à dire ?", {}),
    ("text", "what", "Dites-nous", {"required": True, "when": ("other", "1")}),
    ("date", "since", "Depuis quand", {}),
    ("email", "mail", "Adresse électronique", {}),
    ("multi_selection", "likes", "Goûts", {"options": ["Lecture", "Vélo"]}),
    ("file", "proof", "Justificatif", {"validity_kind": "months", "validity_months": 3}),
    ("consent", "agree", "J'ai lu le règlement", {"required": True}),
]


def make_field(sequence, field_type, key, label, more):
    more = dict(more)
    options = more.pop("options", ())
    when = more.pop("when", None)
    values = {"sequence": sequence, "type": field_type, "key": key, "label": label, **more}
    if options:
        values["option_ids"] = [
            [0, 0, {"value": f"o{number}", "label": option}]
            for number, option in enumerate(options)
        ]
    if when:
        values["condition_ids"] = [[0, 0, {"key": when[0], "operator": "=", "value": when[1]}]]
    return [0, 0, values]


@pytest.fixture(scope="module")
def version(server):
    """Made once by the administrator, as a secretary would in the builder."""
    admin = flows.Client(server).log_in("admin")
    known = admin.call("procedure.procedure", "search_read", [("slug", "=", SLUG)], ["version_id"])
    if known:
        return known[0]["version_id"][0]
    (model,) = admin.call(
        "procedure.procedure",
        "search_read",
        [("state", "=", "published"), ("kind", "!=", "external")],
        ["service_id", "processing_id"],
        0,
        1,
    )
    procedure = admin.call(
        "procedure.procedure",
        "create",
        {
            "name": "Essai de tous les champs",
            "code": "ESSAICHAMPS",
            "slug": SLUG,
            "service_id": model["service_id"][0],
            "processing_id": model["processing_id"][0],
        },
    )
    fields = [*FAMILY, *CONTACTS, *PAYMENT]
    version = admin.call(
        "procedure.version",
        "create",
        {
            "procedure_id": procedure,
            "field_ids": [make_field(number, *field) for number, field in enumerate(fields)],
        },
    )
    answer = admin.rpc("procedure.procedure", "action_publish", [procedure])
    assert "error" not in answer, answer
    return version


@pytest.fixture
def check(axe, screenshot):
    def check_page(page, name):
        screenshot(page, f"champs-{name}")
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{overflow} px wider than the screen"
        axe(page)

    return check_page


def press(page, value):
    page.locator(f".et-actions button[value={value}]").click()


def test_every_type_of_question_page_by_page(version, page, login, check, expected_errors):
    expected_errors.append("422 .*/formulaire")
    login("camille")
    page.goto(f"/demarches/{SLUG}/brouillon/supprimer")
    if page.locator("button[value=delete]").count():
        page.locator("button[value=delete]").click()
    page.goto(FORM)
    expect(page.locator("#etape")).to_have_text("Étape 1 sur 3 : Votre famille")
    check(page, "1")
    press(page, "next")
    expect(page.locator("#erreurs a")).to_have_text("Jours de présence : Cochez au moins un jour.")
    check(page, "1-erreur")
    page.check("[name='week.o0'][value='1']")
    page.check("[name=kids] >> nth=0")
    press(page, "next")
    # The heading has the focus: the page is read from there.
    expect(page.locator("#etape")).to_be_focused()
    expect(page).to_have_title(re.compile("^Étape 2 sur 3.: Personnes autorisées"))

    page.fill("[name='pick.0.who']", "Ana Morel")
    page.check("[name='pick.0.bond'][value=o0]")
    page.fill("[name=price]", "40")
    page.get_by_role("button", name="Ajouter une ligne").click()
    expect(page.locator("#f-pick-1")).to_be_focused()
    page.fill("[name='pick.1.who']", "Bob")
    page.check("[name='pick.1.bond'][value=o1]")
    expect(page.locator("[name='pick.0.bond'][value=o0]")).to_be_checked()
    expect(page.locator("output")).to_have_text("80")
    check(page, "2")
    page.locator("[name=_drop][value='pick.0']").click()
    expect(page.locator("[name='pick.0.who']")).to_have_value("Bob")
    expect(page.locator("[name='pick.0.bond'][value=o1]")).to_be_checked()
    expect(page.locator("output")).to_have_text("40")
    press(page, "next")

    expect(page.locator("#etape")).to_contain_text("Étape 3 sur 3")
    expect(page.locator("[name=what]")).to_be_hidden()
    page.check("[name=other][value='1']")
    expect(page.locator("[name=what]")).to_be_visible()
    check(page, "3")
    press(page, "check")
    expect(page.locator("#erreurs li")).to_have_count(3)
    check(page, "3-erreur")
    # The browser's own way back finds the former page as it was left.
    press(page, "back")
    expect(page.locator("[name='pick.0.who']")).to_have_value("Bob")
    press(page, "next")
    flows.fill(
        page,
        {
            "place.street": "3 rue du Moulin",
            "place.commune": flows.COMMUNE,
            "bank": "FR76 3000 6000 0112 3456 7890 189",
        },
    )
    page.check("[name=other][value='0']")
    press(page, "check")
    expect(page.locator("#etape")).to_be_focused()
    expect(page.locator("main")).to_contain_text("Bob")
    check(page, "verifier")
    # The box that ends the form is here, and its error beside it.
    flows.linger(page)
    press(page, "send")
    expect(page.locator("#erreurs a")).to_contain_text("J'ai lu le règlement")
    check(page, "verifier-erreur")
    # One part is changed, and she is back at once.
    page.get_by_role("button", name="Modifier : Personne").click()
    expect(page.locator("#etape")).to_contain_text("Étape 2 sur 3")
    page.fill("[name='pick.0.who']", "Bobby")
    press(page, "check")
    expect(page.locator("main")).to_contain_text("Bobby")
    page.check("[name=agree]")
    press(page, "send")
    page.wait_for_url("**/accuse/**")


def test_rows_without_script(version, server, browser):
    """The same buttons, sent: one row more, nothing lost."""
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto("/web/login")
    flows.fill(page, {"login": "dominique", "password": "dominique"})
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/my")
    page.goto(f"/demarches/{SLUG}/brouillon/supprimer")
    if page.locator("button[value=delete]").count():
        page.locator("button[value=delete]").click()
    page.goto(FORM)
    page.check("[name='week.o1'][value='4']")
    press(page, "next")
    page.fill("[name='pick.0.who']", "Ana")
    page.locator("[name=_add]").click()
    assert page.url.endswith("#f-pick-1")
    assert page.input_value("[name='pick.0.who']") == "Ana"
    page.fill("[name='pick.1.who']", "Bob")
    page.locator("[name=_drop][value='pick.0']").click()
    assert page.input_value("[name='pick.0.who']") == "Bob"
    assert page.locator("[data-row]").count() == 1
    context.close()


def test_preview_in_its_frame(version, page, login, check):
    login("responsable")
    page.goto(f"/demarches/apercu/{version}?embed=1")
    assert page.locator("header, footer").count() == 0
    expect(page.locator("#etape")).to_contain_text("Étape 1 sur 3")
    check(page, "apercu")
