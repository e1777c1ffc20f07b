from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class ProcedureRequestErasure(models.AbstractModel):
    """What is forgotten of a request once it is finished."""

    _name = "procedure.request.erasure"
    _description = "Erasure of a request"

    def _anonymise(self):
        """Clear answers, links and index together, once the request is finished. Kept: what was
        asked, when, and what was decided. Called in superuser mode, once the delays are checked."""
        if not self.env.su:
            raise AccessError(self.env._("Requests are anonymised by the register only."))
        for request in self:
            if request.state in self._get_open_states():
                raise UserError(
                    self.env._("%(number)s is not finished yet.", number=request.number)
                )
            documents = request.document_line_ids.document_id
            request.document_line_ids.unlink()
            documents.filtered(lambda document: not document.line_ids).unlink()
            request.answer_ids.unlink()
            files = self.env["ir.attachment"].search(
                [("res_model", "=", request._name), ("res_id", "=", request.id)]
            )
            # `message_ids` leaves out what was notified to one person.
            messages = self.env["mail.message"].search(
                [("model", "=", request._name), ("res_id", "=", request.id)]
            )
            files |= messages.attachment_ids
            # Those that never left and are not in the history.
            self.env["mail.mail"].search([("procedure_request_id", "=", request.id)]).unlink()
            self.env["mail.scheduled.message"].search(
                [("model", "=", request._name), ("res_id", "=", request.id)]
            ).unlink()
            messages.exists().unlink()
            # Those that only messages of this request had went with them.
            files.exists().unlink()
            request.message_follower_ids.unlink()
            # Done ones are archived.
            request.with_context(active_test=False).activity_ids.unlink()
            request.date_anonymised = fields.Datetime.now()
            request._forget()
            request.decision_ids.write({"reasons": False, "conditions": False})
            request.write(
                {
                    **dict.fromkeys(self._get_personal_fields(), False),
                    "subject_ids": [fields.Command.clear()],
                }
            )

    def _forget(self):
        """Hook: erase what an addon keeps of the person, `super()` always.

        In superuser mode, on one finished request, once the delays are checked; its documents,
        messages and activities are gone, its answers and links go next.
        """

    def _check_transition(self, name):
        """What is anonymised is over: nobody could be answered."""
        result = super()._check_transition(name)
        self._check_not_anonymised()
        return result

    def _check_not_anonymised(self):
        if self.sudo().date_anonymised:
            raise UserError(
                self.env._(
                    "%(number)s is anonymised: nothing more is done with it.", number=self.number
                )
            )

    def _filter_unfinished(self):
        """Finished requests that a service addon still works on: they are not erased yet.

        Hook of service addons, `super()` always. In superuser mode.
        """
        return self.browse()

    @api.model
    def _get_personal_fields(self):
        return [
            "answers",
            "confirmed_facts",
            "applicant_id",
            "acting_for_id",
            "household_id",
            "dwelling_id",
            "contact_firstname",
            "contact_lastname",
            "contact_email",
            "contact_phone",
            "contact_street",
            "contact_zip",
            "contact_city",
            "contact_commune_id",
            "access_token_digest",
            "completion_message",
        ]
