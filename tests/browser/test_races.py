"""Five people, or one person five times, at the same moment: each limit of the product gives what
it gives one after the other. Real requests to a real server; nothing waits but for the others."""

import re
import secrets
import time

import flows
import pytest
from harness import until
from lxml import html
from races import at_once, publish
from requests.adapters import HTTPAdapter
from second_server import SecondServer

pytestmark = pytest.mark.sweep("kill")

TOGETHER = 5
# Sign-ups from one address in one hour (website_procedure/controllers/signup.py).
SIGN_UPS = 60


@pytest.fixture(scope="module")
def crowd(server, tmp_path_factory):
    """A server whose log may say that two transactions met."""
    second = SecondServer(server, tmp_path_factory.mktemp("races") / "odoo.log")
    second.start()
    yield second.url
    second.kill()


@pytest.fixture
def manager(server):
    return flows.Client(server).log_in("responsable")


@pytest.fixture
def procedure(manager):
    """One of her own, with a limit: published for the time of the test."""
    wish = {"key": "wish", "type": "char", "label": "Souhait"}
    with publish(manager, wish, max_per_household=2) as made:
        yield made


def open_form(client, path, answers=None):
    """Filled in, and read again: only its button is left to press."""
    form = client.read(path).xpath("//form[@data-public-form]")[0]
    values = {**dict(form.form_values()), "wish": secrets.token_hex(4), **(answers or {})}
    return client.check(path, values)


def count(manager, procedure, *more):
    domain = [("procedure_id", "=", procedure["id"]), *more]
    return manager.call("procedure.request", "search_count", domain)


def is_filed(answer):
    """Else the page is asked again: refused, or another window changed the draft since."""
    where = answer.headers.get("Location", "")
    assert answer.status_code == 422 or "/accuse/" in where or "fait=change" in where, where
    return "/accuse/" in where


def open_several(crowd, path):
    """The same person at several places: several sessions, a form of its own in each."""
    clients = [flows.Client(crowd).log_in("sacha") for _each in range(TOGETHER)]
    return [(client, open_form(client, path)) for client in clients]


def forget_draft(client, path):
    """What a refused form keeps for another day, its file included."""
    delete = path.replace("/formulaire", "/brouillon/supprimer")
    page = client.get(delete)
    if page.status_code == 303:
        return
    form = html.fromstring(page.content).xpath("//main//form[@method='post']")[0]
    client.post(delete, {**dict(form.form_values()), "_action": "delete"})


def wait_as_people_do():
    opened = time.monotonic()
    until(lambda: time.monotonic() - opened > flows.READING_MS / 1000)


class FromElsewhere(HTTPAdapter):
    """From an address of this machine that no other journey uses: limits are counted by address."""

    def __init__(self, address):
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, source_address=(self.address, 0), **kwargs)


@pytest.fixture
def elsewhere():
    return FromElsewhere(f"127.{secrets.randbelow(254) + 1}.{secrets.randbelow(254) + 1}.9")


def open_sign_up(crowd, elsewhere, email):
    client = flows.Client(crowd)
    client.mount("http://", elsewhere)
    form = client.read("/inscription").xpath("//form[.//input[@name='birthplace']]")[0]
    (commune,) = form.xpath(f".//option[normalize-space()='{flows.COMMUNE}']/@value")
    person = flows.Person()
    return client, {
        **dict(form.form_values()),
        "kind": "resident",
        "situation": "arriving",
        "firstname": person.firstname,
        "lastname": person.lastname,
        "birthdate": "03/05/1952",
        "birthplace": "Verdun",
        "birth_country": "FR",
        "street": person.street,
        "commune": commune,
        "email": email,
        "password": flows.PASSWORD,
    }


def sign_up(client, values):
    """What the person is told: her next page, or what is wrong."""
    answer = client.post("/inscription", values)
    if answer.status_code == 303:
        return answer.headers["Location"].removeprefix(client.url)
    told = html.fromstring(answer.content).xpath("//main//*[@role='alert' or @role='status']")
    return answer.status_code, " ".join(each.text_content() for each in told)


def test_sign_ups_of_one_address(crowd, elsewhere, mails):
    """The address is the identifier of one of them; each gets her link, and her account."""
    address = f"famille-{secrets.token_hex(4)}@exemple.test"
    forms = [open_sign_up(crowd, elsewhere, address) for _each in range(TOGETHER)]
    wait_as_people_do()
    answers = at_once(*[lambda form=form: sign_up(*form) for form in forms])
    assert answers == ["/inscription/envoyee"] * TOGETHER
    until(lambda: len(mails.to(address)) >= TOGETHER, seconds=60, message="a link is missing")
    links = [flows.read_link(mail, "/inscription/confirmer") for mail in mails.to(address)]
    assert len(set(links)) == TOGETHER
    logins = []
    for link in links:
        # On another device: her password is asked.
        client = flows.Client(crowd)
        form = client.read(link).xpath("//main//form[@method='post']")[0]
        sent = {**dict(form.form_values()), "password": flows.PASSWORD}
        opened = html.fromstring(client.post("/inscription/confirmer", sent).content)
        logins += opened.xpath("//p[contains(@class, 'lead')]/b/text()")
    assert len(set(logins)) == TOGETHER, logins
    assert logins.count(address) == 1


def test_sign_ups_on_the_limit(crowd, elsewhere):
    """Two places are left, five ask."""
    forms = [
        open_sign_up(crowd, elsewhere, f"{secrets.token_hex(4)}@exemple.test")
        for _each in range(TOGETHER + 1)
    ]
    wait_as_people_do()
    # The same form once more makes no account, and counts.
    told = {sign_up(*forms[0]) for _time in range(SIGN_UPS - 2)}
    assert told == {"/inscription/envoyee"}
    answers = at_once(*[lambda form=form: sign_up(*form) for form in forms[1:]])
    assert answers.count("/inscription/envoyee") == 2, answers
    refused = [answer for answer in answers if answer != "/inscription/envoyee"]
    assert all("Trop d’essais" in told for _status, told in refused), refused


def test_requests_of_one_household(crowd, manager, procedure):
    filed = 0
    # One draft is sent once: at least one goes in each time, two in all.
    for _round in range(2):
        forms = open_several(crowd, procedure["path"])
        wait_as_people_do()
        answers = at_once(
            *[lambda each=each: each[0].post(procedure["path"], each[1]) for each in forms]
        )
        filed += sum(map(is_filed, answers))
        assert 1 <= filed <= 2, "two are allowed"
        assert count(manager, procedure) == filed


def test_one_form_sent_several_times(crowd, manager, procedure):
    client = flows.Client(crowd).log_in("sacha")
    values = open_form(client, procedure["path"])
    wait_as_people_do()
    answers = at_once(*[lambda: client.post(procedure["path"], values)] * TOGETHER)
    assert {answer.status_code for answer in answers} == {303}
    assert count(manager, procedure) == 1


def test_one_draft_for_one_person(crowd, manager, procedure):
    forms = open_several(crowd, procedure["path"])
    answers = at_once(
        *[
            lambda each=each: each[0].post(procedure["path"], {**each[1], "_action": "later"})
            for each in forms
        ]
    )
    # What one of them kept is not replaced in silence by another: who comes after is told.
    statuses = {answer.status_code for answer in answers}
    assert 303 in statuses
    assert statuses <= {200, 303}
    page = forms[0][0].read("/my/demandes")
    links = page.xpath(f"//a[contains(@href, '{procedure['path']}')]")
    assert len(links) == 1
    assert count(manager, procedure) == 0


def test_one_live_bin_request_for_one_address(crowd, server):
    agent = flows.Client(server).log_in("agent.dechets")
    clients = [flows.Client(crowd).log_in("sacha") for _each in range(TOGETHER)]
    forget_draft(clients[0], f"{flows.BIN}/formulaire")
    first = flows.BinForm(clients[0])
    street = first.street
    first.check()
    path = f"{flows.BIN}/formulaire"
    # Each opens what she is about to send, and her own session gives it its own token.
    forms = []
    for client in clients:
        page = client.read(f"{path}?etape=verifier")
        form = page.xpath("//form[@data-public-form]")[0]
        forms.append((client, {**dict(form.form_values()), "accuracy": "1", "_action": "send"}))
    wait_as_people_do()
    answers = at_once(*[lambda form=form: form[0].post(path, form[1]) for form in forms])
    forget_draft(clients[0], f"{flows.BIN}/formulaire")
    assert sum(map(is_filed, answers)) == 1
    domain = [("answer_ids.value_text", "=", street), ("state", "!=", "draft")]
    assert agent.call("procedure.request", "search_count", domain) == 1


def test_one_opinion_by_one_link(crowd, server, manager, mails, procedure):
    client = flows.Client(crowd).log_in("sacha")
    values = open_form(client, procedure["path"])
    wait_as_people_do()
    assert client.post(procedure["path"], values).status_code == 303
    (request_id,) = manager.call(
        "procedure.request", "search", [("procedure_id", "=", procedure["id"])]
    )
    agent = flows.Client(server).log_in("agent.dechets")
    address = f"mairie-{secrets.token_hex(4)}@exemple.test"
    question = (request_id, "Le camion passe-t-il ?", False, "Mairie", address)
    assert "error" not in agent.rpc("procedure.request", "action_consult", *question)
    path = flows.read_link(mails.wait(address, ""), "/avis/")
    consulted = [flows.Client(crowd) for _each in range(TOGETHER)]
    forms = [
        dict(each.read(path).xpath("//main//form[@method='post']")[0].form_values())
        for each in consulted
    ]
    answers = at_once(
        *[
            lambda rank=rank: consulted[rank].post(
                path,
                {**forms[rank], "avis": "unfavourable", "texte": f"Non {rank}", "nom": "M. Martin"},
            )
            for rank in range(TOGETHER)
        ]
    )
    told = [rank for rank, answer in enumerate(answers) if answer.status_code == 303]
    assert len(told) == 1, [answer.status_code for answer in answers]
    (opinion,) = agent.call(
        "procedure.opinion", "search_read", [("request_id", "=", request_id)], ["state", "text"]
    )
    assert (opinion["state"], opinion["text"]) == ("unfavourable", f"Non {told[0]}")


def test_one_request_by_one_code(crowd, manager, mails, procedure):
    """A visitor presses several times the button of the page of the code."""
    person = flows.Person()
    client = flows.Client(crowd)
    identity = {
        "contact_firstname": person.firstname,
        "contact_lastname": person.lastname,
        "contact_email": person.email,
        "contact_address.street": person.street,
        "contact_address.commune": flows.COMMUNE,
    }
    values = open_form(client, procedure["path"], identity)
    wait_as_people_do()
    answer = client.post(procedure["path"], values)
    assert answer.status_code == 303, html.fromstring(answer.content).text_content()
    code = re.search(r">(\d{6})<", mails.wait(person.email, "")["html"])[1]
    page = client.read(f"{procedure['path']}/code")
    sent = dict(page.xpath("//main//form[@method='post']")[0].form_values())
    sent |= {"code": code, "_action": "send"}
    answers = at_once(*[lambda: client.post(f"{procedure['path']}/code", sent)] * TOGETHER)
    assert {answer.status_code for answer in answers} == {303}
    assert count(manager, procedure) == 1
