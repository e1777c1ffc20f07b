import io
import zlib

import pypdf
from PIL import Image
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from odoo.tests import TransactionCase

from ..exceptions import TooManyRequests


class GuardCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guard = cls.env["public.guard"]


def is_let_in(call):
    try:
        call()
    except TooManyRequests:
        return False
    return True


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


def make_packed_pdf(padding):
    """A PDF of one page whose objects are in a compressed stream, followed by anything."""
    objects = {
        2: b"<</Type/Catalog/Pages 3 0 R>>",
        3: b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
        4: b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>",
    }
    index, body = b"", b""
    for number, content in objects.items():
        index += b"%d %d " % (number, len(body))
        body += content + b" "
    packer = zlib.compressobj()
    packed = packer.compress(index + body)
    for _chunk in range(padding >> 24):
        packed += packer.compress(b"x" * (1 << 24))
    packed += packer.flush()
    pdf = b"%PDF-1.5\n"
    start = len(pdf)
    pdf += b"1 0 obj\n<</Type/ObjStm/N 3/First %d/Filter/FlateDecode/Length %d>>\nstream\n" % (
        len(index),
        len(packed),
    )
    pdf += packed + b"\nendstream\nendobj\n"
    rows = [(0, 0, 0), (1, start, 0), (2, 1, 0), (2, 1, 1), (2, 1, 2), (1, len(pdf), 0)]
    table = b"".join(
        kind.to_bytes(1) + place.to_bytes(4) + rank.to_bytes(1) for kind, place, rank in rows
    )
    startxref = len(pdf)
    pdf += b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 1]/Root 2 0 R/Length %d>>\nstream\n" % len(table)
    return pdf + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % startxref
