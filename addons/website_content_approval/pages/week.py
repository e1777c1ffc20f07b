"""The hours of a week in the form of a proposed change: one line for each day, as people say it."""

import re

from odoo.exceptions import ValidationError

from odoo.addons.website_parts.tools.item import make_item

from .typing import read_hour, show_hour

HOUR = r"(midi|minuit|\d{1,2}(?:\s*[h:.]\s*(?:\d{2})?)?(?:\s*(?:min|mn)\b)?)"
# « 9h 12h » too, where nothing else is between.
TO = r"(?:-|–|—|/|à|a|jusqu['’]à|(?<=[\sh])(?=\d{1,2}\s*[h:]))"
SPAN = re.compile(
    rf"(?:\bde\s+)?{HOUR}\s*{TO}\s*{HOUR}\s*(?:\(([^()]*)\)|([^\d,;()]*))",
    re.I,
)
BETWEEN = re.compile(r"[\s,;.]*(?:(?:et|puis)\b[\s,;.]*)?", re.I)
LAST_WORD = re.compile(r"[\s.]*(?:\b(?:et|puis|de)\s*)+$", re.I)
CLOSED = re.compile(r"(?:ferm[eé]e?s?|non|aucun|-|–)?", re.I)
WORDS = {"midi": 12, "minuit": 24}


def read_day(typed):
    """“9 h – 12 h, 14h-17h30 (sur rendez-vous)” as [(hour_from, hour_to, note)], earliest first.

    :raise ValueError: it holds something else
    """
    typed = " ".join((typed or "").split())
    if CLOSED.fullmatch(typed):
        return []
    spans, place = [], 0
    for match in SPAN.finditer(typed):
        if not BETWEEN.fullmatch(typed[place : match.start()]):
            raise ValueError(typed)
        note = match[3] if match[3] is not None else LAST_WORD.sub("", f" {match[4]}")
        spans.append((_read_hour(match[1]), _read_hour(match[2]), note.strip(" .")))
        place = match.end()
    if not spans or not BETWEEN.fullmatch(typed[place:]):
        raise ValueError(typed)
    return sorted(spans)


def _read_hour(typed):
    return WORDS.get(typed.lower()) or read_hour(typed.replace(".", "h"))


def show_day(rows):
    """What `read_day` reads, of lines as a revision keeps them."""
    return ", ".join(
        f"{show_hour(row['hour_from']) or '0 h'} – {show_hour(row['hour_to'])}"
        + (f" ({row['note']})" if row.get("note") else "")
        for row in sorted(rows, key=lambda each: each["hour_from"])
    ).replace("\xa0", " ")


class WeekInputs:
    """Part of `ContributionForm`: the lines of a field of option `week`. Those of a day of the
    week are typed in seven inputs; those of a date, where the content has some, stay lines."""

    def _read_week(self, name, field, options):
        """Rows for `_change`; a day that is wrong stays as it was, with its sentence beside it."""
        rows = self._read_lines(name, field, options) if "date_start" in options["lines"] else []
        for day, _label in self._list_days(field):
            kept = self._list_kept(name, day)
            key = f"{name}.day.{day}"
            try:
                spans = self._read_spans(self.posted.text(key, 500))
            except ValidationError as error:
                self.errors[key] = error.args[0]
                rows += kept
                continue
            for rank, (hour_from, hour_to, note) in enumerate(spans):
                rows.append(
                    {
                        "id": kept[rank].get("id") if rank < len(kept) else False,
                        "weekday": day,
                        "hour_from": hour_from,
                        "hour_to": hour_to,
                        "note": note,
                    }
                )
        return rows

    def _read_spans(self, typed):
        try:
            spans = read_day(typed)
        except ValueError:
            raise ValidationError(
                self.env._("Write the hours like this: 9 h – 12 h, 14 h – 17 h.")
            ) from None
        if any(hour_from >= hour_to for hour_from, hour_to, _note in spans):
            raise ValidationError(self.env._("It closes after it opens: 9 h – 12 h."))
        return spans

    def _list_days(self, field):
        return self.env[field.comodel_name]._fields["weekday"]._description_selection(self.env)

    def _list_kept(self, name, day):
        kept = (self.revision_sudo.values or {}).get(name) or []
        return sorted(
            (row for row in kept if row.get("weekday") == day), key=lambda row: row["hour_from"]
        )

    def _make_week_item(self, name, field, label, options):
        is_dated = "date_start" in options["lines"]
        if is_dated:
            item = self._make_lines_item(name, field, label, options)
        else:
            item = {**make_item(name, self.errors, label=label), "rows": []}
        item |= {
            "is_dated": is_dated,
            "template": "website_content_approval.week_input",
            "help": options.get("help")
            or self.env._("For instance 9 h – 12 h, 14 h – 17 h. Empty: closed that day."),
            "days": [
                self._make_day(name, day, day_label) for day, day_label in self._list_days(field)
            ],
        }
        item["describedby"] = " ".join(
            [f"{item['id']}-a", *([f"{item['id']}-e"] if item["error"] else [])]
        )
        return item

    def _make_day(self, name, day, label):
        key = f"{name}.day.{day}"
        is_typed = self.is_shown_typed(key) or self.is_shown_typed(name)
        value = self.posted.text(key, 500) if is_typed else show_day(self._list_kept(name, day))
        return make_item(key, self.errors, label=label, value=value, unmarked=True)
