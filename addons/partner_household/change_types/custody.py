from odoo import fields
from odoo.fields import Domain

from odoo.addons.territory_base import clock

from .base import ChangeType, _lt


class CustodyType(ChangeType):
    """Where a child lives, as the parent of this household says it: [{person (id), custody, date}],
    custody being `here`, `shared` or `elsewhere`. The other household is neither read nor written:
    the other parent says it of his own."""

    code = "custody"
    argument = "custody"
    label = _lt("Where the child lives")
    title = _lt("Home of the child")

    def get_words(self, env):
        return {
            "here": env._("The child lives here"),
            "shared": env._("The child lives here in turn with another household"),
            "elsewhere": env._("The child no longer lives here"),
        }

    def prepare(self, proposal, raw):
        words, lines = self.get_words(proposal.env), []
        for said in raw:
            child = proposal.get_child(said.get("person"))
            day = proposal.read_day(said.get("date"))
            custody = said.get("custody")
            if custody not in words:
                proposal.errors.append(proposal.env._("Say where the child lives."))
                continue
            membership = self.find_membership(proposal.subject, child)
            known = self.get_custody(membership)
            if known != custody:
                lines.append(
                    {
                        "field_key": self.code,
                        "person_id": child.id,
                        "old_text": words[known],
                        "new_text": words[custody],
                        "new_value": {"custody": custody, "date": fields.Date.to_string(day)},
                    }
                )
        return lines

    def find_stays(self, household, child):
        """Of today and to come, the last one first, in superuser mode."""
        Membership_sudo = household.env["household.membership"].sudo()
        return Membership_sudo.search(
            Domain("household_id", "=", household.id)
            & Domain("person_id", "=", child.id)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", clock.today())),
            order="date_start desc, id desc",
        )

    def find_membership(self, household, child):
        return self.find_stays(household, child)[:1]

    def get_custody(self, membership):
        """Once what is accepted has come: a stay that has an end is over."""
        if not membership or membership.date_end:
            return "elsewhere"
        return "shared" if membership.shared_custody else "here"

    def read_known(self, line):
        membership = self.find_membership(line.change_id.subject_id, line.person_id)
        return [membership.id, self.get_custody(membership)]

    def apply(self, line):
        """From that day on: what was to begin later no longer does."""
        custody = line.new_value["custody"]
        day = fields.Date.to_date(line.new_value["date"])
        stays = self.find_stays(line.change_id.subject_id, line.person_id)
        later = stays.filtered(lambda stay: stay.date_start and stay.date_start > day)
        last = (stays - later)[:1]
        if not last and later and custody != "elsewhere":
            # It began after that day already: it is the same stay, as it is said now.
            last, later = later[-1:], later[:-1]
        later.unlink()
        is_lasting = last and (not last.date_end or last.date_end >= day)
        if custody == "elsewhere":
            if is_lasting:
                last.date_end = day
            return
        is_shared = custody == "shared"
        start, today = last.date_start or day, clock.today()
        if is_lasting and (last.shared_custody == is_shared or day <= max(start, today)):
            last.write({"shared_custody": is_shared, "date_end": False})
            return
        if is_lasting:
            last.date_end = fields.Date.subtract(day, days=1)
            # Before the new one: one is open at a time.
            last.flush_recordset()
        last.create(
            {
                "household_id": line.change_id.subject_id.id,
                "person_id": line.person_id.id,
                "role": "child",
                "shared_custody": is_shared,
                "date_start": day,
            }
        )
