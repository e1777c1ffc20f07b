"""Public holidays of metropolitan France (Code du travail, article L3133-1). No database."""

from functools import cache

import holidays


def get_name(day):
    """What this day is called, in French; empty when it is no public holiday."""
    return _get_calendar().get(day, "")


def list_days(year):
    """[(day, name)] of this year, in order."""
    return sorted(holidays.country_holidays("FR", years=year, language="fr").items())


@cache
def _get_calendar():
    """Its years are added as they are asked for."""
    return holidays.country_holidays("FR", language="fr")
