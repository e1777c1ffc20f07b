"""What several journeys do, in the words of those who do it."""

import io
import re
import secrets
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import requests
from harness import until
from lxml import html
from PIL import Image, ImageDraw, UnidentifiedImageError
from playwright.sync_api import expect

BIN = "/demarches/demander-changer-ou-rendre-un-bac-a-ordures"
KANBAN = "/odoo/action-procedure_desk.procedure_request_action"
COMMUNE = "Beausite"
PASSWORD = "une phrase facile a retenir"
# A form that is sent sooner after it was opened is a robot's (public.guard, MIN_SECONDS).
READING_MS = 2100
# Seconds that a page without browser may take.
TIMEOUT = 60

# The time that the harness gives to pages.
expect.set_options(timeout=20_000)


def photo(words):
    """A photo as a phone makes them: the colour tells which one it is."""
    image = Image.new("RGB", (600, 800), (240, 240, 230))
    ImageDraw.Draw(image).text((40, 60), words, fill="black")
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80)
    return {"name": f"{words}.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def today():
    """The day that it is in the territory: that of the server may be the one before."""
    return datetime.now(ZoneInfo("Europe/Paris")).date()


def day(shift=0):
    """Today, or so many days later, as people write it."""
    return (today() + timedelta(days=shift)).strftime("%d/%m/%Y")


def is_photo(content):
    """One of ours, not an error page nor a picture shown in its place."""
    try:
        return Image.open(io.BytesIO(content)).size == (600, 800)
    except UnidentifiedImageError:
        return False


@dataclass
class Person:
    """Somebody new, with an address of her own: a journey can be played again and again."""

    firstname: str = "Jeanne"
    token: str = field(default_factory=lambda: secrets.token_hex(4))
    login: str = ""

    @property
    def lastname(self):
        """Letters only, as names are."""
        return "Essai" + self.token.translate(str.maketrans("0123456789", "ghijklmnop"))

    @property
    def email(self):
        return f"{self.token}@exemple.test"

    @property
    def street(self):
        return f"{int(self.token, 16)} rue du Moulin"


def fill(page, values):
    for name, value in values.items():
        page.fill(f"[name='{name}']", value)


def linger(page):
    """Until the page has been there as long as a person needs."""
    page.wait_for_function("least => performance.now() > least", arg=READING_MS)


def send(page, button):
    linger(page)
    page.get_by_role("button", name=button, exact=True).click()


def check_and_send(page, button="Envoyer la demande"):
    """Everything is read again: its boxes are ticked, and it leaves."""
    expect(page.get_by_role("heading", level=1, name="Vérifiez et envoyez")).to_be_visible()
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name=button, exact=True).click()


def sign_up(page, mails, person):
    """From the link of the log-in page to the identifier, through the mail."""
    page.goto("/web/login")
    page.get_by_role("link", name="Créer mon compte").click()
    fill_sign_up(page, person)
    # In the same browser: no password is asked again.
    page.goto(read_link(mails.wait(person.email, ""), "/inscription/confirmer"))
    expect(page.get_by_role("heading", name="Votre compte est ouvert")).to_be_visible()
    person.login = page.locator("p.lead b").inner_text()
    return person


def fill_sign_up(page, person):
    page.check("[name=kind][value=resident]")
    page.locator("[name=situation][value=arriving]").check()
    fill(
        page,
        {
            "firstname": person.firstname,
            "lastname": person.lastname,
            "birthdate": "03/05/1952",
            "birthplace": "Verdun",
            "street": person.street,
            "email": person.email,
            "password": PASSWORD,
        },
    )
    page.select_option("[name=commune]", label=COMMUNE)
    send(page, "Créer mon compte")
    expect(page.get_by_text(person.email)).to_be_visible()


def log_in(page, person):
    """Again, later: the link of the mail signed her in."""
    page.context.clear_cookies()
    page.goto("/web/login")
    fill(page, {"login": person.login, "password": PASSWORD})
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/my")


def read_link(mail, path):
    """The path of the first such link of a message."""
    return re.search(rf'https?://[^/"]+({re.escape(path)}[^"<\s]*)', mail["html"]).group(1)


def read_code(mail):
    return re.search(r"\b\d{6}\b", mail["text"]).group()


def fill_arrival(page, person, size):
    """The form of somebody who arrives; `size`: how many live there."""
    page.check("[name=waste_request][value=arrival]")
    fill(
        page,
        {
            "address.street": person.street,
            "address.commune": COMMUNE,
            "date_in": day(-8),
            "household_size": size,
        },
    )
    page.check("[name=occupant_status][value=owner]")


def read_number(page):
    number = page.locator(".et-plaque--no").first.inner_text()
    assert re.fullmatch(r"BAC-\d{4}-\d{4,}", number)
    return number


def open_request(page, number):
    """The agent finds it in the kanban, as he would: by its number."""
    page.goto(KANBAN)
    page.wait_for_selector(".o_kanban_view .o_kanban_record")
    search(page, number)
    # The other ones are gone: the view has finished.
    card = page.locator(".o_kanban_record:not(.o_kanban_ghost)")
    expect(card).to_have_count(1)
    return card


def search(page, words):
    box = page.locator(".o_searchview_input")
    if not box.is_visible():
        page.locator(".o_control_panel button:has(.fa-search)").click()
    box.fill(words)
    # The key chooses the proposal in focus: before it is there, it searches nothing.
    expect(page.locator(".o_searchview_autocomplete")).to_contain_text(words)
    box.press("Enter")
    expect(page.locator(".o_searchview_facet", has_text=words)).to_be_visible()


def press(page, method, more=""):
    """A button of the request's header; a phone keeps all but the first in a menu."""
    button = header_button(page, method, more)
    if not button.is_visible():
        page.locator(".o_statusbar_buttons .dropdown-toggle").click()
    button.click()


def header_button(page, method, more=""):
    button = f"button[name={method}]{more}"
    return page.locator(f".o_form_statusbar {button}, .o-dropdown--menu {button}").first


def take(page):
    press(page, "action_take")
    expect(header_button(page, "action_take")).to_have_count(0)


def open_tab(page, name):
    page.locator(f".o_notebook .nav-link[name={name}]").click()


def open_document(page, name):
    """A document opens in another tab; here, its bytes as the agent gets them."""
    with page.context.expect_page() as opened:
        document(page, name).locator("button[name=action_open]").click()
    tab = opened.value
    tab.wait_for_url(lambda url: url.startswith("http"))
    answer = page.context.request.get(tab.url)
    tab.close()
    assert answer.status == 200
    return answer.body()


def document(page, name):
    """Its card on the request, the newest one of that name last."""
    return page.locator("[name=document_line_ids] .o_kanban_record", has_text=name)


def look_at_document(page, name):
    """Its card opens it in a window, without leaving the request."""
    document(page, name).locator(".o_desk_thumbnail").click()
    window = page.locator(".modal-dialog")
    expect(window.locator(".o_desk_sight:visible").first).to_be_visible()
    expect(window).to_contain_text(name)
    page.keyboard.press("Escape")
    window.wait_for(state="detached")


def refuse_document(page, name, reason):
    document(page, name).locator("button[name=action_open_refusal]").click()
    with dialog(page) as window:
        window.locator("[name=reasons] textarea").fill(reason)
    expect(document(page, name)).to_contain_text(reason)


def accept_document(page, name):
    button = document(page, name).locator("button[name=action_accept]")
    button.click()
    expect(button).to_have_count(0)


def accept(page, words):
    press(page, "action_open_reason", "[data-hotkey=a]")
    with dialog(page) as window:
        window.locator("[name=reasons] textarea").fill(words)


def write(page, words, note=False):
    """In the conversation of the back office: to the applicant, or a note between colleagues."""
    page.locator(".o_desk_note" if note else ".o_desk_write").click()
    page.locator(".o-mail-Composer-input").fill(words)
    page.locator(".o-mail-Composer-send").click()
    expect(page.locator(".o-mail-Message", has_text=words)).to_be_visible()


@contextmanager
def dialog(page):
    """What is typed in a window of the back office; it has closed when the block ends."""
    window = page.locator(".modal-dialog")
    window.wait_for()
    yield window
    window.locator("footer .btn-primary").click()
    window.wait_for(state="detached")


def mail_with(mails, address, words):
    """The newest message to this address that says so."""
    return until(
        lambda: next((mail for mail in mails.to(address) if words in mail["html"]), None),
        seconds=60,
        message=f"no mail to {address} says: {words}",
    )


def say_refusal(answer):
    """Why a form was shown again: its title, what is said above it and beside each question."""
    page = html.fromstring(answer.content)
    told = page.xpath("//title | //main//*[@role='alert' or @role='status']")
    told += page.find_class("et-err")
    words = [" ".join(each.text_content().split()) for each in told]
    return f"{answer.status_code}: " + " | ".join(filter(None, words))


class _From(requests.adapters.HTTPAdapter):
    """Connects from this address."""

    def __init__(self, address):
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args, **options):
        return super().init_poolmanager(*args, **options, source_address=(self.address, 0))


class Client(requests.Session):
    """Somebody at a keyboard, without browser: for what a browser would hide or be slow to do.

    :param address: of her connection, 127.x.x.x, which those of a village hall share
    """

    def __init__(self, url, address=None):
        super().__init__()
        self.url = url
        if address:
            self.mount("http://", _From(address))

    def request(self, method, url, **options):
        options = {"timeout": TIMEOUT, **options, "allow_redirects": False}
        return super().request(method, self.url + url, **options)

    def read(self, path):
        answer = self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return html.fromstring(answer.content)

    def log_in(self, persona):
        form = self.read("/web/login").xpath("//form[.//input[@name='login']]")[0]
        answer = self.post(
            "/web/login", {**dict(form.form_values()), "login": persona, "password": persona}
        )
        assert answer.status_code == 303, "the demo's password is the login"
        return self

    def check(self, path, values, files=None):
        """Fill in a form; return what the page that shows everything again sends."""
        answer = self.post(path, {**values, "_action": "check"}, files=files)
        assert answer.status_code == 303, say_refusal(answer)
        page = self.read(answer.headers["Location"].removeprefix(self.url))
        form = page.xpath("//form[@data-public-form]")[0]
        boxes = form.xpath(".//input[@type='checkbox']/@name")
        ticked = {name: values[name] for name in boxes if name in values}
        return {**dict(form.form_values()), **ticked, "_action": "send"}

    def rpc(self, model, method, *args, **kwargs):
        """What the web client would receive: a result, or an error."""
        call = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.post(f"/web/dataset/call_kw/{model}/{method}", json={"params": call}).json()

    def call(self, model, method, *args):
        answer = self.rpc(model, method, *args)
        assert "result" in answer, answer
        return answer["result"]


def find_draft_link(server):
    """Path of the page by which a draft of the demo is tried without account."""
    manager = Client(server).log_in("responsable")
    links = manager.call("procedure.version.link", "search_read", [], ["url"])
    return next(urlsplit(link["url"]).path for link in links if link["url"])


def find_survey_link(page):
    """Path of the question that is asked of this person, on the page of her answered request."""
    page.goto("/my/demandes?etat=terminees")
    page.locator("tbody th a").first.click()
    link = page.locator("#satisfaction ~ .et-actions a").first.get_attribute("href")
    return urlsplit(link).path


class AccountForm:
    """A form that a signed-in person has opened and filled in, and may send more than once.

    :param make_answers: what she says, from the form that she reads
    """

    files = None

    def __init__(self, client, path, make_answers):
        self.client, self.path = client, path
        form = client.read(path).xpath("//form[@data-public-form]")[0]
        opened = time.monotonic()
        self.values = {**dict(form.form_values()), **make_answers(form)}
        # What the page to read again sends, once it was reached.
        self.read = None
        self.location = None
        until(lambda: time.monotonic() - opened > READING_MS / 1000)

    def send(self):
        """Whether it was acknowledged: not when the connection was cut."""
        try:
            if not self.read:
                self.check()
            answer = self.client.post(self.path, self.read)
        except requests.ConnectionError:
            return False
        assert answer.status_code == 303, say_refusal(answer)
        self.location = answer.headers["Location"]
        return True

    def check(self):
        self.read = self.client.check(self.path, self.values, self.files)

    def read_number(self):
        """From the acknowledgment on the screen."""
        path = self.location.removeprefix(self.client.url)
        return self.client.read(path).find_class("et-plaque--no")[0].text_content().strip()


class BinForm(AccountForm):
    def __init__(self, client):
        self.street = f"{secrets.randbelow(10**9)} rue du Moulin"
        self.photo = photo(self.street)
        file = (self.photo["name"], self.photo["buffer"], self.photo["mimeType"])
        self.files = {"lease_or_deed": file}
        super().__init__(client, f"{BIN}/formulaire", self._make_answers)

    def _make_answers(self, form):
        return {
            "waste_request": "arrival",
            "address.street": self.street,
            "address.commune": COMMUNE,
            "date_in": day(-8),
            "household_size": "2",
            "occupant_status": "owner",
            "accuracy": "1",
        }

    def renew(self, token):
        """Her session is another one: the page that she sees has its key."""
        for values in filter(None, (self.values, self.read)):
            values["csrf_token"] = token


def ask_for_another_photo(server, number, message=""):
    """The agent, as the screen does."""
    agent = Client(server).log_in("agent.dechets")
    (request,) = agent.call(
        "procedure.request", "search_read", [("number", "=", number)], ["document_line_ids"]
    )
    items = [{"line_id": request["document_line_ids"][0], "reason": "On ne voit pas la rue."}]
    for method, *args in (("action_take",), ("action_ask_completion", items, message)):
        answer = agent.rpc("procedure.request", method, [request["id"]], *args)
        assert "error" not in answer, answer
    return request["id"]
