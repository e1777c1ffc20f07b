from odoo import fields

from odoo.addons.territory_base import clock

from .base import ChangeType, _lt

HOME = ("street", "street2", "zip", "city")


class AddressType(ChangeType):
    """Where the household or the organisation is: {street, street2, commune (INSEE code), date};
    outside of the territory, commune is `outside`, with {zip, city}."""

    code = "address"
    argument = "address"
    label = _lt("Address")
    has_one_value = True

    def prepare(self, proposal, raw):
        errors_before = len(proposal.errors)
        address, found = proposal.check._check_address(raw, anywhere=True)
        proposal.errors += found.values()
        day = proposal.read_day(raw.get("date"))
        if len(proposal.errors) > errors_before:
            return []
        commune = address.pop("commune", proposal.env["territory.commune"])
        value = {name: address.get(name) or "" for name in HOME if name in address}
        value |= {"street2": value.get("street2", ""), "date": fields.Date.to_string(day)}
        # What is shown is the address of today: one to come may be that of those who stay.
        shown_sudo = proposal.subject._current_dwelling().sudo()
        old_sudo = self.find_compared(proposal.subject.sudo())
        if commune:
            value["commune_id"] = commune.id
            new = self._make_dwelling(proposal.env, value)
            if old_sudo.address_key == new.address_key and old_sudo.commune_id == commune:
                return []
        new_text = self._tell_place(proposal.env, value)
        holder_sudo = self._get_holder(proposal.subject.sudo(), proposal.requester.sudo())
        old_text = shown_sudo.display_name or self._tell(holder_sudo)
        if not old_sudo and self._tell(holder_sudo) == new_text:
            return []
        return [
            {
                "field_key": self.code,
                "old_text": old_text,
                "new_text": new_text,
                "new_value": value,
            }
        ]

    def _make_dwelling(self, env, value):
        """The one of this address in the territory, not stored."""
        commune = env["territory.commune"].browse(value["commune_id"])
        names = {name: value[name] for name in ("street", "street2")}
        vals = {**names, "zip": commune.zip, "commune_id": commune.id}
        return env["territory.dwelling"].new(vals)

    def _tell_place(self, env, value):
        is_here = value.get("commune_id")
        return self._make_dwelling(env, value).display_name if is_here else self._tell(value)

    def find_compared(self, subject):
        """Where it is to be once what is accepted has come: who changes her mind comes back."""
        return self._get_staying(subject)[:1].dwelling_id

    def _get_holder(self, subject, requester):
        """Outside of the territory no dwelling is known: the address is on the organisation, or on
        the person who says it, never on the others of her household."""
        return subject if subject._is_organisation() else requester

    def _get_staying(self, subject):
        staying = subject._get_staying("main")
        return staying.filtered(lambda occupancy: not occupancy.date_end)

    def _tell(self, address):
        place = " ".join(filter(None, (address["zip"], address["city"])))
        return ", ".join(filter(None, (address["street"], address["street2"], place)))

    def read_known(self, line):
        """Where it stays: a move that is accepted already, to a day to come, counts."""
        change = line.change_id
        staying = self._get_staying(change.subject_id)
        holder = self._get_holder(change.subject_id, change.requester_id)
        return [staying.dwelling_id.ids, self._tell(holder)]

    def apply(self, line):
        value, change = line.new_value, line.change_id
        day = fields.Date.to_date(value["date"])
        holder = self._get_holder(change.subject_id, change.requester_id)
        if not value.get("commune_id"):
            change.subject_id._vacate(day)
            holder.write({**{name: value[name] for name in HOME}, "commune_id": False})
            return
        commune = line.env["territory.commune"].browse(value["commune_id"])
        dwelling = line.env["territory.dwelling"]._find_or_create(
            value["street"], value["street2"], commune
        )
        change.subject_id._occupy(dwelling, day)
        if day <= clock.today() and any(holder[name] for name in HOME):
            # One address, that of the dwelling; before that day there is the other one only.
            holder.write(dict.fromkeys(HOME, False))
