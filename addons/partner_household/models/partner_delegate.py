from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from odoo.addons.territory_base import clock
from odoo.addons.territory_base.tools import normalize

# How the roles of those who commit an organisation begin, in French, without accents.
OFFICERS = ("presid", "copresid", "vicepresid", "tresor", "secretaire", "gerant", "cogerant")


class PartnerDelegate(models.Model):
    """Who may act for an organisation: written by the checked methods only."""

    _name = "partner.delegate"
    _description = "Delegate of an organisation"
    _inherit = ["period.mixin"]
    _order = "organisation_name, id"

    organisation_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "in", ("company", "association", "contributor"))],
        groups="base.group_user",
        help="Not told to the person who asks: it would say whether the number was known.",
    )
    organisation_name = fields.Char(
        compute="_compute_organisation_name",
        store=True,
        readonly=False,
        precompute=True,
        help="As the person who asks wrote it.",
    )
    person_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "=", "person")],
    )
    role = fields.Char(help="President, treasurer, manager…")
    state = fields.Selection(
        [("asked", "Asked"), ("active", "Active"), ("refused", "Refused"), ("ended", "Ended")],
        required=True,
        default="asked",
        readonly=True,
        copy=False,
    )
    accepted_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _live_uniq = models.UniqueIndex(
        "(organisation_id, person_id) WHERE state IN ('asked', 'active')",
        "This person already asked to act for this organisation.",
    )

    @api.depends("organisation_id")
    def _compute_organisation_name(self):
        for delegate in self:
            delegate.organisation_name = delegate.organisation_name or delegate.organisation_id.name

    @api.depends("person_id.name", "organisation_name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """Who may read the line decides on it, or asked for it: she reads who asks."""
        readable = self.sudo(False)._filtered_access("read").sudo(self.env.su)
        (self - readable).display_name = self.env._("Not shown")
        for delegate in readable:
            person_sudo = delegate.sudo().person_id
            delegate.display_name = f"{person_sudo.name} → {delegate.organisation_name}"

    @api.model
    def _active_domain(self):
        return self._current_domain() & Domain("state", "=", "active")

    @api.model
    def _find_acting(self, organisation, name, email=""):
        """Who acts for it today, as somebody names her: a mailbox that several read is not enough.
        None when two could be meant. In superuser mode.

        :return: her delegation, or none: somebody who does not act yet
        """
        acting = self.search(
            self._active_domain() & Domain("organisation_id", "=", organisation.id)
        )
        words, address = sorted(normalize(name or "").split()), email_normalize(email or "")
        if not words and not address:
            return self.browse()
        if address:
            acting = acting.filtered(
                lambda each: email_normalize(each.person_id.email or "") == address
            )
        found = acting.filtered(
            lambda each: not words or sorted(normalize(each.person_id.name).split()) == words
        )
        if not found and address:
            # Married since, or a letter too many: the address tells the rest.
            found = acting.filtered(
                lambda each: set(normalize(each.person_id.firstname or "-").split()) <= set(words)
            )
        return found if len(found) == 1 else self.browse()

    @api.model
    def _ask(self, organisation, person, name=None, role=None):
        """To be called in superuser mode, after a check of the person who asks."""
        known = self.search(
            [
                ("organisation_id", "=", organisation.id),
                ("person_id", "=", person.id),
                ("state", "in", ("asked", "active")),
            ]
        )
        return known or self.create(
            {
                "organisation_id": organisation.id,
                "person_id": person.id,
                "organisation_name": name or organisation.name,
                "role": role,
                "date_start": False,
            }
        )

    @api.model
    def _may_name(self, organisation, role):
        """Whether this user, who acts for it, may give somebody this role there: an officer, who
        signs for the organisation, is named by another one. In superuser mode."""
        if not is_officer(role):
            return True
        mine = Domain("person_id", "=", self.env.user.partner_id.id)
        acting = self.search(
            self._active_domain() & mine & Domain("organisation_id", "=", organisation.id)
        )
        return any(is_officer(each.role) for each in acting)

    def action_accept(self):
        self._check_decider()
        self._check_state("asked")
        for delegate_sudo in self.sudo():
            if not delegate_sudo._is_staff_decision() and not delegate_sudo._may_name(
                delegate_sudo.organisation_id, delegate_sudo.role
            ):
                raise UserError(
                    self.env._("An officer is accepted by another one, or by the service: call us.")
                )
        self.sudo()._activate(self.env.user)
        self.sudo()._tell_person()

    def _activate(self, user):
        """In superuser mode, after a check of the person who accepts."""
        today = clock.today()
        self.write({"state": "active", "accepted_by_id": user.id, "date_start": today})

    def action_refuse(self):
        self._check_decider()
        self._check_state("asked")
        self.sudo().write({"state": "refused"})
        self.sudo()._tell_person()

    def _change_role(self, role, asked_by):
        """What she does there from now on. In superuser mode, once it is checked who decides.

        :param asked_by: the person who asked for it, and hears of it otherwise
        """
        self.write({"role": role})
        told = self.filtered(lambda each: each.person_id != asked_by)
        told._tell_person("partner_household.mail_role_changed")

    def _tell_person(self, template="partner_household.mail_delegation_decided"):
        """She is told what was decided of her; in superuser mode."""
        template = self.env.ref(template)
        for delegate in self:
            person = delegate.person_id
            if person.active and person.email:
                template._send_to(delegate, person.email_formatted, person.lang)

    def _get_url(self):
        is_active = self.state == "active"
        path = f"/my/organisme/{self.organisation_id.id}" if is_active else "/my/foyer"
        return f"{self.get_base_url()}{path}"

    def action_end(self):
        self.filtered(
            lambda delegate: delegate.sudo().person_id != self.env.user.partner_id
        )._check_decider()
        self._check_state("asked", "active")
        today = clock.today()
        for delegate_sudo in self.sudo():
            start = delegate_sudo.date_start
            delegate_sudo.write(
                {"state": "ended", "date_end": max(start, today) if start else today}
            )
        self.sudo()._on_ended()

    def _on_ended(self):
        """Hook: these persons act no longer, in the same transaction. In superuser mode.

        Somebody whom another ended is told; who leaves by herself knows.
        """
        me = self.env.user.partner_id
        # Of a request that nobody had accepted there is nothing to tell.
        acted = self.filtered("accepted_by_id")
        acted.filtered(lambda delegate: delegate.person_id != me)._tell_person()

    def _check_decider(self):
        """An agent who reads the organisation or the person, the manager, or a present delegate."""
        if self.env.su:
            return
        user = self.env.user
        for delegate_sudo in self.sudo():
            allowed = (
                delegate_sudo._is_staff_decision()
                or user.partner_id in delegate_sudo.organisation_id._get_current_delegates()
            )
            if delegate_sudo.person_id._is_own() or not allowed:
                raise AccessError(
                    self.env._(
                        "Only an agent or a present delegate of this organisation may decide."
                    )
                )

    def _is_staff_decision(self):
        """Whether this user decides on this line for a service, not as a delegate. In superuser
        mode, of a user whose rights are asked."""
        user = self.env.user
        if user._is_superuser() or user.has_group("territory_base.territory_group_manager"):
            return True
        if not user.has_groups(
            "territory_base.territory_group_agent,territory_base.territory_group_secretary"
        ):
            return False
        readers = self.organisation_id.reader_service_ids | self.person_id.reader_service_ids
        return bool(user.sudo().territory_service_ids & readers)

    def _check_state(self, *states):
        if any(delegate_sudo.state not in states for delegate_sudo in self.sudo()):
            raise UserError(self.env._("This request is no longer in the state that you saw."))


def is_officer(role):
    """Whether this role, in free words, is one of those who commit an organisation."""
    return any(word.startswith(OFFICERS) for word in normalize(role or "").split())
