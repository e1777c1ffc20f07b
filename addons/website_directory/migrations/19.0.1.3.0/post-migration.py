"""The categories that are known already get the lines of their sheets, and nothing else."""

from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import file_open


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    with file_open("website_directory/data/directory_category_data.xml", "rb") as source:
        records = etree.parse(source).iter("record")
    for record in records:
        lines = record.findtext("field[@name='lines']")
        category = env.ref(f"website_directory.{record.get('id')}", raise_if_not_found=False)
        if lines and category and not category.lines:
            category.lines = lines
