"""Catch the demo's mail: a real SMTP server that keeps every message and sends none further.

A page on the loopback shows them:

    GET /          the list           GET /messages.json?to=…   the same, for tests
    GET /<id>      one message        GET /<id>/html            its HTML body, without script
    GET /<id>/0    its first file     DELETE /messages          forget them all
"""

import argparse
import json
import mailbox
import re
from email import policy
from email.parser import BytesParser
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from urllib.parse import parse_qs, quote, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox

PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 1rem }}
table {{ border-collapse: collapse; width: 100% }} th, td {{ text-align: left; padding: .4rem .6rem;
border-bottom: 1px solid #ccc }} iframe {{ width: 100%; height: 32rem; border: 1px solid #767676 }}
pre {{ white-space: pre-wrap }}</style></head>
<body><main><h1>{title}</h1>{body}</main></body></html>"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; "
SANDBOX = "allow-popups allow-popups-to-escape-sandbox"


class Catcher:
    """The messages of a Maildir, newest first."""

    def __init__(self, path):
        for folder in ("cur", "new", "tmp"):  # Maildir makes them only in a folder that it makes
            (Path(path) / folder).mkdir(parents=True, exist_ok=True)
        self.box = mailbox.Maildir(path)
        # A message never changes: read once, however often the tests ask for what came.
        self.known = {}
        # A Maildir reads its folders again while another request goes through them.
        self.lock = Lock()

    def messages(self):
        with self.lock:
            # A name starts with the seconds and microseconds of its arrival, without leading zeros.
            keys = sorted(self.box.keys(), key=lambda key: [*map(int, re.findall(r"\d+", key)[:2])])
            self.known = {key: self.known.get(key) or self.describe(key) for key in reversed(keys)}
            return list(filter(None, self.known.values()))

    def message(self, key):
        return BytesParser(policy=policy.default).parsebytes(self.box.get_bytes(key))

    def describe(self, key):
        try:
            message = self.message(key)
        except KeyError:  # unknown, or forgotten meanwhile
            return None
        html = message.get_body(("html",))
        text = message.get_body(("plain",))
        date = message["Date"] and message["Date"].datetime
        return {
            "id": key,
            "date": date.isoformat() if date else "",
            "from": str(message["From"] or ""),
            "to": [to.strip() for to in str(message["X-RcptTo"] or "").split(",")],
            "subject": str(message["Subject"] or ""),
            "text": text.get_content() if text else "",
            "html": html.get_content() if html else "",
            "attachments": [
                {
                    "name": part.get_filename() or "sans nom",
                    "type": part.get_content_type(),
                    "url": f"/{key}/{i}",
                }
                for i, part in enumerate(message.iter_attachments())
            ],
        }


class Reader(BaseHTTPRequestHandler):
    catcher = None

    def log_message(self, format, *args):
        pass

    def answer(self, body, content_type="text/html; charset=utf-8", status=200, **headers):
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in {
            "Content-Type": content_type,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": POLICY + "frame-src 'self'",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def page(self, title, body):
        self.answer(PAGE.format(title=escape(title), body=body))

    def parse_request(self):
        """A page elsewhere cannot read this one by giving its own name to 127.0.0.1."""
        if not super().parse_request():
            return False
        local = self.headers.get("Host", "").rpartition(":")[0] in ("localhost", "127.0.0.1")
        return local or self.send_error(403, "Ouvrez cette page par localhost")

    def do_DELETE(self):
        if self.path != "/messages":
            return self.send_error(404)
        for key in self.catcher.box.keys():
            self.catcher.box.discard(key)
        self.answer("", "text/plain", 204)

    def do_GET(self):
        address = urlsplit(self.path)
        if address.path == "/":
            return self.list_messages()
        if address.path == "/messages.json":
            wanted = parse_qs(address.query).get("to")
            found = [m for m in self.catcher.messages() if not wanted or wanted[0] in m["to"]]
            return self.answer(json.dumps(found, ensure_ascii=False), "application/json")
        key, _slash, part = address.path[1:].partition("/")
        message = self.catcher.describe(key)
        if message and not part:
            return self.show_message(message)
        if message and part == "html":
            # A sandbox without script; a link opens beside, so that it can be followed.
            return self.answer(
                '<base target="_blank">' + message["html"],
                Content_Security_Policy=f"{POLICY}img-src data:; sandbox {SANDBOX}",
            )
        if message and part.isdecimal() and int(part) < len(message["attachments"]):
            file = list(self.catcher.message(key).iter_attachments())[int(part)]
            name = quote(message["attachments"][int(part)]["name"])
            return self.answer(
                file.get_payload(decode=True) or b"",
                "application/octet-stream",
                Content_Disposition=f"attachment; filename*=UTF-8''{name}",
            )
        self.send_error(404)

    def list_messages(self):
        rows = "".join(
            f"<tr><td>{escape(message['date'][:16].replace('T', ' '))}</td>"
            f"<td>{escape(', '.join(message['to']))}</td>"
            f'<td><a href="/{escape(message["id"])}">'
            f"{escape(message['subject']) or '(sans objet)'}</a></td></tr>"
            for message in self.catcher.messages()
        )
        table = f"<table><tr><th>Date</th><th>Destinataire</th><th>Objet</th></tr>{rows}</table>"
        self.page(
            "Messages de la démonstration",
            "<p>Ces messages n’ont été envoyés à personne.</p>"
            + (table if rows else "<p>Aucun message.</p>"),
        )

    def show_message(self, message):
        files = "".join(
            f'<li><a href="{escape(file["url"])}">{escape(file["name"])}</a>'
            f" ({escape(file['type'])})</li>"
            for file in message["attachments"]
        )
        self.page(
            message["subject"] or "(sans objet)",
            f"<p>De {escape(message['from'])}<br>À {escape(', '.join(message['to']))}"
            f"<br>{escape(message['date'])}</p>"
            + (f"<ul>{files}</ul>" if files else "")
            + (
                f'<iframe sandbox="{SANDBOX}" title="Message" src="/{escape(message["id"])}/html">'
                "</iframe>"
                if message["html"]
                else f"<pre>{escape(message['text'])}</pre>"
            )
            + '<p><a href="/">Tous les messages</a></p>',
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")  # in a container: 0.0.0.0
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--maildir", required=True)
    args = parser.parse_args()
    Reader.catcher = Catcher(args.maildir)
    smtp = Controller(
        Mailbox(args.maildir), hostname=args.host, port=args.smtp_port, data_size_limit=64 << 20
    )
    smtp.start()
    try:
        with ThreadingHTTPServer((args.host, args.http_port), Reader) as http:
            print(f"Listening: SMTP {args.smtp_port}, HTTP {args.http_port}", flush=True)
            http.serve_forever()
    finally:
        smtp.stop()


if __name__ == "__main__":
    main()
