"""A long form is filled in page by page; every page carries what was typed on the others."""

from odoo.addons.website_parts.tools.web import number

from .constants import CHECK_STEP

# The key of no field.
IDENTITY_PAGE = "_you"


class FormPaging:
    """The pages of a form: cut at its fields of type page, those that do not apply left out."""

    page_index = 0

    @property
    def pages(self):
        """dict(key, label, help, fields) of each page that applies."""
        if not hasattr(self, "_pages"):
            pages = self._cut_pages()
            visible = self.visible_keys if len(pages) > 1 else ()
            self._pages = [
                page
                for page in pages
                if len(pages) == 1
                or page.get("is_identity")
                or any(field.key in visible for field in page["fields"])
            ]
            if self.has_acting_page:
                self._pages.insert(0, self._make_acting_page())
            if self.has_check:
                self._pages.append(self._make_check_page())
        return self._pages

    def _cut_pages(self):
        """What comes before the first page is a page too; a visitor's own details are the last."""
        pages = []
        final = set(self.final_fields.mapped("key"))
        for field in self.version.field_ids:
            if field.key in final:
                continue
            if field._get_type().starts == "page":
                pages.append(
                    {"key": field.key, "label": field.label, "help": field.help, "fields": []}
                )
            elif not field.block_key and self.is_asked(field):
                if not pages:
                    label = self.env._("Your request")
                    pages.append({"key": "", "label": label, "help": None, "fields": []})
                pages[-1]["fields"].append(field)
        if len(pages) > 1 and self.asks_identity:
            label = self.env._("How to answer you")
            pages.append(
                {
                    "key": IDENTITY_PAGE,
                    "label": label,
                    "help": None,
                    "fields": [],
                    "is_identity": True,
                }
            )
        return pages or [{"key": "", "label": "", "help": None, "fields": []}]

    def is_asked(self, field):
        return self.has_account or not field._get_type().needs_account

    def _is_ruled_out(self, field):
        """Its conditions are all about former pages, and do not hold: no need to show it."""
        if not self.is_paged or not field.condition_ids or field.key in self.visible_keys:
            return False
        here = {other.key for other in self.current["fields"]}
        return not here & set(field.condition_ids.mapped("key"))

    @property
    def last_index(self):
        """Of the pages that ask: everything is read again on the one after."""
        return len(self.pages) - (2 if self.has_check else 1)

    @property
    def is_paged(self):
        return self.last_index > 0

    @property
    def is_last(self):
        return self.page_index >= self.last_index

    @property
    def next_action(self):
        """What the button of this page does, and the Enter key with it."""
        if self.is_check or (self.is_last and not self.has_check):
            return "send"
        return "check" if self.is_last or self.returns else "next"

    @property
    def is_identity_page(self):
        """Who asks is said last."""
        return self.page_index == self.last_index

    @property
    def current(self):
        return self.pages[min(self.page_index, len(self.pages) - 1)]

    @property
    def heading(self):
        """Where she is, for the title and for the heading of the page."""
        if self.is_check:
            return self.current["label"]
        return self.env._(
            "Step %(number)s of %(count)s: %(label)s",
            number=self.page_index + 1,
            count=self.last_index + 1,
            label=self.current["label"],
        )

    def go(self, index):
        self.page_index = max(0, min(index, len(self.pages) - 1))
        self.__dict__.pop("_sections", None)

    def forget(self):
        """What was worked out of the answers, once they are others."""
        for name in ("_sections", "_typed", "_pages"):
            self.__dict__.pop(name, None)

    def go_to_key(self, key):
        keys = [page["key"] for page in self.pages]
        self.go(keys.index(key) if key in keys else 0)

    def read_page(self):
        """The page that was sent, by the key of its first field: its number changes with the
        answers."""
        self.go_to_key(self.posted.text("_page", 100))
        self.returns = bool(self.posted.text("_returns", 1))

    def go_wanted(self, wanted):
        """The page of the address: a number that people read, or the word of the last one."""
        if wanted == CHECK_STEP and self.has_check:
            self.go(self.check_index)
        else:
            self.go(min(number(wanted, default=1) - 1, self.last_index))

    @property
    def step_query(self):
        """What leads back to this page."""
        query = f"etape={CHECK_STEP if self.is_check else self.page_index + 1}"
        if self.returns:
            query += f"&{CHECK_STEP}=1"
        return query + "".join(f"&remplacer={file_id}" for file_id in sorted(self.replaced)[:1])

    # What is wrong, and where

    def get_page_of(self, error_key):
        """The number of the page where this error is shown; nothing for the whole form."""
        key = error_key.partition(".")[0]
        if key == "_for" and (self.is_for_child or self.has_acting_page):
            return 0
        if key.startswith(("contact_", "_for")):
            return self.last_index
        for index, page in enumerate(self.pages):
            if any(field.key == key for field in page["fields"]):
                return index
        return None

    def ends_with(self, action):
        """Whether these answers end the form: `exit` is then the question that says why. From one
        page to the next, those of the pages to come do not count yet."""
        if action in ("next", "check", "send", ""):
            self.exit = self._find_exit()
            if self.exit and action == "next":
                is_later = (self.get_page_of(self.exit.key) or 0) > self.page_index
                self.exit = None if is_later else self.exit
        return bool(self.exit)

    def get_errors_here(self, errors):
        return {
            key: sentence
            for key, sentence in errors.items()
            if self.get_page_of(key) == self.page_index
        }

    def get_errors_before(self, errors):
        """Those of the questions, and of the whole form."""
        return {
            key: sentence
            for key, sentence in errors.items()
            if self.get_page_of(key) != self.check_index or self.check_index is None
        }

    def go_to_first_error(self):
        found = {self.get_page_of(key) for key in self.errors} - {None}
        if found:
            self.go(min(found))

    # What the page carries

    def get_number_kind(self, name):
        """How the script compares an answer of another page; None when as text."""
        field = self._fields_by_key.get(name)
        return field and field._get_type().get_attributes(field).get("number")

    @property
    def carried(self):
        """(name, value) of what was typed on the other pages."""
        shown = set() if self.exit else self.shown_keys
        for name, value in {**self.raw, **self.identity}.items():
            if name.removeprefix("_rows.").partition(".")[0] in shown:
                continue
            for each in value if isinstance(value, list) else [value]:
                if each:
                    yield name, each
        is_several = self.is_paged or self.is_check or self.exit
        if "_for" in shown:
            yield "_was_for", self.acting_for or self.partner.id
        elif is_several and (self.acting_for or self.lost_choice):
            yield "_for", self.acting_for or self.lost_choice
