from collections import Counter
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock


class KeptFigure(NamedTuple):
    """Of the pages online of a kind: how many are kept up to date.

    `group`: a category of the kind; empty: it has none. `months`: how long a check is good for.
    """

    kind: str
    group: str
    online: int
    kept: int
    months: int

    @property
    def percent(self):
        return round(100 * self.kept / self.online)


class ContentType(models.Model):
    _inherit = "content.type"

    review_months = fields.Integer(
        "Checked every (months)",
        default=6,
        help="Whoever keeps such a content is asked whether it is still right, this long after it "
        "was checked.",
    )

    _review_valid = models.Constraint(
        "CHECK(review_months > 0)", "A content is checked after one month at least."
    )

    @api.model
    def _list_kept_figures(self):
        """`KeptFigure` of each kind of content, by category; none of what has no page online."""
        today = clock.today()
        figures = []
        for content_type in self.search([], limit=100):
            if content_type.model not in self.env:
                continue
            Model_sudo = self.env[content_type.model].sudo()
            shown = Domain(Model_sudo._get_shown_domain())
            online, kept = (
                Counter(content._get_category_name() for content in Model_sudo.search(domain))
                for domain in (shown, shown & content_type._get_kept_domain(today))
            )
            figures += [
                KeptFigure(content_type.name, group, count, kept[group], content_type.review_months)
                for group, count in sorted(online.items())
            ]
        return figures

    def _get_kept_domain(self, day):
        """What somebody checked or changed in the months before; what the territory's data
        brought, and that nobody has looked at, is not."""
        self.ensure_one()
        limit = day - relativedelta(months=self.review_months)
        proposed = (
            self.env["content.revision"]
            .sudo()
            ._read_group(
                Domain("type_id", "=", self.id)
                & Domain("version", ">", 0)
                & Domain("published_by_id", "!=", False)
                & Domain("date_published", ">=", limit),
                ["res_id"],
            )
        )
        ids = [res_id for (res_id,) in proposed]
        return Domain("date_verified", ">=", limit) | Domain("id", "in", ids)
