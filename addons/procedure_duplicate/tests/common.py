from datetime import timedelta

from odoo.addons.procedure.tests.common import ProcedureCommon
from odoo.addons.territory_base import clock


class DuplicateCase(ProcedureCommon):
    """Camille asked for the same bin twice, the second time with a document and a message."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._submit(files={})
        cls._age(cls.first, 10)
        cls.second = cls._submit()

    @classmethod
    def _age(cls, request, days):
        """Received that many days before."""
        request.sudo()._start_clock(cls._days_ago(days))

    @staticmethod
    def _days_ago(days):
        """Of the days of the territory: at night, Greenwich has another one."""
        return clock.today() - timedelta(days=days)

    def _visit(self, **identity):
        return self._submit_without_account(identity=self._identity(**identity)).with_user(
            self.env.user
        )

    def _similar_by(self, user, request):
        self.env.invalidate_all()
        return request.with_user(user).similar_request_id.with_env(self.env)

    def _join(self, joined=None, kept=None, user=None, words=""):
        user = user or self.agent
        joined, kept = joined or self.second, kept or self.first
        joined.with_user(user)._join_to(kept.with_user(user), words)
        self.env.invalidate_all()

    def _separate(self, request=None, user=None):
        (request or self.second).with_user(user or self.agent).action_separate()
        self.env.invalidate_all()

    def _told(self, request):
        """The comments of the service that its applicant receives."""
        return self._mails(request) | request.message_ids.filtered(
            lambda message: message.message_type == "auto_comment"
        )
