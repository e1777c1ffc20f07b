"""Look for what a harmless PDF does not have. Run as a program, PDF on standard input.

A process of its own, because reading a hostile PDF may take any memory or time: the system
stops it, and the server goes on. Prints {"pages": n} or {"refused": reason}.
"""

import io
import json
import logging
import re
import resource
import sys

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

MAX_MEMORY = 768 * 1024 * 1024
MAX_SECONDS = 10

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


def inspect(content):
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            return {"refused": "encrypted"}
        if RAW.search(content):
            reason = "attached" if b"/EmbeddedFile" in content else "active"
            return {"refused": reason}
        reason = _find_risk(reader.trailer)
        if reason:
            return {"refused": reason}
        pages = len(reader.pages)
    except Exception:
        return {"refused": "broken"}
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


def main():
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    logging.disable()
    json.dump(inspect(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
