from odoo import api, models

from .. import contributions


class TerritoryDemoContribution(models.AbstractModel):
    """What town halls propose, in each state, by the acts of the people themselves."""

    _name = "territory.demo.contribution"
    _description = "Proposed changes of the pages of the demo"

    @api.model
    def _build_contributions(self):
        # An installation has no reader, hence no language nor time zone.
        builder = self.with_context(lang="fr_FR", tz="Europe/Paris")
        builder._build_readers()
        commune = builder._commune(contributions.COMMUNE)
        builder._build_accepted(commune)
        builder._build_sent(commune)
        builder._build_returned(commune)
        builder._begin(builder._find_local_page(commune, contributions.BEGUN[0]))._change(
            {"body": contributions.BEGUN[1]}
        )

    @api.model
    def _build_readers(self):
        for login, is_fallback in ((contributions.READER, False), (contributions.FALLBACK, True)):
            reader = self.env["content.validator"].create(
                {"user_id": self._get(f"user_{login}").id, "is_fallback": is_fallback}
            )
            self._keep(f"reader_{login}", reader)

    @api.model
    def _begin(self, content):
        return content.with_user(self._get(f"user_{contributions.AUTHOR}"))._propose()

    @api.model
    def _read(self, revision):
        return revision.with_user(self._get(f"user_{contributions.READER}"))

    @api.model
    def _find_local_page(self, commune, name):
        return commune.page_ids.filtered(lambda page: page.name == name)

    @api.model
    def _build_accepted(self, commune):
        draft = self._begin(commune)
        draft._change(contributions.ACCEPTED)
        draft.action_submit()
        self._read(draft).action_publish()

    @api.model
    def _build_sent(self, commune):
        draft = self._begin(commune)
        rooms = [*draft.sudo().values["room_ids"]]
        rank = max((room["sequence"] for room in rooms), default=0) + 1
        rooms = [{"id": room["id"]} for room in rooms]
        rooms.append({**contributions.SENT_ROOM, "sequence": rank})
        draft._change({**contributions.SENT, "room_ids": rooms})
        draft.action_submit(contributions.SENT_MESSAGE)

    @api.model
    def _build_returned(self, commune):
        name, body, answer = contributions.RETURNED
        draft = self._begin(self._find_local_page(commune, name))
        draft._change({"body": body})
        draft.action_submit()
        self._read(draft).action_ask_changes(answer)
