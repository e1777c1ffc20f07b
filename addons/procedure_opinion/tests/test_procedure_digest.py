from odoo.tests import tagged

from odoo.addons.procedure_digest.tests.common import DigestCommon


@tagged("post_install", "-at_install")
class TestDigest(DigestCommon):
    def test_opinions_asked(self):
        self.procedure.consulted_service_ids = self.school
        request = self._filed()
        mails = self._run()
        self.assertEqual(len(mails), 2)
        mail = mails.filtered(lambda mail: self.school_agent.partner_id in mail.recipient_ids)
        self.assertIn(request.number, mail.body_html[mail.body_html.index("Votre avis") :])
        request.opinion_ids.with_user(self.school_agent).action_give_favourable()
        mails = self._run("2026-11-26 07:00:00")
        self.assertEqual(mails.recipient_ids, (self.agent | self.colleague).partner_id)
