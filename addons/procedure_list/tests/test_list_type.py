from difflib import get_close_matches
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure_form.engine.definition import Refused

from ..field_types import LISTS_TYPE, TICKED_MAX
from ..models import procedure_list
from .common import TODAY, ListCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestListType(ListCommon):
    """A question that offers the rows of a shared list, when it is filled in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls._procedure(
            "Signaler un nid-de-poule", "NID", cls.waste, cls._street_form()
        )
        cls.street = cls.report.version_id.field_ids[1]

    def _file(self, procedure=None, **answers):
        self.env = self.env(context={**self.env.context, "lang": "fr_FR"})
        procedure = (procedure or self.report).with_context(lang="fr_FR")
        filing = self._filing(procedure=procedure, files={}, answers=answers)
        requests = self.env["procedure.request"].with_user(self.camille)
        return requests._submit(filing).with_user(self.env.user)

    def assertRefused(self, sentence, procedure=None, key="street", **answers):
        with self.assertRaises(AnswersInvalid) as caught:
            self._file(procedure, **answers)
        self.assertEqual(caught.exception.errors, {key: sentence})

    def test_a_street_of_another_commune_posted_by_hand_is_refused(self):
        sentence = (
            "«\xa0Rue de la Gare\xa0» ne va pas avec votre réponse «\xa0Vaubecourt\xa0». "
            "Choisissez une autre réponse."
        )
        for typed in ("gare", "Rue de la Gare", "rue de la gare (revigny sur ornain)"):
            self.assertRefused(sentence, place="55532", street=typed)
        self.assertTrue(self._file(place="55427", street="gare"))

    def test_the_same_words_are_the_street_of_the_commune_that_is_answered(self):
        for insee, value in (("55532", "haute-v"), ("55427", "haute-r")):
            for typed in ("RUE HAUTE", value):
                request = self._file(place=insee, street=typed)
                expected = {"value": value, "label": "Rue Haute"}
                self.assertEqual(request.answers["street"], expected)

    def test_what_is_no_row_is_refused(self):
        self.assertRefused(
            "«\xa0Rue Basse\xa0» n’est pas dans la liste. Vérifiez l’orthographe, ou "
            "choisissez un nom proposé.",
            place="55532",
            street="Rue Basse",
        )

    def test_a_value_that_ended_is_refused_and_stays_readable_on_old_requests(self):
        former = self._file(place="55532", street="moulin")
        self._row("moulin").write({"label": "Chemin du Moulin", "date_to": "2026-03-22"})
        self.assertRefused(
            "«\xa0Chemin du Moulin\xa0» n’est plus dans la liste depuis le 23/03/2026. "
            "Choisissez une autre réponse.",
            place="55532",
            street="moulin",
        )
        former.invalidate_recordset()
        rows = [row[:2] for _section, rows in former._get_answer_sections() for row in rows]
        self.assertIn(("Rue", "Rue du Moulin"), rows)
        self.assertEqual(
            former.answer_ids.filtered(lambda row: row.key == "street").value_text, "Rue du Moulin"
        )
        self.assertNotIn("moulin", dict(self.street._get_record_choices(self.camille.partner_id)))

    def test_a_value_to_come_is_refused(self):
        self._row("moulin").date_from = "2026-03-24"
        self.assertRefused(
            "«\xa0Rue du Moulin\xa0» n’est dans la liste qu’à partir du 24/03/2026. "
            "Choisissez une autre réponse.",
            place="55532",
            street="moulin",
        )

    def test_as_long_as_the_commune_is_not_known_each_street_says_its_own(self):
        labels = dict(self.street._get_record_choices(self.camille.partner_id))
        self.assertEqual(labels["haute-r"], "Rue Haute (Revigny-sur-Ornain)")
        answers = {"place": {"insee": "55532", "label": "Vaubecourt"}}
        labels = dict(self.street._get_record_choices(self.camille.partner_id, answers))
        self.assertEqual(labels, {"haute-v": "Rue Haute", "moulin": "Rue du Moulin"})

    def test_what_an_answer_or_a_condition_holds_is_not_deleted(self):
        block = [
            {"key": "rows", "type": "block", "label": "Rues"},
            {
                "key": "row_street",
                "type": "list",
                "label": "Rue",
                "list_id": self.streets.id,
                "block_key": "rows",
            },
            {
                "key": "why",
                "type": "char",
                "label": "Pourquoi",
                "block_key": "rows",
                "condition_ids": [
                    Command.create({"key": "row_street", "operator": "=", "value": "gare"})
                ],
            },
        ]
        place = {"key": "place", "type": "commune", "label": "Commune"}
        several = self._procedure("Plusieurs rues", "PLUS", self.waste, [place, *block])
        self._file(several, **{"place": "55532", "rows.0.row_street": "moulin"})
        for value in ("moulin", "gare"):
            with self.assertRaises(UserError):
                self._row(value).unlink()
            with self.assertRaises(UserError):
                self._row(value).value = "autre"
        self._row("haute-r").unlink()
        with self.assertRaises(UserError):
            self.streets.unlink()

    def test_a_condition_names_a_row(self):
        fields = [
            *self._street_form(),
            {
                "key": "works",
                "type": "char",
                "label": "Travaux",
                "required": True,
                "condition_ids": [
                    Command.create({"key": "street", "operator": "in", "value": "gare,moulin"})
                ],
            },
        ]
        asked = self._procedure("Travaux", "TRAV", self.waste, fields)
        self.assertTrue(self._file(asked, place="55427", street="haute-r"))
        self.assertRefused(
            "Répondez à cette question.", asked, "works", place="55427", street="gare"
        )
        draft = asked.with_user(self.manager).action_new_version()
        draft.field_ids[2].condition_ids.value = "nulle-part"
        self.assertIn("nulle-part", "".join(draft._get_problems()))

    def test_a_row_to_be_specified_asks_for_words(self):
        self.env["procedure.list.row"].create(
            {"list_id": self.streets.id, "value": "other", "label": "Autre :", "is_free": True}
        )
        self.assertRefused(
            "Précisez votre réponse en quelques mots.", place="55532", street="other"
        )
        request = self._file(**{"place": "55532", "street": "Autre", "street.other": "Le bois"})
        answer = request.answers["street"]
        self.assertEqual(answer, {"value": "other", "label": "Autre :", "words": "Le bois"})
        self.assertEqual(self.street._format_answer(answer), "Autre\xa0: Le bois")
        kind = self.street._get_type()
        self.assertEqual(kind.leave_words_out(answer), {"value": "other", "label": "Autre :"})
        field = self.street._prepare_engine_field()
        self.assertEqual(kind.to_raw(field, answer), {"street": "other", "street.other": "Le bois"})
        texts = request.answer_ids.filtered(lambda row: row.key == "street").mapped("value_text")
        self.assertEqual(texts, ["Autre :", "Le bois"])

    def test_too_many_ticks_are_said_and_not_cut(self):
        field = self.env["procedure.field"].new({"key": "chosen", "type": "lists"})
        raw = {"chosen": [str(each) for each in range(TICKED_MAX + 1)]}
        with self.assertRaises(Refused) as caught:
            LISTS_TYPE.parse(field, raw, None)
        self.assertEqual(caught.exception.problem.code, "too_many_ticked")

    def test_several_rows(self):
        kinds = self._list("Genres", "kinds", [("sport", "Sport", None), ("art", "Art", None)])
        activities = self._list(
            "Activités",
            "activities",
            [("judo", "Judo", self._row("sport")), ("chant", "Chant", self._row("art"))],
            parent_kind="list",
            parent_list_id=kinds.id,
        )
        fields = [
            {"key": "kinds", "type": "lists", "label": "Genres", "list_id": kinds.id},
            {"key": "chosen", "type": "lists", "label": "Activités", "list_id": activities.id},
        ]
        asked = self._procedure("Inscription", "ACTI", self.waste, fields)
        request = self._file(asked, kinds=["sport", "art"], chosen=["judo", "chant", "judo"])
        self.assertEqual([row["value"] for row in request.answers["chosen"]], ["chant", "judo"])
        question = asked.version_id.field_ids[1]
        self.assertEqual(question._get_cell_reader()(request.answers["chosen"]), "Chant, Judo")
        self.assertRefused(
            "«\xa0Chant\xa0» ne va pas avec votre réponse «\xa0Sport\xa0». Choisissez une "
            "autre réponse.",
            asked,
            "chosen",
            kinds=["sport"],
            chosen=["judo", "chant"],
        )

    def test_near_words_are_proposed(self):
        answers = {"place": {"insee": "55532", "label": "Vaubecourt"}}
        for typed in ("moullin", "rue moulin", "Rue du Mouln"):
            self.assertEqual(self.street._get_near_choices(typed, answers), ["Rue du Moulin"])
        self.assertEqual(self.street._get_near_choices("zzz", answers), [])

    def test_of_a_long_list_only_some_names_are_compared(self):
        """Comparing costs: a visitor who mistypes on purpose occupies nobody for seconds."""
        rows = [
            {"list_id": self.streets.id, "value": f"r{n}", "label": f"Rue de l’essai {n}"}
            for n in range(700)
        ]
        for row in rows:
            row.update(commune_id=self.vaubecourt.id, sequence=0)
        self.env["procedure.list.row"].create(rows)
        compared = []

        def compare(word, names, **kwargs):
            compared.append((len(word), len(names)))
            return get_close_matches(word, names, **kwargs)

        with patch.object(procedure_list, "get_close_matches", compare):
            answers = {"place": {"insee": "55532", "label": "Vaubecourt"}}
            self.assertEqual(
                self.street._get_near_choices("rue moullin", answers)[0], "Rue du Moulin"
            )
            self.street._get_near_choices("ledutmaornri ue gelas cheip" * 2, answers)
        self.assertLessEqual(max(length for length, _count in compared), 40)
        self.assertLessEqual(max(count for _length, count in compared), 300)

    def test_what_forbids_the_publication(self):
        draft = self.report.with_user(self.manager).action_new_version()
        draft = draft.with_context(lang="fr_FR")
        street = draft.field_ids[1]
        self.assertFalse(draft._get_problems())
        self._commune("Ailleurs", "55999", "55000")
        self.assertIn("ne propose rien pour Ailleurs", "".join(draft._get_problems()))
        street.required = False
        self.assertFalse(draft._get_problems())
        draft.field_ids[0].unlink()
        self.assertIn("Demandez la commune", "".join(draft._get_problems()))
        self.streets.row_ids.date_to = "2026-03-22"
        self.assertIn("ne propose rien aujourd’hui", "".join(draft._get_problems()))
        self.streets.active = False
        self.assertIn("archivée", "".join(draft._get_problems()))
        street.list_id = False
        self.assertIn("choisissez sa liste partagée", "".join(draft._get_problems()))

    def test_a_row_is_of_the_kind_of_its_list(self):
        kinds = self._list("Genres", "kinds", [("sport", "Sport", None)])
        with self.assertRaises(ValidationError):
            self._row("moulin").parent_id = self._row("sport")
        with self.assertRaises(ValidationError):
            self._row("sport").commune_id = self.vaubecourt
        with self.assertRaises(ValidationError):
            self.streets.write({"parent_kind": "list", "parent_list_id": kinds.id})
        for wrong in ("a.b", "a,b", "é", ""):
            with self.assertRaises(ValidationError):
                self._row("sport").value = wrong

    def test_a_thousand_rows_are_read_in_few_queries(self):
        self.env["procedure.list.row"].create(
            [
                {"list_id": self.streets.id, "value": f"r{number}", "label": f"Rue {number}"}
                for number in range(1000)
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        find = self.report.version_id.field_ids.sudo()._get_record_finder(self.camille.partner_id)
        field = self.street._prepare_engine_field()
        with self.assertQueryCount(8):
            self.assertTrue(find(field, "Rue 999", {}))
