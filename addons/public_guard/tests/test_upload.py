import hashlib
import io
import subprocess
import sys
import unicodedata
import zlib
from contextlib import contextmanager
from unittest.mock import patch

import pillow_heif
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf.generic import NameObject, TextStringObject

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..exceptions import UploadRefused
from ..models import public_guard
from ..tools import confined
from ..tools.filename import MAX_BYTES, clean_filename
from ..tools.picture import MAX_SIDE, THUMBNAIL
from .common import GuardCase, make_packed_pdf, make_pdf, make_picture, set_action, set_form

GPS = 0x8825
ORIENTATION = 0x0112


@tagged("post_install", "-at_install")
class TestUpload(GuardCase):
    def assertRefused(self, content, sentence, name="photo.jpg", **options):
        with self.assertRaisesRegex(UploadRefused, sentence):
            self.guard._check_upload(name, content, **options)

    def picture(self, upload):
        return Image.open(io.BytesIO(upload["content"]))

    # Accepted

    def test_photo_is_accepted_and_described(self):
        upload = self.guard._check_upload("Mon bac cassé.JPG", make_picture())
        self.assertEqual(upload["name"], "Mon bac cassé.jpg")
        self.assertEqual(upload["mimetype"], "image/jpeg")
        self.assertEqual(upload["size"], len(upload["content"]))
        self.assertEqual(upload["sha256"], hashlib.sha256(upload["content"]).hexdigest())
        self.assertEqual(upload["pages"], 1)
        self.assertEqual(self.picture(upload).format, "JPEG")

    def test_png_keeps_its_transparency(self):
        content = make_picture("PNG", mode="RGBA", color=(255, 0, 0, 0))
        upload = self.guard._check_upload("plan.png", content)
        self.assertEqual(upload["mimetype"], "image/png")
        self.assertEqual(self.picture(upload).getpixel((0, 0))[3], 0)

    def test_photo_of_an_iphone_becomes_a_jpeg(self):
        output = io.BytesIO()
        pillow_heif.from_pillow(Image.new("RGB", (64, 48), "blue")).save(output)
        upload = self.guard._check_upload("IMG_0001.HEIC", output.getvalue())
        self.assertEqual((upload["name"], upload["mimetype"]), ("IMG_0001.jpg", "image/jpeg"))
        self.assertEqual(self.picture(upload).size, (64, 48))

    def test_place_and_device_are_forgotten_and_photo_is_upright(self):
        exif = Image.Exif()
        exif[ORIENTATION] = 6
        exif.get_ifd(GPS)[1] = "N"
        for file_format, name in (("JPEG", "a.jpg"), ("PNG", "a.png")):
            with self.subTest(file_format):
                content = make_picture(file_format, exif=exif)
                self.assertIn(ORIENTATION, Image.open(io.BytesIO(content)).getexif())
                upload = self.guard._check_upload(name, content)
                self.assertEqual(self.picture(upload).size, (40, 60))
                self.assertFalse(self.picture(upload).getexif())
                self.assertNotIn(b"Exif", upload["content"])

    def test_a_picture_comes_with_a_small_one(self):
        red_on_top = Image.new("RGB", (3000, 4000), "white")
        red_on_top.paste("red", (0, 0, 3000, 2000))
        lying = Image.Exif()
        lying[ORIENTATION] = 6
        for name, picture, options in (
            ("upright", red_on_top, {}),
            ("lying", red_on_top.transpose(Image.Transpose.ROTATE_90), {"exif": lying}),
            ("low", red_on_top.resize((900, 20)), {}),
            ("one pixel", red_on_top.resize((1, 1)), {}),
            ("clear", Image.new("RGBA", (60, 40), (255, 0, 0, 0)), {"format": "PNG"}),
            ("grey", Image.new("I;16", (60, 40), 30000), {"format": "PNG"}),
        ):
            with self.subTest(name):
                output = io.BytesIO()
                picture.save(output, **{"format": "JPEG", **options})
                small = self.guard._check_upload("a", output.getvalue())["thumbnail"]
                self.assertLess(len(small), 10_000)
                small = Image.open(io.BytesIO(small))
                self.assertEqual((small.format, small.size), ("JPEG", THUMBNAIL))
                self.assertFalse(small.getexif())
                if name in ("upright", "lying"):
                    red, green, _blue = small.getpixel((72, 20))
                    self.assertGreater(red - green, 200, "Upright")
                    self.assertGreater(min(small.getpixel((72, 150))), 200)
                if name == "clear":
                    self.assertGreater(min(small.getpixel((72, 80))), 250, "On paper")

    def test_a_pdf_has_no_small_picture(self):
        self.assertEqual(self.guard._check_upload("a.pdf", make_pdf())["thumbnail"], b"")

    def test_what_is_glued_to_a_photo_is_left_out(self):
        for content in (
            make_picture(comment=b"<script>alert(1)</script>"),
            make_picture() + b"<script>alert(1)</script>",
        ):
            upload = self.guard._check_upload("photo.jpg", content)
            self.assertNotIn(b"script", upload["content"])

    def test_large_photo_is_made_smaller(self):
        for file_format in ("JPEG", "PNG"):
            with self.subTest(file_format):
                content = make_picture(file_format, size=(6000, 3000), mode="L", color=0)
                upload = self.guard._check_upload("grand", content)
                self.assertEqual(self.picture(upload).size, (MAX_SIDE, MAX_SIDE // 2))

    def test_sixteen_bits_of_grey_stay_grey(self):
        content = make_picture("PNG", mode="I;16", color=0x8000)
        upload = self.guard._check_upload("scan.png", content)
        self.assertEqual(self.picture(upload).getpixel((0, 0)), 0x80)

    def test_printer_photo_in_four_inks_is_accepted(self):
        upload = self.guard._check_upload("scan.jpg", make_picture(mode="CMYK", color=0))
        self.assertEqual(self.picture(upload).mode, "RGB")

    def test_pdf_is_stored_as_it_came(self):
        content = make_pdf(pages=3)
        upload = self.guard._check_upload("attestation", content)
        self.assertEqual(upload["name"], "attestation.pdf")
        self.assertEqual(upload["content"], content)
        self.assertEqual(upload["pages"], 3)

    def test_content_decides_when_the_extension_is_wrong(self):
        upload = self.guard._check_upload("photo.pdf", make_picture("PNG"))
        self.assertEqual((upload["name"], upload["mimetype"]), ("photo.png", "image/png"))

    # Refused

    def test_empty_file(self):
        self.assertRefused(b"", "is empty")

    def test_too_big_file_says_how_big_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        guard = self.guard.with_context(lang="fr_FR")
        for size, shown in ((41 * 1024 * 1024, "41"), (10 * 1024 * 1024 + 1, "10,1")):
            with self.assertRaises(UploadRefused) as refusal:
                guard._check_upload("film.jpg", bytes(size))
            self.assertEqual(
                refusal.exception.args[0],
                f"Ce fichier pèse {shown} Mo. Le maximum est de 10 Mo.",
            )

    def test_too_big_file_is_not_opened(self):
        with patch.object(confined, "run") as run:
            self.assertRefused(make_picture(), "The maximum is", max_bytes=10)
        run.assert_not_called()

    def test_program_renamed_as_a_photo(self):
        self.assertRefused(b"MZ\x90\x00" + bytes(60) + b"PE\x00\x00" + bytes(200), "not accepted")

    def test_drawing_with_a_script(self):
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        self.assertRefused(svg, "not accepted", name="logo.svg")
        self.assertRefused(b'<?xml version="1.0"?>' + svg, "not accepted", name="logo.png")

    def test_web_page(self):
        self.assertRefused(b"<!DOCTYPE html><html><body>x</body></html>", "not accepted")

    def test_other_documents(self):
        for content in (b"PK\x03\x04" + bytes(40), b"GIF89a" + bytes(40), b"just words"):
            self.assertRefused(content, "not accepted")

    def test_kind_that_this_question_does_not_take(self):
        self.assertRefused(make_pdf(), "JPEG photo, PNG picture", kinds=("jpg", "png"))

    def test_half_a_photo(self):
        whole = make_picture("JPEG", size=(800, 800))
        self.assertRefused(whole[: len(whole) // 2], "damaged")
        whole = make_picture("PNG", size=(800, 800))
        self.assertRefused(whole[: len(whole) // 2], "damaged")

    def test_half_a_photo_with_a_whole_thumbnail(self):
        thumbnail = make_picture(size=(4, 4))
        segment = b"\xff\xe1" + (len(thumbnail) + 2).to_bytes(2) + thumbnail
        photo = make_picture(size=(800, 800))
        whole = photo[:2] + segment + photo[2:]
        self.assertTrue(self.guard._check_upload("photo.jpg", whole))
        self.assertRefused(whole[: len(whole) // 2], "damaged")

    def test_head_of_a_photo_on_something_else(self):
        self.assertRefused(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"x" * 400, "damaged")
        self.assertRefused(make_picture("PNG")[:40] + b"x" * 400 + b"IEND", "damaged")
        self.assertRefused(b"\x00\x00\x00\x18ftypheic" + bytes(400), "damaged")

    def test_picture_with_a_billion_pixels(self):
        """A few bytes that ask for gigabytes: refused from the header, nothing is decoded."""

        def bomb(width, height):
            header = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
            chunk = b"IHDR" + header
            start = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + chunk
            return start + zlib.crc32(chunk).to_bytes(4) + make_picture("PNG")[33:]

        for side in (7_200, 10_000, 30_000):
            with self.subTest(side=side):
                self.assertRefused(bomb(side, side), "too many pixels")

    def test_protected_pdf(self):
        content = make_pdf(change=lambda writer: writer.encrypt("secret", algorithm="AES-256"))
        self.assertRefused(content, "is protected")

    def test_pdf_with_a_script(self):
        script = TextStringObject("app.alert(1)")
        self.assertRefused(make_pdf(change=lambda w: w.add_js("app.alert(1)")), "active parts")
        content = make_pdf(change=lambda w: set_action(w, "/JavaScript", JS=script))
        self.assertRefused(content, "active parts")
        # The same name, written so that a search in the bytes does not find it.
        hidden = content.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/J#53")
        self.assertNotIn(b"/JavaScript", hidden)
        self.assertRefused(hidden, "active parts")

    def test_pdf_that_starts_a_program(self):
        content = make_pdf(change=lambda w: set_action(w, "/Launch", F=TextStringObject("cmd")))
        self.assertRefused(content, "active parts")

    def test_pdf_that_sends_its_form_elsewhere(self):
        content = make_pdf(change=lambda w: set_action(w, "/SubmitForm"))
        self.assertRefused(content, "active parts")

    def test_pdf_with_a_dynamic_form(self):
        self.assertRefused(make_pdf(change=set_form), "active parts")

    def test_pdf_with_a_file_inside(self):
        content = make_pdf(change=lambda w: w.add_attachment("virus.exe", b"MZ"))
        self.assertRefused(content, "contains other files")
        hidden = content.replace(b"/Embedded", b"/Embe#64ded")
        self.assertNotIn(b"/EmbeddedFile", hidden)
        self.assertRefused(hidden, "contains other files")

    def test_pdf_that_only_opens_at_a_page_is_accepted(self):
        content = make_pdf(change=lambda w: set_action(w, "/GoTo", D=NameObject("/top")))
        self.assertEqual(self.guard._check_upload("a.pdf", content)["pages"], 1)

    def test_broken_pdf(self):
        self.assertRefused(b"%PDF-1.7\n" + b"x" * 100, "damaged")
        self.assertRefused(make_pdf()[:200], "damaged")
        self.assertRefused(make_pdf(pages=0), "damaged")

    def test_packed_pdf_is_accepted(self):
        self.assertEqual(self.guard._check_upload("a.pdf", make_packed_pdf(0))["pages"], 1)

    # The process in which a file is read

    @contextmanager
    def in_place_of_the_process(self, *programs):
        """Each is what the process does in its turn, in Python; nothing: what it does."""
        commands = [
            [sys.executable, "-c", program] if program else confined.COMMAND for program in programs
        ]
        run, started = subprocess.run, []

        def start(command, **options):
            started.append(command)
            command = [*commands[len(started) - 1], *command[len(confined.COMMAND) :]]
            return run(command, **options)

        with patch.object(confined.subprocess, "run", start):
            yield started

    @mute_logger("odoo.addons.public_guard.models.public_guard")
    def test_a_good_file_is_tried_again_when_the_machine_is_short_of_memory(self):
        killed = "import os; os.kill(os.getpid(), 9)"
        with self.in_place_of_the_process(killed, None) as started:
            self.assertTrue(self.guard._check_upload("photo.jpg", make_picture()))
        self.assertEqual(len(started), 2)

    @mute_logger("odoo.addons.public_guard.models.public_guard")
    def test_a_good_file_is_never_said_to_be_damaged_for_want_of_memory(self):
        killed = "import os; os.kill(os.getpid(), 9)"
        with self.in_place_of_the_process(killed, killed) as started:
            self.assertRefused(make_picture(), "Try again later")
        self.assertEqual(len(started), 2)
        with patch.object(confined.subprocess, "run", side_effect=MemoryError) as run:
            self.assertRefused(make_picture(), "Try again later")
        self.assertEqual(run.call_count, 2)
        with patch.object(confined.subprocess, "run", side_effect=BlockingIOError) as run:
            self.assertRefused(make_pdf(), "Try again later")
        self.assertEqual(run.call_count, 2)

    @mute_logger("odoo.addons.public_guard.models.public_guard")
    def test_a_file_that_takes_too_long_is_stopped(self):
        for job, content in (("pdf_check", make_pdf()), ("picture", make_picture())):
            limits = confined.JOBS[job]._replace(seconds=0)
            with patch.dict(confined.JOBS, {job: limits}):
                self.assertRefused(content, "Try again later")

    def test_a_process_that_fails_refuses(self):
        for program in ("1 / 0", "import os; os.abort()"):
            with self.subTest(program), self.in_place_of_the_process(program):
                self.assertRefused(make_picture(), "damaged")

    def test_a_server_that_is_limited_itself_reads_files_too(self):
        """By systemd, or as the pipe of the mail server is."""
        program = (
            "import os, resource, sys; "
            "resource.setrlimit(resource.RLIMIT_CPU, (5, 5)); "
            "os.execv(sys.argv[1], sys.argv[1:])"
        )
        command = [sys.executable, "-c", program, *confined.COMMAND]
        with patch.object(confined, "COMMAND", command):
            self.assertTrue(self.guard._check_upload("photo.jpg", make_picture()))

    def test_the_process_knows_nothing_of_the_server(self):
        program = (
            "import json, os, sys; sys.stdin.read(); "
            "print(json.dumps({'refused': ','.join(sorted(os.environ))}))"
        )
        secret = patch.dict("os.environ", {"PGPASSWORD": "secret"})
        with secret, self.in_place_of_the_process(program):
            found, _output = confined.run("picture", b"")
        self.assertNotIn("PGPASSWORD", found["refused"])

    # Antivirus

    def test_antivirus_that_finds_something(self):
        with patch.object(type(self.guard), "_scan", return_value="Eicar"):
            self.assertRefused(make_picture(), "antivirus")

    @mute_logger("odoo.addons.public_guard.models.public_guard")
    def test_antivirus_that_is_wanted_and_does_not_answer(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("public_guard.clamd_socket", "/nowhere/clamd.sock")
        with patch.object(public_guard, "clamd", None):
            self.assertRefused(make_picture(), "cannot be checked")
        with patch.object(public_guard, "clamd") as clamd:
            clamd.ClamdError = ValueError
            clamd.ClamdUnixSocket.return_value.instream.side_effect = OSError("no socket")
            self.assertRefused(make_picture(), "cannot be checked")

    def test_antivirus_answers(self):
        self.env["ir.config_parameter"].set_param("public_guard.clamd_socket", "/run/clamd")
        with patch.object(public_guard, "clamd") as clamd:
            clamd.ClamdError = ValueError
            instream = clamd.ClamdUnixSocket.return_value.instream
            instream.return_value = {"stream": ("OK", None)}
            self.assertTrue(self.guard._check_upload("a.jpg", make_picture()))
            instream.return_value = {"stream": ("FOUND", "Eicar")}
            self.assertRefused(make_picture(), "antivirus")


@tagged("post_install", "-at_install")
class TestFilename(GuardCase):
    def test_names(self):
        for name, cleaned in (
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\moi\\facture.exe", "facture.pdf"),
            ("a\x00b\nc.pdf", "ab c.pdf"),
            ("photo\u202egpj.exe", "photogpj.pdf"),
            ("e\u0301te\u0301.pdf", "été.pdf"),
            ("e\u200d\u0301.pdf", "é.pdf"),
            ("<b>x</b>.html", "b_.pdf"),
            ("", "document.pdf"),
            (None, "document.pdf"),
            (" .. ", "document.pdf"),
            ("Facture n.12", "Facture n.12.pdf"),
        ):
            self.assertEqual(clean_filename(name, "pdf"), cleaned)

    @settings(max_examples=500)
    @given(st.text(alphabet=st.characters(), max_size=300))
    def test_any_name_becomes_a_safe_one(self, name):
        cleaned = clean_filename(name, "pdf")
        self.assertTrue(cleaned.endswith(".pdf"))
        self.assertLessEqual(len(cleaned.encode()), MAX_BYTES)
        self.assertEqual(cleaned, unicodedata.normalize("NFC", cleaned))
        self.assertFalse(set(cleaned) & set('/\\<>:"|?*'))
        self.assertFalse([c for c in cleaned if unicodedata.category(c).startswith("C")])
        self.assertNotIn(cleaned[0], " .")
        self.assertEqual(clean_filename(cleaned, "pdf"), cleaned)
