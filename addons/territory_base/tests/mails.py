"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""


class Mails:
    # One person, for the senders of other addons.
    SENDERS = {"models/mail_template.py:_send_to": "content"}
