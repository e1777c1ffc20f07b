from odoo import Command
from odoo.tests import tagged

from .common import TODAY, HouseholdCase


@tagged("post_install", "-at_install")
class TestDeathMails(HouseholdCase):
    """What waits in the queue for somebody who died leaves no more; that of the others leaves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person, cls.other = cls.camille.partner_id, cls.sacha.partner_id

    def _mail(self, *recipients, **values):
        links = [Command.set([each.id for each in recipients])]
        mail = self.env["mail.mail"].create({"subject": "Essai", "recipient_ids": links, **values})
        mail.mail_message_id.notification_ids = [
            Command.create(
                {
                    "res_partner_id": each.id,
                    "notification_type": "email",
                    "notification_status": "ready",
                    "mail_mail_id": mail.id,
                }
            )
            for each in recipients
        ]
        return mail

    def _die(self):
        self.person._record_death(TODAY)
        self.env.flush_all()

    def test_hers_go_and_those_of_the_others_stay(self):
        hers = (
            self._mail(self.person)
            | self._mail(email_to=self.person.email)
            | self._mail(email_to=self.person.email_formatted)
        )
        both = self._mail(self.person, self.other)
        besides = self._mail(self.person, email_to="mairie@exemple.fr")
        others = self._mail(self.other) | self._mail(email_to=self.other.email)
        several = self._mail(email_to=f"{self.person.email}, mairie@exemple.fr")
        left = self._mail(self.person, state="sent")
        self._die()
        self.assertFalse(hers.exists())
        self.assertEqual(both.recipient_ids, self.other)
        self.assertFalse(besides.recipient_ids)
        self.assertEqual(len((both | besides | others | several | left).exists()), 6)
        self.assertEqual(left.recipient_ids, self.person)
        states = both.mail_message_id.notification_ids.mapped(
            lambda told: (told.res_partner_id, told.notification_status)
        )
        self.assertEqual(set(states), {(self.person, "canceled"), (self.other, "ready")})

    def test_of_a_mailbox_that_two_people_read_only_what_names_her_goes(self):
        self.other.email = self.person.email
        bare = self._mail(email_to=self.person.email)
        hers = self._mail(email_to=self.person.email_formatted)
        his = self._mail(email_to=self.other.email_formatted)
        self._die()
        self.assertEqual((bare | hers | his).exists(), bare | his)

    def test_who_has_no_address_stops_nothing(self):
        self.person.email = False
        mails = self._mail(email_to=False) | self._mail(email_to=self.other.email)
        self._die()
        self.assertEqual(mails.exists(), mails)
