import re
import unicodedata

# Bytes, not characters: file systems and archives allow 255 bytes for a name.
MAX_BYTES = 120


def clean_filename(name, extension, default="document"):
    """Return a name that is safe to show, store, download and put in an archive.

    Only the last part of a path is kept, without control or direction characters, and the
    extension becomes that of the real content: `facture.exe` holding a photo is `facture.jpg`.
    """
    stem = unicodedata.normalize("NFC", name or "")
    stem = re.split(r"[\\/]", stem)[-1]
    stem = re.sub(r"\.[A-Za-z][A-Za-z0-9]{0,4}\s*$", "", stem)
    stem = re.sub(r'[<>:"|?*]', "_", stem)
    # Category C: control, direction (U+202E hides an extension), surrogate, unassigned.
    stem = "".join(
        char for char in stem if char.isspace() or not unicodedata.category(char).startswith("C")
    )
    stem = unicodedata.normalize("NFC", " ".join(stem.split()))
    room = MAX_BYTES - len(extension) - 1
    stem = stem.encode()[:room].decode(errors="ignore").strip(" .")
    return f"{stem or default}.{extension}"
