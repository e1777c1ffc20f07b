from odoo import Command

from odoo.addons.territory_base.tests.staff import StaffCase


class ActivityCase(StaffCase):
    """A canteen led by a town hall, an evening care and a holiday centre led by the childhood
    service; the school year 2026-2027 with its holidays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Session = cls.env["family.session"]
        cls.env["territory.holiday"].with_context(active_test=False).search([]).write(
            {"active": False}
        )
        for name, first, last in (
            ("Été d’avant", "2026-07-04", "2026-08-31"),
            ("Toussaint", "2026-10-17", "2026-11-01"),
            ("Noël", "2026-12-19", "2027-01-03"),
            ("Été", "2027-07-03", "2027-08-31"),
        ):
            cls.env["territory.holiday"].create(
                {"name": name, "date_start": first, "date_end": last}
            )
        cls.commune = cls._commune("Val-du-Test", "55991", "55250")
        cls.childhood = cls._service("Enfance", "act_child", reads_family_file=True)
        cls.waste = cls._service("Déchets", "act_waste")
        cls.hall = cls._service(
            "Mairie du Val", "act_hall", "town_hall", cls.commune.ids, reads_family_file=True
        )
        cls.school = cls._service("École du Val", "act_school", "school", cls.commune.ids)
        cls.agent, cls.other_agent, cls.secretary, cls.manager = cls._all_staff(
            ("act_agent", "agent", cls.childhood),
            ("act_other_agent", "agent", cls.waste),
            ("act_secretary", "secretary", cls.hall),
            ("act_manager", "manager", None),
        )
        cls.canteen = cls._activity("Cantine", "canteen", age_from=3)
        cls.evening = cls._activity("Garderie du soir", "evening")
        cls.holiday = cls._activity("Centre de loisirs", "holiday")
        cls.hall_site = cls._site(cls.canteen, "Cantine du Val", cls.hall, capacity=40)
        cls.own_site = cls._site(cls.evening, "Garderie du Mont", cls.childhood, capacity=20)
        cls.holiday_site = cls._site(cls.holiday, "Centre du Mont", cls.childhood, capacity=24)
        cls.noon = cls._slot(cls.hall_site, "0", "Midi", 11.75, 13.5)
        cls.thursday = cls._slot(cls.own_site, "3", "Soir", 16.5, 18.5)
        cls.whole_day = cls._slot(cls.holiday_site, "holiday", "Journée", 9, 17)
        cls.season = cls._season("2026-2027", cls.hall_site | cls.own_site)

    @classmethod
    def _activity(cls, name, kind, **vals):
        return cls.env["family.activity"].create(
            {
                "name": name,
                "code": f"test_{kind}",
                "kind": kind,
                "service_id": cls.childhood.id,
                **vals,
            }
        )

    @classmethod
    def _site(cls, activity, name, service, **vals):
        return cls.env["family.site"].create(
            {
                "name": name,
                "code": f"test-{name}",
                "activity_id": activity.id,
                "service_id": service.id,
                **vals,
            }
        )

    @classmethod
    def _slot(cls, site, day, name, hour_from, hour_to, **vals):
        return cls.env["family.slot"].create(
            {
                "site_id": site.id,
                "day": day,
                "name": name,
                "hour_from": hour_from,
                "hour_to": hour_to,
                **vals,
            }
        )

    @classmethod
    def _season(cls, name, sites, first="2026-09-01", last="2027-07-02", **vals):
        return cls.env["family.season"].create(
            {
                "name": name,
                "date_start": first,
                "date_end": last,
                "service_id": cls.childhood.id,
                "site_ids": [Command.set(sites.ids)],
                **vals,
            }
        )

    @classmethod
    def _rule(cls, owner, purpose, **vals):
        field = "site_id" if owner._name == "family.site" else "activity_id"
        return cls.env["family.rule"].create({field: owner.id, "purpose": purpose, **vals})

    @classmethod
    def _find(cls, slot, day):
        return cls.Session.search([("slot_id", "=", slot.id), ("date", "=", day)])

    @classmethod
    def _close(cls, name, day, service=None, last=None):
        return cls.env["territory.closed.day"].create(
            {
                "name": name,
                "date_start": day,
                "date_end": last or day,
                "service_id": service.id if service else False,
            }
        )
