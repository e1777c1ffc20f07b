"""“Check and send”: everything is read again before it leaves."""

import hashlib
import json

from odoo.addons.procedure_form import engine
from odoo.addons.territory_base import clock
from odoo.addons.website_parts.tools.web import number

# The key of no field, and the word of the address.

CHECK_PAGE = "_check"
# What may stand with the boxes that end a form: the words that explain them.
FINAL_WIDGETS = ("consent", "information", "link")


class FormCheck:
    """Part of `FormPage`: the last page of a form that somebody sends by herself."""

    # The staff reads what it entered on the form, with the person in front of it.
    has_check = True
    # Came from there to change something: goes back there.
    returns = False

    @property
    def is_check(self):
        return bool(self.current.get("is_check"))

    @property
    def final_fields(self):
        if not self.has_check:
            return self.version.field_ids.browse()
        return get_final_fields(self.version.field_ids, self.asks_identity)

    def _make_check_page(self):
        boxes = self.final_fields.filtered(is_shown)
        label = self.env._("Check and send")
        return {
            "key": CHECK_PAGE,
            "label": label,
            "help": None,
            "fields": list(boxes),
            "is_check": True,
        }

    @property
    def check_index(self):
        return len(self.pages) - 1 if self.has_check else None

    @property
    def stamp(self):
        """Changes with anything that she reads there: what leaves is what was read.

        Two digests: of what the page carries, and of what is kept, which another window changes.
        """
        read = self._get_read(self.raw, self.identity)
        kept = self._get_read(self.pending.answers, self.pending.identity)
        files = [(file.field_key, file.sha256) for file in self.pending.file_ids.sorted("id")]
        return ".".join(
            (make_stamp(self.version.id, *read, self.acting_for), make_stamp(files, *kept))
        )

    def is_behind(self, stamp):
        """Whether the page comes back as it was read, and the draft alone has changed since."""
        return bool(self.pending) and stamp.partition(".")[0] == self.stamp.partition(".")[0]

    def _get_read(self, raw, identity):
        """Without the boxes of this page, which are ticked once the rest is read."""
        final = set(self.final_fields.mapped("key"))
        answers = {name: value for name, value in (raw or {}).items() if name not in final}
        return answers, identity or {}

    @property
    def raw_agreed(self):
        """What was typed, with the boxes of this page ticked: to know what else would refuse."""
        boxes = self.final_fields.filtered(is_box)
        return {**self.raw, **dict.fromkeys(boxes.mapped("key"), "1")}

    def go_to_change(self):
        """To what she wants to change of what she reads: a part, or a file.

        :return: its anchor; None when she changes nothing
        """
        part = self.posted.text("_edit", 20)
        if part:
            anchor = self._go_to_part(part)
        elif self.is_check and self.replaced:
            anchor = self._go_to_replaced()
        else:
            return None
        self.returns = not self.is_last
        return anchor

    def _go_to_part(self, wanted):
        """To the page of that part, "2.0": of the second page, the first part."""
        page, _sign, part = wanted.partition(".")
        self.go_wanted(page)
        return f"partie-{number(part)}"

    def _go_to_replaced(self):
        """To the question of that file."""
        file = self.pending.file_ids.filtered(lambda file: file.id in self.replaced)[:1]
        self.go(self.get_page_of(file.field_key) or 0)
        return f"f-{file.field_key}"

    # What is read

    @property
    def whom(self):
        """For somebody else: her name."""
        chosen = self.acting_for and self.acting_for != self.partner.id
        return dict(self._get_acting_choices()).get(str(self.acting_for)) if chosen else ""

    @property
    def asked_words(self):
        """Hook: what is asked in one line, under the title: a room and its days."""
        return ""

    @property
    def next_sentences(self):
        """Hook: what else happens once it is sent."""
        return self.procedure._get_delay_sentences()

    @property
    def receiver(self):
        """The service that will have it, as filing finds it where each commune has its own."""
        procedure = self.procedure
        if not procedure._get_local_services():
            return procedure.service_id
        Request_sudo = self.env["procedure.request"].sudo()
        identity = {}
        if not self.partner:
            identity, _errors = Request_sudo._prepare_identity(self.identity, "web", procedure)
        acting_for, _children = self.get_acting()
        place = Request_sudo._find_place(
            {
                "procedure_id": procedure.id,
                "applicant_id": self.partner and self.partner.id,
                "acting_for_id": acting_for and acting_for.id,
                "contact_commune_id": identity.get("contact_commune_id"),
                "answers": self._get_typed()[0],
            }
        )
        return procedure.service_id.browse(place["service_id"])

    @property
    def reply_to(self):
        """Where the mail with the number goes."""
        if not self.partner:
            return self.identity.get("contact_email")
        return self.partner.sudo().email

    @property
    def parts(self):
        """The parts of the form, each with what was answered and the way back to it.

        Hook: a part that an addon adds names the `template` of what it shows besides.
        """
        here, parts = self.page_index, []
        for index in range(self.check_index):
            self.go(index)
            for rank, section in enumerate(self.sections):
                part = self._read_part(section)
                if part:
                    parts.append({**part, "edit": f"{index + 1}.{rank}"})
        self.go(here)
        if self.partner:
            self._add_account(parts)
        return parts

    @property
    def later_due(self):
        """Hook: the day by which what may follow is expected, were it sent today; none: it is asked
        for later."""
        return self.procedure._get_completion_due()

    @property
    def later_keys(self):
        answers, _visible = self._get_typed()
        filing = self.make_filing(files=self.get_file_counts())
        return self.env["procedure.request"].sudo()._get_later_keys(filing, answers)

    @property
    def later_labels(self):
        """What she may send later, in the order of the form."""
        keys = self.later_keys
        return [
            (field.label or "").rstrip(" \xa0\u202f?.:")
            for field in self.version.field_ids
            if field.key in keys
        ]

    @property
    def later_sentence(self):
        if not self.later_due:
            return self.env._("Send your request now, without it. We ask you for it in time.")
        return self.env._(
            "Send your request now, without it. Our message tells you how to send it, by "
            "%(date)s at the latest.",
            date=self.later_due.strftime("%d/%m/%Y"),
        )

    def _read_part(self, section):
        answers, visible = self._get_typed()
        words = self.env["procedure.field"]._get_later_words(self.later_due)
        later = dict.fromkeys(self.later_keys, words)
        names = {item["name"] for item in section["fields"]}
        asks_who = any(name.startswith("contact_") for name in names)
        rows, files, is_asked = [], [], "_for" in names or asks_who
        if "_for" in names:
            label = self.env._("For")
            rows.append((label, dict(self._get_acting_choices()).get(str(self.acting_for), "")))
        if asks_who:
            rows += self._get_identity_rows()
        for field in section.get("asked", ()):
            if field.key not in visible:
                continue
            is_asked = is_asked or field._get_type().holds != "nothing"
            if field._get_type().holds == "files":
                kept = self._get_kept(field.key)
                if not kept and field.key in later:
                    shown = {"label": field.label, "words": later[field.key], "is_later": True}
                    files.append(shown)
                for file in kept:
                    words = field._get_file_words(file.name, file.size, file.pages)
                    shown = self.describe_file(file)
                    files.append({**shown, "label": field.label, "words": words})
            else:
                rows += [row[:2] for row in field._get_summary_rows(answers, {}, later=later)]
        return is_asked and {"label": section["label"], "rows": rows, "files": files}

    def _get_identity_rows(self):
        fields_ = self._get_identity_fields()
        values, _problems = engine.validate(
            fields_,
            self.identity,
            today=clock.today(),
            find_commune=self.get_lookups()["find_commune"],
        )
        Field_sudo = self.env["procedure.field"].sudo()
        return [
            (field.label, Field_sudo.new({"type": field.type})._format_answer(values[field.key]))
            for field in fields_
            if field.key in values
        ]

    def _add_account(self, parts):
        """Who asks, as her account says it."""
        label = self.env._("Who asks")
        partner_sudo = self.partner.sudo()
        rows = [
            (self.env._("Name"), partner_sudo.name),
            (self.env._("The answer goes to"), partner_sudo.email),
        ]
        rows = [row for row in rows if row[1]]
        if parts and parts[-1]["label"] == label:
            parts[-1]["rows"] += rows
        else:
            parts.append({"label": label, "rows": rows, "files": [], "edit": None})


def is_box(field):
    return field._get_type().widget == "consent"


def is_shown(field):
    return field._get_type().widget in FINAL_WIDGETS


def get_final_fields(form_fields, asks_identity=False):
    """The boxes to tick that end a form, with the words beside them: ticked once all is re-read.

    Their headings are among them when nothing else stands below. None when the form asks
    nothing else, nor when a box depends on another of them.
    """
    parts = [[]]
    for field in form_fields:
        if field._get_type().starts:
            parts.append([])
        parts[-1].append(field)
    final = []
    for part in reversed(parts):
        tail = []
        for field in reversed(part):
            if field.block_key or not is_shown(field):
                break
            tail.insert(0, field)
        boxes = filter(is_box, (*tail, *final))
        keys = {field.key for field in boxes}
        if not keys & {field.key for field in tail} or keys & {
            condition.key
            for field in (*tail, *final)
            for condition in field.condition_ids | field.require_ids
        }:
            break
        rest = part[: len(part) - len(tail)]
        is_emptied = all(field._get_type().starts == "section" for field in rest)
        final = [*(rest if is_emptied else ()), *tail, *final]
        if not is_emptied:
            break
    keys = {field.key for field in final}
    is_left = asks_identity or any(
        field._get_type().holds != "nothing" for field in form_fields if field.key not in keys
    )
    return form_fields.filtered(lambda field: is_left and field.key in keys)


def make_stamp(*values):
    """The same for what says the same: empty answers and ends of lines do not count."""
    kept = [
        {name: each for name, each in value.items() if each} if isinstance(value, dict) else value
        for value in values
    ]
    text = json.dumps(kept, sort_keys=True).replace("\\r\\n", "\\n")
    return hashlib.sha256(text.encode()).hexdigest()
