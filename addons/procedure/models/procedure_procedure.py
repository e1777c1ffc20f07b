from odoo import fields, models


class ProcedureProcedure(models.Model):
    """What becomes of its requests. When it may be filed and the delays have a file each:
    `procedure_procedure_filing`, `_delay`."""

    _name = "procedure.procedure"
    _inherit = ["procedure.procedure.filing", "procedure.procedure.delay", "procedure.procedure"]

    consulted_service_ids = fields.Many2many(
        "territory.service",
        "procedure_consulted_service_rel",
        string="Consulted services",
        help="They read each request; the lead service decides.",
    )
    retention_months = fields.Integer(
        string="Kept after closing (months)",
        help="Months for which a closed request is kept. 0: not decided yet.",
    )
    needs_visa = fields.Boolean(
        string="Visa of the archives",
        help="The requests are public archives: they are destroyed only once the Archives "
        "départementales agreed (code du patrimoine, L212-2 and R212-14).",
    )
    has_survey = fields.Boolean(
        string="Satisfaction survey",
        help="Once answered, the applicant is asked whether she is satisfied.",
    )
    notify_at_once = fields.Boolean(
        string="Tell the service at once",
        help="Each request is told to the service when it comes in, and not in the daily mail.",
    )
    step_ids = fields.One2many("procedure.step", "procedure_id", string="Steps", copy=True)

    _retention_positive = models.Constraint(
        "CHECK(retention_months >= 0)",
        "The number of months for which requests are kept cannot be negative.",
    )
