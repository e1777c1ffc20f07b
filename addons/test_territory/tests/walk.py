"""The people, the services and the things that a walk through any procedure meets."""

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure.tests.common import upload
from odoo.addons.procedure_export.tests.common import ExportCommon
from odoo.addons.procedure_letter.tests.test_letter import LetterCommon
from odoo.addons.procedure_slot.tests.common import calendar_vals

from .form_answers import FormAnswers

# Answers that no type tells: they name what is there, or each other.
OWN = {
    "adult_birthdate": "1990-05-05",
    "adult_firstname": "Ida",
    "adult_lastname": "Roy",
    "child_birthdate": "2026-11-01",
    "child_firstname": "Zoé",
    "child_lastname": "Durand",
    "container_number": "B-001",
    "deceased_birthdate": "1985-01-20",
    "deceased_firstname": "Robin",
    "deceased_lastname": "Durand",
    "leaver_firstname": "Robin",
    "leaver_lastname": "Durand",
    "married_lastname": "Roy",
    "room_to": "18:00",
    "new_address.commune": "55427",
    "new_address.street": "5 rue Haute",
}


@tagged("post_install", "-at_install")
class WalkCase(LetterCommon, ExportCommon):
    """Camille lives at Vaubecourt with Robin and Lou and acts for an association; each service
    that answers has an agent."""

    @classmethod
    def setUpClass(cls):
        clock = freeze_time("2026-11-25 10:05:00")
        clock.start()
        cls.addClassCleanup(clock.stop)
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "fr_FR"})
        # Our own words, which change with what was decided.
        cls.env["ir.config_parameter"].set_param("procedure.appeal_text", False)
        cls.waste.reads_dwelling = cls.school.reads_family_file = True
        cls.desk = cls._service("Accueil", "desk", email="accueil@exemple.fr")
        cls.agents = {
            cls.desk: cls._staff("desk_agent", "agent", cls.desk),
            cls.waste: cls.agent,
            cls.school: cls.school_agent,
            cls.town_hall: cls.secretary,
        }
        for user in cls.agents.values():
            user.write({"name": "Dominique Roux", "function": "Responsable"})
        cls.advice = cls._service("Commission", "advice")
        cls.advice_agent = cls._staff("advice_agent", "agent", cls.advice)
        cls._make_family()
        cls._make_things()

    @classmethod
    def _make_family(cls):
        me = cls.camille.partner_id
        me.write({"birthdate": "1988-04-12", "phone": "+33329000001"})
        robin = cls._resident("robin", "Robin", "Durand").partner_id
        robin.birthdate = "1985-01-20"
        household = me._create_household()
        cls.env["household.membership"].create(
            {"household_id": household.id, "person_id": robin.id}
        )
        Dwelling = cls.env["territory.dwelling"]
        cls.dwelling = Dwelling._find_or_create("3 rue du Moulin", False, cls.vaubecourt)
        household._occupy(cls.dwelling)
        household.member_ids.date_start = household.occupancy_ids.date_start = "2020-01-01"
        cls.child = (
            me.with_user(cls.camille)
            ._declare_child({"firstname": "Lou", "lastname": "Durand", "birthdate": "2019-03-02"})
            .with_env(cls.env)
        )
        cls.association = cls._delegations(cls.camille).organisation_id
        cls.association.commune_id = cls.vaubecourt

    @classmethod
    def _make_things(cls):
        """What is chosen in a form, or given by a decision."""
        cls.env["territory.service"].create(
            {"name": "École du Moulin", "code": "test_walk_school", "kind": "school"}
        )
        cls.env["allotment.plot"].create(
            [{"name": name, "service_id": cls.desk.id} for name in ("A1", "A2")]
        )
        opening = Command.create({"weekday": "4", "hour_from": 9, "hour_to": 11})
        calendar = calendar_vals(cls.desk, opening_ids=[opening])
        row = Command.create({"value": "moulin", "label": "Rue du Moulin"})
        streets = {"name": "Rues", "code": "walk_streets", "row_ids": [row]}
        cls.things = {
            "list_id": cls.env["procedure.list"].create(streets),
            "slot_calendar_id": cls.env["procedure.slot.calendar"].create(calendar),
        }

    @classmethod
    def _get_service(cls, addon):
        """Who is asked to publish what this addon ships."""
        services = {
            "room_booking": cls.town_hall,
            "situation_change": cls.school,
            "waste_collection": cls.waste,
        }
        return services.get(addon, cls.desk)

    @classmethod
    def _publish(cls, procedure):
        for question in procedure._get_draft().field_ids:
            for name in question._get_type().record_settings:
                question[name] = cls.things[name]
        procedure.processing_id.action_accept()
        procedure.action_publish()

    # ------------------------------------------------------------
    # What a kind of procedure wants besides
    # ------------------------------------------------------------

    def _prepare(self, procedure):
        """Before anybody files."""
        match procedure.kind:
            case "lodging_number":
                self.env["lodging.mode"].create(
                    {"date_from": "2026-01-01", "mode": "national", "url": "https://exemple.test"}
                )
            case "waste_container":
                self.env["waste.container"].create(
                    {
                        "number": "B-001",
                        "volume": 120,
                        "service_id": procedure.service_id.id,
                        "dwelling_id": self.dwelling.id,
                        "state": "delivered",
                        "date_delivered": "2025-01-01",
                    }
                )
            case "room_booking":
                self.env["room.room"].create(
                    {
                        "name": "Salle du lavoir",
                        "service_id": procedure.service_id.id,
                        "commune_id": self.vaubecourt.id,
                        "capacity": 120,
                        "procedure_id": procedure.id,
                    }
                )

    def _check_before_accepting(self, mine):
        match mine.kind:
            case "room_booking":
                mine.room_booking_ids.insurance_covers = True
            case "waste_container":
                mine.container_volume = 240
            case "household_report" | "organisation_report":
                lines = mine.change_line_ids
                if lines.filtered("needs_evidence"):
                    lines.action_accept("Acte vu")

    # ------------------------------------------------------------
    # Filing
    # ------------------------------------------------------------

    def _get_answers(self, procedure):
        return FormAnswers(procedure.version_id, self.camille.partner_id, OWN)

    def _file(self, procedure, raw, files):
        """By Camille, for whom this procedure is, or by the agent whom she calls."""
        kinds = procedure.applicant_kinds
        filing = Filing(
            procedure=procedure,
            answers=raw,
            files={key: [upload(f"{key}.png")] for key in files},
            applicant=self.camille.partner_id,
            acting_for=self.association if kinds == "organisation" else None,
            subjects=self.child if kinds == "child" else None,
        )
        user = self.camille
        if raw.get("situation_event") == "email":
            # She changes it by herself on the site; an agent types it for whoever cannot.
            me = self.camille.partner_id
            (me | me._current_household()).reader_service_ids += procedure.service_id
            user, filing = self.agents[procedure.service_id], filing.having(channel="phone")
        requests = self.env["procedure.request"].with_user(user)
        return requests._submit(filing).with_env(self.env)
