from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

PERSON_FIELDS = ("firstname", "lastname", "birth_name", "birthdate", "birthplace")
ADULT_FIELDS = (*PERSON_FIELDS, "phone", "situation")


class HouseholdChange(models.Model):
    """What an adult of a household says has changed: nothing changes before an agent accepts."""

    _name = "household.change"
    _description = "Proposed change of a household"
    _order = "create_date desc, id desc"

    household_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
        domain=[("kind", "=", "household")],
    )
    requester_id = fields.Many2one(
        "res.partner", required=True, index=True, readonly=True, ondelete="cascade"
    )
    state = fields.Selection(
        [("proposed", "Proposed"), ("done", "Done"), ("refused", "Refused")],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
        index=True,
    )
    line_ids = fields.One2many("household.change.line", "change_id", "Changes", readonly=True)

    @api.depends("household_id", "create_date")
    def _compute_display_name(self):
        for change in self:
            change.display_name = change.household_id.display_name

    @api.model
    def _propose(self, household, requester, values):
        """The differences between what is known and what this adult of the household says.

        :param values: any of
            address: {street, street2, commune (INSEE code), date}
            persons: {person id: {field: value}}, of herself or of a child she answers for
            arrivals: [{firstname, lastname, birthdate, role}]
            departures: {person id: date}
        :raise ValidationError: one sentence for each value in error
        """
        requester._check_is_user()
        if requester not in household._get_current_members("adult"):
            raise AccessError(self.env._("Only an adult of this household may propose a change."))
        errors = []
        lines = [
            *self._prepare_address_lines(household, values.get("address"), errors),
            *self._prepare_person_lines(household, requester, values.get("persons"), errors),
            *self._prepare_arrival_lines(values.get("arrivals"), errors),
            *self._prepare_departure_lines(household, requester, values.get("departures"), errors),
        ]
        if errors:
            raise ValidationError("\n".join(errors))
        if not lines:
            raise UserError(self.env._("Nothing differs from what we know."))
        change_sudo = self.sudo().create(
            {
                "household_id": household.id,
                "requester_id": requester.id,
                "line_ids": [Command.create(line) for line in lines],
            }
        )
        return change_sudo.sudo(self.env.su)

    def _prepare_address_lines(self, household, raw, errors):
        if not raw:
            return []
        address, found = self.env["identity.check"]._check_address(raw)
        day = self._parse_date(raw.get("date"), found)
        if found:
            errors += found.values()
            return []
        commune = address["commune"]
        value = {
            "street": address["street"],
            "street2": address.get("street2") or "",
            "commune_id": commune.id,
            "date": fields.Date.to_string(day),
        }
        old_sudo = household.sudo()._current_dwelling()
        new = self.env["territory.dwelling"].new(
            {
                "street": value["street"],
                "street2": value["street2"],
                "zip": commune.zip,
                "commune_id": commune.id,
            }
        )
        if old_sudo.address_key == new.address_key and old_sudo.commune_id == commune:
            return []
        return [
            {
                "field_key": "address",
                "old_text": old_sudo.display_name,
                "new_text": new.display_name,
                "new_value": value,
            }
        ]

    def _prepare_person_lines(self, household, requester, raw, errors):
        lines = []
        for person_id, changes in (raw or {}).items():
            person_sudo = self._get_person(household, requester, person_id).sudo()
            allowed = PERSON_FIELDS if person_sudo.is_minor else ADULT_FIELDS
            if set(changes) - set(allowed):
                raise AccessError(self.env._("This cannot be changed here."))
            known = {name: person_sudo[name] for name in PERSON_FIELDS} | changes
            values, found = self.env["identity.check"]._check_person(
                known, minor=person_sudo.is_minor
            )
            contact, phone_error = self.env["identity.check"]._check_contact(changes)
            values |= contact
            found |= {name: text for name, text in phone_error.items() if name == "phone"}
            errors += found.values()
            for name in changes:
                new = changes[name] if name == "situation" else values.get(name, False)
                lines += self._prepare_field_line(person_sudo, name, new)
        return lines

    def _prepare_field_line(self, person_sudo, name, new):
        field = person_sudo._fields[name]
        if (person_sudo[name] or False) == (new or False):
            return []
        return [
            {
                "person_id": person_sudo.id,
                "field_key": name,
                "old_text": field.convert_to_export(person_sudo[name], person_sudo) or "",
                "new_text": field.convert_to_export(new, person_sudo) or "",
                "new_value": field.convert_to_read(new, person_sudo)
                if field.type != "date"
                else fields.Date.to_string(new),
            }
        ]

    def _prepare_arrival_lines(self, raw, errors):
        lines = []
        for arrival in raw or []:
            role = arrival.get("role")
            values, found = self.env["identity.check"]._check_person(arrival, minor=role == "child")
            if role not in ("adult", "child", "other"):
                found["role"] = self.env._("Say whether this person is an adult or a child.")
            errors += found.values()
            if not found:
                values["birthdate"] = fields.Date.to_string(values["birthdate"])
                lines.append(
                    {
                        "field_key": "arrival",
                        "new_text": f"{values['firstname']} {values['lastname']}",
                        "new_value": {**values, "role": role},
                    }
                )
        return lines

    def _prepare_departure_lines(self, household, requester, raw, errors):
        lines = []
        for person_id, day in (raw or {}).items():
            person = self._get_person(household, requester, person_id)
            found = {}
            day = self._parse_date(day, found)
            errors += found.values()
            lines.append(
                {
                    "field_key": "departure",
                    "person_id": person.id,
                    "old_text": person.sudo().name,
                    "new_value": {"date": fields.Date.to_string(day)},
                }
            )
        return lines

    def _get_person(self, household, requester, person_id):
        """Herself or a child she answers for, living in this household."""
        person = self.env["res.partner"].browse(int(person_id)).exists()
        if person not in household._get_current_members() or not (
            person == requester or person._is_child_accessible_by(requester)
        ):
            raise AccessError(self.env._("This person is not in your household."))
        return person

    def _parse_date(self, raw, errors):
        today = fields.Date.context_today(self)
        if not raw:
            return today
        day, error = self.env["identity.check"]._parse_day(raw)
        if error:
            errors["date"] = error
        return day or today

    def _check_decider(self):
        """Those who read the household's file, and nobody for herself."""
        for change_sudo in self.sudo():
            if change_sudo.requester_id == self.env.user.partner_id and not self.env.su:
                raise AccessError(self.env._("You cannot decide on your own proposal."))
            change_sudo.household_id.sudo(self.env.su)._check_file_read_by_user()

    def _close_if_decided(self):
        for change_sudo in self.sudo():
            states = set(change_sudo.line_ids.mapped("state"))
            if "proposed" not in states:
                change_sudo.state = "done" if "accepted" in states else "refused"
