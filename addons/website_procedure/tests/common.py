import re

from lxml import html

from odoo import Command
from odoo.tests import tagged

from odoo.addons.procedure.tests.common import ProcedureCommon
from odoo.addons.website_parts.tests.common import PageCase, photo


class Forms:
    """Questions of every type."""

    @classmethod
    def _full_form(cls):
        choices = [
            Command.create({"value": "a", "label": "Bleu"}),
            Command.create({"value": "b", "label": "Vert"}),
        ]
        return [
            {"key": "part", "type": "section", "label": "Première partie"},
            {"key": "words", "type": "information", "label": "À savoir", "help": "Lisez bien."},
            {"key": "line", "type": "char", "label": "Une ligne", "required": True},
            {"key": "long", "type": "text", "label": "Un texte"},
            {"key": "count", "type": "integer", "label": "Un nombre", "max_value": 9},
            {"key": "day", "type": "date", "label": "Un jour", "date_limit": "past"},
            {"key": "yes", "type": "boolean", "label": "D'accord ?"},
            {"key": "one", "type": "selection", "label": "Une couleur", "option_ids": choices},
            {"key": "many", "type": "multi_selection", "label": "Couleurs", "option_ids": choices},
            {"key": "mail", "type": "email", "label": "Adresse électronique"},
            {"key": "call", "type": "phone", "label": "Téléphone"},
            {"key": "home", "type": "address", "label": "Maison"},
            {"key": "town", "type": "commune", "label": "Village"},
            {"key": "paper", "type": "file", "label": "Papier", "max_files": 2},
            {"key": "agree", "type": "consent", "label": "J'accepte", "required": True},
        ]

    @classmethod
    def _choices(cls, *pairs):
        return [Command.create({"value": value, "label": label}) for value, label in pairs]

    @classmethod
    def _every_type(cls):
        return [
            {"key": "read", "type": "link", "label": "Le règlement", "url": "https://exemple.fr/r"},
            {"key": "bank", "type": "iban", "label": "IBAN"},
            {"key": "company", "type": "siret", "label": "SIRET"},
            {"key": "club", "type": "rna", "label": "RNA"},
            {"key": "village", "type": "commune", "label": "Village"},
            {
                "key": "plate",
                "type": "char",
                "label": "Immatriculation",
                "pattern": "[A-Z]{2}-[0-9]{3}-[A-Z]{2}",
                "pattern_message": "Une immatriculation s'écrit AB-123-CD.",
            },
            {"key": "us", "type": "persons", "label": "Qui viendra"},
            {"key": "kids", "type": "children", "label": "Pour quels enfants"},
            {"key": "home", "type": "dwelling", "label": "Quel logement"},
            {"key": "class", "type": "school", "label": "Quelle école"},
            {
                "key": "days",
                "type": "weekly_grid",
                "label": "Semaine",
                "grid_days": "1,2,4,5",
                "option_ids": cls._choices(("canteen", "Cantine"), ("evening", "Garderie du soir")),
            },
            {"key": "others", "type": "block", "label": "Personne", "max_value": 3},
            {
                "key": "who",
                "type": "char",
                "label": "Prénom",
                "required": True,
                "block_key": "others",
            },
            {"key": "age", "type": "integer", "label": "Âge", "block_key": "others"},
            {"key": "cost", "type": "amount", "label": "Dépense", "block_key": "others"},
            {"key": "price", "type": "integer", "label": "Prix"},
            {"key": "size", "type": "decimal", "label": "Surface", "lowest": "0,5"},
            {"key": "rent", "type": "amount", "label": "Loyer", "lowest": "0"},
            {"key": "hour", "type": "time", "label": "Heure", "lowest": "8h30", "highest": "18h"},
            {
                "key": "total",
                "type": "computed",
                "label": "Total",
                "formula": "price * count(others)",
            },
            {
                "key": "proof",
                "type": "file",
                "label": "Facture",
                "validity_kind": "months",
                "validity_months": 3,
                "condition_join": "any",
                "condition_ids": [
                    Command.create({"key": "price", "operator": ">", "value": "100"}),
                    Command.create({"key": "days", "operator": "not set"}),
                ],
            },
        ]


@tagged("post_install", "-at_install")
class WebsiteProcedureCommon(Forms, ProcedureCommon, PageCase):
    """The site in French; a form with every type of field, filled in as people do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.topic = cls._topic("Déchets", "test_dechets", 1)
        cls.audience = cls.env["territory.audience"].create(
            {"name": "Habitants", "code": "test_habitants"}
        )
        cls.procedure.write(
            {
                "topic_id": cls.topic.id,
                "audience_ids": [Command.set(cls.audience.ids)],
                "summary": "Nouvel habitant ou changement dans le foyer",
                "slug": "demander-un-bac-test",
            }
        )
        cls.path = f"/demarches/{cls.procedure.slug}"
        cls.form_path = f"{cls.path}/formulaire"
        cls.full = cls._procedure(
            "Tout demander", "TOUT", cls.waste, fields=cls._full_form(), slug="tout-demander"
        )

    @classmethod
    def _topic(cls, name, code, sequence):
        return cls.env["territory.topic"].create({"name": name, "code": code, "sequence": sequence})

    def post(self, path, data, files=None, reads=True):
        """Send what the form of the last page would: no redirection is followed.

        What is sent is first shown again, to be checked: then it is sent from there, boxes ticked
        as in `data`, unless `reads` says not to.
        """
        # A list of pairs: several values of one name.
        response = self.url_open(path, data=data, files=files, allow_redirects=False)
        location = response.headers.get("Location", "").partition("#")[0]
        if reads and location.endswith("etape=verifier") and dict(data)["_action"] == "send":
            return self.send_read(path, self.get(location), dict(data))
        response.tree = html.fromstring(response.content or b"<html/>")
        return response

    def send_read(self, path, page, data=None):
        """From the page that shows everything again: what it carries, and its boxes."""
        form = "//form[@data-public-form]//input"
        boxes = page.tree.xpath(f"{form}[@type='checkbox']/@name")
        ticked = {
            name: value
            for name, value in (data or {}).items()
            if name in boxes or name.startswith("guard_")
        }
        # A list of pairs: several values of one name.
        carried = [
            (field.get("name"), field.get("value") or "")
            for field in page.tree.xpath(f"{form}[@type='hidden']")
            if field.get("name") not in ticked
        ]
        return self.post(path, [*carried, *ticked.items(), ("_action", "send")], reads=False)

    def typed(self, **answers):
        """What the waste form sends, signed in; no file."""
        return {**self._answers(date_in="24/03/2026"), **answers, "_action": "send"}

    def jpeg(self, key="proof", name="facture.jpg", content=None):
        return (key, (name, content or photo(), "image/jpeg"))

    def requests_of(self, procedure=None):
        return self.env["procedure.request"].search(
            [("procedure_id", "=", (procedure or self.procedure).id)]
        )

    def get_code(self, email):
        """The code that the visitor reads in the last mail."""
        mail = self._mails(email=email)[:1]
        return re.search(r">(\d{6})<", mail.body_html)[1]

    def file_as(self, user, **answers):
        """File through the site; return the request."""
        self.sign_in(user)
        page = self.get(self.form_path)
        response = self.post(
            self.form_path, {**self.hidden(page), **self.typed(**answers)}, [self.jpeg()]
        )
        self.assertEqual(response.status_code, 303, self.errors(response))
        return self.requests_of()[:1]

    def file_as_visitor(self, **identity):
        """Return (request, code to follow it)."""
        page = self.get(self.form_path)
        data = {**self.hidden(page), **self.typed(), **self._identity(**identity)}
        self.post(self.form_path, data, [self.jpeg()])
        page = self.get(f"{self.form_path}/code")
        email = data["contact_email"]
        response = self.post(
            f"{self.form_path}/code",
            {**self.hidden(page), "code": self.get_code(email), "_action": "send"},
        )
        self.assertEqual(response.status_code, 303)
        page = self.get(response.headers["Location"])
        # Alone in its element: the signed addresses of the page may hold ten such letters too.
        follow_code = re.search(r">\s*([2-9A-HJKMNP-Z]{10})\s*<", page.text)
        return self.requests_of()[:1], follow_code and follow_code[1]
