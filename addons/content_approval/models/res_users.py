from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize


class ResUsers(models.Model):
    _inherit = "res.users"

    content_absence_ids = fields.One2many("content.absence", "user_id", groups="base.group_user")

    def _get_organisations(self):
        """Those for whom this person acts today, in superuser mode."""
        self.ensure_one()
        Delegate_sudo = self.env["partner.delegate"].sudo()
        domain = Delegate_sudo._active_domain() & Domain("person_id", "=", self.partner_id.id)
        return Delegate_sudo.search(domain).organisation_id.filtered("active")

    def _get_town_halls(self):
        """The town halls for which this person works, in superuser mode."""
        self.ensure_one()
        services_sudo = self.sudo().territory_service_ids
        return services_sudo.filtered(lambda service: service.kind == "town_hall")

    def _filter_foreign_to(self, revision):
        """Those who may be the second pair of eyes of this revision.

        Not who wrote any of it, nor another account of the same person, nor whoever belongs to the
        organisation or to the town hall in whose name it was written.
        """
        revision_sudo = revision.sudo()
        authors_sudo = revision_sudo.author_id | revision_sudo.editor_ids
        partners = authors_sudo.partner_id
        emails = {email_normalize(each.email or "") for each in authors_sudo} - {False, ""}
        organisations = revision_sudo.organisation_id
        town_halls = revision_sudo.service_id
        return self.filtered(
            lambda user: (
                user.sudo().partner_id not in partners
                and email_normalize(user.sudo().email or "") not in emails
                and not (user._get_organisations() & organisations)
                and not (user._get_town_halls() & town_halls)
            )
        )

    def _is_content_staff(self):
        """The staff of the intercommunality proposes changes of every content."""
        self.ensure_one()
        return any(
            self.has_group(f"territory_base.territory_group_{name}")
            for name in ("agent", "communication", "manager")
        )
