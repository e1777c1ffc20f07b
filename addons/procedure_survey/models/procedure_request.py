from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.links import find_row, sign_row

from .procedure_survey_answer import CHANGE_DAYS

LINK = "procedure.survey"
# Counted from the answer of the service.
ASK_DAYS = 60
COMMENT_MAX = 2000


class ProcedureRequest(models.Model):
    """Once answered: is the applicant satisfied?"""

    _inherit = "procedure.request"

    is_survey_closed = fields.Boolean(groups=fields.NO_ACCESS, copy=False)

    def _tell_transition(self, name, **words):
        """The mail of an answer asks the question; the history, which the service reads, does not
        hold the link."""
        decision = self._get_transitions()[name].decision
        is_answer = self.env["procedure.decision"]._get_facts(decision).is_answer
        request = self.with_context(asks_survey=True) if is_answer else self
        return super(ProcedureRequest, request)._tell_transition(name, **words)

    def _get_survey_mail(self):
        """(address of yes, address of no) where the mail that is drawn asks; else nothing."""
        self.ensure_one()
        # All the delegates of an organisation receive one mail: whose link? Their page asks each.
        is_shared = len(self._get_applicants()) > 1
        if not self.env.context.get("asks_survey") or is_shared or not self._get_survey_day():
            return None
        link = self.get_base_url() + self._get_survey_link()
        return f"{link}?avis=oui", f"{link}?avis=non"

    def _get_todo_sentences(self, kind=None):
        """A letter on paper says where she is asked; never the link, which who prints it reads."""
        sentences = super()._get_todo_sentences(kind)
        request_sudo = self.sudo()
        if not kind or request_sudo._get_emails() or not request_sudo._get_survey_day():
            return sentences
        asked = self.env._(
            "Are you satisfied with the way this procedure went? You may say it at %(url)s, with "
            "the number of your request and the code that you wrote down when you sent it.",
            url=self._get_url(),
        )
        return [*sentences, asked]

    # ------------------------------------------------------------
    # Whether it is asked. In superuser mode, once it is known who reads.
    # ------------------------------------------------------------

    def _get_survey_decision(self):
        """The answer in force. Neither what the applicant withdrew, nor what was closed without an
        answer (a duplicate, nothing more to ask): there is nothing to be satisfied of."""
        self.ensure_one()
        decision = self.decision_ids.filtered("active")[:1]
        is_over = self.state not in ("draft", "cancelled", *self._get_open_states())
        is_answer = decision._get_facts(decision.kind).is_answer
        return decision if is_over and is_answer else decision.browse()

    def _get_survey_person(self, by=None):
        """Who answers: the one who is signed in, else the one applicant; nobody without account."""
        self.ensure_one()
        if by:
            return by
        applicants = self._get_applicants()
        return applicants if len(applicants) == 1 else applicants.browse()

    def _is_survey_person(self, person):
        """Whether she speaks for this request today."""
        self.ensure_one()
        if person:
            return self._is_applicant(person)
        return not self.applicant_id and not self.acting_for_id

    def _get_survey_day(self, by=None):
        """Hook: the last day on which the question is answered, or changed; None: not asked of her.

        :param by: as in `_get_survey_person`
        """
        self.ensure_one()
        person = self._get_survey_person(by)
        if not self._is_survey_person(person):
            return None
        decision = self._get_survey_decision()
        is_hers = not self.date_anonymised and self._is_survey_hers(by)
        if not decision or not self.procedure_id._asks_survey() or not is_hers:
            return None
        today = clock.today()
        if answer := self._get_survey_answer():
            if answer.partner_id != person:
                return None
            last = answer.date + timedelta(days=CHANGE_DAYS)
        elif self.is_survey_closed:
            return None
        else:
            last = clock.local_day(decision.date) + timedelta(days=ASK_DAYS)
        return last if last >= today else None

    def _is_survey_hers(self, by=None):
        """Whether it is surely the applicant who would answer.

        What the staff types names whom it wants, at the address that it wants, and prints the
        code: its own answers could stand beside one, and tell it. There, only in the space of
        somebody who had her account already; no mail, no page by number and code asks it.

        :param by: as in `_get_survey_person`
        """
        self.ensure_one()
        if self.channel == "web":
            return True
        accounts_sudo = by.sudo().user_ids if by else self.env["res.users"]
        return any(
            account_sudo.share and account_sudo.create_date <= self.create_date
            for account_sudo in accounts_sudo
        )

    def _get_survey_answer(self):
        self.ensure_one()
        return self.env["procedure.survey.answer"].search([("request_id", "=", self.id)])

    def _get_survey_link(self, by=None):
        """Path of the page that asks it; whoever holds it answers for that person, as long as she
        speaks for the request."""
        self.ensure_one()
        decision = self._get_survey_decision()
        last = clock.local_day(decision.date) + timedelta(days=ASK_DAYS + CHANGE_DAYS)
        signed = decision.id, self._get_survey_person(by).id
        token = sign_row(self.sudo(), LINK, *signed, expiration=clock.end_of_day(last))
        return f"/satisfaction/{token}"

    @api.model
    def _find_by_survey_token(self, token):
        """In superuser mode: the signature is the check.

        :return: (request, who answers); no request once it asks nothing of her any more
        """
        request_sudo, signed = find_row(self.sudo(), LINK, token)
        decision_id, partner_id = signed or (None, None)
        person_sudo = self.env["res.partner"].sudo().browse(partner_id or ())
        if (
            request_sudo
            and request_sudo._get_survey_decision().id == decision_id
            and request_sudo._is_survey_person(person_sudo)
        ):
            return request_sudo, person_sudo
        return request_sudo.browse(), person_sudo.browse()

    # ------------------------------------------------------------
    # Answered
    # ------------------------------------------------------------

    def _answer_survey(self, is_satisfied, comment="", may_contact=False, by=None):
        """Answered, or changed. In superuser mode, once the link is read.

        :param by: as in `_get_survey_person`
        :raise UserError: it is not asked any more
        """
        self.ensure_one()
        comment = (comment or "").strip()[:COMMENT_MAX]
        values = {
            "is_satisfied": bool(is_satisfied),
            "comment": comment,
            "may_contact": bool(may_contact and comment),
        }
        today = clock.today()
        person = self._get_survey_person(by)
        if not self._get_survey_day(by) or not self.env["procedure.survey.answer"]._record(
            self, person, today, **values
        ):
            raise UserError(self.env._("This question is not asked any more."))
        comments = self.env["procedure.survey.comment"]
        named = comments.search([("request_id", "=", self.id)])
        if not values["may_contact"]:
            named.unlink()
        elif named:
            named.text = comment
        else:
            comments.create(
                {
                    "request_id": self.id,
                    "service_id": self.service_id.id,
                    "procedure_id": self.procedure_id.id,
                    "month": today.replace(day=1),
                    "text": comment,
                }
            )

    def _forget(self):
        """What waits to be counted goes with the request, and what names it."""
        self._get_survey_answer().unlink()
        self.env["procedure.survey.comment"].search([("request_id", "=", self.id)]).unlink()
        return super()._forget()
