from odoo import fields
from odoo.fields import Domain

from .base import ChangeType, _lt


class CustodyType(ChangeType):
    """Where a child lives, as the parent of this household says it: [{person (id), custody, date}],
    custody being `here`, `shared` or `elsewhere`. The other household is neither read nor written:
    the other parent says it of his own."""

    code = "custody"
    argument = "custody"
    label = _lt("Where the child lives")

    def get_words(self, env):
        return {
            "here": env._("Lives here"),
            "shared": env._("Lives here in turn with another household"),
            "elsewhere": env._("No longer lives here"),
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

    def find_membership(self, household, child):
        """Of today, in superuser mode."""
        Membership_sudo = household.env["household.membership"].sudo()
        return Membership_sudo.search(
            Membership_sudo._current_domain()
            & Domain("household_id", "=", household.id)
            & Domain("person_id", "=", child.id),
            limit=1,
        )

    def get_custody(self, membership):
        if not membership:
            return "elsewhere"
        return "shared" if membership.shared_custody else "here"

    def read_known(self, line):
        membership = self.find_membership(line.change_id.subject_id, line.person_id)
        return [self.get_custody(membership), fields.Date.to_string(membership.date_end)]

    def apply(self, line):
        custody = line.new_value["custody"]
        day = fields.Date.to_date(line.new_value["date"])
        membership = self.find_membership(line.change_id.subject_id, line.person_id)
        if custody == "elsewhere":
            membership.date_end = max(membership.date_start or day, day)
        elif membership:
            membership.write({"shared_custody": custody == "shared", "date_end": False})
        else:
            membership.create(
                {
                    "household_id": line.change_id.subject_id.id,
                    "person_id": line.person_id.id,
                    "role": "child",
                    "shared_custody": custody == "shared",
                    "date_start": day,
                }
            )
