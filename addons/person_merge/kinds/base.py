from datetime import timedelta

from odoo import fields
from odoo.fields import Domain

from odoo.addons.territory_base import clock

ADDRESS = ("street", "street2", "zip", "city", "commune_id")


class SheetKind:
    """How two sheets of one kind become one. It holds no data; all runs in superuser mode.

    :cvar twins: model, who holds it, of what, and the states in which the row of the kept sheet
        gives way to the one of the other
    :cvar filled: what the kept sheet takes from the other one where it says nothing itself
    """

    twins = ()
    filled = ("phone", "email", *ADDRESS)

    def is_of(self, sheet):
        raise NotImplementedError

    def is_listed(self, sheet):
        """Whether a similar one is looked for."""
        return self.is_of(sheet)

    def find_all(self, env):
        """The sheets that may have a similar one."""
        raise NotImplementedError

    def find_similar(self, sheets):
        """:return: {sheet: those that seem to be the same}"""
        raise NotImplementedError

    def get_problem(self, kept, merged, is_manager):
        """Why they are not merged by this person; empty when they may be."""
        raise NotImplementedError

    def describe(self, sheet):
        """What tells who it is: [(what, words)], the same lines for each sheet of a kind."""
        return []

    # What both hold

    def list_twins(self, env):
        return self.twins

    def end_twins(self, kept, merged):
        """Of what both sheets hold (a household, a child, an organisation), one row ends, the one
        that says less: [[model, id, {field: former value}]]."""
        ended = []
        for name, mine, common, strong in self.list_twins(kept.env):
            rows = self._find_lasting(kept | merged, name, mine)
            if strong:
                rows = rows.filtered(lambda row: row.state not in ("ended", "refused"))
            for twins in rows.grouped(common or (lambda row: True)).values():
                first = twins.filtered(lambda row, mine=mine: row[mine] == kept)[:1]
                other = twins.filtered(lambda row, mine=mine: row[mine] == merged)[:1]
                if first and other:
                    is_weaker = strong and (first.state, other.state) == strong
                    ended.append(self._end(first if is_weaker else other))
        return ended

    def _find_lasting(self, sheets, name, mine):
        return sheets.env[name].search(
            Domain(mine, "in", sheets.ids)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", clock.today()))
        )

    def _end(self, row):
        """The eve is its last day: today it would count twice."""
        eve = clock.today() - timedelta(days=1)
        former = {"date_end": fields.Date.to_string(row.date_end)}
        values = {"date_end": max(row.date_start or eve, eve)}
        if "ended" in dict(row._fields["state"].selection if "state" in row._fields else ()):
            former["state"], values["state"] = row.state, "ended"
        row.write(values)
        return [row._name, row.id, former]


class OccupantKind(SheetKind):
    """A household, or an organisation: it is at an address."""

    occupancy = ("dwelling.occupancy", "occupant_id", "dwelling_id", ("declared", "verified"))

    def end_twins(self, kept, merged):
        """One main address: that of the kept sheet, where it has one."""
        name, mine = self.occupancy[:2]
        rows = self._find_lasting(kept | merged, name, mine).filtered(
            lambda row: row.dwelling_id.kind == "main"
        )
        own = rows.filtered(lambda row: row.occupant_id == kept)
        ended = super().end_twins(kept, merged)
        if own:
            others = (rows - own).filtered(lambda row: row.dwelling_id not in own.dwelling_id)
            ended += [self._end(row) for row in others]
        return ended

    def _get_address(self, sheet):
        return sheet._current_dwelling().display_name or ""
