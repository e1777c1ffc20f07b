from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import WebsiteProcedureCommon

WORDS = [
    "",
    "0",
    "1",
    "-1",
    "99999999999999999999",
    "1.5",
    "x",
    "é",
    "None",
    "[]",
    "[1, 2]",
    "{}",
    "a" * 3000,
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin1"),
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "%s%n",
    "../../etc/passwd",
    "//exemple.fr",
    "2026-13-45",
    "name desc; drop table",
    "‮gpj.exe",
]


@tagged("post_install", "-at_install", "-standard", "sweep_fuzz")
class TestFuzz(WebsiteProcedureCommon):
    """Whatever a visitor or a resident types in a form: never an error of the server."""

    def test_forms_take_any_shape(self):
        """Several values, files where words are expected, words where files are."""
        every = self.make_every_type()
        for path in (self.form_path, every, "/inscription", f"{self.form_path}/code"):
            page = self.get(path)
            names = set(page.tree.xpath("//main//form//@name")) | {"_claim", "_remove", "_for"}
            names -= {"csrf_token", "guard_token"}
            hidden = [(name, value) for name, value in self.hidden(page).items()]
            for data, files in (
                ([(name, word) for name in names for word in ("a", "b\x00")], None),
                ([], [(name, ("x.txt", b"x", "text/plain")) for name in names]),
                ([], [(name, ("", b"", "text/plain")) for name in names]),
                ([(f"{name}[]", "x") for name in names], [self.jpeg("proof", "x" * 300)]),
                ([(name, "9" * 400) for name in names], None),
            ):
                response = self.post(path, [*hidden, *data], files)
                self.assertLess(response.status_code, 500, (path, data[:2], files and files[0]))
        self.assertFalse(self.requests_of())

    def make_every_type(self):
        """A form with every type of question, on two pages."""
        form = [
            *self._every_type(),
            {"key": "p2", "type": "page", "label": "Suite"},
            {"key": "last", "type": "address", "label": "Adresse", "is_local": True},
        ]
        self._procedure("Toutes les formes", "FORMES", self.waste, fields=form, slug="formes")
        return "/demarches/formes/formulaire"

    def test_every_type_takes_any_answer_from_anybody(self):
        """Ids of others, rows without end, values of no list, with an account, without, in the
        preview: an answer or a sentence, never an error, and nobody else's name."""
        path = self.make_every_type()
        stranger = self.dominique.partner_id.sudo()._declare_child(
            {
                "firstname": "Zénobie",
                "lastname": "Petit",
                "birthdate": "2018-02-01",
                "birthplace": "Verdun",
            }
        )
        version = self.env["procedure.procedure"].search([("code", "=", "FORMES")]).version_id
        names = [field.key for field in version.field_ids] + [
            "others.0.who",
            "others.999.who",
            "others.99999999999.who",
            "others.-1.age",
            "others..age",
            "others.0.age.x",
            "_rows.others",
            "_add",
            "_drop",
            "_page",
            "_version",
            "_file.proof",
            "days.canteen",
            "days.x",
            "last.street",
            "last.commune",
            "last.same",
        ]
        values = [*WORDS, str(stranger.id), "others", "others.0", "p2", "9" * 30, "1", "é" * 3000]
        tried = {
            None: (path, self.hidden(self.get(path))),
        }
        for user, address in (
            (self.camille, path),
            (self.manager, f"/demarches/apercu/{version.id}"),
        ):
            self.sign_in(user)
            tried[user] = (address, self.hidden(self.get(address)))
        broken, told, where = [], [], {}

        @settings(max_examples=5)
        @given(
            answers=st.lists(
                st.tuples(st.sampled_from(names), st.sampled_from(values)), max_size=12
            ),
            action=st.sampled_from(["send", "next", "back", "later", "", "x"]),
        )
        def send(answers, action):
            response = self.opener.request(
                url=self.base_url() + where["path"],
                method="POST",
                data=[*where["hidden"].items(), *answers, ("_action", action)],
                allow_redirects=False,
                timeout=60,
            )
            if response.status_code >= 500:
                broken.append((answers, action))
            if "Zénobie" in response.text:
                told.append((answers, action))

        for user, (where["path"], where["hidden"]) in tried.items():
            self.authenticate(None, None)
            if user:
                self.sign_in(user)
            with mute_logger("odoo.http", "odoo.sql_db"):
                send()
        self.assertFalse(broken, broken[:3])
        self.assertFalse(told, told[:3])
        self.assertFalse(
            self.env["procedure.request"].search([("subject_ids", "in", stranger.ids)])
        )
