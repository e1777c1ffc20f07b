from odoo import Command

from .page_case import FormPageCase
from .test_form_types import CHILD, GOOD


class TestFormPageTypes(FormPageCase):
    """Every type of question: what is asked of whom, and what is said beside it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._service("École de Vaubecourt", "essai_school", kind="school")
        cls.every = cls._procedure("Tous les types", "TYPES", cls.waste, fields=cls._every_type())

    def send(self, **answers):
        """What comes back to Camille, as she reads it."""
        return self.draw(self.open(self.every, self.camille, **answers))

    def child_of(self, user, firstname="Louis"):
        return user.partner_id.sudo()._declare_child({**CHILD, "firstname": firstname})

    def test_a_number_that_may_be_negative_is_typed_with_a_full_keyboard(self):
        """The digits of a phone have no minus sign."""
        prices = self.every.version_id.field_ids.filtered(lambda field: field.key == "price")
        for least, expected in ((False, "numeric"), (0, "numeric"), (-5, None)):
            self.every.version_id.state = "draft"
            prices.min_value = least
            self.every.version_id.state = "published"
            (box,) = self.draw(self.open(self.every)).tree.xpath("//input[@name='price']")
            self.assertEqual(box.get("inputmode"), expected)

    def test_a_phone_proposes_the_digits_and_the_help_says_how(self):
        page = self.draw(self.open(self.every))
        for key, mode, words in (
            ("size", "decimal", ""),
            ("rent", "decimal", "En euros. Exemple\xa0: 12,50"),
            ("hour", "numeric", "Exemple\xa0: 9h30, ou 930"),
        ):
            (box,) = page.tree.xpath(f"//input[@name='{key}']")
            self.assertEqual(box.get("inputmode"), mode)
            hint = page.tree.xpath(f"//*[@id='{box.get('aria-describedby')}']")
            self.assertEqual("".join(each.text_content() for each in hint), words)

    def test_a_block_says_how_many_rows_it_takes(self):
        """Without a limit of its own: one row at least, ten at most."""
        others = self.every.version_id.field_ids.filtered(lambda field: field.key == "others")
        for limits, expected in (
            ((False, False), ("1", "10")),
            ((0, 2), ("1", "2")),
            ((2, 60), ("2", "50")),
        ):
            self.every.version_id.state = "draft"
            others.write({"min_value": limits[0], "max_value": limits[1]})
            self.every.version_id.state = "published"
            (block,) = self.draw(self.open(self.every)).tree.xpath("//*[@data-block='others']")
            self.assertEqual((block.get("data-min"), block.get("data-max")), expected)

    def test_each_bad_input_has_its_sentence_and_nothing_is_lost(self):
        for key, bad, words in (
            ("bank", "FR76 3000 6000 0112 3456 7890 188", "IBAN"),
            ("company", "73282932", "14 chiffres"),
            ("company", "73282932000075", "SIRET"),
            ("club", "W12", "9 chiffres"),
            ("village", "Paris", "commune"),
            ("plate", "AB 123", "s'écrit AB-123-CD"),
            ("days.canteen", "3", "de la liste"),
            ("others.0.age", "douze", "nombre entier"),
            ("others.0.who", "", "Répondez"),
            ("others.0.cost", "1,505", "deux chiffres"),
            ("size", "12 50", "Saisissez un nombre, par exemple 3 ou 12,5"),
            ("size", "1,505", "2 chiffres après la virgule"),
            ("size", "0,4", "Le minimum est 0,5"),
            ("rent", "beaucoup", "montant en euros, par exemple 12,50 ou 1250"),
            ("rent", "-5", "Le minimum est 0,00 €"),
            ("hour", "25h", "entre 0h00 et 23h59"),
            ("hour", "8h", "une heure à partir de 8 h 30"),
            ("hour", "1830", "une heure jusqu'à 18 h"),
            ("class", "999999", "de la liste"),
        ):
            with self.subTest(key=key, bad=bad):
                response = self.send(**{**GOOD, key: bad})
                errors = self.errors(response)
                self.assertEqual(len(errors), 1, errors)
                self.assertRegex(" ".join(errors.values()), words)
                if key not in ("days.canteen", "class"):
                    self.assertEqual(self.value(response, key), bad)
                self.assertEqual(self.value(response, "price"), "3")
                self.assertEqual(self.value(response, "bank"), {**GOOD, key: bad}["bank"])

    def test_a_child_of_another_and_a_child_that_does_not_exist_get_the_same_answer(self):
        self.child_of(self.camille)
        stranger = self.child_of(self.dominique, "Zoé")
        pages = [
            self.errors(self.send(kids=wanted)) for wanted in (str(stranger.id), "2147483600", "x")
        ]
        self.assertEqual(pages[0], pages[1])
        self.assertEqual(pages[0], pages[2])

    def test_a_visitor_is_not_asked_about_the_people_of_an_account(self):
        page = self.draw(self.open(self.every))
        for key in ("us", "kids", "home"):
            self.assertFalse(page.tree.xpath(f"//main//*[@id='f-{key}']"), key)
        self.assertTrue(page.tree.xpath("//main//input[@name='class']"))

    def test_the_grid_is_a_table_that_reads_aloud(self):
        page = self.draw(self.open(self.every, self.camille))
        grid = page.tree.xpath("//main//table[contains(@class, 'et-grid')]")[0]
        self.assertEqual(len(grid.xpath(".//th[@scope='col']")), 4)
        self.assertEqual(len(grid.xpath(".//th[@scope='row']")), 2)
        for box in grid.xpath(".//input"):
            label = grid.xpath(f".//label[@for='{box.get('id')}']")[0]
            words = " ".join(label.text_content().split())
            self.assertRegex(words, "^(Cantine|Garderie du soir), (Lundi|Mardi|Jeudi|Vendredi)$")

    def test_a_bad_row_is_shown_in_its_place(self):
        rows = {"others.0.who": "Ana", "others.1.age": "40"}
        response = self.send(**{**GOOD, **rows})
        self.assertEqual(list(self.errors(response)), ["others.1.who"])
        self.assertEqual(self.value(response, "others.1.age"), "40")

    def test_a_document_says_how_old_it_may_be_and_when_it_is_asked(self):
        page = self.draw(self.open(self.every, self.camille))
        block = page.tree.xpath("//main//*[@name='proof']/ancestor::*[@data-field]")[0]
        words = " ".join(block.text_content().split())
        self.assertIn("De moins de 3 mois.", words)
        self.assertIn("est supérieure à 100 ou si vous n’avez pas répondu", words)
        self.assertIn('["any", [["price", ">", ["100"]]', block.get("data-if"))

    def test_a_result_without_decimals_says_so_to_the_script(self):
        for places in (0, 2):
            self.every.version_id.state = "draft"
            total = self.every.version_id.field_ids.filtered(lambda field: field.key == "total")
            total.decimals = places
            self.every.version_id.state = "published"
            (result,) = self.draw(self.open(self.every)).tree.xpath("//output[@data-key='total']")
            self.assertEqual(result.get("data-decimals"), str(places))

    def test_a_link_leaves_the_form_open(self):
        page = self.draw(self.open(self.every))
        link = page.tree.xpath("//main//a[@href='https://exemple.fr/r']")[0]
        self.assertEqual((link.get("target"), link.get("rel")), ("_blank", "noopener"))

    def test_with_an_account_the_same_address_is_not_offered(self):
        page = self.draw(self.open(self.procedure, self.camille))
        self.assertFalse(page.tree.xpath("//main//*[contains(@name, '.same')]"))

    def test_no_box_where_the_address_is_asked_of_some_only(self):
        asked = [Command.create({"key": "more", "value": "1"})]
        form = [
            {"key": "more", "type": "boolean", "label": "Autre chose"},
            {"key": "part", "type": "section", "label": "Ailleurs", "condition_ids": asked},
            {"key": "there", "type": "address", "label": "Là-bas"},
            {"key": "rows", "type": "block", "label": "Lieu"},
            {"key": "place", "type": "address", "label": "Adresse", "block_key": "rows"},
        ]
        procedure = self._procedure("Ailleurs", "AILLEURS", self.waste, fields=form)
        page = self.draw(self.open(procedure))
        self.assertFalse(page.tree.xpath("//main//*[contains(@name, '.same')]"))
        self.assertTrue(page.tree.xpath("//main//*[@name='contact_address.street']"))

    def _prepare_place(self, count=2, several=False, block=None):
        options = [(f"hall{number}", f"Salle {number}") for number in range(count - 1)]
        choices = self._choices(*options, ("other", "Autre"))
        choices[-1][2]["is_free"] = True
        rows = [{"key": "rows", "type": "block", "label": "Lieux"}] if block else []
        form = [
            *rows,
            {
                "key": "place",
                "type": "multi_selection" if several else "selection",
                "label": "Lieu",
                "required": True,
                "option_ids": choices,
                "block_key": block or False,
            },
        ]
        number = self.env["procedure.procedure"].search_count([])
        return self._procedure("Autre lieu", f"AUTRE{number}", self.waste, fields=form)

    def test_a_free_choice_has_a_line_to_write_in(self):
        """Of buttons, of boxes, of a list that unfolds, in a row too."""
        for count, several, block in ((2, 0, 0), (2, 1, 0), (12, 0, 0), (2, 0, "rows")):
            procedure = self._prepare_place(count, several, block)
            name = "rows.0.place" if block else "place"
            long = {f"{name}.other": "x" * 300}
            with self.subTest(count=count, several=several, block=block):
                page = self.draw(self.open(procedure, **{name: "other", **long}))
                (box,) = page.tree.xpath(f"//input[@name='{name}.other']")
                (label,) = page.tree.xpath(f"//label[@for='{box.get('id')}']")
                self.assertEqual(label.text_content().strip(), "Précisez «\xa0Autre\xa0»")
                around = box.xpath("ancestor::*[@data-if][1]")[0]
                self.assertIn(f'[["all", [["{name}", "in", ["other"]]]]]', around.get("data-if"))
                self.assertIn("Si vous avez choisi «\xa0Autre\xa0»", around.text_content())
                self.assertIn("300", self.errors(page)[f"{name}.other"])
                self.assertEqual(box.get("value"), "x" * 300)
                page = self.draw(self.open(procedure, **{name: "other"}))
                self.assertRegex(self.errors(page)[f"{name}.other"], "Écrivez quelques mots")
                page = self.draw(self.open(procedure, **{name: "hall0", **long}))
                self.assertFalse([key for key in self.errors(page) if name in key])

    def test_a_question_says_when_it_is_required(self):
        """Without script too; and the form holds her to it."""
        asked = Command.create({"key": "more", "value": "1"})
        form = [
            {"key": "more", "type": "boolean", "label": "Un véhicule\xa0?"},
            {"key": "plate", "type": "char", "label": "Plaque", "require_ids": [asked]},
            {"key": "why", "type": "file", "label": "Carte grise", "require_ids": [asked]},
        ]
        procedure = self._procedure("Véhicule", "VEHICULE", self.waste, fields=form)
        self.assertEqual(
            procedure.version_id.field_ids.require_ids.mapped("purpose"), ["require"] * 2
        )
        page = self.draw(self.open(procedure))
        said = "Obligatoire si vous avez répondu «\xa0Oui\xa0» à «\xa0Un véhicule\xa0», facultatif"
        for key in ("plate", "why"):
            field = page.tree.xpath(f"//*[@id='f-{key}']/ancestor-or-self::*[@data-field]")[0]
            words = " ".join(field.text_content().split(" "))
            self.assertIn(said, words)
            self.assertNotIn("(facultatif)", words)
        self.assertEqual(
            set(self.errors(self.draw(self.open(procedure, more="1")))) & {"plate", "why"},
            {"plate", "why"},
        )
        self.assertFalse(
            set(self.errors(self.draw(self.open(procedure, more="0")))) & {"plate", "why"}
        )
