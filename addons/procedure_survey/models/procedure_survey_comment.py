from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain


class ProcedureSurveyComment(models.Model):
    """What was written with the answers, read by the service that handled the request, by no other
    one; of several services, too few by each, by managers. Its request is named only where the
    applicant said that she may be contacted."""

    _name = "procedure.survey.comment"
    _description = "Comment of a satisfaction survey"
    _inherit = ["procedure.survey.cell", "privacy.retention.mixin"]
    _order = "month desc, id"
    _rec_name = "month"
    _log_access = False

    service_id = fields.Many2one(
        "territory.service",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Empty: too few people answered to say to which service.",
    )
    text = fields.Text("Comment", required=True, readonly=True)
    request_id = fields.Many2one(
        "procedure.request",
        readonly=True,
        ondelete="cascade",
        help="The applicant wrote that she may be contacted.",
    )

    _request_uniq = models.Constraint("UNIQUE(request_id)", "A request has one comment.")

    # ------------------------------------------------------------
    # How long it is kept
    # ------------------------------------------------------------

    def _get_retention_domain(self, rule, day=None):
        if day is None:
            return Domain.TRUE
        return Domain("month", "<=", day - relativedelta(months=rule.months))

    def _get_retention_dues(self, rule):
        return {comment: comment.month + relativedelta(months=rule.months) for comment in self}

    def _get_retention_kind(self):
        return self.env._("Satisfaction surveys")

    def _get_retention_service(self):
        return self.service_id

    def _end_retention(self, rule):
        self.unlink()
