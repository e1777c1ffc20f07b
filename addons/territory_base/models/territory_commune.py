from difflib import get_close_matches

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import normalize, place_key

# How many letters of ten must be right, in their order.
LIKENESS = 0.7
NEAR_MAX = 3
# Of a file that names communes: more than any territory has.
NAMED_MAX = 1000


def of_town_hall(*names):
    """Dependencies of what a commune shows of the service that is its town hall."""
    names = ("active", "kind", "code", *names)
    return api.depends("insee_code", *(f"service_ids.{name}" for name in names))


class TerritoryCommune(models.Model):
    _name = "territory.commune"
    _description = "Commune"
    # Without accents: in the order of the database, É comes after Z.
    _order = "slug, insee_code"
    _rec_names_search = ["name", "insee_code", "zip", "former_ids.name", "former_ids.insee_code"]

    name = fields.Char(required=True)
    insee_code = fields.Char("INSEE code", size=5, required=True)
    siren = fields.Char("SIREN", size=9)
    zip = fields.Char("Postcode")
    population = fields.Integer(help="Population municipale.")
    latitude = fields.Float(digits=(9, 6), help="Of its centre. Both empty: not on the map.")
    longitude = fields.Float(digits=(9, 6))
    active = fields.Boolean(default=True)
    former_ids = fields.One2many("territory.commune.former", "commune_id", "Former communes")
    slug = fields.Char(
        compute="_compute_slug", store=True, help="Last part of the commune's public address."
    )
    service_ids = fields.Many2many(
        "territory.service",
        "territory_commune_territory_service_rel",
        "territory_commune_id",
        "territory_service_id",
        string="Services that cover it by name",
    )
    town_hall_id = fields.Many2one("territory.service", "Town hall", compute="_compute_town_hall")
    # Each by its own method: whoever proposes one keeps the others.
    street = fields.Char(compute="_compute_street")
    phone = fields.Char(compute="_compute_phone")
    email = fields.Char(compute="_compute_email")
    opening_hours = fields.Text(compute="_compute_opening_hours")

    _insee_code_uniq = models.Constraint(
        "UNIQUE(insee_code)", "This INSEE code belongs to another commune."
    )
    _slug_uniq = models.Constraint("UNIQUE(slug)", "Another commune has the same public address.")
    _place_valid = models.Constraint(
        "CHECK(latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
        "A latitude goes from -90 to 90, a longitude from -180 to 180.",
    )

    @api.constrains("insee_code")
    def _check_insee_code(self):
        for commune in self:
            code = commune.insee_code
            if len(code) != 5 or not code.isalnum() or not code.isascii():
                raise ValidationError(
                    self.env._("“%(code)s” is not an INSEE code: 5 characters.", code=code)
                )

    @of_town_hall()
    def _compute_town_hall(self):
        """Of several, the one that bears the code of the commune."""
        for commune in self:
            town_halls = commune.service_ids.filtered(lambda each: each.kind == "town_hall")
            code = commune._get_town_hall_code()
            own = town_halls.filtered(lambda each, code=code: each.code == code)
            commune.town_hall_id = (own or town_halls)[:1]

    @of_town_hall("street")
    def _compute_street(self):
        for commune in self:
            commune.street = commune.town_hall_id.street

    @of_town_hall("phone")
    def _compute_phone(self):
        for commune in self:
            commune.phone = commune.town_hall_id.phone

    @of_town_hall("email")
    def _compute_email(self):
        for commune in self:
            commune.email = commune.town_hall_id.email

    @of_town_hall("opening_hours")
    @api.depends_context("lang")
    def _compute_opening_hours(self):
        for commune in self:
            commune.opening_hours = commune.town_hall_id.opening_hours

    def _get_town_hall_code(self):
        return f"mairie-{self.insee_code}"

    @api.depends("name", "insee_code")
    def _compute_slug(self):
        """Of two communes of the same name, the second carries its INSEE code."""
        slugify = self.env["ir.http"]._slugify
        taken = dict(
            self.with_context(active_test=False)
            .search_fetch(
                [("slug", "in", [slugify(commune.name or "") for commune in self])], ["slug"]
            )
            .mapped(lambda commune: (commune.slug, commune.id))
        )
        for commune in self:
            slug = slugify(commune.name or "")
            if taken.setdefault(slug, commune.id) != commune.id:
                slug = slugify(f"{commune.name} {commune.insee_code}")
            commune.slug = slug

    @api.model
    def _get_near_names(self, text):
        """Names of communes, former ones too, that somebody may have meant: the likeliest first."""
        wanted = place_key(text)[:100]
        communes = self.search_fetch([], ["name"])
        names = {place_key(name): name for name in communes.former_ids.mapped("name")}
        names.update({place_key(name): name for name in communes.mapped("name")})
        begun = sorted(key for key in names if len(wanted) >= 3 and key.startswith(wanted))
        near = get_close_matches(wanted, names, n=NEAR_MAX, cutoff=LIKENESS)
        return [names[key] for key in dict.fromkeys([*near, *begun])][:NEAR_MAX]

    @api.model
    def _get_named(self):
        """What a file may write for each of the communes: {INSEE code or name, as `normalize` makes
        it: commune}; the names of those that it absorbed too."""
        communes = self.search([], limit=NAMED_MAX)
        named = {normalize(former.name): former.commune_id for former in communes.former_ids}
        for commune in communes:
            named[normalize(commune.name)] = commune
            named[normalize(commune.insee_code)] = commune
        return named

    @api.model
    def _find_by_insee(self, code):
        """The commune of today that carries this code or absorbed the commune that did."""
        # Some former communes have none: without a code, that would be one of them.
        if not code:
            return self.browse()
        commune = self.search([("insee_code", "=", code)], limit=1)
        if not commune:
            commune = self.search([("former_ids.insee_code", "=", code)], limit=1)
        return commune
