"""What is typed is kept while it is typed; the line is cut, and nothing is lost nor doubled."""

import io
import json
import re
import socket
from urllib.parse import urlsplit

import flows
import pytest
from harness import find_address, until
from PIL import Image
from playwright.sync_api import expect
from test_upload import KILOBYTE, MEGABYTE, Line

FORM = f"{flows.BIN}/formulaire"
LEASE = "#f-lease_or_deed"
CUT_AT = 200_000
SAVED = re.compile(r"Enregistré à \d+\sh\s\d\d")
STORE = "JSON.stringify(Object.entries(localStorage).filter(([n]) => n.startsWith('et-typed')))"


class CutLine(Line):
    """Cut once so many bytes have left the browser by one connection since `cut_at` was said: it
    may be open since long before, a browser keeps its connections."""

    cut_at = None

    def relay(self, source, target):
        sent = 0
        # By its port: the name of the server is an address here.
        is_upload = target.getpeername()[1] == self.target[1]
        try:
            while data := source.recv(16384):
                sent = sent + len(data) if self.cut_at else 0
                if is_upload and self.cut_at and sent >= self.cut_at:
                    target.sendall(data[: len(data) - (sent - self.cut_at)])
                    self.cut()
                    return
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            return


@pytest.fixture
def width():
    return 390


@pytest.fixture
def line():
    line = CutLine(find_address("E_TERRITOIRE_URL"))
    yield line
    line.mend()
    line.cut()


@pytest.fixture
def phone(browser, line):
    """Her telephone, on a line that can be cut: its console says so, nothing else breaks."""
    context = browser.new_context(
        base_url=line.url, viewport={"width": 390, "height": 844}, locale="fr-FR", has_touch=True
    )
    context.set_default_timeout(20_000)
    page, broken = context.new_page(), []
    page.on("pageerror", lambda error: broken.append(str(error)))
    yield page
    context.close()
    assert not broken


def sign_in(page, persona):
    page.goto("/web/login")
    flows.fill(page, {"login": persona, "password": persona})
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/web/login" not in url)


def make_photo(size):
    """As heavy as that, even once the browser made it smaller."""
    noise = Image.effect_noise((1300, 1300), 90)
    image = Image.merge("RGB", [noise, noise.transpose(Image.Transpose.ROTATE_90), noise])
    stream = io.BytesIO()
    for quality in range(70, 101, 2):
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=quality, subsampling=0)
        if stream.tell() > size:
            break
    return {"name": "bail.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def forget_draft(client):
    delete = FORM.replace("/formulaire", "/brouillon/supprimer")
    answer = client.get(delete)
    if answer.status_code == 200:
        form = client.read(delete).xpath("//main//form[@method='post']")[0]
        client.post(delete, {**dict(form.form_values()), "_action": "delete"})


def fill_on(page, person):
    flows.fill_arrival(page, person, size="4")
    expect(page.locator(".et-saved")).to_have_text(SAVED)


def count_requests(server, street):
    agent = flows.Client(server).log_in("agent.dechets")
    return agent.call(
        "procedure.request",
        "search_read",
        [("answer_ids.value_text", "=", street)],
        ["document_line_ids"],
    )


def test_a_line_cut_in_the_middle_of_a_file_then_another_device(server, line, phone, page, look):
    forget_draft(flows.Client(server).log_in("dominique"))
    person = flows.Person("Dominique")
    sign_in(phone, "dominique")
    phone.goto(FORM)
    fill_on(phone, person)
    photo = make_photo(MEGABYTE)
    assert MEGABYTE < len(photo["buffer"]) < 4 * MEGABYTE
    line.cut_at = CUT_AT
    phone.locator(f"{LEASE}-f").set_input_files(photo)
    expect(phone.locator(f"{LEASE} .et-sent")).to_contain_text("l’envoi a été coupé")
    # She goes on typing, without a line.
    phone.fill("[name=household_size]", "5")
    expect(phone.locator(".et-saved")).to_contain_text("La ligne est coupée")
    until(lambda: json.loads(phone.evaluate(STORE)), message="the browser keeps nothing")
    assert person.street not in phone.evaluate(STORE), "locked"
    look(phone, "brouillon-ligne-coupee")

    # Another device, the same person: all but the file is there.
    other = page
    sign_in(other, "dominique")
    other.goto(FORM)
    expect(other.locator("[name='address.street']")).to_have_value(person.street)
    expect(other.locator(f"{LEASE} .et-files")).to_have_count(0)
    other.locator(f"{LEASE}-f").set_input_files(photo)
    expect(other.locator(f"{LEASE} .et-files")).to_contain_text("bail.jpg")
    flows.send(other, "Continuer")
    flows.check_and_send(other)
    flows.read_number(other)

    # The line comes back to the telephone: nothing is begun again, nothing stays.
    line.cut_at = None
    line.mend()
    expect(phone.locator(".et-saved")).to_contain_text("a été envoyé ou supprimé", timeout=45_000)
    until(lambda: not json.loads(phone.evaluate(STORE)), message="the browser keeps something")
    (request,) = count_requests(server, person.street)
    assert len(request["document_line_ids"]) == 1
    phone.evaluate("delete document.querySelector('[data-public-form]').dataset.typed")
    phone.goto(FORM)
    expect(phone.locator("[name='address.street']")).not_to_have_value(person.street)
    expect(phone.locator("[data-store-offer]")).to_be_hidden()


def test_typed_without_a_line_then_taken_up(line, phone, look, server):
    forget_draft(flows.Client(server).log_in("sacha"))
    person = flows.Person("Sacha")
    sign_in(phone, "sacha")
    phone.goto(FORM)
    fill_on(phone, person)
    line.cut()
    street = f"{person.street} bis"
    phone.fill("[name='address.street']", street)
    expect(phone.locator(".et-saved")).to_contain_text("La ligne est coupée")
    until(lambda: json.loads(phone.evaluate(STORE)), message="the browser keeps nothing")
    # Closed in a hurry, with nothing sent.
    phone.evaluate("delete document.querySelector('[data-public-form]').dataset.typed")
    phone.goto("about:blank")
    line.mend()
    phone.goto(FORM)
    offered = phone.locator("[data-store-offer]")
    expect(offered).to_be_visible()
    look(phone, "brouillon-repris-du-navigateur")
    offered.get_by_role("button", name="Reprendre ce que j’avais tapé").click()
    expect(phone.locator("[name='address.street']")).to_have_value(street)
    expect(offered).to_be_hidden()
    assert not json.loads(phone.evaluate(STORE))


def test_the_next_person_of_the_computer_reads_nothing(line, phone, server):
    forget_draft(flows.Client(server).log_in("camille"))
    person = flows.Person("Camille")
    sign_in(phone, "camille")
    phone.goto(FORM)
    fill_on(phone, person)
    line.cut()
    phone.fill("[name=household_size]", "5")
    until(lambda: json.loads(phone.evaluate(STORE)), message="the browser keeps nothing")
    phone.evaluate("delete document.querySelector('[data-public-form]').dataset.typed")
    phone.goto("about:blank")
    line.mend()
    # Her session is gone, and she has not logged out.
    phone.context.clear_cookies()
    sign_in(phone, "dominique")
    phone.goto(FORM)
    expect(phone.locator(".et-saved")).to_be_attached()
    expect(phone.locator("[data-store-offer]")).to_be_hidden()
    assert json.loads(phone.evaluate(STORE)), "locked, until its hour or her return"
    phone.goto("/web/session/logout?redirect=/demarches")
    until(lambda: not json.loads(phone.evaluate(STORE)), message="logging out empties it")
    forget_draft(flows.Client(server).log_in("camille"))


def test_two_windows(page, login, new_page, expected_errors, look, server):
    expected_errors += ["409"]
    forget_draft(flows.Client(server).log_in("dominique"))
    login("dominique")
    first, second = page, new_page(page.context)
    first.goto(FORM)
    second.goto(FORM)
    fill_on(first, flows.Person("Dominique"))
    second.fill("[name='address.street']", "99 rue Autre")
    expect(second.locator(".et-saved")).to_contain_text("dans une autre fenêtre")
    look(second, "brouillon-deux-fenetres")
    second.get_by_role("button", name="Garder et finir plus tard").click()
    expect(second.get_by_role("heading", name="Changé ailleurs")).to_be_visible()
    look(second, "brouillon-change-ailleurs")
    second.get_by_role("link", name="relisez ce qui est gardé").click()
    expect(second.locator("[name='address.street']")).not_to_have_value("99 rue Autre")
    forget_draft(flows.Client(server).log_in("dominique"))


def test_half_a_post_without_script_keeps_nothing_by_halves(server):
    """The whole form, cut at the same byte: the server reads no half of it."""
    client = flows.Client(server).log_in("dominique")
    forget_draft(client)
    person = flows.Person("Dominique")
    form = client.read(FORM).xpath("//form[@data-public-form]")[0]
    values = {**dict(form.form_values()), "address.street": person.street, "_action": "later"}
    boundary = "couperet"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value or ""}\r\n'
        for name, value in values.items()
    ]
    head = "".join(parts) + (
        f'--{boundary}\r\nContent-Disposition: form-data; name="lease_or_deed"; '
        'filename="bail.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    )
    content = make_photo(MEGABYTE)["buffer"]
    body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    cookies = "; ".join(f"{one.name}={one.value}" for one in client.cookies)
    where = urlsplit(server)
    lines = (
        f"POST {FORM} HTTP/1.1",
        f"Host: {where.netloc}",
        f"Cookie: {cookies}",
        f"Content-Type: multipart/form-data; boundary={boundary}",
        f"Content-Length: {len(body)}",
        "Connection: close\r\n\r\n",
    )
    with socket.create_connection((where.hostname, where.port)) as line:
        line.sendall("\r\n".join(lines).encode())
        line.sendall(body[:CUT_AT])
        line.shutdown(socket.SHUT_WR)
        line.settimeout(flows.TIMEOUT)
        assert b" 303 " not in line.recv(KILOBYTE)
    page = client.read(FORM)
    assert page.xpath("//input[@name='address.street']/@value") != [person.street]
    assert not page.find_class("et-files")
