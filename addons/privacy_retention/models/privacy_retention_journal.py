from odoo import api, fields, models
from odoo.exceptions import AccessError


class PrivacyRetentionJournal(models.Model):
    """What went, when, by which rule: never the content, never a name. Only added to."""

    _name = "privacy.retention.journal"
    _description = "Journal of what was erased"
    _order = "date desc, id desc"
    _rec_name = "rule"

    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    retention_id = fields.Many2one("privacy.retention", readonly=True, ondelete="restrict")
    rule = fields.Char(required=True, readonly=True)
    event = fields.Selection(
        [
            ("previewed", "Dry run seen"),
            ("enabled", "Turned on"),
            ("disabled", "Turned off"),
            ("changed", "Delay changed"),
            ("warned_1", "First warning"),
            ("warned_2", "Second warning"),
            ("told", "Told by letter: address that refuses our mails"),
            ("restarted", "Warnings void: the clock stopped or started again"),
            ("failed", "Not done: an error, tried again the next day"),
            ("proposed", "Proposed for elimination"),
            ("visa", "Visa entered"),
            ("held", "Legal hold set"),
            ("released", "Legal hold removed"),
            ("gone", "Erased"),
        ],
        required=True,
        readonly=True,
    )
    kind = fields.Char(readonly=True, help="What it was: the procedure, for requests.")
    count = fields.Integer(string="How many", readonly=True)
    delay = fields.Char(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_job()
        return super().create(vals_list)

    def write(self, vals):
        self._refuse()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse()

    def _refuse(self):
        """In superuser mode too."""
        raise AccessError(self.env._("The journal is only added to."))

    def _check_job(self):
        if not self.env.su:
            raise AccessError(self.env._("The journal is written by the job only."))
