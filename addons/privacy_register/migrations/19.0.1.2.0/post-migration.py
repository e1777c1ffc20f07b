from odoo import SUPERUSER_ID, api

WRITTEN = {
    "transfers": "None.",
    "rights_contact": "Write to the data protection officer, or to the controller, by letter or "
    "e-mail. The answer comes within one month.",
}


def migrate(cr, version):
    """What was filled in before is in English, on public pages: said in the office's language.
    What somebody wrote stays."""
    entries = api.Environment(cr, SUPERUSER_ID, {"active_test": False})["privacy.processing"]
    for name, english in WRITTEN.items():
        said = getattr(entries, f"_get_default_{name}")()
        entries.search([(name, "=", english)]).write({name: said})
