from odoo import fields
from odoo.fields import Domain

from odoo.addons.territory_base import clock

from .address import HOME, AddressType
from .base import _lt


class NewHomeType(AddressType):
    """She leaves the household, and lives elsewhere: as `address`, but of herself alone and of her
    children that come along: {…, children: [id], shared (whether they live in the household that
    she leaves too, in turn)}. The other adults are neither read nor written."""

    code = "new_home"
    argument = "new_home"
    label = _lt("I leave, and live at")
    title = _lt("Departure and new address")

    def prepare(self, proposal, raw):
        children = [proposal.get_child(each) for each in raw.get("children") or ()]
        lines = super().prepare(proposal, raw)
        for line in lines:
            line["new_value"] |= {
                "children": [child.id for child in children],
                "shared": bool(raw.get("shared")),
            }
            line["new_text"] = ", ".join(
                [line["new_text"], *(child.sudo().name for child in children)]
            )
        return lines

    def get_text(self, line):
        is_place = line.env.context.get("unnamed_children")
        return self._tell_place(line.env, line.new_value) if is_place else super().get_text(line)

    def find_compared(self, subject):
        """Of what is to come of those who stay, nothing is told."""
        return subject._current_dwelling()

    def _get_holder(self, subject, requester):
        return requester

    def find_membership(self, line, person):
        """Of today, in the household that she leaves."""
        Membership = line.env["household.membership"]
        return Membership.search(
            Membership._current_domain()
            & Domain("household_id", "=", line.change_id.subject_id.id)
            & Domain("person_id", "=", person.id),
            limit=1,
        )

    def read_known(self, line):
        membership = self.find_membership(line, line.change_id.requester_id)
        return [membership.id, fields.Date.to_string(membership.date_end)]

    def apply(self, line):
        value, me = line.new_value, line.change_id.requester_id
        day = fields.Date.to_date(value["date"])
        membership = self.find_membership(line, me)
        membership.date_end = max(membership.date_start or day, day)
        household = me._create_household()
        household.member_ids.date_start = day
        for child in line.env["res.partner"].browse(value["children"]).exists():
            if child._is_child_accessible_by(me):
                self.bring(line, child, household, day)
        if not value.get("commune_id"):
            me.write({**{name: value[name] for name in HOME}, "commune_id": False})
            return
        commune = line.env["territory.commune"].browse(value["commune_id"])
        Dwelling = line.env["territory.dwelling"]
        household._occupy(Dwelling._find_or_create(value["street"], value["street2"], commune), day)
        if day <= clock.today() and any(me[name] for name in HOME):
            # One address, that of the dwelling.
            me.write(dict.fromkeys(HOME, False))

    def bring(self, line, child, household, day):
        is_shared = line.new_value["shared"]
        former = self.find_membership(line, child)
        if former and is_shared and day <= clock.today():
            former.shared_custody = True
        elif former and (not former.date_end or former.date_end > day):
            former.date_end = max(former.date_start or day, day)
            if is_shared:
                former.flush_recordset()
                self.settle(line, child, former.household_id, day, is_shared)
        self.settle(line, child, household, day, is_shared)

    def settle(self, line, child, household, day, is_shared):
        line.env["household.membership"].create(
            {
                "household_id": household.id,
                "person_id": child.id,
                "role": "child",
                "shared_custody": is_shared,
                "date_start": day,
            }
        )
