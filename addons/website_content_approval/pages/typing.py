"""Hours, numbers and paragraphs as people type and read them."""

import re
from datetime import UTC, date, datetime, time, timedelta

from lxml import html
from markupsafe import Markup, escape

from odoo.addons.territory_base import clock
from odoo.addons.website_parts.tools.day import to_iso

BLANK = re.compile(r"\r?\n[ \t]*\r?\n")
MOMENT = re.compile(r"(.{1,40}?)(?: ?, ?| (?:à|at|-) ?| )(\d{1,2} ?(?:h|:) ?(?:\d{2})?)", re.I)
HOUR = re.compile(r"(\d{1,2})\s*(?:h|:|$)\s*(\d{2})?\s*(?:min|mn)?", re.I)


def read_hour(typed):
    """9 h 30, 9h30, 9:30 or 9.5 as a number of hours.

    :raise ValueError: it is no hour of a day
    """
    typed = " ".join((typed or "").replace("\xa0", " ").replace("\u202f", " ").split())
    match = HOUR.fullmatch(typed)
    if match:
        hour = int(match[1]) + int(match[2] or 0) / 60
        if int(match[2] or 0) > 59:
            raise ValueError(typed)
    else:
        hour = float(typed.replace(",", "."))
    if not 0 <= hour <= 24:
        raise ValueError(typed)
    return hour


def count_wrong_digits(typed):
    """How many digits a French telephone has, if that is not ten; 0 where nothing is sure: a short
    number, one of another country, two of them, one with a word (« poste 12 »)."""
    typed = typed or ""
    digits = re.sub(r"\D", "", typed)
    is_french = digits.startswith("0") and not digits.startswith("00") and "+" not in typed
    if not is_french or (len(digits) > 10 and re.search(r"[^\W\d]|/", typed)):
        return 0
    return len(digits) if len(digits) % 10 else 0


def show_hour(hour):
    if not hour:
        return ""
    whole, minutes = divmod(round(hour * 60), 60)
    return f"{whole}\xa0h" + (f"\xa0{minutes:02}" if minutes else "")


def read_moment(typed):
    """12/12/2026 à 20 h 30, in the zone of the territory, as the database writes it in UTC.

    :raise ValueError: no day, or no hour
    """
    match = MOMENT.fullmatch(" ".join(typed.replace("\xa0", " ").replace("\u202f", " ").split()))
    if not match:
        raise ValueError(typed)
    day = date.fromisoformat(to_iso(match[1]))
    minutes = round(read_hour(match[2]) * 60)
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=clock.ZONE).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def show_moment(env, kept):
    if not kept:
        return ""
    moment = datetime.fromisoformat(kept).replace(tzinfo=UTC).astimezone(clock.ZONE)
    hour = f"{moment.hour}\xa0h" + (f"\xa0{moment.minute:02}" if moment.minute else "")
    return env._("%(day)s at %(hour)s", day=moment.strftime("%d/%m/%Y"), hour=hour)


def show_number(number):
    """Without what nobody typed: 1.50 is 1,5, 2.0 is 2."""
    return f"{number:.6f}".rstrip("0").rstrip(".").replace(".", ",") if number else ""


def to_paragraphs(body):
    """The text of a body made of plain paragraphs; None: it holds more, that only the builder of
    pages keeps."""
    if not body or not str(body).strip():
        return ""
    root = html.fragment_fromstring(str(body), create_parent=True)
    if (root.text or "").strip():
        return None
    paragraphs = []
    for element in root:
        if element.tag != "p" or element.attrib or (element.tail or "").strip():
            return None
        words = [element.text or ""]
        for child in element:
            if child.tag != "br" or child.attrib:
                return None
            words += ["\n", (child.tail or "")]
        paragraphs.append("".join(words).strip())
    return "\n\n".join(filter(None, paragraphs))


def split_paragraphs(text):
    return [part.strip() for part in BLANK.split(text.strip()) if part.strip()]


def is_same_text(first, second):
    """The same words in the same lines and paragraphs, whatever the spaces between them."""
    first, second = (
        [[line.split() for line in part.splitlines()] for part in split_paragraphs(text)]
        for text in (first, second)
    )
    return first == second


def from_paragraphs(text):
    parts = split_paragraphs(text)
    return Markup("").join(
        Markup("<p>%s</p>") % Markup("<br/>").join(escape(line) for line in part.splitlines())
        for part in parts
    )
