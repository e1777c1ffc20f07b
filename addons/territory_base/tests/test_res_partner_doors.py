import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import TerritoryCase

SECRETS = ("Zyxwelle", "resident.un")


@tagged("post_install", "-at_install")
class TestResPartnerDoors(TerritoryCase, HttpCase):
    """The rule on persons, tried against each door of Odoo that does not go through `read`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person.reader_service_ids = cls.service
        # A thread that the whole staff reads, followed by the resident.
        cls.thread = cls.service.partner_id
        cls.thread.message_subscribe(cls.person.ids)
        cls.message = cls.thread.message_post(
            body="Bonjour", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def _assert_hidden(self, answer, user):
        text = json.dumps(answer, default=str, ensure_ascii=False)
        for secret in SECRETS:
            self.assertNotIn(secret, text, user.login)

    def test_search_by_name(self):
        for user in self.staff_without_right() | self.other_resident:
            Partner = self.env["res.partner"].with_user(user)
            self.assertFalse(Partner.name_search("Zyxwelle"), user.login)
            self.assertFalse(Partner.search([("email", "=", "resident.un@example.org")]))
            self.assertFalse(Partner.web_name_search("Zyxwelle", {"display_name": {}}))
        found = self.env["res.partner"].with_user(self.agent).name_search("Zyxwelle")
        self.assertEqual(found, [(self.person.id, "Camille Zyxwelle")])

    def test_name_shown_by_another_record(self):
        self.message.author_id = self.person
        for user in self.staff_without_right():
            message = self.message.with_user(user)
            shown = message.read(["author_id"])[0]["author_id"]
            self.assertEqual(shown, (self.person.id, "Not shown"), user.login)
            self._assert_hidden(
                message.web_read({"author_id": {"fields": {"display_name": {}}}}), user
            )
            self._assert_hidden(
                message.formatted_read_group([("id", "=", message.id)], ["author_id"]), user
            )
            for context in ({"show_email": True}, {"formatted_display_name": True}):
                self._assert_hidden(message.with_context(**context).read(["author_id"]), user)
        shown = self.message.with_user(self.agent).read(["author_id"])[0]["author_id"]
        self.assertEqual(shown, (self.person.id, "Camille Zyxwelle"))

    def test_name_of_who_created_a_record(self):
        thread = self.env["res.partner"].with_user(self.resident).sudo().create({"name": "Quai"})
        for user in self.staff_without_right():
            self._assert_hidden(thread.with_user(user).read(["create_uid", "write_uid"]), user)
        shown = thread.with_user(self.agent).read(["create_uid"])[0]["create_uid"]
        self.assertEqual(shown, (self.resident.id, "Camille Zyxwelle"))

    def test_the_superuser_still_names_everybody(self):
        self.assertEqual(self.person.sudo().display_name, "Camille Zyxwelle")

    def test_followers_and_notifications(self):
        domain = [("partner_id", "=", self.person.id)]
        for user in self.staff_without_right():
            self.assertFalse(self.env["mail.followers"].with_user(user).search(domain))
            self.assertFalse(
                self.env["mail.notification"]
                .with_user(user)
                .search([("res_partner_id", "=", self.person.id)])
            )
        self.assertTrue(self.env["mail.followers"].with_user(self.agent).search(domain))

    def test_mentions_and_invitations(self):
        for user in self.staff_without_right() | self.other_resident:
            Partner = self.env["res.partner"].with_user(user)
            self._assert_hidden(Partner.get_mention_suggestions("Zyxwelle"), user)
            if not user.share:
                self._assert_hidden(Partner.search_for_channel_invite("Zyxwelle"), user)

    def test_composer(self):
        for user in self.staff_without_right():
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                composer = (
                    self.env["mail.compose.message"]
                    .with_user(user)
                    .with_context(
                        default_model="res.partner",
                        default_res_ids=self.person.ids,
                        default_composition_mode="comment",
                    )
                    .create({"body": "Bonjour", "subject": "Bonjour"})
                )
                composer._action_send_mail()

    def test_activity_on_a_person(self):
        for user in self.staff_without_right():
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.person.with_user(user).activity_schedule("mail.mail_activity_data_todo")

    def test_export(self):
        thread = self.env["res.partner"].with_user(self.resident).sudo().create({"name": "Quai"})
        for user in self.staff_without_right():
            user.group_ids += self.env.ref("base.group_allow_export")
            for path in ("create_uid", "create_uid/login", "create_uid/partner_id/name"):
                with self.subTest(user=user.login, path=path), self.assertRaises(AccessError):
                    thread.with_user(user).export_data([path])
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.person.with_user(user).export_data(["name", "email"])

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.models")
    def test_import(self):
        for user in self.staff_without_right() | self.agent:
            Partner = self.env["res.partner"].with_user(user)
            result = Partner.load([".id", "email"], [[str(self.person.id), "autre@example.org"]])
            self.assertFalse(result["ids"], user.login)
            self.assertFalse(Partner.load(["name"], [["Importée"]])["ids"], user.login)
        self.assertEqual(self.person.email, "resident.un@example.org")

    def test_merge(self):
        for user in self.staff_without_right() | self.agent | self.manager:
            Wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                Wizard.create({"partner_ids": (self.person | self.other_person).ids})

    def test_no_persona_administers_contacts(self):
        for user in self.staff_without_right() | self.agent | self.manager:
            self.assertFalse(user.has_group("base.group_partner_manager"), user.login)

    @mute_logger("odoo.http")
    def test_chatter_routes(self):
        for user in self.staff_without_right():
            self.authenticate(user.login, user.login)
            for route, params in (
                (
                    "/mail/thread/recipients",
                    {"thread_model": "res.partner", "thread_id": self.person.id},
                ),
                (
                    "/mail/thread/messages",
                    {"thread_model": "res.partner", "thread_id": self.person.id},
                ),
                (
                    "/mail/partner/from_email",
                    {
                        "thread_model": "res.partner",
                        "thread_id": self.thread.id,
                        "emails": ["resident.un@example.org"],
                    },
                ),
                (
                    "/mail/data",
                    {
                        "fetch_params": [
                            [
                                "mail.thread",
                                {
                                    "thread_model": "res.partner",
                                    "thread_id": self.thread.id,
                                    "request_list": ["followers", "suggestedRecipients"],
                                },
                            ]
                        ]
                    },
                ),
            ):
                with self.subTest(user=user.login, route=route):
                    answer = self.url_open(
                        route,
                        data=json.dumps({"params": params}),
                        headers={"Content-Type": "application/json"},
                    ).text
                    self._assert_hidden(answer, user)

    def test_a_resident_who_reads_a_sheet_does_not_read_what_is_written_on_it(self):
        message = self.person.message_post(
            body="Vu au guichet",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.agent.partner_id.id,
        )
        self.assertTrue(self.person.with_user(self.resident).has_access("read"))
        Message = self.env["mail.message"].with_user(self.resident)
        self.assertFalse(Message.search([("id", "=", message.id)]))
        self.assertTrue(message.with_user(self.agent).has_access("read"))

    def test_nobody_has_the_bank_account_of_a_person(self):
        bank = self.env["res.partner.bank"].create(
            {"acc_number": "FR001", "partner_id": self.person.id}
        )
        for user in self.staff_without_right() | self.agent | self.manager:
            self.assertFalse(bank.with_user(user).has_access("read"), user.login)

    @mute_logger("odoo.models")
    def test_no_model_tells_the_name_or_the_address(self):
        """Every model that a member of the staff without any service may read, field by field."""
        self.service.user_ids = False
        for name in sorted(self.env.registry):
            Model = self.env[name].with_user(self.communication)
            if Model._abstract or Model._transient or not Model.has_access("read"):
                continue
            records = Model.with_context(active_test=False).search([], order="id desc", limit=40)
            for field in Model.fields_get(attributes=()):
                if Model._fields[field].type in ("binary", "image"):
                    continue
                try:
                    values = records.read([field])
                except Exception:  # noqa: BLE001, S112 (some computed fields need a context)
                    continue
                self._assert_hidden(values, self.communication)
