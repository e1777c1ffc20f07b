"""The shipped nginx configuration, really started, before a stand-in for Odoo."""

import http.client
import json
import os
import re
import socket
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NGINX = "/usr/sbin/nginx"


class StandIn(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        body = b'{"padding": "%s"}' % (b"x" * 2000)
        if self.path.startswith("/echo"):
            body = json.dumps(dict(self.headers)).encode()
        self.server.asked.append(self.path)
        self.send_response(200)
        kinds = {
            ".css": "text/css",
            ".svg": "image/svg+xml",
            ".js": "application/javascript",
            ".jpg": "image/jpeg",
        }
        self.send_header("Content-Type", kinds.get(Path(self.path).suffix, "application/json"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "public, max-age=604800")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Set-Cookie", "session_id=abc; Path=/; HttpOnly")
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, format, *args):
        pass


def stand_in():
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    server.asked = []
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Site:
    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.odoo, self.gevent = stand_in(), stand_in()
        write = (
            f". {ROOT}/bin/lib/common.sh; . {ROOT}/bin/lib/nginx.sh; "
            f"write_nginx_conf {folder} {self.port}"
            f" {self.odoo.server_port} {self.gevent.server_port}"
        )
        subprocess.run(["/bin/bash", "-c", write], check=True)
        command = [NGINX, "-e", "stderr", "-c", f"{folder}/nginx.conf"]
        checked = subprocess.run([*command, "-t"], check=False, capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
        assert "warn" not in checked.stderr
        with (folder / "nginx.log").open("w") as log:
            self.process = subprocess.Popen(command, stderr=log)
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=10).close()
                break
            except ConnectionRefusedError:
                assert self.process.poll() is None, (folder / "nginx.log").read_text()

    def ask(self, path, method="GET", body=None, **headers):
        """Returns the answer and its body, as sent."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=10)
        try:
            connection.request(
                method,
                path,
                body=body,
                headers={name.replace("_", "-"): value for name, value in headers.items()},
            )
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)
        self.odoo.shutdown()
        self.odoo.server_close()
        self.gevent.shutdown()
        self.gevent.server_close()


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    yield site
    site.stop()


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


@pytest.mark.parametrize("path", ["/", "/web/static/a.css", "/web/database/manager"])
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


def test_visitor_cannot_choose_her_address_nor_the_site_s_name(site):
    _answer, body = site.ask(
        "/echo", X_Forwarded_For="6.6.6.6", X_Forwarded_Host="evil.test", X_Real_IP="6.6.6.6"
    )
    asked = json.loads(body)
    assert (asked["X-Forwarded-For"], asked["X-Real-IP"]) == ("127.0.0.1", "127.0.0.1")
    assert asked["X-Forwarded-Host"] == f"localhost:{site.port}"
    assert site.ask("/", Host="evil.test")[0].status == 421


def test_journal_keeps_no_code(site):
    site.ask("/suivi?numero=1&code=SECRET")
    site.process.terminate()
    site.process.wait(timeout=10)
    journal = (site.folder / "access.log").read_text()
    assert '"GET /suivi"' in journal
    assert "SECRET" not in journal


def test_tries_are_limited_and_reading_is_not(site):
    for path in ("/web/login", "/suivi", "/inscription"):
        assert {site.ask(path)[0].status for _ in range(30)} == {200}
    answers = [site.ask("/web/login", "POST", "login=a") for _ in range(30)]
    statuses = [answer.status for answer, _body in answers]
    assert statuses[:20] == [200] * 20
    assert statuses[-1] == 429
    assert "Trop d’essais" in answers[-1][1].decode()
    assert site.ask("/demarches/bac/formulaire", "POST", "a=b")[0].status == 200


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
    site.ask("/websocket?version=19.0", Upgrade="websocket", Connection="Upgrade")
    assert site.gevent.asked == ["/websocket?version=19.0"]
    assert site.odoo.asked == []


def test_database_manager_is_closed(site):
    assert site.ask("/web/database/manager")[0].status == 404


@pytest.mark.parametrize("path", ["/jsonrpc", "/xmlrpc/2/common", "/xmlrpc", "/JsonRpc", "/%6asonrpc"])
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
