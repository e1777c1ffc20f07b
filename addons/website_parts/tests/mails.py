"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""


class Mails:
    # Of the two that a visitor says: an error in a page, a problem of the site.
    SENDERS = {"models/website_message_mixin.py:_send": "report"}
