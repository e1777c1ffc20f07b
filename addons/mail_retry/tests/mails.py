"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""


class Mails:
    # One for each recipient who is not served yet: the digest has two.
    SENDERS = {"models/mail_mail.py:_copy_for": "digest"}
