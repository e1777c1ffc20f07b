from odoo import Command

from .common import WebsiteProcedureCommon

CHILD = {"lastname": "Durand", "birthdate": "2018-02-01", "birthplace": "Verdun"}
GOOD = {
    "bank": "FR76 3000 6000 0112 3456 7890 189",
    "company": "732 829 320 00074",
    "club": "w551234567",
    "village": "vaubecourt",
    "plate": "AB-123-CD",
    "days.canteen": ["1", "4"],
    "others.0.who": "Ana",
    "others.0.age": "12",
    "others.0.cost": "3 € 20",
    "price": "3",
    "size": "12,5",
    "rent": "1 250 €",
    "hour": "9h30",
}


class TestFormTypes(WebsiteProcedureCommon):
    """Every type of question: shown, read, refused beside its field, kept as it was typed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vaubecourt.former_ids = [
            Command.create({"name": "Amblaincourt-Essai", "insee_code": "55998"})
        ]
        cls._service("École de Vaubecourt", "essai_school", kind="school")
        cls.every = cls._procedure(
            "Tous les types", "TYPES", cls.waste, fields=cls._every_type(), slug="tous-les-types"
        )
        cls.every_path = "/demarches/tous-les-types/formulaire"

    def send(self, path=None, files=None, **answers):
        path = path or self.every_path
        page = self.get(path)
        return self.post(path, {**self.hidden(page), "_action": "send", **answers}, files)

    def answer(self, **answers):
        """What the request keeps, once sent by Camille."""
        response = self.send(**answers)
        self.assertEqual(response.status_code, 303, self.errors(response))
        return self.requests_of(self.every)[:1].answers

    def child_of(self, user, firstname="Louis"):
        return user.partner_id.sudo()._declare_child({**CHILD, "firstname": firstname})

    def test_each_type_is_kept_as_the_engine_reads_it(self):
        self.sign_in(self.camille)
        answers = self.answer(**GOOD)
        self.assertEqual(
            answers,
            {
                "bank": "FR7630006000011234567890189",
                "company": "73282932000074",
                "club": "W551234567",
                "village": {"insee": "55532", "label": "Vaubecourt"},
                "plate": "AB-123-CD",
                "days": {"canteen": [1, 4]},
                "others": [{"who": "Ana", "age": 12, "cost": "3.20"}],
                "price": 3,
                "size": "12.5",
                "rent": "1250.00",
                "hour": "09:30",
                "total": 3,
            },
        )

    def test_a_former_name_is_proposed_and_leads_to_the_commune_of_today(self):
        self.sign_in(self.camille)
        page = self.get(self.every_path)
        proposed = page.tree.xpath("//datalist[@id='communes']/option[@label='Vaubecourt']/@value")
        self.assertIn("Amblaincourt-Essai", proposed)
        answers = self.answer(village="amblaincourt-essai")
        self.assertEqual(answers["village"]["insee"], "55532")

    def test_children_and_household_are_those_of_the_person(self):
        child = self.child_of(self.camille)
        stranger = self.child_of(self.dominique, "Zoé")
        self.sign_in(self.camille)
        page = self.get(self.every_path)
        proposed = page.tree.xpath("//main//input[@name='kids']/@value")
        self.assertEqual(proposed, [str(child.id)])
        self.assertNotIn("Zoé", page.text)
        answers = self.answer(kids=[str(child.id)])
        self.assertEqual(answers["kids"][0]["id"], child.id)
        self.assertEqual(self.requests_of(self.every)[0].subject_ids, child)
        for key in ("kids", "us", "home", "class"):
            with self.subTest(key=key):
                response = self.send(**{key: str(stranger.id), "price": "7"})
                self.assertEqual(response.status_code, 422)
                self.assertIn("de la liste", self.errors(response)[key])
                self.assertNotIn("Zoé", response.text)
                self.assertEqual(self.value(response, "price"), "7")

    def test_rows_are_added_and_taken_out_without_script(self):
        self.sign_in(self.camille)
        page = self.get(self.every_path)
        typed = {**self.hidden(page), **GOOD, "_add": "others"}
        page = self.post(self.every_path, typed)
        self.assertEqual(page.status_code, 200)
        self.assertFalse(self.errors(page))
        self.assertEqual(self.value(page, "others.0.who"), "Ana")
        self.assertEqual(self.value(page, "others.1.who"), "")
        self.assertEqual(self.value(page, "bank"), GOOD["bank"])
        rows = {"others.1.who": "Bob", "others.1.age": "30", "others.2.who": "Léa"}
        # A row of no block, or of another one, takes nothing out here.
        for drop in ("1", "days.1"):
            page = self.post(self.every_path, {**self.hidden(page), **GOOD, **rows, "_drop": drop})
            self.assertEqual(self.value(page, "others.1.who"), "Bob")
        typed = {**self.hidden(page), **GOOD, **rows, "_drop": "others.1"}
        page = self.post(self.every_path, typed)
        self.assertEqual(self.value(page, "others.1.who"), "Léa")
        self.assertFalse(page.tree.xpath("//main//*[@name='others.2.who']"))
        # No more rows than the form takes.
        for _press in range(3):
            typed = {**self.hidden(page), **GOOD, "others.1.who": "Léa", "_add": "others"}
            page = self.post(self.every_path, typed)
        self.assertEqual(len(page.tree.xpath("//main//*[@data-row]")), 3)
        typed = {**self.hidden(page), **GOOD, "others.2.who": "Max", "_action": "send"}
        self.assertEqual(self.post(self.every_path, typed).status_code, 303)
        answers = self.requests_of(self.every).answers
        self.assertEqual([row["who"] for row in answers["others"]], ["Ana", "Max"])
        self.assertEqual(answers["total"], 6)

    def test_what_is_computed_is_shown_and_never_believed(self):
        self.sign_in(self.camille)
        answers = self.answer(**GOOD, total="999")
        self.assertEqual(answers["total"], 3)
        response = self.send(**{**GOOD, "bank": "x"})
        self.assertEqual(response.tree.xpath("//main//output")[0].text_content().strip(), "3")

    def send_same(self, contact=None, **answers):
        """A visitor whose postal address is the one that she gave above."""
        page = self.get(self.form_path)
        nowhere = {f"contact_address.{part}": "" for part in ("street", "zip", "commune")}
        data = {**self.hidden(page), **self.typed(), **self._identity(), **nowhere}
        data |= {"contact_address.same": "1", **(contact or {}), **answers}
        return self.post(self.form_path, data, [self.jpeg()])

    def test_same_address_needs_no_script(self):
        page = self.get(self.form_path)
        box = page.tree.xpath("//main//label[@for='f-contact_address-same']")[0]
        words = " ".join(box.text_content().replace("\xa0", " ").split())
        self.assertEqual(words, "Mon adresse postale est celle donnée plus haut : « Adresse »")
        response = self.send_same()
        self.assertEqual(response.status_code, 303, self.errors(response))
        page = self.get(f"{self.form_path}/code")
        code = self.get_code("Ana@Exemple.fr")
        self.post(f"{self.form_path}/code", {**self.hidden(page), "code": code, "_action": "send"})
        request = self.requests_of()
        self.assertEqual(request.contact_street, request.answers["address"]["street"])
        self.assertEqual(request.contact_commune_id, self.vaubecourt)

    def test_what_was_typed_below_a_ticked_box_does_not_count(self):
        response = self.send_same({"contact_address.street": "99 rue Oubliée"})
        self.assertEqual(response.status_code, 303, self.errors(response))
        pending = self.env["website.procedure.pending"].search([])
        self.assertEqual(pending.identity["contact_address.street"], self.typed()["address.street"])

    def test_same_address_that_is_missing_is_said_once(self):
        response = self.send_same(**{"address.street": "", "address.commune": ""})
        self.assertEqual(list(self.errors(response)), ["address.street"])
        self.assertEqual(self.value(response, "contact_address.same"), ["1"])

    def test_an_address_that_nobody_must_give_is_not_the_same_when_it_is_empty(self):
        path = "/demarches/tout-demander/formulaire"
        page = self.get(path)
        identity = self._identity(**{"contact_address.street": "", "contact_address.commune": ""})
        data = {**self.hidden(page), "line": "x", "agree": "1", "_action": "send", **identity}
        response = self.post(path, {**data, "contact_address.same": "1"})
        self.assertEqual(list(self.errors(response)), ["contact_address.street"])
        self.assertEqual(self.value(response, "contact_address.same"), [])

    def test_a_slip_in_the_address_above_is_said_there_with_the_name_that_was_meant(self):
        self.procedure.version_id.state = "draft"
        address = self.procedure.version_id.field_ids.filtered(lambda each: each.key == "address")
        address.is_local = True
        self.procedure.version_id.state = "published"
        slip = {"address.street": "8 rue Haute", "address.commune": "vaubecour"}
        response = self.send_same(**slip)
        errors = self.errors(response)
        self.assertEqual(list(errors), ["address.commune"])
        self.assertIn("Vouliez-vous dire Vaubecourt ?", errors["address.commune"])
        (button,) = response.tree.xpath("//main//button[@name='_take']")
        self.assertEqual(button.get("value"), "address.commune=Vaubecourt")
        # One press without script: written, nothing sent, nothing lost.
        taken = self.send_same(**slip, _take=button.get("value"), _action="")
        self.assertFalse(self.errors(taken))
        self.assertEqual(self.value(taken, "address.commune"), "Vaubecourt")
        self.assertEqual(self.value(taken, "address.street"), "8 rue Haute")
        self.assertEqual(self.value(taken, "contact_address.same"), ["1"])
        pending = self.env["website.procedure.pending"].search([], limit=1)
        self.assertEqual(pending.identity["contact_address.commune"], "Vaubecourt")
        self.assertFalse(self.requests_of())
        # Nothing but a near name is taken.
        for value in ("address.commune=Paris", "contact_email=Vaubecourt", "x=y", "="):
            taken = self.send_same(**slip, _take=value, _action="")
            self.assertEqual(self.value(taken, "address.commune"), "vaubecour")
            self.assertIn("@", self.value(taken, "contact_email"))
