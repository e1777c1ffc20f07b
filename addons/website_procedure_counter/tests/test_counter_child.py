from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.procedure.exceptions import AnswersInvalid
from odoo.addons.procedure.filing import Filing

from .common import CounterCommon

LOUIS = {
    "_child_firstname": "Louis",
    "_child_lastname": "Morel",
    "_child_birthdate": "15/11/2018",
}


@tagged("post_install", "-at_install")
class TestCounterChild(CounterCommon):
    """A family that nobody knows yet enrols its child at the counter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.canteen = cls._procedure(
            "Cantine",
            "CANTI",
            cls.school,
            fields=[{"key": "wish", "type": "char", "label": "Souhait"}],
            slug="cantine-test",
            applicant_kinds="child",
            account_required=True,
        )

    def _open(self, person=None, **values):
        if person:
            values.update(name="Petit", _searched="Petit", person=str(person.id))
        return self.open_form(self.school_agent, procedure=self.canteen.slug, **values)

    def _send(self, path, page, **answers):
        return self.post(path, {**self.hidden(page), "_action": "send", **answers})

    def _known_parent(self):
        """Dominique asked something of the school: her name is found there, no child of hers."""
        other = self._procedure(
            "Autre",
            "AUTRE",
            self.school,
            fields=[{"key": "wish", "type": "char", "label": "Souhait"}],
        )
        self._submit(user=self.dominique, procedure=other, answers={})
        return self.dominique.partner_id

    def _declare(self, **values):
        return self.dominique.partner_id.with_user(self.dominique)._declare_child(
            {
                "firstname": "Louis",
                "lastname": "Morel",
                "birthdate": "2018-11-15",
                **values,
            }
        )

    def _sheets(self):
        return self.env["res.partner"].search([("lastname", "=", "Morel")])

    def test_the_child_of_somebody_without_account_has_a_name(self):
        path, page = self._open()
        for name in LOUIS:
            self.assertTrue(page.tree.xpath(f"//input[@name='{name}']"), name)
        response = self._send(path, page, **self.ana())
        self.assertEqual(response.status_code, 422)
        self.assertEqual(set(self.errors(response)), set(LOUIS))
        self.assertFalse(self._sheets())
        response = self._send(path, response, **self.ana(), **LOUIS)
        self.assertEqual(response.status_code, 303, self.errors(response))
        request = self.requests_of(self.canteen)
        child = request.subject_ids
        self.assertEqual(
            (child.firstname, child.lastname, str(child.birthdate)),
            ("Louis", "Morel", "2018-11-15"),
        )
        self.assertFalse(child.declarant_id)
        self.assertEqual(request.applicant_name, "Ana Morel")
        self.assertTrue(child.with_user(self.school_agent).has_access("read"))
        self.assertFalse(child.with_user(self.agent).has_access("read"))
        self.assertFalse(child.with_user(self.secretary).has_access("read"))

    def test_what_is_wrong_is_beside_its_field_and_creates_nothing(self):
        path, page = self._open()
        for wrong in ({"_child_birthdate": "15/11/1990"}, {"_child_birthdate": "hier"}):
            response = self._send(path, page, **self.ana(), **{**LOUIS, **wrong})
            self.assertEqual(set(self.errors(response)), {"_child_birthdate"}, wrong)
            self.assertEqual(self.value(response, "_child_firstname"), "Louis")
            self.assertFalse(self._sheets())

    def test_a_known_parent_without_child_here_declares_one(self):
        parent = self._known_parent()
        path, page = self._open(parent)
        self.assertNotIn("Personne pour qui", self.words(page))
        response = self._send(path, page)
        self.assertEqual(set(self.errors(response)), set(LOUIS))
        response = self._send(path, page, **LOUIS)
        self.assertEqual(response.status_code, 303, self.errors(response))
        child = self.requests_of(self.canteen).subject_ids
        self.assertEqual(child, self._sheets())
        self.assertFalse(child.declarant_id, "the school does not act on her file")

    def test_where_the_file_is_read_the_child_is_the_parents(self):
        self.school.reads_family_file = True
        parent = self._known_parent()
        path, page = self._open(parent)
        self.assertEqual(self._send(path, page, **LOUIS).status_code, 303)
        child = self.requests_of(self.canteen).subject_ids
        self.assertEqual(child.declarant_id, parent)
        self.assertIn(child, parent._children_i_may_act_for())

    def test_a_child_that_the_agent_does_not_read_stays_unread(self):
        """Whoever types the name of a child gets the same page, and another sheet."""
        for reads in (False, True):
            with self.subTest(reads=reads):
                self.school.reads_family_file = reads
                parent = self._known_parent() if not reads else self.dominique.partner_id
                known = self._declare(firstname="Louis" if not reads else "Lina")
                typed = {**LOUIS, "_child_firstname": known.firstname}
                path, page = self._open(parent)
                self.assertNotIn(f"{known.id}", page.tree.xpath("//input[@name='_for']/@value"))
                response = self._send(path, page, **typed)
                self.assertEqual(response.status_code, 303, self.errors(response))
                request = self.requests_of(self.canteen)[0]
                self.assertEqual(request.subject_ids.firstname, known.firstname)
                self.assertNotEqual(request.subject_ids, known)
                self.assertFalse(known.with_user(self.school_agent).has_access("read"))

    def test_a_known_child_is_chosen_and_another_one_typed(self):
        parent = self._known_parent()
        known = self._declare(firstname="Zoé")
        self._submit(user=self.dominique, procedure=self.canteen, answers={}, subjects=known)
        path, page = self._open(parent)
        self.assertEqual(page.tree.xpath("//input[@name='_for']/@value"), [str(known.id), "0"])
        response = self._send(path, page)
        self.assertEqual(response.status_code, 422)
        response = self._send(path, page, _for="0")
        self.assertEqual(set(self.errors(response)), set(LOUIS))
        self.assertEqual(self.value(response, "_for"), ["0"])
        response = self._send(path, response, _for="0", **LOUIS)
        self.assertEqual(response.status_code, 303, self.errors(response))
        self.assertEqual(self.requests_of(self.canteen)[0].subject_ids.firstname, "Louis")
        path, page = self._open(parent)
        # What was typed before the known child was chosen is nobody's.
        self._send(path, page, _for=str(known.id), **LOUIS)
        self.assertEqual(self.requests_of(self.canteen)[0].subject_ids, known)
        self.assertEqual(len(self._sheets()), 2)

    def test_page_by_page_the_child_stays(self):
        procedure = self._procedure(
            "Cantine en deux pages",
            "CAND",
            self.school,
            fields=[
                {"key": "first", "type": "page", "label": "Un"},
                {"key": "wish", "type": "char", "label": "Souhait"},
                {"key": "second", "type": "page", "label": "Deux"},
                {"key": "more", "type": "char", "label": "Suite", "required": True},
            ],
            slug="cantine-deux",
            applicant_kinds="child",
        )
        path, page = self.open_form(self.school_agent, procedure=procedure.slug)
        response = self._send(path, page, **self.ana(), _action="next")
        self.assertEqual(set(self.errors(response)), set(LOUIS))
        response = self._send(path, page, **self.ana(), **LOUIS, _action="next")
        self.assertEqual(response.status_code, 303, self.errors(response))
        page = self.get(f"{path}?etape=2")
        response = self._send(path, page, more="Vert")
        self.assertEqual(response.status_code, 303, self.errors(response))
        self.assertEqual(self.requests_of(procedure).subject_ids.firstname, "Louis")

    def test_elsewhere_no_child_is_declared(self):
        path, page = self.open_form(self.agent)
        self.assertFalse(page.tree.xpath("//input[starts-with(@name, '_child')]"))
        self.assertEqual(self.send(path, page, **self.ana(), **LOUIS).status_code, 303)
        self.assertFalse(self.requests_of().subject_ids)
        self.assertFalse(self._sheets() - self.requests_of().applicant_id)
        louis = {"firstname": "Louis", "lastname": "Morel", "birthdate": "2018-11-15"}
        filing = {"procedure": self.canteen, "answers": {}, "child": louis}
        requests = self.env["procedure.request"]
        for user in (self.agent, self.camille):
            with self.subTest(user.login), self.assertRaises(AccessError):
                requests.with_user(user)._submit(
                    Filing(**filing, identity=self.ana(), channel="counter")
                )
        with self.assertRaises(AnswersInvalid):
            requests.with_user(self.camille)._submit(
                Filing(**filing, applicant=self.camille.partner_id)
            )
        self.assertFalse(self._sheets())
