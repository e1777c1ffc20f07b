"""A photo of more than 10 MB in a proposal: made smaller before it leaves, refused clearly else."""

import io
import re
import time

import flows
import pytest
from harness import until
from PIL import Image
from playwright.sync_api import expect

SECRETARY, VILLAGE = "secretaire2", "Chaumont-sur-Aire"
MEGABYTE = 1024 * 1024


@pytest.fixture
def width():
    """People do this on a phone."""
    return 390


@pytest.fixture(scope="module")
def large_photo():
    noise = [Image.effect_noise((2300, 1900), 90 + band) for band in range(3)]
    stream = io.BytesIO()
    Image.merge("RGB", noise).save(stream, "PNG", compress_level=1)
    assert stream.tell() > 11 * MEGABYTE
    return {"name": "salle.png", "mimeType": "image/png", "buffer": stream.getvalue()}


def read():
    """As `flows.linger`, where no script runs."""
    begun = time.monotonic()
    until(lambda: time.monotonic() - begun > flows.READING_MS / 1000)


def open_draft(page, server):
    client = flows.Client(server).log_in(SECRETARY)
    (number,) = client.call("territory.commune", "search", [("name", "=", VILLAGE)])
    page.goto(f"/my/contributions/page/territory.commune/{number}")
    read()
    page.locator("button[value=change]").click()
    page.wait_for_url(re.compile(r"/my/contributions/\d+"))
    return client


def give_up(client):
    mine = [("author_id.login", "=", SECRETARY), ("name", "=", VILLAGE)]
    begun = [*mine, ("state", "in", ("draft", "submitted", "changes_asked"))]
    for revision in client.call("content.revision", "search", begun):
        client.rpc("content.revision", "action_withdraw", [revision])


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_a_photo_too_large(new_page, login, server, large_photo, expected_errors, has_script):
    expected_errors.append("422 .*/my/contributions/")
    page = login(SECRETARY, new_page(java_script_enabled=has_script))
    client = open_draft(page, server)
    try:
        page.locator("input[type=file][name=photo]").set_input_files(large_photo)
        page.locator("[name=photo_alt]").fill("La rue haute")
        read()
        page.locator("button[name=_do][value=keep]:not([tabindex])").first.click()
        if has_script:
            expect(page.locator(".et-kept img").first).to_be_visible()
        else:
            expect(page.get_by_role("main")).to_contain_text("10 Mo")
        expect(page.locator("[name=photo_alt]")).to_have_value("La rue haute")
    finally:
        give_up(client)
