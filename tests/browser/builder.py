"""What the journeys of the form builder share."""

import secrets

import flows
from playwright.sync_api import expect

FORM = [
    {
        "key": "caller",
        "type": "selection",
        "label": "Vous êtes",
        "required": True,
        "option_ids": [
            (0, 0, {"value": "resident", "label": "Un habitant"}),
            (0, 0, {"value": "association", "label": "Une association"}),
        ],
    },
    {"key": "subject", "type": "char", "label": "Objet de la demande", "required": True},
]


def make_live_procedure(server):
    """A published procedure of its own, made as the manager would: its id and its address."""
    manager = flows.Client(server).log_in("responsable")
    token = secrets.token_hex(3)
    entry = manager.call("privacy.processing", "search", [["is_complete", "=", True]], 0, 1)
    service = manager.call("territory.service", "search", [["kind", "=", "epci"]], 0, 1)
    (procedure,) = manager.call(
        "procedure.procedure",
        "create",
        [
            {
                "name": f"Réserver la sono {token}",
                "code": f"S{token}",
                "processing_id": entry[0],
                "service_id": service[0],
            }
        ],
    )
    fields = [(0, 0, {**field, "sequence": rank}) for rank, field in enumerate(FORM)]
    manager.call("procedure.version", "create", [{"procedure_id": procedure, "field_ids": fields}])
    assert "error" not in manager.rpc("procedure.procedure", "action_publish", [procedure])
    (row,) = manager.call("procedure.procedure", "read", [procedure], ["slug"])
    return procedure, f"/demarches/{row['slug']}"


def open_sheet(page, procedure):
    page.goto(f"/odoo/action-procedure_form.procedure_procedure_action/{procedure}")
    page.wait_for_selector(".o_form_view .o_form_sheet")


def open_builder(page, procedure):
    """From the sheet of the procedure, by its button."""
    open_sheet(page, procedure)
    flows.press(page, "action_open_draft")
    expect(page.locator(".o_procedure_builder h1")).to_be_visible()


def choose(page, label):
    """In the list: its settings come beside it."""
    page.locator(".o_builder_name", has_text=label).click()
    expect(setting(page, "label")).to_have_value(label)


def add(page, words):
    page.locator(".o_builder_bar [name=add]").click()
    window = page.locator(".o_builder_palette")
    window.get_by_label("Chercher").fill(words)
    window.locator("button[data-type]").first.click()
    expect(setting(page, "label")).to_be_focused()


def setting(page, name):
    return page.locator(f".o_builder_settings [name={name}]")


def expect_saved(page):
    # What was just typed is on the screen, and no longer what was saved before it.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    expect(page.locator(".o_builder_status")).to_have_text("Enregistré")


def preview(page):
    return page.frame_locator(".o_builder_frame iframe")
