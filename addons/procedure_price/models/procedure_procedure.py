import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.territory_base import clock

PAYFIP_NUMBER = re.compile(r"[0-9]{5,6}")
# What the payment page of the Treasury takes.
REFERENCE = re.compile(r"[A-Za-z0-9]{6,30}")
NAMES = ("{numero}", "{annee}", "{code}")


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    payment_kind = fields.Selection(
        [
            ("none", "Nothing is paid online"),
            ("payfip", "PayFiP, the payment page of the Treasury"),
            ("link", "The payment link of the page of the procedure"),
            ("words", "Another way, told in words"),
        ],
        default="none",
        required=True,
        string="How it is paid",
        help="The request never waits for its payment.",
    )
    payment_when = fields.Selection(
        [("accepted", "Once the request is accepted"), ("filed", "As soon as it is sent")],
        default="accepted",
        required=True,
        string="To pay",
    )
    payment_words = fields.Char(
        string="How to pay, in words",
        translate=True,
        help="A whole sentence, which the applicant reads with the amount: by cheque, to whom, "
        "where, and when the rest is paid.",
    )
    payfip_number = fields.Char(
        string="PayFiP client number",
        help="Five or six figures, given by the Treasury. Empty: that of the service that answers.",
    )
    payment_reference = fields.Char(
        string="Reference of the debt",
        default="{numero}",
        help="Letters, figures and {numero} (of the request), {annee}, {code} (of the procedure): "
        "6 to 30 letters and figures in all.",
    )

    @api.constrains("payfip_number")
    def _check_payfip_number(self):
        for procedure in self:
            procedure.env["territory.service"]._check_payfip(procedure.payfip_number)

    @api.constrains("payment_reference", "payment_kind", "code")
    def _check_payment_reference(self):
        for procedure in self.filtered(lambda each: each.payment_kind == "payfip"):
            text = procedure.payment_reference or ""
            rest = text
            for name in NAMES:
                rest = rest.replace(name, "")
            if "{numero}" not in text or not re.fullmatch(r"[A-Za-z0-9]*", rest):
                raise ValidationError(
                    self.env._(
                        "“%(field)s” holds {numero}, and letters and figures only; {annee} and "
                        "{code} may be used too.",
                        field=procedure._get_field_label("payment_reference"),
                    )
                )
            year = clock.today().year
            made = procedure._make_payment_reference(f"{procedure.code}-{year}-0001", None)
            if not REFERENCE.fullmatch(made):
                raise ValidationError(
                    self.env._(
                        "“%(field)s” gives “%(made)s”, which has %(count)s letters and figures: "
                        "PayFiP takes 6 to 30.",
                        field=procedure._get_field_label("payment_reference"),
                        made=made,
                        count=len(made),
                    )
                )

    def _make_payment_reference(self, number, moment):
        self.ensure_one()
        year = clock.local_day(moment or fields.Datetime.now()).year
        values = {"{numero}": number or "", "{annee}": str(year), "{code}": self.code or ""}
        text = self.payment_reference or "{numero}"
        for name, value in values.items():
            text = text.replace(name, value)
        return re.sub(r"[^A-Za-z0-9]", "", text)

    def _get_payfip_number(self, service=None):
        self.ensure_one()
        return self.payfip_number or (service or self.service_id).payfip_number

    def _get_publication_todo(self, version):
        return super()._get_publication_todo(version) + [
            (sentence, "identity") for sentence in self._get_payment_problems()
        ]

    def _get_payment_means(self):
        """How it is paid, in a sentence that holds no amount; empty when nobody said."""
        self.ensure_one()
        means = {
            "words": self.payment_words,
            "link": self.fee_url and self.env._("To pay online: %(url)s", url=self.fee_url),
            "payfip": self.env._("On the payment page of the Treasury, from that of your request."),
        }
        return means.get(self.payment_kind) or ""

    def _get_payment_problems(self):
        """What is missing to pay, in words for the administrator."""
        self.ensure_one()
        if self.payment_kind == "words" and not self.payment_words:
            return [
                self.env._(
                    "Say how it is paid (“%(field)s”), or choose another way to pay.",
                    field=self._get_field_label("payment_words"),
                )
            ]
        if self.payment_kind == "link" and not self.fee_url:
            return [
                self.env._(
                    "Give the payment link (“%(field)s”), or choose another way to pay.",
                    field=self._get_field_label("fee_url"),
                )
            ]
        if self.payment_kind != "payfip" or self.payfip_number:
            return []
        services = self.service_id | self._get_local_services()
        without = services.filtered(lambda service: not service.payfip_number)
        if not without and services:
            return []
        names = ", ".join(without[:5].mapped("name"))
        return [
            self.env._(
                "Give the PayFiP client number of this procedure, or of these services: %(names)s.",
                names=names or self.env._("those that answer"),
            )
        ]
