from odoo import api, models


class ProcedureFieldRecord(models.AbstractModel):
    """Answers that designate a record: which ones a person may choose."""

    _name = "procedure.field.record"
    _description = "Records chosen in a form"

    def _get_record_choices(self, partner):
        """(id as text, label) of what this person may choose here; a visitor has schools only."""
        self.ensure_one()
        return [(str(key), label) for key, label in self._find_choices(self.type, partner).items()]

    @api.model
    def _find_choices(self, field_type, partner):
        """Labels by id, in the order of the list. The caller knows that the form is hers."""
        match field_type:
            case "school":
                schools_sudo = self.env["territory.service"].sudo()
                schools_sudo = schools_sudo.search([("kind", "=", "school")])
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

    @api.model
    def _keep_readable(self, records_sudo, partner):
        """Who enters a request for her chooses among what she may read herself."""
        user = self.env.user
        if user._is_superuser() or user.share or user.partner_id == partner:
            return records_sudo
        return records_sudo.with_user(user)._filtered_access("read").sudo()

    @api.model
    def _get_record_finder(self, partner):
        """For the engine: (type, id as text) -> record among those that this person may choose.

        One search for each type, however many fields there are.
        """
        known = {}

        def find(field_type, text):
            if field_type not in known:
                known[field_type] = self._find_choices(field_type, partner)
            record_id = int(text) if text.isascii() and text.isdigit() else 0
            label = known[field_type].get(record_id)
            return {"id": record_id, "label": label} if label else None

        return find
