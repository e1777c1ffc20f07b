import unicodedata

from odoo import api, fields, models
from odoo.fields import Domain


def plain(text):
    """Lower case without accents: « Déchets » is found by "dechet"."""
    decomposed = unicodedata.normalize("NFKD", (text or "").replace("œ", "oe"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


class ProcedureProcedure(models.Model):
    _inherit = "procedure.procedure"

    keywords = fields.Char(translate=True, help="Other words that people search for.")
    former_slug_ids = fields.One2many("website.procedure.slug", "procedure_id")

    def write(self, vals):
        former = {procedure.id: procedure.slug for procedure in self} if "slug" in vals else {}
        result = super().write(vals)
        for procedure in self.filtered(lambda procedure: former.get(procedure.id)):
            procedure._keep_former_slug(former[procedure.id])
        return result

    def _keep_former_slug(self, former):
        self.ensure_one()
        if former == self.slug:
            return
        Slug_sudo = self.env["website.procedure.slug"].sudo()
        # The address in use wins, and the last procedure that had an address keeps it.
        Slug_sudo.search([("slug", "in", [former, self.slug])]).unlink()
        Slug_sudo.create({"slug": former, "procedure_id": self.id})

    @api.model
    def _slug_domain(self, slug):
        return Domain("slug", "=", slug) | Domain("former_slug_ids.slug", "=", slug)

    @api.model
    def _get_public_domain(self):
        return Domain("state", "=", "published")

    @api.model
    def _get_catalogue(self, words="", topic="", audience=""):
        """Return the procedures shown to everybody, in the order of their topics.

        The catalogue holds tens of rows: words are compared here, so that accents and the order
        of the words do not matter.
        """
        procedures = self.search(self._get_public_domain())
        if topic:
            procedures = procedures.filtered(lambda procedure: procedure.topic_id.code == topic)
        if audience:
            procedures = procedures.filtered(
                lambda procedure: (
                    not procedure.audience_ids or audience in procedure.audience_ids.mapped("code")
                )
            )
        wanted = plain(words).split()
        if wanted:
            procedures = procedures.filtered(
                lambda procedure: all(word in procedure._get_search_text() for word in wanted)
            )
        return procedures.sorted(
            lambda procedure: (
                not procedure.topic_id,
                procedure.topic_id.sequence,
                procedure.topic_id.id,
                procedure.name,
            )
        )

    def _get_search_text(self):
        self.ensure_one()
        parts = [self.name, self.summary, self.keywords, self.topic_id.name]
        return plain(" ".join(part for part in parts if part))

    def _get_prefill(self, partner):
        """Raw values by input name, from what the account knows of this person."""
        self.ensure_one()
        raw = {}
        known = self._get_prefill_values(partner) if partner else {}
        for field in self.version_id.field_ids:
            value = known.get(field.prefill)
            if not value:
                continue
            if field.type == "address":
                if isinstance(value, dict):
                    raw.update({f"{field.key}.{part}": text for part, text in value.items()})
            elif not isinstance(value, dict):
                raw[field.key] = value
        return raw

    def _get_prefill_values(self, partner):
        """What is known, by the codes of `procedure.field.prefill`. The person is the caller."""
        partner_sudo = partner.sudo()
        dwelling_sudo = partner_sudo._current_dwelling()
        home = dwelling_sudo or partner_sudo
        commune_sudo = dwelling_sudo.commune_id or partner_sudo.commune_id
        household_sudo = partner_sudo._current_household()
        members = household_sudo.member_ids.filtered("is_current") if household_sudo else []
        return {
            "firstname": partner_sudo.firstname,
            "lastname": partner_sudo.lastname,
            "birthdate": partner_sudo.birthdate and fields.Date.to_string(partner_sudo.birthdate),
            "email": partner_sudo.email,
            "phone": partner_sudo.phone,
            "street": home.street,
            "commune": commune_sudo.insee_code,
            "address": home.street
            and {
                "street": home.street,
                "street2": home.street2 or "",
                "zip": home.zip or "",
                "commune": commune_sudo.insee_code or "",
            },
            "household_size": str(len(members)) if members else False,
        }
