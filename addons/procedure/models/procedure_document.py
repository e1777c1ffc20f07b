from odoo import fields, models


def make_seen(day):
    """In the place of an upload: a document that was shown on this day, and is not kept."""
    return {"seen_on": day}


class ProcedureDocument(models.Model):
    """A document that somebody gave. Created only by filing or completing a request."""

    _name = "procedure.document"
    _description = "Document given by an applicant"
    _order = "id desc"
    _keeps_files_as_given = True

    giver_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="restrict")
    giver_email = fields.Char()
    name = fields.Char(required=True)
    kind = fields.Char(help="Code of the requirement that it answers.")
    is_kept = fields.Boolean(
        string="Kept with the request",
        readonly=True,
        help="As its question said: otherwise the file only serves the check.",
    )
    mimetype = fields.Char(readonly=True)
    size = fields.Integer(readonly=True)
    pages = fields.Integer(readonly=True)
    sha256 = fields.Char(readonly=True)
    file = fields.Binary(attachment=True)
    # “Less than 3 months” runs from the first to the second: the delay of the service counts for
    # nothing.
    issued_on = fields.Date(string="Date on the document", readonly=True, groups="base.group_user")
    given_on = fields.Date(
        readonly=True, default=fields.Date.context_today, groups="base.group_user"
    )
    validity_date = fields.Date()
    is_health = fields.Boolean(readonly=True)
    checked_by_id = fields.Many2one("res.users", readonly=True)
    checked_on = fields.Datetime(readonly=True)
    # Shown to the staff and given back: nothing of it is kept.
    seen_on = fields.Date(readonly=True)
    seen_by_id = fields.Many2one(
        "res.users", string="Seen by", readonly=True, ondelete="restrict", groups="base.group_user"
    )
    line_ids = fields.One2many("procedure.document.line", "document_id", readonly=True)

    _no_health = models.Constraint(
        "CHECK(is_health IS NOT TRUE)", "Health documents are not kept with requests."
    )

    def _get_size_text(self):
        self.ensure_one()
        if self.seen_on:
            return self.name
        size = self.env._("%(size)s kB", size=-(-self.size // 1024))
        if self.pages == 1:
            return self.env._("1 page, %(size)s", size=size)
        if self.pages:
            return self.env._("%(count)s pages, %(size)s", count=self.pages, size=size)
        return size
