import tracemalloc

from odoo.tests import tagged

from .common import MEGABYTE, PIXEL, MailgatewayCommon


@tagged("post_install", "-at_install")
class TestMailFiles(MailgatewayCommon):
    def test_files_are_checked_and_kept_with_the_message(self):
        request = self._submit()
        files = [self._photo("Façade été.png"), self._photo("../../etc/passwd.png")]
        self.assertReceived(self._receive(request, files=files), "posted")
        attachments = self._messages(request).attachment_ids
        self.assertEqual(len(attachments), 2)
        for attachment in attachments:
            self.assertEqual(attachment.mimetype, "image/png")
            self.assertNotIn("/", attachment.name)
        self.assertFalse(self._answered())

    def test_a_refused_file_is_named_to_both(self):
        request = self._submit()
        files = [self._photo(), ("programme.exe", b"MZ\x90\x00" * 100)]
        self.assertReceived(self._receive(request, files=files), "posted", "files")
        message = self._messages(request)
        self.assertEqual(message.attachment_ids.mapped("name"), ["photo.png"])
        self.assertIn("programme.exe", message.body)
        answer = self._answered()
        self.assertEqual(len(answer), 1)
        self.assertIn("programme.exe", answer.body_html)
        self.assertIn("n’est pas accepté", answer.body_html)

    def test_nothing_but_refused_files_writes_nothing(self):
        request = self._submit()
        receipt = self._receive(request, text="", files=[("a.exe", b"MZ\x90\x00" * 100)])
        self.assertReceived(receipt, "refused", "files")
        self.assertFalse(self._messages(request))
        self.assertEqual(len(self._answered()), 1)

    def test_the_subject_speaks_when_nothing_else_does(self):
        request = self._submit()
        receipt = self._receive(request, text="", Subject="Le bac est arrivé, merci")
        self.assertReceived(receipt, "posted")
        self.assertIn("Le bac est arrivé, merci", self._messages(request).body)
        self.assertReceived(self._receive(request, text="", Subject="Re: x"), "refused", "empty")

    def test_too_many_files(self):
        request = self._submit()
        files = [self._photo(f"photo{number}.png") for number in range(12)]
        self.assertReceived(self._receive(request, files=files), "posted", "files")
        self.assertEqual(len(self._messages(request).attachment_ids), 10)
        self.assertIn("photo11.png", self._answered().body_html)

    def test_logos_and_signatures_are_no_files(self):
        request = self._submit()
        html = b"""Content-Type: multipart/related; boundary=b\r\n\r\n--b\r
Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r
Content-Type: text/plain; charset=utf-8\r\n\r\nBonjour\r\n--c\r
Content-Type: text/html; charset=utf-8\r\n\r\n<p>Bonjour <img src="cid:logo"/></p>\r\n--c--\r\n--b\r
Content-Type: image/png\r\nContent-ID: <logo>\r\nContent-Transfer-Encoding: base64\r\n\r\n"""
        import base64

        html += base64.encodebytes(PIXEL) + b"\r\n--b\r\n"
        html += b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx\r\n--b--\r\n"
        head = self._email(request, text=None).strip() + b"\r\nMIME-Version: 1.0\r\n"
        self.assertReceived(self._deliver(head + html), "posted")
        message = self._messages(request)
        self.assertIn("Bonjour", message.body)
        self.assertEqual(message.body.count("Bonjour"), 1)
        self.assertFalse(message.attachment_ids)

    def test_who_sends_html_alone(self):
        request = self._submit()
        page = (
            "<html><head><title>T</title><style>p {margin: 0}</style></head><body><!-- c -->"
            "<style><!-- p.MsoNormal {color: red} --></style><script>alert(1)</script>"
            "<div>Bonjour,</div><div>Voici &lt;script&gt;ma&lt;/script&gt; réponse.</div>"
            "<ul><li>un</li><li>deux</li></ul><div style='border-top:solid'><p>"
            "<b>De&nbsp;:</b> Déchets<br><b>Envoyé&nbsp;:</b> mardi<br><b>À&nbsp;:</b> C<br>"
            "<b>Objet&nbsp;:</b> x</p></div><p>Ancien message</p></body></html>"
        )
        head = self._email(request, text=None).strip() + b"\r\nMIME-Version: 1.0\r\n"
        raw = head + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
        self.assertReceived(self._deliver(raw), "posted")
        body = self._messages(request).body
        self.assertIn("Bonjour,<br>Voici &lt;script&gt;ma&lt;/script&gt; réponse.<br>", body)
        self.assertIn("un<br>deux", body)
        for unwanted in ("alert", "MsoNormal", "margin", "Ancien", "<script"):
            self.assertNotIn(unwanted, body)

    def test_a_name_of_file_is_a_text(self):
        request = self._submit()
        name = "<img src=x onerror=alert(1)>.exe"
        self._receive(request, files=[self._photo(), (name, b"MZ\x90\x00" * 100)])
        for body in (self._messages(request).body, self._answered().body_html):
            self.assertIn("&lt;img", body)
            self.assertNotIn("<img", body)

    def test_30_megabytes_are_refused_unread(self):
        request = self._submit()
        head = self._email(request, text=None).strip() + b"\r\n\r\n"
        raw = head + b"x" * (30 * MEGABYTE)
        attachments = self.env["ir.attachment"].search_count([])
        tracemalloc.start()
        receipt = self._deliver(raw)
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertReceived(receipt, "refused", "big")
        self.assertLess(peak, 5 * MEGABYTE)
        self.assertEqual(receipt.size, len(raw))
        self.assertEqual(self.env["ir.attachment"].search_count([]), attachments)
        self.assertFalse(self._messages(request))
        answer = self._answered()
        self.assertEqual(len(answer), 1)
        self.assertIn("25", answer.body_html)
        self.assertFalse(self._deliver(raw), "the same again: nothing")
        self.assertEqual(self._answered(), answer)
        stranger = raw.replace(b"camille@exemple.fr", b"voisin@exemple.org", 1)
        stranger = stranger.replace(b"Message-ID: <", b"Message-ID: <2", 1)
        self.assertReceived(self._deliver(stranger), "refused", "stranger")

    def test_a_text_too_long(self):
        receipt = self._receive(self._submit(), text="mot " * 20000)
        self.assertReceived(receipt, "refused", "long")

    def test_what_no_program_makes(self):
        request = self._submit()
        head = self._email(request, text=None).strip() + b"\r\nMIME-Version: 1.0\r\n"
        for depth in (50, 3000):
            body = b""
            for level in range(depth):
                body += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (
                    level,
                    level,
                )
            raw = head.replace(b"Message-ID: <", b"Message-ID: <%d" % depth, 1) + body
            self.assertReceived(self._deliver(raw), "refused", "unreadable")
        self.assertFalse(self._messages(request))
