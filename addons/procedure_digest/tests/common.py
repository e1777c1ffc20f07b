from freezegun import freeze_time

from odoo.addons.procedure.tests.common import ProcedureCommon

# A Wednesday, 8 o'clock in Paris.
MORNING = "2026-11-25 07:00:00"


class DigestCommon(ProcedureCommon):
    """Two agents of the waste service, with an address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The services of other data have no say here.
        cls.env["territory.service"].search([]).sends_daily_digest = False
        (cls.waste | cls.school | cls.town_hall).sends_daily_digest = True
        for user in cls.agent | cls.colleague | cls.school_agent | cls.secretary:
            user.email = f"{user.login}@exemple.fr"
        # A cron commits after each service, which no test may do.
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 1000)

    def _run(self, moment=MORNING):
        """The cron at that moment; returns the mails that it made."""
        before = self.env["mail.mail"].search([])
        with freeze_time(moment):
            self.env["procedure.digest"]._send_due()
        return self.env["mail.mail"].search([]) - before

    def _filed(self, day="2026-11-25", **kwargs):
        with freeze_time(f"{day} 06:00:00"):
            return self._submit(**kwargs)
