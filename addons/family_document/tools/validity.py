"""Until when a paper is valid."""

from datetime import date

from dateutil.relativedelta import relativedelta


def find_school_years(day):
    """The last days of the school years for which a paper is given on this day, the likeliest
    first: in July and August families already speak of the next one, and the holiday centre
    still of this one."""
    this_year = date(day.year + (day.month >= 9), 8, 31)
    if day.month not in (7, 8):
        return [this_year]
    return [date(day.year + 1, 8, 31), this_year]


def add_months(day, months):
    """The last day of so many months: three months from 30 November end on 28 February."""
    return day + relativedelta(months=months)
