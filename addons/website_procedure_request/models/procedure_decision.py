from odoo import api, models

from odoo.addons.website_parts.tools.day import show_moment

REFUSALS = ("refused", "implicit_refused")


class ProcedureDecision(models.Model):
    _inherit = "procedure.decision"

    @api.model
    def _get_portal_titles(self):
        """Hook: what each kind of decision is called on the page of the applicant.

        :return: dict: value of `kind` → title
        """
        return {
            "accepted": self.env._("Your request is accepted"),
            "accepted_conditionally": self.env._("Your request is accepted, with conditions"),
            "implicit_accepted": self.env._("Your request is accepted: the delay is over"),
            "refused": self.env._("Your request is refused"),
            "implicit_refused": self.env._("Your request is refused: the delay is over"),
            "dropped": self.env._("Your request is closed without an answer"),
        }

    def _prepare_portal_values(self):
        """What the page of the applicant shows of it. In superuser mode."""
        self.ensure_one()
        is_refusal = self.kind in REFUSALS
        # Conditions are a refusal of the rest.
        has_appeal = is_refusal or self.kind == "accepted_conditionally"
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return {
            "title": self._get_portal_titles().get(self.kind) or kinds[self.kind],
            "date": show_moment(self.env, self.date),
            "reasons": self.reasons,
            "conditions": self.conditions,
            "is_refusal": is_refusal,
            "appeal": has_appeal and self.request_id._get_appeal_text(self.kind),
        }
