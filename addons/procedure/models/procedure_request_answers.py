import json

from odoo import api, models

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.tools import place_key

# What was given under this state no longer counts.
NOT_GIVEN = ("to_provide", "refused", "expired")


def _rows_of(answers):
    """The rows of the repeated blocks of these answers."""
    for value in answers.values():
        if isinstance(value, list):
            yield from (row for row in value if isinstance(row, dict))


def _cells_of(field, answers):
    """Where the answers of this question are: those of the form, or each row of its block."""
    return answers.get(field.block_key) or () if field.block_key else (answers,)


class ProcedureRequestAnswers(models.AbstractModel):
    """Between the engine and the records: what it looks up, whom the answers name, their index."""

    _name = "procedure.request.answers"
    _description = "Answers of a request"

    @api.model
    def _get_error_sentences(self, types, problems):
        """In a block, a problem is under `block.<row>.<key>`."""
        Field = self.env["procedure.field"]
        return {
            key: Field._get_error_sentence(types[key.rpartition(".")[2]], problem)
            for key, problem in problems.items()
        }

    @api.model
    def _get_lookups(self, version, applicant):
        """What the engine asks: the day, communes, and records that this applicant may choose in
        this form."""
        return {
            "today": clock.today(),
            "find_commune": self._get_commune_finder(),
            "find_record": version.field_ids._get_record_finder(applicant),
        }

    @api.model
    def _get_answered_persons(self, version, answers):
        """The persons and children chosen in these answers, in superuser mode."""
        answers = answers or {}
        chosen = []
        for field in version.field_ids:
            if field._get_type().names_persons:
                for row in _cells_of(field, answers):
                    chosen += [record["id"] for record in row.get(field.key) or ()]
        return self.env["res.partner"].sudo().browse(dict.fromkeys(chosen))

    @api.model
    def _find_commune(self, text):
        """For the engine: a code or a name, former ones too."""
        return self._get_commune_finder()(text)

    @api.model
    def _get_commune_finder(self):
        """The communes of the territory are few: read once, however many questions name one."""
        known = {}

        def find(text):
            if not known:
                for commune_sudo in self.env["territory.commune"].sudo().search([]):
                    found = {
                        "insee": commune_sudo.insee_code,
                        "label": commune_sudo.name,
                        "zip": commune_sudo.zip or "",
                    }
                    # Today's names and codes come before those of former communes.
                    own = (commune_sudo.insee_code, place_key(commune_sudo.name))
                    known.update(dict.fromkeys(own, found))
                    for former in commune_sudo.former_ids:
                        known.setdefault(former.insee_code, found)
                        known.setdefault(place_key(former.name), found)
                known[""] = None
            return known.get(text.upper()) or known.get(place_key(text))

        return find

    def _find_person_paths(self, person):
        """Where its answers name this person: [path of her id in the JSON]. In superuser mode."""
        self.ensure_one()
        paths = []
        for field in self.version_id.field_ids:
            if not field._get_type().names_persons:
                continue
            roots = [[]]
            if field.block_key:
                rows = (self.answers or {}).get(field.block_key) or ()
                roots = [[field.block_key, index] for index in range(len(rows))]
            for root, cell in zip(roots, _cells_of(field, self.answers or {}), strict=True):
                paths += [
                    [*root, field.key, index, "id"]
                    for index, record in enumerate(cell.get(field.key) or ())
                    if record["id"] == person.id
                ]
        return paths

    def _replace_person(self, former, person):
        """The same person has another sheet: as a subject and in what was answered, whose words
        stay. In superuser mode."""
        self.ensure_one()
        if former in self.subject_ids:
            self.subject_ids = self.subject_ids - former | person
        answers = json.loads(json.dumps(self.answers or {}))
        for field in self.version_id.field_ids:
            if field._get_type().names_persons:
                for cell in _cells_of(field, answers):
                    chosen = {record["id"]: record for record in cell.get(field.key) or ()}
                    if former.id in chosen:
                        moved = {**chosen.pop(former.id), "id": person.id}
                        chosen.setdefault(person.id, moved)
                        cell[field.key] = [chosen[key] for key in sorted(chosen)]
        if answers != self.answers:
            self.answers = answers
            self._index_answers()

    def _index_answers(self):
        """Rows for what is searched, and links for what designates a record."""
        self.ensure_one()
        self.answer_ids.unlink()
        answers = self.answers or {}
        find = self._get_index_communes(answers)
        rows = []
        for field in self.version_id.field_ids:
            for cell in _cells_of(field, answers):
                if field.key in cell:
                    rows += [
                        {"request_id": self.id, "key": field.key, **row}
                        for row in self._prepare_index(field, cell[field.key], find)
                    ]
        self.env["procedure.answer"].create(rows)

    @api.model
    def _get_index_communes(self, answers):
        """Communes by code, those of today only: one search for all the answers."""
        Commune = self.env["territory.commune"]
        codes = {
            value["insee"]
            for cell in (answers, *_rows_of(answers))
            for value in cell.values()
            if isinstance(value, dict) and value.get("insee")
        }
        communes = Commune.search([("insee_code", "in", list(codes))]) if codes else Commune
        return {commune.insee_code: (Commune._name, commune.id) for commune in communes}

    @api.model
    def _prepare_index(self, field, value, communes):
        """Values of the rows of `procedure.answer` for one answer."""
        return [
            self._prepare_index_row(**row)
            for row in field._get_type().index(field, value, communes)
        ]

    @api.model
    def _prepare_index_row(self, record=None, **values):
        """:param record: (model, id) that the answer links to"""
        if record:
            values["res_model"], values["res_id"] = record
        return values

    def _get_answer_sections(self, files=None, hidden=""):
        """The answers with the questions that were asked, section by section.

        :param files: words of the files, see `_get_file_words`; without them by default
        :param hidden: see `procedure.field._get_summary`
        :return: list of (section label, list of (label, value shown, key))
        """
        self.ensure_one()
        form_sudo = self.sudo().version_id.field_ids
        later = {} if files is None else self._get_later_words()
        return form_sudo._get_summary(self.answers or {}, files, hidden, later)

    def _get_later_words(self):
        """What may follow and is awaited: dict key -> what is said of it."""
        Field = self.env["procedure.field"]
        return {
            line_sudo.field_key: Field._get_later_words(line_sudo.date_due)
            for line_sudo in self.sudo().document_line_ids
            if line_sudo.asked
            and line_sudo.date_due
            # What an agent asks in her own words is no question of the form.
            and (field := line_sudo._get_field())
            and field._may_follow()
        }

    def _get_file_words(self):
        """The files that stand, as a list of answers says them: dict key -> words of each.

        All the delegates of an organisation read it: the name of a file is for its giver."""
        self.ensure_one()
        Field = self.env["procedure.field"]
        words = {}
        for line_sudo in self.sudo().document_line_ids:
            document_sudo = line_sudo.document_id
            if document_sudo and line_sudo.state not in NOT_GIVEN:
                is_named = not self.acting_for_id or document_sudo.seen_on
                name = document_sudo.name if is_named else self.env._("Received")
                size = 0 if document_sudo.seen_on else document_sudo.size
                words.setdefault(line_sudo.field_key, []).append(
                    Field._get_file_words(name, size, document_sudo.pages)
                )
        return words

    def _get_price_rows(self):
        """Hook: [(label, words)] of what it costs, as it was told when it was sent. In superuser
        mode."""
        self.ensure_one()
        return []

    def _on_price_raised(self):
        """Hook: it costs more than what was told. In superuser mode."""

    def _get_mail_sections(self):
        """The same in a mail, which repeats nothing of a child, of health, nor of other persons.

        :return: (sections, the sentence that says what is not repeated; empty when all is)
        """
        self.ensure_one()
        request_sudo = self.sudo()
        procedure_sudo = request_sudo.procedure_id
        others_sudo = request_sudo.subject_ids - request_sudo.applicant_id
        is_closed = procedure_sudo.applicant_kinds == "child" or procedure_sudo.is_health
        if is_closed or others_sudo:
            # Not even the questions, nor the names of files; what is awaited is named besides.
            return [], self.env._(
                "This message does not repeat what you sent us: others may read your mailbox. You "
                "read it again on the page of your request."
            )
        hidden = self.env._("received")
        files = self._get_file_words()
        said = self._get_answer_sections(files, hidden)
        if said == self._get_answer_sections(files):
            return said, ""
        return said, self.env._(
            "This message does not repeat what you wrote, nor what concerns other persons or your "
            "private life: others may read your mailbox. “%(hidden)s” means that we have your "
            "answer. You read it again on the page of your request.",
            hidden=hidden,
        )
