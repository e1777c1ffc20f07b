"""The windows of the desk and of the files of families, by axe: no list leads to them.

They are opened as their buttons do, on records of the demo, and closed: nothing is done there.
"""

import flows
import pytest
from harness import WINDOW
from playwright.sync_api import expect
from test_organisation import CLUB, PRESIDENT, refuse_changes

OPEN = """
async ([model, context]) => {
    await odoo.__WOWL_DEBUG__.root.env.services.action.doAction({
        type: "ir.actions.act_window",
        name: "Essai",
        res_model: model,
        views: [[false, "form"]],
        target: "new",
        context,
    });
}
"""


@pytest.fixture
def width():
    """Files are kept at a desk."""
    return 1300


@pytest.fixture
def manager(server):
    return flows.Client(server).log_in("responsable")


@pytest.fixture
def line(server, manager):
    """A change that the association proposes, refused afterwards."""
    president = flows.Client(server).log_in(PRESIDENT)
    links = president.read("/my").xpath("//main//a[contains(@href, '/my/organisme/')]/@href")
    path = f"{links[0]}/corriger"
    (form,) = president.read(path).xpath("//main//form[@method='post']")
    answer = president.post(path, {**dict(form.form_values()), "phone": "03 53 01 05 03"})
    assert answer.status_code == 303, flows.say_refusal(answer)
    domain = [("change_id.subject_id.name", "=", CLUB), ("state", "=", "proposed")]
    (line,) = manager.call("household.change.line", "search_read", domain, ["change_id"])
    yield line
    refuse_changes(server, "Ce numéro ne répond pas.")


def find_windows(manager, line):
    """(model, context) of each."""

    def find(model, *domain, limit=2):
        return manager.call(model, "search", list(domain), 0, limit)

    persons = find("res.partner", ("kind", "=", "person"), ("user_ids", "!=", False))
    pair = find("procedure.request", ("state", "in", ["submitted", "in_review", "to_complete"]))
    (priced,) = find("procedure.request", ("has_price", "=", True), limit=1)
    merge = dict(zip(("default_kept_id", "default_merged_id"), persons, strict=True))
    join = dict(zip(("default_request_id", "default_kept_id"), pair, strict=True))
    active = {"active_model": "household.change.line", "active_id": line, "active_ids": [line]}
    return [
        ("household.change.acceptance", active),
        ("household.change.refusal", active),
        ("person.merge.wizard", merge),
        ("procedure.duplicate.wizard", {**join, "dialog_size": "extra-large"}),
        ("situation.change.linking", {"active_id": pair[0]}),
        ("procedure.price.correction", {"default_request_id": priced}),
    ]


def test_windows_of_the_desk(page, login, manager, line, axe, screenshot):
    login("responsable")
    change = line["change_id"][0]
    for name, path in (
        ("changement", f"partner_household.household_change_action/{change}"),
        ("dossier-saisi", "household_entry.household_entry_action"),
    ):
        page.goto(f"/odoo/action-{path}")
        page.wait_for_selector(".o_form_view .o_form_sheet")
        screenshot(page, f"agent-{name}")
        axe(page, back_office=True)
    for model, context in find_windows(manager, line["id"]):
        page.evaluate(OPEN, [model, context])
        expect(page.locator(WINDOW)).to_be_visible()
        if model == "household.change.refusal":
            reason = page.locator(f"{WINDOW} [name=reason] textarea")
            expect(reason).to_have_attribute("placeholder", "Lu par l’organisme.")
        screenshot(page, f"fenetre-{model}")
        axe(page, window=WINDOW)
        page.locator(".modal-header .btn-close").click()
        expect(page.locator(".modal-dialog")).to_have_count(0)
