from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.partner_household.models.identity_check import OUTSIDE
from odoo.addons.partner_household.tools import identity_key
from odoo.addons.territory_base import clock
from odoo.addons.territory_base.locks import lock_or_replay

from ..models.res_partner import CHANNELS


class HouseholdEntry(models.TransientModel):
    """A family or an organisation that has no account, as it says itself at the counter, by phone,
    by letter. What opens are the sheets that an account would have: nobody is told anything, and
    her owner claims them later.
    """

    _name = "household.entry"
    _description = "File that the staff opens"

    subject = fields.Selection(
        [("family", "A family"), ("organisation", "An association, a company…")],
        "File of",
        required=True,
        default="family",
    )
    service_id = fields.Many2one(
        "territory.service",
        "Service that keeps it",
        required=True,
        default=lambda self: self._get_services(self._get_subject())[:1],
        domain="[('id', 'in', service_ids)]",
    )
    service_ids = fields.Many2many("territory.service", compute="_compute_service_ids")
    channel = fields.Selection(CHANNELS, "How it came", required=True, default="counter")
    date_received = fields.Date("Received on", required=True, default=lambda self: clock.today())
    adult_ids = fields.One2many("household.entry.adult", "entry_id", "Adults")
    child_ids = fields.One2many("household.entry.child", "entry_id", "Children")
    has_choice_of_adults = fields.Boolean(compute="_compute_has_choice_of_adults")
    street = fields.Char()
    street2 = fields.Char("Floor, building")
    commune_id = fields.Many2one("territory.commune")
    is_outside = fields.Boolean("Outside the territory")
    zip = fields.Char("Postcode")
    city = fields.Char("Town")
    date_home = fields.Date("Since", help="Empty: today.")
    is_home_seen = fields.Boolean("A proof of address was seen")
    authority_evidence = fields.Text(
        "Authority over the children",
        help="Family record book, birth certificate, judgment… What was seen, never a copy of it. "
        "Without it, it waits to be checked, as when it is declared online.",
    )
    evidence = fields.Text(
        "Identity, statutes",
        help="Identity card, statutes, minutes… What was seen, never a copy of it. Without it, "
        "who acts for an organisation waits to be accepted.",
    )
    kind = fields.Selection(
        [
            ("association", "Association"),
            ("company", "Company"),
            ("contributor", "Other organisation"),
        ],
        default="association",
    )
    name = fields.Char()
    company_registry = fields.Char("SIREN or SIRET")
    rna = fields.Char("RNA number")
    email = fields.Char("E-mail")
    phone = fields.Char()
    sheet_id = fields.Many2one("res.partner", "File that was opened", readonly=True)

    @api.model
    def _get_subject(self):
        return self.env.context.get("default_subject", "family")

    def _compute_display_name(self):
        self.display_name = self.env._("File to open")

    @api.depends("subject")
    @api.depends_context("uid")
    def _compute_service_ids(self):
        for entry in self:
            entry.service_ids = entry._get_services(entry.subject)

    @api.depends("adult_ids.firstname", "adult_ids.lastname")
    def _compute_has_choice_of_adults(self):
        for entry in self:
            named = entry.adult_ids.filtered(lambda line: line.firstname or line.lastname)
            entry.has_choice_of_adults = len(named) > 1

    @api.onchange("adult_ids")
    def _onchange_adult_ids(self):
        """The only adult answers for the children: there is nothing to choose."""
        if not self.has_choice_of_adults:
            self.child_ids.parents = False

    @api.onchange("subject")
    def _onchange_subject(self):
        if self.service_id not in self.service_ids:
            self.service_id = self.service_ids[:1]

    @api.model
    def _get_services(self, subject):
        """Hers; of families, only those that read the family file."""
        user = self.env.user
        services_sudo = user.sudo().territory_service_ids
        if user.has_group("territory_base.territory_group_manager"):
            services_sudo = services_sudo.search([("active", "=", True)])
        if subject == "family":
            services_sudo = services_sudo.filtered("reads_family_file")
        return services_sudo.sudo(self.env.su)

    # ------------------------------------------------------------
    # Opening the file
    # ------------------------------------------------------------

    def action_enter(self):
        """:raise ValidationError: one sentence for each thing that is wrong; nothing is opened"""
        self.ensure_one()
        lock_or_replay(self)
        # A button that is pressed twice opens one file.
        if not self.sheet_id:
            if self.service_id not in self._get_services(self.subject):
                raise AccessError(
                    self.env._("Only a service that reads such files may open one: ask yours.")
                )
            if self.date_received > clock.today():
                raise ValidationError(self.env._("It is received today or before."))
            opened = self._enter_family if self.subject == "family" else self._enter_organisation
            self.sheet_id = opened()
        return self.sheet_id._open_sheet()

    def _prepare_entry_values(self):
        return {
            "entry_service_id": self.service_id.id,
            "entry_channel": self.channel,
            "entry_date": self.date_received,
        }

    def _get_evidence(self):
        """On the household or the organisation: not every service that reads a person needs it."""
        texts = filter(None, (self.evidence, self.authority_evidence))
        return {"entry_evidence": "\n".join(texts)}

    def _create_sheet_sudo(self, values):
        """In superuser mode, after the check of the service; its readers are set at once."""
        Partner_sudo = self.env["res.partner"].sudo().with_context(mail_create_nosubscribe=True)
        sheet_sudo = Partner_sudo.create(
            {**values, **self._prepare_entry_values(), "lang": self.env.lang}
        )
        sheet_sudo._refresh_reader_services()
        return sheet_sudo

    def _read_lines(self, lines, errors):
        """:return: [(line, values)]"""
        read = []
        keys = set()
        for line in lines.sorted("id"):
            if line._is_blank():
                continue
            values, sentences = line._check_typed()
            errors += sentences
            key = identity_key(line.lastname, line.firstname, line.birthdate)
            if key and key in keys:
                errors.append(self.env._("%(name)s is written twice.", name=line.firstname))
            keys.add(key)
            read.append((line, values))
        return read

    def _read_address(self, errors):
        """:return: nothing when none was typed"""
        typed = (self.street, self.street2, self.commune_id, self.zip, self.city)
        if not any(typed) and not self.date_home and not self.is_home_seen:
            return {}
        check = self.env["identity.check"]
        insee = OUTSIDE if self.is_outside else self.commune_id.insee_code
        raw = {"street": self.street, "street2": self.street2, "commune": insee}
        if self.is_outside:
            raw |= {"zip": self.zip, "city": self.city}
        address, found = check._check_address(raw, anywhere=True)
        errors += found.values()
        return address

    def _raise(self, errors):
        if errors:
            raise ValidationError("\n".join(errors))

    # A family

    def _enter_family(self):
        errors = []
        adults = self._read_lines(self.adult_ids, errors)
        children = self._read_lines(self.child_ids, errors)
        address = self._read_address(errors)
        if not adults:
            errors.append(self.env._("Name one adult at least."))
        for line, _values in adults:
            # Who reads the identity alone learns nothing of account nor household.
            line.known_id._check_file_read_by_user()
            if line.known_id.sudo().user_ids:
                errors.append(
                    self.env._(
                        "%(name)s has an account: she says herself where she lives, or you enter "
                        "what changed in her household.",
                        name=line.known_id.name,
                    )
                )
            elif line.known_id.sudo()._get_current_households():
                errors.append(
                    self.env._(
                        "%(name)s lives in a household that is known: open it, and enter what "
                        "changed there.",
                        name=line.known_id.name,
                    )
                )
        for line, _values in children:
            if line.known_id and not (self.authority_evidence or "").strip():
                errors.append(
                    self.env._(
                        "%(name)s has a sheet already: say what was seen of the authority over "
                        "this child.",
                        name=line.known_id.name,
                    )
                )
            if line.parents == "second" and len(adults) < 2:
                errors.append(self.env._("There is no second adult."))
            is_said = line.parents in ("first", "second") or line.parents and len(adults) == 2
            if len(adults) > 1 and not is_said:
                errors.append(
                    self.env._(
                        "%(name)s: say which adult holds the authority.", name=line._get_name()
                    )
                )
            errors += self._get_closed_sentences(line)
        self._raise(errors)
        persons_sudo = [self._open_adult_sudo(line, values) for line, values in adults]
        household_sudo = self._open_household_sudo(persons_sudo)
        self._settle_sudo(household_sudo, persons_sudo, address)
        for line, values in children:
            first, second = persons_sudo[0], persons_sudo[1:2]
            holders = {"first": [first], "second": second}.get(line.parents, [first, *second])
            self._enter_child(line, values, holders, household_sudo)
        return household_sudo.sudo(self.env.su)

    def _get_closed_sentences(self, line):
        """A known child over whom somebody contests, or lost, the authority is no matter of a
        form."""
        held_sudo = line.known_id.sudo().authority_ids.filtered(lambda each: each.state != "ended")
        if any(each.state == "contested" or each.kind == "withdrawn" for each in held_sudo):
            return [
                self.env._(
                    "The authority over %(name)s is contested or withdrawn: open its sheet.",
                    name=line.known_id.name,
                )
            ]
        return []

    def _open_adult_sudo(self, line, values):
        if not line.known_id:
            return self._create_sheet_sudo({**values, "kind": "person"})
        known_sudo = line.known_id.sudo()
        if line.known_id._is_file_read_by_user():
            # What is known is kept; what was not is filled in.
            known_sudo.write({name: values[name] for name in values if not known_sudo[name]})
        return known_sudo

    def _open_household_sudo(self, persons_sudo):
        first, *others = persons_sudo
        household_sudo = first._create_household()
        household_sudo.write(self._prepare_entry_values() | self._get_evidence())
        household_sudo.env["household.membership"].create(
            [
                {"household_id": household_sudo.id, "person_id": other.id, "role": "adult"}
                for other in others
            ]
        )
        household_sudo._refresh_reader_services()
        return household_sudo

    def _settle_sudo(self, occupant_sudo, persons_sudo, address):
        """A dwelling of the territory, or an address outside on each sheet."""
        if "commune" in address:
            dwelling_sudo = occupant_sudo.env["territory.dwelling"]._find_or_create(
                address["street"], address.get("street2"), address["commune"]
            )
            state = "verified" if self.is_home_seen else "declared"
            occupant_sudo._occupy(dwelling_sudo, self.date_home, state=state)
        elif address:
            whole = {"street2": False, "commune_id": False, **address}
            for person_sudo in persons_sudo:
                if not any(person_sudo[name] for name in ("street", "city", "commune_id")):
                    person_sudo.write(whole)

    def _enter_child(self, line, values, holders_sudo, household_sudo):
        """By the methods of those who declare a child, checked as when an agent calls them."""
        first = holders_sudo[0].sudo(self.env.su)
        Authority_sudo = self.env["parental.authority"].sudo()
        child_sudo = line.known_id.sudo()
        if not child_sudo:
            typed = {**values, "shared_custody": line.shared_custody}
            child_sudo = first._declare_child(typed).sudo()
            child_sudo.write(self._prepare_entry_values())
            child_sudo._refresh_reader_services()
        elif child_sudo not in household_sudo._get_current_members():
            Authority_sudo.env["household.membership"].create(
                {
                    "household_id": household_sudo.id,
                    "person_id": child_sudo.id,
                    "role": "child",
                    "shared_custody": line.shared_custody,
                }
            )
        for holder_sudo in holders_sudo:
            held_sudo = Authority_sudo.search(
                [
                    ("child_id", "=", child_sudo.id),
                    ("holder_id", "=", holder_sudo.id),
                    ("state", "!=", "ended"),
                ]
            ) or Authority_sudo._declare(child_sudo, holder_sudo)
            seen = (self.authority_evidence or "").strip()
            if seen and held_sudo.state == "declared":
                held_sudo.sudo(self.env.su).action_verify(seen)

    # An organisation

    def _enter_organisation(self):
        errors = []
        officers = self._read_lines(self.adult_ids, errors)
        address = self._read_address(errors)
        check = self.env["identity.check"]
        values, found = check._check_organisation(
            {name: self[name] or "" for name in ("kind", "name", "company_registry", "rna")},
            both=True,
        )
        errors += found.values()
        contact, found = check._check_contact({"email": self.email, "phone": self.phone})
        if not self.email:
            found.pop("email", None)
        errors += found.values()
        if self.child_ids:
            errors.append(self.env._("An organisation has no children: take these lines away."))
        self._raise(errors)
        known_sudo = self.env["res.partner"].sudo()._find_organisation(values)
        if known_sudo:
            raise UserError(
                self.env._(
                    "An organisation with this number is known already. If you do not find it "
                    "among the sheets, ask the manager."
                )
            )
        organisation_sudo = self._create_sheet_sudo(
            {**values, **contact, **self._get_evidence(), "company_type": "company"}
        )
        self._settle_sudo(organisation_sudo, [organisation_sudo], address)
        for line, typed in officers:
            person_sudo = self._open_adult_sudo(line, typed)
            asked_sudo = self.env["partner.delegate"].sudo()
            asked_sudo = asked_sudo._ask(organisation_sudo, person_sudo, role=line.role)
            if (self.evidence or "").strip():
                asked_sudo.sudo(self.env.su)._check_decider()
                asked_sudo._activate(self.env.user)
                if person_sudo.user_ids:
                    asked_sudo._tell_person()
        return organisation_sudo.sudo(self.env.su)
