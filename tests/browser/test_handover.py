"""A bin is signed for on the phone of the agent, drawn by hand; two phones at once on the same
delivery: one is recorded, the other is told."""

import base64
import io
from functools import partial

import flows
import pytest
from harness import WIDTHS, WINDOW
from PIL import Image
from playwright.sync_api import expect
from races import at_once

SIGNER = "Lucie Martin"
TOLD = ("déjà enregistré", "en ce moment même")
PHONE = min(WIDTHS)
# What the web client says of its reader.
FRENCH = {"lang": "fr_FR"}


@pytest.fixture
def width():
    """At a door there is no desk."""
    return PHONE


@pytest.fixture
def agent(server):
    return flows.Client(server).log_in("agent.dechets")


@pytest.fixture
def delivery(server, agent):
    """A bin that is asked for, accepted, and delivered today."""
    form = flows.BinForm(flows.Client(server).log_in("dominique"))
    assert form.send()
    number = form.read_number()
    (request,) = agent.call(
        "procedure.request", "search_read", [("number", "=", number)], ["document_line_ids"]
    )
    for model, ids, method in (
        ("procedure.request", [request["id"]], "action_take"),
        ("procedure.document.line", request["document_line_ids"], "action_accept"),
        ("procedure.request", [request["id"]], "action_accept"),
    ):
        answer = agent.rpc(model, method, ids)
        assert "error" not in answer, answer["error"]["data"]["message"]
    (move,) = agent.call(
        "waste.container.move", "search_read", [("request_id", "=", request["id"])], ["dwelling_id"]
    )
    today = flows.day()
    wanted = "-".join(reversed(today.split("/")))
    (plan,) = agent.call(
        "waste.container.plan", "create", [{"move_ids": [(6, 0, [move["id"]])], "date": wanted}]
    )
    answer = agent.rpc("waste.container.plan", "action_apply", [plan])
    assert "error" not in answer, answer["error"]["data"]["message"]
    return {"id": move["id"], "street": form.street, "day": wanted}


def open_round(page, delivery):
    page.goto("/odoo/tournee-du-jour")
    card = page.locator(".o_kanban_record", has_text=delivery["street"])
    card.click()
    expect(page.locator(".modal-dialog")).to_contain_text(delivery["street"])
    return page.locator(".modal-dialog").last


def draw(page, pad):
    """Two strokes, by hand."""
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    for way in (0.3, 0.7):
        page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * way)
        page.mouse.down()
        for step in range(1, 9):
            x = box["x"] + box["width"] * (0.2 + 0.07 * step)
            y = box["y"] + box["height"] * (way + 0.1 * (step % 2))
            page.mouse.move(x, y)
        page.mouse.up()


def read_handovers(agent, delivery):
    names = ["outcome", "signer_name", "signature"]
    return agent.call("waste.handover", "search_read", [("move_id", "=", delivery["id"])], names)


def finish_others(agent, delivery):
    """Done, whatever another journey left on the round of today."""
    domain = [("state", "=", "todo"), ("date_planned", "=", delivery["day"])]
    others = agent.call("waste.container.move", "search", [*domain, ("id", "!=", delivery["id"])])
    answer = agent.rpc("waste.container.move", "action_done", others)
    assert "error" not in answer, answer["error"]["data"]["message"]


def test_a_bin_is_signed_for_at_the_door(page, login, agent, delivery, screenshot, axe):
    finish_others(agent, delivery)
    login("agent.dechets")
    window = open_round(page, delivery)
    axe(page, window=WINDOW)
    window.get_by_label("Nom de la personne qui signe").fill(SIGNER)
    window.locator(".o_signature").click()
    pad = page.locator(".modal-dialog").last
    expect(pad).to_contain_text("Signez dans le cadre")
    # Nobody signs by a font, nor by a picture; no word of contracts.
    for words in ("Auto", "Charger", "juridiquement"):
        expect(pad).not_to_contain_text(words)
    keep = pad.locator("footer .btn-primary")
    expect(keep).to_be_disabled()
    axe(page, window=".o_web_sign_name_and_signature")
    draw(page, pad.locator("canvas"))
    screenshot(page, "remise-signature")
    keep.click()
    expect(window.locator(".o_signature img, img.o_signature")).to_be_visible()
    screenshot(page, "remise-signee")
    window.get_by_role("button", name="Signé, c’est fait").click()
    expect(page.locator(".o_kanban_view")).to_be_visible()
    expect(page.locator(".o_kanban_record", has_text=delivery["street"])).to_have_count(0)
    expect(page.get_by_role("status").get_by_text("Tout est fait\xa0:")).to_be_visible()
    screenshot(page, "tournee-finie")
    (handover,) = read_handovers(agent, delivery)
    assert (handover["outcome"], handover["signer_name"]) == ("signed", SIGNER)
    drawn = Image.open(io.BytesIO(base64.b64decode(handover["signature"])))
    assert drawn.convert("RGBA").getchannel("A").getbbox(), "something is drawn"


def test_two_phones_on_one_delivery(server, agent, delivery):
    stroke = io.BytesIO()
    Image.new("RGBA", (300, 100), (0, 0, 0, 255)).save(stroke, "PNG")
    phones = [flows.Client(server).log_in(login) for login in ("agent.dechets", "responsable")]
    pages = [
        phone.call(
            "waste.handover.sign",
            "create",
            [
                {
                    "move_id": delivery["id"],
                    "signer_name": f"{SIGNER} {rank}",
                    "signature": base64.b64encode(stroke.getvalue()).decode(),
                }
            ],
        )
        for rank, phone in enumerate(phones)
    ]
    answers = at_once(
        *(
            partial(phone.rpc, "waste.handover.sign", "action_sign", page, context=FRENCH)
            for phone, page in zip(phones, pages, strict=True)
        )
    )
    told = [answer["error"]["data"]["message"] for answer in answers if "error" in answer]
    assert len(told) == 1, answers
    assert any(words in told[0] for words in TOLD), told
    winner = next(rank for rank, answer in enumerate(answers) if "error" not in answer)
    (handover,) = read_handovers(agent, delivery)
    assert handover["signer_name"] == f"{SIGNER} {winner}"
