from odoo import fields, models


class WebsiteProcedureEvent(models.Model):
    """When something happened to a request, as far as its applicant may know it.

    Written by the request itself; nobody has a right on it: the pages read it in superuser mode
    once they know whose request it is. Decisions have rows of their own.
    """

    _name = "website.procedure.event"
    _description = "Event of a request, for its applicant"
    _order = "date, id"
    _rec_name = "kind"

    request_id = fields.Many2one("procedure.request", required=True, index=True, ondelete="cascade")
    kind = fields.Char(required=True, help="Name of the transition, or “step”.")
    step_id = fields.Many2one("procedure.step", index="btree_not_null", ondelete="cascade")
    date = fields.Datetime(required=True, default=fields.Datetime.now)
