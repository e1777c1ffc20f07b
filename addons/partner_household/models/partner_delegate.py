from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


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

    def action_accept(self):
        self._check_decider()
        self._check_state("asked")
        self.sudo()._activate(self.env.user)
        self.sudo()._tell_person()

    def _activate(self, user):
        """In superuser mode, after a check of the person who accepts."""
        today = fields.Date.context_today(self)
        self.write({"state": "active", "accepted_by_id": user.id, "date_start": today})

    def action_refuse(self):
        self._check_decider()
        self._check_state("asked")
        self.sudo().write({"state": "refused"})
        self.sudo()._tell_person()

    def _tell_person(self):
        """She is told what was decided of her; in superuser mode."""
        template = self.env.ref("partner_household.mail_delegation_decided")
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
        today = fields.Date.context_today(self)
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
        manager = user.has_group("territory_base.territory_group_manager")
        services_sudo = user.sudo().territory_service_ids
        if not user.has_groups(
            "territory_base.territory_group_agent,territory_base.territory_group_secretary"
        ):
            services_sudo = services_sudo.browse()
        for delegate_sudo in self.sudo():
            readers_sudo = (
                delegate_sudo.organisation_id.reader_service_ids
                | delegate_sudo.person_id.reader_service_ids
            )
            allowed = (
                manager
                or services_sudo & readers_sudo
                or user.partner_id in delegate_sudo.organisation_id._get_current_delegates()
            )
            if delegate_sudo.person_id == user.partner_id or not allowed:
                raise AccessError(
                    self.env._(
                        "Only an agent or a present delegate of this organisation may decide."
                    )
                )

    def _check_state(self, *states):
        if any(delegate_sudo.state not in states for delegate_sudo in self.sudo()):
            raise UserError(self.env._("This request is no longer in the state that you saw."))
