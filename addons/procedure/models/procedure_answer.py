from odoo import api, fields, models
from odoo.fields import Domain


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
    # The record that it designates, of any model: `base.unlink` refuses that it goes.
    res_model = fields.Char("Model of the record")
    res_id = fields.Many2oneReference("Record", model_field="res_model")

    _key_text_idx = models.Index("(key, value_text)")
    _record_idx = models.Index("(res_model, res_id) WHERE res_id IS NOT NULL")

    @api.model
    def _get_link_domain(self, records):
        """The answers that designate one of these records, of one model."""
        return Domain("res_model", "=", records._name) & Domain("res_id", "in", records.ids)

    @api.model
    def _filter_linked(self, records):
        """Those of these records, of one model, that an answer designates: one query."""
        ids = set(self.search(self._get_link_domain(records)).mapped("res_id"))
        return records.filtered(lambda record: record.id in ids)
