import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


SAINTS = {"st": "saint", "ste": "sainte"}


def normalize(text):
    """Lower case, without accent nor punctuation: what two ways of writing a name share."""
    text = unicodedata.normalize("NFKD", (text or "").casefold().translate(LIGATURES))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", text))


def place_key(text):
    """What several ways of writing one commune share: “00000 St-André” = “Saint André”."""
    words = (word for word in normalize(text).split() if not word.isdigit())
    return " ".join(SAINTS.get(word, word) for word in words)
