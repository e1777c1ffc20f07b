from collections import Counter

from odoo import models
from odoo.tools import format_date

from odoo.addons.procedure.figures import FLOOR, cover, has_enough
from odoo.addons.website_procedure.pages.form_check import CHECK_PAGE
from odoo.addons.website_procedure.pages.form_identity import ACTING_PAGE
from odoo.addons.website_procedure.pages.form_paging import IDENTITY_PAGE

from ..figures import COMPUTER, MORE, PHONE, SLICES, get_middle


class ProcedureVersion(models.Model):
    _inherit = "procedure.version"

    def builder_load(self):
        """What each question refuses is read beside it."""
        stops = self.builder_get_stops()["pages"]
        asked = [question for page in stops for question in page["questions"]]
        return {
            **super().builder_load(),
            "stops": {each["key"]: [each["sentence"], *each["errors"]] for each in asked},
        }

    def builder_get_stops(self):
        """Where people stop on this form; of a draft, on the version that it follows."""
        self._check_builder(readonly=True)
        version = self._get_previous_version() if self.state == "draft" else self
        return version._get_stops() if version else {"pages": [], "since": "", "summary": []}

    def _get_stops(self):
        """Once it is checked who reads: words only, none about fewer than five people."""
        self.ensure_one()
        Count_sudo = self.env["procedure.form.count"].sudo()
        rows = Count_sudo._read_group(
            [("version_id", "=", self.id)],
            ["page_key", "field_key", "code", "kind"],
            ["number:sum"],
        )
        counts = Counter(
            {
                (kind, page or "", field or "", code or ""): number
                for page, field, code, kind, number in rows
            }
        )
        begun = max((number for key, number in counts.items() if key[0] == "opened"), default=0)
        since = Count_sudo.search([("version_id", "=", self.id)], order="week", limit=1).week
        return {
            "since": since
            and self.env._(
                "Version %(number)s, since %(day)s.",
                number=self.number,
                day=format_date(self.env, since),
            ),
            "summary": [
                self._say_sent(*cover_all(begun, counts["sent", "", "", ""])),
                *self._say_minutes(counts),
                *self._say_devices(counts),
            ],
            "pages": [
                self._get_page_stops(key, label, counts)
                for key, label, questions in self._get_counted_pages()
                # Pages that the form adds are told of where somebody saw them.
                if questions is not None or counts["opened", key, "", ""]
            ],
        }

    def _get_counted_pages(self):
        """(key, label, questions) in their order; the questions of ours are None."""
        yield ACTING_PAGE, self.env._("For whom"), None
        key, label, questions = "", self.env._("Your request"), []
        for field in self.field_ids.sorted():
            if field._get_type().starts == "page":
                if key or questions:
                    yield key, label, questions
                key, label, questions = field.key, field.label, []
            else:
                questions.append(field)
        yield key, label, questions
        yield IDENTITY_PAGE, self.env._("How to answer you"), None
        yield CHECK_PAGE, self.env._("Check and send"), None

    def _get_page_keys(self):
        return {key for key, _label, _questions in self._get_counted_pages()}

    def _get_page_stops(self, key, label, counts):
        opened = counts["opened", key, "", ""]
        stopped = max(0, opened - counts["passed", key, "", ""])
        total, part = cover_all(opened, stopped)
        asked = [(field.key, field.label) for field in self.field_ids.sorted()]
        asked.append((IDENTITY_PAGE, self.env._("Contact details")))
        rows = [
            (question, label, counts["refused", key, question, ""])
            for question, label in asked
            if counts["refused", key, question, ""]
        ]
        return {
            "label": label,
            "sentence": self._say_stopped(total, part),
            "share": get_share(total, part),
            "questions": [
                {
                    "key": question,
                    "label": row_label,
                    "errors": self._say_errors(key, question, opened, counts),
                    "sentence": self._say_refused(*cover_all(opened, min(number, opened))),
                    "share": get_share(*cover_all(opened, min(number, opened))),
                }
                for question, row_label, number in sorted(rows, key=lambda row: -row[2])
            ],
        }

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    def _say_stopped(self, total, part):
        if total is None:
            return self.env._("Fewer than 5 people have seen this page.")
        if part is None:
            return self.env._(
                "Fewer than 5 people out of about %(total)s stopped here.", total=total
            )
        return self.env._(
            "About %(part)s people out of about %(total)s stopped here.", part=part, total=total
        )

    def _say_refused(self, total, part):
        if part is None:
            return self.env._("Fewer than 5 people were stopped by this question.")
        return self.env._(
            "About %(part)s people out of about %(total)s were stopped by this question.",
            part=part,
            total=total,
        )

    def _say_errors(self, page, question, opened, counts):
        """Why it stopped them: a sentence for each kind of error, the most frequent first."""
        found = {
            mark[3]: number
            for mark, number in counts.items()
            if mark[:3] == ("error", page, question)
        }
        words = self._get_error_words()
        sentences = []
        for code, number in sorted(found.items(), key=lambda row: (-row[1], row[0])):
            part = cover_all(opened, min(number, opened))[1]
            why = words.get(code) or self.env._("Another reason")
            sentences.append(
                self.env._("%(why)s: fewer than 5 people.", why=why)
                if part is None
                else self.env._("%(why)s: about %(part)s people.", why=why, part=part)
            )
        return sentences

    def _get_error_words(self):
        """Dict code of the engine -> why an answer is refused."""
        return {
            "missing": self.env._("No answer"),
            "pattern": self.env._("Not the expected form"),
            "invalid": self.env._("Cannot be read"),
            "too_long": self.env._("Too long"),
            "too_short": self.env._("Too short"),
            "too_big": self.env._("Above the maximum"),
            "too_small": self.env._("Below the minimum"),
            "too_many_files": self.env._("Too many files"),
            "too_many_rows": self.env._("Too many lines"),
            "too_few_rows": self.env._("Not enough lines"),
            "too_many_ticked": self.env._("Too many boxes ticked"),
            "too_many_decimals": self.env._("Too many decimals"),
            "not_a_number": self.env._("Not a number"),
            "not_a_decimal": self.env._("Not a number"),
            "not_a_date": self.env._("Not a date"),
            "no_such_day": self.env._("A day that does not exist"),
            "date_in_the_future": self.env._("A date in the future"),
            "date_in_the_past": self.env._("A date that has passed"),
            "not_a_time": self.env._("Not an hour"),
            "not_an_option": self.env._("Not one of the choices"),
            "not_in_list": self.env._("Not one of the list"),
            "no_words": self.env._("“Other” without a word"),
            "not_an_email": self.env._("Not an e-mail address"),
            "not_a_phone": self.env._("Not a phone number"),
            "phone_digits": self.env._("A phone number without its 10 digits"),
            "not_a_postcode": self.env._("Not a postcode"),
            "not_a_commune": self.env._("Not a commune of the territory"),
            "incomplete_address": self.env._("Street or commune lacking"),
            "not_an_iban": self.env._("Not an IBAN"),
            "not_a_siret": self.env._("Not a SIRET"),
            "siret_digits": self.env._("A SIRET without its 14 digits"),
            "not_a_rna": self.env._("Not a RNA number"),
            "slot_gone": self.env._("A slot taken meanwhile"),
            "": self.env._("Refused by a check, or a file that is not accepted"),
        }

    def _say_minutes(self, counts):
        """How long it takes those in the middle."""
        slices = {mark[3]: number for mark, number in counts.items() if mark[0] == "minutes"}
        if not has_enough(sum(slices.values())):
            return
        middle = get_middle(slices)
        if middle == MORE:
            yield self.env._(
                "From opening to sending, half of them took more than %(minutes)s minutes.",
                minutes=SLICES[-1],
            )
        else:
            yield self.env._(
                "From opening to sending, half of them took %(minutes)s minutes or less.",
                minutes=middle,
            )

    def _say_devices(self, counts):
        phones = counts["device", "", "", PHONE]
        total, part = cover_all(phones + counts["device", "", "", COMPUTER], phones)
        if total is None:
            return
        if part is None:
            yield self.env._("On a phone: fewer than 5 people out of about %(total)s.", total=total)
        else:
            yield self.env._(
                "On a phone: about %(part)s people out of about %(total)s.",
                part=part,
                total=total,
            )

    def _say_sent(self, total, part):
        if total is None:
            return self.env._("Fewer than 5 people have opened this form: there is nothing to say.")
        if part is None:
            return self.env._(
                "About %(total)s people opened this form, fewer than 5 sent it.", total=total
            )
        return self.env._(
            "About %(total)s people opened this form, about %(part)s sent it.",
            part=part,
            total=total,
        )


def cover_all(total, part):
    """As `cover`, and rounded always: the sentences of two pages, or of two days, are read side by
    side, and what separates them is never about fewer than five people."""
    return tuple(shown and shown - shown % FLOOR for shown in cover(total, part))


def get_share(total, part):
    """Per cent, for a bar."""
    return round(100 * part / total) if total and part else 0
