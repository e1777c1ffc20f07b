"""What a visitor finds of a record."""

from typing import NamedTuple

from markupsafe import Markup

from odoo.tools.mail import html_to_inner_content

from odoo.addons.territory_base.tools import put_on_one_line


def read_text(html):
    """The words of an Html field on one line; spaces that do not break stay so."""
    # Core makes an ordinary space of what is not written as an entity.
    html = Markup(str(html or "").replace("\xa0", "&nbsp;"))
    return put_on_one_line(html_to_inner_content(html))


def cut(text, size):
    """At most `size` characters, between two words; not `textwrap`, whose spaces all break."""
    if len(text) <= size:
        return text
    begun = text[: size - 1]
    return (begun.rpartition(" ")[0] or begun).rstrip(" \xa0,;:") + "…"


class SearchDocument(NamedTuple):
    """What `_get_search_document()` gives, of what is public only: it is shown as it is.

    `kind`: a code of `territory.search.document`, for the facets. `label`: what it is, in a few
    words, above its title. `keywords` and `text` are searched and never shown. Without `url`, a
    telephone is what people look for.
    """

    kind: str
    name: str
    url: str = ""
    label: str = ""
    keywords: str = ""
    summary: str = ""
    text: str = ""
    phone: str = ""
    commune_ids: list = ()
    topic_id: int = 0
    audience_ids: list = ()

    def to_json(self):
        """As it is stored beside the record: plain values, so that two equal ones are equal."""
        return {
            name: sorted(value) if isinstance(value, list | tuple) else (value or "")
            for name, value in self._asdict().items()
        }
