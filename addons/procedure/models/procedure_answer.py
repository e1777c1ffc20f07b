from odoo import fields, models


class ProcedureAnswer(models.Model):
    """What is searched or linked. The answers as filed are in the request's JSON."""

    _name = "procedure.answer"
    _description = "Indexed answer of a request"
    _order = "request_id, id"
    _rec_name = "key"

    request_id = fields.Many2one("procedure.request", required=True, index=True, ondelete="cascade")
    key = fields.Char(required=True)
    value_text = fields.Char()
    value_date = fields.Date()
    value_number = fields.Float()
    commune_id = fields.Many2one("territory.commune", index="btree_not_null", ondelete="restrict")
    partner_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="restrict")
    dwelling_id = fields.Many2one("territory.dwelling", index="btree_not_null", ondelete="restrict")
    service_id = fields.Many2one("territory.service", index="btree_not_null", ondelete="restrict")

    _key_text_idx = models.Index("(key, value_text)")
