from odoo import Command, api, fields, models

from odoo.addons.territory_base import clock

from .. import directory
from ..presentations import AUDIENCES, PRESENTATIONS

# Of a village's centre, in degrees: two sheets are not on the same point of the map.
STEP = 0.0012
STEPS = 5


class TerritoryDemoDirectory(models.AbstractModel):
    _name = "territory.demo.directory"
    _description = "Sheets of the directory of the demo"

    @api.model
    def _build_directory(self):
        return self._build_sheets(directory.SHEETS + directory.ASSOCIATIONS)

    @api.model
    def _build_sheets(self, sheets):
        builder = self.with_context(lang="fr_FR", tz="Europe/Paris")
        today = clock.today()
        entries = self.env["directory.entry"]
        for rank, sheet in enumerate(sheets, 1):
            values = builder._prepare_sheet(rank, today, *sheet)
            fixed = {name: values.pop(name) for name in ("date_verified", "owner_id")}
            entries |= builder._keep(f"entry_{rank}", entries._create_as("demo", values, fixed))
        return entries

    @api.model
    def _prepare_sheet(
        self, rank, today, category, name, activity, codes, street, summary, offers, more
    ):
        communes = self.env["territory.commune"].union(*map(self._commune, codes))
        place = communes if len(communes) == 1 and street else communes.browse()
        access = dict(more.get("access", {}))
        note = access.pop("note", False)
        return {
            "name": name,
            "category_id": self._find_code("directory.category", category).id,
            "activity": activity,
            "commune_ids": [Command.set(communes.ids)],
            "is_itinerant": more.get("itinerant", False),
            "street": street,
            "latitude": place.latitude and place.latitude + STEP * (rank % STEPS - 2),
            "longitude": place.longitude and place.longitude + STEP * (rank // STEPS % STEPS - 2),
            "summary": summary,
            "body": more.get("body")
            or "".join(f"<p>{each}</p>" for each in PRESENTATIONS.get(name, ())),
            "phone": more.get("phone", f"03 53 01 04 {rank:02}"),
            "url": more.get("url"),
            "video_url": more.get("video"),
            "keywords": more.get("keywords"),
            "facet_ids": [
                Command.set([self._find_code("directory.facet", code).id for code in offers])
            ],
            "audience_ids": [
                Command.set(
                    [
                        self._find_code("territory.audience", code).id
                        for code in AUDIENCES.get(name, ())
                    ]
                )
            ],
            "opening_ids": self._prepare_openings(today, more),
            "opening_note": more.get("note"),
            **{f"access_{key}": value for key, value in access.items()},
            "access_note": note,
            "date_verified": fields.Date.subtract(today, days=7 * (rank % 20) + 3),
            "owner_id": self._find_owner(more.get("owner")).id,
        }

    @api.model
    def _prepare_openings(self, today, more):
        lines = [
            {"weekday": str(day), "hour_from": start, "hour_to": end}
            for day, start, end in more.get("week", ())
        ]
        if "closed" in more:
            first, last, note = more["closed"]
            lines.append(
                {
                    "date_start": fields.Date.add(today, days=first),
                    "date_end": fields.Date.add(today, days=last),
                    "note": note,
                }
            )
        return [Command.create(line) for line in lines]

    @api.model
    def _find_code(self, model, code):
        return self.env[model].search([("code", "=", code)], limit=1)

    @api.model
    def _find_owner(self, name):
        partners = self.env["res.partner"]
        return partners.search([("name", "=", name)], limit=1) if name else partners
