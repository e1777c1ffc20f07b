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
        last_mail = builder._get_last_mail()
        builder._build_readers()
        commune = builder._commune(contributions.COMMUNE)
        builder._build_accepted(commune)
        builder._build_sent(commune)
        builder._build_returned(commune)
        builder._begin(builder._find_local_page(commune, contributions.BEGUN[0]))._change(
            {"body": contributions.BEGUN[1]}
        )
        builder._forget_mails(last_mail)

    @api.model
    def _build_readers(self):
        for login, is_fallback in ((contributions.READER, False), (contributions.FALLBACK, True)):
            reader = self.env["content.validator"].create(
                {"user_id": self._get(f"user_{login}").id, "is_fallback": is_fallback}
            )
            self._keep(f"reader_{login}", reader)

    @api.model
    def _build_proposals(self):
        """What an association and a company propose for their sheets, and ask for."""
        builder = self.with_context(lang="fr_FR", tz="Europe/Paris")
        last_mail = builder._get_last_mail()
        builder._build_new_sheet(*contributions.NEW_SHEET)
        builder._build_returned_sheet(*contributions.RETURNED_SHEET)
        login, name, words = contributions.CLAIM
        claims = builder.env["directory.claim"].with_user(builder._get(f"user_{login}"))
        claims._ask(builder._find_sheet(name), builder._get(f"organisation_{login}"), words)
        builder._forget_mails(last_mail)

    @api.model
    def _build_new_sheet(self, login, category, values, message):
        organisation = self._get(f"organisation_{login}")
        revisions = self.env["content.revision"].with_user(self._get(f"user_{login}"))
        draft = revisions._begin_new("directory.entry", organisation, organisation.commune_id)
        category_id = self._find_code("directory.category", category).id
        draft._change(
            {**values, "category_id": category_id, "commune_ids": organisation.commune_id.ids}
        )
        draft.action_submit(message)

    @api.model
    def _build_returned_sheet(self, login, name, values, answer):
        draft = self._begin(self._find_sheet(name), login)
        draft._change(values)
        draft.action_submit()
        self._read(draft).action_ask_changes(answer)

    @api.model
    def _find_sheet(self, name):
        return self.env["directory.entry"].search([("name", "=", name)], limit=1)

    @api.model
    def _begin(self, content, login=contributions.AUTHOR):
        return content.with_user(self._get(f"user_{login}"))._propose()

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
        self._read(draft).action_publish(draft._get_mark())

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
