from odoo import Command

from odoo.addons.territory_base.tests.staff import UNINVITED, StaffCase
from odoo.addons.territory_base.tests.users import new_test_users


class FormCommon(StaffCase):
    """A waste service, a school service, two town halls, and a procedure of the first one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.vaubecourt = cls._commune("Vaubecourt", "55532", "55250")
        cls.revigny = cls._commune("Revigny-sur-Ornain", "55427", "55800")
        cls.waste = cls._service("Déchets", "waste", email="dechets@exemple.fr", phone="0399000001")
        cls.school = cls._service("Scolaire", "school")
        cls.town_hall = cls._service(
            "Mairie de Vaubecourt", "th1", kind="town_hall", commune_ids=cls.vaubecourt.ids
        )
        cls.other_town_hall = cls._service(
            "Mairie de Revigny", "th2", kind="town_hall", commune_ids=cls.revigny.ids
        )
        (
            cls.agent,
            cls.colleague,
            cls.school_agent,
            cls.secretary,
            cls.other_secretary,
            cls.communication,
            cls.dpo,
            cls.manager,
        ) = cls._all_staff(
            ("agent", "agent", cls.waste),
            ("colleague", "agent", cls.waste),
            ("school_agent", "agent", cls.school),
            ("secretary", "secretary", cls.town_hall),
            ("other_secretary", "secretary", cls.other_town_hall),
            ("communication", "communication", None),
            ("dpo", "dpo", None),
            ("manager", "manager", None),
        )
        cls.procedure = cls._procedure("Demander un bac", "ESSAI", cls.waste)

    @classmethod
    def _form_reader(cls):
        """A resident."""
        return new_test_users(
            cls.env, [("resident_of_forms", "base.group_portal")], context=UNINVITED
        )[0]

    @classmethod
    def _processing(cls, name):
        return cls.env["privacy.processing"].create(
            {
                "name": name,
                "code": f"test_{name}",
                "purpose": "Répondre à la demande",
                "legal_basis": "public_task",
                "person_categories": "Demandeurs",
                "data_categories": "Nom, adresse",
                "security_measures": "Accès par service",
                "dpo_contact": "dpo@exemple.test",
                "recipients": "Le service",
                "retention": "Un an",
            }
        )

    @classmethod
    def _procedure(cls, name, code, service, fields=None, publish=True, **vals):
        procedure = cls.env["procedure.procedure"].create(
            {
                "name": name,
                "code": code,
                "service_id": service.id,
                "processing_id": cls._processing(code).id,
                **vals,
            }
        )
        cls.env["procedure.version"].create(
            {
                "procedure_id": procedure.id,
                "field_ids": [
                    Command.create({"sequence": index, **field})
                    for index, field in enumerate(fields or cls._form())
                ],
            }
        )
        if publish:
            procedure.action_publish()
        return procedure

    @classmethod
    def _form(cls):
        return [
            {"key": "place", "type": "section", "label": "Le logement"},
            {"key": "address", "type": "address", "label": "Adresse", "required": True},
            {
                "key": "dwelling",
                "type": "selection",
                "label": "Type de logement",
                "required": True,
                "option_ids": [
                    Command.create({"value": "main", "label": "Résidence principale"}),
                    Command.create({"value": "secondary", "label": "Résidence secondaire"}),
                ],
            },
            {
                "key": "persons",
                "type": "integer",
                "label": "Nombre de personnes",
                "required": True,
                "min_value": 1,
                "max_value": 20,
                "condition_ids": [
                    Command.create({"key": "dwelling", "operator": "=", "value": "main"})
                ],
            },
            {"key": "date_in", "type": "date", "label": "Date d'arrivée"},
            {"key": "note", "type": "text", "label": "Précisions"},
            {
                "key": "proof",
                "type": "file",
                "label": "Justificatif de domicile",
                "max_files": 2,
                "requirement_code": "proof_of_address",
            },
        ]
