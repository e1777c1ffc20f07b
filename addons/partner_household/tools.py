import re
import unicodedata

from odoo.addons.territory_base.tools import normalize

# Ways of writing a street, on envelopes and in files. "st" is a saint, never a street.
ABBREVIATIONS = {
    "r": "rue",
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "boul": "boulevard",
    "bvd": "boulevard",
    "pl": "place",
    "ch": "chemin",
    "che": "chemin",
    "chem": "chemin",
    "imp": "impasse",
    "rte": "route",
    "all": "allee",
    "sq": "square",
    "qu": "quai",
    "lot": "lotissement",
    "res": "residence",
    "fg": "faubourg",
    "fbg": "faubourg",
    "st": "saint",
    "ste": "sainte",
    "bat": "batiment",
    "app": "appartement",
    "appt": "appartement",
    "apt": "appartement",
    "dr": "docteur",
    "gal": "general",
    "mal": "marechal",
}
# In a name: letters of any language, and what joins them.
NAME_SIGNS = set(" -'’.")
# In the name of an organisation, besides: figures and usual signs.
ORGANISATION_SIGNS = NAME_SIGNS | set('&,()/+°"«»:!')
ADDRESS_SIGNS = NAME_SIGNS | set(",/()°")
# A number and its street, as an address begins.
NUMBER = re.compile(r"\s*(\d{1,5})\s*(?:bis|ter|quater|[a-z])?(?=[\s,])[\s,]*(.+)", re.IGNORECASE)
LINK = re.compile(r"https?\b|://|\bwww\.|\.(?:com|fr|net|org|ru|info|biz)\b", re.IGNORECASE)


def address_key(*parts):
    """What several ways of writing one address share: “3, r. de l'Église” = “3 RUE DE L EGLISE”."""
    text = normalize(" ".join(part for part in parts if part))
    words = re.findall(r"\d+|[^\W\d]+", text)
    return " ".join(ABBREVIATIONS.get(word, word) for word in words)


def identity_key(lastname, firstname, birthdate):
    """Two sheets with the same key may be one person: told to entitled agents only."""
    if not (lastname and firstname and birthdate):
        return False
    return f"{normalize(lastname)}|{normalize(firstname)}|{birthdate}"


def is_plain(text, signs, digits=False):
    """Whether a text typed by a visitor is made of letters and of these signs, without link."""
    return not LINK.search(text) and all(
        char in signs or unicodedata.category(char)[0] in ("LMN" if digits else "LM")
        for char in text
    )


def split_address(text):
    """(number or 0, key of the street): “12 bis, r. du Moulin” -> (12, "rue du moulin")."""
    found = NUMBER.fullmatch(text or "")
    if not found:
        return 0, address_key(text or "")
    return int(found[1]), address_key(found[2])


def is_served(number, side, first, last):
    """Whether this number is on this side, between these two; unknown (0): it may be."""
    if not number:
        return True
    if side != "all" and number % 2 != (side == "odd"):
        return False
    return (first or 0) <= number and (not last or number <= last)
