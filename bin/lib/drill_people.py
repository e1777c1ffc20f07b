"""People who file requests while things break, and what each of them was told."""

import random
import re
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

import requests
from drill_site import ROOT, query

sys.path.insert(0, str(ROOT / "tests/browser"))
import flows  # noqa: E402
from harness import Mails  # noqa: E402

PATIENCE = 90
OUTAGE = (requests.RequestException, OSError, AssertionError, IndexError, TypeError)


@dataclass
class Filing:
    """What one person knows of one form."""

    street: str
    email: str
    sends: int = 0
    number: str = ""
    has_file: bool = True
    errors: list = field(default_factory=list)


class Browser(flows.Client):
    """A browser takes the loopback for safe: its Secure cookies are sent there without TLS."""

    def request(self, *request, **options):
        try:
            return super().request(*request, **options)
        finally:
            for cookie in self.cookies:
                cookie.secure = False


class VisitorForm(flows.BinForm):
    """Without account: a code by mail confirms the address."""

    def __init__(self, client, mails, person):
        super().__init__(client)
        self.mails, self.person = mails, person
        self.values.update(
            {
                "contact_firstname": person.firstname,
                "contact_lastname": person.lastname,
                "contact_email": person.email,
                "contact_address.street": self.street,
                "contact_address.commune": flows.COMMUNE,
            }
        )

    def send(self):
        if not super().send():
            return False
        if not self.location.endswith("/code"):
            return True
        page = self.client.read(self.location.removeprefix(self.client.url))
        form = page.xpath("//form[.//input[@name='code']]")[0]
        message = self.mails.wait(self.person.email, "")
        code = re.search(r"\b\d{6}\b", message["text"])[0]
        path = f"{flows.BIN}/formulaire/code"
        values = {**dict(form.form_values()), "code": code, "_action": "send"}
        answer = self.client.post(path, values)
        assert answer.status_code == 303, answer.status_code
        self.location = answer.headers["Location"]
        return "/accuse/" in self.location


class Inhabitant(threading.Thread):
    """Files one form after the other; presses again until it is acknowledged."""

    def __init__(self, crowd, login=None):
        super().__init__(daemon=True)
        self.crowd, self.login = crowd, login
        self.moments = random.Random(f"{login}{len(crowd.people)}")

    def run(self):
        while not self.crowd.is_over.is_set():
            with suppress(*OUTAGE):
                self.file()
            time.sleep(0.5)

    def open_form(self):
        client = Browser(self.crowd.url)
        if self.login:
            return flows.BinForm(client.log_in(self.login))
        return VisitorForm(client, Mails(self.crowd.mail_url), flows.Person("Odette"))

    def file(self):
        form = self.open_form()
        email = form.person.email if isinstance(form, VisitorForm) else ""
        filing = Filing(form.street, email)
        self.crowd.filings.append(filing)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not filing.number:
            filing.sends += 1
            try:
                if form.send():
                    filing.number = form.read_number()
                    return
            except OUTAGE as error:
                filing.errors.append(str(error)[:80])
                self.come_back(form)
            time.sleep(self.moments.uniform(0.3, 1.5))

    def come_back(self, form):
        """The session may have ended: the page that she sees has a new key of it."""
        with suppress(*OUTAGE):
            if self.login:
                form.client.log_in(self.login)
            page = form.client.read(f"{flows.BIN}/formulaire")
            form.renew(page.xpath("//input[@name='csrf_token']/@value")[0])


class Crowd:
    """Five people on one site: three with an account, two without."""

    def __init__(self, url, mail_url, logins=("dominique", "camille", "sacha", None, None)):
        self.url, self.mail_url = url, mail_url
        self.filings, self.people = [], []
        self.is_over = threading.Event()
        for login in logins:
            self.people.append(Inhabitant(self, login))
        threading.Thread(target=self.forget_limits, daemon=True).start()
        for person in self.people:
            person.start()

    def forget_limits(self):
        """All of them are one address, and file more than people do."""
        while not self.is_over.wait(2):
            with suppress(Exception):
                query("DELETE FROM public_guard_hit")

    def leave(self):
        """Nobody opens a new form; who is at one finishes it."""
        self.is_over.set()
        for person in self.people:
            person.join(PATIENCE * 2)
        return self.filings
