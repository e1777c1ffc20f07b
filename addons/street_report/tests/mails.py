"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""


class Mails:
    SENDERS = {"models/procedure_request.py:_tell_street_followers": "street"}

    def make_street(self):
        """Those who saw the same hole."""
        for outcome in ("solved", "not_ours"):
            request_sudo = self.request.sudo()
            request_sudo.street_followers = "lectrice@exemple.fr\nvoisin@exemple.fr"
            request_sudo._tell_street_followers(f"street_report.mail_same_{outcome}")
