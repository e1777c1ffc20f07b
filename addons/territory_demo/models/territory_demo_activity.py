from datetime import date, datetime, time, timedelta

from odoo import Command, api, models

from odoo.addons.territory_base import clock

from .. import activities, families, people


class TerritoryDemoActivity(models.AbstractModel):
    """Where the children of the demo go on the days of school, and what their parents booked."""

    _name = "territory.demo.activity"
    _description = "Demo: activities of the children"

    @api.model
    def _build_activities(self):
        french = self.with_context(lang="fr_FR", tz="Europe/Paris")
        service = french.env["territory.service"].search([("code", "=", families.SERVICE)])
        for values in activities.ACTIVITIES:
            made = french.env["family.activity"].create({**values, "service_id": service.id})
            self._keep(f"activity_{made.code}", made)
        for code, purpose, values in activities.RULES:
            owner = self._get(f"activity_{code}")
            french.env["family.rule"].create(
                {"activity_id": owner.id, "purpose": purpose, **values}
            )
        sites = [french._build_site(service, *values) for values in activities.SITES]
        french._build_season(service, french.env["family.site"].union(*sites))
        for values in activities.PAPERS:
            french.env["family.document.kind"].create({**values, "service_id": service.id})
        for login, name, code in activities.BOOKED:
            french._book_for(login, name, self._get(f"activity_{code}"))

    @api.model
    def _build_site(self, service, code, name, capacity, days, slot, hours):
        site = self.env["family.site"].create(
            {
                "name": name,
                "activity_id": self._get(f"activity_{code}").id,
                "service_id": service.id,
                "commune_id": self._commune(people.SECRETARY_COMMUNE).id,
                "capacity": capacity,
                "slot_ids": [
                    Command.create(
                        {"day": day, "name": slot, "hour_from": hours[0], "hour_to": hours[1]}
                    )
                    for day in days
                ],
            }
        )
        return self._keep(f"site_{code}", site)

    @api.model
    def _build_season(self, service, sites):
        """The school year in which we are; from July on, the next one."""
        today = clock.today()
        year = today.year - (today.month < 7)
        first = date(year, 9, 1)
        season = self.env["family.season"].create(
            {
                "name": f"{year}-{year + 1}",
                "service_id": service.id,
                "date_start": first,
                "date_end": date(year + 1, 7, 3),
                "opens_all": datetime.combine(first - timedelta(days=90), time(6)),
                "site_ids": [Command.set(sites.ids)],
            }
        )
        season._make_sessions()
        self._keep("season", season)

    @api.model
    def _book_for(self, login, name, activity):
        """Her own weeks of those that follow, as she would."""
        user = self._get(f"user_{login}")
        parent = user.partner_id.with_user(user)
        children = self._list_demo_children(user, (name,))
        Booking = self.env["family.booking"].with_user(user)
        first = clock.today()
        last = first + timedelta(weeks=activities.WEEKS)
        wanted = {
            choice.key: True
            for choice in Booking._list_choices(parent, children, first, last)
            if choice.can_book and choice.session.activity_id == activity
        }
        Booking._change(parent, wanted)
