from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SignatureCommon

# What no account reads, whatever its group: only the checked methods do.
SECRET = ("person_id", "email", "link_nonce", "digest")


@tagged("post_install", "-at_install")
class TestSignatureRights(SignatureCommon):
    def test_who_reads_a_signature(self):
        signature = self._enrol().signature_ids
        readers = self.agent | self.colleague | self.manager
        others = (
            self.camille
            | self.dominique
            | self.school_agent
            | self.secretary
            | self.communication
            | self.dpo
            | self.env.ref("base.public_user")
        )
        for user in readers:
            signature.with_user(user).check_access("read")
        for user in others:
            self.assertFalse(signature.with_user(user).has_access("read"), user.login)
        for user in readers | others:
            for mode in ("write", "create", "unlink"):
                self.assertFalse(signature.with_user(user).has_access(mode), (user.login, mode))

    def test_nobody_reads_whom_we_know_nor_the_secret_of_the_link(self):
        signature = self._enrol().signature_ids
        for user in self.agent | self.manager:
            for name in SECRET:
                with self.assertRaises(AccessError):
                    signature.with_user(user).read([name])

    def test_who_acts(self):
        signature = self._enrol().signature_ids
        for user in self.school_agent | self.secretary | self.camille | self.dominique:
            for act in ("action_send_again", "action_open_paper"):
                with self.assertRaises(AccessError):
                    getattr(signature.with_user(user), act)()
            with self.assertRaises(AccessError):
                signature.request_id.with_user(user).action_ask_signatures()
        signature.with_user(self.agent).action_send_again()
        wizard = self.env["procedure.signature.wizard"].with_user(self.school_agent)
        with self.assertRaises(AccessError):
            wizard.create(
                {"signature_id": signature.id, "name": "D", "evidence": "Vu"}
            ).action_confirm()

    def test_who_files_sends_the_link_again_and_nobody_else(self):
        request = self._enrol()
        former = request.signature_ids.link_nonce
        for user in self.dominique | self.agent:
            with self.assertRaises(AccessError):
                request.with_user(user)._run_transition("signature_send", by=user.partner_id)
        request.with_user(self.camille)._run_transition(
            "signature_send", by=self.camille.partner_id
        )
        self.assertNotEqual(request.signature_ids.link_nonce, former)
