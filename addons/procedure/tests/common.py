import base64
import hashlib

from odoo import Command

from odoo.addons.partner_household.tests.people import PeopleCase
from odoo.addons.procedure.filing import Filing

# A valid one-pixel PNG: what `public.guard` would give back.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


def upload(name="photo.png", content=PIXEL):
    """What `public.guard._check_upload` returns."""
    return {
        "name": name,
        "mimetype": "image/png",
        "content": content,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "pages": 1,
    }


class ProcedureCommon(PeopleCase):
    """A waste service, a school service, two town halls; Camille asks for a container."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.dpo_contact = "Déléguée d’essai, dpo@exemple.test"
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
        cls.agent = cls._staff("agent", "agent", cls.waste)
        cls.colleague = cls._staff("colleague", "agent", cls.waste)
        cls.school_agent = cls._staff("school_agent", "agent", cls.school)
        cls.secretary = cls._staff("secretary", "secretary", cls.town_hall)
        cls.other_secretary = cls._staff("other_secretary", "secretary", cls.other_town_hall)
        cls.communication = cls._staff("communication", "communication")
        cls.dpo = cls._staff("dpo", "dpo")
        cls.manager = cls._staff("manager", "manager")
        # The administrator may decide too, in the name of the law as anybody else.
        cls.env.ref("base.user_admin").partner_id.function = "Administratrice"
        cls.camille = cls._resident("camille", "Camille", "Durand")
        cls.dominique = cls._resident("dominique", "Dominique", "Petit")
        cls.procedure = cls._procedure("Demander un bac", "ESSAI", cls.waste)

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
                "step_ids": [
                    Command.create({"name": "À préparer"}),
                    Command.create({"name": "Livré"}),
                ],
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

    @classmethod
    def _answers(cls, **answers):
        return {
            "address.street": "3 rue du Moulin",
            "address.commune": "55532",
            "dwelling": "main",
            "persons": "4",
            "date_in": "2026-03-24",
            "note": "Bonjour",
            **answers,
        }

    @classmethod
    def _identity(cls, **identity):
        return {
            "contact_firstname": "Ana",
            "contact_lastname": "Morel",
            "contact_email": "Ana@Exemple.fr",
            "contact_address.street": "1 place Haute",
            "contact_address.zip": "54000",
            "contact_address.commune": "Nancy",
            **identity,
        }

    @classmethod
    def _filing(cls, user=None, procedure=None, files=None, answers=None, **kwargs):
        """What this resident submits; Camille by default."""
        return Filing(
            procedure=procedure or cls.procedure,
            answers=answers or cls._answers(),
            files={"proof": [upload()]} if files is None else files,
            applicant=(user or cls.camille).partner_id,
            **kwargs,
        )

    @classmethod
    def _submit(cls, user=None, **kwargs):
        """A request of this resident; Camille by default."""
        requests = cls.env["procedure.request"].with_user(user or cls.camille)
        return requests._submit(cls._filing(user, **kwargs)).with_user(cls.env.user)

    def _submit_without_account(self, identity=None, **kwargs):
        return (
            self.env["procedure.request"]
            .with_user(self.env.ref("base.public_user"))
            ._submit(
                Filing(
                    procedure=kwargs.pop("procedure", self.procedure),
                    answers=kwargs.pop("answers", self._answers()),
                    identity=identity or self._identity(),
                    **kwargs,
                )
            )
        )

    def _submit_by(self, channel, **values):
        """On the site by Camille; at the counter by an agent, for somebody without account."""
        if channel == "web":
            return self._submit()
        return (
            self.env["procedure.request"]
            .with_user(self.agent)
            ._submit(
                Filing(
                    procedure=self.procedure,
                    answers=self._answers(),
                    files={"proof": [upload()]},
                    identity=self._identity(),
                    channel=channel,
                    **values,
                )
            )
            .with_user(self.env.user)
        )

    def _set_regime(self, regime, **vals):
        self.procedure.write({"regime": regime, "legal_basis": "Décret 2016-625", **vals})
        self.procedure.action_validate_regime()
