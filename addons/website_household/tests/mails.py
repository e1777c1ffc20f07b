"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""


class Mails:
    SENDERS = {"models/res_users.py:_send_email_codes": "email_codes"}

    def make_email_codes(self):
        self.camille.with_user(self.camille)._send_email_codes("nouvelle@exemple.fr")
