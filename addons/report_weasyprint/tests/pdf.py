"""Reading a PDF as a screen reader does: its structure, then its text."""

import io
import re

import pypdf


def read(content):
    return pypdf.PdfReader(io.BytesIO(content))


def get_text(content):
    """The text on one line, without the numbers of the pages and the signs of the lists (they are
    drawn after the page)."""
    text = " ".join(page.extract_text() for page in read(content).pages)
    text = re.sub(r"Page \d+ / \d+|•", " ", text)
    return re.sub(r"[\s\xa0]+", " ", text).strip()


def get_tags(content):
    """List of (tag, dictionary), in the order of reading."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict) and "/S" in node:
            found.append((node["/S"], node))
            if "/K" in node:
                walk(node["/K"])

    walk(read(content).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def get_links(content):
    """Addresses of the links, page after page."""
    return [
        annotation.get_object()["/A"]["/URI"]
        for page in read(content).pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation.get_object()
    ]
