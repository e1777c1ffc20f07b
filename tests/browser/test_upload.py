"""A photo on a slow line: made smaller, sent as soon as it is chosen, cut, sent again."""

import io
import re
import socket
import socketserver
import threading
from contextlib import suppress
from urllib.parse import urlsplit

import flows
import pytest
from harness import find_address
from PIL import Image
from playwright.sync_api import expect

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
LEASE = "#f-lease_or_deed"


@pytest.fixture
def width():
    """People do this on a phone."""
    return 390


@pytest.fixture
def person():
    return flows.Person("Odette")


@pytest.fixture(scope="module")
def large_photo():
    """12 MB, lying on its side as phones store it: EXIF says that the left is the top."""
    noise = Image.effect_noise((1400, 1050), 90).resize((5000, 3750), Image.Resampling.BICUBIC)
    image = Image.merge("RGB", [noise, noise.transpose(Image.Transpose.ROTATE_180), noise])
    # A corner by which to see how it was turned.
    image.paste((255, 0, 0), (0, 0, 1250, 900))
    exif = Image.Exif()
    exif[0x0112] = 6
    for quality in range(90, 101):
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=quality, subsampling=0, exif=exif)
        if stream.tell() > 11.5 * MEGABYTE:
            break
    assert 11 * MEGABYTE < stream.tell() < 16 * MEGABYTE
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


class Line(socketserver.ThreadingTCPServer):
    """Between the browser and the server. What Chromium calls offline leaves alone what is on its
    way: here the connections really break."""

    daemon_threads = True

    def __init__(self, server):
        self.target = urlsplit(server).hostname, urlsplit(server).port
        self.open = set()
        self.is_cut = False
        self.flow = threading.Event()
        self.flow.set()
        super().__init__(("127.0.0.1", 0), None)
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    @property
    def url(self):
        return f"http://localhost:{self.server_address[1]}"

    def finish_request(self, browser, _address):
        self.flow.wait(60)
        if self.is_cut:
            return
        with socket.create_connection(self.target) as server:
            self.open |= {browser, server}
            back = threading.Thread(target=self.relay, args=(server, browser), daemon=True)
            back.start()
            self.relay(browser, server)
            back.join()
            self.open -= {browser, server}

    def relay(self, source, target):
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    def cut(self):
        self.is_cut = True
        for one in list(self.open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def stall(self):
        """Nothing breaks, and nothing comes."""
        self.flow.clear()
        self.cut()
        self.is_cut = False

    def mend(self):
        self.is_cut = False
        self.flow.set()


@pytest.fixture
def line():
    line = Line(find_address("E_TERRITOIRE_URL"))
    yield line
    line.mend()
    line.cut()
    # A connection that is gone before it is taken holds the loop: nobody waits for it.
    ending = threading.Thread(target=line.shutdown, daemon=True)
    ending.start()
    ending.join(10)
    line.server_close()


@pytest.fixture
def server(line):
    return line.url


def note_post(request, posts):
    """What the form or a file sends; beside, without any file: what is typed is kept, a page that
    was seen is counted."""
    beside = ("/brouillon/enregistrer", "/formulaire/vu")
    if request.method == "POST" and not request.url.endswith(beside):
        posts.append(request.url)


def slow_down(page, upload=-1):
    """So many bytes a second; -1: as many as they are."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    conditions = {"offline": False, "latency": 0, "downloadThroughput": -1}
    session.send("Network.emulateNetworkConditions", {**conditions, "uploadThroughput": upload})
    return session


def test_a_large_photo_on_a_slow_line(
    page, person, mails, line, large_photo, look, expected_errors
):
    expected_errors += ["net::ERR_.*/fichier"]
    posts = []
    page.on("request", lambda request: note_post(request, posts))
    page.goto(flows.BIN + "/formulaire")
    page.fill("[name=contact_firstname]", person.firstname)
    flows.fill_arrival(page, person, size="4")
    slow = slow_down(page, 300 * KILOBYTE)
    field = page.locator(LEASE)
    page.locator(f"{LEASE}-c").set_input_files(large_photo)
    sending = field.locator(".et-sent")
    expect(sending).to_contain_text(
        re.compile(r"photo\.jpg, 1[1-5][,\d]*.Mo, réduite à [\d,]+.[Mk]o")
    )
    expect(sending).to_contain_text(re.compile(r"Envoi.: \d+.%"))
    expect(sending.locator("progress")).not_to_have_js_property("value", 0)
    look(page, "envoi-en-cours")

    line.cut()
    expect(sending).to_contain_text("l’envoi a été coupé")
    expect(sending.get_by_role("button", name="Annuler")).to_be_visible()
    look(page, "envoi-coupe")
    line.mend()
    slow.detach()
    sending.get_by_role("button", name="Réessayer").click()
    expect(field.locator(".et-files")).to_contain_text("photo.jpg")
    expect(sending).to_have_count(0)
    look(page, "envoi-fait")
    assert [url for url in posts if not url.endswith("/fichier")] == []

    # Another day of the same browser: nothing is lost, and it stands upright.
    page.evaluate("delete document.querySelector('[data-public-form]').dataset.typed")
    page.reload()
    expect(page.locator("[name=contact_firstname]")).to_have_value(person.firstname)
    expect(field.locator(".et-files")).to_contain_text("photo.jpg")
    flows.fill(
        page,
        {
            "contact_lastname": person.lastname,
            "contact_email": person.email,
            "contact_address.street": person.street,
            "contact_address.commune": flows.COMMUNE,
        },
    )
    flows.send(page, "Continuer")
    flows.check_and_send(page, "Recevoir mon code")
    page.wait_for_url(re.compile("/formulaire/code"))
    code = re.search(r"\b\d{6}\b", mails.wait(person.email, "")["text"]).group()
    page.fill("[name=code]", code)
    page.get_by_role("button", name="Envoyer la demande", exact=True).click()
    number = flows.read_number(page)
    page.goto(f"/suivi/{number}")
    link = page.get_by_role("link", name="photo.jpg")
    answer = page.context.request.get(link.get_attribute("href"))
    kept = Image.open(io.BytesIO(answer.body()))
    assert kept.size == (3000, 4000)
    red, green, _blue = kept.getpixel((kept.width - 50, 50))
    assert red > 200 > 60 > green, "the red corner is at the top right"


@pytest.mark.parametrize("width", [390, 1300])
def test_what_is_too_large_leaves_not_a_byte(page, look):
    posts = []
    page.on("request", lambda request: note_post(request, posts))
    page.goto(flows.BIN + "/formulaire")
    # That the page was seen is counted: not a byte of what is in it.
    film = {"name": "bail.pdf", "mimeType": "application/pdf", "buffer": b"%PDF" * 3 * MEGABYTE}
    page.check("[name=waste_request][value=arrival]")
    page.locator(f"{LEASE}-f").set_input_files(film)
    refused = page.locator(f"{LEASE} .et-sent")
    expect(refused).to_contain_text(re.compile("ce fichier pèse 12.Mo. Le maximum est 10.Mo"))
    expect(page.locator(f"{LEASE}-f")).to_have_js_property("files.length", 0)
    look(page, "envoi-trop-lourd")
    assert not [url for url in posts if not url.endswith("/formulaire/vu")]
    # Another file takes its place.
    page.locator(f"{LEASE}-f").set_input_files(flows.photo("Bail"))
    expect(page.locator(f"{LEASE} .et-files")).to_contain_text("Bail.jpg")
    expect(refused).to_have_count(0)
    look(page, "envoi-recu")


def test_what_was_given_is_seen_again_and_replaced(page, person, mails, look, server):
    page.goto(flows.BIN + "/formulaire")
    flows.fill_arrival(page, person, size="3")
    field = page.locator(LEASE)
    kept = field.locator(".et-files li")
    page.locator(f"{LEASE}-f").set_input_files(flows.photo("Bail flou"))
    expect(kept).to_contain_text("Bail flou.jpg")
    assert measure_picture(kept) == [144, 176]
    expect(page.locator(f"{LEASE}-c")).to_be_hidden()
    with page.context.expect_page() as opened:
        kept.get_by_role("link", name="Voir Bail flou.jpg").click()
    seen = opened.value
    seen.wait_for_load_state()
    assert seen.evaluate("document.images[0].naturalWidth") > 200
    address = seen.url
    seen.close()
    # Another browser holds nothing.
    assert flows.Client(server).get(urlsplit(address).path).status_code == 404

    kept.get_by_role("button", name="Remplacer Bail flou.jpg").click()
    expect(kept).to_contain_text("prendra sa place")
    expect(page.locator(f"{LEASE}-c")).to_be_focused()
    look(page, "fichier-a-remplacer")
    kept.get_by_role("button", name="Garder ce fichier").click()
    expect(page.locator(f"{LEASE}-c")).to_be_hidden()
    expect(kept.get_by_role("button", name="Remplacer")).to_be_focused()
    kept.get_by_role("button", name="Remplacer").click()
    page.locator(f"{LEASE}-c").set_input_files(flows.photo("Bail net"))
    expect(kept).to_contain_text("Bail net.jpg")
    expect(kept).to_have_count(1)
    expect(page.locator(f"{LEASE}-c")).to_be_hidden()
    look(page, "fichier-recu")

    flows.fill(
        page,
        {
            "contact_firstname": person.firstname,
            "contact_lastname": person.lastname,
            "contact_email": person.email,
            "contact_address.street": person.street,
            "contact_address.commune": flows.COMMUNE,
        },
    )
    flows.send(page, "Continuer")
    page.wait_for_url(re.compile("etape=verifier#"))
    given = page.locator(".et-thumbs li")
    expect(given).to_contain_text("Bail net.jpg")
    assert measure_picture(given) == [144, 176]
    look(page, "verifier-vignette")
    given.get_by_role("button", name="Remplacer Bail net.jpg").click()
    page.wait_for_url(re.compile("remplacer="))
    expect(kept).to_contain_text("prendra sa place")
    page.locator(f"{LEASE}-f").set_input_files(flows.photo("Acte"))
    expect(kept).to_contain_text("Acte.jpg")
    flows.send(page, "Continuer")
    page.wait_for_url(re.compile("etape=verifier#"))
    expect(given).to_contain_text("Acte.jpg")
    expect(given).to_have_count(1)
    flows.check_and_send(page, "Recevoir mon code")
    page.wait_for_url(re.compile("/formulaire/code"))
    code = re.search(r"\b\d{6}\b", mails.wait(person.email, "")["text"]).group()
    page.fill("[name=code]", code)
    page.get_by_role("button", name="Envoyer la demande", exact=True).click()
    number = flows.read_number(page)
    page.goto(f"/suivi/{number}")
    expect(page.get_by_role("link", name="Acte.jpg")).to_be_visible()


def test_what_is_asked_again_is_given_at_once_and_leaves_by_its_button(page, server, look, login):
    form = flows.BinForm(flows.Client(server).log_in("dominique"))
    form.send()
    words = "Bonjour,\nune photo de la rue suffit."
    request = flows.ask_for_another_photo(server, form.read_number(), words)
    login("dominique")
    page.goto(f"/my/demandes/{request}")
    asked = page.locator("#a-completer")
    expect(asked.locator("blockquote")).to_contain_text("une photo de la rue suffit.")
    expect(asked).to_contain_text("On ne voit pas la rue.")
    kept = asked.locator(".et-files li")
    look(page, "completer-mots")
    asked.locator("input[type=file][id$='-f']").set_input_files(flows.photo("Rue floue"))
    expect(kept).to_contain_text("Rue floue.jpg")
    expect(kept).to_contain_text("prêt à être envoyé")
    assert measure_picture(kept) == [144, 176]
    with page.context.expect_page() as opened:
        kept.get_by_role("link", name="Voir Rue floue.jpg").click()
    opened.value.wait_for_load_state()
    assert opened.value.evaluate("document.images[0].naturalWidth") > 200
    opened.value.close()
    # Another day: it waits, and the service has nothing of it.
    page.evaluate("document.querySelectorAll('form').forEach((one) => delete one.dataset.typed)")
    page.reload()
    expect(kept).to_contain_text("Rue floue.jpg")
    kept.get_by_role("button", name="Remplacer").click()
    asked.locator("input[type=file][id$='-c']").set_input_files(flows.photo("Rue nette"))
    expect(kept).to_contain_text("Rue nette.jpg")
    expect(kept).to_have_count(1)
    look(page, "completer-donne")
    # A file with a message is not sent with what is asked.
    piece = page.locator("#f-_piece")
    piece.locator("input[type=file][id$='-f']").set_input_files(flows.photo("Plan"))
    expect(piece.locator(".et-files li")).to_contain_text("Plan.jpg")
    piece.get_by_role("button", name="Retirer Plan.jpg").click()
    expect(piece.locator(".et-files li")).to_have_count(0)
    expect(kept).to_contain_text("Rue nette.jpg")
    asked.get_by_role("button", name="Envoyer", exact=True).last.click()
    expect(asked).to_have_count(0)
    given = page.get_by_role("region", name="Vos documents")
    expect(given).to_contain_text("Rue nette.jpg")
    expect(given).not_to_contain_text("Rue floue.jpg")


def measure_picture(line):
    picture = line.locator("img")
    expect(picture).to_have_js_property("complete", True)
    return picture.evaluate("(one) => [one.naturalWidth, one.naturalHeight]")


def test_who_signs_in_in_the_middle_loses_nothing(page, expected_errors):
    expected_errors.append("422 .*/fichier")
    page.goto(flows.BIN + "/formulaire")
    flows.fill_arrival(page, flows.Person(), size="5")
    field = page.locator(LEASE)
    page.locator(f"{LEASE}-f").set_input_files(flows.photo("Bail"))
    expect(field.locator(".et-files")).to_contain_text("Bail.jpg")
    page.get_by_role("button", name="vous connecter").click()
    flows.fill(page, {"login": "camille", "password": "camille"})
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/formulaire*")
    page.get_by_role("button", name="La reprendre").click()
    expect(field.locator(".et-files")).to_contain_text("Bail.jpg")
    expect(page.locator("[name=household_size]")).to_have_value("5")
    # Two at once: one place, one file.
    field.get_by_role("button", name="Retirer Bail.jpg").click()
    expect(field.locator(".et-files")).to_have_count(0)
    answers = page.evaluate(SEND_TWICE, LEASE)
    assert sorted(answers) == [200, 422]
    page.reload()
    expect(field.locator(".et-files li")).to_have_count(1)
    # The journey leaves nothing in her space.
    page.goto(flows.BIN + "/brouillon/supprimer")
    page.locator("[name=_action][value=delete]").click()
    page.wait_for_url("**/my/demandes*")


def test_the_form_waits_for_its_files_and_its_button_comes_back(page, line, expected_errors):
    expected_errors.append("422 .*/formulaire")
    page.goto(flows.BIN + "/formulaire")
    slow = slow_down(page, 5 * KILOBYTE)
    page.check("[name=waste_request][value=arrival]")
    page.locator(f"{LEASE}-f").set_input_files(flows.photo("Bail"))
    button = page.locator(".et-actions .btn-primary")
    flows.linger(page)
    button.click()
    expect(button).to_have_text("Un instant…")
    slow.detach()
    expect(page.locator("#erreurs")).to_be_visible()
    expect(page.locator(f"{LEASE} .et-files")).to_contain_text("Bail.jpg")
    # Stopped on its way: a second press works.
    flows.linger(page)
    line.stall()
    page.evaluate(PRESS_AND_STOP)
    page.wait_for_function("window.said")
    assert page.evaluate("window.said") == "Un instant…"
    expect(button).to_have_text("Continuer")
    line.mend()
    button.click()
    expect(page.locator("#erreurs")).to_be_visible()


PRESS_AND_STOP = """() => {
    const button = document.querySelector(".et-actions .btn-primary");
    button.click();
    setTimeout(() => {
        window.said = button.textContent;
        window.stop();
    }, 500);
}"""
SEND_TWICE = """async (field) => {
    const form = document.querySelector("[data-upload]");
    const key = document.querySelector(`${field}-f`).name;
    const send = async (colour) => {
        const canvas = document.createElement("canvas");
        canvas.getContext("2d").fillStyle = colour;
        canvas.getContext("2d").fillRect(0, 0, 99, 99);
        const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg"));
        const data = new FormData(form);
        data.delete(key);
        data.set("_field", key);
        data.set(key, blob, `${colour}.jpg`);
        return (await fetch(form.dataset.upload, {method: "POST", body: data})).status;
    };
    return Promise.all([send("red"), send("blue")]);
}"""
