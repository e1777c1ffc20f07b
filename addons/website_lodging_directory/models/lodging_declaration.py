import logging

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.content_approval.models.content_revision_circuit import EDITABLE, PENDING
from odoo.addons.lodging_declaration.models.lodging_declaration import IN_FORCE
from odoo.addons.procedure_form.field_types.selection import get_value
from odoo.addons.territory_base.tools import format_phone

_logger = logging.getLogger(__name__)

NAME, SHOWN = "lodging_directory_name", "lodging_directory_shows"
CATEGORY = "website_directory.directory_category_hebergement"
# Of a person: on the sheet by her tick only, and no more in a draft that is given up.
CONTACT = ("street", "phone", "email")
# Where the form has another word for it.
TICKS = {"street": "address"}


class LodgingDeclaration(models.Model):
    """Who ticks that her lodging appears in the directory has a draft of its sheet prepared.

    Her town hall completes it and proposes it, somebody else reads it: nothing is published here.
    Once it is online and she wants it no more, or lets no more, a draft of its removal is prepared
    the same way.
    """

    _inherit = "lodging.declaration"

    sheet_id = fields.Many2one(
        "content.revision",
        "Draft of its sheet",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups=fields.NO_ACCESS,
    )
    removal_id = fields.Many2one(
        "content.revision",
        "Draft of its removal",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups=fields.NO_ACCESS,
    )
    sheet_step = fields.Selection(
        [
            ("draft", "To complete"),
            ("reading", "Being read"),
            ("online", "In the directory"),
            ("contact", "A contact to take out"),
            ("stale", "To take off the directory"),
            ("leaving", "Its removal is being read"),
        ],
        "Sheet of the directory",
        compute="_compute_sheet_step",
        compute_sudo=True,
    )

    @api.depends("sheet_id.state", "removal_id.state", "state", "wants_directory")
    def _compute_sheet_step(self):
        for declaration in self:
            declaration.sheet_step = declaration._get_sheet_step()

    def _get_sheet_step(self):
        """Where its sheet is; False without one, or once it is off the site. In superuser mode."""
        sheet = self.sheet_id
        if sheet.version:
            if not sheet._get_content().is_online:
                return False
            if self._asks_sheet():
                return "contact" if self._shows_too_much() else "online"
            return "leaving" if self.removal_id.state == "submitted" else "stale"
        return {"draft": "draft", "changes_asked": "draft", "submitted": "reading"}.get(sheet.state)

    # ------------------------------------------------------------
    # It follows the declaration. All in superuser mode, after the checks.
    # ------------------------------------------------------------

    def _asks_sheet(self):
        self.ensure_one()
        return self.state == "live" and self.wants_directory

    def _has_lost_consent(self):
        """Neither asked for nor waiting to be checked: she wants it no more, or lets no more."""
        self.ensure_one()
        return not self.wants_directory or self.state not in IN_FORCE

    def _take_sheet(self, other):
        """What was begun of the other declaration of the same declarant goes on."""
        self.write({"sheet_id": other.sheet_id.id, "removal_id": other.removal_id.id})
        other.write({"sheet_id": False, "removal_id": False})

    def _go_live(self, former):
        if former.sheet_id and self._is_by_the_same(former):
            self._take_sheet(former)
        result = super()._go_live(former)
        self._follow_sheet()
        return result

    def _end(self, state):
        result = super()._end(state)
        self._follow_sheet()
        return result

    def _correct(self, vals):
        result = super()._correct(vals)
        self._follow_sheet()
        return result

    def _move_to(self, dwelling, service):
        """Its draft says another commune, maybe for another town hall."""
        self._drop_sheet()
        return super()._move_to(dwelling, service)

    def _give_back(self):
        """The declaration that is in force again asks for its sheet as it did."""
        replaced = self.search([("replaced_by_id", "=", self.id), ("state", "=", "replaced")])
        result = super()._give_back()
        back = replaced.filtered(lambda each: each.state == "live")
        if self.sheet_id and back and not back.sheet_id and back._is_by_the_same(self):
            back._take_sheet(self)
        back._follow_sheet()
        return result

    def _follow_sheet(self):
        """A draft where one is asked for, none where it is not any more; of what is online, the
        draft of its removal."""
        for declaration in self:
            if not declaration._asks_sheet():
                declaration._drop_sheet()
                if declaration._has_lost_consent():
                    declaration._prepare_removal()
                continue
            is_off = declaration.removal_id.version
            declaration._drop_removal()
            if is_off or not declaration.sheet_id:
                declaration._prepare_sheet()
            else:
                declaration._hide_contact()

    def _hide_contact(self):
        """What she shows no more leaves the draft; the rest is of the town hall."""
        sheet = self.sheet_id
        if self._asks_contact() and not sheet.version:
            hidden = [name for name in CONTACT if name not in self._get_shown_contact()]
            sheet._set({"values": {**sheet.values, **dict.fromkeys(hidden, False)}})

    def _asks_contact(self):
        """Whether its form asked what the sheet may show: the number of the national site alone
        says nothing of it."""
        return "lodging_directory" in (self.request_id.answers or {})

    def _shows_too_much(self):
        """Whether the page that is online tells of her what she lets it tell no more; another
        phone that the town hall wrote there is not hers."""
        said, shown = self.sheet_id._get_content(), self._get_shown_contact()
        return self._asks_contact() and any(
            value and said[name] == value and name not in shown
            for name, value in self._get_contact().items()
        )

    def _get_contact(self):
        """Of the declarant, as a sheet says it."""
        phone = format_phone(self.declarant_phone or "").replace("\xa0", " ")
        return {
            "street": self.dwelling_id.street,
            "phone": phone,
            "email": self.declarant_email,
        }

    def _get_shown_contact(self):
        """What she ticked of it, and nothing else."""
        answers = self.request_id.answers or {}
        ticked = {get_value(each) for each in answers.get(SHOWN) or ()}
        contact = self._get_contact()
        return {name: contact[name] for name in CONTACT if TICKS.get(name, name) in ticked}

    def _prepare_sheet(self):
        """Nothing where no town hall answers for the commune: the list of contacts says it. A
        declaration that the law asks for never fails for its sheet."""
        hall = self._find_sheet_hall()
        if not hall:
            return
        lang = self.request_id._get_mail_lang() if self.request_id else self.env.lang
        said = self.with_context(lang=lang)
        try:
            with self.env.cr.savepoint():
                self.sheet_id = said.env["content.revision"]._prepare_for(
                    hall, "directory.entry", self.commune_id, said._prepare_sheet_values()
                )
        except ValidationError:
            _logger.warning("No sheet could be prepared for the lodging declaration %s.", self.id)

    def _find_sheet_hall(self):
        if self.service_id.kind == "town_hall":
            return self.service_id
        return self.env["territory.service"].search(
            [("kind", "=", "town_hall"), ("commune_ids", "in", self.commune_id.ids)], limit=1
        )

    def _prepare_sheet_values(self):
        answers = self.request_id.answers or {}
        words = self._get_kind_words()
        category = self.env.ref(CATEGORY, raise_if_not_found=False)
        return {
            "name": answers.get(NAME) or f"{words}, {self.commune_id.name}",
            "category_id": category and category.active and category.id,
            "activity": words,
            "summary": self._get_sheet_summary(),
            "commune_ids": self.commune_id.ids,
            **self._get_shown_contact(),
        }

    def _get_sheet_summary(self):
        """Its size, in a sentence that the town hall completes."""
        rooms, beds, persons = self.rooms, self.beds, self.persons
        one, many = self.env._("1 room"), self.env._("%(count)s rooms", count=rooms)
        if self.kind == "guest_rooms":
            one, many = self.env._("1 guest room"), self.env._("%(count)s guest rooms", count=rooms)
        facts = [
            rooms and (one if rooms == 1 else many),
            beds
            and (self.env._("1 bed") if beds == 1 else self.env._("%(count)s beds", count=beds)),
            persons and self.env._("%(count)s people at most", count=persons),
        ]
        said = ", ".join(filter(None, facts))
        return said and f"{said}."

    def _drop_sheet(self):
        """A draft is given up, less what it said of her; what people read is left to them."""
        for declaration in self.filtered(lambda each: each.sheet_id and not each.sheet_id.version):
            sheet = declaration.sheet_id
            sheet._set({"values": {**sheet.values, **dict.fromkeys(CONTACT, False)}})
            # The town hall may have given it up already.
            if sheet.state != "withdrawn":
                sheet._give_up()
            declaration.sheet_id = False

    def _prepare_removal(self):
        """At the town hall that has its sheet; none where it is off the site, or being taken off:
        what people read goes once somebody else has accepted it, and not before."""
        sheet = self.sheet_id
        if not sheet.version:
            return
        lang = self.request_id._get_mail_lang() if self.request_id else self.env.lang
        said = self.with_context(lang=lang)
        removal = said.env["content.revision"]._prepare_removal_for(
            sheet.service_id, sheet._get_content(), said._get_removal_reason()
        )
        if removal:
            self.removal_id = removal

    def _get_removal_reason(self):
        """Why, and whether it tells how to reach somebody; never who."""
        if self.state == "ceased":
            reason = self.env._("This lodging is not let any more.")
        elif self.state in IN_FORCE:
            reason = self.env._("Its declaration does not ask for the directory any more.")
        else:
            reason = self.env._("The declaration that asked for it is not in force any more.")
        entry = self.sheet_id._get_content()
        labels = [entry._fields[name]._description_string(self.env) for name in CONTACT]
        shown = [label for name, label in zip(CONTACT, labels, strict=True) if entry[name]]
        if not shown:
            return reason
        contact = self.env._(
            "Everybody reads there, until then: %(contact)s.", contact=", ".join(shown)
        )
        return f"{reason} {contact}"

    def _drop_removal(self):
        """She asks for it again: what the platform had begun is given up, sent or not."""
        if self.removal_id.state in {*EDITABLE, *PENDING}:
            self.removal_id._give_up()
        self.removal_id = False

    # ------------------------------------------------------------
    # The town hall
    # ------------------------------------------------------------

    def action_open_sheet(self):
        """Where it is completed and sent; once accepted, its page of the directory."""
        self._check_town_hall()
        sheet_sudo = self.sudo().sheet_id
        if not self.sheet_step:
            raise UserError(self.env._("This lodging has no sheet."))
        if not sheet_sudo.version and not sheet_sudo._is_contributor(self.env.user):
            raise UserError(
                self.env._("%(hall)s completes this sheet.", hall=sheet_sudo.service_id.name)
            )
        url = f"/my/contributions/{sheet_sudo.id}"
        removal_sudo = self._find_removal()
        if removal_sudo:
            url = f"/my/contributions/{removal_sudo.id}"
        elif sheet_sudo.version:
            entry = sheet_sudo._get_content()
            url = f"/my/contributions/page/{entry._name}/{entry.id}"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    def _find_removal(self):
        """The removal that this town hall has to send, begun again if it was given up; in superuser
        mode."""
        self_sudo = self.sudo()
        sheet_sudo, removal_sudo = self_sudo.sheet_id, self_sudo.removal_id
        if self.sheet_step != "stale" or not sheet_sudo._is_contributor(self.env.user):
            return removal_sudo.browse()
        if removal_sudo.state not in EDITABLE:
            self_sudo._prepare_removal()
        return self_sudo.removal_id.filtered(lambda each: each.state in EDITABLE)
