from odoo import models


class HouseholdChangeLine(models.Model):
    _inherit = "household.change.line"

    def _get_undone_reason(self):
        """Why what was reported is not done; empty where it is. In superuser mode."""
        self.ensure_one()
        if self.state == "stale":
            return self.env._(
                "the sheet had changed in between. Look at what it says today; if it is still "
                "wrong, report it again"
            )
        return self.reason if self.state == "refused" else ""

    def _get_done_sentences(self):
        """What was done, line by line, and what comes next. In superuser mode."""
        said = []
        for line in self.filtered(lambda each: each.state == "accepted"):
            said += [line.display_name, line._get_next_sentence()]
        return list(filter(None, said))

    def _get_next_sentence(self):
        """What is still to come once it is accepted: whom it invites answers for herself. In
        superuser mode."""
        self.ensure_one()
        value = self.new_value or {}
        is_invited = self.type == "arrival" and self.state == "accepted" and value.get("email")
        if not is_invited or value.get("role") == "child":
            return ""
        return self.env._(
            "An invitation was sent to %(name)s, who answers in person. Without this answer, this "
            "person is not in your household.",
            name=self._get_named(),
        )
