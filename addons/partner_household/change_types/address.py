from odoo import fields

from .base import ChangeType, _lt


class AddressType(ChangeType):
    """Where the household or the organisation is: {street, street2, commune (INSEE code), date}."""

    code = "address"
    argument = "address"
    label = _lt("Address")

    def prepare(self, proposal, raw):
        errors_before = len(proposal.errors)
        address, found = proposal.check._check_address(raw)
        proposal.errors += found.values()
        day = proposal.read_day(raw.get("date"))
        if len(proposal.errors) > errors_before:
            return []
        commune = address["commune"]
        value = {
            "street": address["street"],
            "street2": address.get("street2") or "",
            "commune_id": commune.id,
            "date": fields.Date.to_string(day),
        }
        old_sudo = proposal.subject.sudo()._current_dwelling()
        new = proposal.env["territory.dwelling"].new(
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
                "field_key": self.code,
                "old_text": old_sudo.display_name or "",
                "new_text": new.display_name,
                "new_value": value,
            }
        ]

    def read_known(self, line):
        """Where it stays: a move that is accepted already, to a day to come, counts."""
        Occupancy = line.env["dwelling.occupancy"]
        staying = Occupancy.search(
            [
                ("occupant_id", "=", line.change_id.subject_id.id),
                ("dwelling_id.kind", "=", "main"),
                ("date_end", "=", False),
            ]
        )
        return staying.dwelling_id.ids

    def apply(self, line):
        value = line.new_value
        commune = line.env["territory.commune"].browse(value["commune_id"])
        dwelling = line.env["territory.dwelling"]._find_or_create(
            value["street"], value["street2"], commune
        )
        line.change_id.subject_id._occupy(dwelling, fields.Date.to_date(value["date"]))
