"""Refusals that a page shows as they are: each message is a sentence for the person concerned."""

from odoo.exceptions import UserError


class UploadRefused(UserError):
    """This file cannot be accepted."""


class FormRefused(UserError):
    """This form was not sent by a person, or stayed open for too long."""


class FormHurried(FormRefused):
    """The form came back sooner than a person types; the same token serves again."""


class TooManyRequests(UserError):
    """The same person or address tries again and again."""

    http_status = 429
