"""What she gave with an earlier request and is still valid: taken again, not sent again."""

from odoo import fields

from odoo.addons.territory_base import clock
from odoo.addons.website_parts.tools.web import number

from .form_reading import MAX_FILES

# As many as are read at a glance beside a question.
MAX_OFFERED = 3


class FormGiven:
    """Part of `FormPage`: her own documents only, looked at again each time as filing does."""

    # The staff, for somebody else, asks for the paper.
    offers_given = True

    def _get_given(self, field):
        """Documents of hers that answer this question today: the newest first."""
        documents = self.env["procedure.document"]
        if not (self.partner and self.offers_given) or self.is_preview:
            return documents
        kind = field.requirement_code or field.key
        request_sudo, day = self._get_request_to_be(), self._get_day()
        seen, found = set(self.pending.file_ids.mapped("sha256")), documents
        for document in self._read_given().filtered(lambda each: each.kind == kind):
            document_sudo = document.sudo()
            is_known = document_sudo.sha256 in seen
            if not is_known and not document_sudo._get_problem_again(field, request_sudo, day):
                seen.add(document_sudo.sha256)
                found |= document
        return found[:MAX_OFFERED]

    def _read_given(self):
        """All that she gave for these kinds of questions, under her own rights, once a page."""
        if not hasattr(self, "_given"):
            documents = self.env["procedure.document"]
            asked = self.version.field_ids.filtered(
                lambda field: field._get_type().holds == "files"
            )
            kinds = [field.requirement_code or field.key for field in asked]
            if kinds and documents.has_access("read"):
                documents = documents.search(
                    [
                        ("giver_id", "=", self.partner.id),
                        ("kind", "in", kinds),
                        ("seen_on", "=", False),
                        ("size", ">", 0),
                    ],
                    limit=100,
                )
            self._given = documents
        return self._given

    def _get_request_to_be(self):
        """As much of it as says whether a document answers it."""
        acting_for, subjects = self.get_acting()
        values = {
            "procedure_id": self.procedure.id,
            "version_id": self.version.id,
            "applicant_id": self.partner.id,
            "acting_for_id": acting_for and acting_for.id,
            "subject_ids": [fields.Command.set(subjects.ids if subjects else [])],
            "season": self.procedure._get_season(self._get_day()),
        }
        return self.env["procedure.request"].sudo().new(values)

    def _get_day(self):
        return clock.today()

    def _prepare_given(self, field):
        """The offers beside the input: a sentence and what the button sends."""
        return [
            {"value": f"{field.key}:{document.id}", "words": self._tell_given(document.sudo())}
            for document in self._get_given(field)
        ]

    def _tell_given(self, document_sudo):
        request_sudo = document_sudo._get_first_line().request_id
        return self.env._(
            "“%(name)s”, given on %(day)s for “%(procedure)s”.",
            name=document_sudo.name,
            day=document_sudo.given_on.strftime("%d/%m/%Y"),
            procedure=request_sudo.procedure_id.name,
        )

    def _take_given(self):
        """What was pressed: one of those that are offered, whatever was posted."""
        key, _colon, wanted = self.posted.text("_reuse", 200).rpartition(":")
        field = self._fields_by_key.get(key)
        if not (field and self.owner) or field._get_type().holds != "files":
            return
        document = self._get_given(field).filtered(lambda each: each.id == number(wanted))
        if not document:
            self.errors[key] = self.env._(
                "This document can no longer be taken again: choose a file."
            )
            return
        if len(self._get_kept(key)) >= min(field.max_files or 1, MAX_FILES):
            self.errors[key] = self._get_too_many_sentence(field, document.sudo().name)
            return
        self.ensure_pending()
        self.env["website.procedure.pending.file"].sudo()._keep_given(
            self.pending, key, document.sudo()
        )

    def get_documents(self):
        """By key of the field, what filing takes again: it checks each once more."""
        documents = {}
        for file in self.pending.file_ids.filtered("document_id"):
            known = documents.get(file.field_key, self.env["procedure.document"])
            documents[file.field_key] = known | file.document_id.with_env(self.env)
        return documents
