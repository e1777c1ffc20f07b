from lxml import html
from lxml.etree import LxmlError

from odoo import api, models
from odoo.fields import Domain


class ContentApprovalMixin(models.AbstractModel):
    _inherit = "content.approval.mixin"

    @api.model
    def _get_link_fields(self):
        """Where contributors type addresses of sites.

        :return: {name: names of the fields of its lines, or an empty list}
        """
        found = {}
        for name, options in self._get_approval_fields().items():
            field = self._fields[name]
            if field.type == "one2many":
                columns, Lines = options.get("columns", {}), self.env[field.comodel_name]
                lines = [
                    each
                    for each in options.get("lines", ())
                    if self._is_link_field(Lines._fields[each], columns.get(each, {}))
                ]
                if lines:
                    found[name] = lines
            elif self._is_link_field(field, options):
                found[name] = []
        return found

    @api.model
    def _is_link_field(self, field, options):
        is_named = field.name == "url" or field.name.endswith("_url")
        return field.type == "char" and (is_named or options.get("widget") == "url")

    def _get_links(self):
        """{address: the field where it is}, in the order of the page, whatever the address is."""
        self.ensure_one()
        found = {}
        for name, lines in self._get_link_fields().items():
            if not lines:
                found.setdefault(self[name], name)
            for line in lines:
                for url in self[name].mapped(line):
                    found.setdefault(url, name)
        for url in self._get_body_links():
            found.setdefault(url, "body")
        return {url.strip(): name for url, name in found.items() if url and url.strip()}

    def _get_body_links(self):
        if not self.body:
            return []
        try:
            return html.fragment_fromstring(str(self.body), "div").xpath("//a/@href")
        except (LxmlError, ValueError):
            return []

    @api.model
    def _get_to_check_domain(self, day):
        """A page with a dead link is to be checked, however fresh."""
        domain = Domain(super()._get_to_check_domain(day))
        dead_sudo = self.env["content.link"]._find_dead(self._name)
        if not dead_sudo:
            return domain
        ids = dead_sudo.mapped("res_id")
        return domain | (Domain(self._get_shown_domain()) & Domain("id", "in", ids))

    def _get_check_notes(self):
        notes = super()._get_check_notes()
        for link_sudo in self.env["content.link"]._find_dead(self._name, self.ids):
            notes.setdefault(link_sudo.res_id, []).append(
                self.env._(
                    "This link no longer answers: %(url)s (%(where)s)",
                    url=link_sudo.url,
                    where=link_sudo.field_label,
                )
            )
        return notes
