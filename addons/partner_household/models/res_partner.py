import re
from datetime import date

from stdnum.fr import siren, siret

from odoo import api, fields, models
from odoo.exceptions import AccessDenied, AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.dates import say_day

from ..tools import identity_key

ORGANISATION_KINDS = ("company", "association", "contributor")
CONTACT_FIELDS = ("email", "phone", "street", "street2", "zip", "city", "commune_id")


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["partner.confirmed", "partner.contact", "partner.end", "res.partner"]

    birth_name = fields.Char()
    birthplace = fields.Char("Place of birth")
    birth_insee = fields.Char("INSEE code of the place of birth", size=5)
    birth_country_id = fields.Many2one("res.country", "Country of birth")
    age = fields.Integer(compute="_compute_age")
    is_minor = fields.Boolean(compute="_compute_age", search="_search_is_minor")
    situation = fields.Selection(
        [
            ("settled", "Lives here"),
            ("arriving", "Arriving"),
            ("leaving", "Leaving"),
            ("planning", "Planning to come"),
        ]
    )
    situation_date = fields.Date("Since, or from", help="When it began, or is to begin.")
    rna = fields.Char("RNA number", size=10, index="btree_not_null", copy=False)
    declarant_id = fields.Many2one(
        "res.partner",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="territory_base.territory_group_manager",
        help="The person whose account created this sheet.",
    )
    identity_key = fields.Char(
        compute="_compute_identity_key", store=True, index="btree_not_null", groups=fields.NO_ACCESS
    )
    possible_duplicate_id = fields.Many2one(
        "res.partner",
        compute="_compute_possible_duplicate_id",
        groups="territory_base.territory_group_agent,territory_base.territory_group_secretary,"
        "territory_base.territory_group_manager",
        help="Another sheet with the same names and birth date, told to those who read the file.",
    )
    membership_ids = fields.One2many("household.membership", "person_id", "Households")
    member_ids = fields.One2many("household.membership", "household_id", "Members")
    household_ids = fields.Many2many(
        "res.partner", compute="_compute_household_ids", string="Current households"
    )
    authority_ids = fields.One2many("parental.authority", "child_id", "Holders of authority")
    authority_held_ids = fields.One2many(
        "parental.authority", "holder_id", "Authority over children"
    )
    delegate_ids = fields.One2many("partner.delegate", "organisation_id", "Delegates")
    delegation_ids = fields.One2many("partner.delegate", "person_id", "Acts for")
    occupancy_ids = fields.One2many("dwelling.occupancy", "occupant_id", "Dwellings")
    change_ids = fields.One2many("household.change", "subject_id", "Proposed changes")

    # Looked at by the record rules only. Odoo evaluates a rule in superuser mode and leaves the
    # one2many that it reads in the cache, where the user would find every line.
    rule_authority_ids = fields.One2many("parental.authority", "child_id", groups=fields.NO_ACCESS)
    rule_member_ids = fields.One2many(
        "household.membership", "household_id", groups=fields.NO_ACCESS
    )
    rule_delegate_ids = fields.One2many(
        "partner.delegate", "organisation_id", groups=fields.NO_ACCESS
    )

    @api.depends("birthdate")
    def _compute_age(self):
        today = clock.today()
        for partner in self:
            born = partner.birthdate
            partner.age = born and (
                today.year - born.year - ((today.month, today.day) < (born.month, born.day))
            )
            partner.is_minor = bool(born) and partner.age < 18

    def _search_is_minor(self, operator, value):
        if operator != "in" or len(value) != 1:
            return NotImplemented
        minor = Domain("birthdate", ">", clock.years_ago(18))
        return minor if True in value else ~minor

    @api.depends("kind", "firstname", "lastname", "birthdate")
    def _compute_identity_key(self):
        for partner in self:
            partner.identity_key = partner.kind == "person" and identity_key(
                partner.lastname, partner.firstname, partner.birthdate
            )

    @api.depends_context("uid")
    def _compute_possible_duplicate_id(self):
        self.possible_duplicate_id = False
        readable = self.filtered(lambda partner: partner._is_file_read_by_user())
        keys = [key for key in readable.sudo().mapped("identity_key") if key]
        twins_sudo = self.sudo().search([("identity_key", "in", keys)]).grouped("identity_key")
        for partner in readable:
            others_sudo = twins_sudo.get(partner.sudo().identity_key, partner.sudo()) - partner
            partner.possible_duplicate_id = others_sudo[:1].sudo(self.env.su)

    @api.depends("membership_ids.household_id", "membership_ids.is_current")
    @api.depends_context("uid")
    def _compute_household_ids(self):
        Membership = self.env["household.membership"]
        groups = Membership._read_group(
            Membership._current_domain() & Domain("person_id", "in", self.ids),
            ["person_id"],
            ["household_id:recordset"],
        )
        households = dict(groups)
        for partner in self:
            partner.household_ids = households.get(partner, self.browse())

    @api.constrains("kind", "birthdate", *CONTACT_FIELDS)
    def _check_minor_has_no_contact(self):
        """An address on the child would tell one parent where the other lives."""
        for partner in self.filtered("is_minor"):
            if partner.kind == "person" and any(partner[name] for name in CONTACT_FIELDS):
                raise ValidationError(
                    self.env._("A child has no address, e-mail or phone: see the household.")
                )

    @api.constrains("birthdate")
    def _check_birthdate(self):
        today = clock.today()
        for partner in self.filtered("birthdate"):
            if not date(1900, 1, 1) <= partner.birthdate <= today:
                raise ValidationError(self.env._("The birth date is before 1900 or in the future."))

    @api.constrains("kind", "company_registry", "rna")
    def _check_registration(self):
        for partner in self.filtered(lambda partner: partner.kind in ORGANISATION_KINDS):
            number = partner.company_registry
            if number and not self._is_siren_or_siret(number):
                raise ValidationError(
                    self.env._("%(number)s is neither a SIREN nor a SIRET.", number=number)
                )
            if partner.rna and not self._is_rna(partner.rna):
                raise ValidationError(
                    self.env._(
                        "%(number)s is not an RNA number: W and nine digits.", number=partner.rna
                    )
                )

    @api.model
    def _is_siren_or_siret(self, number):
        return siren.is_valid(number) or siret.is_valid(number)

    @api.model
    def _is_rna(self, number):
        return bool(re.fullmatch(r"W\d{9}", number))

    @api.model_create_multi
    def create(self, vals_list):
        """A household or an organisation has one name, not a first and a last one."""
        # Copies: `partner_firstname` takes the names out of what it is given.
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            if vals.get("kind") not in (None, False, "person"):
                vals["company_type"] = "company"
        return super().create(vals_list)

    def signup_get_auth_param(self):
        """Core gives to any member of the staff the login or a sign-up link of any person."""
        if not self.env.su and any(self.sudo().mapped("kind")):
            raise AccessDenied()
        return super().signup_get_auth_param()

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Nobody follows a child: a message on its sheet would reach both parents."""
        others = self.filtered(lambda partner: not (partner.kind == "person" and partner.is_minor))
        return super(ResPartner, others).message_subscribe(partner_ids, subtype_ids)

    # Whom a person may act for

    @api.model
    def _accessible_child_domain(self, person, authority=Domain.TRUE):
        """The children over whom this person has authority today: same as the portal's rule.

        :param authority: what more is asked of the authority
        """
        return Domain(
            [
                ("kind", "=", "person"),
                ("birthdate", ">", clock.years_ago(18)),
                (
                    "rule_authority_ids",
                    "any",
                    Domain("holder_id", "=", person.id)
                    & Domain("grants_access", "=", True)
                    & self.env["parental.authority"]._current_domain()
                    & authority,
                ),
            ]
        )

    def _is_child_accessible_by(self, person):
        self.ensure_one()
        domain = Domain("id", "=", self.id) & self._accessible_child_domain(person)
        return bool(self.sudo().search_count(domain, limit=1))

    @api.model
    def _list_held_once(self):
        """What a person holds once of each thing, for the merge of two sheets: one row of the two
        ends. Extended by whoever keeps such rows.

        :return: [(model, its field of the person, its field of the thing or None, None)]
        """
        return []

    def _children_i_may_act_for(self):
        self.ensure_one()
        children_sudo = self.sudo().search(
            self._accessible_child_domain(self), order="birthdate, id"
        )
        return children_sudo.sudo(self.env.su)

    def _acting_for_choices(self):
        """Herself, the children she answers for, the organisations whose delegate she is."""
        self.ensure_one()
        Delegate = self.env["partner.delegate"]
        delegations_sudo = Delegate.sudo().search(
            Delegate._active_domain() & Domain("person_id", "=", self.id)
        )
        organisations = delegations_sudo.organisation_id.filtered("active").sudo(self.env.su)
        return self | self._children_i_may_act_for() | organisations

    def _get_verified_children(self):
        """The children over whom the authority of this person was verified, in superuser mode."""
        self.ensure_one()
        verified = Domain("state", "=", "verified")
        return self.sudo().search(self._accessible_child_domain(self, verified))

    # In superuser mode these methods search: what they would leave in the cache of a one2many
    # would be read by the user without any rule, and what the user left there would mislead them.

    def _get_current_delegates(self):
        """The persons who act for this organisation today."""
        Delegate_sudo = self.env["partner.delegate"].sudo()
        domain = Delegate_sudo._active_domain() & Domain("organisation_id", "in", self.ids)
        return Delegate_sudo.search(domain).person_id

    def _get_current_members(self, role=None):
        """Who lives in this household today, in superuser mode."""
        Membership_sudo = self.env["household.membership"].sudo()
        domain = Membership_sudo._current_domain() & Domain("household_id", "in", self.ids)
        if role:
            domain &= Domain("role", "=", role)
        return Membership_sudo.search(domain).person_id

    def _get_current_households(self):
        """Where this person lives today, the last one first, in superuser mode."""
        Membership_sudo = self.env["household.membership"].sudo()
        domain = Membership_sudo._current_domain() & Domain("person_id", "=", self.id)
        return Membership_sudo.search(domain, order="date_start desc, id desc").household_id

    def _join_child(self, child):
        """This sheet of a child gives way to another: extended by what links to children."""
        self.ensure_one()
        Authority = self.env["parental.authority"]
        own = Authority.search([("child_id", "=", self.id)])
        held = Authority.search([("child_id", "=", child.id), ("state", "!=", "ended")])
        # One holder has one authority over the child: that of the common sheet.
        double = own.filtered(
            lambda each: each.state != "ended" and each.holder_id in held.holder_id
        )
        double.state = "ended"
        own.child_id = child
        Membership = self.env["household.membership"]
        memberships = Membership.search([("person_id", "=", self.id)])
        common = memberships.filtered(
            lambda membership: membership.household_id in child._get_current_households()
        )
        common.unlink()
        (memberships - common).person_id = child
        self.active = False

    def _note_put_aside(self):
        """Hook: these archived sheets joined another one, and nothing brings them back: they go
        once nothing names them. In superuser mode."""

    def _find_json_names(self):
        """Hook: where JSON names this sheet, which no field says: answers as they were filed.
        In superuser mode.

        :return: [(model, field, id of the row, path of the id in the JSON)]
        """
        self.ensure_one()
        return []

    def _current_household(self):
        """Where this person lives today; of another person, only a household shared with her.

        So one parent never gets the other's household through their child.
        """
        self.ensure_one()
        households_sudo = self._get_current_households()
        me = self.env.user.partner_id
        if self.env.user.share and self != me:
            households_sudo &= me._get_current_households()
        return households_sudo[:1].sudo(self.env.su)

    def _current_dwelling(self):
        """The main address of today: of a person, that of her household."""
        self.ensure_one()
        occupant = self._current_household() if self.kind == "person" else self
        dwellings_sudo = occupant._get_current_occupancies().dwelling_id
        main_sudo = dwellings_sudo.filtered(lambda dwelling: dwelling.kind == "main")
        return (main_sudo or dwellings_sudo)[:1].sudo(self.env.su)

    def _get_current_occupancies(self):
        """Where this household or organisation is today, the last one first, in superuser mode."""
        Occupancy_sudo = self.env["dwelling.occupancy"].sudo()
        domain = Occupancy_sudo._current_domain() & Domain("occupant_id", "in", self.ids)
        return Occupancy_sudo.search(domain, order="date_start desc, id desc")

    def _is_organisation(self):
        self.ensure_one()
        return self.kind in ORGANISATION_KINDS

    def _get_situation_words(self):
        """Each situation as it is told of this person or organisation, never in her own words:
        dict code -> words."""
        self.ensure_one()
        if self.sudo()._is_organisation():
            return {
                "settled": self.env._("The organisation is here"),
                "arriving": self.env._("The organisation is arriving"),
                "leaving": self.env._("The organisation is leaving"),
                "planning": self.env._("The organisation plans to come"),
            }
        return dict(self._fields["situation"]._description_selection(self.env))

    def _tell_situation(self):
        """“Arriving, from 1 January 2027”; empty where it is not known."""
        self.ensure_one()
        told = self._get_situation_words().get(self.situation, "")
        if not told or not self.situation_date:
            return told
        day = say_day(self.env, self.situation_date)
        if self.situation_date > clock.today():
            return self.env._("%(told)s, from %(day)s", told=told, day=day)
        return self.env._("%(told)s, since %(day)s", told=told, day=day)

    def _get_speakers(self):
        """Who may say that something changed here: the adults of a household, those who act for an
        organisation. In superuser mode."""
        self.ensure_one()
        if self.sudo()._is_organisation():
            return self._get_current_delegates()
        return self._get_current_members("adult")

    def _meet(self):
        """Two requests about one sheet at the same moment: the second one meets what the first one
        did. In superuser mode.

        A lock alone would let through a request that began before the first one ended and read
        what was: rows that are written, even as they were, make PostgreSQL refuse it, and Odoo
        plays it again. Nothing of the sheet changes, neither its date nor its author.
        """
        if self:
            query = SQL("UPDATE res_partner SET active = active WHERE id IN %s", tuple(self.ids))
            self.env.cr.execute(query, log_exceptions=False)

    # Who may decide

    def _is_file_read_by_user(self):
        """Whether the user reads the family file of this person or household, and decides on it.

        An organisation is no family: each service that knows it may.
        """
        self.ensure_one()
        user = self.env.user
        if self.env.su or user.has_group("territory_base.territory_group_manager"):
            return True
        if not user.has_groups(
            "territory_base.territory_group_agent,territory_base.territory_group_secretary"
        ):
            return False
        services_sudo = user.sudo().territory_service_ids
        if not self.sudo()._is_organisation():
            services_sudo = services_sudo.filtered("reads_family_file")
        return bool(services_sudo & self.sudo().reader_service_ids)

    def _check_file_read_by_user(self):
        for partner in self:
            if not partner._is_file_read_by_user():
                raise AccessError(self.env._("Only a service that reads this file may do this."))

    def _check_is_user(self):
        """A resident acts for herself; those who read her file may act at the counter for her."""
        self.ensure_one()
        if self != self.env.user.partner_id:
            self._check_file_read_by_user()

    # Declarations

    def _declare_child(self, vals):
        """A child declared by this person: a sheet of hers, with a declared authority.

        Whether somebody else already declared the same child changes nothing for the caller:
        no other sheet is looked at. The services that read the file see the possible duplicate.

        :param vals: firstname, lastname, birthdate, and if known birthplace, shared_custody
        """
        self.ensure_one()
        self._check_is_user()
        values, errors = self.env["identity.check"]._check_person(vals, minor=True)
        if errors:
            raise ValidationError("\n".join(errors.values()))
        key = identity_key(values["lastname"], values["firstname"], values["birthdate"])
        known = self._children_i_may_act_for().filtered(
            lambda child: child.sudo().identity_key == key
        )
        if self != self.env.user.partner_id:
            # What the staff types gives no sheet that it does not read already.
            known = known._filtered_access("read")
        if known:
            return known[0]
        child_sudo = (
            self.sudo()
            .with_context(mail_create_nosubscribe=True)
            .create({**values, "kind": "person", "declarant_id": self.id, "lang": self.lang})
        )
        child_sudo.env["parental.authority"]._declare(child_sudo, self)
        household = self._current_household()
        if household:
            child_sudo.env["household.membership"].create(
                {
                    "household_id": household.id,
                    "person_id": child_sudo.id,
                    "role": "child",
                    "shared_custody": bool(vals.get("shared_custody")),
                }
            )
        return child_sudo.sudo(self.env.su)

    def _ask_delegation(self, vals):
        """Asks to act for an organisation: the one that has this number, or a new one.

        The answer is the same in both cases, and nothing happens to a sheet that exists.

        :param vals: kind, name, company_registry or rna, role
        """
        self.ensure_one()
        self._check_is_user()
        values, errors = self.env["identity.check"]._check_organisation(vals)
        if errors:
            raise ValidationError("\n".join(errors.values()))
        organisation_sudo = self.sudo()._find_organisation(values) or self.sudo().create(values)
        return (
            self.env["partner.delegate"]
            .sudo()
            ._ask(organisation_sudo, self, values["name"], vals.get("role"))
            .sudo(self.env.su)
        )

    def _declare_home(self, raw):
        """Where an adult lives whose household is not known: who signed up for a company, or was
        entered by the staff. As at sign-up, what is declared opens nothing.

        :param raw: street, street2, commune (INSEE code), date; or commune `outside`, zip, city
        :raise ValidationError: one sentence for each value in error
        """
        self.ensure_one()
        self._check_is_user()
        self.sudo()._meet()
        if self.sudo().kind != "person" or self.sudo().is_minor:
            raise AccessError(self.env._("Only an adult may say where she lives."))
        if self._get_current_households():
            raise UserError(self.env._("Your household is known: propose a change of address."))
        check = self.env["identity.check"]
        address, errors = check._check_address(raw, anywhere=True)
        day, error = check._parse_day(raw["date"]) if raw.get("date") else (None, None)
        if error:
            errors["date"] = error
        if errors:
            raise ValidationError("\n".join(errors.values()))
        household_sudo = self.sudo()._create_household()
        if "commune" not in address:
            self.sudo().write(address)
            return
        dwelling_sudo = household_sudo.env["territory.dwelling"]._find_or_create(
            address["street"], address.get("street2"), address["commune"]
        )
        household_sudo._occupy(dwelling_sudo, day, state="declared")

    def _settle(self, values):
        """What was typed at sign-up, once the e-mail is confirmed. In superuser mode.

        :param values: address (street, street2, and commune id or zip and city),
            organisation (kind, name, number)
        """
        self.ensure_one()
        occupant = self.browse()
        if values.get("organisation"):
            # A sheet that exists is not touched before a delegation on it is accepted.
            known = self._find_organisation(values["organisation"])
            occupant = self._ask_delegation(values["organisation"]).organisation_id - known
            # What it says of itself is that of a new sheet only.
            occupant.write(values.get("context") or {})
        elif values.get("kind") == "resident":
            occupant = self._create_household()
        address = values.get("address")
        if address and "city" in address:
            # Outside of the territory no dwelling is known.
            (occupant if occupant.kind in ORGANISATION_KINDS else self).write(address)
        elif occupant and address:
            commune = self.env["territory.commune"].browse(address["commune"])
            dwelling = self.env["territory.dwelling"]._find_or_create(
                address["street"], address.get("street2"), commune
            )
            occupant._occupy(dwelling, state="declared")

    def _create_household(self):
        """The household of this adult, alone in it for now. In superuser mode."""
        self.ensure_one()
        household = self.create(
            {
                "name": self.env._("Household of %(name)s", name=self.name),
                "kind": "household",
            }
        )
        self.env["household.membership"].create(
            {"household_id": household.id, "person_id": self.id, "role": "adult"}
        )
        return household

    def _occupy(self, dwelling, day=None, role="other", state="verified"):
        """Live here from this day on, and no longer at the former main address.

        :param state: "declared" when nobody of the staff accepted it
        """
        self.ensure_one()
        day = day or clock.today()
        staying = self._get_staying(dwelling.kind)
        known = staying.filtered(lambda occupancy: occupancy.dwelling_id == dwelling)
        former = (staying - known)._drop_to_come()
        if known:
            known.date_end = False
            if state == "verified":
                known.state = state
            return
        former._end_before(day)
        self.env["dwelling.occupancy"].create(
            {
                "dwelling_id": dwelling.id,
                "occupant_id": self.id,
                "date_start": day,
                "role": role,
                "state": state,
            }
        )

    def _vacate(self, day):
        """Live at no dwelling of the territory from this day on. In superuser mode."""
        self.ensure_one()
        self._get_staying("main")._drop_to_come()._end_before(day)

    def _get_staying(self, kind):
        """Where this household or organisation lives today or is to live, at a dwelling of this
        kind. In superuser mode."""
        Occupancy = self.env["dwelling.occupancy"]
        return Occupancy.search(
            Domain("occupant_id", "in", self.ids)
            & Domain("dwelling_id.kind", "=", kind)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", clock.today()))
        )

    def _open_sheet(self):
        """The action that opens it by our form; with its own address, so that the page that is
        loaded again is this form, not the one of contacts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "partner_household.res_partner_action"
        )
        form = self.env.ref("partner_household.res_partner_view_form")
        return {
            **action,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(form.id, "form")],
        }

    @api.model
    def _find_organisation(self, values):
        # Without any number, the domain is false: a name alone never designates a sheet.
        numbers = [
            Domain(name, "=", values[name])
            for name in ("company_registry", "rna")
            if values.get(name)
        ]
        return self.search(
            Domain.OR(numbers) & Domain("kind", "in", ORGANISATION_KINDS), order="id", limit=1
        )
