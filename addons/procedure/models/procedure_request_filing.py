import base64
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import consteq, hmac

from odoo.addons.procedure_form import engine, linter
from odoo.addons.territory_base import clock

from ..exceptions import AnswersInvalid

# No letter or digit that is read for another.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10


class ProcedureRequestFiling(models.AbstractModel):
    """Filing: the only way in of a request, whatever the channel."""

    _name = "procedure.request.filing"
    _description = "Filing of a request"

    @api.model
    def _submit(self, filing):
        """Check, number, store and acknowledge, all or nothing.

        Under the rights of the person who submits; a service addon may extend it to add a guard
        around the whole (`super()` always).

        :param filing: what is submitted, see `Filing`
        :return: the request in superuser mode; without account, its context holds the
            `follow_code`, which is kept nowhere else
        :raise AnswersInvalid: nothing was created
        """
        self._check_filer(filing)
        self._check_given_before(filing)
        day = self._get_reception_day(filing.channel, filing.received_on)
        Request_sudo = self.sudo()
        # A refusal gives the token back, so that the corrected form may be sent.
        with self.env.cr.savepoint():
            token_sudo = None
            if filing.claim:
                token_sudo, is_new = self.env["public.guard"]._claim_token(filing.claim)
                if not is_new:
                    return token_sudo._get_result() or Request_sudo
            procedure_sudo = filing.procedure.sudo()
            if not procedure_sudo._is_open(day):
                raise UserError(self.env._("This procedure is not open now."))
            filing_sudo = filing.having(procedure=procedure_sudo)
            vals = Request_sudo._prepare_filing(filing_sudo)
            lacking = vals.pop("lacking", set())
            filing_sudo = Request_sudo._filter_asked_files(filing_sudo, vals["answers"])
            Request_sudo._complete_filing(vals, filing_sudo, day, lacking)
            # Last, so that nobody waits for those whose form is wrong.
            if not procedure_sudo._take_place(vals["season"]):
                sentence = procedure_sudo._get_no_place_sentence(vals["season"])
                raise AnswersInvalid({AnswersInvalid.FORM: sentence})
            # A file that cannot be kept refuses the whole request.
            return Request_sudo._create_filed(vals, filing_sudo, token_sudo, day)

    @api.model
    def _complete_filing(self, vals, filing, day, lacking=()):
        """The values of the request to be: for whom, where, which service.

        :raise AnswersInvalid: what the answers together, or the service addon, forbid
        """
        procedure = filing.procedure
        vals.update(
            {
                "procedure_id": procedure.id,
                "version_id": procedure.version_id.id,
                "channel": filing.channel,
                "season": procedure._get_season(day),
                "applicant_id": filing.applicant.id,
                "acting_for_id": filing.acting_for.id,
                "confirmed_facts": {
                    key: day for key, day in filing.confirmed.items() if key in vals["answers"]
                }
                or False,
            }
        )
        chosen = self._get_answered_persons(procedure.version_id, vals["answers"])
        vals["subject_ids"] = [fields.Command.set((filing.subjects | chosen).ids)]
        vals.update(self._prepare_place(vals))
        request = self.new(vals)
        errors = {**request._check_filing(), **request._check_documents(filing.documents, day)}
        # Nothing is wrong with an answer that did not come.
        errors = {key: text for key, text in errors.items() if key not in lacking}
        if errors:
            raise AnswersInvalid(errors)

    @api.model
    def _get_filing_errors(self, filing):
        """What `_submit` would refuse of a form filled in on the site; nothing is left of it.

        Without an account, who types has not proved who she is: only what she typed is looked at.

        :param filing: its `files` may be counted only
        :return: dict key -> sentence
        """
        day = self._get_reception_day("web", None)
        season = filing.procedure._get_season(day)
        if filing.procedure._is_full(season):
            return {AnswersInvalid.FORM: filing.procedure._get_no_place_sentence(season)}
        try:
            self._check_given_before(filing)
            vals = self._prepare_filing(filing)
            if not filing.applicant:
                return {}
            # A place may be made on the way.
            with self.env.cr.savepoint() as savepoint:
                self._complete_filing(vals, filing, day)
                savepoint.rollback()
        except AnswersInvalid as refused:
            return refused.errors
        except UserError as refused:
            return {AnswersInvalid.FORM: str(refused)}
        finally:
            # The cache went with it: who holds questions reads them all at once again.
            filing.procedure.version_id.field_ids.fetch(["type"])
        return {}

    def _check_filer(self, filing):
        """Whether this user may file in this person's name."""
        user = self.env.user
        applicant = filing.applicant
        others = filing.acting_for | filing.subjects
        if applicant and user._is_public():
            raise AccessError(self.env._("Sign in to file requests in your own name."))
        self._check_channel(filing)
        if user._is_portal() and applicant != user.partner_id:
            raise AccessError(self.env._("You file requests in your own name only."))
        if applicant:
            choices_sudo = applicant.sudo()._acting_for_choices()
            if others - choices_sudo - applicant:
                raise AccessError(self.env._("You cannot act for this person."))

    def _check_channel(self, filing):
        """Hook: who files by another channel than the site, and gives what the site does not take.

        Under the rights of the person who submits. Here, nobody does.

        :raise AccessError: not by this person
        """
        if filing.is_entered and not self.env.user._is_superuser():
            raise AccessError(self.env._("A request is filed on the site only."))

    @api.model
    def _get_reception_day(self, channel, day):
        """Hook: the day on which it was received, from which clock and season count."""
        return clock.today()

    def _check_given_before(self, filing):
        """Only documents of the applicant, which the person who submits may read."""
        for documents in filing.documents.values():
            documents = documents.with_user(self.env.user)
            documents.check_access("read")
            if not filing.applicant or documents.sudo().giver_id != filing.applicant:
                raise AccessError(self.env._("This document was given by somebody else."))

    @api.model
    def _get_asked_fields(self, filing):
        """The form as the engine reads it, for this applicant."""
        form_fields = filing.procedure.version_id.field_ids._to_engine()
        return form_fields if filing.applicant else engine.without_account(form_fields)

    @api.model
    def _get_later_keys(self, filing, answers):
        """Of the questions that may follow, those that are asked and have no answer yet.

        :param answers: the typed ones
        """
        form_fields = filing.procedure.version_id.field_ids
        later = {field.key for field in form_fields if field._is_asked_later()}
        if not later:
            return later
        asked = self._get_asked_fields(filing)
        return later & set(engine.find_missing(asked, answers, filing.file_counts))

    @api.model
    def _filter_asked_files(self, filing, answers):
        """Without the files and documents of hidden questions."""
        if not filing.file_counts:
            return filing
        form_fields = self._get_asked_fields(filing)
        visible = set(engine.visible_keys(form_fields, answers, filing.file_counts))
        return filing.having(
            files={key: each for key, each in filing.files.items() if key in visible},
            documents={key: each for key, each in filing.documents.items() if key in visible},
        )

    @api.model
    def _prepare_filing(self, filing):
        """Values of the answers and of the identity; raises all errors at once.

        Where the filing is incomplete, required questions may have no answer: their keys are
        `lacking`.
        """
        errors = {}
        procedure = filing.procedure
        answers, problems = engine.validate(
            self._get_asked_fields(filing),
            filing.answers,
            file_counts=filing.file_counts,
            keeps_rows=filing.is_incomplete,
            **self._get_lookups(procedure.version_id, filing.applicant),
        )
        types = {field.key: field.type for field in procedure.version_id.field_ids}
        exit_field = engine.find_exit(
            self._get_asked_fields(filing), answers, filing.file_counts, problems
        )
        if exit_field:
            # Nothing else is wrong: there is nothing to file.
            raise AnswersInvalid({AnswersInvalid.FORM: exit_field.label})
        errors.update(self._get_error_sentences(types, problems))
        vals = {"answers": answers}
        if not filing.applicant:
            if procedure.account_required and filing.channel == "web":
                errors[AnswersInvalid.FORM] = self.env._("Sign in to file this request.")
            identity_vals, identity_errors = self._prepare_identity(
                filing.identity, filing.channel, procedure
            )
            vals.update(identity_vals)
            errors.update(identity_errors)
        errors.update(self._get_typed_errors(filing))
        lacking = {key for key, problem in problems.items() if problem.code == "missing"}
        if filing.is_incomplete and errors.keys() <= lacking:
            return {**vals, "lacking": {key.partition(".")[0] for key in lacking}}
        if errors:
            raise AnswersInvalid(errors, lacking)
        return vals

    @api.model
    def _get_typed_errors(self, filing):
        """Hook: what is wrong with what was typed besides the form: dict key -> sentence."""
        return {}

    @api.model
    def _get_identity_fields(self, channel="web", procedure=None):
        """Hook: what a person without account says of herself (CRPA R112-9-1).

        :param procedure: the one that is filed, whose kind may ask for less
        """
        on_site = channel == "web"
        return [
            engine.Field("contact_firstname", "char", self.env._("First name"), required=True),
            engine.Field("contact_lastname", "char", self.env._("Last name"), required=True),
            engine.Field("contact_email", "email", self.env._("E-mail"), required=on_site),
            engine.Field("contact_phone", "phone", self.env._("Phone")),
            engine.Field(
                "contact_address", "address", self.env._("Postal address"), required=on_site
            ),
        ]

    @api.model
    def _prepare_identity(self, raw, channel, procedure=None):
        identity_fields = self._get_identity_fields(channel, procedure)
        values, problems = engine.validate(
            identity_fields, raw, today=clock.today(), find_commune=self._get_commune_finder()
        )
        types = {field.key: field.type for field in identity_fields}
        address = values.pop("contact_address", None)
        if address:
            values["contact_street"] = ", ".join(
                filter(None, (address["street"], address["street2"]))
            )
            values["contact_zip"] = address["zip"]
            values["contact_city"] = address["commune"]
            if address["insee"]:
                commune = self.env["territory.commune"]._find_by_insee(address["insee"])
                values["contact_commune_id"] = commune.id
        return values, self._get_error_sentences(types, problems)

    @api.model
    def _prepare_place(self, vals):
        """Commune, household, dwelling, then the services. Hook of service addons."""
        procedure = self.env["procedure.procedure"].browse(vals["procedure_id"])
        person = self.env["res.partner"].browse(vals["acting_for_id"] or vals["applicant_id"])
        household = person._current_household() if person else person
        dwelling = person._current_dwelling() if person else self.env["territory.dwelling"]
        dwelling = self._get_chosen_dwelling(procedure, vals["answers"]) or dwelling
        commune = (
            self._get_answered_commune(procedure.version_id, vals["answers"])
            or self.env["territory.commune"].browse(vals.get("contact_commune_id"))
            or dwelling.commune_id
            or person.commune_id
        )
        return {
            "household_id": household.id,
            "dwelling_id": dwelling.id,
            "commune_id": commune.id,
            "service_id": procedure._get_service(commune).id,
            "consulted_service_ids": [fields.Command.set(procedure.consulted_service_ids.ids)],
        }

    @api.model
    def _find_place(self, vals):
        """Where it would go, were it filed; no dwelling is made for it."""
        return self.with_context(dwelling_is_looked_up=True)._prepare_place(vals)

    @api.model
    def _get_answered_commune(self, version, answers):
        """The first commune or address of the form says where."""
        insee = version.field_ids._get_insee_answered(answers)
        Commune = self.env["territory.commune"]
        return Commune._find_by_insee(insee) if insee else Commune

    @api.model
    def _get_chosen_dwelling(self, procedure, answers):
        """The dwelling chosen in the form."""
        for field in procedure.version_id.field_ids:
            if field._get_type().model == "territory.dwelling" and field.key in answers:
                return self.env["territory.dwelling"].browse(answers[field.key]["id"])
        return self.env["territory.dwelling"]

    def _check_filing(self):
        """What forbids this request, which is not created yet: dict key -> sentence.

        `AnswersInvalid.FORM` is the key of what concerns no single field.
        """
        self.ensure_one()
        errors = {}
        procedure = self.procedure_id
        kind = (self.acting_for_id or self.applicant_id).kind or "person"
        is_person = kind in ("person", "household")
        if procedure.applicant_kinds == "person" and not is_person:
            errors[AnswersInvalid.FORM] = self.env._("This procedure is for residents.")
        if procedure.applicant_kinds == "organisation" and self.applicant_id and is_person:
            errors[AnswersInvalid.FORM] = self.env._(
                "This procedure is for companies and associations."
            )
        # She may have named herself among the persons of her household.
        others = self.subject_ids._origin - self.applicant_id._origin
        says_whose = self.applicant_id or self.channel != "web"
        if procedure.applicant_kinds == "child" and says_whose and not others:
            errors[AnswersInvalid.FORM] = self.env._(
                "This procedure is for a child: say for which child you do it."
            )
        if sentence := self._get_commune_sentence():
            errors[AnswersInvalid.FORM] = sentence
        if procedure._is_full_for(self.household_id, self.season):
            errors[AnswersInvalid.FORM] = self._get_full_sentence()
        return errors

    def _get_commune_sentence(self):
        """Why its commune cannot ask; empty when it may."""
        procedure = self.procedure_id
        if not self.service_id and procedure.is_communal:
            return self._get_no_town_hall_sentence()
        is_elsewhere = procedure.commune_ids and self.commune_id not in procedure.commune_ids
        if is_elsewhere and not self._is_place_awaited():
            return self.env._("This procedure does not concern your commune.")
        return ""

    def _is_place_awaited(self):
        """Hook: whether it may come in without its commune."""
        return False

    def _get_no_town_hall_sentence(self):
        """Only a town hall answers, and this commune has none here."""
        self.ensure_one()
        commune = self.commune_id
        if not commune:
            return self.env._("The town hall answers: say for which commune you ask.")
        return self.env._(
            "The town hall of %(commune)s does not take this request online: ask it directly.",
            commune=commune.name,
        )

    def _get_full_sentence(self):
        self.ensure_one()
        procedure = self.procedure_id
        if procedure.max_per_household > 1:
            return self.env._(
                "Your household already has %(count)s requests for this procedure: "
                "that is the maximum.",
                count=procedure.max_per_household,
            )
        if self.season:
            return self.env._(
                "Your household already has a request for this procedure, season %(season)s.",
                season=self.season,
            )
        return self.env._("Your household already has a request in progress for this procedure.")

    @api.model
    def _create_filed(self, vals, filing, token, day):
        procedure = filing.procedure
        request = self.create(vals)
        given_before = request._store_filing(filing, day)
        (request.document_line_ids.document_id - given_before).given_on = day
        request._index_answers()
        request._start_clock(day)
        year = clock.today().year
        prefix = f"{procedure.code}-{year}"
        number = f"{prefix}-{self.env['procedure.counter']._next(prefix):04}"
        code = None
        submitted = {
            "number": number,
            "state": "submitted",
            "state_date": fields.Datetime.now(),
            "state_user_id": self.env.uid,
        }
        if not request.applicant_id:
            code = "".join(secrets.choice(CODE_ALPHABET) for _each in range(CODE_LENGTH))
            submitted["access_token_digest"] = self._digest_code(number, code)
        request.write(submitted)
        if token:
            token._set_result(request)
        request._on_filed(filing)
        request._on_submitted()
        request._send_acknowledgment(code)
        return request.with_context(follow_code=code)

    def _store_filing(self, filing, day):
        """Hook: what was given with it. In superuser mode.

        :return: the documents that had been given before
        """
        self._store_files(filing.files)
        return self._store_documents(filing.documents, day)

    def _on_filed(self, filing):
        """Hook: it has its number and its state; nobody is told yet. In superuser mode."""

    def _on_submitted(self):
        """Hook of service addons: a request has just come in."""

    def _store_files(self, files):
        """One document and one line per file."""
        self.ensure_one()
        for field in self.version_id.field_ids:
            if field._get_type().holds == "files":
                for upload in files.get(field.key, ()):
                    self._create_line(field.key, field.label, upload, self.applicant_id)

    def _check_documents(self, documents, day):
        """What forbids to give these again for this request to be: dict key -> sentence."""
        self.ensure_one()
        errors = {}
        for field in self.version_id.field_ids:
            for document in documents.get(field.key, ()):
                document_sudo = document.sudo()
                if problem := document_sudo._get_problem_again(field, self, day):
                    errors[field.key] = problem
        if documents.keys() - set(self.version_id.field_ids.mapped("key")):
            raise UserError(self.env._("This form asks for no such document."))
        return errors

    def _store_documents(self, documents, day):
        """One line more for each document that was given before."""
        self.ensure_one()
        given = self.env["procedure.document"]
        for field in self.version_id.field_ids:
            for document_sudo in documents.get(field.key, given.browse()).sudo():
                document_sudo.is_kept = document_sudo.is_kept or field.keeps_file
                self.env["procedure.document.line"].create(
                    {
                        "request_id": self.id,
                        "field_key": field.key,
                        "label": field.label,
                        "document_id": document_sudo.id,
                        "given_again_on": day,
                    }
                )
                given |= document_sudo
        return given

    def _is_health_document(self, field, kind):
        """Whether a document holds health data, which have a store of their own.

        When the document is created, in superuser mode. Extended by the addon that brings the
        store, and by services; the database refuses such a document as long as there is none.

        :param field: the question that it answers; empty for what was asked besides
        :param kind: code of what was asked
        """
        words = f"{field.label or ''} {kind or ''}"
        return self.procedure_id._has_health_store() and linter.is_health(words)

    def _create_line(self, key, label, upload, giver, kind=None):
        field = self.version_id.field_ids.filtered(lambda field: field.key == key)
        today = clock.today()
        kind = kind or field.requirement_code or key
        document = self.env["procedure.document"].create(
            {
                "giver_id": giver.id,
                "giver_email": giver.email or self.contact_email,
                "kind": kind,
                "is_kept": self._keeps_file(field, kind),
                "is_health": self._is_health_document(field, kind),
                "name": upload["name"],
                "mimetype": upload["mimetype"],
                "size": upload["size"],
                "pages": upload.get("pages"),
                "sha256": upload["sha256"],
                "file": base64.b64encode(upload["content"]),
                "validity_date": field._get_validity_date(today, self.season) if field else False,
            }
        )
        return self.env["procedure.document.line"].create(
            {
                "request_id": self.id,
                "field_key": key,
                "label": label,
                "document_id": document.id,
            }
        )

    def _keeps_file(self, field, kind=None):
        """As its question says; what is asked besides, as all documents of the form."""
        if field:
            return field.keeps_file
        documents = self.version_id.field_ids.filtered(
            lambda each: each._get_type().holds == "files"
        )
        return bool(documents) and all(documents.mapped("keeps_file"))

    # ------------------------------------------------------------
    # Following without account
    # ------------------------------------------------------------

    @api.model
    def _digest_code(self, number, code):
        return hmac(self.sudo().env, "procedure.follow", (number, code))

    @api.model
    def _find_by_number_and_code(self, number, code):
        """The request, in superuser mode, for a visitor who holds number and code; else nothing.

        Same work and same answer whether the number exists or not. Who calls limits the tries.
        """
        number = (number or "").strip().upper()
        code = "".join(filter(str.isalnum, (code or "").upper()))
        request_sudo = self.sudo().search(
            [("number", "=", number), ("date_anonymised", "=", False)], limit=1
        )
        digest = request_sudo.access_token_digest or ""
        if consteq(self._digest_code(number, code), digest):
            return request_sudo
        return self.sudo().browse()
