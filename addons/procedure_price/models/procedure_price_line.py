from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..amounts import say_cents


class ProcedurePriceLine(models.Model):
    """A line of the price of a request: as it was filed, or as its service corrected it. None is
    ever changed: the one that counts no more says why."""

    _name = "procedure.price.line"
    _description = "Line of the price of a request"
    _order = "request_id, sequence, id"
    _rec_name = "label"

    request_id = fields.Many2one(
        "procedure.request", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True)
    label = fields.Char(required=True, readonly=True)
    detail = fields.Char(readonly=True, help="Whose tariff it is, how many times how much.")
    quantity = fields.Char(readonly=True, default="1", help="An exact number, such as 12.5.")
    unit_cents = fields.Integer(string="Each, in cents", readonly=True, aggregator=None)
    total_cents = fields.Integer(string="In cents", readonly=True, aggregator=None)
    is_told_later = fields.Boolean(
        string="To be told by the service", readonly=True, help="Its amount is not known: never 0."
    )
    is_current = fields.Boolean(string="Counts", readonly=True, default=True)
    reason = fields.Char(string="Why it was corrected", readonly=True)
    author_id = fields.Many2one(
        "res.users", string="Corrected by", readonly=True, groups="base.group_user"
    )
    amount = fields.Char(compute="_compute_amount")

    @api.depends("total_cents", "is_told_later")
    @api.depends_context("lang")
    def _compute_amount(self):
        for line in self:
            line.amount = (
                self._get_later_words()
                if line.is_told_later
                else say_cents(self.env, line.total_cents)
            )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_by_its_request()
        return super().create(vals_list)

    def write(self, vals):
        self._check_by_its_request()
        return super().write(vals)

    def _check_by_its_request(self):
        if not self.env.su:
            raise AccessError(self.env._("The price of a request changes by its buttons only."))

    @api.model
    def _get_later_words(self):
        return self.env._("To be told by the service")

    @api.model
    def _get_rows(self, lines, total):
        """(label, text, key) of lines that count and of their total, as all outputs say them.

        :param lines: list of dict, see `_prepare_price_line`
        :param total: in cents; None when it is to be told
        """
        rows = []
        for line in lines:
            label = line["label"]
            if line["detail"]:
                label = self.env._("%(label)s (%(detail)s)", label=label, detail=line["detail"])
            rows.append((label, self._say(None if line["is_told_later"] else line["total_cents"])))
        rows.append((self.env._("Total"), self._say(total)))
        return [(label, text, "_price") for label, text in rows]

    @api.model
    def _say(self, cents):
        return self._get_later_words() if cents is None else say_cents(self.env, cents)

    def _to_values(self):
        names = ("label", "detail", "total_cents", "is_told_later")
        return [{name: line[name] for name in names} for line in self]
