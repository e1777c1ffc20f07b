from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MailgatewayCommon

CHARSETS = ["utf-8", "iso-8859-1", "utf-16", "utf-7", "idna", "rot13", "zip", "klingon", "\x00"]
TYPES = [
    "text/plain",
    "text/html",
    "multipart/mixed; boundary=b",
    "multipart/alternative; boundary=b",
    "multipart/report",
    "message/rfc822",
    "image/png",
    "application/pdf; name*=utf-8''%ff%00",
    "*/*",
    "x",
    'text/plain; name="=?klingon?b?////?="',
]
ENCODINGS = ["7bit", "base64", "quoted-printable", "x-uuencode", "\xff"]
NAMES = [
    "Subject",
    "From",
    "Date",
    "Received",
    "Return-Path",
    "Content-Disposition",
    "Content-ID",
    "References",
    "MIME-Version",
]
header_text = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [b"=?utf-8?b?w6k?=", b"=?klingon?q?x?=", b"attachment; filename*0*=x", b"<>", b"\xe9", b";"]
    ),
)
headers = st.lists(st.tuples(st.sampled_from(NAMES), header_text), max_size=5)


@st.composite
def messages(draw):
    """Anything but the recipient, which is added by the test."""
    raw = b""
    for name, value in draw(headers):
        raw += name.encode() + b": " + value + b"\r\n"
    for _each in range(draw(st.integers(1, 3))):
        kind, charset = draw(st.sampled_from(TYPES)), draw(st.sampled_from(CHARSETS))
        raw += f"Content-Type: {kind}; charset={charset}\r\n".encode()
        encoding = draw(st.sampled_from(ENCODINGS))
        raw += b"Content-Transfer-Encoding: " + encoding.encode("latin-1") + b"\r\n\r\n"
        raw += draw(st.binary(max_size=120)) + draw(st.sampled_from([b"", b"\r\n--b\r\n", b"\r\n"]))
    return raw


@tagged("post_install", "-at_install", "-standard", "sweep_fuzz")
class TestMailFuzz(MailgatewayCommon):
    def test_nothing_breaks_and_a_stranger_writes_nothing(self):
        request = self._submit()
        request.with_user(self.agent).action_take()
        address = request._get_mail_address().encode()

        @settings(max_examples=15)
        @given(messages(), st.booleans())
        def deliver(raw, is_applicant):
            before = self._messages(request)
            sender = b"camille@exemple.fr" if is_applicant else b"voisin@exemple.org"
            raw = b"To: " + address + b"\r\nFrom: " + sender + b"\r\n" + raw
            with self.env.cr.savepoint() as savepoint:
                self.Thread.message_process(None, raw)
                self.env.flush_all()
                posted = self._messages(request) - before
                if posted:
                    self.assertTrue(is_applicant)
                    self.assertEqual(posted.author_id, self.camille.partner_id)
                savepoint.rollback()
            self.env.invalidate_all()

        with mute_logger("odoo.addons.procedure_mailgateway.models.procedure_mail_gateway"):
            deliver()
