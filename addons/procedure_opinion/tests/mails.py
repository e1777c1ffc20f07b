"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""


class Mails:
    SENDERS = {"models/procedure_opinion.py:_send_mail": "opinion"}

    def make_opinion(self):
        for template in self._get_templates("procedure.opinion"):
            self.opinion._send_mail(template, "/avis/x")
