from odoo import Command

from odoo.addons.procedure.tests.common import ProcedureCommon
from odoo.addons.procedure_silence.rules import Rule


class SignatureCommon(ProcedureCommon):
    """Camille and Dominique are the separated parents of Lou; Dominique lives elsewhere, and
    nobody tells Camille where."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lou = cls.env["res.partner"].create(
            {"firstname": "Lou", "lastname": "Durand", "kind": "person", "birthdate": "2019-05-02"}
        )
        for parent in cls.camille | cls.dominique:
            authority = cls.env["parental.authority"]._declare(cls.lou, parent.partner_id)
            authority._set_verified("Acte de naissance")
        cls.dominique.partner_id.street = "9 impasse Secrète"
        cls.enrolment = cls._procedure(
            "Inscrire un enfant",
            "INSCRIRE",
            cls.waste,
            cls._enrolment_form(),
            account_required=True,
        )

    @classmethod
    def _enrolment_form(cls, **signature):
        return [
            {"key": "kids", "type": "children", "label": "Pour qui", "required": True},
            {"key": "days", "type": "char", "label": "Jours de garderie", "required": True},
            {"key": "words", "type": "text", "label": "Précisions"},
            {"key": "home", "type": "address", "label": "Adresse du parent"},
            {
                "key": "other",
                "type": "signature_parent",
                "label": "Signature de l’autre parent",
                "signature_keys": "kids,days",
                **signature,
            },
        ]

    @classmethod
    def _hire_form(cls, **signature):
        return [
            {"key": "day", "type": "char", "label": "Jour de la fête", "required": True},
            {"key": "words", "type": "text", "label": "Précisions"},
            {
                "key": "sign",
                "label": "Signature",
                "type": "signature_email",
                "required": True,
                "signature_keys": "day",
                **signature,
            },
        ]

    @classmethod
    def _enrol(cls, user=None, **answers):
        return cls._submit(
            user,
            procedure=cls.enrolment,
            files={},
            answers={
                "kids": [str(cls.lou.id)],
                "days": "lundi",
                "words": "Digicode 4321",
                **answers,
            },
        )

    @classmethod
    def _hire(cls, user=None, procedure=None, **answers):
        procedure = procedure or cls._procedure("Louer", "LOUER", cls.waste, cls._hire_form())
        typed = {"day": "samedi", "sign": "presidente@exemple.fr", **answers}
        return cls._submit(user, procedure=procedure, files={}, answers=typed)

    def _sign(self, signature, user=None, state="signed", **values):
        """As the page does once it is checked who signs."""
        stamp = signature.request_id._get_signed_digest(signature._get_field())
        values = {"partner": user and user.partner_id, "stamp": stamp, **values}
        signature.with_user(user or self.env.ref("base.public_user")).sudo()._answer(
            state, **values
        )

    def _sign_by_code(self, signature, name="Paule Nord", **values):
        self._sign(signature, name=name, **values)

    def _silence(self, procedure, **values):
        """A regime that a manager validated."""
        rule = Rule(
            **{"effect": "accepted", "number": 2, "unit": "month", "from_complete": True, **values}
        )
        self.patch(type(procedure), "_get_silence_rule", lambda self: rule)


__all__ = ["Command", "SignatureCommon"]
