import re

from freezegun import freeze_time

from odoo.tests import tagged

from .common import PIXEL, TerritoryCommon

# Sentences of a notice that promise the end of documents.
PROMISE = re.compile(r"[^.\n]*\b2\s(?:mois|months)[^.\n]*")
ALL = re.compile(r"documents? joints?|the documents|les documents")


@tagged("post_install", "-at_install", "-standard", "sweep_files")
class TestDocumentsKept(TerritoryCommon):
    """Each document that a shipped procedure asks: its notice promises what the job does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 1000)
        rule = cls.env.ref("procedure_retention.retention_document")
        rule.with_user(cls.users["dpo"]).action_preview()
        rule.with_user(cls.users["dpo"]).action_enable()

    def _shipped(self):
        yield from (
            self.env.ref(f"waste_collection.procedure_{name}")
            for name in ("bin", "badge", "missed")
        )
        definition = self.env["procedure.definition"].with_user(self.users["manager"])
        for template in self.env["procedure.template"].with_user(self.users["manager"]).search([]):
            data = template._get_definition()
            yield definition._import(data, code=f"T{data['code']}").sudo()

    def _decided(self, procedure, question):
        request = self.env["procedure.request"].create(
            {
                "procedure_id": procedure.id,
                "version_id": question.version_id.id,
                "applicant_id": self.resident.id,
                "state": "refused",
                "state_date": "2027-01-10 10:00:00",
            }
        )
        upload = {
            "name": "scan.png",
            "mimetype": "image/png",
            "size": len(PIXEL),
            "sha256": "0" * 64,
            "content": PIXEL,
        }
        return request._create_line(
            question.key, question.label, upload, request.applicant_id
        ).document_id

    def test_the_notice_promises_of_each_document_what_the_job_does(self):
        documents = {}
        for procedure in self._shipped():
            for question in (procedure.version_id or procedure.version_ids[:1]).field_ids:
                if question.type == "file":
                    documents[self._decided(procedure, question)] = (procedure, question)
        self.assertGreater(len(documents), 24)
        with freeze_time("2027-03-11 03:00:00"):
            self.env["privacy.retention"]._cron_run()
        self.env.invalidate_all()
        wrong = []
        for document, (procedure, question) in documents.items():
            notice = procedure.processing_id._get_retention_text()
            promises = " ".join(PROMISE.findall(notice)).lower()
            promised = bool(ALL.search(promises)) or question.label.lower() in promises
            if promised == bool(document.file):
                wrong.append(f"{procedure.name}: {question.label}: promised {promised}")
            problem = procedure.processing_id.retention_problem
            if problem:
                wrong.append(problem)
        self.assertEqual(wrong, [])
