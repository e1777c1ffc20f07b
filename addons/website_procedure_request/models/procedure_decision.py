from odoo import api, models

from odoo.addons.website_parts.tools.day import show_moment


class ProcedureDecision(models.Model):
    _inherit = "procedure.decision"

    @api.model
    def _get_portal_titles(self):
        """Hook: what each kind of decision is called on the page of the applicant.

        :return: dict: value of `kind` → title; a kind may say its own (`DecisionKind.title`)
        """
        own = {
            kind: self.env._(known.title)
            for kind, known in self._get_kinds().items()
            if known.title
        }
        return {
            **own,
            "accepted": self.env._("Your request is accepted"),
            "accepted_conditionally": self.env._("Your request is accepted, with conditions"),
            "refused": self.env._("Your request is refused"),
            "dropped": self.env._("Your request is closed without an answer"),
        }

    def _get_portal_title(self):
        """Hook: what this one is called there. In superuser mode."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self._get_portal_titles().get(self.kind) or kinds[self.kind]

    def _prepare_portal_values(self):
        """What the page of the applicant shows of it. In superuser mode."""
        self.ensure_one()
        known = self._get_facts(self.kind)
        return {
            "title": self._get_portal_title(),
            "date": show_moment(self.env, self.date),
            "reasons": self.reasons,
            "conditions": self.conditions,
            "is_refusal": known.refuses,
            "appeal": known.has_appeal and self.request_id._get_appeal_text(self.kind),
        }
