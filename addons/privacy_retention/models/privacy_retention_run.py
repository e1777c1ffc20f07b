import logging
from collections import Counter, defaultdict

from odoo import Command, api, fields, models
from odoo.tools import format_date, split_every

from odoo.addons.territory_base import clock

from ..schedule import GO, KEEP, plan

_logger = logging.getLogger(__name__)

# Read, locked and committed together.
BATCH = 200


class PrivacyRetentionRun(models.AbstractModel):
    """The daily job: it warns, waits, and erases. Private, in superuser mode."""

    _name = "privacy.retention.run"
    _description = "Job of retention"

    @api.model
    def _cron_run(self):
        """Each rule once a day; a run that was cut goes on where it stopped."""
        today = clock.today()
        rules = self.env["privacy.retention"].search([("enabled_on", "!=", False)])
        cron = self.env["ir.cron"]
        todo = []
        for rule in rules.filtered(lambda rule: rule.last_run_on != today):
            batches = list(split_every(BATCH, rule._find_ids(today), list))
            todo += [(rule, ids, ids is batches[-1]) for ids in batches]
            if not batches:
                rule.write({"last_run_on": today, "cursor": 0})
        cron._commit_progress(remaining=len(todo))
        for rule, ids, is_last in todo:
            rule.with_context(lang=self._get_retention_lang())._run_batch(ids, today)
            rule.write({"last_run_on": today, "cursor": 0} if is_last else {"cursor": max(ids)})
            if not cron._commit_progress(1):
                break

    @api.model
    def _get_retention_lang(self):
        return self.env["res.lang"].sudo()._get_code("fr_FR") or self.env.lang or "en_US"

    def _get_records(self):
        self.ensure_one()
        return self.env[self.model_name].sudo().with_context(active_test=False)

    def _find_ids(self, today):
        """Those near their end, and those that were warned already, after the last one done."""
        self.ensure_one()
        Records = self._get_records()
        day = fields.Date.add(today, days=self.first_days if self.warns else 0)
        ids = set(Records.search(Records._get_retention_domain(self, day)).ids)
        Warning_ = self.env["privacy.retention.warning"]
        ids.update(Warning_.search([("retention_id", "=", self.id)]).mapped("res_id"))
        return sorted(each for each in ids if each > self.cursor)

    def _read_states(self, records):
        """:return: dict: record → (end of its delay or None, why it stays, {rank: warning})"""
        dues = records._get_retention_dues(self)
        kept = records._get_retention_kept(self)
        warnings = defaultdict(dict)
        for warning in self.env["privacy.retention.warning"].search(
            [("retention_id", "=", self.id), ("res_id", "in", records.ids)]
        ):
            warnings[warning.res_id][warning.rank] = warning
        return {
            record: (
                None if record in kept else dues.get(record),
                kept.get(record),
                warnings[record.id],
            )
            for record in records
        }

    def _plan(self, due, today, warnings):
        """`schedule.plan`, with what the two warnings became."""
        if not self.warns:
            return GO if due and due <= today else KEEP
        first, second = (
            warnings[rank]._to_warned() if rank in warnings else None for rank in (1, 2)
        )
        return plan(due, today, self._get_notice_days(), first, second)

    def _run_batch(self, ids, today):
        self.ensure_one()
        # What somebody changes at this very moment is left for tomorrow.
        existing = self._get_records().browse(ids).exists()
        records = existing.try_lock_for_update(allow_referencing=True)
        Warning_ = self.env["privacy.retention.warning"]
        missing = set(ids) - set(existing.ids)
        Warning_.search([("retention_id", "=", self.id), ("res_id", "in", list(missing))]).unlink()
        states = self._read_states(records)
        allowed = records._filter_retention_allowed(self)
        events, to_tell = Counter(), defaultdict(list)
        for record in records:
            due, _why, warnings = states[record]
            kind, delay = record._get_retention_kind(), record._get_retention_delay(self)
            event = None
            try:
                with self.env.cr.savepoint():
                    event, told = self._act(record, due, today, warnings, record in allowed)
                    self.env.flush_all()
            except Exception:
                # One that fails stops no other; it stays, and is tried again tomorrow.
                _logger.exception("Rule of retention %s on %s %s", self.id, record._name, record.id)
                event, told = "failed", None
                self.env.invalidate_all()
            if event:
                events[event, kind, delay] += 1
            if told:
                to_tell[told[0], told[1].rank].append((told[1], told[2], kind))
        for (service, rank), rows in to_tell.items():
            self._tell_service(service, rank, rows)
        for (event, kind, delay), count in events.items():
            self._log(event, kind, count, delay)

    def _act(self, record, due, today, warnings, is_allowed):
        """:return: (event of the journal, (service, warning, label) whom the service is told of)"""
        step = self._plan(due, today, warnings)
        event = None
        if step.act == "forget":
            for warning in warnings.values():
                warning.unlink()
            event, step = "restarted", self._plan(due, today, {})
        if step.act == "warn":
            warning = self._warn(record, step.rank, step.announced, today)
            return f"warned_{step.rank}", self._get_told(record, warning)
        if step.act == "wait":
            warning = warnings[max(warnings)]
            if warning._is_lost(today):
                return event, self._warn_again(record, warning, today)
        if step.act == "go" and is_allowed:
            for warning in warnings.values():
                warning.unlink()
            # As its own buttons would: archived ones are seen only to find what is past its time.
            record.with_context(active_test=True)._end_retention(self)
            event = "gone"
        return event, None

    def _get_told(self, record, warning):
        return record._get_retention_service(), warning, record._get_retention_label()

    def _warn(self, record, rank, announced, today):
        mail = self._mail_person(record, rank, announced)
        return self.env["privacy.retention.warning"].create(
            {
                "retention_id": self.id,
                "res_id": record.id,
                "rank": rank,
                "announced": announced,
                "written_on": today,
                "is_reachable": bool(mail),
                "person_mail_id": mail.id,
            }
        )

    def _warn_again(self, record, warning, today):
        """To the side that it did not reach; the end is put off for both."""
        days = self.first_days if warning.rank == 1 else self.second_days
        announced = max(warning.announced, fields.Date.add(today, days=days))
        warning.write({"announced": announced, "written_on": today})
        if warning.is_reachable and not warning.person_left_on:
            former = warning.person_mail_id
            mail = self._mail_person(record, warning.rank, announced)
            warning.write({"person_mail_id": mail.id, "is_reachable": bool(mail)})
            former.exists().unlink()
        return None if warning.service_left_on else self._get_told(record, warning)

    # ------------------------------------------------------------
    # Mails
    # ------------------------------------------------------------

    def _mail_person(self, record, rank, day):
        vals = record._prepare_retention_mail(self, rank, day)
        if not vals:
            return self.env["mail.mail"]
        return self._send_retention_mail(vals)

    def _send_retention_mail(self, vals):
        headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
        mail = self.env["mail.mail"].create({"auto_delete": True, "headers": repr(headers), **vals})
        mail.mail_message_id.is_internal = True
        mail._trigger_queue()
        return mail

    def _tell_service(self, service, rank, rows):
        """One mail for all that ends there: numbers, never a person."""
        recipients = self._get_retention_recipients(service)
        warnings = self.env["privacy.retention.warning"].union(*(row[0] for row in rows))
        if not recipients:
            _logger.warning("Nobody receives the warnings of the rule of retention %s", self.id)
            return
        sender = service.email or self.env.company.email_formatted
        by_kind = defaultdict(list)
        for warning, label, kind in rows:
            day = format_date(self.env, warning.announced, date_format="dd/MM/yyyy")
            by_kind[kind, day].append(label)
        body = self.env["ir.qweb"]._render(
            "privacy_retention.mail_service",
            {
                "rule": self,
                "rank": rank,
                "sections": [
                    {
                        "title": self.env._(
                            "%(kind)s: %(count)s, erased on %(day)s",
                            kind=kind or self.name,
                            count=len(labels),
                            day=day,
                        ),
                        "labels": ", ".join(filter(None, labels)),
                    }
                    for (kind, day), labels in sorted(by_kind.items())
                ],
            },
        )
        subject = (
            self.env._("Soon erased: %(rule)s", rule=self.name)
            if rank == 1
            else self.env._("Last warning before erasure: %(rule)s", rule=self.name)
        )
        mail = self._send_retention_mail(
            {
                "subject": subject,
                "body_html": self.env["mail.mail"]._render_look(
                    body,
                    title=subject,
                    button=(self.env._("Look at them"), self._get_records()._get_retention_url()),
                ),
                "email_from": sender,
                "recipient_ids": [Command.set(recipients.partner_id.ids)],
            }
        )
        warnings.write({"service_mail_id": mail.id})

    @api.model
    def _get_retention_recipients(self, service):
        """The agents of the service; without them, the data protection officer, else the
        administrators."""
        officers = self.env.ref("territory_base.territory_group_dpo").all_user_ids
        administrators = self.env.ref("base.group_system").all_user_ids
        for users in (service.user_ids, officers, administrators):
            reached = users.filtered(lambda user: user.active and not user.share and user.email)
            if reached:
                return reached
        return self.env["res.users"]
