from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.territory_base import clock

STATES = [("draft", "Not begun"), ("running", "In progress"), ("over", "Over")]
ALL_STATES = ("asked", "confirmed", "correcting", "corrected", "withdrawn", "silent")
# What one person is asked at once; the rest follows once she has answered.
AT_ONCE = 10
REMIND_DAYS = 21


class ContentReviewCampaign(models.Model):
    """For some months, whoever keeps a content that was not checked for long is asked about it.

    Nobody is written to outside of a campaign.
    """

    _name = "content.review.campaign"
    _description = "Campaign of checks"
    _order = "date_start desc, id desc"

    name = fields.Char(required=True)
    date_start = fields.Date("From", required=True, default=lambda self: clock.today())
    date_end = fields.Date("To", required=True)
    type_ids = fields.Many2many("content.type", string="Kinds of content", help="Empty: all.")
    commune_ids = fields.Many2many("territory.commune", string="Communes", help="Empty: all.")
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False)
    review_ids = fields.One2many("content.review", "campaign_id", readonly=True)
    asked_count = fields.Integer("Asked", compute="_compute_counts")
    confirmed_count = fields.Integer("Confirmed", compute="_compute_counts")
    corrected_count = fields.Integer("Corrected", compute="_compute_counts")
    withdrawn_count = fields.Integer("Withdrawn", compute="_compute_counts")
    silent_count = fields.Integer("Without answer", compute="_compute_counts")

    _dates_valid = models.Constraint(
        "CHECK(date_end >= date_start)", "A campaign cannot end before it begins."
    )

    @api.depends("review_ids.state")
    def _compute_counts(self):
        """As the reader sees them: a secretary, those of her communes."""
        counts = {}
        for campaign, state, count in self.env["content.review"]._read_group(
            [("campaign_id", "in", self.ids)], ["campaign_id", "state"], ["__count"]
        ):
            counts[campaign.id, state] = count
        for campaign in self:
            of = {state: counts.get((campaign.id, state), 0) for state in ALL_STATES}
            campaign.asked_count = sum(of.values())
            campaign.confirmed_count = of["confirmed"]
            campaign.corrected_count = of["correcting"] + of["corrected"]
            campaign.withdrawn_count = of["withdrawn"]
            campaign.silent_count = of["asked"] + of["silent"]

    def write(self, vals):
        if "state" in vals and not self.env.su:
            raise AccessError(self.env._("A campaign begins and ends by its buttons only."))
        return super().write(vals)

    def action_start(self):
        self.check_access("write")
        for campaign in self:
            if campaign.state != "draft":
                raise UserError(self.env._("This campaign has begun already."))
            campaign.sudo().state = "running"

    def action_end(self):
        self.check_access("write")
        for campaign in self.filtered(lambda each: each.state == "running"):
            campaign._end()

    def action_open_reviews(self):
        """The figures, by commune and by category."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "content_review.content_review_action"
        )
        action["domain"] = [("campaign_id", "=", self.id)]
        return action

    def _end(self):
        """What nobody has answered is told as such; its links open nothing any more."""
        self.sudo().state = "over"
        self.sudo().review_ids.filtered(lambda each: each.state == "asked").state = "silent"

    @api.model
    def _cron_run(self):
        today = clock.today()
        for campaign in self.search([("state", "=", "running")]):
            if campaign.date_end < today:
                campaign._end()
            elif campaign.date_start <= today:
                campaign._remind(today)
                campaign._ask(today)

    def _remind(self, today):
        """Once."""
        limit = today - timedelta(days=REMIND_DAYS)
        late = self.review_ids.filtered(
            lambda each: (
                each.state == "asked" and not each.date_reminded and each.date_asked <= limit
            )
        )
        late.date_reminded = today
        for user in late.user_ids:
            mine = late.filtered(lambda each: user in each.user_ids and not each._get_problem(user))  # noqa: B023
            if mine:
                mine._send(user)

    def _ask(self, today):
        """Those who have answered what they were asked are asked the next ones."""
        self.ensure_one()
        Review = self.env["content.review"]
        waiting = Review.search([("state", "=", "asked")])
        busy, asked = waiting.user_ids, {}
        known = {(review.res_model, review.res_id) for review in self.review_ids | waiting}
        for content, keepers in self._list_askable(today):
            if (content._name, content.id) in known:
                continue
            if not keepers or keepers & busy:
                continue
            if any(len(asked.get(user, ())) >= AT_ONCE for user in keepers):
                continue
            review = Review._make(content, self)
            review.user_ids = [Command.set(keepers.ids)]
            for user in keepers:
                asked[user] = asked.get(user, Review) | review
        for user, reviews in asked.items():
            reviews._send(user)

    def _list_askable(self, today):
        """(content, who keeps it) of every kind in its range, the longest unchecked of each
        first."""
        types = self.type_ids or self.env["content.type"].search([], limit=100)
        for content_type in types:
            Model = self.env.get(content_type.model)
            if Model is None:
                continue
            contents = Model.search(
                Model._get_stale_domain(today), order="date_verified NULLS FIRST, id"
            )
            if self.commune_ids:
                contents = contents.filtered(
                    lambda each: each._get_approval_communes() & self.commune_ids
                )
            yield from contents._get_all_keepers().items()
