from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock


class ProcedureDocument(models.Model):
    """The file of a proof goes two months after it was checked; that it was seen stays."""

    _name = "procedure.document"
    _inherit = ["procedure.document", "privacy.retention.mixin"]

    erased_on = fields.Date(readonly=True)

    @api.model
    def _get_retention_domain(self, rule, day=None):
        # Each question says whether its file stays with the request: no list of kinds, which
        # would forget one.
        proofs = Domain("is_kept", "=", False) & Domain("size", ">", 0)
        proofs &= Domain("line_ids", "!=", False)
        if day is None:
            return proofs
        open_states = self.env["procedure.request"]._get_open_states()
        undecided = [("request_id.state", "in", open_states)]
        return proofs & Domain("line_ids", "not any", undecided)

    def _get_retention_dues(self, rule):
        """From the check, or from the decision when nobody checked; never before the decision."""
        dues = {}
        for document in self:
            requests = document.line_ids.request_id
            if any(request.state in request._get_open_states() for request in requests):
                continue
            days = [request._get_retention_start() for request in requests]
            if document.checked_on:
                days.append(clock.local_day(document.checked_on))
            dues[document] = max(days) + relativedelta(months=rule.months)
        return dues

    def _get_retention_kept(self, rule):
        kept = super()._get_retention_kept(rule)
        requests = self.line_ids.request_id
        held = requests._get_retention_kept(rule)
        for document in self:
            for request in document.line_ids.request_id:
                if request in held:
                    kept[document] = held[request]
                elif request.state in request._get_open_states():
                    kept[document] = self.env._("not decided yet: never touched")
        return kept

    def _get_retention_kind(self):
        self.ensure_one()
        return ", ".join(self.line_ids.request_id.procedure_id.mapped("name"))

    def _end_retention(self, rule):
        """As a document that was shown and given back, when somebody checked it."""
        self.ensure_one()
        day = clock.local_day(self.checked_on) if self.checked_on else None
        request = self.line_ids.request_id[:1]
        words = self.with_context(lang=request._get_mail_lang())
        today = clock.today()
        name = words.env._(
            "Erased on %(date)s, at the end of its delay", date=today.strftime("%d/%m/%Y")
        )
        if day:
            name = words.env._("Checked on %(date)s, not kept", date=day.strftime("%d/%m/%Y"))
        self.write(
            {
                "file": False,
                "name": name,
                "size": 0,
                "pages": 0,
                "sha256": False,
                "erased_on": today,
                # Says that there is no file; without `seen_by_id`, nobody saw it.
                "seen_on": day or request._get_retention_start(),
                "seen_by_id": self.checked_by_id.id,
            }
        )
