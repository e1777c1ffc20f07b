from odoo import api, models
from odoo.exceptions import AccessError

# In the context of a publication. A remote call brings JSON: no word of it is this object.
_PUBLISHING = object()
CONTEXT_KEY = "content_publishing"
# What tells a line among others.
SHOWN = ("char", "text", "integer", "float", "date", "datetime", "selection")


class ContentGuardMixin(models.AbstractModel):
    """Fields that everybody reads, and that only the publication of a revision writes.

    In superuser mode too: a job, an import or a route of core that forgets to ask is refused as
    anybody is. For a live content use `content.approval.mixin`; this one is for its lines and for
    a record that lends it some fields.
    """

    _name = "content.guard.mixin"
    _description = "Written by a publication only"
    # Lines: none is made nor deleted otherwise. Else: only the guarded fields matter.
    _guards_whole_rows = False

    @api.model
    def _get_guarded_fields(self):
        """Names of the fields that only a publication writes."""
        return set()

    def _filter_guarded(self):
        """The records among these that are guarded: all, unless the model says otherwise."""
        return self

    def _get_approval_row(self, names):
        """How a line is told in a comparison: its label, then the rest.

        :param names: its open fields
        :return: (label, text)
        """
        self.ensure_one()
        Revision = self.env["content.revision"]
        shown = [
            Revision._show(self._fields[name], self[name])
            for name in names
            if self._fields[name].type in SHOWN
        ]
        return (shown[0] if shown else ""), ", ".join(filter(None, shown[1:]))

    @api.model
    def _is_publishing(self):
        return self.env.context.get(CONTEXT_KEY) is _PUBLISHING

    def _as_publication(self):
        """For `_apply_approval_values` and what it calls: the guard is open in this context."""
        return self.with_context(**{CONTEXT_KEY: _PUBLISHING})

    def _check_publishing(self):
        """:raise AccessError: always, but inside a publication"""
        if not self._is_publishing():
            raise AccessError(
                self.env._(
                    "This page changes only by a proposal that somebody else accepts. "
                    "Propose your change: nothing is lost, and it is read before it is published."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        is_touched = not self._is_publishing() and (
            self._guards_whole_rows or any(self._is_filled(vals) for vals in vals_list)
        )
        if not is_touched:
            return super().create(vals_list)
        # What a model does not guard (the service of the EPCI, say) is known once made. Routes of
        # core that catch the refusal keep nothing.
        with self.env.cr.savepoint():
            records = super().create(vals_list)
            if records._filter_guarded():
                self._check_publishing()
        return records

    @api.model
    def _is_filled(self, vals):
        """Whether a guarded field gets something: by these values, by the context, or by a default
        that somebody keeps. A column of a view sends its empty value, or the field's own."""
        guarded = self._get_guarded_fields()
        filled = {**self.default_get(list(guarded - set(vals))), **vals}
        for name in guarded & set(filled):
            field = self._fields[name]
            own = field.default(self) if field.default else False
            if (filled[name] or False) != (own or False):
                return True
        return False

    def write(self, vals):
        is_touched = self._guards_whole_rows or self._get_guarded_fields() & set(vals)
        if not is_touched or self._is_publishing():
            return super().write(vals)
        if self._filter_guarded():
            self._check_publishing()
        # A line that comes from elsewhere, a record that becomes a guarded one.
        with self.env.cr.savepoint():
            result = super().write(vals)
            if self._filter_guarded():
                self._check_publishing()
        return result

    def unlink(self):
        if self._filter_guarded():
            self._check_publishing()
        return super().unlink()
