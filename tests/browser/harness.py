"""What the journeys share and that is no fixture."""

import json
import os
import re
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {1300: 900, 390: 844}

# Parts of the back office that are Odoo's own, found wanting by axe, and not ours to change.
# Selector: reason.
CORE_WIDGETS = {
    ".o_navbar": "navigation bar",
    ".o_control_panel": "breadcrumbs, search and pager",
    ".o-mail-Chatter": "conversation",
    ".o_notification_manager": "notifications",
    ".o_statusbar_status": "status bar",
    ".o_statusbar_buttons .o-dropdown": "menu of buttons on a phone",
    ".o_list_record_selector": "boxes that select the rows of a list",
    ".o_list_actions_header": "menu of optional columns",
    "th.o_handle_cell": "column of handles",
    "th.o_list_button": "column of buttons",
    ".o_group_header th:not(.o_group_name)": "room for the pager and the menu of a group of rows",
    ".o_data_cell .o-checkbox": "boxes in the cells of a list",
    ".o_form_label": "colour of labels",
    ".o_notebook_headers": "tabs",
    ".o_calendar_renderer": "calendar, whose list says the same",
    ".o_calendar_view .oi-panel-right": "button of the side panel of a calendar",
    ".o_calendar_sidebar_container": "small month beside a calendar",
    ".o_search_panel_sidebar": "side panel of filters, folded",
    ".o_clipboard_button": "button that copies the text of a field",
    ".o_tag": "tags of a many2many field",
    ".o_avatar": "pictures of people",
    ".o-mail-Avatar": "pictures of people",
    ".o-mail-ActivityButton": "activities",
    ".o-autocomplete--input": "many2one and many2many fields",
    ".o_select_menu": "selection field",
    ".o_field_badge": "colours of badges",
}
# What is ours in a window of the back office.
WINDOW = ".modal-body .o_form_renderer"
# Rule of axe that is not applied there: reason.
CORE_RULES = {"aria-allowed-role": "core gives the cards of a kanban the role of a link"}


def until(condition, seconds=20, message="it did not happen in time"):
    """The first true value of the condition."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, message
        time.sleep(0.2)
    return found


def find_address(name):
    """The one of this process. The environment stays as it is: the process that starts the others
    reads this file too, and hands them what it has."""
    addresses = os.environ.get(name, "").split()
    assert addresses, f"{name} says where the server is: see docs/testing.md"
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return addresses[worker % len(addresses)].rstrip("/")


class Watch:
    """What goes wrong in a visitor's browser, whatever the journey looks at."""

    def __init__(self, host):
        self.host = host
        self.errors = []
        self.outside = []
        self.handlers = {
            "console": self.on_console,
            "pageerror": self.on_page_error,
            "request": self.on_request,
        }

    def follow(self, page):
        for event, handler in self.handlers.items():
            page.on(event, handler)

    def leave(self, page):
        """What goes wrong in it from now on is of another journey."""
        for event, handler in self.handlers.items():
            page.remove_listener(event, handler)

    def on_page_error(self, error):
        self.errors.append(str(error))

    def on_console(self, message):
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url')})")

    def on_request(self, request):
        address = urlsplit(request.url)
        if address.scheme.startswith("http") and address.netloc != self.host:
            self.outside.append(request.url)

    def findings(self, expected=()):
        return [
            f"console error: {error}"
            for error in self.errors
            if not any(re.search(pattern, error) for pattern in expected)
        ] + [f"request to another host: {url}" for url in self.outside]


class Mails:
    """The demo's outgoing mail, as bin/lib/mail_catcher.py shows it."""

    def __init__(self, url):
        self.url = url

    def to(self, address):
        with urlopen(f"{self.url}/messages.json?to={address}") as answer:
            return json.load(answer)

    def wait(self, address, subject):
        """The newest message to this address whose subject has these words."""
        return until(
            lambda: next((mail for mail in self.to(address) if subject in mail["subject"]), None),
            seconds=60,
            message=f"no mail to {address} about {subject}",
        )

    def read(self, path):
        with urlopen(self.url + path) as answer:
            return answer.read()

    def clear(self):
        urlopen(Request(f"{self.url}/messages", method="DELETE")).close()


def violations(page, include=("html",), exclude=(), without=()):
    """What axe finds, a line for each element."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        """([include, exclude, without]) => axe.run(
            {include, exclude},
            {
                resultTypes: ["violations"],
                rules: Object.fromEntries(without.map((rule) => [rule, {enabled: false}])),
            }
        )""",
        [list(include), [[selector] for selector in exclude], list(without)],
    )
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
