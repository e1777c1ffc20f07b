from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import FormCommon


@tagged("post_install", "-at_install")
class TestPublication(FormCommon):
    def assertNotPublishable(self, procedure, words):
        with self.assertRaises(ValidationError) as caught:
            procedure.action_publish()
        self.assertIn(words, str(caught.exception))

    def _draft(self, *fields, code="TST", **vals):
        return self._procedure(
            code, code, self.waste, fields=list(fields) or None, publish=False, **vals
        )

    def test_the_manager_publishes_and_the_form_is_frozen(self):
        procedure = self._draft()
        self.assertEqual(procedure.state, "draft")
        procedure.with_user(self.manager).action_publish()
        version = procedure.version_id
        self.assertEqual((procedure.state, version.state), ("published", "published"))
        self.assertEqual(version.published_by_id, self.manager)
        field = version.field_ids[1].with_user(self.manager)
        option = version.field_ids.option_ids[0].with_user(self.manager)
        for attempt in (
            lambda: field.write({"label": "Autre"}),
            lambda: field.unlink(),
            lambda: field.copy({"key": "again"}),
            lambda: option.write({"label": "Autre"}),
            lambda: option.unlink(),
            lambda: option.copy({"value": "again"}),
            lambda: version.with_user(self.manager).write({"field_ids": [Command.clear()]}),
            lambda: version.with_user(self.manager).unlink(),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()

    def test_a_town_hall_may_answer_for_everybody(self):
        """It rents its hall to the neighbours: nobody covers their communes, and nobody has to."""
        procedure = self._draft()
        procedure.service_id = self.town_hall
        self.assertNotPublishable(procedure, "No service answers for")
        procedure.is_open_to_all = True
        procedure.action_publish()
        self.assertEqual(procedure._get_service(self.revigny), self.town_hall)

    def test_its_own_commune_first_where_each_has_its_service(self):
        procedure = self._draft(local_service_ids=[Command.set(self.other_town_hall.ids)])
        procedure.write({"service_id": self.town_hall.id, "is_open_to_all": True})
        procedure.action_publish()
        self.assertEqual(procedure._get_service(self.revigny), self.other_town_hall)

    def test_nobody_publishes_by_writing(self):
        procedure = self._draft().with_user(self.manager)
        with self.assertRaises(AccessError):
            procedure.state = "published"
        with self.assertRaises(UserError):
            procedure.version_ids.state = "published"
        created = (
            self.env["procedure.procedure"]
            .with_user(self.manager)
            .create({"name": "Directe", "code": "dir", "state": "published"})
        )
        self.assertEqual(created.state, "draft")

    def test_only_managers_set_procedures_up(self):
        for user in (self.agent, self.secretary, self.communication, self.dpo):
            procedure = self.procedure.with_user(user)
            for attempt in (
                procedure.action_publish,
                procedure.action_suspend,
                procedure.action_new_version,
                lambda procedure=procedure: procedure.write({"name": "Autre"}),
            ):
                with self.assertRaises(AccessError):
                    attempt()

    def test_a_key_keeps_its_type(self):
        draft = self.procedure.action_new_version()
        field = draft.field_ids.filtered(lambda field: field.key == "persons")
        with self.assertRaises(ValidationError) as caught:
            field.type = "char"
        self.assertIn("Nombre de personnes", str(caught.exception))

    def test_each_problem_names_its_field(self):
        char = {"key": "a", "type": "char", "label": "Question A"}
        cases = [
            ([{**char, "label": ""}], "a"),
            ([{"key": "a", "type": "selection", "label": "Question A"}], "Question A"),
            (
                [
                    {
                        **char,
                        "condition_ids": [Command.create({"key": "z", "operator": "set"})],
                    }
                ],
                "z",
            ),
            (
                [
                    char,
                    {
                        **char,
                        "key": "b",
                        "label": "Question B",
                        "condition_ids": [
                            Command.create({"key": "a", "value": "x"}),
                            Command.create({"key": "a", "operator": "not set"}),
                        ],
                    },
                ],
                "“Question B”: its conditions can never hold together",
            ),
            (
                [
                    char,
                    {
                        "key": "b",
                        "type": "computed",
                        "label": "Question B",
                        "formula": "a * 2",
                    },
                ],
                "“Question B”: its formula uses “Question A”, which is not a number",
            ),
            ([{**char, "type": "link", "url": "http://x"}], "Question A"),
            ([{**char, "pattern": "("}], "Question A"),
            ([{**char, "block_key": "nothing"}], "Question A"),
            (
                [
                    {"key": "b", "type": "block", "label": "Bloc"},
                    {**char, "key": "c"},
                    {**char, "block_key": "b"},
                ],
                "“Question A”: put it just below its block “Bloc”",
            ),
            (
                [
                    {
                        **char,
                        "type": "file",
                        "validity_kind": "months",
                        "validity_months": 0,
                    }
                ],
                "Question A",
            ),
            ([{**char, "label": "Numéro de sécurité sociale"}], "social security"),
            ([{**char, "label": "Religion"}], "Religion"),
            ([{**char, "label": "Allergies de l'enfant"}], "health"),
            ([{**char, "help": "Indiquez la nature du handicap"}], "disability"),
        ]
        for index, (fields, words) in enumerate(cases):
            with self.subTest(words):
                self.assertNotPublishable(self._draft(*fields, code=f"T{index}"), words)

    def test_sentences_are_french(self):
        procedure = self._draft({"key": "a", "type": "selection", "label": "Votre choix"})
        with self.assertRaises(ValidationError) as caught:
            procedure.with_context(lang="fr_FR").action_publish()
        self.assertIn("«\xa0Votre choix\xa0»\xa0: il n'y a rien à choisir.", str(caught.exception))

    def test_health_questions_need_their_store(self):
        procedure = self._draft({"key": "a", "type": "file", "label": "Carnet de vaccination"})
        self.assertNotPublishable(procedure, "“Carnet de vaccination”: health data")
        self.patch(type(procedure), "_has_health_store", lambda self: True)
        procedure.action_publish()
        self.assertEqual(procedure.state, "published")

    def test_a_school_registration_demands_three_documents_only(self):
        proof = {"type": "file", "required": True}
        procedure = self._draft(
            {**proof, "key": "id", "label": "Identité", "requirement_code": "child_identity"},
            {**proof, "key": "home", "label": "Domicile", "requirement_code": "address_proof"},
            {**proof, "key": "tax", "label": "Assurance"},
        )
        self.assertFalse(procedure._get_form_problems(procedure.version_ids))
        procedure.is_school_registration = True
        found = procedure._get_form_problems(procedure.version_ids)
        self.assertEqual(len(found), 1)
        self.assertIn("“Assurance” cannot be mandatory", found[0]["sentence"])
        procedure.version_ids.field_ids[2].required = False
        procedure.action_publish()
        self.assertEqual(procedure.state, "published")

    def test_every_commune_concerned_has_a_service(self):
        procedure = self._draft()
        procedure.service_id = self.town_hall
        procedure.commune_ids = self.vaubecourt | self.revigny
        self.assertNotPublishable(procedure, "No service answers for: Revigny-sur-Ornain")
        procedure.commune_ids = False
        self.assertNotPublishable(procedure, "No service answers for")
        procedure.commune_ids = self.vaubecourt | self.revigny
        procedure.local_service_ids = self.other_town_hall
        procedure.action_publish()
        self.assertEqual(procedure.state, "published")

    def test_a_key_that_a_trade_reads_is_not_in_a_block(self):
        procedure = self._draft(
            {"key": "list", "type": "block", "label": "Bacs"},
            {"key": "container", "type": "char", "label": "Bac", "block_key": "list"},
        )
        self.patch(type(procedure), "_get_required_keys", lambda self, kind: {"container": "char"})
        self.assertNotPublishable(procedure, "container")

    def test_the_register_comes_first(self):
        procedure = self._draft()
        procedure.processing_id.retention = False
        self.assertNotPublishable(procedure, procedure.processing_id.name)
        procedure.processing_id = False
        self.assertNotPublishable(procedure, "register")

    def test_a_procedure_needs_a_service_and_a_form(self):
        procedure = self._draft()
        procedure.service_id = False
        procedure.version_ids.field_ids.unlink()
        self.assertNotPublishable(procedure, "service")
        self.assertNotPublishable(procedure, "no field")

    def test_keys_that_a_trade_reads(self):
        procedure = self._draft()
        self.patch(type(procedure), "_get_required_keys", lambda self, kind: {"container": "char"})
        self.assertNotPublishable(procedure, "container")
        procedure.version_ids.field_ids = [
            Command.create({"key": "container", "type": "char", "label": "Bac"})
        ]
        procedure.action_publish()
        self.assertEqual(procedure.state, "published")
        # What a trade reads is one of its own words.
        draft = procedure.action_new_version()
        self.patch(type(procedure), "_get_required_keys", lambda self, kind: {"size": "selection"})
        other = Command.create({"value": "other", "label": "Autre", "is_free": True})
        draft.field_ids = [
            Command.create(
                {"key": "size", "type": "selection", "label": "Taille", "option_ids": [other]}
            )
        ]
        self.assertNotPublishable(
            procedure, "“Taille”: this kind of procedure reads this answer, no choice of it is free"
        )
        draft.field_ids.option_ids.is_free = False
        procedure.action_publish()

    def test_a_procedure_handled_elsewhere_is_a_link(self):
        procedure = self.env["procedure.procedure"].create(
            {"name": "Payer la cantine", "code": "CANT", "kind": "external"}
        )
        self.assertNotPublishable(procedure, "https://")
        procedure.external_url = "https://exemple.fr/payer"
        procedure.action_publish()
        self.assertEqual(procedure.state, "published")

    def test_keys_and_codes_are_plain(self):
        for key in ("Persons", "1a", "é", "a-b", "a b"):
            with self.assertRaises(ValidationError):
                self._draft({"key": key, "type": "char", "label": "x"}, code=f"C{ord(key[0])}")
        with self.assertRaises(ValidationError):
            self._draft(code="A B")

    def test_slugs_are_stable_and_unique(self):
        first = self._draft(code="UN")
        self.assertEqual(first.slug, "un")
        first.name = "Autre nom"
        self.assertEqual(first.slug, "un", "an address never changes by itself")
        second = self.procedure.copy({"code": "BIS", "name": "Demander un bac"})
        self.assertEqual(second.slug, "demander-un-bac-bis")
        self.assertEqual((second.state, second.version_ids.ids), ("draft", []))

    def test_an_address_holds_plain_letters_whatever_the_name(self):
        """Core keeps the œ: what the site then refuses as an address, the name would too."""
        for code, name, slug in (
            ("VOEUX", "Cérémonie des vœux", "ceremonie-des-voeux"),
            ("AE", "Nævus", "naevus"),
            ("ISL", "Ð", "demarche"),
            ("GREC", "Fête « Ωmega »", "fete-mega"),
        ):
            procedure = self.env["procedure.procedure"].create({"name": name, "code": code})
            self.assertEqual(procedure.slug, slug)

    def test_residents_read_what_is_published_only(self):
        published = self.procedure.with_user(self._form_reader())
        draft = self._draft()
        self.assertFalse(published.search([("id", "=", draft.id)]))
        self.assertEqual(published.name, "Demander un bac")
        self.assertIn("persons", published.version_id.field_ids.mapped("key"))
        self.procedure.sudo().action_suspend()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            published.read(["name"])
