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
        """What may be chosen here: dict id -> label, in the order of the list.

        When a form is drawn and when an answer is read, in the mode of the caller, who knows that
        the form is hers: a service addon reads what it needs in superuser mode, and gives only
        what this person may see. `self` is the question: it knows its procedure and its season
        (`self.procedure_id._get_season()`).

        :param partner: the person who asks; empty for a visitor
        :param answers: typed answers of the questions above, in the same row of a block too:
            what depends on them says so by `_get_choices_key`
        """
        self.ensure_one()
        match self.type:
            case "school":
                schools_sudo = self.env["territory.service"].sudo()
                schools_sudo = schools_sudo.search([("kind", "=", "school")])
                # Those of the sector first.
                insee = self.version_id.field_ids._get_insee_answered(answers)
                schools_sudo = schools_sudo.sorted(
                    lambda school: insee not in school.commune_ids.mapped("insee_code")
                )
                return {school.id: school.name for school in schools_sudo}
            case "children" if partner:
                records_sudo = partner._children_i_may_act_for().sudo()
            case "persons" if partner:
                members_sudo = partner._current_household().sudo()._get_current_members()
                records_sudo = partner.sudo() | (
                    partner._children_i_may_act_for().sudo() & members_sudo
                )
            case "dwelling" if partner:
                household = partner._current_household()
                records_sudo = household._get_current_occupancies().dwelling_id
            case _:
                return {}
        records_sudo = self._keep_readable(records_sudo, partner)
        return {record.id: record.display_name for record in records_sudo}

    def _get_choices_key(self, answers):
        """What the choices depend on: two questions with the same key are read once for both.

        Extended with what a type of question looks at in the answers.
        """
        self.ensure_one()
        if self.type == "school":
            return self.type, self.version_id.field_ids._get_insee_answered(answers)
        return (self.type,)

    def _get_insee_answered(self, answers):
        """Code of the first commune or address of these questions; empty when none is known."""
        for field in self:
            if field.type in ("commune", "address") and field.key in answers:
                if answers[field.key]["insee"]:
                    return answers[field.key]["insee"]
        return ""

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
