from odoo import api, fields, models

from odoo.addons.procedure.figures import FLOOR


class ProcedureSurveyResult(models.Model):
    """Answers counted together: five at least, hence any sum or difference of rows too."""

    _name = "procedure.survey.result"
    _description = "Result of satisfaction surveys"
    _inherit = ["procedure.survey.cell"]
    _order = "month desc, procedure_id, service_id, id"
    _log_access = False

    service_id = fields.Many2one(
        "territory.service",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Empty: too few people answered to say to which service.",
    )
    answer_count = fields.Integer("Answers", readonly=True)
    satisfied_count = fields.Integer("Satisfied", readonly=True)
    unsatisfied_count = fields.Integer("Not satisfied", readonly=True)

    _enough = models.Constraint(
        f"CHECK(answer_count >= {FLOOR} AND answer_count = satisfied_count + unsatisfied_count)",
        "No figure about fewer than five people.",
    )

    @api.model
    def _get_workbook(self):
        """What the caller may read, as a spreadsheet: its figures, and the comments of hers."""
        other = self.env._("Several")
        results = [
            (
                result.month_label,
                result.procedure_id.display_name or other,
                result.service_id.display_name or other,
                result.answer_count,
                result.satisfied_count,
                result.unsatisfied_count,
            )
            for result in self.search([])
        ]
        shared = [self.env._("Month"), self.env._("Procedure"), self.env._("Service")]
        counted = [
            self.env._("Answers"),
            self.env._("Satisfied"),
            self.env._("Not satisfied"),
        ]
        sheets = [(self.env._("Satisfaction"), shared + counted, results)]
        Comment = self.env["procedure.survey.comment"]
        if Comment.has_access("read"):
            comments = [
                (
                    comment.month_label,
                    comment.procedure_id.display_name or other,
                    comment.service_id.display_name or other,
                    comment.text,
                )
                for comment in Comment.search([])
            ]
            sheets.append(
                (self.env._("Comments"), [*shared, self.env._("Comment")], comments),
            )
        return self.env["public.guard"]._xlsx(sheets)

    @api.readonly
    def action_download(self):
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": "/procedure/survey.xlsx", "target": "self"}
