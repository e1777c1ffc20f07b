"""What a request would cost, read with the rest before it is sent."""

from odoo.addons.website_procedure.pages.form_check import make_stamp

# Of the lines that the agent has read, posted back with the form.
READ = "_price"


class PricePage:
    """Part of the page of a form that has prices."""

    @property
    def price_lines(self):
        """Of what is typed; nothing that is posted says an amount."""
        if not hasattr(self, "_price_lines"):
            Request_sudo = self.env["procedure.request"].sudo()
            identity = {}
            if not self.partner:
                identity, _errors = Request_sudo._prepare_identity(
                    self.identity, "web", self.procedure
                )
            acting_for, _children = self.get_acting()
            applicant = Request_sudo._get_tariff_applicant(
                {
                    **identity,
                    "acting_for_id": acting_for and acting_for.id,
                    "applicant_id": self.partner and self.partner.id,
                    "service_id": self.receiver.id,
                }
            )
            self._price_lines = self.version._get_price_lines(self._get_typed()[0], applicant)
        return self._price_lines

    @property
    def price(self):
        """Its lines and its total, as they are read; None without price."""
        if not self.price_lines:
            return None
        Line = self.env["procedure.price.line"]
        total = self.version._get_price_total(self.price_lines)
        told = [None if line["is_told_later"] else line["total_cents"] for line in self.price_lines]
        return {
            "lines": [
                {**line, "amount": Line._say(cents)}
                for line, cents in zip(self.price_lines, told, strict=True)
            ],
            "total": Line._say(total),
            "note": self._get_price_note(total),
        }

    def _get_price_note(self, total):
        """When it is paid: never before the request is sent."""
        if total is None:
            return self.env._("The service tells you the amount that lacks. Nothing to pay now.")
        if not total:
            return ""
        if self.procedure.payment_kind != "none":
            if self.procedure.payment_when == "filed":
                return self.env._("To be paid once the request is sent: its page says how.")
            return self.env._(
                "Nothing to pay now: you pay once your request is accepted, the answer says how."
            )
        return self.env._("Nothing to pay now: the service tells you when.")

    @property
    def parts(self):
        """The price after what was answered, before who asks."""
        parts = super().parts
        if not self.price:
            return parts
        part = {
            "label": self.env._("The price"),
            "rows": [],
            "files": [],
            "edit": None,
            "template": "website_procedure_price.check_price",
            "price": self.price,
        }
        index = len(parts) - 1 if self.partner and not parts[-1]["edit"] else len(parts)
        return [*parts[:index], part, *parts[index:]]

    @property
    def stamp(self):
        """A tariff that changed meanwhile is read again before it is sent."""
        stamp = super().stamp
        if not self.price_lines:
            return stamp
        return ".".join(make_stamp(each, self.price_lines) for each in stamp.split("."))

    # At the counter, which has no page to check: told to whoever is there, before it is entered

    @property
    def price_stamp(self):
        return make_stamp(self.price_lines)

    def has_more_to_read(self):
        """Lines that are others since they were read are read again."""
        has_more = super().has_more_to_read()
        if not self.price_lines or self.posted.text(READ, 100) == self.price_stamp:
            return has_more
        self.to_read = "website_procedure_price.counter_price"
        self.notice = self.env._("Not sent yet: tell the price, above the button, then send.")
        return True

    def show_answers(self, answers):
        """Whoever prepares the form sees what it costs, for each kind of applicant."""
        return super().show_answers(answers) + self.version._get_prices_tried(answers)
