import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def normalize(text):
    """Lower case, without accent nor punctuation: what two ways of writing a name share."""
    text = unicodedata.normalize("NFKD", (text or "").casefold().translate(LIGATURES))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", text))
