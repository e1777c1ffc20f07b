import base64
import binascii
import re
import unicodedata

import phonenumbers

from odoo import SUPERUSER_ID
from odoo.tools import SQL, email_normalize
from odoo.tools.sql import escape_psql

PHONE_LENGTH = 40
BLANKS = re.compile(r"[ \t\r\n]+")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


SAINTS = {"st": "saint", "ste": "sainte"}


def normalize(text):
    """Lower case, without accent nor punctuation: what two ways of writing a name share."""
    text = unicodedata.normalize("NFKD", (text or "").casefold().translate(LIGATURES))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", text))


def make_normalized_sql(env, text):
    """What `normalize` gives, without its blanks, in the database: two texts that are one for it
    are one here; a few more are, so what is found is compared again.

    :param text: SQL
    """
    plain = env.registry.unaccent(SQL("lower(%s)", text))
    return SQL("regexp_replace(%s, '[^a-z0-9]+', '', 'g')", plain)


def remake_mail_template(cr, xml_id):
    """For a migration that comes before the data: a mail whose words we change is made again from
    them, unless somebody has changed its words since; it is `noupdate`."""
    module, name = xml_id.split(".")
    cr.execute(
        """
        DELETE FROM mail_template template
         USING ir_model_data known
         WHERE known.module = %s
           AND known.name = %s
           AND known.model = 'mail.template'
           AND template.id = known.res_id
           AND template.write_uid = %s
     RETURNING known.id
        """,
        [module, name, SUPERUSER_ID],
    )
    if deleted := [row[0] for row in cr.fetchall()]:
        cr.execute("DELETE FROM ir_model_data WHERE id = ANY(%s)", [deleted])


def decode_file(value):
    """The bytes of a file that a field or a browser sends; nothing where they are not readable."""
    try:
        return base64.b64decode(value or b"", validate=True)
    except binascii.Error:
        return b""


def put_on_one_line(text):
    """A space that does not break, which French puts before « : », stays: `split` would lose it."""
    return BLANKS.sub(" ", text).strip()


def place_key(text):
    """What several ways of writing one commune share: “00000 St-André” = “Saint André”."""
    words = (word for word in normalize(text).split() if not word.isdigit())
    return " ".join(SAINTS.get(word, word) for word in words)


def normalize_address(address):
    """One mailbox, one address: without what many add before the sign."""
    found = email_normalize(address or "") or ""
    name, sign, domain = found.partition("@")
    return f"{name.partition('+')[0]}{sign}{domain}"


def mailbox_domain(name, address):
    """Finds all rows of a mailbox, however it is written there, and a few more: who searches keeps
    those whose `normalize_address` is the same.

    :param name: of the field
    """
    local, _sign, host = normalize_address(address).partition("@")
    if not local:
        return [(name, "in", [])]
    # "_" is a letter of an address here, not any letter.
    return [(name, "=ilike", f"{escape_psql(local)}%@{escape_psql(host)}")]


def is_phone(text):
    """Whether this is a whole number that can be called, of France unless it says another country.

    The same rule as a form's (`procedure_form/engine/parsing.py`, which knows no Odoo): a digit
    too few or too many of a French number is wrong, even where some number has that many.
    """
    digits = re.sub(r"[\s.-]", "", text)
    if len(text) > PHONE_LENGTH or re.fullmatch(r"0[1-9][0-9]{7}(?:[0-9]{2})?", digits):
        return False
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number) and not number.extension


def format_phone(text):
    """A stored number as it is read in France; a number that cannot be read is left as it is."""
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return text
    style = phonenumbers.PhoneNumberFormat
    national = number.country_code == 33
    shown = phonenumbers.format_number(number, style.NATIONAL if national else style.INTERNATIONAL)
    return shown.replace(" ", "\xa0")
