"""The form engine: definitions and raw values in, typed answers or errors out. No ORM here.

A definition is a list of `Field` in the order of the form; the fields of a repeated block are in
its `rows`. A typed answer is JSON:

=================  ==========================================================
char, text         str
integer            int
decimal            str, "12.5": exact, without useless zeros
amount             str, "12.50": exact, in euros
time               "HH:MM"
computed           int, or float of its decimals; never read from what was typed
date               "YYYY-MM-DD"
boolean            bool
selection          the option's value; a free choice is {"value", "words"}
multi_selection    list of these, in the order of the form
email              str, domain in small letters
phone              E.164
iban, siret, rna   str, capitals and digits, without spaces
address            {"street", "street2", "zip", "insee", "commune"}
commune            {"insee", "label"}
school             {"id", "label"}, as any one record; several are a list of them
weekly_grid        {row value: list of days}, 1 is Monday; a row without day is absent
block              list of {key: typed answer}, one for each row that holds something
consent            {"given": true, "on": "YYYY-MM-DD", "text_hash"}
=================  ==========================================================

A question without answer is absent. Files are documents, not answers: only their number counts.

Raw values are str or list of str by input name: ``key``; ``key.street``, ``key.street2``,
``key.zip`` and ``key.commune`` for an address (or one dict); ``key.<row>`` for each row of a grid;
``key.<value>`` for the words of a free choice;
``key.<n>.<input name of the child>`` for each row of a block. Problems are under the field's key,
or ``key.<n>.<child key>`` in a block.
"""

from .answers import (
    find_exit,
    find_missing,
    settle,
    to_raw,
    unconditional,
    validate,
    validate_alone,
    without_account,
)
from .checks import check_definition
from .conditions import visible_keys
from .definition import (
    ADDRESS_PARTS,
    FALSE_VALUES,
    ROWS_DEFAULT,
    ROWS_MAX,
    TRUE_VALUES,
    Condition,
    Field,
    Problem,
    Refused,
)
from .formula import check_formula
from .parsing import find_wrong_part, parse_email, parse_phone
