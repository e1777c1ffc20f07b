import base64

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.territory_base import clock


class FamilyDocument(models.Model):
    """A paper that one parent gave about a child, or about herself: hers, never the other's.

    Portal users read no row, and no file by the addresses of Odoo: the pages show what is theirs.
    """

    _name = "family.document"
    _inherit = ["family.document.acts", "family.document.lack", "family.row.mixin"]
    _description = "Paper given by a parent"
    _order = "id desc"
    _keeps_files_as_given = True

    kind_id = fields.Many2one(
        "family.document.kind",
        "Paper",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    child_id = fields.Many2one(required=False, help="Empty: about the parent herself.")
    parent_id = fields.Many2one(string="Given by", readonly=True)
    date_start = fields.Date("Given on", readonly=True, required=True)
    date_end = fields.Date("Valid until", readonly=True)
    state = fields.Selection(
        [("given", "To check"), ("accepted", "Accepted"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="given",
        index=True,
    )
    reason = fields.Text("Refused because", readonly=True)
    checked_on = fields.Date("Checked on", readonly=True)
    checked_by_id = fields.Many2one(
        "res.users", "Checked by", readonly=True, ondelete="set null", groups="base.group_user"
    )
    replaced_on = fields.Date("Replaced on", readonly=True)
    name = fields.Char("Name of the file", required=True, readonly=True)
    mimetype = fields.Char(readonly=True)
    size = fields.Integer(readonly=True, aggregator=None)
    pages = fields.Integer(readonly=True, aggregator=None)
    sha256 = fields.Char(readonly=True)
    file = fields.Binary(attachment=True, readonly=True)

    _refused_why = models.Constraint(
        "CHECK((state = 'refused') = (reason IS NOT NULL))", "A refusal has a reason."
    )
    _checked_when = models.Constraint(
        "CHECK((state = 'given') = (checked_on IS NULL))", "What is checked has a day."
    )

    @api.depends("kind_id", "child_id")
    def _compute_display_name(self):
        for paper in self:
            paper.display_name = paper.kind_id.name

    # ------------------------------------------------------------
    # What counts
    # ------------------------------------------------------------

    @api.model
    def _current_domain(self):
        """A refused one, or one that was replaced, counts for nothing."""
        counts = Domain("replaced_on", "=", False) & Domain("state", "!=", "refused")
        return super()._current_domain() & counts

    @api.depends("state", "replaced_on")
    def _compute_is_current(self):
        void = self.filtered(lambda paper: paper.state == "refused" or paper.replaced_on)
        void.is_current = False
        return super(FamilyDocument, self - void)._compute_is_current()

    @api.model
    def _get_standing_domain(self):
        """What is about the parent herself stands by itself."""
        about_her = self._current_domain() & Domain("child_id", "=", False)
        return super()._get_standing_domain() | about_her

    # ------------------------------------------------------------
    # The file
    # ------------------------------------------------------------

    @api.model
    def _encode(self, content):
        return base64.b64encode(content)

    def _get_content(self):
        """(content, name, mimetype), in superuser mode: who asks was checked."""
        self.ensure_one()
        content = self.with_context(bin_size=False).file
        return base64.b64decode(content or b""), self.name, self.mimetype

    def unlink(self):
        people = self.child_id | self.parent_id
        result = super().unlink()
        people.exists()._refresh_reader_services()
        return result

    # ------------------------------------------------------------
    # Retention
    # ------------------------------------------------------------

    @api.model
    def _get_ended_domain(self, before=None):
        replaced = (
            Domain("replaced_on", "<", before) if before else Domain("replaced_on", "!=", False)
        )
        refused = Domain("state", "=", "refused") & (
            Domain("checked_on", "<", before) if before else Domain.TRUE
        )
        return super()._get_ended_domain(before) | replaced | refused

    def _get_end(self):
        days = [self.date_end, self.replaced_on, self.state == "refused" and self.checked_on]
        return min(filter(None, days), default=None)

    @api.model
    def _get_retention_domain(self, rule, day=None):
        """At the end of the authority of whoever gave it, a paper about a child serves no more."""
        return super()._get_retention_domain(rule, day) | self._get_orphan_domain()

    def _get_retention_dues(self, rule):
        """Months after it ended; at once when whoever gave it answers for the child no more."""
        orphans = self.search(Domain("id", "in", self.ids) & self._get_orphan_domain())
        eve = fields.Date.subtract(clock.today(), days=1)
        months = relativedelta(months=rule.months)
        dues = {}
        for paper in self:
            end = paper._get_end()
            days = [end and end + months, eve if paper in orphans else None]
            if due := min(filter(None, days), default=None):
                dues[paper] = due
        return dues

    @api.model
    def _get_orphan_domain(self):
        return Domain("id", "in", self._select_orphans())

    @api.model
    def _select_orphans(self):
        """Those whose giver holds no authority over the child any more: ended, never one that is
        contested; or the child is of age. About the parent herself: over no child."""
        self.flush_model(["child_id", "parent_id"])
        self.env["parental.authority"].flush_model()
        self.env["res.partner"].flush_model(["birthdate"])
        today = clock.today()
        return SQL(
            """(
                SELECT paper.id
                FROM %(table)s paper
                WHERE NOT EXISTS (
                    SELECT FROM parental_authority held
                    JOIN res_partner child ON child.id = held.child_id
                    WHERE held.holder_id = paper.parent_id
                        AND (paper.child_id IS NULL OR held.child_id = paper.child_id)
                        AND held.state != 'ended'
                        AND (held.date_end IS NULL OR held.date_end >= %(today)s)
                        AND child.birthdate > %(born)s
                )
            )""",
            table=SQL.identifier(self._table),
            today=today,
            born=fields.Date.subtract(today, years=18),
        )
