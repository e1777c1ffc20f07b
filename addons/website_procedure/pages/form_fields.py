"""One dict for each input: a template draws it by its widget."""

import re
from dataclasses import replace

from markupsafe import Markup

from odoo.addons.procedure_form.engine.parsing import several
from odoo.addons.public_guard.exceptions import TooManyRequests
from odoo.addons.website_parts.tools.day import show_date
from odoo.addons.website_parts.tools.item import make_item, show_if
from odoo.addons.website_parts.tools.upload import MIMETYPES, get_file_help

from .constants import AUTOCOMPLETE
from .form_conditions import get_condition, get_require_sentence
from .form_reading import MAX_FILES, get_kinds

# As many as are read at a glance; above, a list that unfolds.
GLANCE = 7
# As many as a list unfolds on a phone; above, one is typed, with proposals.
UNFOLDED = 60
# As many as a page carries to propose them while one types.
PROPOSED = 1500
# How often the nearest names are looked for in a long list, from one connection.
NEAR_AN_HOUR = 60


class FormFields:
    """The inputs of a form: a form page adds what was typed and what is wrong."""

    # What a service asks of a request that was sent: nothing of it may follow any more.
    is_asked_again = False

    def _item(self, name, error_key=None, **values):
        return make_item(name, self.errors, error_key, **values)

    def _prepare_field(self, field, name=None):
        """One dict for each input of this field; a template draws it by its widget.

        :param name: of the input, in a row of a repeated block
        """
        name = name or field.key
        asked = field._get_type()
        values = {
            "label": field.label or "",
            "required": field.required,
            # Said in words, with the help.
            "unmarked": bool(field.require_ids),
            "help": self._get_help(field),
            "value": self.raw.get(name),
            "autocomplete": AUTOCOMPLETE.get(field.prefill),
            "width": f"et-w{asked.size}" if asked.size else None,
            **asked.get_attributes(field),
        }
        if self._may_come_later(field):
            # Neither required by the browser, nor optional.
            values.update(required=False, unmarked=True, mark=self.env._("(may follow)"))
        items = getattr(self, f"_prepare_{asked.widget}")(field, name, values)
        known = items and name == field.key and self._prepare_known(field)
        if known:
            items[-1]["known"] = known
        return items

    def _prepare_line(self, _field, name, values):
        return [self._item(name, **values)]

    def _prepare_information(self, _field, name, values):
        return [self._item(name, **{**values, "widget": "information"})]

    def _prepare_link(self, field, name, values):
        return [self._item(name, **{**values, "widget": "link", "url": field.url})]

    def _prepare_exit(self, field, name, values):
        """Read where it stands too, as soon as its condition holds."""
        items = self._prepare_information(field, name, values)
        if field.url:
            link = {**values, "label": self.env._("Find out more"), "help": None}
            items += self._prepare_link(field, name, link)
        return items

    def _prepare_text(self, _field, name, values):
        return [self._item(name, **{**values, "widget": "text"})]

    def _prepare_day(self, field, name, values):
        values["value"] = show_date(values["value"])
        return [self._item(name, **values, day=field.date_limit or "any")]

    def _prepare_yes_no(self, _field, name, values):
        value = {"1": "1", "true": "1", "0": "0", "false": "0"}.get(
            str(values.pop("value") or "").lower()
        )
        values.update(
            widget="choice",
            values=[value],
            choices=[("1", self.env._("Yes")), ("0", self.env._("No"))],
        )
        return [self._item(name, **values)]

    def _prepare_options(self, field, name, values):
        choices = [(option.value, option.label) for option in field.option_ids]
        return self._add_words(field, name, values, self._make_choice, choices)

    def _add_words(self, field, name, values, make, choices):
        """The input of the choices, then the words of those that are free."""
        free = field._get_free_choices()
        wrong = free and name in self.errors and self._find_wordless(field, name)
        if wrong:
            # Said beside the words that lack.
            values["error_key"] = f"{name}."
        return [
            make(field, name, values, choices),
            *(self._prepare_words(field, name, choice, choice.value == wrong) for choice in free),
        ]

    def _find_wordless(self, field, name):
        """The choice whose words are what is wrong."""
        asked = replace(field._prepare_engine_field(), key=name)
        typed = self.raw.get(name) or []
        # It may be typed in words.
        labels = {choice.label.casefold(): choice.value for choice in field._get_free_choices()}
        values = [labels.get(each.casefold(), each) for each in several(typed)]
        return asked.kind.find_wordless(asked, {**self.raw, name: values})

    def _prepare_words(self, field, name, option, is_wrong):
        """The words of a free choice: shown by the script once it is ticked."""
        value = self.raw.get(f"{name}.{option.value}")
        item = self._item(
            f"{name}.{option.value}",
            error_key=name if is_wrong else None,
            label=self.env._("Specify “%(choice)s”", choice=option.label),
            required=True,
            value=value[-1] if isinstance(value, list) and value else value or None,
        )
        sentence = self.env._("If you ticked “%(choice)s”:", choice=option.label)
        values = field._get_typed_values([option.value])
        show_if(item, name, *values, sentence=sentence)
        return item

    def _prepare_searched(self, field, name, values):
        """Read at a glance, unfolded, or typed where they are many: without a script too."""
        choices = self._get_choices(field, name)
        is_typed = len(choices) > UNFOLDED and not field._get_type().is_several
        make = self._make_typed if is_typed else self._make_unfolded
        return self._add_words(field, name, values, make, choices)

    def _make_unfolded(self, field, name, values, choices):
        """What was typed in words is chosen in the list."""
        typed = values["value"] or []
        typed = typed if isinstance(typed, list) else [typed]
        by_label = {label: value for value, label in choices}
        values["value"] = [by_label.get(each, each) for each in typed]
        source = {} if field._get_type().is_several else self._get_source(field, name)
        return self._make_choice(field, name, {**values, **source}, choices, bool(source))

    def _make_typed(self, field, name, values, choices):
        """The browser proposes as one types; mistyped, the nearest are proposed by the page."""
        value = values["value"]
        values["value"] = dict(choices).get(value, value)
        words = self.env._("Type its first letters, then choose it.")
        values["help"] = " ".join(filter(None, (values["help"], words)))
        proposed = [label for _value, label in choices] if len(choices) <= PROPOSED else []
        item = self._item(
            name, **{**values, **self._get_source(field, name)}, autocomplete_off=True
        )
        item.update(proposed=proposed, list=f"{item['id']}-p")
        if item["error"] and value:
            item["near"] = self._find_near(field, name, value)
        return item

    def _find_near(self, field, name, value):
        """Looked for among many: a post that is refused costs too, and is counted."""
        try:
            guard = self.env["public.guard"]
            guard._hit("procedure.near", self.visit.sender, NEAR_AN_HOUR, 3600)
        except TooManyRequests:
            return []
        return field._get_near_choices(value, self._get_answers_at(name))

    def _get_source(self, field, name):
        """Where a script finds the choices again once the answer above changes, on this page."""
        other = field._get_choices_filter()
        if not other or not self.choices_url or other not in self.current["fields"]:
            return {}
        part = ".commune" if other._get_type().parts else ""
        return {"source": f"{self.choices_url}/{field.key}", "above": f"{other.key}{part}"}

    def _prepare_records(self, field, name, values):
        if field._get_type().is_of_household:
            values["more"] = self._get_household_link()
        return [self._make_choice(field, name, values, self._get_choices(field, name))]

    def _get_household_link(self):
        """Where one adds what is missing among the choices."""
        return "/my/foyer", self.env._("Complete my household")

    def _make_choice(self, field, name, values, choices, is_unfolded=False):
        is_several = field._get_type().is_several
        chosen = values.pop("value") or []
        chosen = chosen if isinstance(chosen, list) else [chosen]
        if (len(choices) > GLANCE or is_unfolded) and not is_several:
            return self._item(
                name, **values, widget="select", choices=choices, value=(chosen or [None])[-1]
            )
        return self._item(
            name, **values, widget="choice", several=is_several, choices=choices, values=chosen
        )

    def _get_choices(self, field, name):
        """What may be chosen in this input, in the light of the answers above it."""
        return self._get_records(field, self._get_answers_at(name))

    def _get_records(self, field, answers):
        """What this person may choose from, read once for all the fields alike."""
        key = field._get_choices_key(answers)
        if key not in self._records:
            self._records[key] = field._get_record_choices(
                self.partner or self.env["res.partner"], answers
            )
        return self._records[key]

    def _prepare_commune(self, _field, name, values):
        values["value"] = self._get_commune_name(values["value"])
        self.has_communes = True
        item = self._item(name, **values, list="communes", autocomplete_off=True)
        self._add_near_communes(item)
        return [item]

    def _add_near_communes(self, item):
        """Mistyped, its name is proposed: one press writes it."""
        if (
            item["error"]
            and item["value"]
            and not self.get_lookups()["find_commune"](item["value"])
        ):
            Commune_sudo = self.env["territory.commune"].sudo()
            item["near"] = Commune_sudo._get_near_names(item["value"])

    def _get_commune_name(self, value):
        """The address keeps the INSEE code; people read a name."""
        if value and re.fullmatch(r"\d[\dAB]\d{3}", value):
            commune_sudo = self.env["territory.commune"].sudo()._find_by_insee(value)
            return commune_sudo.name or value
        return value

    def _prepare_consent(self, _field, name, values):
        return [self._item(name, **{**values, "widget": "consent"})]

    def _prepare_file(self, field, name, values):
        kinds = get_kinds(field)
        kept = self._get_kept(name)
        values.pop("value")
        values.update(
            widget="file",
            photo="jpg" in kinds,
            accept=",".join(MIMETYPES[kind] for kind in kinds),
            needed=field.required and not self._may_come_later(field) and not kept,
            room=min(field.max_files or 1, MAX_FILES) - len(kept),
            files=[self.describe_file(file) for file in kept],
            given=self._prepare_given(field) if name == field.key else (),
        )
        return [self._item(name, **values)]

    def prepare_upload(self, item):
        """The input of a document asked by the service; see `_get_asked_items`."""
        field = item["field"] or self.env["procedure.field"]
        kinds = get_kinds(field)
        return self._item(
            item["key"],
            widget="file",
            label=item["label"],
            required=True,
            help=get_file_help(self.env, kinds),
            photo="jpg" in kinds,
            accept=",".join(MIMETYPES[kind] for kind in kinds),
            needed=True,
            room=max(field.max_files, len(item["lines"]), 1),
        )

    def add_reason(self, item, reason):
        """Why it is asked, first, and tied to the input."""
        item["help"] = Markup("<strong>%s</strong> %s") % (reason or "", item.get("help") or "")
        described = item["describedby"] or ""
        if f"{item['id']}-a" not in described:
            item["describedby"] = f"{item['id']}-a {described}".strip()

    def _get_help(self, field):
        parts = [field.help] if field.help else []
        parts.append(get_require_sentence(field, self._fields_by_key))
        asked = field._get_type()
        parts.append(asked.get_hint(self.env))
        if asked.holds == "files":
            if field.validity_kind == "months" and field.validity_months:
                parts.append(
                    self.env._("Less than %(months)s months old.", months=field.validity_months)
                )
            parts.append(get_file_help(self.env, get_kinds(field)))
        parts.append(self._get_origin(field))
        parts.append(self._get_later_sentence(field))
        return " ".join(filter(None, parts)) or None

    def _may_come_later(self, field):
        return field._is_asked_later() and not self.is_asked_again

    def _get_later_sentence(self, field):
        if not self._may_come_later(field):
            return ""
        if field._get_type().holds == "files":
            return self.env._("If you do not have it today, you send it later.")
        return self.env._("If you do not know it today, you tell us later.")

    def _get_origin(self, field):
        """Where the first answer came from, and when: old data are seen to be old."""
        day = self.origins.get(field.key) or self.origins.get(f"{field.key}.street")
        if not day:
            return None
        organisation, child = self.get_acting()
        is_of_home = field.prefill in ("address", "street", "commune", "household_size")
        is_of_child = (field.prefill or "").startswith("child_")
        is_of_organisation = (field.prefill or "").startswith("organisation_")
        if is_of_home or is_of_child or is_of_organisation:
            whom = child if is_of_child else organisation
            if whom:
                return self.env._(
                    "Taken from the sheet of %(name)s on %(day)s: correct it if it has changed.",
                    name=whom.sudo().name,
                    day=show_date(day),
                )
            return self.env._(
                "Taken from your household’s file on %(day)s: correct it if it has changed.",
                day=show_date(day),
            )
        return self.env._(
            "Taken from your account on %(day)s: correct it if it has changed.",
            day=show_date(day),
        )

    def _add_condition(self, items, field, prefix=""):
        """Without script everything is shown, with the sentence that says when to answer."""
        condition = get_condition(field, self._fields_by_key, prefix)
        if condition:
            for item in items:
                item.setdefault("conditions", []).append(condition[0])
                item.setdefault("condition_sentences", []).append(condition[1])
