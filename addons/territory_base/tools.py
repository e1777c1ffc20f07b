import re
import unicodedata

BLANKS = re.compile(r"[ \t\r\n]+")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


SAINTS = {"st": "saint", "ste": "sainte"}


def normalize(text):
    """Lower case, without accent nor punctuation: what two ways of writing a name share."""
    text = unicodedata.normalize("NFKD", (text or "").casefold().translate(LIGATURES))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", text))


def put_on_one_line(text):
    """A space that does not break, which French puts before « : », stays: `split` would lose it."""
    return BLANKS.sub(" ", text).strip()


def place_key(text):
    """What several ways of writing one commune share: “00000 St-André” = “Saint André”."""
    words = (word for word in normalize(text).split() if not word.isdigit())
    return " ".join(SAINTS.get(word, word) for word in words)
