"""Look for what a harmless PDF does not have. A job of confined.py: reading a hostile PDF may take
any memory or time.
"""

import io
import re

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

ATTACHED = {"/EF", "/EmbeddedFile", "/EmbeddedFiles", "/GoToE"}
ACTIVE = {
    "/ImportData",
    "/JavaScript",
    "/JS",
    "/Launch",
    "/Movie",
    "/Rendition",
    "/RichMedia",
    "/Sound",
    "/SubmitForm",
    "/XFA",
}
# A second look at the bytes, for readers that find objects which pypdf does not. Short names
# are left out: they appear by chance in compressed data.
RAW = re.compile(rb"/(JavaScript|Launch|RichMedia|EmbeddedFiles?)\b")


def read(content):
    """Return ({"pages": n} or {"refused": reason}, no new file)."""
    try:
        return _inspect(content), b""
    except MemoryError:
        raise
    except Exception:
        return {"refused": "broken"}, b""


def _inspect(content):
    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        return {"refused": "encrypted"}
    if RAW.search(content):
        return {"refused": "attached" if b"/EmbeddedFile" in content else "active"}
    reason = _find_risk(reader.trailer)
    if reason:
        return {"refused": reason}
    pages = len(reader.pages)
    return {"pages": pages} if pages else {"refused": "broken"}


def _find_risk(root):
    seen, todo = set(), [root]
    while todo:
        item = todo.pop()
        if isinstance(item, IndirectObject):
            key = (item.idnum, item.generation)
            if key in seen:
                continue
            seen.add(key)
            item = item.get_object()
        if isinstance(item, DictionaryObject):
            kinds = (str(item[key]) for key in ("/S", "/Subtype", "/Type") if key in item)
            names = {*item, *kinds}
            if names & ATTACHED:
                return "attached"
            if names & ACTIVE:
                return "active"
            todo.extend(item.values())
        elif isinstance(item, ArrayObject):
            todo.extend(item)
    return None
