from odoo import api, fields, models


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    @api.model
    def _get_most_asked(self, limit=6):
        """Published procedures, those most asked in the last twelve months first.

        Numbers only leave this method in the order of the list: three queries with the topics.
        """
        row = ["name", "slug", "summary", "topic_id"]
        tags = ["kind", "external_label", "date_open", "date_close"]
        procedures = self.search_fetch(self._get_public_domain(), row + tags)
        since = fields.Datetime.subtract(fields.Datetime.now(), years=1)
        Request_sudo = self.env["procedure.request"].sudo()
        asked = dict(
            Request_sudo._read_group(
                [("procedure_id", "in", procedures.ids), ("date_submitted", ">=", since)],
                ["procedure_id"],
                ["__count"],
            )
        )
        return procedures.sorted(lambda procedure: -asked.get(procedure.sudo(), 0))[:limit]

    @api.model
    def _get_public_processings(self):
        """Register entries of the accounts and of the published procedures: public by law."""
        account = self.env.ref("privacy_register.processing_account")
        # The notice is public; the register itself is not.
        procedures_sudo = self.search(self._get_public_domain()).sudo()
        return account.sudo() | procedures_sudo.processing_id.sorted("name")
