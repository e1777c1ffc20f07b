from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.content_approval.tests.reading import accept
from odoo.addons.territory_base.tests.sweep import sweep

from .common import ContentCase

ACTIONS = (
    "type",
    "send",
    "build",
    "submit",
    "take_back",
    "withdraw",
    "keep_mine",
    "ask",
    "publish",
    "publish_urgent",
    "review",
    "revert",
    "restore",
    "offline",
    "back",
    "comment",
    "away",
)
# Most of what people do is to write, send and read.
USUAL = ("send",) * 8 + ("publish",) * 10 + ("publish_urgent",) * 3
# The only ones that may change what everybody reads.
PUBLISHING = ("publish", "publish_urgent", "revert", "offline", "back")


@tagged("post_install", "-at_install")
class TestMachine(ContentCase):
    """Whatever people do, in any order: the live page is one that a reader other than those who
    wrote it accepted, or a logged urgent one of the secretary."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type.allow_urgent = True
        # She reads for her commune, and works for its town hall, as the secretary does.
        cls.mayor = cls._new_staff("maire.valmont", "secretary")
        cls.town_hall.user_ids += cls.mayor
        cls.mayor.territory_commune_ids = cls.commune
        # An agent who reads everything, and is the treasurer of the association.
        cls.treasurer = cls._new_staff("tresorier", "agent")
        cls._let_act(cls.treasurer, cls.association)
        # Another account of the secretary.
        cls.twin = new_test_user(
            cls.env,
            "secretaire.bis",
            "territory_base.territory_group_agent",
            context={},
            email=cls.secretary.email,
        )
        cls.env["content.validator"].create(
            [
                {"user_id": user.id, "commune_ids": [Command.set(cls.commune.ids)]}
                for user in (cls.mayor, cls.treasurer, cls.twin, cls.secretary)
            ]
        )
        cls.people = {
            user.login: user
            for user in (
                cls.secretary,
                cls.mayor,
                cls.twin,
                cls.treasurer,
                cls.camille,
                cls.sacha,
                cls.stranger,
                cls.agent,
                cls.reader,
                cls.fallback,
                cls.manager,
                cls.dpo,
            )
        }
        # Who may not accept what another one wrote.
        cls.sides = [
            {cls.secretary.login, cls.mayor.login},
            {cls.secretary.login, cls.twin.login},
            {cls.camille.login, cls.sacha.login, cls.treasurer.login},
        ]

    def _call(self, user, action, target):
        """:return: whether it was done"""
        mine = self.house.with_user(user)
        revisions = self.env["content.revision"].sudo().search([], order="id desc")
        revision = revisions[target % len(revisions)].with_user(user)
        self.count += 1
        text = f"{user.login}|{self.count}"
        calls = {
            "type": lambda: mine._propose()._change({"story": text}),
            "send": lambda: self._send(mine, text),
            "build": lambda: revision.write({"body": f"<p>{text}</p>"}),
            "submit": revision.action_submit,
            "take_back": revision.action_take_back,
            "withdraw": revision.action_withdraw,
            "keep_mine": revision.action_keep_mine,
            "ask": lambda: revision.action_ask_changes("Corrigez."),
            "publish": lambda: accept(revision),
            "publish_urgent": lambda: self._publish_urgent(mine, text),
            "review": revision.action_review,
            "revert": lambda: revision.action_revert("Non."),
            "restore": revision.action_restore,
            "offline": lambda: mine.action_take_offline("Non."),
            "back": mine.action_put_back,
            "comment": lambda: revision.action_comment("Bonjour."),
            "away": lambda: (
                self.env["content.absence"]
                .with_user(user)
                .create(
                    {
                        "user_id": user.id,
                        "delegate_id": self.mayor.id if user != self.mayor else self.secretary.id,
                        "date_start": "2026-11-25",
                        "date_end": "2026-11-26",
                    }
                )
            ),
        }
        with suppress(AccessError, UserError, ValidationError), self.cr.savepoint():
            calls[action]()
            self.env.flush_all()
            return True
        return False

    def _send(self, content, text):
        draft = content._propose()
        draft._change({"story": text})
        draft.action_submit()

    def _publish_urgent(self, content, text):
        draft = content._propose()
        draft._change({"story": text})
        draft.action_publish_urgent("Vite.")

    def _read(self):
        house = self.house.sudo()
        self.env.invalidate_all()
        return (house.story, str(house.body or ""), house.is_online)

    def _is_own(self, login, text):
        writer = text.replace("<p>", "").partition("|")[0]
        return writer == login or any({writer, login} <= side for side in self.sides)

    def _check_step(self, before, after, user, action, seen):
        if before == after:
            return
        self.assertIn(action, PUBLISHING)
        urgent = action == "publish_urgent"
        for old, new in zip(before[:2], after[:2], strict=True):
            # What was accepted once comes back by whoever may.
            if old != new and new and new not in seen:
                self.assertFalse(
                    not urgent and self._is_own(user.login, new),
                    f"{user.login} accepted her own: {new}",
                )
        if urgent:
            self.assertIn(user, self.secretary | self.mayor)

    def _check_log(self):
        """The live content is what its last published revision says, and that one was accepted."""
        Revision = self.env["content.revision"].sudo()
        live = Revision.search([("res_id", "=", self.house.id), ("state", "=", "published")])
        self.assertEqual(len(live), 1)
        house = self.house.sudo()
        self.assertEqual(live.version, house.version)
        self.assertEqual(live.kind != "remove", house.is_online)
        if live.kind != "remove":
            self.assertEqual(live.values["story"], house.story)
        self.assertTrue(
            live.origin
            or live.is_urgent
            or (
                live.published_by_id
                and not self._is_own(live.published_by_id.login, f"{live.author_id.login}|")
            )
        )
        if live.is_urgent and live.kind != "remove":
            self.assertIn(live.published_by_id, self.secretary | self.mayor)

    @sweep("machines")
    def test_no_sequence_of_acts_puts_online_what_nobody_else_accepted(self):
        @settings(max_examples=8)
        @given(
            st.lists(
                st.tuples(
                    st.sampled_from(sorted(self.people)),
                    st.sampled_from(ACTIONS + USUAL),
                    st.sampled_from((0, 0, 0, 1, 2)),
                ),
                min_size=3,
                max_size=10,
            )
        )
        def sequences(calls):
            self.count = 0
            with self.cr.savepoint() as savepoint:
                before, seen = self._read(), set()
                for login, action, target in calls:
                    user = self.people[login]
                    self._call(user, action, target)
                    after = self._read()
                    self._check_step(before, after, user, action, seen)
                    self._check_log()
                    before = after
                    seen |= {text for text in after[:2] if text}
                savepoint.rollback()
            self.env.invalidate_all()

        sequences()

    def test_each_step_can_be_taken(self):
        """So the property above is not true for want of what may be done."""
        self.count = 0
        way = (
            (self.secretary, "type", 0),
            (self.secretary, "submit", 0),
            (self.reader, "ask", 0),
            (self.secretary, "build", 0),
            (self.secretary, "submit", 0),
            (self.secretary, "take_back", 0),
            (self.secretary, "submit", 0),
            (self.reader, "comment", 0),
            (self.reader, "publish", 0),
            (self.secretary, "publish_urgent", 0),
            (self.reader, "revert", 0),
            (self.camille, "type", 0),
            (self.camille, "submit", 0),
            (self.mayor, "publish", 0),
            (self.camille, "restore", 1),
            (self.camille, "withdraw", 0),
            (self.reader, "offline", 0),
            (self.reader, "back", 0),
            (self.reader, "offline", 0),
            (self.fallback, "away", 0),
        )
        for user, action, target in way:
            self.assertTrue(self._call(user, action, target), f"{user.login} {action}")
            self._check_log()
