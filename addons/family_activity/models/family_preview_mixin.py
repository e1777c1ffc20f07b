from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.territory_base import clock

from ..tools.cutoff import say_day, say_moment

FRIDAY = 4


class FamilyPreviewMixin(models.AbstractModel):
    """What has rules, and shows what they say of one day before anybody meets them."""

    _name = "family.preview.mixin"
    _description = "Rules that are previewed"

    preview_date = fields.Date(
        "For example for",
        store=False,
        default=lambda self: self._default_preview_date(),
    )
    preview = fields.Text("What families read", compute="_compute_preview")

    @api.model
    def _default_preview_date(self):
        """A Friday, in two weeks: most sites are open then."""
        today = clock.today()
        return today + timedelta(days=14 + FRIDAY - today.weekday())

    def _find_preview_start(self, day):
        """When what it receives begins on this day, aware; None while nobody can tell."""
        return None

    @api.depends("preview_date", "rule_ids", "rule_ids.purpose", "rule_ids.sentence", "service_id")
    def _compute_preview(self):
        for each in self:
            day = each.preview_date or self._default_preview_date()
            rules = each._get_effective_rules()[each]
            is_working = self.env["family.rule"]._get_working_days(day, day, each.service_id)
            start = each._find_preview_start(day)

            def say_limit(rule, day=day, is_working=is_working, start=start):
                limit = rule._get_cutoff().find_limit(day, is_working)
                return say_moment(min(limit, start) if start else limit)

            lines = [
                self.env._(
                    "%(purpose)s for %(day)s: %(limit)s",
                    purpose=rule._get_purpose_words(),
                    day=say_day(day),
                    limit=say_limit(rule),
                )
                for rule in sorted(rules.values(), key=lambda rule: rule._get_rank())
                if rule._is_whole()
            ]
            each.preview = "\n".join(lines) or self.env._("No rule: until it begins.")
