from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ContentValidator(models.Model):
    """Who reads which contents before they are published."""

    _name = "content.validator"
    _description = "Reader of contents"
    _inherit = ["content.reading.rule"]
    _order = "is_fallback, user_id, id"

    user_id = fields.Many2one(
        "res.users",
        "Reader",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("share", "=", False)],
    )
    active = fields.Boolean(related="user_id.active", store=True)
    type_ids = fields.Many2many("content.type", string="Kinds of content", help="Empty: all.")
    commune_ids = fields.Many2many("territory.commune", string="Communes", help="Empty: all.")
    is_fallback = fields.Boolean(
        "When nobody else can", help="Reads what no other reader may or can read."
    )

    @api.constrains("user_id")
    def _check_user(self):
        for validator_sudo in self.sudo():
            if validator_sudo.user_id.share:
                raise ValidationError(
                    self.env._("Only a member of the staff reads contents before publication.")
                )

    @api.depends("user_id", "is_fallback")
    def _compute_display_name(self):
        for validator in self:
            validator.display_name = validator.user_id.display_name

    # ------------------------------------------------------------
    # Who reads
    # ------------------------------------------------------------

    @api.model
    def _find_for(self, revision):
        """The rows that read this revision, in superuser mode: those of its kind and of one of its
        communes; if none of them can, those that read when nobody else can."""
        rows = self._find_rows(revision)
        usual = rows.filtered(lambda row: not row.is_fallback)
        if usual._filter_able(revision):
            return usual._filter_able(revision)
        return rows._filter_able(revision)

    @api.model
    def _find_rows(self, revision, user=None):
        """All rows of its kind and communes, those of a user if given, whoever wrote it."""
        return self._find_rows_of(revision.type_id, revision.commune_ids, user)

    @api.model
    def _find_rows_of(self, content_type, communes, user=None):
        domain = Domain("type_ids", "=", False) | Domain("type_ids", "in", content_type.ids)
        domain &= Domain("commune_ids", "=", False) | Domain("commune_ids", "in", communes.ids)
        rows_sudo = self.sudo().search(domain)
        return rows_sudo.filtered(lambda row: row._is_read_by(user)) if user else rows_sudo

    def _filter_able(self, revision):
        """Those whose reader, or whoever reads in her place today, may read this revision."""
        return self.filtered(lambda row: row._get_readers_today()._filter_foreign_to(revision))

    def _get_readers_today(self):
        """The reader, or those who read in her place while she is away."""
        absences = self.user_id.content_absence_ids.filtered("is_current")
        present = self.user_id - absences.user_id
        return (present | absences.delegate_id).filtered("active")

    def _is_read_by(self, user):
        """An absent reader who comes back for an hour may read as well."""
        return user in (self.user_id | self._get_readers_today())
