import base64
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import tagged

from .common import TODAY, ListCommon

NOTHING = "Ajouts\xa0: 0. Modifications\xa0: 0. Fins\xa0: 0. Suppressions\xa0: 0. "
HEAD = "code;libellé;valable du;valable au;parent;à préciser\n"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestListLoad(ListCommon):
    """The rows of a list come from a file: read first, applied once agreed."""

    def _load(self, text, user=None, asked=None):
        wizards = self.env["procedure.list.load"].with_user(user or self.manager)
        wizard = wizards.with_context(lang="fr_FR").create(
            {
                "list_id": (asked or self.streets).id,
                "file": base64.b64encode((HEAD + text).encode()),
            }
        )
        wizard.action_read()
        return wizard

    def test_somebody_else_loads_it_at_this_moment(self):
        wizard = self._load("haute-v;Grande Rue;;;Vaubecourt;\n")
        busy, before = LockError("busy"), self._rows()
        with (
            patch.object(self.registry["procedure.list"], "lock_for_update", side_effect=busy),
            self.assertRaisesRegex(UserError, "en ce moment même"),
        ):
            wizard.action_apply()
        self.assertEqual(self._rows(), before)

    def _rows(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            row.value: (row.label, str(row.date_to or ""), row.commune_id.insee_code)
            for row in self.streets.row_ids
        }

    def test_what_would_change_is_read_before_it_is_written(self):
        fields = self._street_form()
        report = self._procedure("Signaler", "SIGN", self.waste, fields)
        self._submit(procedure=report, files={}, answers={"place": "55532", "street": "moulin"})
        before = self._rows()
        wizard = self._load(
            "haute-v;Grande Rue;;;Vaubecourt;\n"
            "haute-r;Rue Haute;;;55427;\n"
            "pre;Rue du Pré;;;55532;\n"
        )
        self.assertEqual(self._rows(), before)
        self.assertEqual(
            wizard.report.split("\n"),
            [
                "Ajouts\xa0: 1. Modifications\xa0: 1. Fins\xa0: 1. Suppressions\xa0: 1. Sans "
                "changement\xa0: 1.",
                "Ajout\xa0: «\xa0Rue du Pré\xa0»",
                "Modification\xa0: «\xa0Rue Haute\xa0»\xa0: Libellé, «\xa0Rue Haute\xa0» devient "
                "«\xa0Grande Rue\xa0»",
                "Fin, plus proposée (une demande ou un formulaire s’en sert)\xa0: "
                "«\xa0Rue du Moulin\xa0»",
                "Suppression, rien ne s’en sert\xa0: «\xa0Rue de la Gare\xa0»",
            ],
        )
        wizard.action_apply()
        self.assertEqual(
            self._rows(),
            {
                "haute-v": ("Grande Rue", "", "55532"),
                "haute-r": ("Rue Haute", "", "55427"),
                "pre": ("Rue du Pré", "", "55532"),
                "moulin": ("Rue du Moulin", "2026-03-22", "55532"),
            },
        )
        again = self._load(
            "haute-v;Grande Rue;;;Vaubecourt;\n"
            "haute-r;Rue Haute;;;55427;\n"
            "pre;Rue du Pré;;;55532;\n"
        )
        self.assertIn(NOTHING, again.report)

    def test_its_own_file_changes_nothing(self):
        wizard = self._load("x;X;;;;\n")
        text = base64.b64decode(wizard.current).decode("utf-8-sig")
        again = self._load(text.partition("\r\n")[2])
        self.assertIn(NOTHING, again.report)
        self.assertIn("Sans changement\xa0: 4.", again.report)

    def test_lines_to_correct_are_said_one_by_one_and_nothing_is_written(self):
        before = self._rows()
        wizard = self._load("a;Rue A;;;Paris;\nb;Rue B;32/01/2026;;;\nc;Rue C;;;55532;\n;;x;;;\n")
        self.assertEqual(
            wizard.report.split("\n")[1:],
            [
                "Ligne 2\xa0: «\xa0Paris\xa0» n’est pas une commune du territoire.",
                "Ligne 3\xa0: «\xa032/01/2026\xa0» n’est pas une date, comme 24/03/2026.",
                "Ligne 5\xa0: son libellé manque.",
                "Ligne 5\xa0: «\xa0x\xa0» n’est pas une date, comme 24/03/2026.",
            ],
        )
        with self.assertRaises(UserError):
            wizard.action_apply()
        self.assertEqual(self._rows(), before)

    def test_two_rows_that_nobody_could_tell_apart(self):
        wizard = self._load("a;Rue A;;;55532;\nb;RUE A;;;55532;\nc;Rue A;;;55427;\n")
        self.assertIn("Ligne 3\xa0: «\xa0RUE A\xa0» est déjà à la ligne 2", wizard.report)
        self.assertNotIn("Ligne 4", wizard.report)

    def test_what_was_not_read_is_not_applied(self):
        wizard = self._load("haute-v;Rue Haute;;;55532;\n")
        self._row("gare").label = "Rue de l’Ancienne-Gare"
        with self.assertRaises(UserError):
            wizard.action_apply()
        wizard.file = base64.b64encode((HEAD + "a;A;;;;\n").encode())
        with self.assertRaises(UserError):
            wizard.action_apply()

    def test_an_agent_loads_no_file(self):
        for user in (self.agent, self.secretary, self.dpo):
            with self.assertRaises(AccessError):
                self._load("a;A;;;;\n", user)
