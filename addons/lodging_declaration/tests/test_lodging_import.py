import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import LodgingCase

HEADER = "numero;adresse;declarant;courriel;chambres;date"


@tagged("post_install", "-at_install")
class TestLodgingImport(LodgingCase):
    def _import(self, *lines, header=HEADER, user=None, encoding="utf-8"):
        content = "\n".join((header, *lines)).encode(encoding)
        wizard = self.env["lodging.import"].with_user(user or self.manager)
        return wizard.create({"file": base64.b64encode(content)})

    def _verdicts(self, wizard):
        return wizard.line_ids.mapped("verdict")

    def test_compared_first_then_entered(self):
        ours = self._declare().lodging_ids
        wizard = self._import(
            "99001123456AB;4 rue du Four;Camille Duchêne;;3;2026-06-01",
            "99001 222222 CD;10 Grande Rue;Zoé Lam;zoe@exemple.test;2;01/07/2026",
            "99001222222CD;11 Grande Rue;Zoé Lam;;2;",
            "98765222222CD;11 Grande Rue;Zoé Lam;;2;",
            "99001333333;12 Grande Rue;Zoé Lam;;2;",
            "99002333333AA;12 Grande Rue;;;2;",
            "99001444444AA;12 Grande Rue;Zoé Lam;;beaucoup;",
            "99001444445AA;12 Grande Rue;Zoé Lam;;2;2090-01-01",
        )
        before = self.declarations.search_count([])
        wizard.action_read()
        expected = ["completes", "new", *["error"] * 6]
        self.assertEqual(self._verdicts(wizard), expected)
        self.assertEqual(self.declarations.search_count([]), before, "nothing is written yet")
        wizard.action_enter()
        self.assertEqual(ours.registration_number, "99001123456AB")
        new = self.declarations.search([("source", "=", "import")])
        self.assertEqual(
            (new.state, new.declarant_name, new.rooms, str(new.date_start), new.service_id),
            ("live", "Zoé Lam", 2, "2026-07-01", self.town_hall),
        )
        # The same file again changes nothing.
        again = self._import(
            "99001123456AB;4 rue du Four;Camille Duchêne;;3;2026-06-01",
            "99001 222222 CD;10 Grande Rue;Zoé Lam;zoe@exemple.test;2;01/07/2026",
        )
        again.action_read()
        self.assertEqual(self._verdicts(again), ["same", "same"])
        # What changed there is changed here; what contradicts stays.
        changed = self._import(
            "99001222222CD;10 Grande Rue;Zoé Martin;zoe@exemple.test;4;",
            "99001555555AA;4 rue du Four;Autre;;4;",
            "99001123456AB;9 Grande Rue;Camille;;4;",
        )
        changed.action_read()
        self.assertEqual(self._verdicts(changed), ["changed", "conflict", "conflict"])
        changed.action_enter()
        self.assertEqual((new.declarant_name, new.rooms), ("Zoé Martin", 4))
        # What the file does not say stays; what it says no more is listed; what ended stays so.
        new.is_main_home = True
        less = self._import("99001222222CD;10 Grande Rue;Zoé Martin;;;")
        less.action_read()
        self.assertEqual(self._verdicts(less), ["same", "absent"])
        new.with_user(self.secretary).action_cease()
        back = self._import(
            "99001222222CD;10 Grande Rue;Zoé Martin;;;",
            "99001777777CD;12 Grande Rue;Ida;;;",
            "99001777778CD;12, grande rue;Ida;;;",
        )
        back.action_read()
        self.assertEqual(self._verdicts(back), ["conflict", "new", "error", "absent"])
        self.assertEqual(new.state, "ceased", "without request")

    def test_how_one_reaches_who_has_an_account_is_what_she_says(self):
        ours = self._declare().lodging_ids
        self.assertTrue(ours.declarant_id)
        before = (ours.declarant_email, ours.declarant_phone)
        row = "99001123456AB;4 rue du Four;Camille Duchêne;ancienne@exemple.test;4;2026-06-01"
        for verdict in ("completes", "changed"):
            wizard = self._import(row)
            wizard.action_read()
            self.assertEqual(self._verdicts(wizard), [verdict])
            wizard.action_enter()
        self.assertEqual((ours.declarant_email, ours.declarant_phone), before)
        self.assertEqual(ours.rooms, 4)

    def test_files_that_cannot_be_read(self):
        for content in ("a;b\n1;2", 'numero;adresse;declarant\n"x;y', ""):
            wizard = self.env["lodging.import"].with_user(self.manager)
            wizard = wizard.create({"file": base64.b64encode(content.encode())})
            with self.subTest(content), self.assertRaises(UserError):
                wizard.action_read()
        with self.assertRaisesRegex(UserError, "Compare"):
            self._import("x").action_enter()

    def test_what_is_entered_is_what_was_compared(self):
        wizard = self._import("99001222222CD;1 rue Haute;Zoé Lam;;2;")
        wizard.action_read()
        other = "\n".join((HEADER, "99001333333CD;2 rue Haute;Autre;;2;"))
        wizard.file = base64.b64encode(other.encode())
        self.assertEqual(wizard.state, "file")
        self.assertFalse(wizard.line_ids)
        with self.assertRaisesRegex(UserError, "Compare"):
            wizard.action_enter()
        self.assertFalse(self.declarations.search([("source", "=", "import")]))

    def test_as_many_queries_for_two_lines_as_for_twenty(self):
        def count(rank, number):
            lines = [
                f"99001{rank}{each:05}CD;{rank * 100 + each} rue Neuve;Zoé Lam;;2;"
                for each in range(number)
            ]
            wizard = self._import(*lines)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            rows = wizard.sudo()._compare()
            self.assertEqual({row.verdict for row in rows}, {"new"})
            return self.cr.sql_log_count - before

        count(1, 1)
        few, many = count(2, 2), count(3, 20)
        self.assertLessEqual(many, few)

    def test_as_a_french_spreadsheet_saves_it(self):
        wizard = self._import("99001222222CD;1 rue Émile;Zoé Lam;;2;", encoding="cp1252")
        wizard.action_read()
        wizard.action_enter()
        self.assertEqual(
            self.declarations.search([("source", "=", "import")]).dwelling_id.street, "1 rue Émile"
        )

    def test_who_imports(self):
        line = "99001222222CD;1 rue Haute;Zoé Lam;;2;"
        for user in self.secretary | self.communication | self.camille | self.dpo:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._import(line, user=user)
        with self.assertRaises(AccessError):
            self._import(line, user=self.agent).action_read()
        self.service.reads_lodgings = True
        wizard = self._import(line, user=self.agent)
        wizard.action_read()
        with self.assertRaises(AccessError):
            wizard.line_ids.with_user(self.manager).read(["sentence"])
