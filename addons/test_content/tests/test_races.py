from unittest.mock import patch

from odoo import SUPERUSER_ID, api, modules
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from odoo.addons.content_approval.exceptions import RevisionConflict
from odoo.addons.public_guard.tests.races import at_once

TOO_LATE = "Somebody has already answered it."
NOT_READ = "It is not being read: there is nothing to take back."
OVER = "It is over: it cannot be withdrawn."


@tagged("post_install", "-at_install", "-standard", "sweep_races")
class TestRaces(TransactionCase):
    """Two people at the same moment, each in a transaction of her own: what is online is what one
    after the other would give. Their rights are tried elsewhere; here everybody may do everything.
    """

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(modules.module, "current_test", False))
        Revision, House = (type(self.env[name]) for name in ("content.revision", "wash.house"))
        for Model, name in (
            (Revision, "_is_reader"),
            (Revision, "_is_contributor"),
            (House, "_may_propose"),
        ):
            self.startPatcher(patch.object(Model, name, lambda *args: True))
        for name in ("_tell_readers", "_tell_authors"):
            self.startPatcher(patch.object(Revision, name, lambda *args: None))
        self.addCleanup(self.forget)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            house = env["wash.house"]._create_as("race", {"name": "Course", "story": "Un."})
            self.house_id = house.id

    def forget(self):
        with self.registry.cursor() as cr:
            mine = "SELECT id FROM content_revision WHERE res_model = 'wash.house' AND res_id = %s"
            for table, model in (
                ("mail_message", "model"),
                ("mail_activity", "res_model"),
                ("mail_followers", "res_model"),
            ):
                cr.execute(
                    f"DELETE FROM {table} WHERE {model} = 'content.revision' AND res_id IN ({mine})",  # noqa: S608, E501
                    [self.house_id],
                )
            cr.execute(f"DELETE FROM content_revision WHERE id IN ({mine})", [self.house_id])  # noqa: S608
            cr.execute("DELETE FROM wash_house WHERE id = %s", [self.house_id])

    def send(self, **values):
        """A change that waits to be read, of somebody else than who will accept it."""
        with self.registry.cursor() as cr:
            author = api.Environment(cr, SUPERUSER_ID, {}).ref("base.user_admin")
            env = api.Environment(cr, author.id, {})
            draft = env["wash.house"].browse(self.house_id)._propose()
            draft._change(values)
            draft.action_submit()
            return draft.id

    def act(self, revision_id, name, mark=""):
        def call(env):
            revision = env["content.revision"].browse(revision_id)
            args = [mark or revision._get_mark()] if name == "action_publish" else []
            try:
                getattr(revision, name)(*args)
            except RevisionConflict:
                return "conflict"
            except UserError as refused:
                return str(refused)
            return "done"

        return call

    def at_once(self, *calls):
        return at_once(self.registry, *calls)

    def read_all(self):
        """(what is online, its version, the states of what was proposed)"""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            house = env["wash.house"].browse(self.house_id)
            domain = env["content.revision"]._pending_domain(house)
            revisions = env["content.revision"].search(domain, order="id")
            return house.story, house.depth, house.version, revisions.mapped("state")

    def test_two_readers_accept_the_same_change(self):
        revision_id = self.send(story="Deux.")
        told = self.at_once(*[self.act(revision_id, "action_publish")] * 2)
        self.assertEqual(sorted(told), [TOO_LATE, "done"])
        self.assertEqual(self.read_all(), ("Deux.", 0, 2, ["archived", "published"]))

    def test_it_is_accepted_while_its_author_gives_it_up(self):
        for name, state in (("action_withdraw", "withdrawn"), ("action_take_back", "draft")):
            revision_id = self.send(story=f"{name}.")
            before = self.read_all()
            told = self.at_once(
                self.act(revision_id, "action_publish"), self.act(revision_id, name)
            )
            self.assertEqual(told.count("done"), 1, told)
            self.assertTrue(set(told) < {"done", TOO_LATE, NOT_READ, OVER}, told)
            story, _depth, version, states = self.read_all()
            if told[0] == "done":
                self.assertEqual(
                    (story, version, states[-1]), (f"{name}.", before[2] + 1, "published")
                )
            else:
                self.assertEqual((story, version, states[-1]), (before[0], before[2], state))

    def test_what_she_has_read_is_what_is_accepted(self):
        """Taken back, corrected and sent again while she presses."""
        revision_id = self.send(story="Lu.")
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            mark = env["content.revision"].browse(revision_id)._get_mark()

        def correct(env):
            revision = env["content.revision"].browse(revision_id)
            try:
                revision.action_take_back()
            except UserError:
                return
            revision._change({"story": "Pas lu."})
            revision.action_submit()

        self.at_once(correct, self.act(revision_id, "action_publish", mark))
        self.assertNotEqual(self.read_all()[0], "Pas lu.")

    def test_two_presses_begin_one_draft(self):
        begun = self.at_once(
            *[lambda env: env["wash.house"].browse(self.house_id)._propose().id] * 2
        )
        self.assertEqual(len(set(begun)), 1)

    def test_two_changes_of_two_places_are_both_online(self):
        first, second = self.send(story="Deux."), self.send(depth="2")
        told = self.at_once(self.act(first, "action_publish"), self.act(second, "action_publish"))
        self.assertEqual(told, ["done", "done"])
        story, depth, version, states = self.read_all()
        self.assertEqual((story, depth, version), ("Deux.", 2, 3))
        self.assertEqual(sorted(states), ["archived", "archived", "published"])

    def test_two_changes_of_one_place_are_not(self):
        first, second = self.send(story="Deux."), self.send(story="Trois.")
        told = self.at_once(self.act(first, "action_publish"), self.act(second, "action_publish"))
        self.assertEqual(sorted(told), ["conflict", "done"])
        story, _depth, version, states = self.read_all()
        self.assertEqual(story, ("Deux.", "Trois.")[told.index("done")])
        self.assertEqual((version, states.count("submitted")), (2, 1))
