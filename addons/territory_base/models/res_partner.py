from odoo import SUPERUSER_ID, Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize


class ResPartner(models.Model):
    _inherit = "res.partner"

    kind = fields.Selection(
        [
            ("person", "Person"),
            ("household", "Household"),
            ("company", "Company"),
            ("association", "Association"),
            ("contributor", "Other contributor"),
        ],
        index=True,
        copy=False,
        help="Empty: a technical contact, such as a service or a member of the staff.",
    )
    # Who handles a sheet is the staff's business: a child's would tell one parent of the other.
    create_uid = fields.Many2one(groups="base.group_user")
    write_uid = fields.Many2one(groups="base.group_user")
    # Core searches in accounts without their rules: who reads a person could guess, letter by
    # letter, her login or the day she last came.
    user_ids = fields.One2many(bypass_search_access=False)
    birthdate = fields.Date()
    commune_id = fields.Many2one("territory.commune", index=True, ondelete="restrict")
    reader_service_ids = fields.Many2many(
        "territory.service",
        "res_partner_reader_service_rel",
        "partner_id",
        "service_id",
        string="Services that may read",
        readonly=True,
        copy=False,
        groups="territory_base.territory_group_manager,base.group_system",
    )

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Core shows the name of a many2one's record in superuser mode, whoever reads it.

        So a name also says nothing in superuser mode on behalf of a user who may not read the
        person. Code that acts in superuser mode and needs the name reads `name`.
        """
        result = super()._compute_display_name()
        if self.env.su:
            for partner in self._hidden_from_user():
                partner.display_name = self.env._("Not shown")
        return result

    def write(self, vals):
        """Without a kind, the whole staff would read the person as a technical contact."""
        if "kind" in vals and not vals["kind"] and any(self.sudo().mapped("kind")):
            raise ValidationError(
                self.env._("Choose another kind: a person or an organisation always has one.")
            )
        if set(vals) == {"function"} and self._is_title_kept_by_user():
            # Core wants the right to write accounts: the manager has none.
            self.check_access("write")
            agents_sudo = self.sudo()
            return super(ResPartner, agents_sudo).write(vals)
        return super().write(vals)

    def _is_title_kept_by_user(self):
        """The title that signs decisions (CRPA L212-1): the manager gives it to the agents."""
        users_sudo = self.sudo().user_ids
        return self.env.user.has_group("territory_base.territory_group_manager") and not any(
            users_sudo.mapped("share")
        )

    def _hidden_from_user(self):
        """Persons and organisations that the user could not read without superuser mode."""
        if self.env.uid == SUPERUSER_ID:
            return self.browse()
        persons_sudo = self.sudo().filtered("kind")
        return persons_sudo - persons_sudo.sudo(False)._filtered_access("read").sudo()

    @api.model
    def _find_or_create_from_emails(self, emails, additional_values=None, **kwargs):
        """Who writes from outside is not a technical contact, read by the whole staff."""
        values = {
            key: {"kind": "contributor"}
            for email in emails
            for key in (email_normalize(email), email)
        }
        for key, extra in (additional_values or {}).items():
            values[key] = values.get(key, {}) | extra
        return super()._find_or_create_from_emails(emails, additional_values=values, **kwargs)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """What is written on a person's sheet is for the staff, even when the sheet is readable."""
        if self.env.user.share:
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    def _get_reader_services(self):
        """Services entitled to the identity and contacts of each partner: extended by addons.

        :return: dict partner id -> territory.service
        """
        return dict.fromkeys(self.ids, self.env["territory.service"])

    def _refresh_reader_services(self):
        """To be called by whoever changes what `_get_reader_services` reads."""
        readers_sudo = self.sudo()._get_reader_services()
        for partner_sudo in self.sudo():
            if partner_sudo.reader_service_ids != readers_sudo[partner_sudo.id]:
                # Not by `write`: its date would tell one parent when the other asks something.
                self._fields["reader_service_ids"].write(
                    partner_sudo, [Command.set(readers_sudo[partner_sudo.id].ids)]
                )
                partner_sudo.modified(["reader_service_ids"])
