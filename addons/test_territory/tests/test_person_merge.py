from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.partner_household.tests import snapshot
from odoo.addons.person_merge.tests.common import find_left
from odoo.addons.procedure.tests.common import ProcedureCommon, upload
from odoo.addons.territory_base import clock


@tagged("post_install", "-at_install")
class TestPersonMergeRequests(ProcedureCommon):
    """Both sheets have filed requests: merged, her account reads them all; undone, none changed."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.camille.partner_id.birthdate = "1988-04-12"
        # She signed up once more, for her association.
        cls.twin_user = cls._resident("camille2", "Camille", "Durand")
        cls.twin_user.partner_id.birthdate = "1988-04-12"
        cls.kept, cls.twin = cls.camille.partner_id, cls.twin_user.partner_id
        for person in cls.kept | cls.twin:
            person._create_household()
        # What the staff noted and kept on the sheet that goes.
        cls.note = cls.twin.message_post(body="Rappelée pour sa carte")
        cls.paper = cls.env["ir.attachment"].create(
            {"name": "carte.txt", "raw": b"Vue", "res_model": "res.partner", "res_id": cls.twin.id}
        )
        cls.outing = cls._procedure("Sortie", "ESSAISORTIE", cls.waste, fields=cls._outing_form())
        for sheet, user in ((cls.kept, cls.camille), (cls.twin, cls.twin_user)):
            sheet.with_user(user)._declare_child(
                {"firstname": "Lou", "lastname": "Durand", "birthdate": f"201{user.id % 10}-01-02"}
            )
        cls.association = cls._delegations(cls.twin_user, cls.dominique).organisation_id[:1]
        cls.first = cls._submit(cls.camille)
        cls.second = cls._submit(cls.twin_user)
        cls._converse(cls.second)
        cls.hers = cls._go_out(cls.camille)
        cls.theirs = cls._go_out(cls.twin_user)
        cls.of_association = cls._submit(cls.twin_user, acting_for=cls.association)
        cls.drafts = cls.env["website.procedure.pending"]
        for user, procedures in (
            (cls.camille, cls.procedure),
            (cls.twin_user, cls.procedure | cls.outing),
        ):
            for procedure in procedures:
                cls.drafts |= cls.drafts._start(procedure, user.partner_id)[0]
        cls.env.invalidate_all()

    @classmethod
    def _outing_form(cls):
        return [
            {"key": "who", "type": "persons", "label": "Qui viendra"},
            {"key": "meals", "type": "block", "label": "Repas", "max_value": 3},
            {"key": "guest", "type": "persons", "label": "Pour qui", "block_key": "meals"},
            {"key": "proof", "type": "file", "label": "Justificatif"},
        ]

    @classmethod
    def _go_out(cls, user):
        child = user.partner_id._children_i_may_act_for()
        return cls._submit(
            user,
            procedure=cls.outing,
            answers={
                "who": [str(user.partner_id.id), str(child.id)],
                "meals.0.guest": [str(user.partner_id.id)],
            },
            subjects=child,
        )

    @classmethod
    def _converse(cls, request):
        request.with_user(cls.agent).action_take()
        request.with_user(cls.agent).message_post(body="Il manque l’étage")
        request.sudo()._post_from_applicant("Au deuxième", [upload()], by=cls.twin)
        request.with_user(cls.agent).action_accept()

    def _merge(self, kept=None, merged=None):
        manager = self.manager
        pair = [each.with_user(manager) for each in (kept or self.kept, merged or self.twin)]
        merge = self.env["person.merge"].with_user(manager)._merge(*pair, "Appelée")
        self.env.invalidate_all()
        return merge

    def _read_by(self, user):
        return self.env["procedure.request"].with_user(user).search([]).with_env(self.env)

    def test_her_account_reads_the_requests_of_both_and_the_closed_one_none(self):
        former = self._read_by(self.camille)
        self.assertNotIn(self.second, former)
        self._merge()
        requests = self.first | self.second | self.hers | self.theirs | self.of_association
        self.assertEqual(self._read_by(self.camille), former | requests)
        self.assertFalse(self._read_by(self.twin_user))
        self.assertFalse(self.second.with_user(self.twin_user).has_access("read"))
        self.assertTrue(self.second._is_applicant(self.kept))
        self.assertTrue(self.of_association._is_applicant(self.kept))
        self.assertEqual(self.second.applicant_email, self.kept.email)
        self.assertEqual(self.second.document_line_ids.document_id.giver_id, self.kept)
        words = self.second.message_ids.filtered(lambda each: "deuxième" in str(each.body))
        self.assertEqual(words.author_id, self.kept)
        chosen = [record["id"] for record in self.theirs.answers["who"]]
        self.assertIn(self.kept.id, chosen)
        self.assertNotIn(self.twin.id, chosen)
        self.assertEqual(self.theirs.answers["meals"][0]["guest"][0]["id"], self.kept.id)
        self.assertEqual(set(self.theirs.answer_ids.mapped("res_id")), set(chosen))

    def test_of_two_drafts_of_one_form_hers_stays(self):
        self._merge()
        drafts = self.drafts.search([("partner_id", "=", self.kept.id)])
        self.assertEqual(drafts.procedure_id, self.procedure | self.outing)
        self.assertEqual(len(drafts), 2)

    def test_the_requests_of_two_households_are_those_of_one(self):
        kept, merged = (each._current_household() for each in (self.kept, self.twin))
        requests = self.second | self.theirs
        self.assertEqual(requests.household_id, merged)
        merge = self._merge(kept, merged)
        self.assertEqual(requests.household_id, kept)
        self.assertIn(self.waste, kept.reader_service_ids)
        self.assertFalse(self.second.with_user(self.camille).has_access("read"), "not hers")
        merge.with_user(self.manager).action_undo()
        self.env.invalidate_all()
        self.assertEqual(requests.household_id, merged)

    def test_undone_everything_is_as_it_was(self):
        moved = self._check_undone(self.kept, self.twin)
        self.assertIn(("mail_message", self.note.id), moved)
        self.assertIn(("ir_attachment", self.paper.id), moved)
        self.assertFalse(self.second.with_user(self.camille).has_access("read"))
        self.assertTrue(self.second.with_user(self.twin_user).has_access("read"))
        self._check_undone(*(each._current_household() for each in (self.kept, self.twin)))

    def _check_undone(self, kept, merged):
        before = snapshot.take(self.env)
        merge = self._merge(kept, merged)
        moved = find_left(before, snapshot.take(self.env)).keys()
        merge.with_user(self.manager).action_undo()
        self.assertEqual(find_left(before, snapshot.take(self.env)), {})
        return moved

    def _end_past(self):
        """As the night does, thirty days later."""
        self.classPatch(self.registry["ir.cron"], "_commit_progress", lambda *_args, **_kw: 1000)
        rule = self.env.ref("household_retention.retention_person")
        rule.with_user(self.dpo).action_preview()
        rule.with_user(self.dpo).action_enable()
        rule.last_run_on = False
        self.env["person.merge"]._gc_moves()
        self.env["privacy.retention"]._cron_run()
        self.env.invalidate_all()

    def test_past_its_thirty_days_the_sheet_put_aside_and_its_account_go(self):
        merge = self._merge().sudo()
        self._end_past()
        self.assertTrue(self.twin.exists() and self.twin_user.exists(), "it may be undone")
        merge.date_undo = clock.today() - timedelta(days=1)
        self._end_past()
        self.assertFalse(self.twin.exists() or self.twin_user.exists())
        self.assertTrue(self.kept.exists().active and self.camille.active)
        self.assertEqual(self.second.applicant_id, self.kept)
        self.assertEqual(len(self.theirs.subject_ids.exists()), 2, "she and her child")

    def test_a_sheet_that_something_names_stays(self):
        merge = self._merge().sudo()
        # As a row that the database would not move.
        self.second.sudo().document_line_ids.document_id.giver_id = self.twin
        merge.date_undo = clock.today() - timedelta(days=1)
        self._end_past()
        self.assertTrue(self.twin.exists())
        self.assertFalse(self.twin_user.exists(), "nobody can open it again")
