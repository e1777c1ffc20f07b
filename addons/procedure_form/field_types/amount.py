import re
from decimal import Decimal

from odoo.tools import LazyTranslate, formatLang

from .decimal import LIMIT_WORDS, DecimalType

EUROS = r" ?(?:€|euros?|eur)"
# "12 € 50" is 12,50 €.
CUT = re.compile(rf"(.*[0-9]){EUROS} ?([0-9]{{2}})", re.IGNORECASE)
NAMED = re.compile(rf"(.*[0-9]){EUROS}", re.IGNORECASE)

_lt = LazyTranslate(__name__)


class AmountType(DecimalType):
    """Euros and cents, kept with their two decimals ("12.50"): never a binary fraction."""

    code = "amount"
    label = _lt("Amount in euros")
    explanation = _lt("Euros and cents: a price, a rent, an income")
    icon = "fa-eur"
    settings = ("limits",)
    is_money = True
    problem_words = LIMIT_WORDS

    def get_places(self, field):
        return 2

    def read_typed(self, text):
        text = " ".join(text.split())
        if cut := CUT.fullmatch(text):
            text = f"{cut[1]},{cut[2]}"
        elif named := NAMED.fullmatch(text):
            text = named[1]
        return super().read_typed(text)

    def make_kept(self, number):
        return f"{number if number else Decimal():.2f}"

    def check_settings(self, field):
        return super(DecimalType, self).check_settings(field)

    def get_hint(self, env):
        return env._("In euros. Example: 12,50")

    def get_missing_sentence(self, env):
        return env._("Enter an amount.")

    def get_error_sentence(self, env, problem):
        if problem.code == "not_a_decimal":
            return env._("Enter an amount in euros, such as 12,50 or 1250.")
        if problem.code == "too_many_decimals":
            return env._("The cents have two digits. Enter an amount such as 12,50 or 1250.")
        if problem.code == "too_long_number":
            return env._("This amount is too long. Check it.")
        return super().get_error_sentence(env, problem)

    def show(self, env, kept):
        return f"{formatLang(env, float(kept), digits=2)}\xa0€"
