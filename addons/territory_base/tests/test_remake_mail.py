from odoo import SUPERUSER_ID
from odoo.tests import TransactionCase, tagged
from odoo.tests.common import new_test_user

from odoo.addons.territory_base.tools import remake_mail_template


@tagged("post_install", "-at_install")
class TestRemakeMail(TransactionCase):
    """A mail of our data is `noupdate`: new words of ours come through a migration alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.editor = new_test_user(
            cls.env, "editor", "base.group_user,mail.group_mail_template_editor,base.group_system"
        )

    def _make(self, name):
        template = self.env["mail.template"].with_user(SUPERUSER_ID).create({"name": name})
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"territory_base.{name}", "record": template, "noupdate": True}]
        )
        return template

    def _remake(self, name):
        self.env.flush_all()
        # Twice, as when an update was stopped half way.
        remake_mail_template(self.env.cr, f"territory_base.{name}")
        remake_mail_template(self.env.cr, f"territory_base.{name}")
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def test_words_of_ours_are_made_again_and_those_of_somebody_stay(self):
        ours, theirs = (self._make(name) for name in ("mail_ours", "mail_theirs"))
        theirs.with_user(self.editor).subject = "Bonjour à tous"
        for name in ("mail_ours", "mail_theirs"):
            self._remake(name)
        self.assertFalse(ours.exists())
        self.assertFalse(self.env.ref("territory_base.mail_ours", raise_if_not_found=False))
        self.assertEqual(self.env.ref("territory_base.mail_theirs"), theirs)
        self.assertEqual(theirs.subject, "Bonjour à tous")

    def test_another_kind_of_record_or_none_is_left_alone(self):
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": "territory_base.mail_of_nobody", "record": self.editor.partner_id}]
        )
        for name in ("mail_of_nobody", "mail_that_is_not_there"):
            self._remake(name)
        self.assertEqual(self.env.ref("territory_base.mail_of_nobody"), self.editor.partner_id)
