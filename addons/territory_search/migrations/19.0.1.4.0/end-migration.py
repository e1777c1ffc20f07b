"""Words are heard and put in the singular otherwise: the index is written again, with all its
models, once they are loaded."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    cr.execute("DELETE FROM territory_search_word")
    api.Environment(cr, SUPERUSER_ID, {})["territory.search.document"]._rebuild()
