import re

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.locks import lock_or_replay
from odoo.addons.territory_base.tools import is_phone

LENGTH = 80
# What is said of one person; rows that say the same are shown as one.
SAID = ("name", "link", "phone", "may_fetch", "call_rank", "date_end")


class FamilyContact(models.Model):
    """Somebody around a child, named by one parent: she may fetch it, she is called. Her identity
    is looked at when she comes, and no copy of her papers is kept (CNIL, deliberation 2015-433)."""

    _name = "family.contact"
    _description = "Person around a child"
    _inherit = ["family.row.mixin"]
    _order = "child_id, parent_id, call_rank, id"

    name = fields.Char(required=True)
    link = fields.Char("Who she is", required=True, help="Grandmother, neighbour…")
    phone = fields.Char(required=True)
    may_fetch = fields.Boolean("May fetch the child")
    call_rank = fields.Integer("Called", help="1: called first, after the parents. 0: not called.")
    identity_seen_on = fields.Date("Identity seen on", readonly=True)
    identity_seen_by = fields.Many2one(
        "res.users", "Seen by", readonly=True, ondelete="set null", groups="base.group_user"
    )
    withdrawn_on = fields.Datetime("Withdrawn on", readonly=True)

    UNCALLED = 99

    _is_used = models.Constraint(
        "CHECK(may_fetch OR call_rank > 0)", "She fetches the child, or she is called."
    )

    @api.model
    def _say(self, child, parent, values):
        """One more person.

        :param values: `name`, `link`, `phone`, `may_fetch`, `call_rank`, `date_end`
        :return: the row
        :raise AccessError, ValidationError:
        """
        self._check_may_say(child, parent)
        row_sudo = self.sudo().create(
            {
                **self._check_typed(values),
                "child_id": child.id,
                "parent_id": parent.id,
                "date_start": clock.today(),
            }
        )
        return row_sudo.sudo(self.env.su)

    def _correct(self, values):
        """What was said before stays as it was until now: who might fetch a child this morning is
        known tonight. Her identity is looked at again under another name.

        :return: the row that stands
        """
        self.ensure_one()
        row_sudo = self.sudo()
        child, parent = (each.sudo(self.env.su) for each in (row_sudo.child_id, row_sudo.parent_id))
        self._check_may_say(child, parent)
        values = self._check_typed(values)
        if all(row_sudo[name] == value for name, value in values.items()):
            return self
        lock_or_replay(row_sudo)
        if all(row_sudo[name] == values[name] for name in SAID if name != "call_rank"):
            row_sudo.call_rank = values["call_rank"]
            return self
        row_sudo.withdrawn_on = fields.Datetime.now()
        next_sudo = row_sudo.create(
            {
                **values,
                "child_id": child.id,
                "parent_id": parent.id,
                "date_start": clock.today(),
            }
        )
        if values["name"] == row_sudo.name:
            seen = {"identity_seen_on": row_sudo.identity_seen_on}
            next_sudo.write(seen | {"identity_seen_by": row_sudo.identity_seen_by.id})
        return next_sudo.sudo(self.env.su)

    @api.model
    def _list_named(self, parent, children):
        """Whom this parent names today around these children: each person once, as the rows that
        say the same of her, those who are called first before the others."""
        domain = Domain("parent_id", "=", parent.id) & Domain("child_id", "in", children.ids)
        rows = self.search(self._get_standing_domain() & domain)
        grouped = rows.grouped(lambda row: tuple(row[name] for name in SAID)).values()
        return sorted(grouped, key=lambda same: max(same.mapped("call_rank")) or self.UNCALLED)

    def _say_for(self, children, parent, values):
        """The same of one person for several children. `self`: the rows that name her already.

        :return: the rows that stand
        """
        (self.filtered(lambda row: row.child_id not in children))._withdraw()
        kept = self.browse()
        for row in self.filtered(lambda row: row.child_id in children):
            kept |= row._correct(values)
        for child in children - kept.child_id:
            kept |= self._say(child, parent, values)
        return kept

    def _call_first(self):
        """She is called before the others whom this parent named; who is not called stays so.

        :raise AccessError:
        """
        parent = self.parent_id
        for row in self:
            row._check_may_say(row.child_id, parent)
        if not all(self.mapped("call_rank")):
            return
        others = self._list_named(parent, parent._children_i_may_act_for())
        called = [same for same in others if same[:1].call_rank and not same & self]
        for rank, same in enumerate([self, *called], 1):
            same.sudo().call_rank = rank

    def _withdraw(self):
        """She may fetch nobody from now on; that she might until now stays."""
        self._check_may_withdraw()
        self.sudo().filtered(lambda row: not row.withdrawn_on).withdrawn_on = fields.Datetime.now()

    def action_withdraw(self):
        """The staff withdraws her, at the demand of whoever answers for the child."""
        self._withdraw()

    def action_see_identity(self):
        """She came with her papers: they are looked at, and not copied."""
        for row in self:
            row.sudo().child_id.sudo(self.env.su)._check_file_read_by_user()
        self.sudo().write({"identity_seen_on": clock.today(), "identity_seen_by": self.env.uid})

    @api.model
    def _current_domain(self):
        return super()._current_domain() & Domain("withdrawn_on", "=", False)

    @api.depends("withdrawn_on")
    def _compute_is_current(self):
        withdrawn = self.filtered("withdrawn_on")
        withdrawn.is_current = False
        return super(FamilyContact, self - withdrawn)._compute_is_current()

    @api.model
    def _get_ended_domain(self, before=None):
        withdrawn = (
            Domain("withdrawn_on", "<", before) if before else Domain("withdrawn_on", "!=", False)
        )
        return super()._get_ended_domain(before) | withdrawn

    def _get_end(self):
        withdrawn = self.withdrawn_on and clock.local_day(self.withdrawn_on)
        return min(filter(None, (super()._get_end(), withdrawn)), default=None)

    @api.model
    def _read_typed(self, values):
        kept = {
            name: re.sub(r"\s+", " ", values.get(name) or "").strip()
            for name in ("name", "link", "phone")
        }
        empty = {
            "name": self.env._("Give her or his name."),
            "link": self.env._("Say who this person is, such as a grandmother."),
            "phone": self.env._("Give a phone number."),
        }
        errors = {}
        for name, value in kept.items():
            if not value:
                errors[name] = empty[name]
            elif len(value) > LENGTH:
                errors[name] = self.env._("80 characters at most.")
        if "phone" not in errors and not is_phone(kept["phone"]):
            errors["phone"] = self.env._("This is no phone number. Example: 06 12 34 56 78.")
        kept["may_fetch"] = bool(values.get("may_fetch"))
        kept["call_rank"] = max(0, int(values.get("call_rank") or 0))
        if not kept["may_fetch"] and not kept["call_rank"]:
            errors["role"] = self.env._(
                "Say what she does: she fetches the child, or she is called."
            )
        kept["date_end"] = values.get("date_end") or False
        return kept, errors
