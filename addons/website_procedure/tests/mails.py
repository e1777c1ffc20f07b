"""How each mail of this addon is made, for the tests of all mails (`test_territory`)."""

from datetime import timedelta

from odoo import fields


class Mails:
    SENDERS = {"models/website_procedure_pending.py:_create_mail": "form"}

    def make_form(self):
        Pending = self.env["website.procedure.pending"]
        pending, _claim = Pending._start(self.procedure)
        pending.email = "visiteur@exemple.fr"
        words = self.env["ir.qweb"]._render(
            "website_procedure.mail_code", {"procedure": self.procedure}
        )
        look = {"title": "Votre code", "plate": "123456"}
        pending._create_mail("123456 est votre code", words, pending.email, look=look)
        draft, _claim = Pending._start(self.procedure, self.dominique.partner_id)
        draft.date_expire = fields.Datetime.now() + timedelta(days=10)
        Pending._remind_drafts()
        # The database writes its own clock.
        later = draft.write_date + timedelta(days=2)
        draft.date_expire = later + timedelta(days=60)
        Pending._nudge_drafts(later)
        self.assertTrue(draft.date_nudged)
