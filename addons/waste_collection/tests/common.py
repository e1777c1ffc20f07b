import hashlib

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.procedure.filing import Filing
from odoo.addons.territory_base.tests.common import KeepingCase

CONTENT = b"%PDF-1.4 a lease"
STREET = "12 rue du Moulin"


@freeze_time("2026-11-25")
class WasteCommon(KeepingCase):
    """A waste service and its agent, a resident, her neighbour, and the published procedure."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.dpo_contact = "Déléguée d’essai, dpo@exemple.test"
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.commune, cls.other_commune = cls.env["territory.commune"].create(
            [
                {"name": "Val-du-Test", "insee_code": "55991", "zip": "55250"},
                {"name": "Mont-du-Test", "insee_code": "55992", "zip": "55250"},
            ]
        )
        cls.waste, cls.school = cls.env["territory.service"].create(
            [
                {"name": "Déchets", "code": "test_waste", "reads_dwelling": True},
                {"name": "Écoles", "code": "test_school"},
            ]
        )
        cls.agent = cls._new_user("agent", cls.waste)
        cls.colleague = cls._new_user("agent", cls.waste, login="waste_colleague")
        cls.school_agent = cls._new_user("agent", cls.school, login="waste_school_agent")
        cls.manager = cls._new_user("manager")
        cls.resident, cls.household = cls._new_resident("waste_resident", "Lucie", "Martin")
        cls.neighbour, cls.neighbour_household = cls._new_resident(
            "waste_neighbour", "Paul", "Durand"
        )
        cls.procedure = cls.env.ref("waste_collection.procedure_bin")
        cls.procedure.service_id = cls.waste
        cls.procedure.action_publish()
        cls.Container = cls.env["waste.container"]
        cls.Move = cls.env["waste.container.move"]
        cls.Occupancy = cls.env["dwelling.occupancy"]

    @classmethod
    def _new_user(cls, persona, service=None, login=None):
        user = new_test_user(
            cls.env,
            login=login or f"waste_{persona}",
            groups=f"territory_base.territory_group_{persona}",
            function="Agent",
        )
        if service:
            service.user_ids = [Command.link(user.id)]
        return user

    @classmethod
    def _new_resident(cls, login, firstname, lastname):
        user = new_test_user(cls.env, login=login, groups="base.group_portal")
        user.partner_id.write(
            {
                "kind": "person",
                "firstname": firstname,
                "lastname": lastname,
                "email": f"{login}@example.com",
                "phone": "+33329000000",
            }
        )
        household = cls.env["res.partner"].create(
            {"kind": "household", "name": f"Foyer {lastname}", "company_type": "company"}
        )
        cls.env["household.membership"].create(
            {"household_id": household.id, "person_id": user.partner_id.id}
        )
        return user, household

    @classmethod
    def _address(cls, key="address", street=STREET, commune=None):
        return {
            f"{key}.street": street,
            f"{key}.commune": (commune or cls.commune).insee_code,
        }

    @classmethod
    def _answers(cls, kind, **answers):
        """Every answer that a form of this kind needs."""
        moving = {"date_in": "2026-12-01", "occupant_status": "owner"}
        leaving = {"date_out": "2026-11-30"}
        by_kind = {
            "arrival": {**moving, "household_size": "3"},
            "size_change": {"household_size": "5"},
            "broken": {"damage": "Le couvercle"},
            "stolen": {},
            "departure": {
                **leaving,
                "departure_reason": "sale",
                "next_address": "1 rue X, Ailleurs",
            },
            "move": {
                **moving,
                **leaving,
                **cls._address("new_address", "3 place Neuve", cls.other_commune),
                "household_size": "2",
            },
            "other_premises": {**moving, "dwelling_kind": "secondary"},
        }
        return {
            "waste_request": kind,
            "accuracy": "1",
            **cls._address(),
            **by_kind[kind],
            **answers,
        }

    @classmethod
    def _identity(cls, email="anne@example.com"):
        """Who files without account."""
        return {
            "contact_firstname": "Anne",
            "contact_lastname": "Petit",
            "contact_email": email,
            **cls._address("contact_address", "5 rue Haute"),
        }

    @classmethod
    def _upload(cls):
        return {
            "name": "bail.pdf",
            "mimetype": "application/pdf",
            "content": CONTENT,
            "size": len(CONTENT),
            "sha256": hashlib.sha256(CONTENT).hexdigest(),
        }

    @classmethod
    def _submit(cls, kind, user=None, identity=None, acting_for=None, **answers):
        """File as this resident, or without account; the request as superuser."""
        user = user or (cls.env.ref("base.public_user") if identity else cls.resident)
        documents = {
            "arrival": "lease_or_deed",
            "move": "address_proof",
            "other_premises": "address_proof",
            "stolen": "theft_complaint",
        }
        request_sudo = (
            cls.env["procedure.request"]
            .with_user(user)
            ._submit(
                Filing(
                    procedure=cls.procedure.with_user(user),
                    answers=cls._answers(kind, **answers),
                    files={documents[kind]: [cls._upload()]} if kind in documents else {},
                    applicant=None if identity else user.partner_id,
                    identity=identity,
                    acting_for=acting_for,
                )
            )
        )
        return request_sudo.with_env(cls.env)

    @classmethod
    def _accept(cls, request, user=None):
        if request.with_user(user or cls.agent).is_asked_by_stranger:
            request.with_user(user or cls.agent).leaving_reason = "Bail vu au guichet"
        request.with_user(user or cls.agent).action_accept()
        cls.env.invalidate_all()
        return request

    @classmethod
    def _deliver(cls, dwelling, number="A1", volume=120):
        """A bin that is already out there."""
        return cls.Container.create(
            {
                "number": number,
                "volume": volume,
                "service_id": cls.waste.id,
                "dwelling_id": dwelling.id,
                "state": "delivered",
                "date_delivered": "2025-01-01",
            }
        )

    @classmethod
    def _live(cls, household, dwelling, **values):
        """This household has lived there for years."""
        return cls.Occupancy.create(
            {
                "dwelling_id": dwelling.id,
                "occupant_id": household.id,
                "date_start": "2020-01-01",
                **values,
            }
        )

    @classmethod
    def _dwelling(cls, street=STREET, commune=None):
        return cls.env["territory.dwelling"]._find_or_create(street, "", commune or cls.commune)
