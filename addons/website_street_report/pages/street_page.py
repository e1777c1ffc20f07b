from odoo.addons.street_report.models.procedure_procedure import COMMUNE
from odoo.addons.website_parts.tools.web import text

# From one connection, without an address that is proved.
NOBODY_AN_HOUR = 5


class StreetPage:
    """Part of the page of a form that reports a street: nobody has to say who she is."""

    @property
    def needs_code(self):
        """An address is proved; without one, the report is sent at once."""
        return super().needs_code and bool(text(self.identity.get("contact_email")))

    @property
    def is_nobody(self):
        """Whether nobody answers for what is sent."""
        return not self.partner and not text(self.identity.get("contact_email"))

    @property
    def reminders(self):
        """What its last press would refuse, on each page before it."""
        reminders = super().reminders
        if self.is_preview or not self.is_nobody:
            return reminders
        refusal = self.env["public.guard"]._find_refusal(
            "street.nobody", self.visit.sender, NOBODY_AN_HOUR
        )
        if not refusal:
            return reminders
        sentence = self.env._("Or give your e-mail address: with it, your report leaves now.")
        return [*reminders, f"{refusal} {sentence}"]

    def submit(self, *args, **kwargs):
        """Nobody answers for what is sent without an address: few of them."""
        if self.is_nobody:
            guard = self.env["public.guard"]
            guard._hit("street.nobody", self.visit.sender, NOBODY_AN_HOUR, 3600)
        return super().submit(*args, **kwargs)

    def load(self, *args, **kwargs):
        """The commune was chosen before the list of what is open there."""
        result = super().load(*args, **kwargs)
        wanted = text(self.visit.params.get("commune"), 10)
        commune_sudo = wanted and self.env["territory.commune"].sudo()._find_by_insee(wanted)
        if commune_sudo and not self.pending:
            self.raw[COMMUNE] = commune_sudo.name
        return result

    def _prepare_identity_section(self):
        section = super()._prepare_identity_section()
        if not self.asks_identity:
            return section
        section["label"] = self.env._("To be answered, if you wish")
        for item in section["fields"]:
            if item["name"] == "contact_email":
                item["help"] = self.env._(
                    "We send a code there, then what becomes of your report. Without it, you "
                    "follow the report with its number and its code."
                )
        return section
