import re
from datetime import date

from odoo import api, models
from odoo.tools import email_normalize

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.dates import NoSuchDay, read_day
from odoo.addons.territory_base.tools import is_phone

from ..tools import ADDRESS_SIGNS, NAME_SIGNS, ORGANISATION_SIGNS, is_plain

INSEE = re.compile(r"(?:\d{2}|2[AB])\d{3}")
PASSWORD_SIZE = 12
# In the place of a commune of the territory: the address has a postcode and a city.
OUTSIDE = "outside"


class IdentityCheck(models.AbstractModel):
    """What a visitor types about persons, organisations and addresses.

    Each method returns typed values and, for each field in error, one sentence.
    """

    _name = "identity.check"
    _description = "Checks of what is typed about a person"

    @api.model
    def _check_person(self, raw, minor=False):
        values, errors = {}, {}
        text = self._reader(raw, values, errors)
        text("firstname", NAME_SIGNS, self.env._("Write the first name."))
        text("lastname", NAME_SIGNS, self.env._("Write the last name."))
        text("birth_name", NAME_SIGNS)
        text("birthplace", NAME_SIGNS | set("(),/0123456789"))
        birthdate, error = self._parse_birthdate(raw.get("birthdate"), minor)
        if error:
            errors["birthdate"] = error
        elif birthdate:
            values["birthdate"] = birthdate
        self._check_birthplace(raw, values, errors)
        return values, errors

    def _check_birthplace(self, raw, values, errors):
        insee = (raw.get("birth_insee") or "").strip().upper()
        if insee:
            if INSEE.fullmatch(insee):
                values["birth_insee"] = insee
            else:
                errors["birth_insee"] = self.env._("An INSEE code has five characters.")
        country_code = (raw.get("birth_country") or "").strip().upper()
        if country_code:
            country_sudo = self.env["res.country"].sudo().search([("code", "=", country_code)])
            if country_sudo:
                values["birth_country_id"] = country_sudo.id
            else:
                errors["birth_country"] = self.env._("Choose a country of the list.")

    @api.model
    def _get_registry_sentence(self, number):
        """What is wrong with a number that is no SIREN nor SIRET: its length, or one figure."""
        names = {9: "SIREN", 14: "SIRET"}
        if number.isdigit() and len(number) in names:
            return self.env._(
                "This %(number)s has a wrong figure: copy it again.", number=names[len(number)]
            )
        return self.env._(
            "This number is neither a SIREN (9 figures) nor a SIRET (14 figures): "
            "check the figures."
        )

    @api.model
    def _check_organisation(self, raw, both=False):
        """Identified by SIREN or SIRET, or by RNA: law, not taste (CRPA R112-9-1).

        :param both: whether the number that the law does not ask of its kind is read too
        """
        values, errors = {"kind": raw.get("kind")}, {}
        if raw.get("kind") not in ("company", "association", "contributor"):
            errors["kind"] = self.env._("Choose what you are.")
        text = self._reader(raw, values, errors)
        text("name", ORGANISATION_SIGNS, self.env._("Write the name of the organisation."))
        Partner = self.env["res.partner"]
        missing = {
            "company_registry": self.env._("Write the SIREN or SIRET number."),
            "rna": self.env._("Write the RNA number of the association."),
        }
        asked = {"company": "company_registry", "association": "rna"}.get(raw.get("kind"))
        for name, sentence in missing.items():
            is_asked = name == asked
            number = re.sub(r"[\s.]", "", raw.get(name) or "").upper()
            if not (is_asked or both and number):
                continue
            if not number:
                errors[name] = sentence
            elif name == "company_registry" and not Partner._is_siren_or_siret(number):
                errors[name] = self._get_registry_sentence(number)
            elif name == "rna" and not Partner._is_rna(number):
                errors[name] = self.env._("An RNA number is a W and nine figures: W551000001.")
            else:
                values[name] = number
        return values, errors

    @api.model
    def _check_address(self, raw, anywhere=False):
        """
        :param anywhere: whether the commune may be `outside`: zip and city are then typed
        :return: street, street2, commune (record of the territory) or zip and city; errors
        """
        values, errors = {}, {}
        text = self._reader(raw, values, errors)
        text("street", ADDRESS_SIGNS, self.env._("Write the number and the street."))
        text("street2", ADDRESS_SIGNS)
        if anywhere and raw.get("commune") == OUTSIDE:
            text("zip", ADDRESS_SIGNS, self.env._("Write the postcode."))
            text("city", ADDRESS_SIGNS, self.env._("Write the name of the commune or town."))
            return values, errors
        commune_sudo = self.env["territory.commune"].sudo()._find_by_insee(raw.get("commune") or "")
        if commune_sudo:
            values["commune"] = commune_sudo
        else:
            errors["commune"] = self.env._("Choose a commune of the list.")
        for name in ("zip", "city"):
            if anywhere and raw.get(name):
                errors[name] = self.env._(
                    "Empty this field, or choose “Another commune, outside the territory” "
                    "in the list."
                )
        return values, errors

    @api.model
    def _check_situation(self, raw, needed=False):
        """Whether she lives here, arrives, leaves or plans to come, and since when or from when."""
        values, errors = {}, {}
        code = raw.get("situation") or ""
        known = dict(self.env["res.partner"]._fields["situation"].selection)
        if code in known:
            values["situation"] = code
        elif code or needed:
            errors["situation"] = self.env._("Choose your situation.")
        if raw.get("situation_date"):
            day, error = self._parse_day(raw["situation_date"])
            if error:
                errors["situation_date"] = error
            else:
                values["situation_date"] = day
        return values, errors

    @api.model
    def _check_contact(self, raw):
        values, errors = {}, {}
        email = (raw.get("email") or "").strip()
        normalized = email_normalize(email)
        if not email:
            errors["email"] = self.env._("Write your e-mail address.")
        elif not normalized or len(normalized) > 254 or not is_email(normalized):
            errors["email"] = self.env._(
                "This address is not complete: it looks like name@example.org."
            )
        else:
            values["email"] = normalized
        phone = (raw.get("phone") or "").strip()
        if phone and not is_phone(phone):
            errors["phone"] = self.env._("This number is not complete: write ten figures.")
        elif phone:
            values["phone"] = phone
        return values, errors

    @api.model
    def _check_password(self, password, email):
        """:return: the sentence to show, or nothing"""
        if len(password or "") < PASSWORD_SIZE:
            return self.env._(
                "Choose a password of at least %(size)s characters. Several words will do.",
                size=PASSWORD_SIZE,
            )
        if len(password) > 200:
            return self.env._("This password is too long.")
        if len(set(password)) < 4 or password.lower() == (email or "").lower():
            return self.env._("This password is too easy to guess.")
        return None

    def _reader(self, raw, values, errors):
        def read(name, signs, missing=None):
            value = " ".join(str(raw.get(name) or "").split())
            if not value:
                if missing:
                    errors[name] = missing
            elif len(value) > 100:
                errors[name] = self.env._("This text is too long: 100 characters at most.")
            elif not is_plain(value, signs, digits=signs is not NAME_SIGNS):
                errors[name] = (
                    self.env._("Write letters only, without sign or link.")
                    if signs is NAME_SIGNS
                    else self.env._("Write plain text, without sign or link.")
                )
            else:
                values[name] = value

        return read

    def _parse_birthdate(self, raw, minor):
        today = clock.today()
        if not raw:
            return None, self.env._("Write the birth date.")
        birthdate, error = self._parse_day(raw, "past")
        if error:
            return None, error
        if birthdate > today:
            return None, self.env._("The birth date is in the future.")
        if birthdate < date(1900, 1, 1):
            return None, self.env._("The birth date is before 1900.")
        adult = (today.year - birthdate.year) - (
            (today.month, today.day) < (birthdate.month, birthdate.day)
        ) >= 18
        if minor and adult:
            return None, self.env._("This person is an adult: she opens her own account.")
        if not minor and not adult:
            return None, self.env._(
                "An account is opened from 18 years on. A parent may act for you."
            )
        return birthdate, None

    @api.model
    def _parse_day(self, raw, limit=None):
        """
        :param raw: what was typed, or a date
        :return: (date, no sentence) or (nothing, the sentence to show)
        """
        if isinstance(raw, date):
            return raw, None
        try:
            return read_day(raw, limit, clock.today()), None
        except NoSuchDay as refused:
            return None, self.env._(
                "%(day)s does not exist. Check the day and the month.", day=refused
            )
        except ValueError:
            return None, self.env._(
                "This date cannot be read: write day, month and year, such as 15/11/1962."
            )


def is_email(address):
    return bool(re.fullmatch(r"[^\s@<>\"',;:()\[\]]+@[^\s@.]+(?:\.[^\s@.]+)+", address))
