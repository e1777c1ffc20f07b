"""Sheets are found by the index of the whole site: theirs goes."""


def migrate(cr, version):
    if not version:
        return
    cr.execute("ALTER TABLE directory_entry DROP COLUMN IF EXISTS search_vector")
