"""What a database made before still names as core does is named in French, as in a new one."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for xmlid, before, after in (
        ("mail.channel_all_employees", "general", "Toute l’équipe"),
        ("base.partner_admin", "Administrator", "Administration technique"),
    ):
        record = env.ref(xmlid, raise_if_not_found=False)
        if record and record.name == before:
            record.name = after
    for xmlid, name in (
        ("base.menu_management", "Modules"),
        ("base.menu_apps", "Modules"),
        ("mail.selection__res_users__notification_type__inbox", "À l’écran"),
    ):
        env.ref(xmlid).update_field_translations("name", {"fr_FR": name})
