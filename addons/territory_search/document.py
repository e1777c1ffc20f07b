"""What a visitor finds of a record."""

from typing import NamedTuple


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
