"""What a visitor searches, and the address that says it: nothing unknown."""

from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from odoo.addons.territory_search.models.territory_search_index import Asked
from odoo.addons.website_parts.tools.web import number, text

PATH = "/recherche"
QUESTIONS_PATH = "/questions"
WORDS_SIZE = 100
# Attribute: its parameter, its model, the field that its value is.
CRITERIA = {
    "commune": ("ou", "territory.commune", "slug"),
    "topic": ("theme", "territory.topic", "code"),
    "audience": ("pour", "territory.audience", "code"),
    # The reader's own: `suggestions.js` puts there what her browser remembers.
    "own_commune": ("pres", "territory.commune", "insee_code"),
}


class Choice(NamedTuple):
    """Of a list of filters."""

    code: str
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Filters:
    """Records that exist, in superuser mode: their names are on every list."""

    words: str
    kind: str
    page: int
    commune: object
    topic: object
    audience: object
    own_commune: object

    @classmethod
    def from_params(cls, env, values):
        """:param values: MultiDict of the address, as hostile as it may be"""
        records = {}
        for name, (key, model, field) in CRITERIA.items():
            value = text(values.get(key), 50)
            found_sudo = env[model].sudo()
            # The field cuts what is longer: it would find the beginning.
            if value and (field != "insee_code" or len(value) == 5):
                found_sudo = found_sudo.search([(field, "=", value)], limit=1)
            records[name] = found_sudo
        kind = text(values.get("genre"), 20)
        kinds = dict(env["territory.search.document"]._fields["kind"].selection)
        return cls(
            words=" ".join(text(values.get("q"), WORDS_SIZE).split()),
            kind=kind if kind in kinds else "",
            page=max(1, number(values.get("page"), 1)),
            **records,
        )

    @property
    def asked(self):
        return Asked(
            self.words,
            self.kind,
            self.topic.id or 0,
            self.audience.id or 0,
            self.commune.id or 0,
            self.own_commune.id or 0,
            self.page,
        )

    @property
    def is_narrowed(self):
        return bool(self.kind or self.commune or self.topic or self.audience)

    def get_params(self):
        """{parameter: value}, of what is chosen, but the page."""
        params = {"q": self.words, "genre": self.kind}
        for name, (key, _model, field) in CRITERIA.items():
            params[key] = getattr(self, name)[:1][field]
        return {key: value for key, value in params.items() if value}

    def get_url(self, page=1, **changes):
        params = replace(self, **changes).get_params()
        if page > 1:
            params["page"] = page
        return f"{PATH}?{urlencode(params)}" if params else PATH

    def get_chosen(self):
        """[(name of what narrows, the address without it)], but the kind, which has its tabs."""
        names = ("commune", "topic", "audience")
        return [
            (getattr(self, name).name, self.without(name)) for name in names if getattr(self, name)
        ]

    def get_wide_url(self):
        """The same words, in the whole site."""
        none = {name: getattr(self, name).browse() for name in ("commune", "topic", "audience")}
        return self.get_url(kind="", **none)

    def without(self, name):
        """The address of the same search less one criterion."""
        value = getattr(self, name)
        return self.get_url(**{name: "" if isinstance(value, str) else value.browse()})
