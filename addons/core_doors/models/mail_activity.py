from odoo import api, models
from odoo.exceptions import UserError


class MailActivity(models.Model):
    _inherit = "mail.activity"

    @api.depends("user_id")
    def _compute_res_name(self):
        """Core names any record in superuser mode, even that of an activity not yet written. The
        name is kept: it is one that whoever is to do it may read."""
        hidden = self.filtered(
            lambda activity: (
                not activity._is_document_readable() or not activity._is_readable_by_assignee()
            )
        )
        hidden.res_name = False
        return super(MailActivity, self - hidden)._compute_res_name()

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._check_assignee()
        return activities

    def write(self, vals):
        """Moved to another record, an activity is as if it were made there: core looks at the
        former record only, then lets it write in the history of the new one."""
        moving = not self.env.su and {"res_model_id", "res_model", "res_id"} & set(vals)
        result = super().write(vals)
        if moving:
            self.check_access("create")
        if moving or vals.get("user_id"):
            self._check_assignee()
        return result

    def _check_assignee(self):
        """:raise UserError: a colleague is asked to act on what she does not read, and the mail
        that tells her would name it."""
        if self.env.su:
            return
        for activity in self:
            if not activity._is_readable_by_assignee():
                raise UserError(
                    self.env._(
                        "%(name)s does not read this record: give the task to somebody who does.",
                        name=activity.user_id.name,
                    )
                )

    def _action_done(self, feedback=False, attachment_ids=None):
        """Core writes in the history of the record in superuser mode: only of one that she reads.
        Else her task is done, and nothing is written."""
        hidden = self.browse()
        if not self.env.su:
            hidden = self.filtered(lambda activity: not activity._is_document_readable())
            hidden.action_archive()
        return super(MailActivity, self - hidden)._action_done(
            feedback=feedback, attachment_ids=attachment_ids
        )

    def _is_document_readable(self):
        """By a user; what residents do may plan an activity that is not theirs to read."""
        self.ensure_one()
        if self.id and not self.env.user._is_internal():
            return True
        return self._is_document_readable_by(self.env.user)

    def _is_readable_by_assignee(self):
        self.ensure_one()
        return not self.user_id or self._is_document_readable_by(self.user_id)

    def _is_document_readable_by(self, user):
        if not self.res_id or self.res_model not in self.env:
            return True
        return self.env[self.res_model].with_user(user).browse(self.res_id).has_access("read")
