"""The shipped nginx configuration, really started, before a stand-in for Odoo."""

import json
import os
import re
import subprocess

import pytest
from nginx_site import NGINX, ROOT

pytestmark = pytest.mark.sweep("services")


def test_text_is_compressed_and_photos_are_not(site):
    for path in ("/a.css", "/a.js", "/a.svg", "/a"):
        answer, body = site.ask(path, Accept_Encoding="gzip")
        assert answer.headers["Content-Encoding"] == "gzip", path
        assert len(body) < 200
    assert site.ask("/a.jpg", Accept_Encoding="gzip")[0].headers["Content-Encoding"] is None


def test_session_cookie_gets_what_odoo_does_not_give(site):
    cookie = site.ask("/")[0].headers["Set-Cookie"].lower()
    for flag in ("session_id=abc", "httponly", "secure", "samesite=lax"):
        assert flag in cookie


@pytest.mark.parametrize("path", ["/", "/websocket", "/web/static/a.css", "/web/database/manager"])
def test_security_headers_are_on_every_answer_once(site, path):
    headers = site.ask(path)[0].headers
    for name, value in {
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Content-Security-Policy": "frame-ancestors 'self'",
        "Permissions-Policy": "camera=(self)",
    }.items():
        assert len(headers.get_all(name)) == 1, name
        assert value in headers[name]
    assert headers["Server"] == "nginx", "no version"


def test_static_files_are_asked_once_and_carry_no_session(site):
    for path in ("/web/static/a.css", "/web/assets/1234/web.assets_frontend.min.css"):
        for _ in range(3):
            answer, _body = site.ask(path)
            assert answer.headers["Set-Cookie"] is None
            assert answer.headers["Cache-Control"] == "public, max-age=604800"
    assert len(site.odoo.asked) == 2
    site.ask("/my/demandes")
    site.ask("/my/demandes")
    assert site.odoo.asked.count("/my/demandes") == 2, "what is somebody's is never kept"


def test_pages_that_look_like_files_are_kept_for_nobody(site):
    """Odoo answers its screens below /odoo, whatever comes next: a page of an agent, kept at such
    an address, would be anybody's."""
    paths = (
        "/odoo/static/x1.css",
        "/odoo/static/src/x.js",
        "/demarches/static/no-store.css",
        "/web/static/page.html",
    )
    for path in paths:
        site.ask(path, Cookie="session_id=hers")
        site.ask(path)
    assert site.odoo.asked == [path for path in paths for _time in range(2)]


def test_what_is_kept_is_asked_for_as_nobody(site):
    heard = site.ask("/echo/static/a", Cookie="session_id=hers")[1]
    assert "Cookie" not in json.loads(heard)
    heard = site.ask("/echo", Cookie="session_id=hers")[1]
    assert json.loads(heard)["Cookie"] == "session_id=hers"


def test_visitor_cannot_choose_her_address_nor_the_site_s_name(site):
    _answer, body = site.ask(
        "/echo", X_Forwarded_For="6.6.6.6", X_Forwarded_Host="evil.test", X_Real_IP="6.6.6.6"
    )
    asked = json.loads(body)
    assert (asked["X-Forwarded-For"], asked["X-Real-IP"]) == ("127.0.0.1", "127.0.0.1")
    assert asked["X-Forwarded-Host"] == f"localhost:{site.port}"
    assert site.ask("/", Host="evil.test")[0].status == 421


def test_site_has_one_name(site):
    """Whatever is written in the request, Odoo hears the configured one: it is in our links."""
    port = site.port
    for line, host in (
        ("GET http://localhost/echo", "evil.test"),
        (f"GET http://localhost:{port}/echo", "evil.test"),
        ("GET https://LOCALHOST/echo", f"localhost:{port}@evil.test"),
        ("GET /echo", "localhost:1"),
        ("GET /echo", f"localhost:{port}1"),
        ("GET /echo", "LocalHost"),
        ("GET /echo", "localhost."),
        ("GET /echo", "localhost"),
        ("GET /echo", f"localhost:{port}"),
    ):
        status, connection = site.send(line, f"Host: {host}", "Connection: close")
        with connection:
            answer = connection.makefile("rb").read().decode()
        if status == 400:
            continue
        assert status == 200, (line, host)
        asked = json.loads(answer[answer.index("{") :])
        for header in ("Host", "X-Forwarded-Host"):
            assert asked[header] in ("localhost", f"localhost:{port}"), (line, host)
    for line in ("GET /echo", "GET http://evil.test/echo", f"GET //localhost:{port}@evil.test/"):
        assert site.send(line, "Host: evil.test")[0] == 421, line


def test_journal_keeps_no_key(site):
    paths = (
        "/suivi?numero=1&code=SECRET",
        "/avis/SECRET",
        "/fr/avis/SECRET/x",
        "/demarches/bac/accuse/SECRET",
        "/verifier/SECRET",
        "/signaler-une-erreur/suivi/SECRET?fait=envoye",
        "/inscription/confirmer/SECRET?x=SECRET",
        "/%61vis/SECRET",
        "//avis//SECRET",
        "/AVIS/SECRET",
    )
    site.odoo.shutdown()
    site.odoo.server_close()
    for path in paths:
        assert site.ask(path)[0].status == 503
    # Refused before Odoo: too many, too heavy.
    for _ in range(70):
        site.ask("/suivi?code=SECRET", "POST", "code=SECRET")
    site.ask("/avis/SECRET", "POST", b"", Content_Length=str(65 << 20))
    journal = site.journal()
    assert '"GET /suivi"' in journal
    assert '"GET /demarches/bac/accuse/***"' in journal
    assert "SECRET" not in journal


def test_too_heavy_files_are_refused_in_french(site):
    answer, body = site.ask("/demarches/bac/formulaire", "POST", b"", Content_Length=str(65 << 20))
    assert answer.status == 413
    assert "Vos fichiers sont trop lourds" in body.decode()
    assert site.odoo.asked == []
    assert site.ask("/demarches/bac/formulaire", "POST", b"x" * (1 << 20))[0].status == 200


def test_maintenance_page_when_odoo_is_away(site):
    site.odoo.shutdown()
    site.odoo.server_close()
    answer, body = site.ask("/demarches")
    assert answer.status == 503
    assert "Le site est en pause" in body.decode()
    assert site.ask("/pages/maintenance.html")[0].status == 404


def test_websocket_goes_to_its_own_port(site):
    headers = ("Upgrade: websocket", "Connection: Upgrade", f"Origin: http://localhost:{site.port}")
    status, connection = site.send("GET /websocket?version=19.0", *headers)
    connection.close()
    assert status == 101
    assert site.gevent.asked == ["/websocket?version=19.0"]
    assert site.odoo.asked == []
    for path in ("/websocketx", "/websocket/x"):
        assert site.ask(path)[0].status == 200
    assert site.odoo.asked == ["/websocketx", "/websocket/x"], "Odoo's other port serves no page"


def test_websocket_is_refused_to_the_page_of_another_site(site):
    here = f"localhost:{site.port}"
    for origin in (
        "",
        "null",
        here,
        "http://evil.test",
        f"http://{here}.evil.test",
        f"http://{here}@evil.test",
        f"http://evil.test/{here}",
        f"http://evil.test http://{here}",
        f"http://{here} ",
        f"http://{here}0",
        "http://localhost",
        f"http://mairie.{here}",
        f"ftp://{here}",
    ):
        if origin.endswith(" "):
            continue  # nginx takes the last space away
        answer, body = site.ask(
            "/websocket", Upgrade="websocket", Connection="Upgrade", Origin=origin
        )
        assert answer.status == 403, origin
        assert "Nous n’avons pas compris" in body.decode()
    status, connection = site.send("GET /websocket", "Upgrade: websocket", "Connection: Upgrade")
    connection.close()
    assert status == 403, "a browser says where it comes from"
    assert site.gevent.asked == []


def test_addresses_that_climb_do_not_reach_odoo(site):
    for path in (
        "/web/static/%252e%252e/x",
        "/base/static/src/../../x",
        "/procedure/static/%2e%2e%2fx",
        "/procedure/static/..%2fx",
        "//localhost/%2e%2e",
        "/a/%2E./b",
        "/a/..\\b",
        "/a/.",
        "/a/./b",
        "/a/..?x=1",
    ):
        status, connection = site.send(f"GET {path}", "Connection: close")
        with connection:
            answer = connection.makefile("rb").read().decode()
        # nginx refuses those that climb above the top by itself.
        assert status in (400, 404), path
        assert '<html lang="fr">' in answer, path
    assert site.odoo.asked == []
    for path in ("/a/...", "/a/.well-known", "/a/b..c", "/a/..b", "/a?next=/../b", "/a.b/c"):
        assert site.ask(path)[0].status == 200, path


def test_what_nginx_refuses_is_said_in_french(site):
    for line, status in (
        ("GET /web/database/manager", 404),
        ("GET /pages/maintenance.html", 404),
        ("GET /a%00b", 400),
        ("GET /websocket", 403),
        (f"GET /{'a' * 40000}", 414),
    ):
        found, connection = site.send(line, "Connection: close")
        with connection:
            answer = connection.makefile("rb").read().decode()
        assert found == status
        assert '<html lang="fr">' in answer, line[:40]


def test_database_manager_is_closed(site):
    assert site.ask("/web/database/manager")[0].status == 404


@pytest.mark.parametrize(
    "path", ["/jsonrpc", "/xmlrpc/2/common", "/xmlrpc", "/JsonRpc", "/%6asonrpc"]
)
def test_calls_by_password_are_closed(site, path):
    assert site.ask(path)[0].status == 404
    assert site.ask(path, "POST")[0].status == 404
    assert site.odoo.asked == []
    assert site.odoo.asked == []


def test_production_file_is_valid_with_tls(tmp_path):
    """With a certificate and the redirection, all variables filled as docs/deploy.md does."""
    subprocess.run(
        [
            "/usr/bin/openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "1",
            "-subj",
            "/CN=territoire.test",
        ]
        + ["-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"],
        check=True,
        capture_output=True,
    )
    certificate = f"ssl_certificate {tmp_path}/cert.pem; ssl_certificate_key {tmp_path}/key.pem;"
    values = {
        "TERRITORY_HOST": "territoire.test",
        "NGINX_LISTEN": "443 ssl",
        "NGINX_TLS": certificate,
        "NGINX_COOKIE_FLAGS": "secure samesite=lax",
        "NGINX_PAGES": str(ROOT / "config/pages"),
        "NGINX_CACHE": str(tmp_path / "cache"),
        "NGINX_LOG": str(tmp_path / "access.log"),
        "ODOO_HTTP": "127.0.0.1:8069",
        "ODOO_GEVENT": "127.0.0.1:8072",
    }
    whole = "events {}\nhttp {\n"
    for name in ("nginx.conf", "nginx-redirect.conf"):
        text = (ROOT / "config" / name).read_text()
        named = set(re.findall(r"\$\{(\w+)\}", text))
        assert named <= set(values), "a variable that nobody fills"
        whole += re.sub(r"\$\{(\w+)\}", lambda match: values[match[1]], text)
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/nginx.pid;\n{whole}}}\n")
    command = [NGINX, "-t", "-e", "stderr", "-c", tmp_path / "nginx.conf"]
    checked = subprocess.run(command, check=False, capture_output=True, text=True)
    # nginx -t binds ports: as another user than root 443 is refused, which is not the file's fault.
    assert checked.returncode == 0 or (os.getuid() and "bind()" in checked.stderr), checked.stderr


@pytest.mark.parametrize(
    "page", sorted(path.name for path in (ROOT / "config/pages").glob("*.html"))
)
def test_page_of_nginx_needs_nothing_else(page):
    """When Odoo is away no style, picture or font of Odoo's can come."""
    text = (ROOT / "config/pages" / page).read_text()
    assert '<html lang="fr">' in text
    assert text.count("<h1>") == 1
    assert not re.search(r"<(script|img|link)\b|url\(|https?:", text)
