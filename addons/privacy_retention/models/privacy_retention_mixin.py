from odoo import api, models


class PrivacyRetentionMixin(models.AbstractModel):
    """What a model says of its own data to the job of `privacy.retention`.

    All is called in superuser mode. A rule names its model; what follows is overridden there.
    """

    _name = "privacy.retention.mixin"
    _description = "What is kept for a time"

    @api.model
    def _get_retention_domain(self, rule, day=None):
        """Those that may be past their time on this day, finished or not: no more is read.

        :param day: None: whenever (dry run)
        """
        raise NotImplementedError

    def _get_retention_dues(self, rule):
        """:return: dict: record → the last day of its delay; without it, it has no end yet"""
        raise NotImplementedError

    def _get_retention_kept(self, rule):
        """:return: dict: record → why it stays whatever its age, in words without names"""
        return {}

    def _get_retention_kind(self):
        """What it is, in the dry run and the journal: never who."""
        self.ensure_one()
        return ""

    def _get_retention_delay(self, rule):
        """Its delay in words."""
        return rule._get_delay_text(rule.months)

    @api.model
    def _get_retention_rule_delay(self):
        """That of the rule, when it is not its months."""
        return self.env._("the one of each procedure")

    def _get_retention_label(self):
        """How the service finds it: a number, never a name."""
        self.ensure_one()
        return ""

    @api.model
    def _get_retention_url(self):
        """Where the service looks at them."""
        return f"{self.env['mail.mail'].get_base_url()}/odoo"

    def _get_retention_service(self):
        """Who is warned on our side; without service, the data protection officer."""
        return self.env["territory.service"]

    def _prepare_retention_mail(self, rule, rank, day):
        """The warning to the person: values of `mail.mail`; empty when no address is known."""
        return {}

    def _filter_retention_allowed(self, rule):
        """Those that may go once warned. Extended where somebody else must agree (visa)."""
        return self

    def _end_retention(self, rule):
        """It goes: each alone, in a savepoint."""
        raise NotImplementedError

    @api.model
    def _get_retention_others(self, rule):
        """What the dry run says besides: list of (kind, count, words), for what has no delay."""
        return []
