from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock


class ContentApprovalMixin(models.AbstractModel):
    _inherit = "content.approval.mixin"

    # Whether `body` is written in the form, as paragraphs, by those who have no builder.
    _has_text_form = True

    @api.model
    def _get_preview_template(self):
        """The template that draws a content (`content`) as its page does; empty: none is shown.

        It only reads fields of the record: the content may exist in memory only.
        """
        return ""

    @api.model
    def _get_contributed_domain(self, organisations, communes):
        """Among the contents of this model, those of these organisations or communes."""
        return Domain.FALSE

    @api.model
    def _get_list_title(self):
        """Above those of one person, in her own space: said to her, not the name of a kind."""
        return self.env["content.type"]._get_of(self._name).name

    @api.model
    def _get_new_title(self):
        """Above the question that begins one."""
        return self._get_list_title()

    def _keep_page_until(self):
        """Called where these contents are drawn: a page that is kept ends with the first of them.

        One that ends with a day needs nothing: no page is kept after midnight.
        """
        name, cache = self._shown_until, self.env.get("website.page.cache")
        if not name or cache is None or self._fields[name].type == "date":
            return
        now = fields.Datetime.now()
        for content_sudo in self.sudo():
            if content_sudo[name] and content_sudo[name] > now:
                cache._end_at(content_sudo[name])

    def _get_public_note(self):
        """What is public of it and what is not, for whoever writes: a sentence; empty: nothing.

        Called on a content, or on none when a new one is proposed.
        """
        return ""

    @api.model
    def _prepare_approval_item(self, name, item, form):
        """The input of an open field, as `website_parts.make_item` made it.

        Hook: a content changes it, or gives it a `template` of its own.

        :param form: the `ContributionForm` where it stands
        """
        return item

    @api.model
    def _get_approval_hints(self, values):
        """Words beside the inputs that depend on what is typed already, before their `help`.

        :param values: {name: value}, as `content.revision` keeps them
        :return: {name: words}
        """
        return {}

    @api.model
    def _read_approval_input(self, name, form):
        """What was typed in an input that the content draws itself.

        :param form: the `ContributionForm`; `posted` is what was sent
        :return: a value for `content.revision._change`; NotImplemented: an input like others
        :raise ValidationError: with a sentence for the person who typed it
        """
        return NotImplemented

    @api.model
    def _clean_typed_body(self, typed, form):
        """The text of a page as it was typed, less what the form wrote itself.

        Hook: what is left is checked, then kept.

        :param form: the `ContributionForm`
        """
        return typed

    @api.model
    def _get_reading_deadline(self, revision):
        """Until when it should be read; a content that is dated may be more in a hurry."""
        days = revision.type_id.reading_days
        sent = revision.date_submitted
        return fields.Date.add(clock.local_day(sent), days=days)
