import io

import pypdf
from PIL import Image
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from odoo.tests import TransactionCase


class GuardCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guard = cls.env["public.guard"]


def make_picture(file_format="JPEG", size=(60, 40), mode="RGB", color="green", **options):
    output = io.BytesIO()
    Image.new(mode, size, color).save(output, file_format, **options)
    return output.getvalue()


def make_pdf(pages=1, change=None):
    """A PDF of blank pages, changed by a function of its writer."""
    writer = pypdf.PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=200, height=200)
    if change:
        change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def set_action(writer, kind, **entries):
    """Make opening the document do something."""
    action = DictionaryObject({NameObject("/S"): NameObject(kind)})
    action.update({NameObject(f"/{key}"): value for key, value in entries.items()})
    writer.root_object[NameObject("/OpenAction")] = action


def set_form(writer):
    """Add a form whose questions are in XFA, which may run scripts."""
    parts = ArrayObject([TextStringObject("template"), TextStringObject("<template/>")])
    form = DictionaryObject({NameObject("/XFA"): parts, NameObject("/Fields"): ArrayObject()})
    writer.root_object[NameObject("/AcroForm")] = form
