from collections import Counter

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.procedure_form import engine
from odoo.addons.territory_base import clock

from ..exceptions import AnswersInvalid


class ProcedureRequestCompletion(models.AbstractModel):
    """What the agent asks for, item by item, and the applicant who sends that and nothing else."""

    _name = "procedure.request.completion"
    _description = "Completion of a request"

    completion_message = fields.Text(
        string="Message to the applicant",
        copy=False,
        help="What the agent wrote when she last asked for more; shown with what is asked.",
    )

    def action_ask_completion(self, items, message="", due=None):
        """Ask the applicant for these items, and only these.

        :param items: list of dict: `line_id` (a document given) or `field_key` (a question of
            the form) or `label` (another document), and `reason`
        :param due: the day by which they are expected; the law wants one (CRPA L114-5)
        """
        self.ensure_one()
        if not items:
            raise UserError(self.env._("Choose what the applicant must correct."))
        if any(not (item.get("reason") or "").strip() for item in items):
            raise UserError(self.env._("Say, for each item, what is wrong with it."))
        due = self._check_completion_due(fields.Date.to_date(due))
        request_sudo = self._transition("ask_completion", note=message)
        for item in items:
            request_sudo._ask_item(item, due)
        request_sudo._pause_clock(due)
        request_sudo.completion_message = (message or "").strip()
        request_sudo._follow_transition("ask_completion", message=message, due=due)

    def _get_asked_items(self):
        """What the applicant is asked for now, one entry per input.

        :return: list of dict(key, label, type, field, lines, reason, date_due)
        """
        self.ensure_one()
        form_fields = {field.key: field for field in self.sudo().version_id.field_ids}
        items = {}
        for line_sudo in self.sudo().document_line_ids.filtered("asked"):
            field = form_fields.get(line_sudo.field_key)
            item = items.setdefault(
                line_sudo.input_key,
                {
                    "key": line_sudo.input_key,
                    "label": line_sudo.label,
                    "type": field.type if line_sudo.is_answer else "file",
                    "field": field,
                    "lines": line_sudo.browse(),
                    "reason": "",
                    "date_due": line_sudo.date_due,
                },
            )
            item["lines"] |= line_sudo
            item["reason"] = " ".join(filter(None, (item["reason"], line_sudo.reason)))
        return list(items.values())

    def _get_shown_fields(self):
        """The questions that these answers show, those of a block left out."""
        fields_sudo = self.sudo().version_id.field_ids
        counts = Counter(self.sudo().document_line_ids.mapped("field_key"))
        asked = fields_sudo._to_engine()
        if not self.applicant_id:
            asked = engine.without_account(asked)
        shown = engine.visible_keys(asked, self.answers or {}, counts)
        return fields_sudo.filtered(lambda field: field.key in shown).sudo(self.env.su)

    def _complete(self, *, answers=None, files=None, by=None):
        """Take in what was asked, and nothing else. Sending the same twice has one effect.

        :param by: the applicant; empty for a visitor who showed number and code
        :return: True once nothing more is asked
        :raise AnswersInvalid: nothing was changed
        """
        self.ensure_one()
        self._check_actor("applicant", by)
        return self._receive_asked(answers, files, by, "complete")

    def _receive_asked(self, answers, files, by, transition):
        """:param transition: `complete` (the applicant), `receive` (the service in her place)"""
        raw, files = answers or {}, files or {}
        request_sudo = self.sudo()
        request_sudo._lock()
        items = request_sudo._get_asked_items()
        asked = {item["key"] for item in items}
        sent = {name.partition(".")[0] for name in raw} | set(files)
        if not items or (sent and not sent & asked):
            request_sudo._check_already_received(raw, files, by)
            return not items
        corrected, given = request_sudo._check_completion(items, raw, files, by)
        if not corrected and not given:
            types = {item["key"]: item["type"] for item in items}
            problems = dict.fromkeys(types, engine.Problem("missing"))
            raise AnswersInvalid(request_sudo._get_error_sentences(types, problems))
        # A file that cannot be kept refuses the whole answer.
        with self.env.cr.savepoint():
            return request_sudo._take_in(items, corrected, given, by, transition)

    def _take_in(self, items, corrected, given, by, transition):
        """:return: True once nothing more is asked"""
        known = self.document_line_ids.document_id
        labels = [item["label"] for item in items if item["key"] in corrected]
        if corrected:
            self._correct_answers(corrected)
        for item in items:
            if item["key"] in corrected:
                item["lines"].write({"state": "received", "asked": False})
            elif item["key"] in given:
                self._receive_item(item, given[item["key"]], by)
        if transition == "complete":
            self._mark_written(fields.Datetime.now())
        self._ask_further()
        if self.document_line_ids.filtered("asked"):
            return False
        self._run_transition(
            transition,
            by=by,
            received_on=clock.today().strftime("%d/%m/%Y"),
            received=labels + self._describe_documents_since(known),
        )
        if transition == "complete":
            self._remind_agent(self.env._("The applicant sent what was asked."))
        return True

    def _ask_further(self):
        """Hook: something has come, and is stored; what it makes necessary may be asked.

        In superuser mode.
        """

    def _describe_documents_since(self, known):
        """Each document that was not known, as an acknowledgment lists it (CRPA L112-11)."""
        request = self.with_context(lang=self._get_mail_lang())
        described = []
        for name, document in request._get_received_documents():
            if document not in known:
                size = document._get_size_text()
                described.append(name if document.seen_on else f"{name} ({size})")
        return described

    def _check_already_received(self, raw, files, by):
        """What is sent again was received the first time; what is no longer asked is refused
        aloud, so that nobody believes that it arrived."""
        hashes = {upload.get("sha256") for uploads in files.values() for upload in uploads}
        keys = {name.partition(".")[0] for name in raw}
        given, _problems = self._validate_alone(keys, raw, by)
        received = self.answers or {}
        if hashes <= set(self.document_line_ids.document_id.mapped("sha256")) and all(
            received.get(key) == value for key, value in given.items()
        ):
            return
        raise UserError(
            self.env._(
                "This is no longer asked for: the service has gone on with your request. "
                "Send it a message if you have something to add."
            )
        )

    def _correct_answers(self, corrected):
        """A correction may hide questions: their answers no longer count."""
        file_counts = Counter(self.document_line_ids.mapped("field_key"))
        settled = engine.settle(
            self.version_id.field_ids._to_engine(),
            {**(self.answers or {}), **corrected},
            # As filing does: ages are counted on the day of Paris.
            today=clock.local_day(self.date_submitted),
            file_counts=file_counts,
        )
        before = self._get_answered_persons(self.version_id, self.answers)
        self.answers = {**corrected, **settled}
        confirmed = self.confirmed_facts or {}
        if confirmed.keys() & corrected.keys():
            kept = {key: day for key, day in confirmed.items() if key not in corrected}
            self.confirmed_facts = kept
        after = self._get_answered_persons(self.version_id, self.answers)
        if before != after:
            self.subject_ids = self.subject_ids - before + after
        self._index_answers()

    def _validate_alone(self, keys, raw, by):
        """These questions asked by themselves: neither their conditions nor the others matter.
        Who answers chooses among her own people: another delegate is not who filed."""
        return engine.validate_alone(
            self.version_id.field_ids._to_engine(),
            keys,
            {name: value for name, value in raw.items() if name.partition(".")[0] in keys},
            self.answers or {},
            **self._get_lookups(self.version_id, by or self.applicant_id),
        )

    def _check_completion(self, items, raw, files, by):
        """(answers, files) of the asked items only."""
        Field = self.env["procedure.field"]
        keys = {item["key"] for item in items if item["type"] != "file"}
        answers, problems = self._validate_alone(keys, raw, by)
        types = {field.key: field.type for field in self.version_id.field_ids}
        errors = self._get_error_sentences(
            types,
            {
                key: problem
                for key, problem in problems.items()
                # A question left aside; not a line of a block that lacks something.
                if problem.code != "missing" or "." in key
            },
        )
        given = {}
        for item in items:
            uploads = files.get(item["key"])
            if item["type"] != "file" or not uploads:
                continue
            maximum = max(item["field"].max_files if item["field"] else 1, len(item["lines"]))
            if len(uploads) > maximum:
                problem = engine.Problem(
                    "too_many_files", (("count", len(uploads)), ("max", maximum))
                )
                errors[item["key"]] = Field._get_error_sentence("file", problem)
            given[item["key"]] = uploads
        if errors:
            raise AnswersInvalid(errors)
        return answers, given

    def _receive_item(self, item, uploads, by):
        """New documents; what was refused stays, with its reason."""
        giver = by or self.applicant_id
        for upload in uploads:
            self._create_line(item["lines"][0].field_key, item["label"], upload, giver)
        empty = item["lines"].filtered(lambda line: not line.document_id)
        empty.unlink()
        (item["lines"] - empty).write({"asked": False})

    def _ask_item(self, item, due):
        Line = self.env["procedure.document.line"]
        vals = {"asked": True, "reason": item["reason"], "date_due": due}
        if item.get("line_id"):
            line = self.document_line_ids.filtered(lambda line: line.id == item["line_id"])
            if not line:
                raise UserError(self.env._("This document belongs to another request."))
            line.write({"state": "refused" if line.document_id else "to_provide", **vals})
            return
        field = self.version_id.field_ids.filtered(lambda field: field.key == item.get("field_key"))
        label = field.label or item.get("label")
        if not label:
            raise UserError(self.env._("Name the document that you ask for."))
        Line.create(
            {
                "request_id": self.id,
                "field_key": field.key,
                "label": label,
                "is_answer": bool(field) and field._get_type().holds != "files",
                "state": "to_provide",
                **vals,
            }
        )

    def _stop_asking(self):
        """The agent goes on without: nothing more is asked of the applicant."""
        asked = self.document_line_ids.filtered("asked")
        asked.filtered(lambda line: line.state == "to_provide" and not line.document_id).unlink()
        asked.exists().write({"asked": False})
