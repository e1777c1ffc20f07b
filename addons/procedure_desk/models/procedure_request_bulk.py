from odoo import fields, models
from odoo.exceptions import UserError


class ProcedureRequestBulk(models.AbstractModel):
    """The same action on several requests: each alone, under its own lock."""

    _name = "procedure.request.bulk"
    _description = "Actions on several requests"

    def action_assign(self, user_id):
        """Give these requests to an agent of their service; empty: to nobody."""
        user = self.env["res.users"].browse(user_id)
        for request in self:
            request._check_actor("agent")
            request_sudo = request.sudo()
            request_sudo._lock()
            if request_sudo.state not in self._get_open_states():
                raise UserError(request_sudo._get_too_late_sentence())
            # As the agent: the history names her.
            request.user_id = user

    def _act_on_each(self, act):
        """Do it on each request that can take it; the others stay as they are.

        :param act: function of one request
        :return: list of (request, sentence): the sentence is empty when it was done
        """
        outcome = []
        for request in self:
            try:
                with self.env.cr.savepoint():
                    act(request)
                    self.env.flush_all()
            except UserError as error:
                outcome.append((request, str(error)))
            else:
                outcome.append((request, ""))
        return outcome

    def action_open_bulk(self):
        """One screen for the action named in the context."""
        self.check_access("read")
        titles = {
            "take": self.env._("Take several requests in charge"),
            "accept": self.env._("Accept several requests"),
            "assign": self.env._("Give several requests to an agent"),
        }
        return {
            "type": "ir.actions.act_window",
            "name": titles.get(
                self.env.context.get("bulk_action"), self.env._("Act on several requests")
            ),
            "res_model": "procedure.bulk.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_request_ids": [fields.Command.set(self.ids)],
                "default_action": self.env.context.get("bulk_action"),
            },
        }
