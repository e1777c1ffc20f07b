from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock

from ..tools.lack import Lack

# A paper that ends within so many days is asked again.
SOON = 30


class FamilyDocumentLack(models.AbstractModel):
    """What is asked for children, and is not there."""

    _name = "family.document.lack"
    _description = "What is missing for a child"

    @api.model
    def _find_lacks(self, children, parent=None):
        """What is missing for these children today, or ends within 30 days.

        A paper of either parent counts: what one gave is not asked of the other, who learns
        nothing else. What ends soon is told to whoever gave it; to the other, once it has ended.
        In superuser mode; who asks was checked by the caller.

        :param parent: what is missing for her; None: for the service
        :return: {child: [Lack]}, the papers of the parent herself under an empty child
        """
        children_sudo, lacks = children.sudo(), {}
        kinds_sudo = self.env["family.document.kind"].sudo().search([("need", "!=", "none")])
        if not kinds_sudo or not children_sudo:
            return lacks
        activities = {}
        if "activities" in kinds_sudo.mapped("need"):
            activities = children_sudo._find_family_activities()
        holders = self._find_holders(children_sudo)
        standing_sudo = self._find_standing(children_sudo, holders, kinds_sudo)
        for kind_sudo in kinds_sudo:
            asked_sudo = kind_sudo._filter_asked(children_sudo, activities)
            if kind_sudo.about == "adult" and parent:
                # Once, whatever the number of her children.
                nobody = children_sudo.browse()
                own = standing_sudo.get((kind_sudo, nobody, parent), [])
                if asked_sudo and (lack := self._make_lack(kind_sudo, nobody, own)):
                    lacks.setdefault(nobody, []).append(lack)
                continue
            for child_sudo in asked_sudo:
                child = child_sudo.sudo(children.env.su)
                by = holders.get(child_sudo, children_sudo.browse())
                about = child_sudo.browse() if kind_sudo.about == "adult" else child_sudo
                found = {each: standing_sudo.get((kind_sudo, about, each), []) for each in by}
                papers = [paper for given in found.values() for paper in given]
                lack = self._make_lack(kind_sudo, child, papers)
                if lack and lack.date_end and parent:
                    lack = self._make_lack(kind_sudo, child, found.get(parent, []))
                    lack = lack if lack and lack.date_end else None
                if lack:
                    lacks.setdefault(child, []).append(lack)
        return lacks

    @api.model
    def _make_lack(self, kind, child, papers):
        """The one that ends last counts; nothing when it is valid for long."""
        if not papers:
            return Lack(kind, child)
        ends = [paper.date_end for paper in papers]
        soon = fields.Date.add(clock.today(), days=SOON)
        if not all(ends) or max(ends) > soon:
            return None
        return Lack(kind, child, max(ends))

    @api.model
    def _find_holders(self, children_sudo):
        """{child: the parents who answer for it today}"""
        Authority_sudo = self.env["parental.authority"].sudo()
        held = Authority_sudo.search(
            Authority_sudo._current_domain()
            & Domain("child_id", "in", children_sudo.ids)
            & Domain("grants_access", "=", True)
        )
        return {child: rows.holder_id for child, rows in held.grouped("child_id").items()}

    @api.model
    def _find_standing(self, children_sudo, holders, kinds_sudo):
        """{(kind, child or nobody, parent): papers given or accepted, and valid today}"""
        Document_sudo = self.env["family.document"].sudo()
        adults = {adult.id for held in holders.values() for adult in held}
        about = Domain("child_id", "in", children_sudo.ids) | (
            Domain("child_id", "=", False) & Domain("parent_id", "in", list(adults))
        )
        papers = Document_sudo.search(
            Document_sudo._get_standing_domain() & about & Domain("kind_id", "in", kinds_sudo.ids)
        )
        return papers.grouped(lambda paper: (paper.kind_id, paper.child_id, paper.parent_id))
