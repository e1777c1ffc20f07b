from odoo import Command
from odoo.fields import Date

from odoo.addons.procedure.tests.common import ProcedureCommon
from odoo.addons.territory_base import clock


class SchoolRequestCase(ProcedureCommon):
    """Camille registers Louis, who lives in Vaubecourt; the school service decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["school.year"].search([]).unlink()
        today = clock.today()
        cls.year = cls.env["school.year"].create(
            {
                "name": "Essai",
                "date_start": Date.subtract(today, days=90),
                "date_end": Date.add(today, days=200),
            }
        )
        cls.day = Date.to_string(Date.add(today, days=20))
        cls.service_school = cls.school
        cls.service_school.reads_family_file = True
        cls.levels = {level.code: level for level in cls.env["school.level"].search([])}
        cls.own_school, cls.far_school = (
            cls._service(name, code, "school", commune.ids)
            for name, code, commune in (
                ("École du Lavoir", "lavoir", cls.vaubecourt),
                ("École de l’Ornain", "ornain", cls.revigny),
            )
        )
        cls.louis = cls.camille.partner_id.with_user(cls.camille)._declare_child(
            {"firstname": "Louis", "lastname": "Durand", "birthdate": "2018-02-01"}
        )
        cls.louis = cls.louis.with_env(cls.env)
        cls.registration = cls._procedure(
            "Inscrire un enfant à l’école",
            "ECOLE1",
            cls.service_school,
            fields=cls._school_form(),
            is_school_registration=True,
            applicant_kinds="child",
        )
        cls.derogation = cls._procedure(
            "Demander une dérogation",
            "DEROG1",
            cls.service_school,
            fields=cls._derogation_form(),
            kind="school_derogation",
            applicant_kinds="child",
        )

    @classmethod
    def _choice(cls, key, label, *values, **vals):
        return {
            "key": key,
            "type": "selection",
            "label": label,
            "required": True,
            "option_ids": [
                Command.create({"value": value, "label": value.upper()}) for value in values
            ],
            **vals,
        }

    @classmethod
    def _derogation_form(cls):
        return [
            {"key": "home", "type": "address", "label": "Adresse", "required": True},
            cls._choice("level", "Niveau", "cp", "ce1", "ce2"),
            {"key": "school", "type": "school", "label": "École", "required": True},
            cls._choice("derogation_reasons", "Raisons", "work", "sibling", type="multi_selection"),
        ]

    @classmethod
    def _school_form(cls):
        home, level, school, reasons = cls._derogation_form()
        asked = [Command.create({"key": "derogation", "operator": "=", "value": "1"})]
        return [
            home,
            level,
            {"key": "date_start", "type": "date", "label": "Premier jour", "required": True},
            school,
            {"key": "derogation", "type": "boolean", "label": "Hors secteur", "required": True},
            {**reasons, "condition_ids": asked},
        ]

    def _register(self, school=None, user=None, **answers):
        raw = {
            "home.street": "3 rue du Moulin",
            "home.commune": "55532",
            "level": "ce2",
            "date_start": self.day,
            "school": str((school or self.own_school).id),
            "derogation": "0",
            **answers,
        }
        return self._submit(
            user, procedure=self.registration, files={}, answers=raw, subjects=self.louis
        )

    def _ask_out_of_sector(self, **answers):
        return self._register(
            self.far_school, derogation="1", derogation_reasons=["work"], **answers
        )
