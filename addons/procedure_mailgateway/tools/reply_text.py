"""The words of the answer, without the message that it answers. In doubt, everything is kept."""

import re
import warnings

from mailparser_reply import EmailReplyParser

# It passes a flag of `re.sub` by position; each message would leave its traceback in the log.
warnings.filterwarnings("ignore", category=DeprecationWarning, module="mailparser_reply")

# The parser's patterns take a time that grows with the square of a line, and of a run of lines.
MAX_PARSED = 20000
MAX_LINE = 2000
MAX_SIGNATURE_LINES = 8

FORWARDED = re.compile(
    r"^[-_ ]*(message (transf|réexp[ée]di)[ée]r?[ée]?|forwarded message|begin forwarded message"
    r"|début du message (transf|réexp))",
    re.IGNORECASE | re.MULTILINE,
)
# "Le … a écrit :" on two lines.
WRAPPED = re.compile(
    r"^((?:> ?)*(?:Le|On) [^\n]{1,300})\n((?:> ?)*[^\n]{0,200}(?:écrit|wrote) ?:)$", re.MULTILINE
)
SEPARATOR = re.compile(r"\n[-_ ]*(message d.origine|original message)?[-_ ]*\Z", re.IGNORECASE)
SENT_FROM = re.compile(
    r"\n?^(envoyé (de|depuis|à partir de) |sent from |(obtenir|télécharger|get) outlook )"
    r"[^\n]{0,150}\Z",
    re.IGNORECASE | re.MULTILINE,
)


def get_reply(text):
    text = _normalize(text)
    return _cut_signature(_cut_history(text))


def _normalize(text):
    text = re.sub(r"[ \t\u00a0\u202f]+", " ", text)
    text = "\n".join(line.strip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _cut_history(text):
    if (
        len(text) > MAX_PARSED
        or max(map(len, text.splitlines()), default=0) > MAX_LINE
        or FORWARDED.search(text)
    ):
        return text
    joined = WRAPPED.sub(lambda match: f"{match[1]} {match[2].lstrip('> ')}", text)
    first = EmailReplyParser(languages=["fr"]).read(joined).replies[0]
    if first.headers:
        # The message begins by what it quotes: nothing was written, or below.
        below = joined[joined.find(first.headers) + len(first.headers) :]
        return "" if _is_quoted(below) else text
    history = joined[joined.find(first.content) + len(first.content) :]
    if _is_answered_between_the_lines(history):
        return text
    return SEPARATOR.sub("", "\n" + first.content).strip()


def _is_quoted(text):
    return all(line.startswith(">") for line in text.splitlines() if line)


def _is_answered_between_the_lines(history):
    lines = [line.startswith(">") for line in history.splitlines() if line]
    return True in lines and False in lines[lines.index(True) :]


def _cut_signature(text):
    body, mark, signature = text.rpartition("\n--\n")
    if mark and len(signature.splitlines()) <= MAX_SIGNATURE_LINES:
        text = body.rstrip()
    return SENT_FROM.sub("", text).strip()
