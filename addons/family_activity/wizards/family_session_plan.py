from odoo import api, fields, models


class FamilySessionPlan(models.TransientModel):
    """The sessions of a season: counted first, made once agreed."""

    _name = "family.session.plan"
    _description = "Sessions to make"

    season_id = fields.Many2one("family.season", required=True, readonly=True, ondelete="cascade")
    with_adjusted = fields.Boolean(
        "Also those that were changed by hand",
        help="Their hours, their places and what was decided for their day are forgotten.",
    )
    report = fields.Text("What will be done", compute="_compute_report")

    @api.depends("season_id", "with_adjusted")
    def _compute_report(self):
        for wizard in self:
            season = wizard.season_id
            sites = season._get_own_sites() if season else season.site_ids
            if not sites:
                wizard.report = self.env._(
                    "None of the sites of this season is led by your service."
                )
                continue
            plan = season._plan_sessions(sites, with_adjusted=wizard.with_adjusted)
            wizard.report = "\n".join(self._tell(sites, plan))

    def action_apply(self):
        self.ensure_one()
        self.season_id._make_sessions(with_adjusted=self.with_adjusted)
        return self.season_id.action_open_sessions()

    def _tell(self, sites, plan):
        lines = [
            self.env._("Sites: %s.", ", ".join(sites.mapped("name"))),
            self.env._("Sessions to add: %s.", len(plan.missing)),
            self.env._(
                "Sessions to change, as their slots: %s.", sum(map(len, plan.changed.values()))
            ),
            self.env._("Sessions that are there: %s.", len(plan.known)),
        ]
        if plan.left:
            lines.append(
                self.env._(
                    "Sessions that another season left, taken into this one: %s.", len(plan.left)
                )
            )
        if plan.kept:
            lines.append(self.env._("Changed by hand, they stay as they are: %s.", len(plan.kept)))
        if plan.unknown:
            lines.append(
                self.env._(
                    "Days left out, the school holidays of which are not published: %s.",
                    len(plan.unknown),
                )
            )
        return lines
