"""The shipped nginx configuration, really started, before two stand-ins for Odoo."""

import http.client
import json
import socket
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parent.parent
NGINX = "/usr/sbin/nginx"
# The tests come from several addresses: nginx believes this header of theirs.
ADDRESS = "X-Test-Address"


class StandIn(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        if self.path.startswith("/websocket") and "Upgrade" in self.headers:
            return self.stay()
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
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
            ".html": "text/html; charset=utf-8",
        }
        self.send_header("Content-Type", kinds.get(Path(self.path).suffix, "application/json"))
        self.send_header("Content-Length", str(len(body)))
        is_private = "no-store" in self.path
        self.send_header("Cache-Control", "no-store" if is_private else "public, max-age=604800")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Set-Cookie", "session_id=abc; Path=/; HttpOnly")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def stay(self):
        """A websocket that says nothing, until who opened it leaves."""
        self.server.asked.append(self.path)
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.end_headers()
        self.wfile.flush()
        self.rfile.read(1)
        self.close_connection = True

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_HEAD = do_PROPFIND = do_GET

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
        settings = folder / "nginx.conf"
        text = settings.read_text()
        realip = f"set_real_ip_from 127.0.0.1; real_ip_header {ADDRESS};"
        settings.write_text(text.replace("http {\n", f"http {{\n    {realip}\n"))
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

    def start(self, line, *headers, body="", version="HTTP/1.1"):
        """A connection on which a request was written as it is."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        lines = [f"{line} {version}", *headers]
        if version != "HTTP/1.0" and not any(name.startswith("Host:") for name in headers):
            lines.append(f"Host: localhost:{self.port}")
        connection.sendall("\r\n".join([*lines, "", body]).encode("latin-1"))
        return connection

    def send(self, *request, **options):
        """The same, and the status of the answer."""
        connection = self.start(*request, **options)
        answer = connection.makefile("rb", buffering=0).readline()
        return int(answer.split()[1]) if answer else 0, connection

    def journal(self):
        """What nginx wrote, once it has ended."""
        self.process.terminate()
        self.process.wait(timeout=10)
        return "".join((self.folder / name).read_text() for name in ("access.log", "nginx.log"))

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)
        self.odoo.shutdown()
        self.odoo.server_close()
        self.gevent.shutdown()
        self.gevent.server_close()
