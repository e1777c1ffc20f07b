from odoo import api, models

from .. import town_halls


class TerritoryDemoTownHall(models.AbstractModel):
    """Town halls that take a procedure in their own way, and a draft that one of them tries."""

    _name = "territory.demo.town_hall"
    _description = "Town halls and drafts of the demo"

    @api.model
    def _build_town_halls(self):
        french = self.with_context(lang="fr_FR")
        for code, insee_code, values in town_halls.ROWS:
            row = french.env["procedure.commune"].create(
                {
                    **values,
                    "procedure_id": self._get(f"procedure_{code.lower()}").id,
                    "commune_id": self._commune(insee_code).id,
                }
            )
            self._keep(f"procedure_commune_{code.lower()}", row)
        french._build_draft_link()

    @api.model
    def _build_draft_link(self):
        manager = self._get("user_responsable")
        procedure = self._get(f"procedure_{town_halls.TRIED.lower()}")
        draft_sudo = procedure.with_user(manager).action_new_version().sudo()
        last = max(draft_sudo.field_ids.mapped("sequence"))
        question = self._prepare_field(1, *town_halls.QUESTION)
        self.env["procedure.field"].create(
            {**question, "version_id": draft_sudo.id, "sequence": last + 10}
        )
        link = self.env["procedure.version.link"].with_user(manager)
        link = link.create({"version_id": draft_sudo.id, "note": town_halls.NOTE})
        self._keep("draft_link", link)
