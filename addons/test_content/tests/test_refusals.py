from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, ConcurrencyError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.content_approval.exceptions import ContentErrors, RevisionConflict
from odoo.addons.content_approval.tests.reading import accept
from odoo.addons.http_routing.tests.common import MockRequest
from odoo.addons.territory_base.locks import lock_or_replay
from odoo.addons.website_content_approval.controllers import common as pages

from .common import ContentCase, picture


@tagged("post_install", "-at_install")
class TestRefusals(ContentCase):
    """Guards behind others: asked by whoever passes the first one, superuser mode included."""

    def test_a_change_is_made_and_written_by_its_methods_only(self):
        draft = self._draft()
        Revision = self.env["content.revision"].sudo()
        new = {"name": "x", "type_id": self.type.id}
        for key in (None, True, 1, {}, "_CIRCUIT", object()):
            context = {"content_circuit": key}
            for attempt in (
                lambda context=context: Revision.with_context(**context).create(new),
                lambda context=context: draft.sudo().with_context(**context).write({"values": {}}),
                lambda context=context: draft.with_context(**context).write({"state": "withdrawn"}),
                lambda context=context: draft.sudo().with_context(**context).unlink(),
            ):
                with self.subTest(key=key), self.assertRaises(AccessError):
                    attempt()

    def test_a_refusal_that_a_route_of_core_catches_leaves_nothing(self):
        House = self.env["wash.house"].with_user(self.agent)
        with self.assertRaisesKeeping(AccessError):
            House.create({"name": "Lavoir Noir"})
        self.assertFalse(House.search([("name", "=", "Lavoir Noir")]))
        house = self.house.with_user(self.agent)
        with patch.object(type(House), "_filter_guarded", lambda houses: houses.filtered("rank")):
            with self.assertRaisesKeeping(AccessError):
                house.write({"rank": 1, "story": "Devenu une page."})
        self.assertEqual((house.rank, house.story), (0, "Bâti en 1850, près du moulin."))

    def test_a_file_of_a_draft_is_replaced_by_another_never_behind_its_name(self):
        draft = self._draft()
        File = self.env["ir.attachment"].with_user(self.secretary)
        file = File.create(
            {"name": "mur.png", "raw": picture(), "res_model": draft._name, "res_id": draft.id}
        )
        for values in ({"raw": picture("green")}, {"name": "x.png"}, {"res_id": 0}):
            with self.assertRaises(AccessError):
                file.write(values)
        file.unlink()

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_what_nobody_accepted_and_two_at_once(self):
        self._published()
        before, online = self.env["content.revision"].sudo()._get_versions(self.house).sorted("id")
        draft = self._draft()
        other = self._draft(self.agent)
        for revision, values in (
            (draft, {"version": 9}),
            (draft, {"published_by_id": self.secretary.id}),
            (before, {"state": "published"}),
            (before, {"version": online.version}),
            (other, {"author_id": self.secretary.id, "service_id": self.town_hall.id}),
        ):
            with self.subTest(values=values), self.assertRaises(IntegrityError, msg=str(values)):
                with self.env.cr.savepoint():
                    revision._set(values)

    def test_whoever_left_the_town_hall_writes_no_more_and_who_came_does(self):
        draft = self._draft()
        colleague = self._new_staff("secretaire.arrivee", "secretary")
        colleague.territory_commune_ids = self.commune
        self.town_hall.user_ids = colleague
        self.assertReadsNot(self.secretary, draft)
        for act in (
            lambda: draft._change({"story": "x"}),
            lambda: draft.write({"body": "x"}),
            draft.action_submit,
            draft.action_withdraw,
            lambda: draft.action_comment("x"),
        ):
            with self.assertRaises(AccessError):
                act()
        draft.with_user(colleague)._change({"story": "Par la suivante."})
        draft.with_user(colleague).action_submit()

    def test_a_reader_in_whose_place_another_reads_does_not_accept_her_own(self):
        """Her row is chosen, for the sake of whoever reads in her place."""
        self.env["content.absence"].with_user(self.reader).create(
            {"delegate_id": self.agent.id, "date_start": "2026-11-24", "date_end": "2026-11-26"}
        )
        draft = self._sent(self.reader, story="Par l’absente.")
        self.assertEqual(draft.sudo().validator_ids, self.row)
        for act in (accept, lambda own: own.action_ask_changes("x")):
            with self.assertRaises(AccessError):
                act(draft.with_user(self.reader))
        accept(draft.with_user(self.agent))

    def test_whoever_wrote_in_the_text_of_another_does_not_accept_it(self):
        draft = self._draft(self.secretary)
        self.town_hall.user_ids += self.reader
        draft.with_user(self.reader).write({"body": "<p>De qui relit</p>"})
        self.town_hall.user_ids -= self.reader
        draft.action_submit()
        self.assertEqual(draft.sudo().validator_ids, self.fallback_row)
        with self.assertRaises(AccessError):
            accept(draft.with_user(self.reader))

    def test_whoever_neither_wrote_nor_reads_it_does_nothing_with_it(self):
        sent, draft = self._sent(), self._draft(story="Encore.")
        for user in (self.stranger, self.camille, self.agent, self.manager):
            for act in (
                lambda own: own.action_take_back(),
                lambda own: own.action_withdraw(),
                lambda own: own.action_comment("x"),
                lambda own: own.action_ask_changes("x"),
                lambda own: own.action_review(),
                lambda own: own.action_revert("x"),
                accept,
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    act(sent.with_user(user))
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                draft.with_user(user).action_keep_mine()
        for act in (
            sent.action_keep_mine,
            draft.action_take_back,
            lambda: sent.action_comment(" "),
        ):
            with self.assertRaises(UserError):
                act()
        self.assertEqual((sent.state, draft.state), ("submitted", "draft"))

    def test_what_was_published_at_once_is_answered_by_its_reader_and_once(self):
        usual = self._published()
        self.type.allow_urgent = True
        urgent = self._draft(story="De suite.")
        urgent.action_publish_urgent("Demain")
        for act in (lambda own: own.action_review(), lambda own: own.action_revert("x")):
            for revision, user in ((urgent, self.agent), (urgent, self.secretary)):
                with self.assertRaises(AccessError):
                    act(revision.with_user(user))
            with self.assertRaises(UserError):
                act(usual.with_user(self.reader))
        urgent.with_user(self.reader).action_review()
        for act in (lambda own: own.action_review(), lambda own: own.action_revert("x")):
            with self.assertRaises(UserError):
                act(urgent.with_user(self.reader))
        self.assertEqual(self.house.story, "De suite.")

    def test_what_nobody_read_before_is_not_brought_back(self):
        house = self.env["wash.house"].sudo()._as_publication()
        house = house.create({"name": "Lavoir Neuf", "commune_id": self.commune.id})
        self.type.allow_urgent = True
        urgent = house.with_env(self.env).with_user(self.secretary)._propose()
        urgent._change({"story": "De suite."})
        urgent.action_publish_urgent("Demain")
        with self.assertRaisesRegex(UserError, "no earlier version"):
            urgent.with_user(self.reader).action_revert("Faux.")
        self.assertEqual(house.story, "De suite.")

    def test_what_comes_back_is_said_why_and_is_not_her_own(self):
        hers = self.house.with_user(self.reader)._propose()
        hers._change({"story": "Bâti en 1852, je crois."})
        hers.action_submit()
        accept(hers.with_user(self.fallback))
        self.type.allow_urgent = True
        urgent = self._draft(story="De suite.")
        urgent.action_publish_urgent("Demain")
        with self.assertRaisesRegex(UserError, "corrected"):
            urgent.with_user(self.reader).action_revert(" ")
        with self.assertRaisesRegex(AccessError, "is yours"):
            urgent.with_user(self.reader).action_revert("Faux.")
        self.assertEqual(self.house.story, "De suite.")

    def test_a_page_of_no_commune_is_published_at_once_by_nobody(self):
        self.type.allow_urgent = True
        draft = self._draft(story="De suite.")
        self.assertTrue(draft._may_publish_urgent(self.secretary))
        draft.sudo()._set({"commune_ids": [Command.clear()]})
        self.assertFalse(draft._may_publish_urgent(self.secretary))

    def test_each_act_waits_for_the_one_before(self):
        """Held: the change, and its content. Somebody else is at it: Odoo plays it again."""
        self.type.allow_urgent = True
        urgent = self._draft(story="De suite.")
        urgent.action_publish_urgent("Demain")
        sent, draft, held = self._sent(), self._draft(self.manager, story="Encore."), []
        read, house = sent.with_user(self.reader), self.house.with_user(self.reader)

        def hold(records):
            held.append(records._name)
            if len(held) == 2 or records == house:
                raise ConcurrencyError("held")

        acts = {
            "submit": draft.action_submit,
            "keep": draft.action_keep_mine,
            "urgent": lambda: draft.action_publish_urgent("Vite"),
            "take back": sent.action_take_back,
            "withdraw": sent.action_withdraw,
            "ask": lambda: read.action_ask_changes("x"),
            "publish": lambda: accept(read),
            "review": urgent.with_user(self.reader).action_review,
            "revert": lambda: urgent.with_user(self.reader).action_revert("x"),
            "off": lambda: house.action_take_offline("x"),
            "back": house.action_put_back,
        }
        models = "odoo.addons.content_approval.models"
        with (
            patch(f"{models}.content_revision_circuit.lock_or_replay", hold),
            patch(f"{models}.content_revision_offline.lock_or_replay", hold),
        ):
            for name, act in acts.items():
                held.clear()
                with self.subTest(act=name), self.assertRaises(ConcurrencyError):
                    act()
                both = ["content.revision", "wash.house"]
                self.assertEqual(held, both[1:] if name in ("off", "back") else both, name)
        with self.assertRaises(ConcurrencyError):
            lock_or_replay(self.env["wash.house"].browse(2**30))

    def test_lines_are_lines_and_not_too_many(self):
        draft = self._draft()
        for rows in ("x", 1, ["x"], [1], [{"day": "1"}, None], [{}] * 61):
            with self.assertRaises(ContentErrors, msg=rows):
                draft._change({"hours_ids": rows})
        draft._change({"hours_ids": [{}] * 60})

    def test_a_version_is_seen_by_those_who_contribute_to_its_page(self):
        published, sent = self._published(), self._sent(story="Encore.")
        for user, sees in (
            (self.camille, True),
            (self.stranger, False),
            (self.other_resident, False),
        ):
            self.assertEqual(published._may_see(user), sees, user.login)
            self.assertFalse(sent._may_see(user), user.login)

    def test_only_what_was_published_is_proposed_again(self):
        draft = self._draft(story="Pas encore.")
        with self.assertRaisesRegex(UserError, "never published"):
            draft.action_restore()
        published = self._published()
        for user in (self.stranger, self.other_resident):
            with self.assertRaises(AccessError):
                published.with_user(user).action_restore()

    def test_a_page_that_refuses_keeps_nothing_of_what_it_began(self):
        def act():
            self.house.rank = 7
            self.env.flush_all()
            raise RevisionConflict("Non.", [])

        with MockRequest(self.env):
            self.assertEqual(pages.attempt(act), "Non.")
        self.house.invalidate_recordset()
        self.assertFalse(self.house.rank)

    def test_a_service_that_is_no_town_hall_publishes_in_no_name(self):
        office = self.env["territory.service"].create(
            {
                "name": "Bureau",
                "code": "test_office",
                "kind": "epci",
                "commune_ids": self.commune.ids,
                "user_ids": self.manager.ids,
            }
        )
        self.assertIn(office, self.manager.sudo().territory_service_ids)
        self.assertFalse(self.manager._get_town_halls())
        self.assertFalse(self._draft(self.manager).sudo().service_id)

    def test_a_new_page_and_another_name_are_hers_to_propose(self):
        other = self.association.copy({"name": "Les Pêcheurs"})
        with self.assertRaises(AccessError):
            self.env["content.revision"].with_user(self.stranger)._begin_new("wash.house")
        draft = self.house.with_user(self.camille)._propose(organisation=other)
        self.assertNotEqual(draft.sudo().organisation_id, other)

    def test_the_text_is_cleaned_and_bounded_by_every_way_in(self):
        draft = self._draft()
        draft.write({"body": "<p>Le\x07 mur</p>"})
        self.assertEqual(draft.body, "<p>Le mur</p>")
        with self.assertRaises(ValidationError):
            draft.write({"body": "<p>" + "x" * 200_001 + "</p>"})

    def test_at_once_asks_all_that_a_reading_asks_but_the_reader(self):
        self.type.allow_urgent = True
        sent = self._sent()
        with self.assertRaises(UserError):
            sent.action_publish_urgent("Vite")
        sent.with_user(self.reader).action_ask_changes("À revoir")
        self.agent.territory_commune_ids = self.commune
        house = self.house.with_user(self.secretary)
        removal = house.env["content.revision"]._begin(house, kind="remove")
        for draft in (self._draft(self.agent, story="Par un agent."), removal):
            with self.assertRaises(AccessError):
                draft.action_publish_urgent("Vite")
        self._set_image(sent, colour="blue")
        sent._change({"photo_alt": ""})
        with self.assertRaises(ContentErrors):
            sent.action_publish_urgent("Vite")
        sent._change({"photo": False})
        self.house._publish_as("data", {"story": "Meanwhile."})
        with self.assertRaises(RevisionConflict):
            sent.action_publish_urgent("Vite")
        self.assertEqual(self.house.story, "Meanwhile.")

    def test_what_is_accepted_is_tried_again(self):
        sent = self._sent()
        with self.assertRaises(UserError):
            sent.with_user(self.reader).action_ask_changes(" ")
        sent._set({"values": {**sent.sudo().values, "depth": -1}})
        with self.assertRaises(ContentErrors):
            accept(sent.with_user(self.reader))

    def test_the_second_pair_of_eyes_is_neither_of_the_same_person_nor_of_the_same_house(self):
        """One reason at a time: who has no address, who has hers, who acts or works there."""
        own, ours, theirs = self._draft(self.agent), self._draft(), self._draft(self.camille)
        self.agent.email = False
        twin = self._new_staff("secretaire.bis", "agent")
        twin.email = self.secretary.email
        treasurer = self._new_staff("tresorier.agent", "agent")
        self._let_act(treasurer, self.association)
        colleague = self._new_staff("maire.agent", "agent")
        self.town_hall.user_ids += colleague
        for user, revision in (
            (self.agent, own),
            (twin, ours),
            (colleague, ours),
            (treasurer, theirs),
        ):
            with self.subTest(user=user.login):
                self.assertFalse(user._filter_foreign_to(revision))
                self.assertEqual(self.reader._filter_foreign_to(revision), self.reader)
