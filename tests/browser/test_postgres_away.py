"""PostgreSQL goes away while a slot is asked for: the page of a pause, nothing typed is lost."""

import threading
from contextlib import contextmanager

import flows
import pytest
from playwright.sync_api import expect
from races import make_visitor, open_hours
from second_server import SecondServer

pytestmark = pytest.mark.sweep("kill")

PAUSED = "Le site est en pause"


@pytest.fixture(scope="module")
def second(server, tmp_path_factory):
    other = SecondServer(server, tmp_path_factory.mktemp("away") / "odoo.log")
    other.start()
    yield other
    other.kill()


@pytest.fixture
def manager(server):
    return flows.Client(server).log_in("responsable")


@pytest.fixture
def asked(manager):
    with open_hours(manager) as made:
        yield made


@pytest.fixture
def page(browser, second):
    context = browser.new_context(
        base_url=second.url, viewport={"width": 390, "height": 844}, locale="fr-FR", has_touch=True
    )
    context.set_default_timeout(20_000)
    page, broken = context.new_page(), []
    page.on("pageerror", lambda error: broken.append(str(error)))
    yield page
    context.close()
    assert not broken


@contextmanager
def away(second):
    """Each connection of this server is cut as soon as it is there."""
    is_back = threading.Event()
    cutting = threading.Thread(target=second.cut_database, args=(is_back,))
    cutting.start()
    yield
    is_back.set()
    cutting.join()


def read_places(manager, asked):
    domain = [("calendar_id", "=", asked["calendar"])]
    return manager.call("procedure.slot.booking", "search_read", domain, ["state"])


@pytest.mark.parametrize("way", ["reload", "go_back"])
def test_suivant_while_postgresql_is_away(page, second, manager, asked, way):
    person = make_visitor()
    page.goto(asked["path"])
    page.locator("[name=slot][type=radio]").first.check()
    flows.fill(page, person)
    flows.linger(page)
    with away(second):
        page.get_by_role("button", name="Continuer", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(PAUSED)
        assert not read_places(manager, asked)
    getattr(page, way)()
    if way == "go_back":
        for name, value in person.items():
            expect(page.locator(f"[name='{name}']")).to_have_value(value)
        expect(page.locator("[name=slot][type=radio]").first).to_be_checked()
        page.get_by_role("button", name="Continuer", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Vérifiez et envoyez")).to_be_visible()
    assert [place["state"] for place in read_places(manager, asked)] == ["held"]
