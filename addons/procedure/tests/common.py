import base64
import hashlib

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tools import html2plaintext

from odoo.addons.partner_household.tests.people import PeopleCase
from odoo.addons.procedure.filing import Filing
from odoo.addons.procedure_form.tests.common import FormCommon

# A valid one-pixel PNG: what `public.guard` would give back.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


def upload(name="photo.png", content=PIXEL):
    """What `public.guard._check_upload` returns."""
    return {
        "name": name,
        "mimetype": "image/png",
        "content": content,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "pages": 1,
    }


class ProcedureCommon(PeopleCase, FormCommon):
    """Camille asks for a container, in the services of `FormCommon`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.dpo_contact = "Déléguée d’essai, dpo@exemple.test"
        # The administrator may decide too, in the name of the law as anybody else.
        cls.env.ref("base.user_admin").partner_id.function = "Administratrice"
        cls.camille, cls.dominique = cls._residents(
            ("camille", "Camille", "Durand"), ("dominique", "Dominique", "Petit")
        )

    @classmethod
    def _procedure(cls, name, code, service, fields=None, publish=True, **vals):
        steps = [Command.create({"name": "À préparer"}), Command.create({"name": "Livré"})]
        return super()._procedure(
            name, code, service, fields=fields, publish=publish, **{"step_ids": steps, **vals}
        )

    @classmethod
    def _answers(cls, **answers):
        return {
            "address.street": "3 rue du Moulin",
            "address.commune": "55532",
            "dwelling": "main",
            "persons": "4",
            "date_in": "2026-03-24",
            "note": "Bonjour",
            **answers,
        }

    @classmethod
    def _identity(cls, **identity):
        return {
            "contact_firstname": "Ana",
            "contact_lastname": "Morel",
            "contact_email": "Ana@Exemple.fr",
            "contact_address.street": "1 place Haute",
            "contact_address.zip": "54000",
            "contact_address.commune": "Nancy",
            **identity,
        }

    @classmethod
    def _filing(cls, user=None, procedure=None, files=None, answers=None, **kwargs):
        """What this resident submits; Camille by default."""
        return Filing(
            procedure=procedure or cls.procedure,
            answers=answers or cls._answers(),
            files={"proof": [upload()]} if files is None else files,
            applicant=(user or cls.camille).partner_id,
            **kwargs,
        )

    @classmethod
    def _submit(cls, user=None, **kwargs):
        """A request of this resident; Camille by default."""
        requests = cls.env["procedure.request"].with_user(user or cls.camille)
        return requests._submit(cls._filing(user, **kwargs)).with_user(cls.env.user)

    def _submit_without_account(self, identity=None, **kwargs):
        return (
            self.env["procedure.request"]
            .with_user(self.env.ref("base.public_user"))
            ._submit(
                Filing(
                    procedure=kwargs.pop("procedure", self.procedure),
                    answers=kwargs.pop("answers", self._answers()),
                    identity=identity or self._identity(),
                    **kwargs,
                )
            )
        )

    def _submit_by(self, channel, **values):
        """On the site by Camille; at the counter by an agent, for somebody without account."""
        if channel == "web":
            return self._submit()
        return (
            self.env["procedure.request"]
            .with_user(self.agent)
            ._submit(
                Filing(
                    procedure=self.procedure,
                    answers=self._answers(),
                    files={"proof": [upload()]},
                    identity=self._identity(),
                    channel=channel,
                    **values,
                )
            )
            .with_user(self.env.user)
        )

    def assertWizardTellsNothing(self, *shown):
        """:param shown: (model, field, values) of windows about the request"""
        for model, name, values in shown:
            values = {**values, "request_id": self.request.id}
            for user in self.secretary | self.other_secretary:
                self.env.invalidate_all()
                wizard = self.env[model].with_user(user).new(values)
                try:
                    told = wizard[name]
                except AccessError:
                    told = False
                self.assertFalse(told, f"{model}.{name}")

    def assertMailsTold(self, request, mails, order):
        """Acknowledgments that say all of this, in this order, the number and the button first.

        :param mails: that of an account and that of a visitor
        """
        self.assertEqual(len(mails), 2)
        for mail in mails:
            with self.subTest(to=mail.email_to):
                words = html2plaintext(mail.body_html).partition("Bonjour")[2]
                self.assertEqual(order, sorted(order, key=words.index))
                plate = words.rindex(request.number[:5], 0, words.index("Et maintenant"))
                self.assertLess(words.index("Nous avons reçu"), plate)
                self.assertLess(plate, words.index("Suivre ma demande"))
                self.assertEqual(words.count("Suivre ma demande"), 1)
                # Whom to call and what becomes of the data are in the foot, once.
                self.assertEqual(words.count("dechets@exemple.fr"), 1)
                self.assertEqual(words.count("Vos données"), 1)
