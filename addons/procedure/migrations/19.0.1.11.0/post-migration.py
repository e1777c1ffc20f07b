from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The mails of silence are those of `procedure_silence`: these two left with no one."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in ("mail_implicit_accepted", "mail_implicit_refused"):
        template = env.ref(f"procedure.{name}", raise_if_not_found=False)
        if template:
            template.unlink()
