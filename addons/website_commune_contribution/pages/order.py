"""The parts of the page of a commune, as its town hall puts them in order."""

from typing import NamedTuple

from odoo.exceptions import ValidationError

from odoo.addons.website_parts.tools.item import make_item

NAME = "block_ids"


class Part(NamedTuple):
    key: str
    title: str
    # Of those of its place that show, beginning with 1; those that are hidden come after.
    rank: int
    is_hidden: bool
    # Nothing was written there: it does not show.
    is_empty: bool


class PageOrder:
    """
    :param revision: `content.revision` of a `territory.commune`, with the rights of its author
    """

    def __init__(self, revision):
        self.env = revision.env
        self.revision = revision
        commune_sudo = revision.sudo()._get_content()
        shared = {key: block for key, (block, _record) in commune_sudo._get_shared_blocks().items()}
        self.blocks = commune_sudo._get_block_types() | shared
        self.kept = {}
        for row in (revision.sudo().values or {}).get(NAME) or []:
            key = row.get("code") or f"shared-{row.get('shared_id')}"
            if key in self.blocks:
                self.kept[key] = row

    def list_keys(self, place):
        """As the page has them, then those that are hidden."""
        lines = sorted(self.kept, key=lambda key: self.kept[key]["sequence"])
        usual = sorted(self.blocks.keys() - self.kept.keys(), key=self._get_usual_rank)
        keys = [key for key in (*lines, *usual) if self.blocks[key].place == place]
        return sorted(keys, key=self._is_hidden)

    def _get_usual_rank(self, key):
        return self.blocks[key].rank

    def _is_hidden(self, key):
        return bool(self.kept.get(key, {}).get("is_hidden"))

    # ------------------------------------------------------------
    # Shown
    # ------------------------------------------------------------

    def list_parts(self, place):
        shown = {each.key for each in self.revision._get_preview()._get_page_blocks()}
        return [
            Part(
                key,
                self.blocks[key].title,
                rank,
                self._is_hidden(key),
                key not in shown and not self._is_hidden(key),
            )
            for rank, key in enumerate(self.list_keys(place), 1)
        ]

    def make_item(self, item, posted=None):
        """
        :param posted: what was typed and is shown again
        """
        groups = []
        titles = {"main": self.env._("In the page"), "side": self.env._("Beside it")}
        for place, title in titles.items():
            rows = []
            for part in self.list_parts(place):
                rank, hidden = f"{NAME}.rank.{part.key}", f"{NAME}.hide.{part.key}"
                rows.append(
                    {
                        "part": part,
                        "rank": make_item(
                            rank, {}, value=posted.text(rank, 9) if posted else str(part.rank)
                        ),
                        "hide": make_item(
                            hidden, {}, is_on=posted.text(hidden) if posted else part.is_hidden
                        ),
                    }
                )
            if rows:
                groups.append({"title": title, "rows": rows})
        return {
            **item,
            "template": "website_commune_contribution.order_input",
            "groups": groups,
            "rows": [],
        }

    # ------------------------------------------------------------
    # Typed
    # ------------------------------------------------------------

    def read_typed(self, posted):
        """Lines for `content.revision._change`: no more of them than the order needs, so that a
        part that comes later stands where everybody has it."""
        rows = []
        for place in ("main", "side"):
            hidden, back, ranks = set(), [], []
            for rank, key in enumerate(self.list_keys(place), 1):
                wanted = self._read_rank(posted.text(f"{NAME}.rank.{key}", 9), rank)
                if posted.text(f"{NAME}.hide.{key}"):
                    hidden.add(key)
                elif self._is_hidden(key) and wanted == rank:
                    back.append(key)
                    continue
                # One that moves up stands before the one that had this rank; down, after it.
                ranks.append((wanted, (wanted > rank) - (wanted < rank), rank, key))
            keys = [key for *_rank, key in sorted(ranks)]
            for key in back:
                self._place_as_usual(key, keys)
            shown = [key for key in keys if key not in hidden]
            arranged = 0
            while shown[arranged:] != sorted(shown[arranged:], key=self._get_usual_rank):
                arranged += 1
            for key in [*shown[:arranged], *(key for key in keys if key in hidden)]:
                rows.append(self._make_row(key, len(rows) + 1, key in hidden))
        return rows

    def _place_as_usual(self, key, keys):
        """Among the others, before the first one that usually comes after it."""
        rank = self._get_usual_rank(key)
        places = (place for place, each in enumerate(keys) if self._get_usual_rank(each) > rank)
        keys.insert(next(places, len(keys)), key)

    def _read_rank(self, typed, rank):
        if not typed:
            return rank
        if not typed.isascii() or not typed.isdecimal():
            raise ValidationError(self.env._("Write a whole number for each part: 1, 2, 3."))
        return int(typed)

    def _make_row(self, key, sequence, is_hidden):
        kept = self.kept.get(key, {})
        shared = key.removeprefix("shared-")
        return {
            "id": kept.get("id", False),
            "sequence": sequence,
            "code": "" if shared != key else key,
            "shared_id": shared if shared != key else "",
            "is_hidden": is_hidden,
        }
