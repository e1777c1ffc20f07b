from unittest.mock import patch

from markupsafe import Markup

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from .common import TerritoryCase


@tagged("post_install", "-at_install")
class TestCoreDoors(TerritoryCase, HttpCase):
    """Doors of core that print a name, a note or an address without asking who may read it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.note = cls.person.message_post(body="Vu KRYPTON au guichet")

    def _sign_in(self, user):
        # `new_test_user` fills short passwords.
        self.authenticate(user.login, user.login + "x" * (8 - len(user.login)))

    def _preview(self, path):
        url = f"{self.base_url()}/odoo/{path}"
        return self.make_jsonrpc_request("/html_editor/link_preview_internal", {"preview_url": url})

    def test_preview_of_a_link(self):
        self.env["ir.actions.act_window"].create(
            {"name": "Persons", "res_model": "res.partner", "path": "personnes-test"}
        )
        for user in (self.other_resident, self.secretary):
            self._sign_in(user)
            for path in (
                f"res.users/{self.resident.id}",
                f"res.partner/{self.person.id}",
                f"mail.message/{self.note.id}",
                f"personnes-test/{self.person.id}",
            ):
                answer = self._preview(path)
                self.assertEqual(answer, {}, f"{user.login} {path}")
        self.assertEqual(
            self._preview(f"res.partner/{self.secretary.partner_id.id}")["display_name"],
            self.secretary.name,
        )

    def test_name_of_the_record_of_a_form_that_is_not_saved(self):
        Message, Activity = self.env["mail.message"], self.env["mail.activity"]
        for model, record in (("res.partner", self.person), ("mail.message", self.note)):
            for user in (self.other_resident, self.secretary):
                values = {"model": model, "res_id": record.id}
                answer = Message.with_user(user).onchange(values, ["res_id"], {"record_name": {}})
                self.assertFalse(answer["value"].get("record_name"), user.login)
        model_id = self.env["ir.model"]._get_id("res.users")
        answer = Activity.with_user(self.secretary).onchange(
            {"res_model_id": model_id, "res_model": "res.users", "res_id": self.resident.id},
            ["res_id"],
            {"res_name": {}},
        )
        self.assertFalse(answer["value"].get("res_name"))
        answer = Message.with_user(self.manager).onchange(
            {"model": "res.partner", "res_id": self.person.id},
            ["res_id"],
            {"record_name": {}},
        )
        self.assertEqual(answer["value"]["record_name"], "Camille Zyxwelle")

    def test_activity_moved_to_another_record(self):
        activity = self.service.partner_id.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.secretary.id
        )
        self.assertEqual(activity.with_user(self.secretary).res_name, "Déchets")
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            activity.with_user(self.secretary).write({"res_id": self.person.id})
        activity.with_user(self.manager).write({"user_id": False, "res_id": self.person.id})
        self.assertEqual(activity.res_name, "Camille Zyxwelle")
        activity.user_id = self.secretary  # by what the system does
        self.assertFalse(activity.res_name, "kept as who is to do it may read it")

    def test_a_task_is_given_to_who_reads_its_record(self):
        """The mail that tells her names it."""
        values = {"act_type_xmlid": "mail.mail_activity_data_todo", "user_id": self.secretary.id}
        person = self.person.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "does not read"), self.env.cr.savepoint():
            person.activity_schedule(**values)
        activity = person.activity_schedule(**{**values, "user_id": self.manager.id})
        with self.assertRaisesRegex(UserError, "does not read"), self.env.cr.savepoint():
            activity.user_id = self.secretary
        self.assertEqual(activity.user_id, self.manager)

    def test_a_task_on_a_record_no_longer_read_writes_nothing_there(self):
        activity = self.person.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.secretary.id
        )
        before = self.person.message_ids
        activity.with_user(self.secretary).action_feedback(feedback="Vu KRYPTON")
        self.assertEqual(self.person.message_ids, before)
        self.assertFalse(activity.active, "and is no longer in her list")

    def test_account_is_not_named_to_who_may_not_read_it(self):
        for user in (self.other_resident, self.secretary):
            self.assertEqual(self.resident.with_user(user).display_name, "Not shown")
        self.assertEqual(self.resident.with_user(self.resident).display_name, "Camille Zyxwelle")

    def test_notes_are_not_guessed_by_searching(self):
        Partner = self.env["res.partner"].with_user(self.resident)
        for name in ("message_ids.body", "website_message_ids.body"):
            with self.subTest(name), self.assertRaises(AccessError):
                Partner.search_count([(name, "ilike", "KRYPTON")])
        self.assertTrue(
            self.env["res.partner"]
            .with_user(self.manager)
            .search_count([("message_ids.body", "ilike", "KRYPTON")])
        )

    def test_account_is_not_guessed_by_searching(self):
        """The account of a person that one reads: its login, its groups, the day she came."""
        self.person.sudo().reader_service_ids = self.service
        colleague = self.other_agent.partner_id
        Partner = self.env["res.partner"].with_user(self.agent)
        readable = self.person | colleague
        for path, operator, value in (
            ("user_ids.login", "=", self.resident.login),
            ("user_ids.login", "=like", "resident%"),
            ("user_ids.login", "!=", "personne"),
            ("user_ids", "ilike", "Camille"),
            ("user_ids.share", "=", True),
            ("user_ids.all_group_ids", "in", self.env.ref("base.group_portal").ids),
            ("user_ids.notification_type", "=", "email"),
            ("user_ids.partner_id.user_ids.login", "=", self.resident.login),
            ("commercial_partner_id.user_ids.login", "=", self.resident.login),
        ):
            # Asked one way and the other: neither answer may depend on the account.
            found = [
                self.person
                in Partner.search([*no, (path, operator, value), ("id", "in", readable.ids)])
                for no in ([], ["!"])
            ]
            stranger = self.person.copy({"name": "Sans compte", "kind": "person"})
            stranger.sudo().reader_service_ids = self.service
            expected = [
                stranger in Partner.search([*no, (path, operator, value), ("id", "=", stranger.id)])
                for no in ([], ["!"])
            ]
            self.assertEqual(found, expected, (path, operator))
        self.assertEqual(
            Partner.search([("user_ids.login", "=", self.other_agent.login)]), colleague
        )
        Message = self.env["mail.message"].with_user(self.agent)
        note = self.person.with_user(self.resident).sudo().message_post(body="Bonjour")
        for path in ("author_id.user_ids.login", "create_uid.login", "write_uid.login"):
            domain = [("id", "=", note.id), (path, "=", self.resident.login)]
            self.assertFalse(Message.search_count(domain), path)
        for groupby in ("user_ids.login", "create_uid.login", "user_ids"):
            try:
                groups = Partner.formatted_read_group(
                    [("id", "=", self.person.id)], [groupby], ["__count"]
                )
            except (AccessError, ValueError):
                continue
            self.assertNotIn(self.resident.login, str(groups), groupby)
        with self.assertRaises(ValueError):
            Partner.search([], order="user_ids.login")

    def test_nobody_brings_a_resident_into_a_discussion(self):
        for user in (self.secretary, self.manager):
            channel = (
                self.env["discuss.channel"]
                .with_user(user)
                .create({"name": "Groupe", "channel_type": "group"})
            )
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                channel.add_members(self.person.ids)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                member = Command.create({"partner_id": self.person.id})
                channel.create({"name": "Autre", "channel_member_ids": [member]})
            channel.add_members(self.agent.partner_id.ids)
            self.assertIn(self.agent.partner_id, channel.channel_member_ids.partner_id)

    def test_a_person_keeps_a_kind(self):
        with self.assertRaises(ValidationError):
            self.person.with_user(self.manager).kind = False
        self.person.with_user(self.manager).kind = "contributor"

    def test_who_handles_a_sheet_is_not_told_to_residents(self):
        own = self.person.with_user(self.resident)
        for name in ("create_uid", "write_uid"):
            with self.subTest(name), self.assertRaises(AccessError):
                own.read([name])
        with self.assertRaises(AccessError):
            own.get_metadata()
        self.assertTrue(own.read(["create_date", "write_date"]), "pictures are drawn with them")

    def test_services_that_read_leave_no_date_on_the_sheet(self):
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = '2020-01-01', write_uid = 1 WHERE id = %s",
            self.person.ids,
        )
        self.env.invalidate_all()
        readers = {self.person.id: self.service}
        self.patch(type(self.person), "_get_reader_services", lambda partners: readers)
        self.person.with_user(self.resident)._refresh_reader_services()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.person.reader_service_ids, self.service)
        self.assertTrue(self.person.with_user(self.agent).has_access("read"))
        self.assertEqual((self.person.write_date.year, self.person.write_uid.id), (2020, 1))

    def test_nobody_hands_in_an_e_mail(self):
        """Its values are written in superuser mode: an account of administrator among them."""
        mail = "From: x@example.org\nTo: y@example.org\nMessage-ID: <porte@x>\nSubject: Z\n\nX"
        system = self.env.ref("base.group_system")
        user = {"login": "intrus.test", "group_ids": [Command.link(system.id)]}
        values = {"name": "Intrus", "user_ids": [Command.create(user)]}
        before = self.person.message_ids
        for user in self.agent | self.communication | self.manager | self.resident:
            Thread = self.env["mail.thread"].with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                Thread.message_process("res.partner", mail, custom_values=values)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                Thread.message_process("res.partner", mail, thread_id=self.person.id)
        self.assertFalse(self.env["res.users"].search([("login", "=", "intrus.test")]))
        self.assertEqual(self.person.message_ids, before)
        channel = self.env["discuss.channel"].create({"name": "Agents"})
        system = self.env["mail.thread"].with_user(self.technician)
        system.message_process("discuss.channel", mail, thread_id=channel.id)
        self.assertIn("porte@x", channel.message_ids[0].message_id)

    def test_nobody_executes_the_words_of_a_mail_template(self):
        """Core lets the whole staff write them, and what is between the braces is executed."""
        model_id = self.env["ir.model"]._get_id("res.partner")
        words = "{{ object.env['res.partner'].sudo().browse(%s).email }}" % self.person.id
        values = {"name": "Essai", "model_id": model_id, "subject": words}
        ours = self.env["mail.template"].create({**values, "subject": "Bonjour"})
        staff = self.agent | self.secretary | self.communication | self.dpo | self.manager
        for user in staff:
            Template = self.env["mail.template"].with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                Template.create(values)
            body = f'<p><t t-out="{words.strip("{} ")}"/></p>'
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                Template.create({**values, "subject": "Bonjour", "body_html": body})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                ours.with_user(user).subject = "Autre chose"
            mail = self.env["mail.compose.message"].with_user(user)
            partner = user.partner_id
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                mail = mail.create({"model": "res.partner", "res_ids": partner.ids})
                mail.write({"composition_mode": "mass_mail", "subject": words, "body": "X"})
                mail._action_send_mail()
        self.assertTrue(ours.with_user(self.technician).has_access("write"))

    def test_nobody_sends_a_mail_template_by_hand(self):
        """Core made the mail in superuser mode, with any file given by its number."""
        hidden = self.env["ir.attachment"].create(
            {"name": "a.txt", "raw": b"a", "res_model": "ir.cron", "res_id": 1}
        )
        values = {"attachment_ids": [Command.set(hidden.ids)], "email_to": "ailleurs@exemple.fr"}
        model_id = self.env["ir.model"]._get_id("res.users")
        template = self.env["mail.template"].create({"name": "Essai", "model_id": model_id})
        before = self.env["mail.mail"].search([])
        staff = self.agent | self.secretary | self.communication | self.dpo | self.manager
        for user in staff | self.resident:
            hers = template.with_user(user)
            for call in (
                lambda hers=hers, user=user: hers.send_mail(user.id, email_values=values),
                lambda hers=hers, user=user: hers.send_mail(user.id),
                lambda hers=hers, user=user: hers.send_mail_batch(user.ids, email_values=values),
            ):
                try:
                    call()
                except AccessError:
                    continue
                self.fail(user.login)
        self.assertEqual(self.env["mail.mail"].search([]), before)
        for template_allowed in (template.with_user(self.technician), template.sudo()):
            mail_id = template_allowed.send_mail(self.technician.id)
            self.assertEqual(self.env["mail.mail"].browse(mail_id).model, "res.users")

    def test_the_server_fetches_no_address_for_anybody(self):
        """Without account, core fetched any address, and told the title of what is there."""
        outside = "http://interne.exemple.fr/secret"
        message = self.service.partner_id.message_post(
            body=Markup("<a href='%s'>x</a>") % outside, author_id=self.agent.partner_id.id
        )
        preview = {"preview_url": outside}
        calls = [("/html_editor/link_preview_external", preview)]
        signed_in = [
            ("/html_editor/link_preview_internal", preview),
            ("/html_editor/media_library_search", {"query": "x"}),
        ]
        with (
            patch("odoo.addons.mail.tools.link_preview.requests.get") as get,
            patch("odoo.addons.html_editor.controllers.main.requests.post") as post,
            patch("odoo.addons.mail.models.mail_link_preview.get_link_preview_from_url") as read,
        ):
            for user in (None, self.resident, self.agent):
                if user:
                    self._sign_in(user)
                for path, params in calls + (signed_in if user else []):
                    with self.subTest(path, user=user):
                        self.assertEqual(self.make_jsonrpc_request(path, params), {})
            self.make_jsonrpc_request("/mail/link_preview", {"message_id": message.id})
        for call in (get, post, read):
            call.assert_not_called()

    def test_nobody_chooses_what_colleagues_see_first(self):
        """A default filter for all would hide requests from those who answer them."""
        values = {"name": "Rien", "model_id": "res.partner", "domain": "[('id', '=', 0)]"}
        Filters = self.env["ir.filters"]
        for user in (self.communication, self.agent, self.dpo):
            Own = Filters.with_user(user)
            for user_ids in ([], self.manager.ids, (self.manager | user).ids):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    Own.create({**values, "user_ids": user_ids, "is_default": True})
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    Own.create_filter(
                        {**values, "user_ids": user_ids, "is_default": True, "context": "{}"}
                    )
            mine = Own.create({**values, "user_ids": user.ids, "is_default": True})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                mine.user_ids = False
            shared = Own.create({**values, "name": user.login, "user_ids": []})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                shared.is_default = True
        ours = Filters.with_user(self.manager).create(
            {**values, "user_ids": [], "is_default": True}
        )
        self.assertTrue(ours.is_default)

    def test_nobody_puts_a_tab_before_her_colleagues(self):
        """It would call a method with the rights of the person who opens it."""
        action = self.env["ir.actions.act_window"].create({"name": "x", "res_model": "res.partner"})
        values = {"name": "x", "parent_action_id": action.id, "parent_res_model": "res.partner"}
        method = {"python_method": "action_archive"}
        for user in (self.communication, self.agent, self.manager):
            Own = self.env["ir.embedded.actions"].with_user(user)
            mine = {**values, "action_id": action.id, "user_id": user.id}
            for refused in (
                {**values, **method, "user_id": user.id},
                {**values, **method, "user_id": False},
                {**mine, "user_id": False},
                {**mine, "user_id": self.technician.id},
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    Own.create(refused)
            self.assertTrue(Own.create(mine))

    def test_a_form_that_is_not_saved_names_nobody_else(self):
        """Core computes in superuser mode what it shows of the person that one names."""
        spec = {name: {} for name in ("name", "email", "phone", "street", "birthdate", "lang")}
        other = self.other_person
        staff = self.agent | self.secretary | self.communication | self.dpo
        for user in self.resident | staff:
            own = user.with_user(user)
            for record, values in (
                (own, {"partner_id": other.id}),
                (own, {"partner_id": {"id": other.id}}),
                (own, {"partner_id": user.partner_id.id, "parent_id": other.id}),
                (own, {"child_ids": [[4, other.id, 0]]}),
                (own, {"child_ids": [[6, 0, other.ids]]}),
                (own, {"child_ids": [[0, 0, {"parent_id": other.id}]]}),
                (own, {"child_ids": [[1, other.id, {"name": "x"}]]}),
                (self.other_resident.with_user(user), {}),
                (own.browse(), {}),
            ):
                with self.subTest(user=user.login, values=values), self.assertRaises(AccessError):
                    record.onchange(values, list(values), spec)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                own.with_context(default_partner_id=other.id).onchange({}, [], spec)
            same = {"partner_id": user.partner_id.id, "lang": "fr_FR"}
            answer = own.onchange(same, ["lang"], spec)
            self.assertNotIn("name", answer["value"])
        answer = self.manager.with_user(self.manager).onchange(
            {"partner_id": other.id}, ["partner_id"], spec
        )
        self.assertEqual(answer["value"]["name"], other.name)

    def test_what_is_there_already_stays_in_a_form(self):
        """Shown or not: an agent goes on with a sheet that names somebody whom she may not read."""
        message = self.service.partner_id.message_post(body="x", author_id=self.other_person.id)
        values = {"author_id": self.other_person.id, "body": "y"}
        message.sudo().create_uid = self.manager
        Message = message.with_user(self.agent)
        with self.assertRaises(AccessError):
            Message.browse()._check_named_records(values)
        Message._check_named_records(values)
