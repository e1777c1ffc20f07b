from odoo import fields, models


class ProcedureStep(models.Model):
    _inherit = "procedure.step"

    container_stage = fields.Selection(
        [
            ("to_prepare", "Bin to prepare"),
            ("planned", "Round planned"),
            ("done", "Delivered or taken back"),
            ("billed", "Sent to billing"),
        ],
        string="Stage of the bin",
        help="Requests move to this step by themselves when their bin gets there.",
    )

    _container_stage_uniq = models.UniqueIndex(
        "(procedure_id, container_stage) WHERE container_stage IS NOT NULL",
        "Another step of this procedure has this stage.",
    )
