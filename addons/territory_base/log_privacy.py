"""What the server's log leaves out: keys of signed links, what was typed in an address, e-mail
addresses. A log is read by more people, and kept longer, than what it tells about."""

import logging
import re

MASK = "***"
# What a line holds at most: a visitor writes there, by her login or her address.
MOST = 20_000
# Each pattern reads a text once, whatever it holds: a run is taken whole, and never given back.
# The number of a message is what one follows a mail by; it has the form of an address.
KEPT = r"(?P<kept>message[-_ ]id\W{0,4}<[^<>\s]*+>)"
EMAIL = re.compile(
    KEPT + r"|(?<![\w.+%-])[\w.+%-]++@[\w-]++(?:\.[\w-]++)+",
    re.IGNORECASE,
)
# As werkzeug writes them; what follows "?" may be a name, a code, a token.
QUERY = re.compile(
    r"\b((?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /[^?\s\"]*+)\?[^\"\n]*?(?= HTTP/\d|[\"\n]|$)"
)
PATH = re.compile(
    r"(/(?:avis|accuse|confirmer|chat|essai|meet|rappels|satisfaction|signer|verifier"
    r"|famille/absence|famille/agenda|famille/place|signaler-une-erreur/suivi)/)[^\s?#\"']++"
)
# `odoo.tools.hash_sign`: 1, a date, a signature, in base64.
SIGNED = re.compile(r"\bA[Q-Za-f][\w-]{50,}")
NAMED = re.compile(r"\b((?:access_|ownership_|signup_)?token|password)(=|%3D)[^\s&\"'<>]++")

_formatter = logging.Formatter()


def mask(text):
    """Return what may be written of this text: its beginning and its end, without secrets."""
    half = MOST // 2
    if len(text) > MOST:
        text = f"{text[:half]} [… {len(text)} …] {text[-half:]}"
    return hide(text)


def hide(text):
    text = QUERY.sub(rf"\1?{MASK}", text)
    text = PATH.sub(rf"\1{MASK}", text)
    text = NAMED.sub(rf"\1\2{MASK}", text)
    text = SIGNED.sub(MASK, text)
    return EMAIL.sub(lambda found: found["kept"] or MASK, text)


def install():
    """For each record, whichever handler or formatter writes it."""
    make = logging.getLogRecordFactory()
    if getattr(make, "masks", False):
        return

    def make_masked(*args, **kwargs):
        record = make(*args, **kwargs)
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            # Wrong arguments: the handler tells it.
            return record
        masked = mask(message)
        if masked != message:
            record.msg, record.args = masked, None
        if record.exc_info and record.exc_info[0]:
            record.exc_text = mask(_formatter.formatException(record.exc_info))
        return record

    make_masked.masks = True
    logging.setLogRecordFactory(make_masked)
