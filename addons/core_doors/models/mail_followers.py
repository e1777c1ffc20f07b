from odoo import api, models
from odoo.exceptions import AccessError


class MailFollowers(models.Model):
    _inherit = "mail.followers"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        """Who follows a record is told to those who read it: by its applicant, an agent would know
        what the people of her service ask of the others."""
        if self.env.su or bypass_access:
            return super()._search(
                domain, offset, limit, order, bypass_access=bypass_access, **kwargs
            )
        found = self.browse(super()._search(domain, order=order, **kwargs))
        shown = found._filtered_access("read")
        return shown[offset : offset + limit if limit else None]._as_query(bool(order))

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        allowed = self - result[0] if result else self
        hidden = allowed - allowed._filtered_document_readable()
        if not hidden:
            return result
        forbidden = result[0] | hidden if result else hidden
        return forbidden, result[1] if result else hidden._make_document_error

    def _filtered_document_readable(self):
        shown_sudo = self.sudo().browse()
        for model, followers_sudo in self.sudo().grouped("res_model").items():
            if model not in self.env:
                continue
            documents = self.env[model].browse(followers_sudo.mapped("res_id")).exists()
            readable = set(documents._filtered_access("read").ids)
            shown_sudo |= followers_sudo.filtered(lambda each, ids=readable: each.res_id in ids)
        return self.browse(shown_sudo.ids)

    def _make_document_error(self):
        return AccessError(self.env._("Who follows a record is told to those who read it."))
