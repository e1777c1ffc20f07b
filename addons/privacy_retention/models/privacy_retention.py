from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..schedule import Notice

DPO = "territory_base.territory_group_dpo"
READERS = f"{DPO},territory_base.territory_group_manager,base.group_system"
# What the data protection officer sets herself.
FREE = {"months", "first_days", "second_days"}


class PrivacyRetention(models.Model):
    """A rule: what is erased, after how long. It does nothing until the data protection officer
    has seen what would go, and turned it on."""

    _name = "privacy.retention"
    _description = "Rule of retention"
    _inherit = ["privacy.retention.run"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    model_name = fields.Char(required=True, help="It inherits privacy.retention.mixin.")
    description = fields.Text(translate=True, help="What goes, what stays.")
    has_own_delay = fields.Boolean(
        help="The delay is here; else the data themselves say it (each procedure has its own)."
    )
    months = fields.Integer(string="Delay (months)")
    warns = fields.Boolean(default=True, help="The person and the service are warned twice before.")
    first_days = fields.Integer(string="First warning, days before", default=60)
    second_days = fields.Integer(string="Second warning, days before", default=30)
    delay_label = fields.Char(string="Delay", compute="_compute_delay_label")
    is_enabled = fields.Boolean(string="On", compute="_compute_is_enabled")
    previewed_by_id = fields.Many2one("res.users", string="Dry run seen by", readonly=True)
    previewed_on = fields.Datetime(string="Dry run seen on", readonly=True)
    enabled_by_id = fields.Many2one("res.users", string="Turned on by", readonly=True)
    enabled_on = fields.Datetime(string="Turned on the", readonly=True)
    last_run_on = fields.Date(string="Last run", readonly=True)
    refused_count = fields.Integer(compute="_compute_refused_count", compute_sudo=True)
    cursor = fields.Integer(readonly=True, help="Last record of a run that was cut.")

    _model_uniq = models.Constraint("UNIQUE(model_name)", "There is one rule for each model.")
    _months_positive = models.Constraint("CHECK(months >= 0)", "A delay is not negative.")
    _notice_order = models.Constraint(
        "CHECK(second_days >= 30 AND first_days > second_days)",
        "The second warning leaves 30 days before the end at least, the first one before it.",
    )

    @api.depends("months", "has_own_delay")
    @api.depends_context("lang")
    def _compute_delay_label(self):
        for rule in self:
            rule.delay_label = (
                rule._get_delay_text(rule.months)
                if rule.has_own_delay
                else rule._get_records()._get_retention_rule_delay()
            )

    @api.depends("enabled_on")
    def _compute_is_enabled(self):
        for rule in self:
            rule.is_enabled = bool(rule.enabled_on)

    def _compute_refused_count(self):
        for rule in self:
            rule.refused_count = len(self.env["privacy.retention.warning"]._find_refused(rule))

    def write(self, vals):
        """A delay that changes stops the rule: what would go is not what was seen."""
        if not self.env.su:
            if set(vals) - FREE:
                raise AccessError(self.env._("A rule is turned on and off by its buttons only."))
            self._check_officer()
        changed = self.filtered(
            lambda rule: any(name in vals and rule[name] != vals[name] for name in FREE)
        )
        result = super().write(vals)
        if changed and not self.env.context.get("install_mode"):
            changed.sudo()._stop("changed")
        return result

    def _check_officer(self):
        if not self.env.user.has_group(DPO):
            raise AccessError(
                self.env._("Only the data protection officer sets and turns on what is erased.")
            )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_preview(self):
        """What would go, and when: nothing is written but that it was looked at."""
        self.check_access("read")
        Preview = self.env["privacy.retention.preview"]
        if not self.env.user.has_groups(READERS):
            raise AccessError(self.env._("This is for the data protection officer."))
        rules_sudo = (self or self.search([("sequence", ">=", 0)])).sudo()
        Preview._compute_for(rules_sudo)
        if self.env.user.has_group(DPO):
            rules_sudo.write(
                {"previewed_by_id": self.env.uid, "previewed_on": fields.Datetime.now()}
            )
            rules_sudo._log("previewed")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "privacy_retention.privacy_retention_preview_action"
        )
        action["domain"] = [("retention_id", "in", [False, *rules_sudo.ids])]
        return action

    def action_enable(self):
        self._check_officer()
        self.check_access("read")
        for rule_sudo in self.sudo():
            if rule_sudo.enabled_on:
                continue
            if not rule_sudo.previewed_on or not rule_sudo.previewed_by_id.has_group(DPO):
                raise UserError(
                    self.env._(
                        "Look first at what “%(rule)s” would erase: “See what would go”.",
                        rule=rule_sudo.name,
                    )
                )
            if rule_sudo.has_own_delay and not rule_sudo.months:
                raise UserError(self.env._("Write the delay first."))
            rule_sudo.write({"enabled_by_id": self.env.uid, "enabled_on": fields.Datetime.now()})
            rule_sudo._log("enabled")

    def action_disable(self):
        self._check_officer()
        self.check_access("read")
        self.sudo().filtered("enabled_on")._stop("disabled")

    def action_confirm_told(self):
        """The persons whose address refuses our mails were told otherwise, by letter: without it
        their data would stay for ever."""
        self._check_officer()
        self.check_access("read")
        for rule_sudo in self.sudo():
            refused_sudo = self.env["privacy.retention.warning"].sudo()._find_refused(rule_sudo)
            if not refused_sudo:
                raise UserError(self.env._("No warning was refused for good."))
            refused_sudo.write({"is_reachable": False})
            rule_sudo._log("told", count=len(refused_sudo))

    def _stop(self, event):
        """Warnings are kept: they end with the clock of what they announced."""
        self._log(event)
        self.write(
            {
                "enabled_by_id": False,
                "enabled_on": False,
                **({"previewed_by_id": False, "previewed_on": False} if event == "changed" else {}),
            }
        )

    # ------------------------------------------------------------
    # Words, journal
    # ------------------------------------------------------------

    @api.model
    def _get_delay_text(self, months):
        if not months:
            return self.env._("none")
        if months % 12:
            return self.env._("%(count)s months", count=months)
        if months == 12:
            return self.env._("1 year")
        return self.env._("%(count)s years", count=months // 12)

    def _get_notice_days(self):
        self.ensure_one()
        return Notice(self.first_days, self.second_days)

    def _log(self, event, kind="", count=0, delay=None):
        """In superuser mode."""
        self.env["privacy.retention.journal"].create(
            [
                {
                    "retention_id": rule.id,
                    "rule": rule.name,
                    "event": event,
                    "kind": kind,
                    "count": count,
                    "delay": rule.delay_label if delay is None else delay,
                }
                for rule in self
            ]
        )
