"""Measures of bin/bench: times of pages, bytes of the home page as sent."""

import argparse
import json
import re
import sys
import time
from pathlib import Path

import requests

OUR_PAGES = (
    "/",
    "/demarches",
    "/demarches/{slug}",
    "/mentions-legales",
    "/demarches/{slug}/formulaire",
    "/suivi",
)
STOCK_PAGES = ("/event", "/contactus")
ASSET = re.compile(r"""(?:src|href)=["'](/[^"'#]+)["']""")
CSS_URL = re.compile(r"""url\(["']?(/[^"')]+)["']?\)""")
PUBLICATION_LIMIT = 1


def times(session, addresses, rounds):
    """Seconds of `rounds` requests of each (address, database), after three that warm the caches.

    They take turns: what else the machine does for a while weighs on all of them alike.
    """
    measured = {key: [] for key in addresses}
    for number in range(rounds + 3):
        for key, (url, database) in addresses.items():
            start = time.perf_counter()
            response = session.get(url, headers={"X-Odoo-Database": database}, timeout=60)
            elapsed = time.perf_counter() - start
            if response.status_code != 200:
                sys.exit(f"Stopped: {url} of {database} answers {response.status_code}.")
            if number >= 3:
                measured[key].append(elapsed)
    return measured


def bytes_sent(front, database, path="/"):
    """Bytes of a page and of all that a browser fetches with it, as nginx sends them."""
    headers = {"X-Odoo-Database": database, "Accept-Encoding": "gzip"}
    page = requests.get(f"{front}{path}", headers=headers, timeout=60)
    sizes = {path: weight(page)}
    names = set(ASSET.findall(page.text.split("<body", 1)[0]))
    names |= set(re.findall(r"""<(?:img|script)[^>]+src=["'](/[^"']+)["']""", page.text))
    names = {name for name in names if fetched_by_browser(name)}
    for name in sorted(names):
        response = requests.get(front + name, headers=headers, timeout=60)
        sizes[name] = weight(response)
        if ".css" in name:
            for font in set(CSS_URL.findall(response.text)):
                # A browser fetches only the fonts and pictures that the page uses: see `used`.
                if used(font):
                    sizes[font] = weight(requests.get(front + font, headers=headers, timeout=60))
    return sizes


def fetched_by_browser(name):
    return bool(
        re.search(r"\.(css|js|woff2?|svg|png|webp|jpg|ico)(\?|$)|/web/(assets|image)", name)
    )


def used(name):
    return "website_territory_theme" in name and name.split("?")[0].endswith((".woff2", ".svg"))


def weight(response):
    """Bytes of the body as sent: `raw` is read before requests decompresses."""
    length = response.headers.get("Content-Length")
    if length and response.headers.get("Content-Encoding") == "gzip":
        return int(length)
    raw = requests.get(response.url, headers=response.request.headers, stream=True, timeout=60)
    return len(raw.raw.read(decode_content=False))


def measure_pages(options):
    session = requests.Session()
    catalogue = session.get(
        f"{options.url}/demarches", headers={"X-Odoo-Database": options.ours}, timeout=60
    ).text
    slug = re.search(r'href="/demarches/(demander-[^"/]+)"', catalogue).group(1)
    addresses = {
        ("ours", path.format(slug=slug)): (options.url + path.format(slug=slug), options.ours)
        for path in OUR_PAGES
    }
    measured = times(session, addresses | stock_pages(options), options.rounds)
    result = {
        **by_way(measured),
        "home": bytes_sent(options.front, options.ours),
        "stock_home": bytes_sent(options.front, options.stock),
    }
    options.out.write_text(json.dumps(result))


def stock_pages(options):
    return {("stock", path): (options.url + path, options.stock) for path in STOCK_PAGES}


def by_way(measured):
    """{way: {name: seconds}} of {(way, name): seconds}."""
    ways = {}
    for (way, name), seconds in measured.items():
        ways.setdefault(way, {})[name] = seconds
    return ways


def measure_contents(options):
    """Pages of contents as a visitor gets them (kept), and as they are drawn the first time."""
    session = requests.Session()
    paths = json.loads(options.paths.read_text())
    count = paths.pop("count")
    addresses = {}
    for name, path in paths.items():
        # No page is kept for a parameter that its route does not know.
        other = f"{path}{'&' if '?' in path else '?'}tirage=1"
        addresses["kept", name] = (options.url + path, options.ours)
        addresses["drawn", name] = (options.url + other, options.ours)
    measured = times(session, addresses | stock_pages(options), options.rounds)
    result = {"count": count, **by_way(measured)}
    result["bytes"] = {
        name: sum(bytes_sent(options.front, options.ours, path).values())
        for name, path in paths.items()
    }
    options.out.write_text(json.dumps(result))


def log_in(url, login):
    """A session of a person of the demo, whose password is her login."""
    session = requests.Session()
    page = session.get(f"{url}/web/login", timeout=60).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page).group(1)
    answer = session.post(
        f"{url}/web/login",
        data={"login": login, "password": login, "csrf_token": token},
        allow_redirects=False,
        timeout=60,
    )
    if answer.status_code != 303:
        alert = re.search(r"alert[^>]*>([^<]*)", answer.text)
        sys.exit(f"Stopped: {login} cannot log in: {answer.status_code} {alert and alert[1]}")
    return session


def call(session, url, method, *args, model="procedure.request", **kwargs):
    """A call of the back office, as its views make it."""
    answer = session.post(
        f"{url}/web/dataset/call_kw/{model}/{method}",
        json={"params": {"model": model, "method": method, "args": args, "kwargs": kwargs}},
        timeout=120,
    ).json()
    if "error" in answer:
        sys.exit(f"Stopped: {method}: {answer['error']}")
    return answer["result"]


def measure_volumes(options):
    """The views of the agents, and the largest pages of an inhabitant."""
    agent = log_in(options.url, "agent.dechets")
    specifications = {
        kind: {
            name: {}
            for name in call(agent, options.url, "get_view", view_type=kind)["models"][
                "procedure.request"
            ]
        }
        for kind in ("list", "kanban")
    }
    calls = {
        "list of requests": lambda: call(
            agent,
            options.url,
            "web_search_read",
            domain=[],
            specification=specifications["list"],
            limit=80,
        ),
        "kanban of requests": lambda: call(
            agent,
            options.url,
            "web_read_group",
            domain=[],
            groupby=["state"],
            aggregates=["__count"],
            auto_unfold=True,
            unfold_read_specification=specifications["kanban"],
            unfold_read_default_limit=40,
        ),
    }
    result = {"times": {name: repeat(each, options.rounds) for name, each in calls.items()}}
    result["count"] = call(agent, options.url, "search_count", domain=[])
    if options.paths:
        resident = log_in(options.url, "dominique")
        paths = json.loads(options.paths.read_text())
        result["weights"] = {}
        for name, path in (
            ("form with 80 fields", paths["form"]),
            ("request with 200 messages", paths["request"]),
        ):
            result["times"][name] = repeat(
                lambda path=path: resident.get(options.url + path, timeout=60).raise_for_status(),
                options.rounds,
            )
            result["weights"][name] = len(resident.get(options.url + path, timeout=60).content)
    options.out.write_text(json.dumps(result))


def repeat(action, rounds):
    """Seconds of each, after three that warm the caches."""
    measured = []
    for _number in range(rounds + 3):
        start = time.perf_counter()
        action()
        measured.append(time.perf_counter() - start)
    return measured[3:]


def measure_publication(options):
    """Seconds until a visitor of one server reads what was written on another one.

    The page is kept there before each change: what is measured empties it.
    """
    manager = log_in(options.url, "responsable")
    procedure = {"model": "procedure.procedure"}
    found = call(
        manager,
        options.url,
        "search_read",
        **procedure,
        domain=[("slug", "=like", "demander-%"), ("state", "=", "published")],
        fields=["slug"],
        limit=1,
    )[0]
    headers = {"X-Odoo-Database": options.ours}
    page = f"{options.other}/demarches/{found['slug']}"
    seconds = []
    for number in range(min(options.rounds, 20)):
        words = f"Mesure {number} de la publication."
        for _time in range(2):
            kept = requests.get(page, headers=headers, timeout=60)
        if "ETag" not in kept.headers:
            sys.exit(f"Stopped: {page} is not kept.")
        written = ([found["id"]], {"summary": words})
        call(manager, options.url, "write", *written, **procedure, context={"lang": "fr_FR"})
        start = time.perf_counter()
        while words not in requests.get(page, headers=headers, timeout=60).text:
            if time.perf_counter() - start > PUBLICATION_LIMIT:
                sys.exit("Stopped: a worker goes on showing a page that was changed.")
        seconds.append(time.perf_counter() - start)
    options.out.write_text(json.dumps(seconds))


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    pages = commands.add_parser("pages")
    for name in ("--url", "--front", "--ours", "--stock"):
        pages.add_argument(name, required=True)
    pages.add_argument("--rounds", type=int, default=100)
    pages.add_argument("--out", type=Path, required=True)
    pages.set_defaults(run=measure_pages)
    volumes = commands.add_parser("volumes")
    volumes.add_argument("--url", required=True)
    volumes.add_argument("--paths", type=Path)
    volumes.add_argument("--rounds", type=int, default=100)
    volumes.add_argument("--out", type=Path, required=True)
    volumes.set_defaults(run=measure_volumes)
    contents = commands.add_parser("contents")
    for name in ("--url", "--front", "--ours", "--stock"):
        contents.add_argument(name, required=True)
    contents.add_argument("--paths", type=Path, required=True)
    contents.add_argument("--rounds", type=int, default=100)
    contents.add_argument("--out", type=Path, required=True)
    contents.set_defaults(run=measure_contents)
    publication = commands.add_parser("publication")
    for name in ("--url", "--other", "--ours"):
        publication.add_argument(name, required=True)
    publication.add_argument("--rounds", type=int, default=20)
    publication.add_argument("--out", type=Path, required=True)
    publication.set_defaults(run=measure_publication)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
