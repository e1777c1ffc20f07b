"""Amounts as they are typed, kept and read: whole numbers of cents."""

from decimal import Decimal

from odoo.tools import formatLang

from odoo.addons.procedure_form.engine.definition import Refused
from odoo.addons.procedure_form.field_types.amount import AmountType

from .pricing import CENTS_MAX

TYPE = AmountType()


def read_cents(text):
    """Of what somebody types: "12,50", "1 200 €", "− 30"; None when it is no amount."""
    try:
        number = TYPE.read_typed(str(text or ""))
    except Refused:
        return None
    cents = number * 100
    if cents != cents.to_integral_value() or abs(cents) > CENTS_MAX:
        return None
    return int(cents)


def write_cents(cents):
    """As it is typed: "12,50"."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100},{abs(cents) % 100:02}"


def say_cents(env, cents):
    """As it is read: "1 200,00 €", "− 120,00 €"."""
    # Two decimals of at most nine figures: exact.
    shown = formatLang(env, float(Decimal(abs(cents)) / 100), digits=2)
    return f"{'−\xa0' if cents < 0 else ''}{shown}\xa0€"


def write_quantity(quantity):
    """An exact number as it is kept: "80", "12.5"."""
    decimal = Decimal(quantity.numerator) / Decimal(quantity.denominator)
    return f"{decimal.normalize():f}"


def say_quantity(env, text):
    return formatLang(env, float(text), digits=len(text.partition(".")[2]))
