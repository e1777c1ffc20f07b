from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import split_every

from odoo.addons.territory_base import clock

from ..schedule import goes_on
from .privacy_retention_run import BATCH


class PrivacyRetentionPreview(models.TransientModel):
    """A line of the dry run: how many, of what, and when. Never who."""

    _name = "privacy.retention.preview"
    _description = "What would be erased"
    _order = "sequence, outcome, date_from, kind, id"

    sequence = fields.Integer()
    retention_id = fields.Many2one("privacy.retention", string="Rule", readonly=True)
    name = fields.Char(string="Data", readonly=True)
    kind = fields.Char(string="What", readonly=True)
    delay = fields.Char(readonly=True)
    outcome = fields.Selection(
        [
            ("now", "Past its delay: to erase"),
            ("agreement", "Waits for the visa of the archives"),
            ("warned", "Warned"),
            ("late", "A warning did not leave yet"),
            ("soon", "To be warned"),
            ("later", "Later"),
            ("kept", "Kept: the clock is stopped"),
            ("endless", "No delay: never goes"),
            ("own", "Erased by its own job"),
        ],
        readonly=True,
    )
    count = fields.Integer(string="How many", readonly=True)
    date_from = fields.Date(string="First on", readonly=True)
    date_to = fields.Date(string="Last on", readonly=True)
    detail = fields.Char(string="Why", readonly=True)

    @api.model
    def _compute_for(self, rules_sudo):
        """The lines of these rules, for the user. In superuser mode, once her right was checked."""
        self.sudo().search([("create_uid", "=", self.env.uid)]).unlink()
        rows = []
        for position, rule in enumerate(rules_sudo):
            groups = defaultdict(list)
            for row, day in self._read_rows(rule):
                groups[row].append(day)
            for (kind, delay, outcome, detail), days in groups.items():
                known = [day for day in days if day]
                rows.append(
                    {
                        "sequence": position,
                        "retention_id": rule.id,
                        "name": rule.name,
                        "kind": kind,
                        "delay": delay,
                        "outcome": outcome,
                        "detail": detail,
                        "count": len(days),
                        "date_from": min(known, default=False),
                        "date_to": max(known, default=False),
                    }
                )
            rows += [
                {
                    "sequence": position,
                    "retention_id": rule.id,
                    "name": rule.name,
                    "kind": kind,
                    "outcome": outcome,
                    "count": count,
                    "detail": detail,
                }
                for kind, outcome, count, detail in rule._get_records()._get_retention_others(rule)
            ]
        own = dict(self._fields["outcome"]._description_selection(self.env))["own"]
        rows += [
            {"sequence": 100, "name": own, "kind": name, "outcome": "own", "delay": delay}
            for name, delay in self._get_own_jobs()
        ]
        return self.sudo().create(rows)

    @api.model
    def _read_rows(self, rule):
        """((kind, delay, outcome, why), day) of each record that has an end, or is kept."""
        today = clock.today()
        Records = rule._get_records().with_context(lang=self.env.lang)
        ids = Records.search(Records._get_retention_domain(rule), order="id").ids
        for part in split_every(BATCH, ids, list):
            records = Records.browse(part)
            allowed = records._filter_retention_allowed(rule)
            for record, (due, why, warnings) in rule._read_states(records).items():
                kind, delay = record._get_retention_kind(), record._get_retention_delay(rule)
                outcome, day = self._get_outcome(rule, due, why, warnings, today)
                if outcome == "now" and record not in allowed:
                    outcome = "agreement"
                if outcome:
                    yield (kind, delay, outcome, why or ""), day
            records.invalidate_recordset()

    @api.model
    def _get_outcome(self, rule, due, why, warnings, today):
        """(outcome, day): by the same plan as the job."""
        if why:
            return "kept", None
        if due is None:
            return "endless", None
        step = rule._plan(due, today, warnings)
        if step.act == "go":
            return "now", today
        if not rule.warns:
            return "later", due
        first, second = (
            warnings[rank]._to_warned() if rank in warnings else None for rank in (1, 2)
        )
        day = goes_on(due, today, rule._get_notice_days(), first, second)
        if step.act == "wait":
            return "late", day
        if step.act in ("warn", "forget") and not second:
            return "soon", day
        return ("warned" if first else "later"), day

    @api.model
    def _get_own_jobs(self):
        """(what, how long) of what its addon erases by itself: shown, not done twice.

        Any model may say it by a method `_get_retention_facts()`.
        """
        for name in sorted(self.env.registry):
            tell = getattr(self.env[name], "_get_retention_facts", None)
            if tell:
                yield from tell()
