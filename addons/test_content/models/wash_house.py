from odoo import api, fields, models
from odoo.fields import Domain


class WashHouse(models.Model):
    _name = "wash.house"
    _description = "Wash house"
    _inherit = ["content.approval.mixin"]
    _asks_commune = True
    _shown_until = "closed_at"

    name = fields.Char(required=True)
    story = fields.Text()
    depth = fields.Float()
    is_covered = fields.Boolean()
    water = fields.Selection([("spring", "Spring"), ("river", "River")])
    built_on = fields.Date()
    closed_at = fields.Datetime()
    photo = fields.Image(max_width=1024, max_height=1024)
    photo_alt = fields.Char()
    photo_credit = fields.Char()
    topic_ids = fields.Many2many("territory.topic")
    hours_ids = fields.One2many("wash.house.hours", "house_id")
    commune_id = fields.Many2one("territory.commune")
    owner_id = fields.Many2one("res.partner")
    # Not open, yet on the page: by an import only.
    motto = fields.Char(translate=True)
    # Not open: what the staff writes as it pleases.
    rank = fields.Integer()
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint("UNIQUE(name)", "Another wash house has this name.")

    @api.model
    def _get_approval_fields(self):
        return {
            "name": {},
            "story": {},
            "depth": {},
            "is_covered": {},
            "water": {},
            "built_on": {},
            "closed_at": {},
            "photo": {"alt": "photo_alt", "credit": "photo_credit"},
            "photo_alt": {},
            "photo_credit": {},
            "topic_ids": {"section": self.env._("Say more")},
            "hours_ids": {
                "lines": ["day", "hour_from", "hour_to", "picture"],
                "columns": {"hour_from": {"widget": "hours"}, "hour_to": {"widget": "hours"}},
            },
        }

    @api.model
    def _get_guarded_fields(self):
        return super()._get_guarded_fields() | {"motto"}

    @api.model
    def _get_preview_template(self):
        return "test_content.wash_house"

    @api.model
    def _get_contributed_domain(self, organisations, communes):
        return Domain("owner_id", "in", organisations.ids) | Domain(
            "commune_id", "in", communes.ids
        )

    def _get_approval_communes(self):
        return self.commune_id

    def _get_approval_organisations(self):
        return self.owner_id

    def _get_content_url(self):
        return f"/wash-house/{self.id}"

    def _get_category_name(self):
        self.ensure_one()
        return dict(self._fields["water"].selection).get(self.water, "")

    @api.model
    def _may_propose_new(self, user, organisation=None):
        return super()._may_propose_new(user, organisation) or bool(organisation)

    @api.model
    def _check_approval_values(self, values):
        if (values.get("depth") or 0) < 0:
            return {"depth": self.env._("The water is under the ground.")}
        return {}

    @api.model
    def _prepare_new_content(self, revision):
        return {"commune_id": revision.commune_ids[:1].id, "owner_id": revision.organisation_id.id}
