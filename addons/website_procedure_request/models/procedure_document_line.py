from odoo import models

from odoo.addons.website_parts.tools.day import show_day


class ProcedureDocumentLine(models.Model):
    _inherit = "procedure.document.line"

    def _prepare_portal_values(self, base_url, by):
        """What the page of the applicant shows of it. In superuser mode.

        A file, down to its name, is for the person who gave it: another delegate of the
        organisation sees what was given, and what became of it.
        """
        self.ensure_one()
        tags = {
            "to_provide": {"tone": "moi", "label": self.env._("Expected")},
            "received": {"tone": "cours", "label": self.env._("Received")},
            "accepted": {"tone": "ok", "label": self.env._("Approved")},
            "refused": {"tone": "non", "label": self.env._("Not accepted")},
            "expired": {"tone": "non", "label": self.env._("Out of date")},
        }
        document = self.document_id
        is_own = self._is_given_by(by)
        return {
            "label": self.label,
            "tag": tags[self.state],
            "reason": self._get_portal_reason(),
            "name": document.name if is_own else self.env._("Given by another delegate"),
            "url": f"{base_url}/fichier/{self.id}" if is_own and document.file else None,
        }

    def _get_portal_reason(self):
        """Why, and what to do when nobody has asked for another one yet."""
        if self.state == "refused":
            return self.reason or ""
        if self.state != "expired":
            return ""
        day = self.validity_date
        reason = self.reason or (
            self.env._("It was valid until %(date)s.", date=show_day(self.env, day)) if day else ""
        )
        if self.asked:
            return reason
        advice = self.env._("Send the new one with a message, or bring it to the service.")
        return f"{reason} {advice}".strip()
