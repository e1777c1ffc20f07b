"""Who asks, for whom, and how to answer: after what is asked."""

from odoo.addons.website_parts.tools.day import show_date
from odoo.addons.website_parts.tools.web import number, text

from .account_mark import make_account_mark
from .constants import AUTOCOMPLETE, DRAFT_DAYS
from .form_reading import ADDRESS_PARTS, IDENTITY_ADDRESS

# The key of no field.
ACTING_PAGE = "_whom"


class FormIdentity:
    """Part of `FormPage`: the applicant, and the child or the organisation she acts for."""

    @property
    def asks_identity(self):
        """Nobody is known yet: she says who she is."""
        return not self.partner and not self.is_preview

    @property
    def is_for_child(self):
        return self.procedure.applicant_kinds == "child"

    @property
    def account_mark(self):
        """Signed: whose page this is, should her session have ended when she sends it."""
        return make_account_mark(self.procedure, self.partner, DRAFT_DAYS)

    # For whom

    def _read_acting_for(self):
        """A right may be lost while the form is open: nobody is put in the place of the person
        that was chosen, neither oneself nor another child."""
        choices = [value for value, _label in self._get_acting_choices()]
        wanted = self.posted.text("_for", 20)
        if not self.partner or not wanted or wanted in choices:
            self.acting_for = number(wanted or self._get_default_choice(choices)) or None
            return
        self.lost_choice = wanted
        self.errors.update(self.get_choice_errors())

    def _load_acting_for(self, partner_id):
        """What was kept: a right may have been lost since."""
        choices = [value for value, _label in self._get_acting_choices()]
        is_lost = self.partner and partner_id and str(partner_id) not in choices
        self.lost_choice = str(partner_id) if is_lost else None
        self.acting_for = None if is_lost else partner_id or None

    def get_choice_errors(self):
        if self.lost_choice:
            sentence = self.env._(
                "You can no longer do this for the person or the organisation that you had "
                "chosen. Say again for whom you do it."
            )
        elif not self.acting_for and self._get_acting_choices():
            sentence = self.env._("Say for whom you do it.")
        else:
            return {}
        return {"_for": sentence}

    def _choose_at_first(self):
        """The one that a link of her space names (`?pour=`), else the only one there can be."""
        choices = [value for value, _label in self._get_acting_choices()]
        wanted = text(self.visit.params.get("pour"), 20)
        chosen = wanted if wanted in choices else self._get_default_choice(choices)
        self.acting_for = number(chosen) or None

    def _get_default_choice(self, choices):
        """The only one: between several, nobody chooses for her."""
        return choices[0] if len(choices) == 1 else ""

    def _get_chosen(self, choices):
        if self.lost_choice:
            return ""
        return str(self.acting_for or self._get_default_choice(choices))

    @property
    def needs_choice(self):
        """A procedure for organisations or for children, and a person who acts for none."""
        return bool(self.partner) and not self._get_acting_choices()

    def _get_acting_choices(self):
        """Those for whom this procedure is done: a child only where it is for a child."""
        if not self.partner:
            return []
        choices = []
        for partner_sudo in self._get_acting_partners().sudo():
            if self._get_applicant_kind(partner_sudo) in self._get_applicant_kinds():
                name = partner_sudo.name or ""
                if partner_sudo == self.partner:
                    name = self._get_own_label(name)
                choices.append((str(partner_sudo.id), name))
        return choices

    def _get_applicant_kinds(self):
        kinds = self.procedure.applicant_kinds
        return ("person", "organisation") if kinds == "any" else (kinds,)

    def _get_applicant_kind(self, partner_sudo):
        if partner_sudo == self.partner:
            return "person"
        is_person = partner_sudo.kind == "person" or not partner_sudo.kind
        return "child" if is_person else "organisation"

    def _get_acting_partners(self):
        """Read once: each part of the page asks."""
        if not hasattr(self, "_acting_partners"):
            self._acting_partners = self.partner._acting_for_choices()
        return self._acting_partners

    def _get_own_label(self, name):
        return self.env._("Myself (%(name)s)", name=name)

    def get_acting(self):
        """(organisation, children) for whom it is done; nothing for oneself."""
        return self._get_acting_of(self.acting_for)

    def _get_acting_of(self, partner_id):
        chosen = self.env["res.partner"].browse(partner_id or [])
        if not self.partner or chosen == self.partner:
            return None, None
        if chosen.sudo().kind == "person":
            return None, chosen
        return chosen, None

    def _get_prefill(self):
        """Raw values by input name, from the account; the form says where they come from."""
        return self._get_prefill_of(*self.get_acting())

    def _get_prefill_of(self, organisation, child):
        """:param organisation, child: for whom she does it, if not for herself"""
        if not self.partner:
            return {}
        return self.procedure._get_prefill(self.partner, organisation or child)

    @property
    def has_acting_page(self):
        """For herself or for an organisation: asked before anything, since the account then fills
        in the address of the one or of the other."""
        return not self.is_for_child and len(self._get_acting_choices()) > 1

    def _make_acting_page(self):
        label = self.env._("For whom")
        return {"key": ACTING_PAGE, "label": label, "help": None, "fields": []}

    def _follow_choice(self):
        """Another is chosen: what the account had filled in for the former one, and she left as
        it was, becomes what it knows of this one."""
        former_id = number(self.posted.text("_was_for", 20))
        choices = [value for value, _label in self._get_acting_choices()]
        if former_id == self.acting_for or str(former_id) not in choices:
            return
        former = self._get_prefill_of(*self._get_acting_of(former_id))
        proposed = self._get_prefill()
        for key in {name.partition(".")[0] for name in (*former, *proposed)}:
            names = [name for name in self.raw if name.partition(".")[0] == key]
            # The parts of an address go together.
            if all(self._is_left(name, former.get(name) or "") for name in names):
                for name in names:
                    del self.raw[name]
                self.raw.update(
                    (name, value)
                    for name, value in proposed.items()
                    if name.partition(".")[0] == key
                )

    def _is_left(self, name, value):
        """Typed or not, it says what the account had filled in."""
        return (self.raw.get(name) or "") in (
            value,
            show_date(value),
            self._get_commune_name(value),
        )

    def _prepare_subject_sections(self):
        """The child is what the procedure is about: asked first."""
        section = {"label": self.env._("For whom"), "fields": []}
        if self.is_for_child or self.has_acting_page:
            section["fields"] += self._prepare_acting_items()
            section["plain"] = self.has_acting_page
        return [section]

    def _prepare_acting_items(self):
        """Asked when the answer may be somebody else than oneself."""
        choices = self._get_acting_choices()
        is_obvious = self.partner and [value for value, _name in choices] == [str(self.partner.id)]
        if not choices or (is_obvious and not self.lost_choice):
            return []
        return [
            self._item(
                "_for",
                widget="choice",
                label=self.env._("I do this procedure for"),
                help=self.is_for_child and self.env._("One request for each child."),
                required=True,
                choices=choices,
                values=[self._get_chosen([value for value, _name in choices])],
            )
        ]

    # Who asks

    def _prepare_identity_section(self):
        if not self.asks_identity:
            is_asked = self.is_for_child or self.has_acting_page
            items = [] if is_asked else self._prepare_acting_items()
            return {"label": self.env._("Who asks"), "fields": items}
        section = {"label": self.env._("How to answer you"), "fields": []}
        more = {
            "contact_email": {
                "type": "email",
                "help": self.env._("We send a code there, then your number and the answer."),
            },
            "contact_phone": {
                "type": "tel",
                "help": self.env._("To reach you faster. Example: 06 39 98 00 00"),
                "width": "et-w2",
            },
            "contact_firstname": {"width": "et-w3"},
            "contact_lastname": {"width": "et-w3"},
        }
        for field in self._get_identity_fields():
            if field.kind.parts:
                section["fields"] += self._prepare_address(
                    field, field.key, {"required": field.required}, self._prepare_same(field.key)
                )
                continue
            section["fields"].append(
                self._item(
                    field.key,
                    label=field.label,
                    required=field.required,
                    value=self.identity.get(field.key),
                    autocomplete=AUTOCOMPLETE.get(field.key),
                    **more.get(field.key, {}),
                )
            )
        return section

    def _get_identity_fields(self):
        return self.env["procedure.request"]._get_identity_fields("web", self.procedure)

    # The postal address is often the one that was just given

    @property
    def same_address(self):
        """The question whose address may be hers: the first that everybody is asked."""
        is_out = False
        for field in self.version.field_ids:
            asked = field._get_type()
            if asked.starts:
                # A page shown to some only holds all of its sections.
                is_out = bool(field.condition_ids) or (is_out and asked.starts == "section")
            elif asked.parts and not field.block_key and not field.condition_ids and not is_out:
                return field
        return None

    def _copy_same_address(self):
        """The box "it is the address given above" needs no script: what is above is the answer.

        Not when nothing is above: then she says it here.
        """
        source, name = self.same_address, f"{IDENTITY_ADDRESS}.same"
        if not source or not self.asks_identity or not self.posted.text(name, 1):
            return
        above = {part: self.raw.get(f"{source.key}.{part}") or "" for part in ADDRESS_PARTS}
        if source.required or any(above.values()):
            self.identity[name] = "1"
            for part, value in above.items():
                self.identity[f"{IDENTITY_ADDRESS}.{part}"] = value

    def _prepare_same(self, name):
        """She has just given an address: she need not type it again."""
        source = self.same_address
        if name != IDENTITY_ADDRESS or not source or not self.asks_identity:
            return None
        label = self.env._(
            "My postal address is the one given above: “%(label)s”", label=source.label
        )
        street = self.raw.get(f"{source.key}.street")
        commune = self._get_commune_name(self.raw.get(f"{source.key}.commune"))
        if street and commune and self.page_index:
            label = self.env._("My postal address is: %(address)s", address=f"{street}, {commune}")
        return self._item(
            f"{name}.same",
            widget="consent",
            is_shortcut=True,
            label=label,
            value=self.identity.get(f"{name}.same"),
        )

    def place_errors(self, errors):
        """ "It is the address above", which is wrong: said once, above, where it is typed."""
        if not self.identity.get(f"{IDENTITY_ADDRESS}.same"):
            return errors
        placed = dict(errors)
        sentence = placed.pop(IDENTITY_ADDRESS, None)
        if sentence:
            placed.setdefault(self.same_address.key, sentence)
        return placed
