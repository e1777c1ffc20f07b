import base64
from collections import Counter
from unittest.mock import patch

from requests import HTTPError

from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.content_approval.models.content_guard_mixin import ContentGuardMixin
from odoo.addons.content_approval.tests.guard_sweep import HARMLESS, GuardSweep
from odoo.addons.partner_household.tests.common import HouseholdCase
from odoo.addons.website_parts.tests.common import PageCase, photo

from .test_directory_proposal import ProposalMakers

NOISE = ("odoo.sql_db", "odoo.models", "odoo.http", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install", "-standard", "sweep_rights")
class TestDirectoryGuard(GuardSweep, ProposalMakers, HouseholdCase, PageCase):
    """A sheet that is online is the same, byte for byte, whatever anybody writes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_proposals()
        cls.neighbour = cls._new_staff("secretaire.clairval", "secretary")
        cls.neighbour.territory_commune_ids = cls.clairval
        cls._publish(
            cls.baker,
            photo=base64.b64encode(photo(side=400)),
            photo_alt="La vitrine",
            photo_ids=[(0, 0, {"image": base64.b64encode(photo("blue")), "alt": "Le four"})],
            link_ids=[(0, 0, {"name": "La fête", "url": "https://fete.exemple.test"})],
            opening_ids=cls._week((4, 9, 12)),
            facet_ids=[(6, 0, cls.parcels.ids)],
            body="<p>Depuis 1950.</p>",
        )
        cls.env.flush_all()
        cls.path = f"/annuaire/{cls.baker.slug}"
        cls.everybody = (
            cls.camille,
            cls.sacha,
            cls.stranger,
            cls.secretary,
            cls.neighbour,
            cls.agent,
            cls.communication,
            cls.dpo,
            cls.manager,
            cls.technician,
            cls.env.ref("base.public_user"),
            cls.env.ref("base.user_root"),
        )

    @mute_logger(*NOISE)
    def test_what_is_online_is_written_by_no_method_of_core(self):
        before = self.get(self.path).content
        tried = self._sweep(self.baker, self.everybody)
        self.assertEqual([row[:2] for row in tried if row[3]], [])
        answered = {(name, outcome) for _login, name, outcome, _is in tried}
        answered = {each for each in answered if each[1] != "AccessError"}
        self.assertEqual(answered, {(name, "returned") for name in HARMLESS})
        self.assertGreater(len(tried), 900)
        self.env.registry.clear_all_caches()
        self.assertEqual(self.get(self.path).content, before)

    @mute_logger(*NOISE)
    def test_the_guard_is_what_refuses(self):
        """The manager may write sheets, says the access list."""
        unguarded = patch.object(ContentGuardMixin, "_check_publishing", lambda self: None)
        with unguarded:
            tried = self._sweep(self.baker, (self.manager,))
        changed = {name for _login, name, _outcome, is_changed in tried if is_changed}
        self.assertLessEqual(
            {"write name", "write is_online", "web_save", "archive", "file: create"}, changed
        )

    def _get_calls(self):
        """{name: a remote call that writes}, of whoever is signed in."""
        sheet, line = self.baker.id, self.baker.opening_ids.id
        told = {"summary": "x"}
        forged = {"content_publishing": True, "directory_import": True}
        return {
            "write": ("directory.entry", "write", [[sheet], told], {}),
            "forged": ("directory.entry", "write", [[sheet], told], {"context": forged}),
            "web_save": ("directory.entry", "web_save", [[sheet], told], {"specification": {}}),
            "owner": ("directory.entry", "write", [[sheet], {"is_online": False}], {}),
            "archive": ("directory.entry", "action_archive", [[sheet]], {}),
            "unlink": ("directory.entry", "unlink", [[sheet]], {}),
            "line": ("directory.opening", "write", [[line], {"hour_to": 13}], {}),
            "line gone": ("directory.opening", "unlink", [[line]], {}),
            "import": ("directory.entry", "load", [[".id", "summary"], [[str(sheet), "x"]]], {}),
            "private": ("directory.entry", "_publish_as", [[sheet], "x", told], {}),
            "private too": ("directory.entry", "_confirm", [[sheet], ["summary"]], {}),
            "offline": ("directory.entry", "action_take_offline", [[sheet], ""], {}),
        }

    @mute_logger(*NOISE)
    def test_no_remote_call_and_no_page_writes_what_is_online(self):
        before, answers = self.get(self.path).content, Counter()
        for user in (None, *self.everybody[:-2]):
            self.authenticate(None, None)
            if user:
                self.sign_in(user)
            for model, method, args, kwargs in self._get_calls().values():
                try:
                    self.make_jsonrpc_request(
                        f"/web/dataset/call_kw/{model}/{method}",
                        {"model": model, "method": method, "args": args, "kwargs": kwargs},
                    )
                    answers["answered"] += 1
                except (JsonRpcException, HTTPError) as refusal:
                    answers[type(refusal).__name__] += 1
            may = user in (self.camille, self.secretary, self.agent, self.communication)
            may = may or user == self.manager
            page = self.get(f"/my/contributions/page/directory.entry/{self.baker.id}")
            is_shown = page.status_code == 200 and "/web/login" not in page.url
            self.assertEqual(is_shown, may, user and user.login)
        self.authenticate(None, None)
        self.env.registry.clear_all_caches()
        self.assertEqual(self.get(self.path).content, before)
        self.assertGreater(answers.total(), 120)

    def test_a_sheet_that_is_only_begun_is_shown(self):
        draft = self.env["content.revision"].with_user(self.camille)
        draft = draft._begin_new("directory.entry", self.company)
        self.sign_in(self.camille)
        for way in ("", "/apercu"):
            page = self.get(f"/my/contributions/{draft.id}{way}")
            self.assertEqual(page.status_code, 200, way)
            self.assertTrue(page.tree.xpath("//main//img[contains(@src, 'service.svg')]"), way)

    @mute_logger(*NOISE)
    def test_the_change_of_another_is_found_by_no_number(self):
        draft = self.baker.with_user(self.camille)._propose()
        draft._change({"summary": "Secret du fournil"})
        for user in (self.sacha, self.stranger, self.secretary, self.neighbour, self.agent):
            self.sign_in(user)
            for way in ("", "/apercu", "/retirer"):
                page = self.get(f"/my/contributions/{draft.id}{way}")
                self.assertEqual(page.status_code, 404, f"{user.login} {way}")
                self.assertNotIn("Secret du fournil", page.text)
        self.sign_in(self.camille)
        self.assertIn("Secret du fournil", self.get(f"/my/contributions/{draft.id}").text)
