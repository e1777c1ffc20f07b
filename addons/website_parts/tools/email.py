"""An address typed in a public form."""

from odoo.tools.mail import single_email_re

EMAIL_MAX = 254


def read_email(typed):
    """One address, as it is written to; empty: it is none, or several."""
    typed = (typed or "").strip().lower()
    return typed if len(typed) <= EMAIL_MAX and single_email_re.fullmatch(typed) else ""


def get_email_problem(env, typed):
    """What is wrong with an address that may be left out, in a sentence; empty when nothing."""
    if not typed or read_email(typed):
        return ""
    return env._("An address looks like nom@exemple.fr.")
