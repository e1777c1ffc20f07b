from odoo import fields, models

from odoo.addons.territory_base import clock


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
        readonly=True, default=lambda self: clock.today(), groups="base.group_user"
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
    # Of the record rules alone: see `res.partner.rule_delegate_ids`.
    rule_line_ids = fields.One2many(
        "procedure.document.line", "document_id", groups=fields.NO_ACCESS
    )

    _no_health = models.Constraint(
        "CHECK(is_health IS NOT TRUE)", "Health documents are not kept with requests."
    )

    def _get_first_line(self):
        """Of the request for which it was given, which says whom it concerns, and as what."""
        # Each line knows those of the other documents: read together.
        return min(self.line_ids, key=lambda line: line.id, default=self.line_ids)

    def _get_problem_again(self, field, request, day):
        """Why it does not answer this question of another request; empty when it does.

        In superuser mode, once who gives it is known to be its giver.

        :param field: the question
        :param request: the request to be, with its subjects and organisation
        :param day: the day on which it is given again
        """
        self.ensure_one()
        name = self.name
        # A sheet that was put aside still says whose it is.
        first = self._get_first_line().request_id.with_context(active_test=False)
        if field._get_type().holds != "files" or not self._is_kind_of(field, request):
            return self.env._("“%(name)s” is another document than what is asked.", name=name)
        if not self.size or self.seen_on:
            return self.env._("“%(name)s” is no longer kept: give it again.", name=name)
        if set(self.line_ids.mapped("state")) & {"refused", "expired"}:
            return self.env._("“%(name)s” was not accepted: give another one.", name=name)
        concerned = first.subject_ids - self.giver_id
        others = request.subject_ids._origin - self.giver_id
        is_for_them = not concerned or (others and others <= concerned)
        if not is_for_them or first.acting_for_id != request.acting_for_id._origin:
            return self.env._("“%(name)s” was given for somebody else.", name=name)
        if self._is_past_on(field, day, request.season):
            return self.env._("“%(name)s” is no longer valid: give a newer one.", name=name)
        return ""

    def _is_kind_of(self, field, request):
        """A code means the same in every procedure, a key in its own only."""
        line = self._get_first_line()
        if self.kind != (field.requirement_code or field.key):
            return False
        if field.requirement_code:
            return line._get_field().requirement_code == self.kind
        return line.request_id.procedure_id == request.procedure_id

    def _is_past_on(self, field, day, season):
        """By its own end, and by what this question accepts. Nobody read its date: it is as old
        as the day on which it was given, at least."""
        ends = [self.validity_date]
        if field.validity_kind == "months":
            dated = self.issued_on or self.given_on
            ends.append(field._get_validity_date(day, season, dated))
        return any(end and end < day for end in ends)

    def _get_size_text(self):
        self.ensure_one()
        if self.seen_on:
            return self.name
        return self.env["procedure.field"]._get_size_words(self.size, self.pages)
