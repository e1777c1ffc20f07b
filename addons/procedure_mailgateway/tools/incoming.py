"""Reading what anybody may send. Nothing here raises but `Unreadable`, nor asks the database."""

import codecs
import hashlib
import re
from dataclasses import dataclass, field
from email import policy
from email.errors import MessageError
from email.header import decode_header
from email.parser import BytesHeaderParser, BytesParser
from email.utils import collapse_rfc2231_value, getaddresses

from lxml import etree, html

from odoo.tools import email_normalize, html2plaintext

MAX_HEAD = 256 * 1024
# Some hundreds of addresses.
MAX_RECIPIENTS = 20_000
MAX_DEPTH = 20
MAX_PARTS = 200
# Of all the texts of a message that are read as HTML, and of what is between two "<": the time that
# libxml2 takes grows with the square of the number of attributes of a tag.
MAX_HTML = 200 * 1024
MAX_ATTRIBUTES = 2000
# Counted before the parser, which compares each line with each boundary. Files of 25 MB make
# 350,000 lines.
MAX_LINES = 500_000
MAX_BOUNDARIES = 50
# A smaller picture beside the text is the logo of a signature.
MAX_LOGO = 8 * 1024

RECIPIENT_HEADERS = (
    "To",
    "Cc",
    "Delivered-To",
    "X-Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Forwarded-To",
    "Resent-To",
    "Resent-Cc",
)
LIST_HEADERS = ("List-Id", "List-Post", "List-Help", "List-Unsubscribe", "X-Mailing-List")
AUTOMATIC_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Autoreply-From")
ROBOT = re.compile(
    r"(mailer-daemon|postmaster|(no|do[-_.]?not|ne[-_.]?pas)[-_.]?(reply|repondre)\b)",
    re.IGNORECASE,
)
AWAY = re.compile(
    r"\s*((re|tr|fwd?)\s*:\s*)*("
    r"r[ée]ponse automatique|automatic reply|auto(matic)?[- ]?(reply|response)"
    r"|out of (the )?office|absence (du bureau|prolong[ée]e)|message d.absence"
    r"|absent(e)? du bureau|undeliver(ed|able)|delivery status notification"
    r"|mail delivery (failed|subsystem)|[ée]chec de la remise|non remis\b)",
    re.IGNORECASE,
)
SIGNATURES = {
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
}
# Codecs that are no charset of a text, or take a time that grows with the square of it.
WRONG_CODECS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7"}
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


DATA_URL = re.compile(r"data:[\w/+.-]{1,50};base64,[\w/+=-]+")


class Unreadable(Exception):
    """The parts of this message cannot be told apart."""


@dataclass
class Budget:
    """What is left for the whole of a message."""

    parts: int = MAX_PARTS
    html: int = MAX_HTML


@dataclass
class Content:
    texts: list = field(default_factory=list)
    files: list = field(default_factory=list)  # (name, bytes)

    @property
    def text(self):
        return "\n\n".join(filter(None, (text.strip() for text in self.texts)))


def read_headers(raw):
    """The headers alone: a message that is too big is answered without being read."""
    head = bytes(memoryview(raw)[:MAX_HEAD])
    if end := re.search(rb"\r?\n\r?\n", head):
        head = head[: end.end()]
    return BytesHeaderParser(policy=policy.compat32).parsebytes(head)


def get_values(headers, name):
    return [clean(re.sub(r"\s+", " ", str(value))) for value in headers.get_all(name, [])]


def get_value(headers, name):
    return next(iter(get_values(headers, name)), "").strip()


def get_sender(headers):
    """The address of the author, normalised; empty when there is not exactly one."""
    values = get_values(headers, "From")
    if len(values) != 1:
        return ""
    found = [address for _name, address in getaddresses(values) if "@" in address]
    return (email_normalize(found[0]) or "") if len(found) == 1 else ""


def get_recipients(headers):
    return " ".join(value for name in RECIPIENT_HEADERS for value in get_values(headers, name))


def is_sent_to_a_crowd(raw):
    return len(get_recipients(read_headers(raw))) > MAX_RECIPIENTS


def get_message_id(headers):
    return get_value(headers, "Message-ID")[:250]


def get_digest(headers):
    """Tells apart messages that have no Message-ID."""
    lines = "\n".join(f"{name}: {value}" for name, value in headers.items())
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


def get_subject(headers):
    """On one line: an encoded one may hold several, and our answer would never leave."""
    return decode_words(get_value(headers, "Subject")).replace("\n", " ")[:250]


def get_automatic_reason(headers):
    """Why no person wrote this; empty when one seems to have."""
    submitted = get_value(headers, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted not in ("", "no"):
        return "automatic"
    if any(headers.get(name) is not None for name in AUTOMATIC_HEADERS):
        return "automatic"
    if any(headers.get(name) is not None for name in LIST_HEADERS):
        return "list"
    precedence = get_value(headers, "Precedence").lower()
    if precedence in ("bulk", "junk", "list", "auto_reply"):
        return "list" if precedence == "list" else "automatic"
    if (
        "<>" in [value.strip() for value in get_values(headers, "Return-Path")]
        or headers.get("X-Failed-Recipients") is not None
        or get_value(headers, "Content-Type").lower().startswith("multipart/report")
    ):
        return "bounce"
    if ROBOT.match(get_sender(headers)):
        return "bounce"
    if AWAY.match(get_subject(headers)):
        return "automatic"
    return ""


def wants_no_answer(headers):
    """Some servers mark ordinary mail so: it is read, and never answered by a machine."""
    return headers.get("X-Auto-Response-Suppress") is not None


def read_content(raw):
    """Texts and files of a message.

    :raise Unreadable: for what no mail program makes
    """
    try:
        raw = bytes(raw)
        _check_size(raw)
        message = BytesParser(policy=policy.compat32).parsebytes(raw)
        content = Content()
        _collect(message, content, Budget())
    except (MessageError, RecursionError, LookupError, TypeError, ValueError) as error:
        raise Unreadable from error
    return content


def _check_size(raw):
    boundaries = re.findall(rb"boundary[*\d]*\s*=", raw, re.IGNORECASE)
    if len(boundaries) > MAX_BOUNDARIES or raw.count(b"\n") + raw.count(b"\r") > 2 * MAX_LINES:
        raise Unreadable
    if len(raw.splitlines()) > MAX_LINES:
        raise Unreadable


def _collect(part, content, budget, depth=0):
    budget.parts -= 1
    if depth > MAX_DEPTH or budget.parts < 0:
        raise Unreadable
    kind = part.get_content_type()
    if kind.startswith("multipart/") and part.is_multipart():
        children = part.get_payload()
        if kind == "multipart/alternative":
            _collect_best(children, content, budget, depth)
        else:
            for child in children:
                _collect(child, content, budget, depth + 1)
        return
    if kind in SIGNATURES:
        return
    name = _get_filename(part)
    disposition = part.get_content_disposition()
    is_text = kind in ("text/plain", "text/html") or kind.startswith("multipart/")
    if is_text and disposition != "attachment" and not name:
        content.texts.append(_get_text(part, kind, budget))
        return
    payload = _get_payload(part)
    is_logo = kind.startswith("image/") and disposition != "attachment" and part.get("Content-ID")
    if payload and not (is_logo and len(payload) <= MAX_LOGO):
        content.files.append((name or _get_default_name(kind), payload))


def _collect_best(children, content, budget, depth):
    """The same text in several forms: the first that is not empty, the others are not even read
    when they are a text. All the files."""
    texts = []
    for child in children:
        is_text = child.get_content_type() in ("text/plain", "text/html")
        if texts and is_text and not _get_filename(child):
            continue
        form = Content()
        _collect(child, form, budget, depth + 1)
        content.files += form.files
        if not texts and form.text:
            texts = form.texts
    content.texts += texts


def _get_payload(part):
    if part.is_multipart():  # a message in the message
        return b"\n".join(bytes(child) for child in part.get_payload())
    return part.get_payload(decode=True) or b""


def _get_text(part, kind, budget):
    payload = _get_payload(part)
    text = clean(_decode(payload, part.get_content_charset() or "utf-8"))
    if kind != "text/html":
        return text
    text = DATA_URL.sub("", text)
    budget.html -= len(text)
    if budget.html < 0 or any(len(_split(tag)) > MAX_ATTRIBUTES for tag in text.split("<")):
        raise Unreadable
    try:
        return clean(_get_html_text(re.sub(r"<\?xml[^>]*>", "", text)))
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable from error


def _split(tag):
    """At least as many pieces as libxml2 finds attributes."""
    return re.split(r"[\s/=\"']+", tag)


def _get_html_text(text):
    """Of a sender without plain text: Odoo's own, with the lines of `div`, without styles."""
    if not text.strip():
        return ""
    tree = html.document_fromstring(text)
    etree.strip_elements(tree, etree.Comment, "head", "script", "style", with_tail=False)
    for node in tree.iter("blockquote", "div", "li", "tr"):
        node.tail = f"\n{node.tail or ''}"
    return html2plaintext(etree.tostring(tree, encoding="unicode"), include_references=False)


def _decode(payload, charset):
    try:
        codec = codecs.lookup(charset)
        usable = codec._is_text_encoding and codec.name not in WRONG_CODECS
        if codec.name == "iso8859-1":
            # As mail programs mean it: its control characters are quotes and dashes.
            codec = codecs.lookup("cp1252")
    except (LookupError, ValueError):
        usable = False
    try:
        return payload.decode(codec.name, "replace") if usable else payload.decode()
    except UnicodeDecodeError:
        return payload.decode("cp1252", "replace")


def _get_filename(part):
    name = part.get_param("filename", None, "content-disposition") or part.get_param("name")
    if not name:
        return ""
    return decode_words(clean(collapse_rfc2231_value(name))).strip()[:200]


def _get_default_name(kind):
    return "message.eml" if kind == "message/rfc822" else "sans-nom"


def decode_words(text):
    """`=?utf-8?…?=` read; as it is when it cannot be."""
    try:
        pieces = decode_header(text)
    except (MessageError, ValueError):
        return text
    return clean(
        "".join(
            _decode(piece, charset or "ascii") if isinstance(piece, bytes) else piece
            for piece, charset in pieces
        )
    )


def clean(text):
    """What a database and a page can hold."""
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_reply(subject):
    """The subject is then the one of the message that is answered."""
    return bool(re.match(r"(re|tr|fwd?|ref)\s*:", subject, re.IGNORECASE))
