from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.territory_base.locks import lock_or_replay

OWNERS = ("company", "association", "contributor")
DECIDERS = ("communication", "manager")
MESSAGE_MAX = 2000
STATES = [
    ("asked", "To confirm"),
    ("accepted", "Confirmed"),
    ("refused", "Refused"),
    ("withdrawn", "Taken back"),
]
# What an agent types; the rest is written by the methods.
TYPED = {"answer"}


class DirectoryClaim(models.Model):
    """An organisation asks to keep a sheet that nobody keeps; an agent decides."""

    _name = "directory.claim"
    _description = "Request to keep a sheet of the directory"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"

    entry_id = fields.Many2one(
        "directory.entry", "Sheet", required=True, readonly=True, index=True, ondelete="cascade"
    )
    organisation_id = fields.Many2one(
        "res.partner", "Who asks", required=True, readonly=True, index=True, ondelete="cascade"
    )
    # Readers of a claim are no readers of persons: the organisation is told by its name.
    organisation_name = fields.Char("Asked by", readonly=True)
    user_id = fields.Many2one("res.users", "Asked by this person", readonly=True, index=True)
    role = fields.Char("Role there", readonly=True)
    message = fields.Text("Her words", readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="asked", index=True)
    answer = fields.Text("Word to the person who asks", help="Told by mail. Needed to refuse.")
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, ondelete="set null")
    date_decided = fields.Datetime("Decided on", readonly=True)

    _open_uniq = models.UniqueIndex(
        "(entry_id, organisation_id) WHERE state = 'asked'",
        "This organisation has asked already to keep this sheet.",
    )

    @api.depends("entry_id", "organisation_name")
    def _compute_display_name(self):
        for claim in self:
            claim.display_name = f"{claim.entry_id.name}, {claim.organisation_name}"

    @api.model_create_multi
    def create(self, vals_list):
        # A second lock: the access list lets nobody create one.
        if not self.env.su:
            raise AccessError(self.env._("It is asked from the page of the sheet."))
        return super().create(vals_list)

    def write(self, vals):
        own = {name for name in vals if not name.startswith(("activity_", "message_"))}
        if not self.env.su and own - TYPED:
            raise AccessError(self.env._("It is decided by its buttons only."))
        if own and not self.env.su and any(claim.state != "asked" for claim in self):
            raise UserError(self.env._("Somebody has already answered it."))
        return super().write(vals)

    # ------------------------------------------------------------
    # Asked, taken back
    # ------------------------------------------------------------

    @api.model
    def _ask(self, entry, organisation, message=""):
        """By somebody who acts for this organisation today; asked twice, it is the same.

        :raise AccessError: she does not act for it; :raise UserError: somebody keeps the sheet
        """
        user = self.env.user
        organisation_sudo = organisation.sudo()
        mine = organisation & user._get_organisations()
        if not mine or organisation_sudo.kind not in OWNERS:
            raise AccessError(self.env._("You do not act for this organisation."))
        entry_sudo = entry.sudo()
        lock_or_replay(entry_sudo)
        entry_sudo._check_claimable()
        known_sudo = self._find_open(entry_sudo, organisation_sudo)
        if known_sudo:
            return known_sudo
        delegate_sudo = self.env["partner.delegate"].sudo()
        delegate_sudo = delegate_sudo.search(
            [
                ("organisation_id", "=", organisation_sudo.id),
                ("person_id", "=", user.partner_id.id),
                ("state", "=", "active"),
            ],
            limit=1,
        )
        claim_sudo = self.sudo().with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        claim_sudo = claim_sudo.create(
            {
                "entry_id": entry_sudo.id,
                "organisation_id": organisation_sudo.id,
                "organisation_name": organisation_sudo.name,
                "user_id": user.id,
                "role": delegate_sudo.role,
                "message": (message or "").strip()[:MESSAGE_MAX],
            }
        )
        claim_sudo._tell_deciders()
        return claim_sudo

    @api.model
    def _find_open(self, entry, organisations):
        """What these organisations have asked of this sheet, in superuser mode."""
        return self._list_open(organisations).filtered(lambda claim: claim.entry_id in entry)

    @api.model
    def _list_open(self, organisations):
        """What these organisations have asked and nobody has answered, in superuser mode."""
        return self.sudo().search(
            [("organisation_id", "in", organisations.ids), ("state", "=", "asked")]
        )

    def _withdraw(self):
        """By anybody who acts for the organisation today."""
        self.ensure_one()
        claim_sudo = self.sudo()
        if claim_sudo.organisation_id not in self.env.user._get_organisations():
            raise AccessError(self.env._("You do not act for this organisation."))
        claim_sudo._end("withdrawn")

    # ------------------------------------------------------------
    # Decided
    # ------------------------------------------------------------

    def action_accept(self):
        """From now on its delegates propose changes of the sheet."""
        for claim in self:
            claim._check_decider()
            claim_sudo = claim.sudo()
            lock_or_replay(claim_sudo.entry_id)
            claim_sudo.entry_id._check_claimable()
            claim_sudo._end("accepted")
            claim_sudo.entry_id.owner_id = claim_sudo.organisation_id
            claim_sudo._tell_asker("website_directory_claim.mail_accepted")

    def action_refuse(self):
        for claim in self:
            claim._check_decider()
            claim_sudo = claim.sudo()
            if not (claim_sudo.answer or "").strip():
                raise UserError(
                    self.env._("Write to the person who asks: why, and what she can do instead.")
                )
            claim_sudo._end("refused")
            claim_sudo._tell_asker("website_directory_claim.mail_refused")

    def _decide(self, is_accepted, answer=""):
        """On its page: what the buttons of the desk do, with a word."""
        self._check_decider()
        self.answer = (answer or "").strip()[:MESSAGE_MAX]
        if is_accepted:
            self.action_accept()
        else:
            self.action_refuse()

    @api.model
    def _list_to_decide(self):
        """What waits for this person; nothing for whoever decides none."""
        if not self._is_decider(self.env.user):
            return self.browse()
        mine = self.env.user._get_organisations()
        return self.search([("state", "=", "asked"), ("organisation_id", "not in", mine.ids)])

    @api.model
    def _is_decider(self, user):
        return any(user.has_group(f"territory_base.territory_group_{name}") for name in DECIDERS)

    def _check_decider(self):
        """Communication or the manager, who does not act for the organisation herself."""
        self.ensure_one()
        if not self._is_decider(self.env.user) or self.sudo().organisation_id._is_own():
            raise AccessError(
                self.env._("Somebody else decides who keeps a sheet: communication, or a manager.")
            )

    def _end(self, state):
        """In superuser mode. Two people press at once: the second one meets what the first did."""
        lock_or_replay(self)
        self.invalidate_recordset()
        if self.state != "asked":
            raise UserError(self.env._("Somebody has already answered it."))
        self.write({"state": state})
        if state != "withdrawn":
            self.write({"decided_by_id": self.env.uid, "date_decided": fields.Datetime.now()})
        self.activity_ids.unlink()

    # ------------------------------------------------------------
    # Told
    # ------------------------------------------------------------

    def _get_deciders(self):
        """Communication; where nobody has it, the managers."""
        for name in DECIDERS:
            group_sudo = self.env.ref(f"territory_base.territory_group_{name}").sudo()
            users_sudo = group_sudo.all_user_ids.filtered(
                lambda user: user.active and not user.share
            )
            users_sudo = users_sudo.filtered(
                lambda user: self.organisation_id not in user._get_organisations()
            )
            if users_sudo:
                return users_sudo
        return self.env["res.users"]

    def _tell_deciders(self):
        for user in self._get_deciders():
            self._send("website_directory_claim.mail_asked", user)
            # The mail above tells it.
            self.with_context(mail_activity_quick_update=True).activity_schedule(
                "website_directory_claim.mail_activity_confirm", user_id=user.id
            )

    def _tell_asker(self, template):
        if self.user_id.active:
            self._send(template, self.user_id)

    def _send(self, template, user):
        self.env.ref(template)._send_to(self, user.email_formatted, user.lang)

    def _get_desk_url(self):
        """Where it is decided, on a phone too."""
        return f"{self.get_base_url()}/my/fiches-demandees/{self.id}"

    def _get_sheet_url(self):
        return f"{self.get_base_url()}{self.sudo().entry_id._get_content_url()}"

    def _get_contributions_url(self):
        return f"{self.get_base_url()}/my/contributions"
