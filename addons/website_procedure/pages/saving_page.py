from odoo import fields

from odoo.addons.website_parts.tools.day import show_time

from .form_page import FormPage


class SavingPage(FormPage):
    """The form as it is being typed: its answers only, whatever else is posted."""

    def _find_kept(self, is_trusted):
        """Two pages at once: the second sees what the first wrote. What a code is about to send is
        a form no more."""
        result = super()._find_kept(is_trusted)
        self.pending._lock()
        return result

    def find_overtaken(self):
        return "sent" if self.pending.request_id else super().find_overtaken()

    def _receive(self, field):
        """Files leave by their own way, which looks at them."""

    def _remove_file(self, file_id):
        """Nothing given is taken back in silence."""

    @property
    def said(self):
        """“Saved at 10:42”."""
        return self.env._("Saved at %(time)s", time=show_time(self.env, fields.Datetime.now()))

    @property
    def draft(self):
        return self._get_draft_mark()
