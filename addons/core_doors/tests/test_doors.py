from unittest.mock import Mock, patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestDoors(HttpCase):
    """The doors of core with the people of core alone; with those of a territory, in
    `territory_base/tests/test_core_doors.py`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, group in (
            ("agent", "user"),
            ("colleague", "user"),
            ("resident", "portal"),
            ("technician", "system"),
        ):
            user = new_test_user(cls.env, f"doors.{name}", f"base.group_{group}", context={})
            setattr(cls, name, user)
        cls.secret = cls.env["res.partner.category"].create({"name": "Secret KRYPTON"})
        cls.env["ir.rule"].create(
            {
                "name": "The technician only",
                "model_id": cls.env["ir.model"]._get_id("res.partner.category"),
                "domain_force": "[] if user.has_group('base.group_system') else [(0, '=', 1)]",
            }
        )

    def assertRefused(self, call, *args, **kwargs):
        with self.assertRaises(AccessError):
            call(*args, **kwargs)

    def test_refusal_in_debug_mode_names_nothing(self):
        self.env.ref("base.group_no_one").user_ids += self.agent + self.technician
        path = "odoo.addons.base.models.res_users.request"
        with patch(path, Mock(session=Mock(debug="1"))):
            for user, is_named in ((self.agent, False), (self.technician, True)):
                rules = self.env["ir.rule"].with_user(user)
                error = rules._make_access_error("read", self.secret.with_user(user))
                self.assertEqual("KRYPTON" in str(error), is_named, user.login)

    def test_debug_mode_is_the_administrator_s(self):
        for user, is_shown in ((self.agent, False), (self.technician, True)):
            self.authenticate(user.login, user.login)
            answer = self.url_open("/odoo?debug=1").text
            self.assertEqual('debug: "1"' in answer, is_shown, user.login)

    def test_a_form_that_is_not_saved_names_what_one_reads(self):
        hidden = self.env["res.partner"].create({"name": "KRYPTON"})
        self.env["ir.rule"].create(
            {
                "name": "The technician only",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {hidden.id})] "
                "if not user.has_group('base.group_system') else []",
            }
        )
        call = ({"partner_id": hidden.id}, ["partner_id"], {"name": {}})
        self.assertRefused(self.agent.with_user(self.agent).onchange, *call)
        shown = self.technician.with_user(self.technician).onchange(*call)
        self.assertEqual(shown["value"]["name"], "KRYPTON")

    def test_a_wizard_is_its_author_s(self):
        wizard = self.env["base.language.export"].with_user(self.agent).create({})
        self.assertTrue(wizard.has_access("read"))
        self.assertFalse(wizard.with_user(self.colleague).has_access("read"))

    def test_the_history_of_a_record_is_not_searched_through_it(self):
        for user, is_refused in ((self.resident, True), (self.agent, False)):
            Partner = self.env["res.partner"].with_user(user)
            domain = [("message_ids.body", "ilike", "KRYPTON")]
            if is_refused:
                self.assertRefused(Partner.search_count, domain)
            else:
                self.assertFalse(Partner.search_count(domain))

    def test_a_message_names_the_record_that_one_reads(self):
        values = {"model": "res.partner.category", "res_id": self.secret.id}
        for user, name in ((self.agent, False), (self.technician, "Secret KRYPTON")):
            Message = self.env["mail.message"].with_user(user)
            answer = Message.onchange(values, ["res_id"], {"record_name": {}})["value"]
            self.assertEqual(answer.get("record_name", False), name, user.login)

    def test_only_the_mail_server_hands_in_an_e_mail(self):
        mail = "From: x@example.org\nTo: y@example.org\nMessage-ID: <porte@x>\nSubject: Z\n\nX"
        channel = self.env["discuss.channel"].create({"name": "Agents"})
        for user in self.agent | self.resident:
            Thread = self.env["mail.thread"].with_user(user)
            self.assertRefused(
                Thread.message_process, "discuss.channel", mail, thread_id=channel.id
            )
        system = self.env["mail.thread"].with_user(self.technician)
        system.message_process("discuss.channel", mail, thread_id=channel.id)
        self.assertIn("porte@x", channel.message_ids[0].message_id)

    def test_a_mail_template_is_sent_by_what_happens(self):
        template = self.env["mail.template"].create(
            {"name": "x", "model_id": self.env["ir.model"]._get_id("res.users")}
        )
        for user in self.agent | self.resident:
            self.assertRefused(template.with_user(user).send_mail, user.id)
        self.assertTrue(template.with_user(self.technician).send_mail(self.technician.id))

    def test_a_filter_and_a_tab_are_for_oneself(self):
        action = self.env["ir.actions.act_window"].create({"name": "x", "res_model": "res.partner"})
        tab = {"name": "x", "parent_action_id": action.id, "parent_res_model": "res.partner"}
        for model, refused, allowed in (
            (
                "ir.filters",
                {"name": "x", "model_id": "res.partner", "is_default": True, "user_ids": []},
                {"user_ids": self.agent.ids},
            ),
            (
                "ir.embedded.actions",
                {**tab, "action_id": action.id, "user_id": False},
                {"user_id": self.agent.id},
            ),
        ):
            Own = self.env[model].with_user(self.agent)
            self.assertRefused(Own.create, refused)
            self.assertTrue(Own.create({**refused, **allowed}))
            self.assertTrue(Own.with_user(self.technician).create(refused))

    def test_the_file_of_a_record_is_changed_by_that_record(self):
        self.agent.group_ids += self.env.ref("base.group_partner_manager")
        mine = self.env["ir.attachment"].with_user(self.agent)
        file = mine.create({"name": "a.txt", "raw": b"a"})
        file.sudo().write(
            {
                "res_model": "res.partner",
                "res_id": self.agent.partner_id.id,
                "res_field": "image_1920",
            }
        )
        self.assertRefused(file.write, {"raw": b"b"})
        self.assertRefused(file.unlink)
        self.assertRefused(mine.create, {"name": "a.txt", "raw": b"a", "public": True})

    def test_the_server_fetches_no_address(self):
        outside = {"preview_url": "http://interne.exemple.fr/secret"}
        with patch("odoo.addons.mail.tools.link_preview.requests.get") as get:
            for user in (None, self.resident, self.agent):
                if user:
                    self.authenticate(user.login, user.login)
                path = "/html_editor/link_preview_external"
                self.assertEqual(self.make_jsonrpc_request(path, outside), {})
        get.assert_not_called()
        Image = self.env["ir.qweb.field.image"]
        self.assertFalse(Image.load_remote_url("http://interne.exemple.fr/a.png"))

    def test_an_account_changes_neither_its_name_nor_its_address_by_a_call(self):
        own = self.resident.with_user(self.resident)
        for name in ("name", "email", "phone"):
            self.assertRefused(own.write, {name: "autre@exemple.fr"})
        self.assertRefused(own.write, {"image_1920": False})
        own.write({"lang": self.env.lang or "en_US"})
