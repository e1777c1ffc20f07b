"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""

from odoo.addons.territory_base import clock

WORDS = {
    "reasons": "<p>Oui</p>",
    "conditions": "<p>Si</p>",
    "message": "Il manque",
    "due": None,
    "joined_number": "ESSAI-2026-0002",
    "slot": "mardi 24 mars 2026 de 9 h 00 à 9 h 20",
    "former": "",
}


class Mails:
    """The templates of other addons about a request are made here too."""

    SENDERS = {
        "models/procedure_request_follow.py:_send_new_code": "follow_code",
        "models/procedure_request_mail.py:_post_to_applicant": "acknowledgment",
    }

    def make_templates(self):
        words = {**WORDS, "due": clock.today(), "day": clock.today()}
        for template in self._get_templates("procedure.request"):
            self.request.sudo()._tell_applicant(template, **words)

    def make_follow_code(self):
        self.visitor_request.with_user(self.agent).action_send_code()

    def make_acknowledgment(self):
        self._submit()
        self._submit_without_account()

    def make_comment(self):
        self.opinion.request_id.with_user(self.agent).message_post(
            body="La photo est trop sombre.", subtype_xmlid="mail.mt_comment"
        )
        self.opinion.request_id.sudo()._post_from_applicant(
            "Voici ma réponse", by=self.dominique.partner_id
        )
