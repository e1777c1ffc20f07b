"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""


class Mails:
    SENDERS = {"models/privacy_retention_run.py:_send_retention_mail": "retention"}
