from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The officer named on the site becomes the one of the notices; entries are looked at again
    with the items of art. 30."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    cr.execute(
        "SELECT 1 FROM information_schema.columns"
        " WHERE table_name = 'website' AND column_name = 'territory_dpo'"
    )
    if cr.fetchone():
        cr.execute("""
            SELECT company_id, territory_dpo FROM website
             WHERE territory_dpo IS NOT NULL ORDER BY id DESC
        """)
        for company_id, contact in cr.fetchall():
            company = env["res.company"].browse(company_id)
            company.dpo_contact = company.dpo_contact or contact
    entries = env["privacy.processing"].search([])
    env.add_to_compute(entries._fields["is_complete"], entries)
