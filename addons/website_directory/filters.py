"""What a visitor of the directory asks for, and the address that says it: nothing unknown."""

from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from odoo.addons.website_parts.tools.web import number, text

PATH = "/annuaire"
MOST_CHOICES = 20
WORDS_SIZE = 100
# Field: the code of its filter in addresses.
ACCESS = {
    "access_step_free": "plain-pied",
    "access_parking": "parking",
    "access_toilets": "toilettes",
    "access_hearing_loop": "boucle",
}


class Choice(NamedTuple):
    """Of a list of filters."""

    code: str
    name: str
    count: int
    is_chosen: bool
    depth: int = 0


@dataclass(frozen=True)
class Filters:
    """Codes that exist, each once; `page` begins at 1."""

    words: str = ""
    commune: str = ""
    categories: tuple = ()
    audience: str = ""
    facets: tuple = ()
    access: tuple = ()
    is_open: bool = False
    is_map: bool = False
    page: int = 1

    @classmethod
    def from_params(cls, env, values):
        """:param values: MultiDict of the address, as hostile as it may be"""

        def known(model, name, codes):
            if not codes:
                return ()
            # Only codes that were typed come out, of what every page of the directory names.
            found_sudo = env[model].sudo().search([(name, "in", codes)])
            return tuple(code for code in codes if code in found_sudo.mapped(name))

        def several(key):
            codes = [text(value, 50) for value in values.getlist(key)[:MOST_CHOICES]]
            return list(dict.fromkeys(filter(None, codes)))

        return cls(
            words=text(values.get("q"), WORDS_SIZE),
            commune="".join(known("territory.commune", "slug", several("ou")[:1])),
            categories=known("directory.category", "code", several("c")),
            audience="".join(known("territory.audience", "code", several("pour")[:1])),
            facets=known("directory.facet", "code", several("f")),
            access=tuple(code for code in several("acces") if code in ACCESS.values()),
            is_open=values.get("ouvert") == "1",
            is_map=values.get("carte") == "1",
            page=max(1, number(values.get("page"), 1)),
        )

    @property
    def chosen(self):
        """How many filters narrow the list."""
        single = (self.words, self.commune, self.audience, self.is_open)
        return sum(map(bool, single)) + len(self.categories + self.facets + self.access)

    def without(self, name, code=None):
        """The same from the first page, less a filter, or one of its values."""
        value = getattr(self, name)
        if isinstance(value, tuple):
            rest = tuple(each for each in value if each != code)
        else:
            rest = type(value)()
        return replace(self, page=1, **{name: rest})

    def at_page(self, page):
        return replace(self, page=page)

    def get_url(self, **changes):
        asked = replace(self, **changes)
        pairs = [
            ("q", asked.words),
            ("ou", asked.commune),
            *(("c", code) for code in asked.categories),
            ("pour", asked.audience),
            *(("f", code) for code in asked.facets),
            *(("acces", code) for code in asked.access),
            ("ouvert", "1" if asked.is_open else ""),
            ("carte", "1" if asked.is_map else ""),
            ("page", str(asked.page) if asked.page > 1 else ""),
        ]
        query = urlencode([(name, value) for name, value in pairs if value])
        return f"{PATH}?{query}" if query else PATH
