from datetime import timedelta

from odoo import fields

from odoo.addons.procedure.tests.common import ProcedureCommon

DAY = fields.Date.to_date("2026-03-10")


class SurveyCommon(ProcedureCommon):
    """Requests of the waste service, answered, and what their applicants say of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._procedure("Louer une salle", "LOUER", cls.waste, cls._short())
        cls.elsewhere = cls._procedure("Inscrire", "INSCRIRE", cls.school, cls._short())
        cls.Answer = cls.env["procedure.survey.answer"]
        cls.Result = cls.env["procedure.survey.result"]
        cls.Comment = cls.env["procedure.survey.comment"]

    @classmethod
    def _short(cls):
        return [{"key": "day", "type": "char", "label": "Jour", "required": True}]

    def _ask(self, procedure=None, user=None):
        """A request that is not answered yet."""
        if not procedure:
            return self._submit(user).sudo()
        return self._submit(user, procedure=procedure, files={}, answers={"day": "lundi"}).sudo()

    def _answered(self, procedure=None, user=None, refused=False):
        request = self._ask(procedure, user)
        agent = self.school_agent if procedure == self.elsewhere else self.agent
        if refused:
            request.with_user(agent).action_refuse("Déjà équipé")
        else:
            request.with_user(agent).action_accept()
        return request

    def _decided(self, procedure):
        """The same, without all that an answer sets off: letters, mails."""
        request = self.env["procedure.request"].create(
            {
                "procedure_id": procedure.id,
                "version_id": procedure.version_ids[:1].id,
                "service_id": procedure.service_id.id,
                "state": "accepted",
            }
        )
        self.env["procedure.decision"].create({"request_id": request.id, "kind": "accepted"})
        return request

    def _give(self, *satisfied, procedure=None, day=DAY, comments=(), contact=False):
        """Answers of that day, one for each of these booleans."""
        requests = self.env["procedure.request"]
        for number, value in enumerate(satisfied):
            request = self._decided(procedure or self.other)
            comment = comments[number] if number < len(comments) else ""
            request._answer_survey(value, comment, contact)
            self._date(request, day)
            requests |= request
        return requests

    def _date(self, request, day):
        request._get_survey_answer().date = day

    def _count(self, days=8):
        self.Answer._count(DAY + timedelta(days=days))
