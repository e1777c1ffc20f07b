from odoo import api, models


class ProcedureFieldRecord(models.AbstractModel):
    """Answers that designate a record: which ones a person may choose."""

    _name = "procedure.field.record"
    _description = "Records chosen in a form"

    def _get_record_choices(self, partner, answers=None):
        """(id as text, label) of what this person may choose here; a visitor has schools only.

        :param answers: typed answers of the questions above, in the same row of a block too
        """
        choices = self._find_choices(partner, answers or {})
        return [(str(key), label) for key, label in choices.items()]

    def _find_choices(self, partner, answers):
        """What may be chosen here: dict id -> label, in the order of the list. Said by its type.

        When a form is drawn and when an answer is read, in the mode of the caller, who knows that
        the form is hers: a service addon reads what it needs in superuser mode, and gives only
        what this person may see. `self` is the question: it knows its procedure and its season
        (`self.procedure_id._get_season()`).

        :param partner: the person who asks; empty for a visitor
        :param answers: typed answers of the questions above, in the same row of a block too:
            what depends on them says so by `_get_choices_key`
        """
        self.ensure_one()
        return self._get_type().find_choices(self, partner, answers)

    def _get_choices_key(self, answers):
        """What the choices depend on: two questions with the same key are read once for both."""
        self.ensure_one()
        return self._get_type().get_choices_key(self, answers)

    def _get_choices_filter(self):
        """Hook: the question above whose answer says what may be chosen here; none by default."""
        return self.browse()

    def _get_free_choices(self):
        """Hook: the choices that ask for words beside them, each with a `value` and a `label`."""
        return self.option_ids.filtered("is_free")

    def _get_near_choices(self, text, answers):
        """Hook: where a choice is typed, the words of those that may be meant, likeliest first."""
        return []

    def _get_typed_values(self, values):
        """Hook: what a page may hold for these values of a condition."""
        return list(values)

    def _get_named_choices(self):
        """Hook: (value, label) of what a condition may name, where the choices are not options."""
        return []

    def _get_paper_hint(self):
        """What a form on paper says, where nothing is printed to choose from."""
        return self._get_type().get_paper_hint(self.env)

    def _get_insee_answered(self, answers):
        """Code of the first commune or address of their form; empty when none is known."""
        for field in self.version_id.field_ids:
            if field.key in answers and field._get_type().is_place:
                if answers[field.key]["insee"]:
                    return answers[field.key]["insee"]
        return ""

    @api.model
    def _name_records(self, records_sudo, partner):
        """As choices: dict id -> label, of those that the user may propose to this person."""
        records_sudo = self._keep_readable(records_sudo, partner)
        return {record.id: record.display_name for record in records_sudo}

    @api.model
    def _keep_readable(self, records_sudo, partner):
        """Who enters a request for her chooses among what she may read herself."""
        user = self.env.user
        if user._is_superuser() or user.share or user.partner_id == partner:
            return records_sudo
        return records_sudo.with_user(user)._filtered_access("read").sudo()

    def _get_record_finder(self, partner):
        """For the engine: (field, id as text, answers above) -> record among those that this
        person may choose, in the form of these questions.

        One search for each type, however many fields there are.
        """
        known = {}
        questions = {field.key: field for field in self}

        def find(field, text, answers):
            question = questions.get(field.key)
            if not question:
                return None
            key = question._get_choices_key(answers)
            if key not in known:
                known[key] = question._find_choices(partner, answers)
            record_id = int(text) if text.isascii() and text.isdigit() else 0
            label = known[key].get(record_id)
            return {"id": record_id, "label": label} if label else None

        return find
