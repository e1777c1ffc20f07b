"""What a page of the form shows: its parts, its title and what is wrong on it."""

import itertools

from odoo.addons.website_parts.tools.item import list_error


class FormSections:
    """Part of `FormPage`: the inputs in the order of the page."""

    @property
    def catalogue_label(self):
        return self.env._("Procedures")

    @property
    def title(self):
        name = self.procedure.name
        if self.is_paged or self.is_check:
            name = f"{self.heading} – {name}"
        return self.env._("Error: %(name)s", name=name) if self.errors else name

    @property
    def error_list(self):
        """In the order of the page: (id of the field, sentence that names it)."""
        labels = {}
        for section in self.sections:
            for item in walk(section["fields"]):
                labels.setdefault(item["error_key"], item)
        listed = [
            list_error(item, self.errors[key])
            for key, item in labels.items()
            if self.errors.get(key)
        ]
        for key, message in self.errors.items():
            if key not in labels:
                listed.append((None, self._get_distant_sentence(key, message)))
        return listed

    def _get_distant_sentence(self, key, message):
        """What is wrong on another page, or with the whole form."""
        index = self.get_page_of(key)
        if index is None or index == self.page_index:
            return message
        field = self._fields_by_key.get(key.partition(".")[0])
        return self.env._(
            "Step %(number)s, “%(label)s”: %(message)s",
            number=index + 1,
            label=(field and field.label) or self.env._("You"),
            message=message,
        )

    def error_list_of(self, asked):
        """The same, for the items that a service asks."""
        for entry in asked:
            for field in walk(entry["fields"]):
                if field.get("error"):
                    yield field["id"], f"{entry['label']}\xa0: {field['error']}"

    @property
    def communes(self):
        """(name proposed while typing, what it is called today); any other place may be typed."""
        communes_sudo = self.env["territory.commune"].sudo().search([])
        names = [(commune.name, None) for commune in communes_sudo]
        for former in communes_sudo.former_ids:
            if former.name != former.commune_id.name:
                names.append((former.name, former.commune_id.name))
        return names

    @property
    def suggests_addresses(self):
        return self.env["website.procedure.address"].sudo()._is_on()

    @property
    def sections(self):
        if not hasattr(self, "_sections"):
            self._sections = self._prepare_sections()
        return self._sections

    @property
    def shown_keys(self):
        """Keys of the fields whose inputs are on this page."""
        return {
            item["name"].partition(".")[0]
            for section in self.sections
            for item in section["fields"]
        }

    def _prepare_sections(self):
        sections = [] if self.page_index else self._prepare_subject_sections()
        current = None
        is_out = False
        for field in self.current["fields"]:
            if self.is_check and field.key not in self.visible_keys:
                continue
            if field._get_type().starts == "section":
                is_out = self._is_ruled_out(field)
            if is_out or self._is_ruled_out(field):
                continue
            if field._get_type().starts == "section":
                current = {"label": field.label, "help": field.help, "fields": [], "asked": []}
                self._add_condition([current], field)
                sections.append(current)
                continue
            if current is None:
                label = self.current["label"] or self.env._("Your request")
                # Its title is the heading of the page.
                is_plain = self.is_paged and not any(part["fields"] for part in sections)
                current = {"label": label, "fields": [], "plain": is_plain, "asked": []}
                sections.append(current)
            items = self._prepare_field(field)
            if not self.is_check:
                self._add_condition(items, field)
            current["fields"] += items
            current["asked"].append(field)
        if self.is_identity_page:
            # The need first: who asks comes last.
            sections.append(self._prepare_identity_section())
            sections[-1]["plain"] = bool(self.current.get("is_identity"))
        sections = [section for section in sections if section["fields"]]
        numbers = itertools.count(1)
        for section in sections:
            section["number"] = 0 if section.get("plain") else next(numbers)
        return sections


def walk(items):
    """Every input, those of the rows of a block too."""
    for item in items:
        yield item
        if item["widget"] == "block":
            for row in item["rows"]:
                yield from walk(row["fields"])
