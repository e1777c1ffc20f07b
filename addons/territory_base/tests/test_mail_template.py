from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestMailTemplate(TransactionCase):
    def test_one_person_is_told_and_nothing_is_written_on_the_record(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        record = self.env.user.partner_id
        template = self.env["mail.template"].create(
            {
                "name": "x",
                "model_id": self.env["ir.model"]._get_id(record._name),
                "subject": "Hello",
                "body_html": "<p>Hello</p>",
                "partner_to": str(self.env.ref("base.partner_root").id),
            }
        )
        template.with_context(lang="fr_FR").subject = "Bonjour"
        visitor = template.with_user(self.env.ref("base.public_user"))
        mail = self.env["mail.mail"].browse(
            visitor._send_to(record, '"Ada" <ada@exemple.fr>', "fr_FR")
        )
        self.assertEqual(mail.email_to, '"Ada" <ada@exemple.fr>')
        self.assertFalse(mail.recipient_ids, "nor whom the template names")
        self.assertEqual((mail.model, mail.res_id, mail.state), (False, 0, "outgoing"))
        self.assertEqual(mail.subject, "Bonjour")
