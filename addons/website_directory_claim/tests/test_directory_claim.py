from unittest.mock import patch

from odoo import http
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.partner_household.tests.common import HouseholdCase
from odoo.addons.website_directory.tests.test_directory_proposal import ProposalMakers
from odoo.addons.website_parts.tests.common import PageCase

from ..models import directory_claim


@tagged("post_install", "-at_install")
class TestDirectoryClaim(ProposalMakers, HouseholdCase, PageCase):
    """The club is kept by nobody; Camille acts for a company, Sacha for its rival."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_proposals()
        cls.path = f"/annuaire/{cls.club.slug}/tenir"
        cls.env["mail.mail"].search([]).unlink()

    def _ask(self, user=None, organisation=None, entry=None):
        Claim = self.env["directory.claim"].with_user(user or self.camille)
        return Claim._ask(entry or self.club, organisation or self.company, "C’est chez nous.")

    def _mails(self, user):
        return self.env["mail.mail"].search([("email_to", "ilike", user.email)])

    def test_a_company_asks_an_agent_confirms_and_she_keeps_it(self):
        claim = self._ask()
        self.assertTrue(self._mails(self.communication))
        self.assertEqual(claim.activity_ids.user_id, claim._get_deciders())
        self.assertFalse(self.club.owner_id)
        with self.assertRaises(AccessError):
            self.club.with_user(self.camille)._propose()
        claim.with_user(self.communication).action_accept()
        self.assertEqual(self.club.owner_id, self.company)
        self.assertEqual(claim.decided_by_id, self.communication)
        self.assertFalse(claim.activity_ids)
        self.assertIn(self.club.name, self._mails(self.camille).subject)
        self.assertTrue(self.club.with_user(self.camille)._propose())
        with self.assertRaises(UserError):
            claim.with_user(self.manager).action_refuse()

    def test_it_is_refused_with_a_word(self):
        claim = self._ask()
        decider = claim.with_user(self.communication)
        with self.assertRaises(UserError):
            decider.action_refuse()
        decider.answer = "Nous n’avons pas pu vous joindre."
        decider.action_refuse()
        self.assertFalse(self.club.owner_id)
        self.assertIn("pas pu vous joindre", self._mails(self.camille).body_html)
        self.assertNotEqual(self._ask(), claim, "She may ask again")

    def test_it_is_taken_back(self):
        claim = self._ask()
        with self.assertRaises(AccessError):
            claim.with_user(self.sacha)._withdraw()
        claim.with_user(self.camille)._withdraw()
        self.assertEqual(claim.state, "withdrawn")
        self.assertFalse(claim.activity_ids)
        with self.assertRaises(UserError):
            claim.with_user(self.communication).action_accept()

    def test_one_open_request_for_each_organisation(self):
        self.assertEqual(self._ask(), self._ask())
        first, second = self._ask(), self._ask(self.sacha, self.rival)
        self.assertNotEqual(first, second)
        first.with_user(self.communication).action_accept()
        with self.assertRaises(UserError):
            second.with_user(self.communication).action_accept()
        self.assertEqual(self.club.owner_id, self.company)

    def test_nobody_asks_for_another_nor_takes_what_somebody_keeps(self):
        for user, organisation in (
            (self.camille, self.rival),
            (self.stranger, self.company),
            (self.secretary, self.company),
        ):
            with self.assertRaises(AccessError, msg=user.login):
                self._ask(user, organisation)
        with self.assertRaises(UserError):
            self._ask(self.sacha, self.rival, self.baker)
        waiting = self._sheet("En attente", is_online=False)
        with self.assertRaises(UserError):
            self._ask(entry=waiting)

    def test_a_sheet_whose_owner_is_gone_is_asked_for(self):
        self.env["partner.delegate"].search([("organisation_id", "=", self.company.id)]).write(
            {"state": "ended"}
        )
        self.assertTrue(self._ask(self.sacha, self.rival, self.baker))

    def test_who_decides(self):
        claim = self._ask()
        for user in (self.camille, self.sacha, self.secretary, self.agent, self.dpo):
            with self.assertRaises(AccessError, msg=user.login):
                claim.with_user(user).action_accept()
            with self.assertRaises(AccessError, msg=user.login):
                claim.with_user(user).read(["message"])
            self.assertFalse(claim.with_user(user)._list_to_decide(), user.login)
        self._let_act(self.communication, self.company)
        with self.assertRaises(AccessError):
            claim.with_user(self.communication).action_accept()
        self.assertFalse(claim.with_user(self.communication)._list_to_decide())
        self.assertEqual(claim.with_user(self.manager)._list_to_decide(), claim)
        claim.with_user(self.manager).action_accept()
        with self.assertRaisesRegex(UserError, "already answered"):
            claim.with_user(self.manager).answer = "Trop tard."

    def test_nobody_is_told_of_her_own_request_nor_after_she_left(self):
        self._let_act(self.communication, self.company)
        claim = self._ask()
        self.assertFalse(self._mails(self.communication))
        self.assertNotIn(self.communication, claim._get_deciders())
        self.camille.active = False
        claim.with_user(self.manager).action_accept()
        self.assertFalse(self._mails(self.camille))

    def test_one_act_at_a_time(self):
        claim, busy = self._ask(), ConcurrencyError("busy")
        for locked, act in (
            (self.club, lambda: self._ask(self.sacha, self.rival)),
            (self.club, claim.with_user(self.communication).action_accept),
            (claim, claim.with_user(self.camille)._withdraw),
        ):
            with patch.object(directory_claim, "lock_or_replay", side_effect=busy) as lock:
                with self.assertRaises(ConcurrencyError):
                    act()
            self.assertEqual(lock.call_args.args[0], locked)

    def test_a_sheet_that_is_put_away_is_asked_for_by_nobody(self):
        self.assertTrue(self.club._is_claimable())
        self.assertFalse(self.baker._is_claimable())
        self.company.active = False
        self.assertTrue(self.baker._is_claimable(), "its owner is gone")
        self.club._as_publication().active = False
        self.assertFalse(self.club._is_claimable())

    def test_an_organisation_of_another_kind_keeps_no_sheet(self):
        self.company.kind = "household"
        with self.assertRaises(AccessError):
            self._ask()

    def test_its_state_is_written_by_its_buttons_only(self):
        claim = self._ask()
        for user in (self.camille, self.communication, self.manager, self.technician):
            own = claim.with_user(user)
            for values in (
                {"state": "accepted"},
                {"organisation_id": self.rival.id},
                {"entry_id": self.baker.id},
                {"answer": "x", "state": "refused"},
            ):
                with self.assertRaises(AccessError, msg=f"{user.login} {values}"):
                    own.write(values)
            with self.assertRaises(AccessError):
                own.create({"entry_id": self.club.id, "organisation_id": self.rival.id})
            with self.assertRaises(AccessError):
                own.unlink()

    # -- the pages

    def test_the_sheet_leads_to_it_and_back(self):
        sheet = self.get(f"/annuaire/{self.club.slug}")
        self.assertTrue(sheet.tree.xpath(f"//main//a[@href='{self.path}']"))
        kept = self.get(f"/annuaire/{self.baker.slug}")
        self.assertFalse(kept.tree.xpath("//main//a[contains(@href, '/tenir')]"))
        self.sign_in(self.camille)
        page = self.get(self.path)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        data = {**self.hidden(page), "organisation": self.company.id, "message": "Oui."}
        for _press in range(2):
            answer = self.post(self.path, {**data, "_do": "ask"})
            self.assertEqual(answer.status_code, 303)
        (claim,) = self.env["directory.claim"].search([("entry_id", "=", self.club.id)])
        self.assertEqual((claim.organisation_id, claim.message), (self.company, "Oui."))
        page = self.get(self.path)
        self.assertIn("Fournil Essai SARL", page.tree.xpath("string(//main)"))
        self.post(self.path, {**self.hidden(page), "claim": claim.id, "_do": "withdraw"})
        claim.invalidate_recordset()
        self.assertEqual(claim.state, "withdrawn")
        self.company.kind = "household"
        self.assertFalse(self.get(self.path).tree.xpath("//main//form"))

    def test_a_kept_page_says_at_once_that_nobody_keeps_the_sheet_any_more(self):
        path, link = f"/annuaire/{self.baker.slug}", "//main//a[contains(@href, '/tenir')]"
        page = self.get(path)
        self.assertTrue(page.headers.get("ETag"), "It is kept")
        self.assertFalse(page.tree.xpath(link))
        delegates = [("organisation_id", "=", self.company.id)]
        self.env["partner.delegate"].search(delegates).write({"state": "ended"})
        self.env.cr.precommit.run()
        self.assertTrue(self.get(path).tree.xpath(link))

    def test_her_contributions_show_what_she_asked_and_she_takes_it_back(self):
        claim, theirs = self._ask(), self._ask(self.sacha, self.rival)
        self.sign_in(self.camille)
        page = self.get("/my/contributions")
        (asked,) = page.tree.xpath("//main//section[@aria-labelledby='fiches-demandees']//li")
        self.assertIn(self.club.name, asked.text_content())
        path = "/my/contributions/fiche-demandee"
        hidden = self.hidden(page)
        self.post(path, {**hidden, "claim": theirs.id})
        for _press in range(2):
            answer = self.post(path, {**hidden, "claim": claim.id})
            self.assertEqual(answer.status_code, 303)
        self.env.invalidate_all()
        self.assertEqual((claim.state, theirs.state), ("withdrawn", "asked"))
        page = self.get("/my/contributions")
        self.assertFalse(page.tree.xpath("//*[@id='fiches-demandees']"))

    @mute_logger("odoo.http")
    def test_it_is_decided_on_a_page(self):
        claim, theirs = self._ask(), self._ask(self.sacha, self.rival)
        path = f"/my/fiches-demandees/{claim.id}"
        self.assertIn(path, self._mails(self.communication)[-1:].body_html)
        for user in (self.camille, self.secretary, self.agent):
            self.sign_in(user)
            self.assertEqual(self.get(path).status_code, 404, user.login)
        self.sign_in(self.communication)
        for nothing in ("0", "x", "999999999"):
            self.assertEqual(self.get(f"/my/fiches-demandees/{nothing}").status_code, 404, nothing)
        listed = self.get("/my/a-relire").tree.xpath("//main//a/@href")
        self.assertTrue({path, f"/my/fiches-demandees/{theirs.id}"} <= set(listed))
        page = self.get(path)
        self.assertIn("C’est chez nous.", page.tree.xpath("string(//main)"))
        for wanted in ("", "drop"):
            answer = self.post(path, {**self.hidden(page), "_do": wanted, "answer": "Non."})
            self.assertEqual(answer.status_code, 404)
        claim.with_user(self.communication).answer = "Commencé au guichet."
        page = self.get(path)
        self.assertEqual(self.value(page, "answer"), "Commencé au guichet.")
        refused = f"/my/fiches-demandees/{theirs.id}"
        data = self.hidden(self.get(refused))
        for answer in ("", "Pas à vous. " * 200):
            again = self.post(refused, {**data, "_do": "refuse", "answer": answer})
            self.assertEqual(again.status_code, 422, "Nothing is cut without a word")
        answer = self.post(refused, {**data, "_do": "refuse", "answer": "Pas à vous."})
        self.assertEqual(answer.status_code, 303)
        colleague = self.hidden(self.get(path))
        for _press in range(2):
            answer = self.post(path, {**self.hidden(page), "_do": "accept"})
            self.assertEqual(answer.status_code, 303)
        late = self.post(path, {**colleague, "_do": "refuse", "answer": "Trop tard."})
        self.assertEqual(late.status_code, 422)
        self.assertIn("a déjà répondu", late.tree.xpath("string(//main)"))
        self.env.invalidate_all()
        self.assertFalse(claim.answer)
        self.assertEqual((theirs.state, theirs.answer), ("refused", "Pas à vous."))
        self.assertEqual((claim.state, self.club.owner_id), ("accepted", self.company))
        self.assertFalse(self.get(path).tree.xpath("//main//form"))
        self.assertNotIn(path, self.get("/my/a-relire").text)
        self._let_act(self.communication, self.company)
        self.assertEqual(self.get(path).status_code, 404, "She acts for that company")
        with self.assertRaises(AccessError):
            claim.with_user(self.agent)._decide(True)

    @mute_logger("odoo.http")
    def test_without_an_account_one_is_told_why_one_signs_in(self):
        page = self.get(self.path)
        self.assertEqual(page.status_code, 200)
        self.assertIn("vous vous connectez", page.tree.xpath("string(//main)"))
        links = page.tree.xpath("//main//a/@href")
        self.assertTrue([link for link in links if link.startswith("/web/login?redirect=")])
        self.assertFalse(page.tree.xpath("//main//form"))
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        answer = self.post(self.path, {"organisation": "1"})
        self.assertIn("/web/login", answer.headers["Location"])
        self.assertEqual(self.get(f"/annuaire/{self.baker.slug}/tenir").status_code, 404)

    def test_no_page_believes_a_form_that_it_did_not_give(self):
        claim = self._ask()
        give = self.env["public.guard"]._form_token
        for user, path, data in (
            (self.sacha, self.path, {"organisation": self.rival.id, "_do": "ask"}),
            (self.camille, self.path, {"claim": claim.id, "_do": "withdraw"}),
            (self.camille, "/my/contributions/fiche-demandee", {"claim": claim.id}),
            (self.communication, f"/my/fiches-demandees/{claim.id}", {"_do": "accept"}),
        ):
            self.sign_in(user)
            # With all but the one of her session; with that one alone.
            for tokens in (
                {"csrf_token": "x", "guard_token": give("contribution")},
                {"csrf_token": http.Request.csrf_token(self)},
            ):
                answer = self.post(path, {**data, **tokens})
                self.assertEqual(answer.status_code, 422, f"{path} {sorted(tokens)}")
        self.env.invalidate_all()
        self.assertEqual(self.env["directory.claim"].search([]), claim)
        self.assertEqual((claim.state, self.club.owner_id.ids), ("asked", []))

    @mute_logger("odoo.http")
    def test_a_guessed_address_or_number_gives_nothing(self):
        self.sign_in(self.sacha)
        self.assertEqual(self.get(f"/annuaire/{self.baker.slug}/tenir").status_code, 404)
        self.assertEqual(self.get("/annuaire/jamais/tenir").status_code, 404)
        theirs = self._ask()
        data = self.hidden(self.get(self.path))
        answer = self.post(self.path, {**data, "organisation": self.company.id, "_do": "ask"})
        self.assertEqual(answer.status_code, 422)
        data = self.hidden(self.get(self.path))
        self.post(self.path, {**data, "claim": theirs.id, "_do": "withdraw"})
        theirs.invalidate_recordset()
        self.assertEqual(theirs.state, "asked")
        self.assertEqual(self.env["directory.claim"].search([]), theirs)
        self.sign_in(self.stranger)
        page = self.get(self.path)
        self.assertFalse(page.tree.xpath("//main//form"))
        self.assertTrue(page.tree.xpath("//main//a[@href='/my/foyer/organisation']"))

    def test_no_mail_leaves_by_a_request(self):
        claim = self._ask().with_user(self.communication)
        outside = self.sacha.partner_id.ids
        mails = self.env["mail.mail"].search_count([])
        for forged in (
            {"outgoing_email_to": "victime@exemple.fr"},
            {"email_from": "victime@exemple.fr"},
            {"author_id": self.manager.partner_id.id},
            {"partner_ids": outside},
        ):
            with self.assertRaises(AccessError, msg=forged):
                claim.message_post(body="x", subtype_xmlid="mail.mt_comment", **forged)
        with self.assertRaises(AccessError):
            claim.message_subscribe(outside)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
