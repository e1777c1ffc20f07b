"""What one visitor may take: tries of log-in and code, however they are written, connections."""

import re
from contextlib import ExitStack

import pytest
from nginx_site import ADDRESS, ROOT

pytestmark = pytest.mark.sweep("services")

BURST = 60
WEBSOCKETS = 30
CONNECTIONS = 100


def read_limited_paths():
    """The list of config/nginx.conf, as paths."""
    text = (ROOT / "config/nginx.conf").read_text()
    (group,) = re.findall(r"\?\((web/\(login.*)\)\" \$territory_subscriber;", text)
    group = re.sub(r"web/\(([^)]*)\)", lambda found: "web/" + found[1].replace("|", "|web/"), group)
    paths = group.replace("[^/]+", "bac").split("|")
    return ["/web/session/authenticate", *(f"/{path}" for path in paths)]


LIMITED = read_limited_paths()


def spellings(path, port):
    """Request lines that Odoo, or a tolerant server, reads as this path."""
    first, rest = path[1], path[2:]
    encoded = "".join(f"%{ord(letter):02x}" for letter in path[1:])
    paths = [
        path,
        f"{path}/",
        f"{path}//",
        f"{path}/suite",
        f"{path}?a=b",
        f"{path};a=b",
        f"{path}%20",
        f"{path}%3Fa=b",
        f"{path}#a",
        f"/{path}",
        f"//{path}",
        "/" + path.replace("/", "//")[1:],
        f"/%{ord(first):02x}{rest}",
        f"/%{ord(first):02X}{rest}",
        f"/{encoded}",
        path[0] + path[1:].replace("/", "%2f"),
        path[0] + path[1:].replace("/", "%2F"),
        path.upper(),
        path.title(),
        f"/.{path}",
        f"/a/..{path}",
        f"/%2e{path}",
        f"http://localhost{path}",
        f"http://localhost:{port}{path}",
        f"https://localhost{path}",
        f"HTTP://LOCALHOST{path}",
        f"http://localhost//fr{path}",
    ]
    for language in ("fr", "fr_FR", "fr-fr", "FR", "en", "sr@latin", "zh_CN"):
        paths += [f"/{language}{path}", f"//{language}/{path}", f"/{language}{path}/"]
    lines = [f"{method} {found}" for found in paths for method in ("POST", "PUT")]
    lines += [f"{method} {path}" for method in ("PATCH", "DELETE", "PROPFIND", "FOO", "post")]
    if path == "/web/session/authenticate":
        # Core answers there to any method.
        lines += [
            f"{method} {prefix}{path}" for method in ("GET", "HEAD") for prefix in ("", "/fr")
        ]
    return lines


def try_once(site, line, address, version="HTTP/1.1"):
    status, connection = site.send(
        line, f"{ADDRESS}: {address}", "Content-Length: 3", body="a=b", version=version
    )
    connection.close()
    return status


def exhaust(site, address, line="POST /web/login"):
    """Tries until one is refused; returns how many were not."""
    for tries in range(BURST * 3):
        if try_once(site, line, address) == 429:
            return tries
    raise AssertionError(f"{line} is not limited")


def test_list_names_the_paths_that_take_a_password_or_a_code():
    assert set(LIMITED) == {
        "/web/login",
        "/web/session/authenticate",
        "/web/signup",
        "/web/reset_password",
        "/inscription",
        "/suivi",
        "/demarches/bac/formulaire/code",
    }


@pytest.mark.parametrize("path", LIMITED)
def test_every_spelling_of_a_limited_path_is_counted_or_refused(site, path):
    address = "192.0.2.7"
    passed = []
    lines = spellings(path, site.port)
    for line in lines:
        # One is given back each second.
        exhaust(site, address)
        site.odoo.asked.clear()
        for version in ("HTTP/1.1", "HTTP/1.0"):
            if try_once(site, line, address, version) == 429:
                continue
            if site.odoo.asked:
                passed.append(f"{line} {version}")
    assert passed == []
    assert len(lines) > 90


@pytest.mark.parametrize("path", LIMITED)
def test_all_spellings_count_together(site, path):
    """A third of the tries by each of three spellings is still the whole."""
    lines = [f"POST {path}", f"PUT /fr{path}", f"POST http://localhost{path}/"]
    statuses = [try_once(site, lines[number % 3], "192.0.2.8") for number in range(BURST * 2)]
    assert set(statuses) == {200, 429}
    assert statuses[:BURST] == [200] * BURST
    # A slow machine gives some back.
    assert statuses.count(200) < BURST + 20


def test_thirty_inhabitants_behind_one_address_log_in(site):
    """Two tries each, all at once."""
    statuses = [try_once(site, "POST /web/login", "192.0.2.9") for _ in range(60)]
    assert set(statuses) == {200}


def test_reading_and_the_other_forms_are_not_counted(site):
    address = "192.0.2.10"
    exhaust(site, address)
    for path in LIMITED[1:]:
        for method in ("GET", "HEAD", "OPTIONS"):
            assert try_once(site, f"{method} {path}", address) == 200, (method, path)
    for path in ("/demarches/bac/formulaire", "/my/demandes/1/message", "/a/web/loginx", "/"):
        assert try_once(site, f"POST {path}", address) == 200, path
    status, connection = site.send("POST /web/login", f"{ADDRESS}: {address}", "Connection: close")
    with connection:
        assert "Trop d’essais" in connection.makefile("rb").read().decode()
    assert status == 429


def test_subscriber_with_a_whole_network_is_one(site):
    tries = exhaust(site, "2001:db8:0:1::1")
    assert tries >= BURST
    for address in ("2001:db8:0:1::2", "2001:db8:0:1:ffff:a:d:a0a", "2001:db8:0:1:a:b:c:d"):
        assert try_once(site, "POST /web/login", address) == 429, address
    for address in ("2001:db8:0:2::1", "2001:db8::1", "192.0.2.11", "192.0.2.12"):
        assert try_once(site, "POST /web/login", address) == 200, address


def test_idle_websockets_of_one_visitor_leave_the_site_to_the_others(site):
    origin = f"Origin: http://localhost:{site.port}"
    statuses = []
    with ExitStack() as stack:
        for _ in range(400):
            status, connection = site.send(
                "GET /websocket",
                "Upgrade: websocket",
                "Connection: Upgrade",
                origin,
                f"{ADDRESS}: 192.0.2.13",
            )
            stack.enter_context(connection)
            statuses.append(status)
        assert statuses.count(101) == WEBSOCKETS
        assert statuses.count(429) == 400 - WEBSOCKETS
        for address in ("192.0.2.13", "192.0.2.14"):
            assert try_once(site, "GET /", address) == 200, "pages are read meanwhile"


def test_slow_posts_of_one_visitor_leave_the_site_to_the_others(site):
    """Their bodies never come."""
    with ExitStack() as stack:
        slow = [
            site.start(
                "POST /demarches/bac/formulaire", f"{ADDRESS}: 192.0.2.15", "Content-Length: 9"
            )
            for _ in range(CONNECTIONS)
        ]
        for connection in slow:
            stack.enter_context(connection)
        # nginx has read the headers of all: it answers in order.
        assert try_once(site, "GET /", "192.0.2.15") == 429
        assert try_once(site, "GET /", "192.0.2.16") == 200
