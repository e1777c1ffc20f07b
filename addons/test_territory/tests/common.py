"""The people of the matrix: one village, one separated family, an association, every persona."""

import base64
import hashlib

from odoo import Command
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.procedure.filing import Filing
from odoo.addons.territory_base.tests.users import new_test_users

# A valid one-pixel PNG: what `public.guard` would give back.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


class PeopleCommon(TransactionCase):
    """Two communes with their town halls, the services, the staff."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_places()
        cls._make_staff()

    @classmethod
    def _make_places(cls):
        Commune = cls.env["territory.commune"]
        cls.commune = Commune.create({"name": "Vallon-Test", "insee_code": "99801"})
        cls.other_commune = Commune.create({"name": "Coteau-Test", "insee_code": "99802"})
        cls.waste = cls._service("waste", reads_dwelling=True)
        cls.roads = cls._service("roads")
        cls.advice = cls._service("advice")
        cls.childhood = cls._service("childhood", reads_family_file=True)
        cls.town_hall = cls._service(
            "town_hall", kind="town_hall", commune_ids=[Command.set(cls.commune.ids)]
        )
        cls.other_town_hall = cls._service(
            "other_town_hall", kind="town_hall", commune_ids=[Command.set(cls.other_commune.ids)]
        )

    @classmethod
    def _service(cls, code, **values):
        return cls.env["territory.service"].create(
            {"name": f"Service {code}", "code": f"matrix_{code}", "kind": "epci", **values}
        )

    @classmethod
    def _make_staff(cls):
        cls.users = {"visitor": cls.env.ref("base.public_user")}
        cls._new_staff(
            ("secretary", "secretary", cls.town_hall),
            ("other_secretary", "secretary", cls.other_town_hall),
            ("agent", "agent", cls.waste),
            ("other_agent", "agent", cls.roads),
            ("consulted_agent", "agent", cls.advice),
            ("childhood_agent", "agent", cls.childhood),
            ("communication", "communication", None),
            ("manager", "manager", None),
            ("dpo", "dpo", None),
        )

    @classmethod
    def _new_staff(cls, *people):
        """Of each persona, with the group and the services."""
        users = new_test_users(
            cls.env,
            [
                (
                    f"matrix_{persona}",
                    f"territory_base.territory_group_{group},base.group_allow_export",
                )
                for persona, group, _services in people
            ],
            function="Agent",
        )
        for user, (persona, _group, services) in zip(users, people, strict=True):
            for service in services or ():
                service.user_ids = [Command.link(user.id)]
                user.territory_commune_ids |= service.commune_ids
            cls.users[persona] = user

    @classmethod
    def _resident(cls, persona, street=None):
        partner = cls.env["res.partner"].create(
            {
                "kind": "person",
                "firstname": persona.replace("_", " ").title(),
                "lastname": "Essai",
                "birthdate": "1985-05-05",
                "email": f"{persona}@exemple.test",
                "commune_id": cls.commune.id,
            }
        )
        cls.users[persona] = new_test_user(
            cls.env, f"matrix_{persona}", "base.group_portal", partner_id=partner.id
        )
        return partner


class TerritoryCommon(PeopleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.dpo_contact = "Déléguée d’essai, dpo@exemple.test"
        cls._make_family()
        cls._make_organisation()
        cls._make_requests()

    @classmethod
    def _make_family(cls):
        cls.resident = cls._resident("resident")
        cls._resident("other_resident")
        cls.household = cls.env["res.partner"].create(
            {"kind": "household", "company_type": "company", "name": "Foyer Essai"}
        )
        cls.membership = cls.env["household.membership"].create(
            {
                "household_id": cls.household.id,
                "person_id": cls.resident.id,
                "role": "adult",
                "date_start": "2020-01-01",
            }
        )
        cls.dwelling = cls.env["territory.dwelling"]._find_or_create(
            "1 rue des Essais", False, cls.commune
        )
        cls.env["dwelling.occupancy"].create(
            {"dwelling_id": cls.dwelling.id, "occupant_id": cls.household.id}
        )
        cls.child = cls.env["res.partner"].create(
            {
                "kind": "person",
                "firstname": "Lou",
                "lastname": "Essai",
                "birthdate": "2017-03-02",
            }
        )
        cls.authority = cls._authority(cls.resident)
        cls.authority.action_verify("Livret de famille vu")
        for state in ("verified", "declared", "contested", "withdrawn"):
            authority = cls._authority(cls._resident(f"parent_{state}"))
            if state == "verified":
                authority.action_verify("Livret de famille vu")
            elif state == "contested":
                authority.action_contest("Jugement produit par l'autre parent")
            elif state == "withdrawn":
                authority.action_withdraw("Jugement vu")
            else:
                cls.declared_authority = authority

    @classmethod
    def _authority(cls, holder):
        return cls.env["parental.authority"]._declare(cls.child, holder)

    @classmethod
    def _make_organisation(cls):
        cls.organisation = cls.env["res.partner"].create(
            {"kind": "association", "company_type": "company", "name": "Association Essai"}
        )
        Delegate = cls.env["partner.delegate"]
        Delegate._ask(cls.organisation, cls._resident("delegate")).action_accept()
        cls.delegation = Delegate._ask(cls.organisation, cls._resident("contributor"))

    @classmethod
    def _procedure(cls, code, service, **values):
        processing = cls.env["privacy.processing"].create(
            {
                "code": f"matrix_{code}",
                "name": code,
                "purpose": "Répondre",
                "legal_basis": "public_task",
                "person_categories": "Demandeurs",
                "data_categories": "Nom, adresse",
                "security_measures": "Accès par service",
                "dpo_contact": "dpo@exemple.test",
                "recipients": "Le service",
                "retention": "Un an",
                "rights_contact": "dpo@exemple.test",
            }
        )
        procedure = cls.env["procedure.procedure"].create(
            {
                "name": f"Démarche {code}",
                "code": code,
                "service_id": service.id,
                "processing_id": processing.id,
                **values,
            }
        )
        cls.env["procedure.version"].create(
            {
                "procedure_id": procedure.id,
                "field_ids": [
                    Command.create({"key": "wish", "type": "char", "label": "Souhait"}),
                    Command.create({"key": "proof", "type": "file", "label": "Justificatif"}),
                ],
            }
        )
        procedure.action_publish()
        return procedure

    @classmethod
    def _submit(cls, procedure, persona, acting_for=None, subjects=None):
        user = cls.users[persona]
        upload = {
            "name": "preuve.png",
            "mimetype": "image/png",
            "content": PIXEL,
            "size": len(PIXEL),
            "sha256": hashlib.sha256(PIXEL).hexdigest(),
            "pages": 1,
        }
        request = (
            cls.env["procedure.request"]
            .with_user(user)
            ._submit(
                Filing(
                    procedure=procedure.with_user(user),
                    answers={"wish": "un bac"},
                    files={"proof": [upload]},
                    applicant=user.partner_id,
                    acting_for=acting_for,
                    subjects=subjects,
                )
            )
        )
        return cls.env["procedure.request"].browse(request.id)

    @classmethod
    def _make_requests(cls):
        waste_procedure = cls._procedure("MTXBAC", cls.waste)
        cls.request = cls._submit(waste_procedure, "resident")
        cls.request.with_user(cls.users["agent"]).action_take()
        cls.item = cls.request.document_line_ids
        cls.document = cls.item.document_id
        cls.message = cls.request.with_user(cls.users["agent"]).message_post(
            body="Bonjour", subtype_xmlid="mail.mt_comment"
        )
        cls.note = cls.request.with_user(cls.users["agent"]).message_post(
            body="Entre nous", subtype_xmlid="mail.mt_note"
        )
        refused = cls._submit(waste_procedure, "resident")
        refused.with_user(cls.users["agent"]).action_take()
        refused.with_user(cls.users["agent"]).action_refuse("Déjà livré")
        cls.decision = refused.decision_ids
        cls.town_hall_request = cls._submit(
            cls._procedure("MTXEAU", cls.town_hall, commune_ids=[Command.set(cls.commune.ids)]),
            "resident",
        )
        cls.child_request = cls._submit(
            cls._procedure("MTXCANTINE", cls.childhood), "resident", subjects=cls.child
        )
        cls.organisation_request = cls._submit(
            waste_procedure, "delegate", acting_for=cls.organisation
        )
        cls._make_consultation()
        cls._make_definition()
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _make_consultation(cls):
        """Another service is asked for its opinion."""
        procedure = cls._procedure(
            "MTXAVIS", cls.waste, consulted_service_ids=[Command.set(cls.advice.ids)]
        )
        cls.consulted_request = cls._submit(procedure, "resident")
        cls.opinion = cls.consulted_request.opinion_ids
        cls.letter = cls.consulted_request.letter_ids
        cls.answer_template = cls.env["procedure.letter.template"].create(
            {"name": "Modèle", "body": "<p>Bonjour {{demandeur}}</p>"}
        )

    @classmethod
    def _make_definition(cls):
        """A procedure with a published form, and a draft of the next one."""
        cls.procedure = cls.request.procedure_id
        cls.version = cls.procedure.version_id
        cls.step = cls.env["procedure.step"].create(
            {"procedure_id": cls.procedure.id, "name": "À livrer"}
        )
        cls.draft = cls.procedure.action_new_version()
        cls.draft_field = cls.draft.field_ids[1]
        cls.condition = cls.env["procedure.field.condition"].create(
            {"field_id": cls.draft_field.id, "key": "wish", "operator": "set"}
        )
        cls.saved_export = (
            cls.env["procedure.export"]
            .with_user(cls.users["agent"])
            .create({"name": "Du mois", "procedure_id": cls.procedure.id})
        )
