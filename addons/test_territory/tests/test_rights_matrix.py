"""Every persona × object × read, write, create, delete, transition, as docs/rights.md says."""

from odoo import Command
from odoo.tests import tagged

from . import matrix
from .common import TerritoryCommon
from .matrix_case import MatrixCase
from .matrix_records import MatrixRecords


@tagged("post_install", "-at_install")
class TestRightsMatrix(MatrixCase, MatrixRecords, TerritoryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_records()
        request_values = {
            "procedure_id": cls.request.procedure_id.id,
            "version_id": cls.request.version_id.id,
        }
        person_values = {"firstname": "Intrus", "lastname": "Essai", "kind": "person"}
        # object: record, values of a write, values of a creation, transition
        cls.objects = {
            "applicant": (cls.resident, {"comment": "x"}, person_values, None),
            "child": (cls.child, {"comment": "x"}, person_values, None),
            "household": (
                cls.household,
                {"comment": "x"},
                {"name": "Foyer", "kind": "household", "company_type": "company"},
                None,
            ),
            "organisation": (
                cls.organisation,
                {"comment": "x"},
                {"name": "Asso", "kind": "association", "company_type": "company"},
                None,
            ),
            "membership": (
                cls.membership,
                {"date_end": "2030-01-01"},
                {
                    "household_id": cls.household.id,
                    "person_id": cls.child.id,
                    "role": "child",
                },
                None,
            ),
            "authority": (
                cls.authority,
                {"date_end": "2030-01-01"},
                {"child_id": cls.child.id, "holder_id": cls.users["delegate"].partner_id.id},
                lambda record: record.action_contest("Un doute"),
            ),
            "declared authority": (
                cls.declared_authority,
                {"state": "verified"},
                {"child_id": cls.child.id, "holder_id": cls.users["delegate"].partner_id.id},
                lambda record: record.action_verify("Vu"),
            ),
            "delegation": (
                cls.delegation,
                {"state": "active"},
                {"organisation_id": cls.organisation.id, "person_id": cls.resident.id},
                lambda record: record.action_accept(),
            ),
            "dwelling": (
                cls.dwelling,
                {"street2": "x"},
                {"street": "2 rue des Essais", "commune_id": cls.commune.id},
                None,
            ),
            "request": (
                cls.request,
                {"step_id": False},
                request_values,
                lambda record: record.action_accept(),
            ),
            "town hall request": (
                cls.town_hall_request,
                {"step_id": False},
                request_values,
                lambda record: record.action_take(),
            ),
            "child request": (
                cls.child_request,
                {"step_id": False},
                request_values,
                lambda record: record.action_take(),
            ),
            "organisation request": (
                cls.organisation_request,
                {"step_id": False},
                request_values,
                lambda record: record.action_take(),
            ),
            "document": (
                cls.document,
                {"name": "x.png"},
                {"name": "x.png", "kind": "proof", "file": b"eA=="},
                None,
            ),
            "item": (
                cls.item,
                {"state": "accepted"},
                {"request_id": cls.request.id, "label": "x"},
                lambda record: record.action_accept(),
            ),
            "message": (
                cls.message,
                {"body": "x"},
                {"model": "procedure.request", "res_id": cls.request.id, "body": "x"},
                None,
            ),
            "note": (
                cls.note,
                {"body": "x"},
                {
                    "model": "procedure.request",
                    "res_id": cls.request.id,
                    "body": "x",
                    "subtype_id": cls.env.ref("mail.mt_note").id,
                },
                None,
            ),
            "decision": (
                cls.decision,
                {"reasons": "x"},
                {"request_id": cls.request.id, "kind": "accepted"},
                None,
            ),
            **cls._get_definition_objects(),
            **cls._get_record_objects(),
        }

    @classmethod
    def _get_definition_objects(cls):
        return {
            "consulted request": (
                cls.consulted_request,
                {"step_id": False},
                {
                    "procedure_id": cls.consulted_request.procedure_id.id,
                    "version_id": cls.consulted_request.version_id.id,
                },
                lambda record: record.action_take(),
            ),
            "opinion": (
                cls.opinion,
                {"text": "x"},
                {"request_id": cls.request.id, "service_id": cls.roads.id},
                lambda record: record.action_give_favourable("Rien à redire"),
            ),
            "procedure": (
                cls.procedure,
                {"summary": "x"},
                {"name": "Autre essai", "code": "MTXAUTRE"},
                lambda record: record.action_suspend(),
            ),
            "published version": (
                cls.version,
                {"field_ids": [Command.update(cls.version.field_ids[0].id, {"label": "x"})]},
                {"procedure_id": cls.consulted_request.procedure_id.id},
                None,
            ),
            "draft version": (
                cls.draft,
                {"field_ids": [Command.update(cls.draft_field.id, {"label": "x"})]},
                {"procedure_id": cls.consulted_request.procedure_id.id},
                lambda record: record.action_publish(),
            ),
            "field of the draft": (
                cls.draft_field,
                {"label": "x"},
                {"version_id": cls.draft.id, "label": "Autre", "key": "autre", "type": "char"},
                None,
            ),
            "condition": (
                cls.condition,
                {"operator": "not set"},
                {"field_id": cls.draft_field.id, "key": "wish", "operator": "set"},
                None,
            ),
            "step": (
                cls.step,
                {"name": "x"},
                {"procedure_id": cls.procedure.id, "name": "Autre"},
                None,
            ),
            "saved export": (
                cls.saved_export,
                {"name": "x"},
                {"name": "Autre", "procedure_id": cls.procedure.id},
                lambda record: record.action_download(),
            ),
            "letter": (
                cls.letter,
                {"name": "x"},
                {
                    "request_id": cls.consulted_request.id,
                    "kind": "step",
                    "number": "ESSAI/9",
                    "name": "x",
                },
                None,
            ),
            "answer template": (
                cls.answer_template,
                {"body": "<p>x</p>"},
                {"name": "Autre", "body": "<p>x</p>"},
                None,
            ),
        }

    def test_each_persona_may_what_the_page_says_and_nothing_else(self):
        self._check_page()

    def test_what_cannot_be_read_cannot_be_found_either(self):
        self._check_not_found()

    def test_each_row_that_names_this_test_is_an_object(self):
        self._check_named("test_rights_matrix.py")

    def test_a_cell_changed_on_the_page_is_seen(self):
        text = matrix.PAGE.read_text(encoding="utf-8")
        table = matrix.parse(text)
        self.assertEqual(set(table), set(self.users))
        with self.assertRaises(ValueError):
            matrix.parse(text.replace("| `dpo` | ·", "| `dpo` | X", 1))
