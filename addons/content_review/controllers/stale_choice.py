"""What is shown of a long list of pages to be checked, and the address that says it."""

from typing import NamedTuple
from urllib.parse import urlencode

from odoo.addons.website_parts.tools.web import number, text

PAGE_SIZE = 20


class Row(NamedTuple):
    """`content_sudo`, and what it is chosen by. `communes`: (id, name) of each; (0, …) where it is
    everywhere."""

    content_sudo: object
    kind: str
    communes: tuple


class StaleChoice(NamedTuple):
    commune_id: int
    kind: str
    page: int

    @classmethod
    def from_params(cls, values):
        return cls(
            number(values.get("commune"), -1),
            text(values.get("genre"), 100),
            number(values.get("page"), 1),
        )

    @property
    def is_narrowed(self):
        return self.commune_id >= 0 or bool(self.kind)

    def choose(self, rows):
        return [
            row
            for row in rows
            if self.kind in ("", row.content_sudo._name)
            and (self.commune_id == -1 or self.commune_id in dict(row.communes))
        ]

    def get_commune(self, communes):
        """The name under which a row is told: the one that was chosen, else its first."""
        return dict(communes).get(self.commune_id, communes[0][1])

    def cut(self, rows):
        """(the rows of this page, the number of pages); a page beyond the last one is the last."""
        pages = max(1, -(-len(rows) // PAGE_SIZE))
        page = min(max(self.page, 1), pages)
        return self._replace(page=page), rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], pages

    def get_url(self, path, page=1, **more):
        params = {
            "commune": "" if self.commune_id < 0 else str(self.commune_id),
            "genre": self.kind,
            "page": page if page > 1 else "",
            **more,
        }
        query = urlencode({key: value for key, value in params.items() if value})
        return f"{path}?{query}" if query else path

    def list_communes(self, rows):
        """[(value, name, how many, whether it is chosen)], each counted within the kind."""
        within = self._replace(commune_id=-1).choose(rows)
        return self._count(
            ((str(each), name) for row in within for each, name in row.communes),
            str(self.commune_id),
        )

    def list_kinds(self, rows):
        within = self._replace(kind="").choose(rows)
        return self._count(((row.content_sudo._name, row.kind) for row in within), self.kind)

    def _count(self, values, chosen):
        counts = {}
        for value in values:
            counts[value] = counts.get(value, 0) + 1
        return [(value, name, count, value == chosen) for (value, name), count in counts.items()]
