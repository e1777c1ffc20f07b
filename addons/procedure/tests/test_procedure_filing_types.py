from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure_form.tests.test_engine import raw_values

from .common import ProcedureCommon

some = settings(max_examples=30)
QUESTIONS = {"a": "char", "b": "integer", "c": "date", "d": "boolean", "e": "weekly_grid"}
FORM = [
    {"key": "kids", "type": "block", "label": "Enfant", "max_value": 3},
    {"key": "kid", "type": "children", "label": "Qui", "block_key": "kids"},
    {"key": "town", "type": "commune", "label": "Né à", "block_key": "kids"},
    {"key": "meals", "type": "integer", "label": "Repas", "block_key": "kids", "required": True},
    {"key": "people", "type": "persons", "label": "Qui vient"},
    {"key": "home", "type": "dwelling", "label": "Logement"},
    {"key": "school", "type": "school", "label": "École"},
    {
        "key": "week",
        "type": "weekly_grid",
        "label": "Semaine",
        "option_ids": [Command.create({"value": "canteen", "label": "Cantine"})],
    },
    {"key": "total", "type": "computed", "label": "Total", "formula": "sum(kids.meals) * 3.5"},
    {"key": "iban", "type": "iban", "label": "IBAN"},
    {"key": "more", "type": "link", "label": "Le règlement", "url": "https://exemple.fr"},
    {
        "key": "proof",
        "type": "file",
        "label": "Assurance",
        "validity_kind": "until",
        "validity_until": "2026-08-31",
    },
]


@tagged("post_install", "-at_install")
class TestFilingTypes(ProcedureCommon):
    """Camille lives with Léo, whom she may act for; Dominique has a child of her own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leo = cls._child("Léo", "Durand", cls.camille)
        cls.other_child = cls._child("Nina", "Petit", cls.dominique)
        cls.dwelling = cls.env["territory.dwelling"].create(
            {"street": "9 rue Basse", "commune_id": cls.revigny.id, "kind": "main"}
        )
        cls.other_dwelling = cls.env["territory.dwelling"].create(
            {"street": "11 rue Basse", "commune_id": cls.revigny.id, "kind": "main"}
        )
        household = cls.env["res.partner"].create(
            {"name": "Foyer Durand", "kind": "household", "company_type": "company"}
        )
        for person, role in ((cls.camille.partner_id, "adult"), (cls.leo, "child")):
            cls.env["household.membership"].create(
                {"household_id": household.id, "person_id": person.id, "role": role}
            )
        cls.env["dwelling.occupancy"].create(
            {"dwelling_id": cls.dwelling.id, "occupant_id": household.id, "role": "tenant"}
        )
        cls.bourg = cls._service("École du Bourg", "bourg", kind="school")
        cls.procedure = cls._procedure("Types", "TYPES", cls.waste, fields=FORM)

    @classmethod
    def _child(cls, firstname, lastname, holder):
        child = cls.env["res.partner"].create(
            {
                "firstname": firstname,
                "lastname": lastname,
                "kind": "person",
                "birthdate": "2020-05-01",
            }
        )
        cls.env["parental.authority"].create(
            {
                "child_id": child.id,
                "holder_id": holder.partner_id.id,
                "kind": "full",
                "state": "verified",
            }
        )
        return child

    def _raw(self, **raw):
        return {
            "kids.0.kid": str(self.leo.id),
            "kids.0.town": "55532",
            "kids.0.meals": "4",
            "kids.3.meals": "2",
            "people": [str(self.camille.partner_id.id), str(self.leo.id)],
            "home": str(self.dwelling.id),
            "school": str(self.bourg.id),
            "week.canteen": ["1", "4"],
            "iban": "FR76 3000 6000 0112 3456 7890 189",
            **raw,
        }

    def _field(self, key):
        return self.procedure.version_id.field_ids.filtered(lambda field: field.key == key)

    def test_camille_answers_every_type(self):
        request = self._submit(answers=self._raw())
        answers = request.answers
        self.assertEqual(answers["total"], 21)
        self.assertEqual(answers["kids"][0]["kid"], [{"id": self.leo.id, "label": "Léo Durand"}])
        self.assertEqual(answers["kids"][1], {"meals": 2})
        self.assertEqual(answers["week"], {"canteen": [1, 4]})
        self.assertEqual(request.dwelling_id, self.dwelling)
        self.assertEqual(request.commune_id, self.revigny)
        self.assertEqual(request.subject_ids, self.camille.partner_id | self.leo)
        index = {
            key: request.answer_ids.filtered(lambda row, key=key: row.key == key)
            for key in request.answer_ids.mapped("key")
        }
        links = {
            key: {self.env[row.res_model].browse(row.res_id) for row in rows if row.res_id}
            for key, rows in index.items()
        }
        self.assertEqual(links["kid"], {self.leo})
        self.assertEqual(links["town"], {self.vaubecourt})
        self.assertEqual(sorted(index["meals"].mapped("value_number")), [2, 4])
        self.assertEqual(links["people"], {self.camille.partner_id, self.leo})
        self.assertEqual(links["home"], {self.dwelling})
        self.assertEqual(links["school"], {self.bourg})
        self.assertEqual(index["total"].value_number, 21)
        document = request.document_line_ids.document_id
        self.assertEqual(document.validity_date, fields.Date.to_date("2026-08-31"))

    def test_the_answers_are_read_line_by_line(self):
        request = self._submit(answers=self._raw())
        rows = {
            label: shown for _s, rows in request._get_answer_sections() for label, shown, _k in rows
        }
        self.assertEqual(rows["Enfant 1 – Qui"], "Léo Durand")
        self.assertEqual(rows["Enfant 1 – Né à"], "Vaubecourt")
        self.assertEqual(rows["Enfant 2 – Repas"], "2")
        self.assertEqual(rows["Semaine – Cantine"], "monday, thursday")
        self.assertEqual(rows["Logement"], self.dwelling.display_name)
        self.assertNotIn("Qui", rows, "the fields of a block are in its lines")

    def test_nobody_is_chosen_who_is_not_hers(self):
        """The ids of another family, guessed, are refused on their own field."""
        for raw, key in (
            ({"people": [str(self.other_child.id)]}, "people"),
            ({"people": [str(self.dominique.partner_id.id)]}, "people"),
            ({"kids.0.kid": str(self.other_child.id)}, "kids.0.kid"),
            ({"kids.0.kid": str(self.camille.partner_id.id)}, "kids.0.kid"),
            ({"home": str(self.other_dwelling.id)}, "home"),
            ({"school": str(self.waste.id)}, "school"),
            ({"kids.3.meals": "", "kids.3.town": "55532"}, "kids.3.meals"),
        ):
            with self.subTest(key), self.assertRaises(AnswersInvalid) as caught:
                self._submit(answers=self._raw(**raw))
            self.assertEqual(list(caught.exception.errors), [key])

    def test_authority_that_ended_gives_nothing(self):
        authority = self.env["parental.authority"].search([("child_id", "=", self.leo.id)])
        authority.write({"date_start": "2025-01-01", "date_end": "2026-01-01"})
        self.env.invalidate_all()
        with self.assertRaises(AnswersInvalid) as caught:
            self._submit(answers=self._raw())
        self.assertEqual(set(caught.exception.errors), {"people", "kids.0.kid"})

    def test_a_procedure_for_a_child_names_the_child(self):
        self.procedure.applicant_kinds = "child"
        herself = {"people": [str(self.camille.partner_id.id)], "kids.0.kid": ""}
        with self.assertRaises(AnswersInvalid) as caught:
            self._submit(answers=self._raw(**herself))
        self.assertEqual(list(caught.exception.errors), [AnswersInvalid.FORM])
        request = self._submit(answers=self._raw(people=[]))
        self.assertEqual(request.subject_ids, self.leo)

    def test_what_each_person_may_choose(self):
        camille = self.camille.partner_id
        for key, labels in (
            ("people", ["Camille Durand", "Léo Durand"]),
            ("kid", ["Léo Durand"]),
            ("home", [self.dwelling.display_name]),
        ):
            choices = self._field(key)._get_record_choices(camille)
            self.assertEqual([label for _id, label in choices], labels)
            self.assertEqual(self._field(key)._get_record_choices(self.env["res.partner"]), [])
        choices = self._field("people")._get_record_choices(self.dominique.partner_id)
        self.assertEqual(
            [label for _id, label in choices],
            ["Dominique Petit"],
            "a child who does not live with her is not of her household",
        )
        schools = self._field("school")._get_record_choices(self.env["res.partner"])
        self.assertIn((str(self.bourg.id), "École du Bourg"), schools)

    def test_a_visitor_is_not_asked_what_needs_an_account(self):
        request = self._submit_without_account(procedure=self.procedure, answers=self._raw())
        self.assertEqual(set(request.answers), {"kids", "school", "week", "iban", "total"})
        self.assertFalse(request.subject_ids)
        self.assertNotIn("kid", request.answers["kids"][0])

    def test_the_service_of_the_child_reads_it(self):
        """Subjects decide who reads the sheet of a person."""
        self._submit(answers=self._raw())
        self.assertIn(self.waste, self.leo.sudo().reader_service_ids)

    def test_a_correction_settles_the_rest(self):
        request = self._submit(answers=self._raw())
        request.with_user(self.agent).action_take()
        request.with_user(self.agent).action_ask_completion(
            [
                {"field_key": "kids", "reason": "Combien ?"},
                {"field_key": "people", "reason": "Qui ?"},
            ]
        )
        with self.assertRaises(AnswersInvalid) as caught:
            request.with_user(self.camille)._complete(
                answers={"kids.0.town": "55532", "people": [str(self.leo.id)]},
                by=self.camille.partner_id,
            )
        self.assertEqual(list(caught.exception.errors), ["kids.0.meals"])
        request.with_user(self.camille)._complete(
            answers={"kids.0.meals": "10", "people": [str(self.leo.id)]},
            by=self.camille.partner_id,
        )
        self.assertEqual(request.answers["kids"], [{"meals": 10}])
        self.assertEqual(request.answers["total"], 35, "what is computed is computed again")
        self.assertEqual(request.subject_ids, self.leo)
        self.assertEqual(request.answer_ids.filtered(lambda row: row.key == "kid").ids, [])

    def test_an_age_stays_that_of_the_day_of_paris(self):
        """Filed on 1 May, 40 minutes after midnight: in UTC it is the day before still."""
        form = [
            {"key": "birth", "type": "date", "label": "Né le", "required": True},
            {"key": "age", "type": "computed", "label": "Âge", "formula": "age(birth)"},
            {"key": "why", "type": "char", "label": "Pourquoi"},
        ]
        procedure = self._procedure("Âge", "AGE", self.waste, fields=form)
        with freeze_time("2026-04-30 22:40:00"):
            request = self._submit(
                procedure=procedure, files={}, answers={"birth": "2023-05-01", "why": "Place"}
            )
        self.assertEqual(request.answers["age"], 3)
        request.sudo()._correct_answers({"why": "Une place"})
        self.assertEqual(request.answers["age"], 3)

    def test_an_old_version_always_renders(self):
        request = self._submit(answers=self._raw())
        before = request._get_answer_sections()
        draft = self.procedure.with_user(self.manager).action_new_version()
        draft.field_ids.filtered(lambda field: field.key != "iban").unlink()
        draft.field_ids.label = "Compte"
        self.procedure.with_user(self.manager).action_publish()
        self.env.invalidate_all()
        self.assertEqual(request._get_answer_sections(), before)
        columns = dict(self.procedure._get_export_columns())
        self.assertEqual(columns["iban"], "Compte")
        self.assertIn("total", columns)
        self.assertNotIn("meals", columns)

    def test_the_words_of_a_free_choice_are_kept_read_and_searched(self):
        form = [
            {
                "key": "place",
                "type": "selection",
                "label": "Lieu",
                "option_ids": [
                    Command.create({"value": "other", "label": "Autre", "is_free": True})
                ],
            },
            {"key": "rent", "type": "amount", "label": "Loyer"},
            {"key": "hour", "type": "time", "label": "Heure"},
        ]
        procedure = self._procedure("Lieu", "LIEU", self.waste, fields=form)
        raw = {"place": "other", "place.other": "Le préau", "rent": "1 250,5", "hour": "9h30"}
        request = self._submit(procedure=procedure, answers=raw, files={})
        self.assertEqual(
            request.answers,
            {
                "place": {"value": "other", "words": "Le préau"},
                "rent": "1250.50",
                "hour": "09:30",
            },
        )
        rows = [row[:2] for _label, rows in request._get_answer_sections() for row in rows]
        self.assertIn(("Lieu", "Autre\xa0: Le préau"), rows)
        found = self.env["procedure.request"].search([("answer_ids.value_text", "ilike", "préau")])
        self.assertIn(request, found)
        self.assertEqual(
            request.answer_ids.filtered(lambda row: row.key == "rent").value_number, 1250.5
        )
        with self.assertRaises(AnswersInvalid) as caught:
            self._submit(procedure=procedure, answers={"place": "other"}, files={})
        self.assertEqual(caught.exception.errors, {"place": "Write a few words."})

    def test_eighty_fields_cost_no_query_each(self):
        """One query for each kind of record, however many questions there are."""
        types = (
            "commune",
            "children",
            "dwelling",
            "school",
            "selection",
            "char",
            "integer",
            "address",
        )

        def build(number):
            form = []
            for index in range(number):
                field_type = types[index % len(types)]
                form.append(
                    {
                        "key": f"f{index}",
                        "type": field_type,
                        "label": f"Question {index}",
                        "condition_ids": [Command.create({"key": "f0", "operator": "set"})]
                        if index
                        else [],
                        "option_ids": [Command.create({"value": "a", "label": "A"})],
                    }
                )
            return self._procedure(f"Long {number}", f"LONG{number}", self.waste, fields=form)

        values = {
            "commune": "Vaubecourt",
            "children": str(self.leo.id),
            "dwelling": str(self.dwelling.id),
            "school": str(self.bourg.id),
            "selection": "a",
            "char": "x",
            "integer": "3",
        }
        counts = []
        for procedure in (build(8), build(16), build(80)):  # The first one fills the caches.
            raw = {}
            for field in procedure.version_id.field_ids:
                if field.type == "address":
                    raw[f"{field.key}.street"] = "1 rue Haute"
                    raw[f"{field.key}.commune"] = f"Ailleurs {field.key}"
                else:
                    raw[field.key] = values[field.type]
            self.env.flush_all()
            self.env.invalidate_all()
            Request = self.env["procedure.request"].with_user(self.camille).sudo()
            before = self.env.cr.sql_log_count
            vals = Request._prepare_filing(
                Filing(
                    procedure=procedure.with_user(self.camille).sudo(),
                    answers=raw,
                    applicant=self.camille.partner_id.with_user(self.camille),
                )
            )
            self.assertEqual(len(vals["answers"]), len(procedure.version_id.field_ids))
            filed = self.env.cr.sql_log_count - before
            request = self._submit(procedure=procedure, answers=raw, files={})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            request._get_answer_sections()
            counts.append((filed, self.env.cr.sql_log_count - before))
        self.assertCostsNoMore(counts[1], counts[2])
        self.assertLess(counts[2][0], 30)
        self.assertLess(counts[2][1], 12)

    @some
    @given(st.data())
    def test_any_answer_is_read_or_refused_with_a_sentence(self, data):
        """Whatever is typed: typed answers that are indexed and read, or words on a question."""
        Request = self.env["procedure.request"].with_user(self.camille).sudo()
        form_fields = self.procedure.version_id.field_ids
        raw = {}
        for field in form_fields._to_engine():
            raw.update(data.draw(raw_values(field)))
        if data.draw(st.booleans()):
            raw.update(self._raw())
        try:
            answers = Request._prepare_filing(
                Filing(procedure=self.procedure, answers=raw, applicant=self.camille.partner_id)
            )["answers"]
        except AnswersInvalid as invalid:
            keys = set(form_fields.mapped("key"))
            for key, sentence in invalid.errors.items():
                self.assertLessEqual({key.partition(".")[0], key.rpartition(".")[2]}, keys)
                self.assertTrue(sentence.strip())
        else:
            for field in form_fields:
                if field.key in answers:
                    self.assertTrue(field._format_answer(answers[field.key]).strip())
                    self.assertIsInstance(
                        Request._prepare_index(field, answers[field.key], {}), list
                    )

    @settings(some, max_examples=5)
    @given(
        st.lists(st.sets(st.sampled_from(sorted(QUESTIONS)), min_size=1), min_size=2, max_size=4)
    )
    def test_versions_join_by_key_and_each_request_keeps_its_own(self, versions):
        """Whatever comes and goes from one version to the next."""
        values = {"a": "x", "b": "3", "c": "2026-03-24", "d": "1", "e.row": ["1"]}
        with self.env.cr.savepoint() as savepoint:
            procedure = self._procedure(
                "Versions", "VERSIONS", self.waste, fields=self._questions(versions[0], 1)
            )
            filed = []
            for number, keys in enumerate(versions, 1):
                if number > 1:
                    draft = procedure.action_new_version()
                    draft.field_ids.unlink()
                    draft.field_ids = [
                        Command.create(vals) for vals in self._questions(keys, number)
                    ]
                    procedure.action_publish()
                filed.append(self._submit(procedure=procedure, answers=values, files={}))
            self.env.flush_all()
            self.env.invalidate_all()
            for number, (request, keys) in enumerate(zip(filed, versions, strict=True), 1):
                shown = {
                    key: label
                    for _section, rows in request._get_answer_sections()
                    for label, _value, key in rows
                }
                self.assertEqual(set(shown), keys)
                self.assertTrue(all(f"version {number}" in label for label in shown.values()))
            last = {key: number for number, keys in enumerate(versions, 1) for key in keys}
            self.assertEqual(
                dict(procedure._get_export_columns()),
                {key: f"Question {key}, version {number}" for key, number in last.items()},
            )
            savepoint.rollback()
        self.env.invalidate_all()

    def _questions(self, keys, number):
        return [
            {
                "key": key,
                "type": QUESTIONS[key],
                "label": f"Question {key}, version {number}",
                "option_ids": [Command.create({"value": "row", "label": "Ligne"})],
            }
            for key in sorted(keys)
        ]
