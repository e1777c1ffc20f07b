from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.dates import show_day


class ResPartner(models.Model):
    _inherit = "res.partner"

    lacking_papers = fields.Char(
        "Missing papers",
        compute="_compute_lacking_papers",
        groups="territory_base.territory_group_agent,territory_base.territory_group_secretary,"
        "territory_base.territory_group_manager",
    )
    has_lacking_papers = fields.Boolean(
        compute="_compute_lacking_papers",
        search="_search_has_lacking_papers",
        groups="territory_base.territory_group_agent,territory_base.territory_group_secretary,"
        "territory_base.territory_group_manager",
    )

    @api.depends_context("uid", "lang")
    def _compute_lacking_papers(self):
        """Of the children whose family file the user reads."""
        shown = Domain("id", "in", self._origin.ids)
        lacks = self.env["family.document"]._find_lacks(self._find_read_children(shown))
        for partner in self:
            told = [partner._tell_lack(lack) for lack in lacks.get(partner._origin, [])]
            partner.lacking_papers = ", ".join(told)
            partner.has_lacking_papers = bool(told)

    def _tell_lack(self, lack):
        if not lack.date_end:
            return lack.kind.name
        return self.env._(
            "%(paper)s (until %(day)s)", paper=lack.kind.name, day=show_day(lack.date_end)
        )

    @api.model
    def _search_has_lacking_papers(self, operator, value):
        if operator != "in" or len(value) != 1:
            return NotImplemented
        lacks = self.env["family.document"]._find_lacks(self._find_read_children())
        found = Domain("id", "in", [child.id for child in lacks])
        return found if True in value else ~found

    @api.model
    def _find_read_children(self, domain=Domain.TRUE):
        """Those whose family file the user reads: who reads them is no field of hers."""
        domain &= Domain([("kind", "=", "person"), ("birthdate", ">", clock.years_ago(18))])
        user = self.env.user
        if not self.env.su and not user.has_group("territory_base.territory_group_manager"):
            services_sudo = user.sudo().territory_service_ids.filtered("reads_family_file")
            domain &= Domain("reader_service_ids", "in", services_sudo.ids)
        return self.sudo().search(domain).sudo(self.env.su)

    def action_give_paper(self):
        """What came at the counter or by letter: a window to keep it."""
        self.ensure_one()
        return self.env["family.document.entry"]._open_for(self)

    def _find_family_activities(self):
        """What these children go to, for the papers that activities ask. In superuser mode.
        Extended by the addons that enrol or book.

        :return: {child: family.activity}
        """
        return {}

    def _get_reader_services(self):
        """Who asked a paper reads whom it is about, and who gave it."""
        readers = super()._get_reader_services()
        Document_sudo = self.env["family.document"].sudo()
        for name in ("child_id", "parent_id"):
            for person, kinds in Document_sudo._read_group(
                [(name, "in", self.ids)], [name], ["kind_id:recordset"]
            ):
                if person.id in readers:
                    readers[person.id] |= kinds.service_id.filtered("reads_family_file")
        return readers

    def _join_child(self, child):
        """Each paper stays of whoever gave it, about the common sheet. Of two of one parent, of
        the same kind and state, the last one stands."""
        Document = self.env["family.document"]
        papers = Document.search([("child_id", "in", (self | child).ids)], order="id desc")
        standing = papers.filtered(lambda paper: not paper.replaced_on)
        for same in standing.grouped(
            lambda paper: (paper.kind_id, paper.parent_id, paper.state)
        ).values():
            same[1:]._set_replaced()
        papers.filtered(lambda paper: paper.child_id == self).child_id = child
        result = super()._join_child(child)
        (self | child)._refresh_reader_services()
        return result
