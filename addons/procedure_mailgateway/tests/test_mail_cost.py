import subprocess
import sys
import time
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from odoo.addons.public_guard.exceptions import UploadRefused

from ..tools import incoming, limits
from .common import MEGABYTE, MailgatewayCommon

# Seconds of processor, of this process; the worst of these took from 6 s to 20 minutes.
MOST = 4


@tagged("post_install", "-at_install")
class TestMailCost(MailgatewayCommon):
    """One e-mail does not take the machine, whoever writes it."""

    def _measure(self, raw):
        before = time.process_time()
        try:
            return self._deliver(raw)
        except ValueError as error:
            self.assertIn("No possible route", str(error))
        finally:
            self.assertLess(time.process_time() - before, MOST)

    def test_recipients_of_a_stranger(self):
        for recipients in (
            "," + "demande+," * 30000,
            "demande+" * 30000,
            "demande+" + "a" * 240000,
            "demande+" + "1-" * 120000,
            "demande+a-2026-" + "1" * 240000,
        ):
            raw = f"From: x@exemple.org\r\nTo: {recipients}\r\nMessage-ID: <a@b>\r\n\r\nx".encode()
            self._measure(raw)

    def test_html(self):
        request = self._submit()
        for html in (
            # Each takes seconds, and is refused unread: the time alone is that of this machine.
            "<p " + " ".join(f"a{number}" for number in range(90000)) + ">x",
            "<p " + " ".join(f"a{number}=1" for number in range(20000)) + ">x",
            '<p x=">" ' + " ".join(f"a{number}" for number in range(20000)) + ">x",
            "<p " + "".join(f"a{number}=''" for number in range(20000)) + ">x",
            "<p " + "/".join(f"a{number}" for number in range(20000)) + ">x",
            ("<p " + " ".join(f"a{number}" for number in range(1900)) + ">x") * 20,
            "<p>x</p>" * 200000,
        ):
            raw = self._email(request, text=None, MIME_Version="1.0", Content_Type="text/html")
            receipt = self._measure(raw + b"\r\n" + html.encode())
            with self.subTest(html[:40]):
                self.assertReceived(receipt, "refused", "unreadable")
        self._measure(raw + b"\r\n" + b"<div>" * 30000 + b"x")

    def test_html_in_many_parts(self):
        request = self._submit()
        part = "<p " + " ".join(f"a{number}" for number in range(1900)) + ">x"
        raw = self._email(
            request, text=None, MIME_Version="1.0", Content_Type='multipart/mixed; boundary="b"'
        )
        # Without the empty parts that Python puts there: what follows them is not read.
        head = raw.partition(b"\n\n")[0]
        body = "".join(
            f"\n--b\r\nContent-Type: text/html\r\n\r\n{part * 8}\r" for _each in range(24)
        )
        receipt = self._measure(head + b"\n" + body.encode() + b"\n--b--")
        self.assertReceived(receipt, "refused", "unreadable")

    def test_lines_in_nested_parts(self):
        request = self._submit()
        for spelling in ("boundary=", "BOUNDARY*=us-ascii''", "boundary*0="):
            raw = self._email(
                request, text=None, MIME_Version="1.0", Content_Type="multipart/mixed; boundary=b0"
            )
            nested = "".join(
                f"\r\n--b{depth}\r\nContent-Type: multipart/mixed; {spelling}b{depth + 1}\r\n"
                for depth in range(160)
            )
            self.assertReceived(
                self._measure(raw + nested.encode() + b"\r\n" + b"x\r\n" * 8 * MEGABYTE),
                "refused",
                "unreadable",
            )

    def test_files_that_are_refused_are_counted(self):
        """Those that were accepted used to be, so that 200 hostile ones were looked at."""
        request = self._submit()
        looked_at = []

        def check(_guard, name, content, **kwargs):
            looked_at.append(name)
            raise UploadRefused("Non")

        with patch.object(type(self.env["public.guard"]), "_check_upload", check):
            receipt = self._receive(request, files=[self._photo(f"{n}.png") for n in range(60)])
        self.assertReceived(receipt, "posted", "files")
        self.assertEqual(len(looked_at), 10)

    def test_files_that_take_long_end_the_reading(self):
        request = self._submit()
        clock = iter(range(0, 1000, 8))
        with patch(
            "odoo.addons.procedure_mailgateway.models.procedure_mail_gateway.time.monotonic",
            lambda: next(clock),
        ):
            self._receive(request, files=[self._photo(f"{n}.png") for n in range(5)])
        self.assertEqual(len(self._messages(request).attachment_ids), 1)

    def test_ordinary_messages_are_still_read(self):
        """What the limits must let through."""
        request = self._submit()
        paragraph = "<p style='margin: 0; color: #123'>" + "Un mot et un autre. " * 90 + "</p>"
        picture = f"<img src='data:image/png;base64,{'A' * 400000}='>"
        for html in (paragraph * 20, picture + paragraph):
            raw = self._email(request, text=None, MIME_Version="1.0", Content_Type="text/html")
            receipt = self._deliver(raw + b"\r\n" + html.encode())
            self.assertReceived(receipt, "posted")
            self.assertIn("Un mot et un autre", self._messages(request)[-1].body)
        lines = "\r\n".join("Bonjour" for _each in range(3000))
        self.assertReceived(self._receive(request, text=lines), "posted")


class TestLimits(BaseCase):
    """In a process of its own: a limit cannot be taken back."""

    def _run(self, act):
        script = f"""
import runpy
limits = runpy.run_path({limits.__file__!r})
limits["set_limits"](memory=2**29, cpu_seconds=1)
try:
    {act}
except (MemoryError, limits["TooHeavy"]) as error:
    print(type(error).__name__)
"""
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        return done.stdout.strip(), done.stderr

    def test_memory_and_processor_are_limited(self):
        self.assertEqual(self._run("bytearray(2**30)"), ("MemoryError", ""))
        self.assertEqual(self._run("\n    while True: pass"), ("TooHeavy", ""))


class TestWords(BaseCase):
    def test_controls_of_the_upper_half_are_taken_out(self):
        """U+0085 ends a line: the answer that quotes such a subject never left."""
        for raw in (b"=?utf-8?b?QQrChUI=?=", b"=?utf-8?q?A=C2=85B?=", b"=?utf-8?q?A=C2=9FB?="):
            subject = incoming.get_subject(incoming.read_headers(b"Subject: " + raw + b"\r\n\r\n"))
            self.assertEqual(len(subject.splitlines()), 1)
            self.assertNotRegex(subject, "[\x80-\x9f]")

    def test_quotes_of_windows_are_kept(self):
        raw = b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nl\x92\xe9cole"
        self.assertEqual(incoming.read_content(raw).text, "l’école")
