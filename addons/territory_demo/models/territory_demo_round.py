from odoo import Command, api, models

from odoo.addons.territory_base import clock

from .. import rounds


class TerritoryDemoRound(models.AbstractModel):
    """The days of collection of two communes, and what the public holidays change."""

    _name = "territory.demo.round"
    _description = "Rounds of collection of the demo"

    @api.model
    def _build_rounds(self):
        french = self.with_context(lang="fr_FR", tz="Europe/Paris")
        waste = self._get("service_dechets")
        made = [french._build_round(waste, *values) for values in rounds.ROUNDS]
        for rank, code, streets in rounds.SERVED:
            commune = self._commune(code)
            made[rank].street_ids = [
                Command.create({"commune_id": commune.id, "street": street})
                for street in streets or [False]
            ]
        year = clock.today().year
        for each in (year, year + 1):
            proposal = french.env["waste.holiday.proposal"].create(
                {"service_id": waste.id, "year": each, "operation": "week"}
            )
            proposal.action_apply()

    @api.model
    def _build_round(self, waste, name, kind, weekday, frequency, hours, note):
        values = {
            "name": name,
            "service_id": waste.id,
            "waste_kind": kind,
            "weekday": weekday,
            "frequency": frequency,
            "hour_from": hours[0],
            "hour_to": hours[1],
            "note": note,
        }
        created = self.env["waste.round"].create(values)
        return self._keep(f"round_{created.code.replace('-', '_')}", created)
