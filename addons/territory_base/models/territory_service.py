from odoo import api, fields, models
from odoo.tools import ormcache

from .. import clock

PARTNER_FIELDS = ("name", "email", "phone", "street", "zip", "city")
# Services have French names: the article that goes with the first word. A name that begins with
# another word stays as it is in a sentence, until somebody writes how it is said.
ARTICLES = {
    "accueil": "l’",
    "agence": "l’",
    "bibliothèque": "la ",
    "bureau": "le ",
    "centre": "le ",
    "communauté": "la ",
    "cuisine": "la ",
    "crèche": "la ",
    "direction": "la ",
    "déchèterie": "la ",
    "école": "l’",
    "espace": "l’",
    "groupe": "le ",
    "guichet": "le ",
    "mairie": "la ",
    "maison": "la ",
    "médiathèque": "la ",
    "office": "l’",
    "pôle": "le ",
    "régie": "la ",
    "relais": "le ",
    "secrétariat": "le ",
    "service": "le ",
    "syndicat": "le ",
}
FEMININE = ("la ", "l’agence", "l’école")
# What the record rules read of a service: a rule is kept in cache for each user.
RULE_FIELDS = {
    *("user_ids", "commune_ids", "kind", "active"),
    *("reads_family_file", "reads_dwelling"),
}


class TerritoryService(models.Model):
    _name = "territory.service"
    _description = "Service"
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    name_in_sentence = fields.Char(
        "Name in a sentence",
        compute="_compute_name_in_sentence",
        store=True,
        readonly=False,
        precompute=True,
        help="As it is said: “le service déchets” has received your request. Empty: the name.",
    )
    code = fields.Char(required=True, help="Stable key of the service in the territory's data.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [("epci", "Intercommunality"), ("town_hall", "Town hall"), ("school", "School")],
        required=True,
        default="epci",
    )
    commune_ids = fields.Many2many(
        "territory.commune", string="Communes covered", help="Empty: all communes."
    )
    user_ids = fields.Many2many(
        "res.users",
        "territory_service_user_rel",
        "service_id",
        "user_id",
        string="Agents",
        domain=[("share", "=", False)],
        groups="base.group_user",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        readonly=True,
        copy=False,
        index=True,
        ondelete="restrict",
        help="In whose name the service writes; follows the service's name and address.",
    )
    email = fields.Char()
    phone = fields.Char()
    street = fields.Char()
    zip = fields.Char("Postcode")
    city = fields.Char()
    opening_ids = fields.One2many("territory.opening", "service_id", "All opening hours")
    week_opening_ids = fields.One2many(
        "territory.opening", "service_id", "Week", domain=[("weekday", "!=", False)]
    )
    exception_ids = fields.One2many(
        "territory.opening", "service_id", "Exceptions", domain=[("date_start", "!=", False)]
    )
    opening_note = fields.Text(
        "Remark on the hours", help="What the hours of a week do not say, in your own words."
    )
    opening_hours = fields.Text(
        compute="_compute_opening_hours", help="As it is told on the site and in the mails."
    )
    reads_family_file = fields.Boolean(
        groups="base.group_user",
        help="School, canteen, care: its agents read the households of the requests they handle.",
    )
    reads_dwelling = fields.Boolean(
        groups="base.group_user",
        help="Waste: its agents read the dwellings and how many persons live there.",
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "This code is already used.")

    @api.depends("name")
    def _compute_name_in_sentence(self):
        for service in self:
            name = " ".join((service.name or "").split())
            article = ARTICLES.get(name.partition(" ")[0].lower())
            service.name_in_sentence = f"{article}{name[0].lower()}{name[1:]}" if article else False

    @api.depends(
        "opening_ids.weekday",
        "opening_ids.date_start",
        "opening_ids.date_end",
        "opening_ids.hour_from",
        "opening_ids.hour_to",
        "opening_ids.note",
        "opening_note",
    )
    @api.depends_context("lang")
    def _compute_opening_hours(self):
        day = clock.today()
        for service in self:
            # A form that is not saved has no id of its own.
            known = service._get_known_hours(day) if service.id else service._get_told_hours()
            service.opening_hours = known

    @ormcache("self.id", "self.env.lang", "day")
    def _get_known_hours(self, day):
        """Almost every public page tells them, and everybody may read them."""
        return self.sudo()._get_told_hours()

    def _get_told_hours(self):
        lines = [*self.opening_ids._get_sentences(), (self.opening_note or "").strip()]
        return "\n".join(filter(None, lines)) or False

    def _get_opening_state(self, now=None):
        """Whether it is open now, in words, and until when that is true: see `OpeningState`.

        The rows are kept in memory: a page asks the database nothing.
        """
        self.ensure_one()
        if self.id:
            rows = self._get_known_clock_rows()
        else:
            rows = self.opening_ids._get_clock_rows()
        return self.env["territory.opening"]._read_opening_state(
            rows, now or fields.Datetime.now(), self._is_feminine()
        )

    @ormcache("self.id")
    def _get_known_clock_rows(self):
        return self.sudo().opening_ids._get_clock_rows()

    def _is_feminine(self):
        """“La mairie est ouverte”, “le service est ouvert”."""
        return self._get_name_said().lower().startswith(FEMININE)

    @api.model_create_multi
    def create(self, vals_list):
        services = super().create(vals_list)
        services._sync_partner()
        self._clear_rule_cache()
        return services

    def write(self, vals):
        result = super().write(vals)
        if set(PARTNER_FIELDS) & set(vals):
            self._sync_partner()
        if (RULE_FIELDS | {"opening_note"}) & set(vals):
            self._clear_rule_cache()
        return result

    def _sync_partner(self):
        for service in self:
            values = {key: service[key] for key in PARTNER_FIELDS}
            partner_sudo = service.sudo().partner_id
            if partner_sudo:
                partner_sudo.write(values)
            else:
                values["company_type"] = "company"
                service.sudo().partner_id = self.env["res.partner"].sudo().create(values)

    def _get_name_said(self, *, is_first=False):
        """The name inside a sentence, or as its first word; empty without service."""
        name = self.name_in_sentence or self.name or ""
        return name[:1].upper() + name[1:] if is_first else name

    def _covers(self, commune):
        """Whether the service answers for this commune."""
        self.ensure_one()
        return not self.commune_ids or commune in self.commune_ids

    @api.model
    def _clear_rule_cache(self):
        """Rights closed are closed at once, also when another thread reads before our commit."""
        self.env.registry.clear_cache()
        self.env.cr.postcommit.add(self.env.registry.clear_cache)
